"""Lists of units as other offices keep them: nothing of a row is lost without a word."""

from __future__ import annotations

import pytest

from tracker.ops.unit_rows import read_unit_rows


def read(*rows, title="名单"):
    return read_unit_rows([(title, rows)])


def held(found):
    return [(unit.name, unit.contact, unit.phone) for unit in found.rows]


def test_headings_in_two_rows_are_read_together():
    found = read(
        ("联络员名单", "", "", ""),
        ("序号", "单位", "联络员", ""),
        ("", "", "姓名", "手机号"),
        ("1", "县财政局", "马玉", "13900010001"),
    )
    assert held(found) == [("县财政局", "马玉", "13900010001")]


def test_a_row_below_the_headings_that_is_a_unit_is_no_heading():
    found = read(("单位", "联系人"), ("县财政局", "马玉"), ("", "电话"))
    assert held(found) == [("县财政局", "马玉", "")]


@pytest.mark.parametrize(
    ("cell", "contact", "phone"),
    [
        ("马玉 13900010001", "马玉", "13900010001"),
        ("马玉13900010001", "马玉", "13900010001"),
        ("周全（办公室主任）0555-6661234", "周全（办公室主任）", "0555-6661234"),
        ("马玉：6661235、13900010001", "马玉", "6661235、13900010001"),
        ("马玉 6661235，吴水 6661236", "马玉 6661235，吴水 6661236", ""),
        ("马玉", "马玉", ""),
    ],
)
@pytest.mark.parametrize("heading", ["联系人及电话", "联系人"])
def test_a_person_is_parted_from_the_number_in_one_cell(heading, cell, contact, phone):
    assert held(read(("单位", heading), ("县财政局", cell))) == [("县财政局", contact, phone)]


def test_two_numbers_of_a_unit_both_stay():
    found = read(
        ("部门", "经办人", "办公电话", "手机"), ("县残联", "祝好", "6661002", "13900010009")
    )
    assert held(found) == [("县残联", "祝好", "6661002、13900010009")]


def test_lists_side_by_side_are_both_read():
    found = read(
        ("序号", "单位名称", "电话", "序号", "单位名称", "电话"),
        ("1", "县财政局", "6661001", "3", "县教育局", "6661003"),
        ("2", "县审计局", "6661002", "", "", ""),
    )
    assert held(found) == [
        ("县财政局", "", "6661001"),
        ("县审计局", "", "6661002"),
        ("县教育局", "", "6661003"),
    ]


def test_every_sheet_is_read_and_one_that_is_no_list_is_named():
    found = read_unit_rows(
        [
            ("部门", [("单位",), ("县财政局",)]),
            ("乡镇", [("乡镇",), ("青山乡",)]),
            ("说明", [("请于周五前报送",)]),
            ("空表", [("",)]),
        ]
    )
    assert [(unit.row, unit.name) for unit in found.rows] == [(2, "县财政局"), (4, "青山乡")]
    assert found.told == (
        "“乡镇”的行号接着前一张表数，它的第1行算第3行",
        "“说明”里没有单位一栏，没有读入",
    )


def test_a_cell_of_several_units_is_parted_and_a_collective_is_not():
    found = read(
        ("单位", "联系人"),
        ("县财政局、县审计局", "马玉"),
        ("各乡镇、街道", ""),
        ("东城街道\n办事处", ""),
        ("县教育局\n县体育局", ""),
    )
    assert [unit.name for unit in found.rows] == [
        *("县财政局", "县审计局", "各乡镇、街道", "东城街道办事处", "县教育局", "县体育局"),
    ]
    assert not any(unit.contact for unit in found.rows)
    assert found.told == ("第2行写了2个单位，旁边的“马玉”没有写入，请分别填写",)


def test_full_and_short_names_the_wrong_way_round_are_changed_over():
    found = read(("全称", "简称"), ("县人社局", "县人力资源和社会保障局"), ("县财政局", ""))
    assert [(u.name, u.short_name) for u in found.rows] == [
        ("县人力资源和社会保障局", "县人社局"),
        ("县财政局", ""),
    ]
    assert len(found.told) == 1


def test_headings_between_units_and_sums_are_no_units():
    found = read(
        ("单位", "电话"),
        ("一、县委部门", ""),
        ("1.县委办公室", "6660001"),
        ("", "6660002"),
        ("合计：1个", ""),
    )
    assert held(found) == [("县委办公室", "", "6660001")]
    assert len(found.told) == 3
    assert "6660002" in found.told[1]


def test_a_sheet_without_a_column_of_units_is_no_list():
    assert read(("任务", "时限"), ("办节会", "六月")) is None
