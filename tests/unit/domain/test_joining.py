"""Reports of several units joined into one entry."""

from __future__ import annotations

from datetime import datetime

import pytest

from tracker.domain.entry import EntryRow
from tracker.domain.joining import (
    NOTHING_SAID,
    EntryStanding,
    Said,
    Speakers,
    changes_of,
    joined_entry,
)
from tracker.domain.reporting import Assigned
from tracker.domain.terms import Role
from tracker.domain.unit import UnitRow

UNITS = (
    UnitRow(1, "甲局"),
    UnitRow(2, "乙局"),
    UnitRow(3, "丙镇"),
    UnitRow(4, "各镇人民政府", members=(3,)),
)
ASSIGNED = (
    Assigned(9, 2, Role.LEAD, "乙局"),
    Assigned(9, 1, Role.COOPERATING, "甲局"),
    Assigned(9, 4, Role.RESPONSIBLE, "各镇人民政府"),
)
SPEAKERS = Speakers(ASSIGNED, UNITS)


def said(unit, text="", hour=8, **more):
    return Said(9, unit, datetime(2026, 3, 9, hour), text=text, **more)


def joined(*words):
    return joined_entry(SPEAKERS.latest(words)[9])


def entry(**cells):
    return EntryRow(**{"id": 1, "task_id": 9, "round_id": 2, "text": "", **cells})


def changed(standing, now):
    return changes_of("1-009", standing, now, lambda word: word != "快了")


def test_one_report_stands_to_the_letter():
    assert joined(said("甲局", " 已完成 \n 两处")).values["progress"] == " 已完成 \n 两处"


def test_several_stand_a_line_each_lead_responsible_cooperating():
    found = joined(said("甲局", "配合"), said("丙镇", "负责"), said("乙局", "牵头"))
    assert found.values["progress"] == "乙局：牵头\n丙镇：负责\n甲局：配合"


def test_the_latest_words_of_a_unit_count_whatever_order_they_come_in():
    words = [said("乙局", "先", 8), said("乙局", "后", 9)]
    assert joined(*words) == joined(*reversed(words))
    assert joined(*words).values["progress"] == "后"


def test_a_unit_that_says_nothing_is_no_line():
    found = joined(said("乙局", ""), said("甲局", "配合", problems="缺钱"))
    assert found.values["progress"] == "配合"
    assert found.values["problems"] == "缺钱"


@pytest.mark.parametrize(
    ("words", "state", "percent"),
    [
        ((said("乙局", state="推进中", percent=40), said("甲局", state="已完成")), "推进中", "40%"),
        ((said("甲局", state="已完成", percent=100),), "", ""),
        ((said("乙局"), said("甲局", state="已完成")), "", ""),
    ],
)
def test_the_leads_word_decides_on_state_and_percent(words, state, percent):
    found = joined(*words)
    assert (found.values["state"], found.values["percent"]) == (state, percent)


def test_leads_that_disagree_leave_it_open():
    two = Speakers((*ASSIGNED, Assigned(9, 1, Role.LEAD, "甲局")), UNITS)
    words = (said("乙局", state="推进中"), said("甲局", state="已完成"))
    found = joined_entry(two.latest(words)[9])
    assert found.values["state"] == ""
    assert [one.unit for one in found.disputed["state"]] == ["乙局", "甲局"]
    update, (conflict,) = changed(EntryStanding(entry(state_text="滞后")), found)
    assert update == ()
    assert conflict.values == ("滞后", "推进中", "已完成")
    assert conflict.changes[0] is None


NEW = joined_entry([said("乙局", "新")])
OLD = joined_entry([said("乙局", "旧")])


@pytest.mark.parametrize(
    ("standing", "is_written"),
    [
        (EntryStanding(None), True),
        (EntryStanding(entry(text="")), True),
        (EntryStanding(entry(text="上期", carried=True)), True),
        (EntryStanding(entry(text="旧"), joined=OLD), True),
        (EntryStanding(entry(text="改过"), joined=OLD), False),
        (EntryStanding(entry(text="上期"), entry(text="上期")), False),
    ],
    ids=["none", "empty", "carried", "the machine's", "edited", "let stand by the clerk"],
)
def test_only_the_machines_own_text_is_written_over(standing, is_written):
    update, conflict = changed(standing, NEW)
    assert bool(update) is is_written
    assert bool(conflict) is not is_written


def test_what_was_carried_over_and_never_reported_is_still_the_machines():
    before = entry(text="上期", problems="老问题")
    standing = EntryStanding(entry(text="旧", problems="老问题"), before, OLD)
    update, conflict = changed(standing, joined_entry([said("乙局", "旧", problems="新问题")]))
    assert [(c.field, c.new) for c in update] == [("problems", "新问题")]
    assert conflict == ()


def test_nothing_said_empties_nothing():
    standing = EntryStanding(entry(text="旧", problems="有", percent=40), joined=OLD)
    assert changed(standing, NOTHING_SAID) == ((), ())


def test_a_state_nobody_knows_is_asked_about():
    update, (conflict,) = changed(EntryStanding(None), joined_entry([said("乙局", state="快了")]))
    assert update == ()
    assert conflict.field == "state"


def test_what_is_said_again_disputes_nothing():
    standing = EntryStanding(entry(text="改过"), joined=NEW)
    assert changed(standing, NEW) == ((), ())


def test_members_of_a_collective_have_its_duty():
    assert SPEAKERS.has_duty(9, 3)
    assert not SPEAKERS.has_duty(9, 4)
