"""Forms that are out while units change: what comes back counts, and nobody is wrongly missing."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from tests.conftest import NOW
from tests.helpers.collecting import (
    AFTER,
    CULTURE,
    HOUSING,
    RESCUE,
    WATER,
    filled,
    make_county,
)
from tracker.domain.board import UNFILLED, BoardState
from tracker.domain.reform import NOBODY, NewUnit, ReformKind, ReformRequest
from tracker.domain.returned import FindingKind
from tracker.domain.unit_list import UnitWords
from tracker.ops.board import board, missing_units
from tracker.ops.notes import NoteWords, Report, add_notes
from tracker.ops.reforms import carry_out_reform
from tracker.ops.reminders import notice_list
from tracker.ops.tasks import find_task
from tracker.ops.unit_duplicates import merge_duplicates
from tracker.ops.unit_list import add_unit

WHO = "李四"


@pytest.fixture
def county(office, tmp_path):
    return make_county(office, tmp_path)


@pytest.fixture
def reform(county, now):
    def reform(kind, old, *new, **more):
        made = tuple(NewUnit(*each.split("/")) for each in new)
        request = ReformRequest(ReformKind(kind), tuple(old.split("、")), made, now.date(), **more)
        return carry_out_reform(county.office, request, who=WHO, now=now).value

    return reform


def rows(county):
    shown = board(county.office, county.ledger, county.round, AFTER)
    return {row.unit: row for row in shown.rows}


def missing(county):
    return {each.unit for each in missing_units(county.office, county.ledger, county.round, AFTER)}


def remarks(found):
    return [remark.kind for file in found.files for remark in file.remarks]


def test_the_old_forms_of_merged_units_count_for_the_new_one(county, reform):
    reform("merge", f"{WATER}、{RESCUE}", "县水务应急局")
    assert missing(county) == {HOUSING, CULTURE, "县水务应急局"}
    found = county.collect(county.returned(WATER, "一.xlsx", filled("水")))
    assert [file.unit for file in found.files] == ["县水务应急局"]
    assert remarks(found) == []
    assert missing(county) == {HOUSING, CULTURE}
    found = county.collect(county.returned(RESCUE, "二.xlsx", filled("急"), day=10))
    assert remarks(found) in ([], ["returned_twice"])
    row = rows(county)["县水务应急局"]
    assert row.state in (BoardState.REPORTED, BoardState.TO_CHECK)
    assert set(row.tasks) == set(row.filled)


def test_what_a_merged_unit_had_returned_before_counts_for_the_new_one(county, reform):
    county.collect(county.returned(WATER, "一.xlsx", filled("水")))
    reform("merge", f"{WATER}、{RESCUE}", "县水务应急局")
    shown = rows(county)
    assert shown["县水务应急局"].state is BoardState.REPORTED
    assert shown[WATER].state is BoardState.REPORTED
    assert missing(county) == {HOUSING, CULTURE}


def halves(county):
    codes = [code for code in county.codes if WATER in find_task(county.office, code).roles.names()]
    return {(code, WATER): (("县河湖局",), ("县供水局",))[at % 2] for at, code in enumerate(codes)}


def test_the_old_form_of_a_split_unit_speaks_for_those_that_took_over(county, reform):
    reform("split", WATER, "县河湖局", "县供水局", chosen=halves(county))
    assert missing(county) == {HOUSING, CULTURE, RESCUE, "县河湖局", "县供水局"}
    path = county.returned(WATER, "一.xlsx", filled("水"))
    named = {each.unit for each in county.read(path, today=AFTER).missing}
    assert named == {HOUSING, CULTURE, RESCUE}
    found = county.collect(path)
    assert [file.unit for file in found.files] == [WATER]
    assert remarks(found) == []
    assert missing(county) == {HOUSING, CULTURE, RESCUE}
    assert rows(county)["县河湖局"].state is BoardState.REPORTED


def test_only_what_the_old_form_left_open_is_still_asked_for(county, reform):
    reform("split", WATER, "县河湖局", "县供水局", chosen=halves(county))
    county.collect(county.returned(WATER, "一.xlsx", filled("水", (0,))))
    states = {unit: rows(county)[unit].state for unit in ("县河湖局", "县供水局", WATER)}
    assert BoardState.MISSING in (states["县河湖局"], states["县供水局"])
    assert states[WATER] is not BoardState.MISSING
    assert states["县河湖局"] is not states["县供水局"]


def test_an_abolished_unit_is_never_missing(county, reform):
    reform("abolish", CULTURE, otherwise=(NOBODY,))
    reform("abolish", RESCUE, WATER, otherwise=(WATER,))
    assert missing(county) == {HOUSING, WATER}
    assert rows(county)[CULTURE].state is BoardState.EXEMPT


def test_a_task_that_was_handed_over_is_no_gap_in_the_old_form(county, reform):
    code = next(
        each for each in county.codes if find_task(county.office, each).roles.lead == (WATER,)
    )
    reform("hand_over", WATER, HOUSING, tasks=(code,))
    county.collect(county.returned(WATER, "一.xlsx", filled("水", (1, 2, 3))))
    row = rows(county)[WATER]
    assert row.state is BoardState.REPORTED
    assert code not in row.tasks
    assert UNFILLED not in [finding.kind for finding in row.findings]


@pytest.mark.parametrize("name", ["县文旅局", "县文化和旅游局"])
def test_files_of_a_renamed_unit_count_under_either_name(county, reform, name):
    reform("rename", CULTURE, "县文化和旅游局/县文旅委")
    path = county.folder / f"{name}报送材料.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"填报单位：{name}\n2. 建成街头书亭4处，配书5000册：已建成3处。", "utf-8")
    found = county.collect(path, county.returned(CULTURE, "表.xlsx", filled("文")))
    assert {file.unit for file in found.files} == {"县文化和旅游局"}
    assert missing(county) == {WATER, HOUSING, RESCUE}


def test_a_file_that_names_the_split_unit_behind_the_new_one_is_of_the_new_one(county, reform):
    reform("split", WATER, "县河湖局", "县供水局", chosen=halves(county))
    path = county.folder / "材料.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("填报单位：县供水局（原县水利局）\n4. 已建成提灌站1座。", "utf-8")
    assert [file.unit for file in county.read(path).files] == ["县供水局"]


def test_a_split_unit_may_still_have_spoken(county, reform, now):
    chosen = halves(county)
    reform("split", WATER, "县河湖局", "县供水局", chosen=chosen)
    code = next(code for code, _ in chosen)
    words = NoteWords("电话补报：已清淤1公里。")
    report = Report(code, WATER, words)
    add_notes(county.office, [report], who=WHO, now=now)
    assert [note.unit for note in county.notes()] == [WATER]


def test_a_file_that_names_old_and_new_name_is_of_one_unit(county, reform):
    reform("merge", f"{WATER}、{RESCUE}", "县水务应急局")
    path = county.folder / "县水务应急局（原县水利局）.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("填报单位：县水务应急局（原县水利局）\n4. 已建成提灌站1座。", "utf-8")
    assert [file.unit for file in county.read(path).files] == ["县水务应急局"]


def test_who_takes_over_after_the_day_is_late_only_from_then_on(county):
    effective = AFTER + timedelta(days=30)
    new = (NewUnit("县水务应急局"),)
    request = ReformRequest(ReformKind.MERGE, (WATER, RESCUE), new, effective)
    moment = datetime.combine(effective, time(9))
    carry_out_reform(county.office, request, who=WHO, now=moment)
    shown = board(county.office, county.ledger, county.round, effective)
    row = next(row for row in shown.rows if row.unit == "县水务应急局")
    assert (row.due, row.is_late, row.state) == (effective, False, BoardState.NOT_DUE)
    assert "合并" in row.due_reason


def test_a_reform_that_is_entered_after_the_day_makes_nobody_late_before(county):
    entered = AFTER + timedelta(days=3)
    request = ReformRequest(
        ReformKind.ABOLISH,
        (WATER,),
        (NewUnit("县河湖中心"),),
        AFTER - timedelta(days=20),
        otherwise=("县河湖中心",),
    )
    carry_out_reform(county.office, request, who=WHO, now=datetime.combine(entered, time(9)))
    shown = board(county.office, county.ledger, county.round, entered)
    row = next(row for row in shown.rows if row.unit == "县河湖中心")
    assert (row.due, row.is_late, row.state) == (entered, False, BoardState.NOT_DUE)


def test_units_that_are_no_more_are_not_let_off_but_named_apart(county, reform):
    reform("split", WATER, "县河湖局", "县供水局", chosen=halves(county))
    county.collect(county.returned(WATER, "一.xlsx", filled("水")))
    reform("abolish", CULTURE, RESCUE, otherwise=(RESCUE,))
    shown = board(county.office, county.ledger, county.round, AFTER)
    text = notice_list(shown)
    assert "经同意" not in text
    assert f"机构改革后不再单独反馈的1家：{CULTURE}。" in text
    assert (shown.expected, shown.returned) == (4, 2)


def test_a_unit_that_stood_before_and_had_no_form_is_not_late_with_those_of_another(county, reform):
    add_unit(county.office, UnitWords(name="县档案馆"), who=WHO, now=NOW)
    plan = reform("abolish", CULTURE, "县档案馆", otherwise=("县档案馆",))
    assert "请给“县档案馆”发反馈表" in next(f.then for f in plan.forms if f.unit == CULTURE)
    assert missing(county) == {HOUSING, WATER, RESCUE}
    assert rows(county)["县档案馆"].state is BoardState.NOT_SENT
    assert rows(county)["县档案馆"].tasks


def test_forms_of_two_spellings_are_not_held_against_each_others_rows(county, now):
    with county.office.read() as view:
        names = view.unit_names()
        keep, other = names.find(WATER), names.find(RESCUE)
    merge_duplicates(county.office, keep, [other], who=WHO, now=now)
    for name, place in ((WATER, "一.xlsx"), (RESCUE, "二.xlsx")):
        found = county.collect(county.returned(name, place, filled("已办")))
        assert {file.unit for file in found.files} == {WATER}
        assert [kind for kind in remarks(found) if kind != FindingKind.RETURNED_TWICE] == []
