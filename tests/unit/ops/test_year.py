"""年度总表 and 单位年度记录: nothing of a year is missing, nobody is wrongly called late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import openpyxl
import pytest

from tests.helpers.year_story import CODES, NAME, WHO, live_a_year, said
from tracker.base.errors import UserError
from tracker.domain.terms import Role
from tracker.domain.year import Ending
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.tasks import TaskWords, edit_task, extend_deadline
from tracker.ops.unit_years import (
    export_unit_records,
    export_units,
    unit_records,
    unit_table,
    units_table,
)
from tracker.ops.year import export_year, year_table
from tracker.ops.year_facts import year_facts

END = datetime(2026, 12, 28, 9)


@pytest.fixture
def year(office):
    return live_a_year(office)


def printed(content, layout):
    return [[row.text(column.field) for column in layout.columns] for row in content.rows]


def row_of(content, number):
    return next(row for row in content.rows if row.number == number)


@pytest.mark.parametrize("rounds", [1, 3, 4, 7])
def test_every_entry_of_every_round_stands_in_the_table_once(office, rounds):
    ledger = live_a_year(office, rounds)
    content, layout = year_table(office, ledger, now=END)
    cells = [cell for row in printed(content, layout) for cell in row]
    for code in CODES:
        for number in range(1, rounds + 1):
            assert sum(cell.count(said(code, number)) for cell in cells) == 1
    assert len(content.rows) == len(CODES)


@pytest.mark.parametrize(("rounds", "columns"), [(1, 1), (4, 4), (5, 0), (9, 0)])
def test_rounds_stand_side_by_side_where_there_is_room(office, rounds, columns):
    content, layout = year_table(office, live_a_year(office, rounds), now=END)
    by_round = [c for c in layout.columns if c.field.startswith("extra.round")]
    assert len(by_round) == columns
    if columns:
        assert by_round[0].heading.startswith("第1期（截至3月16日")
    else:
        lines = row_of(content, "1").progress.split("\n")
        assert lines[0] == f"第1期（截至3月16日）：{said('1-001', 1)}"
        assert lines[-1].startswith(f"第{rounds}期（截至")


def test_long_entries_stand_one_below_the_other_so_that_no_row_is_torn(office, year):
    long = "沿河步道完成路基、排水、绿化。" * 40
    write_entry(office, "1-001", EntryWords(progress=long), who=WHO, now=END)
    content, layout = year_table(office, year, now=END)
    assert "progress" in [c.field for c in layout.columns]
    assert long in row_of(content, "1").progress


def test_closed_rounds_keep_the_words_that_were_approved(office, year):
    edit_task(office, "1-002", TaskWords(text="书屋和巡讲。"), who=WHO, now=END)
    content, _layout = year_table(office, year, now=END)
    row = row_of(content, "2")
    assert row.task == "书屋和巡讲。"
    assert row.extra["round1"] == said("1-002", 1)


def test_a_row_tells_the_deadlines_the_closing_and_the_revisit(office, year):
    content, _ = year_table(office, year, now=END)
    row = row_of(content, "1")
    assert row.deadline == "原时限：2026-03-04\n延至：2026-04-30\n理由：护栏到货推迟"
    assert row.state == (
        "2026年3月16日销号，张三确认。已办结。\n佐证：照片3张\n留存材料：验收单.txt"
    )
    assert row.remark == "2026年3月16日张三回访：护栏完好（情况保持）"


def test_withdrawn_and_merged_tasks_are_listed_with_the_reason(office, year):
    content, _ = year_table(office, year, now=END)
    assert row_of(content, "13").remark == "撤回：活动取消"
    assert row_of(content, "12").remark == "并入第11项（编号1-006）：两项合办"
    assert row_of(content, "12").state == "并入第11项（编号1-006）"


def test_the_counts_under_the_title_add_up(office, year):
    content, _ = year_table(office, year, now=END)
    assert content.meta[0].endswith(
        "共6项：已销号3项（延期后按期销号1项、时限后销号1项、已销号（无日期）1项）、"
        "未完成已过时限1项、未完成未过时限2项；另有撤回、并入2项"
    )


def test_what_was_extended_after_the_closing_makes_nothing_on_time(office, year):
    extend_deadline(office, "1-004", "2026-12-31", "补办手续", who=WHO, now=END)
    result = year_facts(office, year, END.date()).results["1-004"]
    assert result.ending is Ending.LATE
    assert result.basis == "时限2026年2月20日，2026年3月16日销号"


def test_units_are_told_what_became_of_their_tasks(office, year):
    units = {unit.unit: unit for unit in unit_records(office, year, now=END)}
    housing = units["县住建局"]
    assert housing.of(Role.LEAD) == ("1-001", "1-006")
    assert housing.ended(Ending.EXTENDED) == ("1-001",)
    assert housing.ended(Ending.OVERDUE) == ("1-006",)
    assert [each.slip.reply_due for each in housing.replied_late] == [date(2026, 3, 23)]
    assert units["县林业局"].ended(*Ending) == ("1-006",)
    assert units["县水利局"].ended(Ending.UNDATED) == ("1-003",)


def test_rounds_that_asked_nobody_are_nobodys_delay(office, year):
    units = unit_records(office, year, now=END)
    assert all(unit.returns_due == unit.missing == 0 for unit in units)
    content, _ = units_table(year_facts(office, year, END.date()), END)
    assert "第1期、第2期、第3期没有发反馈表、没有定反馈时限，不计应报。" in content.legend


def test_every_figure_of_a_unit_names_what_it_counts(office, year):
    facts = year_facts(office, year, END.date())
    housing = next(unit for unit in facts.units if unit.unit == "县住建局")
    content, _ = unit_table(facts, housing, END)
    sums = {row.task: (row.state, row.remark) for row in content.rows if row.group == "合计"}
    assert sums["延期后按期销号"] == ("1项", "第1项")
    assert sums["未完成已过时限"] == ("1项", "第11项")
    assert sums["其中迟复"] == ("1件", housing.slips[0].slip.code)


def test_the_table_of_all_units_agrees_with_the_records(office, year):
    facts = year_facts(office, year, END.date())
    content, _ = units_table(facts, END)
    *rows, total = content.rows
    assert total.extra["answered"] == str(len(facts.results))
    assert sum(int(total.extra[e.value]) for e in Ending) == len(facts.results)
    for unit, row in zip(facts.units, rows, strict=True):
        assert row.units == (unit.unit,)
        assert row.extra["answered"] == str(unit.answered_for)
        assert sum(int(row.extra[e.value]) for e in Ending) == unit.answered_for


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".pdf"])
def test_tables_are_written_in_every_format(office, year, tmp_path, ending):
    assert export_year(office, year, tmp_path / f"总表{ending}", now=END).rows == len(CODES)
    assert export_units(office, year, tmp_path / f"单位{ending}", now=END).path.stat().st_size


def test_the_same_year_gives_the_same_bytes(office, year, tmp_path):
    for name in ("甲.xlsx", "乙.xlsx"):
        export_year(office, year, tmp_path / name, now=END)
    assert (tmp_path / "甲.xlsx").read_bytes() == (tmp_path / "乙.xlsx").read_bytes()


def test_each_unit_gets_a_file_of_its_own(office, year, tmp_path):
    paths = export_unit_records(office, year, tmp_path / "记录", now=END)
    units = unit_records(office, year, now=END)
    assert len(paths) == len(units) + 1
    assert next(path.name for path in paths) == f"2026-12-28 {NAME} 单位年度记录.xlsx"
    sheet = openpyxl.load_workbook(paths[1]).active
    assert sheet["A1"].value == f"{units[0].unit}年度记录"


def test_an_empty_ledger_has_no_year(office, now):
    new_ledger(office, "空专项", who=WHO, now=now)
    with pytest.raises(UserError, match="没有任务"):
        year_table(office, choose_ledger(office, "空专项"), now=now + timedelta(days=1))
