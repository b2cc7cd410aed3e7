"""What the clerk types or marks in a review is read as the document is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.plans import PLAN, decomposed
from tracker.base.errors import UserError
from tracker.domain.draft_edit import begin_review
from tracker.domain.table import Roles
from tracker.ops.draft_words import draft_from_text, edit_text, read_deadline

DAY = date(2026, 2, 10)
READ = decomposed()
FREE = """一、重点工作
1.修渠。由县水利局牵头，于6月底前完成。
2.植树。县林业局负责。
"""


@pytest.mark.parametrize(
    ("words", "day", "wanted", "doubtful"),
    [
        ("6月底前", DAY, date(2026, 6, 30), False),
        ("2027年3月底前", DAY, date(2027, 3, 31), False),
        ("10日内", DAY, date(2026, 2, 20), False),
        ("2026-09-30", None, date(2026, 9, 30), False),
        ("6月底前", None, None, True),
        ("长期坚持", DAY, None, False),
    ],
)
def test_typed_words_are_read_as_a_deadline(words, day, wanted, doubtful):
    deadline = read_deadline(words, day)
    assert (deadline.text, deadline.date, deadline.doubtful) == (words, wanted, doubtful)


def test_no_words_are_no_deadline():
    assert read_deadline("  ", DAY) is None


def span(words, text=PLAN):
    start = text.index(words)
    return start, start + len(words)


def test_a_marked_measure_is_read_with_number_note_and_deadline():
    start, end = span(PLAN.splitlines()[8])
    draft = draft_from_text(READ, start, end)
    assert draft.number == "1"
    assert draft.path == ("一、重点工程",)
    assert draft.text == "加固北湖水库大坝。完成坝体灌浆1200米，6月底前完工。"
    assert draft.roles == Roles(("县水利局",), ("县财政局", "北湖镇人民政府"))
    assert draft.deadline.date == date(2026, 6, 30)
    assert (draft.quote.start, draft.quote.end) == (start, end)


def test_a_part_of_a_sentence_becomes_a_task_of_its_own_words():
    start, end = span("完成坝体灌浆1200米")
    draft = draft_from_text(READ, start, end)
    assert (draft.number, draft.text) == ("", "完成坝体灌浆1200米")
    assert draft.roles == Roles()
    assert PLAN[draft.quote.start : draft.quote.end] == "完成坝体灌浆1200米"


def test_prose_assigns_in_a_document_without_notes():
    document = decomposed(FREE)
    draft = draft_from_text(document, *span("1.修渠。由县水利局牵头，于6月底前完成。", FREE))
    assert draft.roles.lead == ("县水利局",)


def test_several_measures_marked_at_once_are_one_draft_with_all_words():
    start, _ = span("2.疏浚")
    _, end = span("县市场监管局；责任人：周明）")
    draft = draft_from_text(READ, start, end)
    for words in ("疏浚东干渠", "二、保障措施", "落实建设资金", "每月25日前通报进展"):
        assert words in draft.text
    assert {"县水利局", "县财政局", "县市场监管局"} <= set(draft.all_roles().names())


@pytest.mark.parametrize("words", ["（责任单位：县水利局、农业农村局）", "2."])
def test_a_stretch_that_is_only_a_note_or_a_number_keeps_its_words(words):
    assert draft_from_text(READ, *span(words)).text == words


def test_nothing_marked_is_an_error():
    with pytest.raises(UserError, match="没有文字"):
        draft_from_text(READ, 10, 10)


@settings(deadline=None)
@given(st.integers(0, len(PLAN)), st.integers(0, len(PLAN)))
def test_any_stretch_gives_a_draft_whose_words_stand_in_its_passage(one, other):
    start, end = sorted((one, other))
    try:
        draft = draft_from_text(READ, start, end)
    except UserError:
        assert not PLAN[start:end].strip("\n 　")
        return
    assert start <= draft.quote.start < draft.quote.end <= end
    passage = iter("".join(PLAN[start:end].split()))
    assert all(sign in passage for sign in "".join(draft.text.split()))


@pytest.fixture
def review():
    return begin_review(READ.document.drafts)


def test_typed_words_are_read_for_parts_and_units_stay_with_their_mark(review):
    draft = decomposed(
        "一、工程\n1.修渠。①清淤（责任单位：县水利局）；②建闸（责任单位：县财政局）。\n"
    ).document.drafts[0]
    assert [item.roles.responsible for item in draft.items] == [("县水利局",), ("县财政局",)]
    review = edit_text(begin_review([draft]), 1, "修渠。①全线清淤；②建闸；③绿化。")
    changed = review.of(1).draft
    assert [(item.mark, item.text) for item in changed.items] == [
        ("①", "全线清淤"),
        ("②", "建闸"),
        ("③", "绿化"),
    ]
    assert changed.items[0].roles.responsible == ("县水利局",)
    alone = edit_text(review, 1, "修渠、建闸。").of(1).draft
    assert alone.items == ()
    assert alone.roles.responsible == ("县水利局", "县财政局")


def test_an_emptied_text_is_refused(review):
    with pytest.raises(UserError, match="不能为空"):
        edit_text(review, 1, " ")
