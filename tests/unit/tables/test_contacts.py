"""People to ring up in a cell for units are no units, and stay in the cell."""

from __future__ import annotations

import pytest

from tests.unit.tables.conftest import grid_of
from tracker.tables.contacts import without_contacts


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("县交通局（贺川，13900000001）", "县交通局"),
        ("县交通局（贺川 0555-1234567）、县水利局（季风 0555-7654321）", "县交通局、县水利局"),
        ("县供电公司\n联系人：苗雨 13900000002", "县供电公司"),
        ("县林业局（联系人：季风）", "县林业局"),
        ("县林业局 季风 13900000003", "县林业局"),
        ("县林业局\n13900000003", "县林业局"),
        ("县林业局 住建局 13900000003", "县林业局 住建局"),
        ("县林业局，联系电话：7654321", "县林业局"),
        ("县住建局（县人防办）", "县住建局（县人防办）"),
        ("12345热线办", "12345热线办"),
        ("第1联合党委、2026年省运会筹备办公室", "第1联合党委、2026年省运会筹备办公室"),
    ],
)
def test_names_and_telephones_are_left_out(cell, units):
    assert without_contacts(cell) == units


def test_the_cell_stays_to_the_letter(grids):
    cell = "县交通局（贺川，13900000001）"
    rows = [["序号", "任务", "责任单位"], ["1", "修复便桥", cell]]
    (row,) = grids(grid_of(rows)).rows
    assert (row.roles.responsible, row.units_text, row.doubts) == (("县交通局",), cell, ())


@pytest.mark.parametrize(
    "heading",
    [
        "责任单位（列第一位的为牵头单位）",
        "责任单位（排首位的为牵头单位）",
        "责任单位\n（第1个单位牵头）",
        "责任单位（首位单位为牵头单位，下同）",
    ],
)
def test_a_heading_says_that_the_first_unit_leads(grids, heading):
    rows = [["序号", "任务", heading], ["1", "修渠", "县水利局、县财政局"]]
    rows += [["2", "清淤", "县财政局牵头，县水利局配合"]]
    first, second = grids(grid_of(rows)).rows
    assert (first.roles.lead, first.roles.cooperating) == (("县水利局",), ("县财政局",))
    assert (second.roles.lead, second.roles.cooperating) == (("县财政局",), ("县水利局",))


def test_other_headings_say_nothing_of_the_first(grids):
    rows = [["序号", "任务", "责任单位（第一季度）"], ["1", "修渠", "县水利局、县财政局"]]
    (row,) = grids(grid_of(rows)).rows
    assert row.roles.responsible == ("县水利局", "县财政局")
