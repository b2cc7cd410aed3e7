"""The office's own wording: kept in its file, tried before it is kept, shared, undone."""

from __future__ import annotations

import tomllib
from datetime import date, datetime

import pytest

from tracker.base.errors import UserError
from tracker.domain.wording import WordKind
from tracker.ops.circular import compose_circular
from tracker.ops.circular_words import (
    SENTENCES,
    as_typed,
    default_words,
    from_typed,
    is_own,
    load_words,
    read_words,
    reset_words,
    save_words,
    share_words,
    value_of,
    with_value,
    words_as_toml,
)
from tracker.ops.history import undo_step
from tracker.ops.rounds import list_rounds, new_round

WHO = {"who": "张三"}
BY_PATH = {sentence.path: sentence for sentence in SENTENCES}


def changed(path, value):
    return with_value(default_words(), BY_PATH[path], value)


def said(office, ledger, now):
    round_ = list_rounds(office, ledger)[-1]
    return compose_circular(office, ledger, round_, now=now)


def test_every_sentence_of_the_file_can_be_edited():
    words = default_words()
    paths = [
        f"{key}.{name}" if isinstance(value, dict) else key
        for key, value in words.items()
        for name in (value if isinstance(value, dict) else ("",))
    ]
    assert sorted(paths) == sorted(BY_PATH)


@pytest.mark.parametrize("path", sorted(BY_PATH))
def test_what_is_shown_for_typing_reads_back_as_it_was(path):
    sentence = BY_PATH[path]
    value = value_of(default_words(), sentence)
    if sentence.kind is not WordKind.SWITCH:
        assert from_typed(sentence, as_typed(sentence, value)) == value


def test_the_offices_wording_is_printed_kept_and_undone(office, ledger, now):
    save_words(office, changed("addressee", "各镇街"), **WHO, now=now)
    assert is_own(office)
    assert said(office, ledger, now).addressee == "各镇街"
    undo_step(office, who="张三", now=now)
    assert not is_own(office)
    assert said(office, ledger, now).addressee == "各有关单位"


def test_only_what_differs_is_kept_so_that_a_new_default_reaches_the_office(office, ledger, now):
    save_words(office, changed("overall.by_unit", True), **WHO, now=now)
    with office.read() as view:
        assert view.setting("circular_words") == {"overall": {"by_unit": True}}
    assert save_words(office, default_words(), **WHO, now=now).changes
    assert not is_own(office)


def test_the_default_comes_back(office, ledger, now):
    save_words(office, changed("note", "此件不公开"), **WHO, now=now)
    reset_words(office, **WHO, now=now)
    assert read_words(office) == default_words()
    assert reset_words(office, **WHO, now=now).sentence == "通报用语本来就是默认的"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("basis", ["现将{截止}情况通报如下："], r"没有\{截止\}"),
        ("overall.total", ["共{总数项"], "不成对"),
        ("overall.total", ["共总数}项"], "不成对"),
        ("overall.total", ["共{{总数}}项"], "不成对"),
        ("overall.total", "共{总数}项", "写法不对"),
        ("overall.by_unit", "on", "true"),
        ("title", [], "不能为空"),
        ("note", "{总数}", r"没有\{总数\}"),
    ],
)
def test_a_sentence_that_cannot_be_filled_in_is_refused(office, ledger, now, path, value, message):
    with pytest.raises(UserError, match=message):
        save_words(office, changed(path, value), **WHO, now=now)
    assert not is_own(office)


def test_a_wording_is_shared_as_a_file(office, ledger, now, tmp_path):
    own = changed("next.paragraphs", ["请对照“{专项}”\\逐项抓好。"])
    share_words(own, tmp_path / "用语.toml")
    assert load_words(tmp_path / "用语.toml") == own
    assert tomllib.loads(words_as_toml(own)) == own


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[overal]\nheading = '一'", "没有用处"),
        ("heading", "写法有误"),
        ("basis = ['{谁}']", r"没有\{谁\}"),
    ],
)
def test_a_file_that_says_what_nobody_prints_is_refused(tmp_path, text, message):
    path = tmp_path / "用语.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        load_words(path)


def test_a_file_may_say_one_sentence_only(tmp_path):
    path = tmp_path / "用语.toml"
    path.write_text("note = ''\n", encoding="utf-8-sig")
    assert load_words(path) == changed("note", "")


def test_a_sentence_kept_by_a_later_program_is_passed_over(office, ledger, now):
    from tracker.store.models import Setting

    with office.change("后来的程序", "张三", now) as work:
        kept = {"note": "{从未有过}", "addressee": "各镇街", "overall": {"heading": 5}}
        work.add(Setting(key="circular_words", value=kept))
    assert read_words(office) == changed("addressee", "各镇街")


def test_a_heading_left_empty_is_not_printed(office, ledger, now):
    round_ = list_rounds(office, ledger)[-1]
    words = changed("next.heading", "")
    circular = compose_circular(office, ledger, round_, now=now, words=words)
    assert all(p.text for p in circular.body)
    assert "next.heading" not in [p.key for p in circular.body]


def test_units_are_listed_best_first_with_counts_that_are_explained(office, ledger, now):
    words = changed("overall.by_unit", True)
    round_ = list_rounds(office, ledger)[-1]
    circular = compose_circular(office, ledger, round_, now=now, words=words)
    (units,) = [p for p in circular.body if p.key == "overall.by_units"]
    assert "县住建局1项、完成0项（0.0%）" in units.text
    assert "各单位各计一次" in units.text
    assert units.figures[0].codes


def test_no_comparison_where_the_last_round_states_nothing(office, ledger, now):
    new_round(office, ledger, cut_off=date(2026, 4, 30), **WHO, now=now)
    later = datetime(2026, 4, 20, 9)
    assert not [p for p in said(office, ledger, later).body if p.key == "overall.compare"]
