"""One circular changed by the clerk: shown as changed, taken back, kept at closing."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from tests.end_to_end.test_editions import rename_unit
from tracker.base.errors import UserError
from tracker.domain.circular import Level
from tracker.domain.circular_edit import Addition, CircularEdits, Rewording
from tracker.domain.edition import content_hash
from tracker.ops.circular import compose_circular
from tracker.ops.circular_edits import read_edits, save_edits
from tracker.ops.circular_words import default_words, save_words
from tracker.ops.editions import close_round, edition_of
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import undo_step
from tracker.ops.rounds import list_rounds, new_round
from tracker.store.models import Edition

WHO = {"who": "张三"}
CLOSED = datetime(2026, 4, 2, 17)
AFTER = datetime(2026, 6, 1, 9)


@pytest.fixture
def round_(office, ledger):
    return list_rounds(office, ledger)[-1]


@pytest.fixture
def said(office, ledger):
    def compose(now=CLOSED):
        return compose_circular(office, ledger, list_rounds(office, ledger)[-1], now=now)

    return compose


def passage(circular, key):
    return next(p for p in circular.body if p.key == key)


def test_every_paragraph_has_a_key_of_its_own(said):
    keys = [p.key for p in said().body]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_changed_words_stand_with_those_they_replace(office, round_, said, now):
    before = passage(said(), "basis").text
    edits = CircularEdits(
        fields={"addressee": "各镇", "date": "2026-04-08"},
        reworded={"basis": Rewording("现通报如下：", before)},
        removed=("next:3",),
        added=(Addition("added:1", "overall.total", "特此说明。", Level.BODY),),
    )
    save_edits(office, round_, edits, **WHO, now=now)
    assert read_edits(office, round_) == edits
    circular = said()
    assert (circular.addressee, circular.date) == ("各镇", date(2026, 4, 8))
    changed = passage(circular, "basis")
    assert (changed.text, changed.before, changed.is_stale) == ("现通报如下：", before, False)
    keys = [p.key for p in circular.body]
    assert keys.index("added:1") == keys.index("overall.total") + 1
    assert "next:3" not in keys
    undo_step(office, who="张三", now=now)
    assert said().addressee == "各有关单位"
    assert passage(said(), "basis").before is None


def test_changed_words_are_stale_when_the_facts_move_on(office, round_, said, now):
    before = passage(said(), "overall.total").text
    edits = CircularEdits(reworded={"overall.total": Rewording("共5项。", before)})
    save_edits(office, round_, edits, **WHO, now=now)
    assert not passage(said(), "overall.total").is_stale
    write_entry(office, "1-003", EntryWords(progress="清完。", state="已完成"), **WHO, now=now)
    moved = passage(said(), "overall.total")
    assert (moved.text, moved.is_stale) == ("共5项。", True)


def test_no_paragraph_of_the_clerks_is_lost_when_the_one_above_goes(office, round_, said, now):
    added = (
        Addition("added:1", "problems.overdue:1-099", "甲。"),
        Addition("added:2", "added:1", "乙。"),
        Addition("added:3", "", "丙。"),
    )
    save_edits(office, round_, CircularEdits(added=added), **WHO, now=now)
    texts = [p.text for p in said().body]
    assert texts[0] == "丙。"
    assert texts[-2:] == ["甲。", "乙。"]


def test_what_was_changed_survives_as_json():
    edits = CircularEdits(
        {"note": ""}, {"basis": Rewording("甲", "乙")}, ("next:1",), (Addition("a", "", "丙"),)
    )
    assert CircularEdits.from_json(json.loads(json.dumps(edits.as_json()))) == edits
    assert not CircularEdits.from_json({"fields": 3})


def test_a_closed_round_prints_what_was_approved(office, ledger, round_, said, now):
    edits = CircularEdits(reworded={"basis": Rewording("现通报如下：", "旧")})
    save_edits(office, round_, edits, **WHO, now=now)
    before = said()
    close_round(office, ledger, round_, **WHO, now=CLOSED)
    words = default_words()
    words["addressee"] = "各镇街"
    words["overall"]["total"] = ["共{总数}项。"]
    save_words(office, words, **WHO, now=AFTER)
    rename_unit(office)
    after = said(AFTER)
    assert after.body == before.body
    assert (after.addressee, after.date) == (before.addressee, CLOSED.date())


def test_number_and_date_may_be_filled_in_later_nothing_else(office, ledger, round_, said):
    close_round(office, ledger, round_, **WHO, now=CLOSED)
    late = CircularEdits(fields={"number": "县督〔2026〕9号", "date": "2026-04-10"})
    save_edits(office, round_, late, **WHO, now=AFTER)
    circular = said(AFTER)
    assert (circular.number, circular.date) == ("县督〔2026〕9号", date(2026, 4, 10))
    with pytest.raises(UserError, match="已定稿"):
        save_edits(office, round_, CircularEdits(fields={"addressee": "各镇"}), **WHO, now=AFTER)


def test_an_edition_of_an_older_program_composes_as_before(office, ledger, round_, said):
    close_round(office, ledger, round_, **WHO, now=CLOSED)
    kept = edition_of(office, round_)
    content = {name: part for name, part in kept.content.items() if name != "circular"}
    content["schema"] = 1
    with office.change("旧版本", "张三", CLOSED) as work:
        (row,) = work.editions(work.round_by_id(round_.id))
        assert isinstance(row, Edition)
        row.content, row.hash = content, content_hash(content)
    assert said(AFTER).body[0].text.startswith("现将截至2026年3月31日")


def test_the_rate_is_compared_with_an_approved_round(office, ledger, round_, said, now):
    write_entry(office, "1-003", EntryWords(progress="清完。", state="已完成"), **WHO, now=now)
    close_round(office, ledger, round_, **WHO, now=CLOSED)
    new_round(office, ledger, cut_off=date(2026, 4, 30), **WHO, now=CLOSED + timedelta(days=1))
    write_entry(office, "1-004", EntryWords(progress="成稿。", state="已完成"), **WHO, now=AFTER)
    compared = passage(said(AFTER), "overall.compare")
    assert compared.text == "完成率比第2期的20.0%提高20.0个百分点。"
    assert [f.value for f in compared.figures] == ["20.0%", "20.0"]
    due = passage(said(AFTER), "overall.due")
    assert due.text == "时限已过的1项中，已办结0项，到期未办结1项，占100.0%（以1项计）。"
