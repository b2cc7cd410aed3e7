from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.unit.tables.conftest import grid_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.table import Table

HEAD = "序号\t工作任务\t责任单位\t落实情况\n"


def _whys(table: Table) -> list[str]:
    return [skipped.why for skipped in table.skipped]


def test_section_rows_head_the_rows_below(pasted: Callable[..., Table]) -> None:
    table = pasted(
        HEAD
        + "一、经济发展（2项）\n1\t修渠\t县水利局\t已修\n2\t修路\t县交通局\t\n"
        + "二、社会民生\t\t\t\n1\t建校\t县教育局\t\n（一）卫生\n2\t建院\t县卫健局\t"
    )
    assert [(row.section, row.number) for row in table.rows] == [
        ("一、经济发展（2项）", "1"),
        ("一、经济发展（2项）", "2"),
        ("二、社会民生", "1"),
        ("二、社会民生／（一）卫生", "2"),
    ]
    assert table.skipped == ()


def test_a_row_merged_across_the_table_is_a_section(workbook: Callable[..., Table]) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["序号", "工作任务", "责任单位", "落实情况"],
            ["重点项目类", None, None, None],
            [1, "修渠", "县水利局", "已修"],
            ["民生实事类", None, None, None],
            [1, "建校", "县教育局", "在建"],
        ):
            sheet.append(row)
        sheet.merge_cells("A2:D2")
        sheet.merge_cells("A4:D4")

    assert [row.section for row in workbook(fill).rows] == ["重点项目类", "民生实事类"]


def test_a_chinese_number_with_a_name_heads_plainly_numbered_tasks(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(HEAD + "一\t经济发展\n1\t修渠\t县水利局\t已修\n二\t社会民生\n2\t建校\t县教育局")
    assert [row.section for row in table.rows] == ["一、经济发展", "二、社会民生"]


def test_tasks_numbered_in_chinese_stay_tasks(pasted: Callable[..., Table]) -> None:
    table = pasted(HEAD + "一\t修渠\n二\t建校\t县教育局")
    assert [(row.number, row.task) for row in table.rows] == [("一", "修渠"), ("二", "建校")]


def test_a_class_column_holds_for_the_blank_cells_below(pasted: Callable[..., Table]) -> None:
    table = pasted(
        "类别\t序号\t任务\t单位\n水利\t1\t修渠\t县水利局\n\t2\t清淤\t县水利局\n交通\t3\t修路\t县交通局"
    )
    assert [row.section for row in table.rows] == ["水利", "水利", "交通"]


def test_a_heading_without_tasks_is_listed(pasted: Callable[..., Table]) -> None:
    table = pasted(HEAD + "一、工业\n二、农业\n1\t修渠\t县水利局\t已修")
    assert [(s.why, s.text) for s in table.skipped] == [("没有任务的栏目", "一、工业")]


def test_bracketed_numbers_below_a_parent_become_its_children(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(
        HEAD
        + "1\t抓水利\t县水利局\n（1）\t修渠\t\t已修\n(2)\t清淤\n"
        + "2.\t抓交通\n（1）\t修路\n\t（2）修桥\t县交通局"
    )
    assert [row.number for row in table.rows] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


def test_bracketed_numbers_without_a_parent_stay_as_printed(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(HEAD + "（一）\t修渠\t县水利局\n（二）\t修路\t县交通局")
    assert [row.number for row in table.rows] == ["（一）", "（二）"]


def test_a_table_without_numbers_is_read(pasted: Callable[..., Table]) -> None:
    table = pasted("重点工作\t责任单位\t进展\n修渠\t县水利局\t已修\n修路\t县交通局\t")
    assert [(row.number, row.task) for row in table.rows] == [("", "修渠"), ("", "修路")]


def test_a_task_with_one_row_a_unit_is_one_task(workbook: Callable[..., Table]) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["序号", "工作任务", "责任单位", "落实情况", "备注"],
            [1, "修渠", "县水利局", "渠已修。", "共同"],
            [None, None, "县财政局", "款已拨。", None],
            [2, "修路", "县交通局", "在建", None],
        ):
            sheet.append(row)
        for area in ("A2:A3", "B2:B3", "E2:E3"):
            sheet.merge_cells(area)

    first, second = workbook(fill).rows
    assert first.roles.responsible == ("县水利局", "县财政局")
    assert first.unit_progress == (("县水利局", "渠已修。"), ("县财政局", "款已拨。"))
    assert (first.progress, first.note) == ("渠已修。\n款已拨。", "共同")
    assert (second.number, second.unit_progress) == ("2", ())


def test_a_shared_lead_does_not_speak_for_the_units_of_single_rows(
    workbook: Callable[..., Table],
) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["序号", "任务", "牵头单位", "配合单位", "落实情况"],
            [1, "修渠", "县水利局", "县财政局", "款已拨。"],
            [None, None, None, "县公安局", "路已封。"],
        ):
            sheet.append(row)
        for area in ("A2:A3", "B2:B3", "C2:C3"):
            sheet.merge_cells(area)

    (row,) = workbook(fill).rows
    assert row.unit_progress == (("县财政局", "款已拨。"), ("县公安局", "路已封。"))


def test_a_number_merged_over_different_tasks_holds_for_each(
    workbook: Callable[..., Table],
) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["序号", "任务", "责任单位", "落实情况"],
            [1, "修渠", "县水利局", "一并推进"],
            [None, "清淤", "县水利局", None],
        ):
            sheet.append(row)
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("D2:D3")

    rows = workbook(fill).rows
    assert [(r.number, r.task, r.progress) for r in rows] == [
        ("1", "修渠", "一并推进"),
        ("1", "清淤", "一并推进"),
    ]


def test_blank_cells_below_a_number_in_a_text_are_merged_ones(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(
        HEAD + "1\t修渠\t县水利局\t渠已修\n\t\t县财政局\t款已拨\n2\t修路\t县交通局\t在建"
    )
    first, second = table.rows
    assert first.unit_progress == (("县水利局", "渠已修"), ("县财政局", "款已拨"))
    assert (second.task, second.progress) == ("修路", "在建")


def test_a_row_marked_as_continued_goes_on_without_a_seam(pasted: Callable[..., Table]) -> None:
    head = HEAD.strip("\n")
    table = pasted(
        f"{head}\n3\t修渠\t县水利局\t前半句 \n{head}\n"
        "3（续）\t\t（续）\t后半句。\n4\t修路\t县交通局\t在建"
    )
    first, second = table.rows
    assert (first.number, first.task, first.progress) == ("3", "修渠", "前半句 后半句。")
    assert first.roles.responsible == ("县水利局",)
    assert second.number == "4"


def test_a_continued_row_keeps_line_breaks_pieces_of_the_task_and_further_units(
    grids: Callable[..., Table],
) -> None:
    rows: list[list[object]] = [
        ["序号", "任务", "牵头单位", "落实情况", "备注"],
        ["3", "修渠并", "县水利局", "第一段\n", "甲"],
        ["3（续）", "清淤", "县财政局", "第二段", ""],
        ["3(续)", "。", "（续）", "第二段", "乙"],
    ]
    (row,) = grids(grid_of(rows)).rows
    assert row.task == "修渠并清淤。"
    assert row.progress == "第一段\n第二段第二段"
    assert row.roles.lead == ("县水利局", "县财政局")
    assert (row.note, row.unit_progress, row.doubts) == ("甲乙", (), ())


def test_a_task_written_again_in_the_row_of_each_unit_is_said_once(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(
        "序号\t任务\t责任单位\t完成时限\t状态\t落实情况\n"
        "1\t修渠\t县水利局\t2026年6月底\t推进中\t已立项\n"
        "1\t修渠\t县财政局\t2026年6月底\t推进中\t已立项\n"
        "2\t修路\t县交通局\t年底前\t推进中\t在建\n"
    )
    first, second = table.rows
    assert (first.task, first.status_text, second.task) == ("修渠", "推进中", "修路")
    assert first.roles.responsible == ("县水利局", "县财政局")
    assert first.deadline is not None
    assert first.deadline.date == date(2026, 6, 30)
    assert first.unit_progress == (("县水利局", "已立项"), ("县财政局", "已立项"))


def test_a_row_copied_below_itself_is_read_once_and_said(pasted: Callable[..., Table]) -> None:
    (row,) = pasted("序号\t任务\t责任单位\t落实情况" + "\n1\t修渠\t县水利局\t已修" * 2).rows
    assert (row.task, row.progress) == ("修渠", "已修")
    assert row.doubts == ("表中有完全相同的行，只读了一次",)


def test_the_mark_of_a_continued_unit_cell_is_no_alias_of_the_unit(
    grids: Callable[..., Table],
) -> None:
    rows: list[list[object]] = [
        ["序号", "任务", "牵头单位", "落实情况"],
        ["3", "修渠", "县水利局\n县财政局", "第一段。"],
        ["3（续）", "", "县水利局\n县财政局\n（续）", "第二段。"],
        ["3（续）", "", "县水利局\n县财政局（续）", "第三段。"],
    ]
    (row,) = grids(grid_of(rows)).rows
    assert row.roles.lead == ("县水利局", "县财政局")
    assert row.units_text == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("合计\t12项", "合计行"),
        ("\t小计\t3", "合计行"),
        ("总计：5项", "合计行"),
        ("填表人：张三\t\t审核人：李四\t联系电话：123456", "落款签字"),
        ("单位负责人（签字）：", "落款签字"),
        ("注：完成的打√。", "说明"),
        ("备注：本表按月报送。", "说明"),
        ("说明：1.按月报送。", "说明"),
        ("2026年9月30日", "落款日期"),
        ("第1页 共3页", "页码"),
        ("— 2 —", "页码"),
        ("（续表）", "附件或续表标记"),
        ("9", "只有序号的空行"),
        ("9\t\t\t", "只有序号的空行"),
        ("填报单位：县水利局\t\t填报日期：2026年9月3日", "填报信息"),
        ("各单位要对照上表，切实抓好落实，并于月底前报送。", "无法归入表格的文字"),
    ],
)
def test_rows_that_are_no_task_are_listed_with_the_reason(
    pasted: Callable[..., Table], line: str, why: str
) -> None:
    table = pasted(f"{HEAD}1\t修渠\t县水利局\t已修\n{line}\n")
    assert [row.number for row in table.rows] == ["1"]
    assert _whys(table) in ([why], ["落款签字"] if "填报单位" in line else [why])
    words = [word for word in line.split("\t") if word]
    assert all(word in table.skipped[0].text for word in words)
    assert bool(table.warnings) == (why == "无法归入表格的文字")


def test_a_numbered_task_is_never_skipped(pasted: Callable[..., Table]) -> None:
    tasks = ["合计", "注：这是任务", "说明：如题", "2026年9月30日", "填表人：张三", "第1页"]
    table = pasted(HEAD + "\n".join(f"{n}\t{task}" for n, task in enumerate(tasks, 1)))
    assert [row.task for row in table.rows] == tasks


def test_column_numbers_below_the_header_are_dropped(pasted: Callable[..., Table]) -> None:
    for line in ("1\t2\t3\t4", "（1）\t（2）\t（3）\t（4）", "①\t②\t③\t④", "甲\t1\t2\t3"):
        table = pasted(f"{HEAD}{line}\n1\t修渠\t县水利局\t已修")
        assert [row.task for row in table.rows] == ["修渠"], line
        assert _whys(table) == ["列号"]


def test_the_points_of_a_remark_belong_to_it(pasted: Callable[..., Table]) -> None:
    table = pasted(
        HEAD + "1\t修渠\t县水利局\t已修\n注：1.按月报送。\n2.逾期的说明原因。\n（3）其他。"
    )
    assert _whys(table) == ["说明"] * 3


def test_a_row_with_a_number_but_no_task_is_kept_and_doubtful(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(HEAD + "1\t修渠\t县水利局\t已修\n2\t\t县交通局\t在建")
    assert [(row.number, row.progress) for row in table.rows] == [("1", "已修"), ("2", "在建")]
    assert table.rows[1].doubts == ("缺任务内容",)


def test_more_cells_than_headings_are_kept(pasted: Callable[..., Table]) -> None:
    table = pasted(HEAD + "1\t修渠\t县水利局\t已修\t多出的话")
    assert table.rows[0].extra == (("第5列", "多出的话"),)


def test_hidden_rows_are_read_and_reported(workbook: Callable[..., Table]) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["序号", "任务", "责任单位"])
        sheet.append([1, "修渠", "县水利局"])
        sheet.append([2, "修路", "县交通局"])
        sheet.row_dimensions[3].hidden = True

    table = workbook(fill)
    assert len(table.rows) == 2
    assert any("隐藏" in warning for warning in table.warnings)
