from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.tables.conftest import grid_of
from tracker.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.table import Table

Pasted = "Callable[..., Table]"


def test_a_plain_header_names_its_columns_as_printed(pasted: Callable[..., Table]) -> None:
    table = pasted(
        "序 号\t工作任务\t责任单位\t完成时限\t落实情况\n1\t修渠\t县水利局\t2026年6月底前\t已修"
    )
    assert table.columns == {
        "number": "序 号",
        "task": "工作任务",
        "responsible": "责任单位",
        "deadline": "完成时限",
        "progress": "落实情况",
    }
    assert [row.task for row in table.rows] == ["修渠"]


def test_a_header_over_two_lines_of_text_takes_the_sub_headings(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(
        "序号\t任务\t责任分工\t\t落实情况\n\t\t牵头\t配合\t\n1\t修渠\t县水利局\t县财政局\t已修"
    )
    (row,) = table.rows
    assert row.roles.lead == ("县水利局",)
    assert row.roles.cooperating == ("县财政局",)
    assert row.progress == "已修"
    assert table.columns["lead"] == "牵头"


def test_a_header_over_three_rows_with_merged_groups_is_read(grids: Callable[..., Table]) -> None:
    rows: list[list[object]] = [
        ["重点任务落实台账", "", "", "", "", "", ""],
        ["序号", "基本情况", "", "", "", "推进情况", ""],
        ["", "任务内容", "责任分工", "", "完成时限", "进展", "问题"],
        ["", "", "牵头单位", "配合单位", "", "", ""],
        [1, "修渠", "县水利局", "县财政局", "长期", "已修", "缺钱"],
    ]
    merges = (
        (0, 0, 0, 6), (1, 0, 3, 0), (1, 1, 1, 4), (1, 5, 1, 6), (2, 1, 3, 1), (2, 2, 2, 3),
        (2, 4, 3, 4), (2, 5, 3, 5), (2, 6, 3, 6),
    )  # fmt: skip
    table = grids(grid_of(rows, merges))
    (row,) = table.rows
    assert (table.title, row.number, row.task) == ("重点任务落实台账", "1", "修渠")
    assert (row.roles.lead, row.roles.cooperating) == (("县水利局",), ("县财政局",))
    assert (row.progress, row.problems) == ("已修", "缺钱")


def test_months_below_one_group_are_rounds(workbook: Callable[..., Table]) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["序号", "工作任务", "责任单位", "进展情况", None, None])
        sheet.append([None, None, None, "7月", "8月", "9月"])
        sheet.append([1, "修渠", "县水利局", "选线", "开工", None])
        for area in ("A1:A2", "B1:B2", "C1:C2", "D1:F1"):
            sheet.merge_cells(area)

    (row,) = workbook(fill).rows
    assert row.rounds == (("7月", "选线"), ("8月", "开工"))
    assert row.progress == "开工"


def test_a_title_row_above_is_no_group_of_the_header(grids: Callable[..., Table]) -> None:
    rows: list[list[object]] = [
        ["附件1", "", ""],
        ["填报单位：县府办", "", "填报日期：2026年3月2日"],
        ["序号", "工作任务", "落实情况"],
        [1, "修渠", "已修"],
    ]
    table = grids(grid_of(rows))
    assert table.columns == {"number": "序号", "task": "工作任务", "progress": "落实情况"}
    assert table.date is not None


def test_the_first_task_row_is_no_sub_heading(pasted: Callable[..., Table]) -> None:
    table = pasted("类别\t任务\t单位\n\t修渠\t县水利局\n\t修路\t县交通局")
    assert [row.task for row in table.rows] == ["修渠", "修路"]


@pytest.mark.parametrize(
    "text",
    [
        "请抓好工作任务落实，责任单位要报送落实情况。\n第二段。",
        "序号\t姓名\t电话\n1\t张三\t123",
        "工作任务\n落实情况",
        "1\t落实工作任务，压实责任单位\t县水利局\n2\t报送落实情况\t县财政局",
    ],
)
def test_a_text_without_a_header_is_no_table(pasted: Callable[..., Table], text: str) -> None:
    with pytest.raises(UserError) as problem:
        pasted(text)
    assert "表头" in problem.value.why


def test_a_data_row_with_heading_words_is_no_header(pasted: Callable[..., Table]) -> None:
    table = pasted("序号\t工作任务\t落实情况\n1\t完善工作任务\t推进情况\n2\t修路\t办理情况良好")
    assert [row.task for row in table.rows] == ["完善工作任务", "修路"]


def test_headers_repeated_at_page_breaks_are_listed_and_dropped(
    pasted: Callable[..., Table],
) -> None:
    head = "序号\t任务\t牵头\t配合\n"
    table = pasted(f"{head}1\t修渠\t县水利局\t县财政局\n\n{head}2\t修路\t县交通局\t\n")
    assert [row.number for row in table.rows] == ["1", "2"]
    assert [skipped.why for skipped in table.skipped] == ["重复的表头"]
    assert table.warnings == ()


def test_a_repeated_header_of_two_rows_is_dropped_whole(pasted: Callable[..., Table]) -> None:
    head = "表一：任务表\n序号\t任务\t责任分工\t\n\t\t牵头\t配合\n"
    table = pasted(f"{head}1\t修渠\t县水利局\t县财政局\n{head}2\t修路\t县交通局\t县公安局\n")
    assert [row.roles.cooperating for row in table.rows] == [("县财政局",), ("县公安局",)]
    assert [s.why for s in table.skipped] == ["重复的标题", "重复的表头", "重复的表头"]


def test_a_second_table_with_other_columns_is_read_by_its_own_header(
    pasted: Callable[..., Table],
) -> None:
    table = pasted(
        "序号\t任务\t落实情况\n1\t修渠\t已修\n\n第二批任务落实情况表\n序号\t事项\t责任单位\t完成时限\t进展\n1\t修路\t县交通局\t2026年底\t在建"
    )
    assert [(row.task, row.progress) for row in table.rows] == [("修渠", "已修"), ("修路", "在建")]
    assert table.rows[1].roles.responsible == ("县交通局",)
    assert [s.why for s in table.skipped] == ["另一张表的标题"]


def test_each_sheet_has_its_own_header_and_a_cover_is_a_warning(
    grids: Callable[..., Table],
) -> None:
    cover = grid_of([["2026年台账"], ["县府办"]], sheet="封面")
    first = grid_of([["序号", "任务", "责任单位"], [1, "修渠", "县水利局"]], sheet="农业")
    second = grid_of([["任务", "序号", "落实情况"], ["修路", 1, "在建"]], sheet="交通")
    table = grids(cover, first, second)
    assert [(r.task, r.origin.sheet, r.origin.row) for r in table.rows] == [
        ("修渠", "农业", 2),
        ("修路", "交通", 2),
    ]
    assert table.warnings == ("工作表“封面”中没有找到进展表，未读取",)
    assert [r.task for r in grids(cover, first, second, sheet="交通").rows] == ["修路"]
    with pytest.raises(UserError, match="没有名为“卫生”的工作表"):
        grids(cover, first, sheet="卫生")


def test_two_columns_under_one_heading_are_class_and_task(workbook: Callable[..., Table]) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["序号", "重点任务", None, "责任单位"])
        sheet.append([1, "水利", "修渠", "县水利局"])
        sheet.append([2, None, "清淤", "县水利局"])
        sheet.append([3, "单列的任务", None, "县交通局"])
        sheet.append([None, None, None, "县公安局"])
        for area in ("B1:C1", "B2:B3", "B4:C5", "A4:A5"):
            sheet.merge_cells(area)

    table = workbook(fill)
    assert [(row.section, row.task) for row in table.rows] == [
        ("水利", "修渠"),
        ("水利", "清淤"),
        ("", "单列的任务"),
    ]
    assert table.rows[2].roles.responsible == ("县交通局", "县公安局")


def test_the_problem_column_stands_for_the_task_where_there_is_no_other(
    pasted: Callable[..., Table],
) -> None:
    table = pasted("序号\t存在问题\t整改措施\t责任单位\t整改情况\n1\t台账不全\t补齐\t县府办\t已补")
    (row,) = table.rows
    assert (row.task, row.next_steps, row.progress) == ("台账不全", "补齐", "已补")
