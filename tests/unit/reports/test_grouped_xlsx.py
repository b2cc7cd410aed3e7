"""Groups, signature, legend and marks in the workbook, read again with an independent eye."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.helpers.grouped_tables import (
    LEGEND,
    LINES,
    MERGED,
    SENTENCE,
    SIGNATURE,
    grouped_content,
    layout_of,
    random_layout,
    rows,
)
from tracker.domain.content import Content, ContentRow
from tracker.reports.looks import TALLEST_ROW, load_layout
from tracker.reports.situation_xlsx import parts_of, write_situation_xlsx
from tracker.reports.table_plan import plan_table

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.reports.looks import Layout


def sheet_of(content: Content, layout: Layout, folder: Path):
    target = folder / "表.xlsx"
    assert write_situation_xlsx(content, layout, target) == ()
    return openpyxl.load_workbook(target, rich_text=True).active


def test_the_line_of_a_group_stands_over_all_columns_with_a_border(tmp_path: Path) -> None:
    content = Content("表", rows=rows("一、城市", "一、城市", "二、乡村"))
    sheet = sheet_of(content, layout_of(*LINES, group="section"), tmp_path)
    assert [sheet.cell(row, 1).value for row in range(3, 8)] == [
        "一、城市",
        1,
        2,
        "二、乡村",
        3,
    ]
    assert {"A3:D3", "A6:D6"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A3"].font.name == "黑体"
    assert all(sheet.cell(3, column).border.bottom.style == "thin" for column in range(1, 5))
    assert sheet["C4"].value == "1-001"


def test_a_placed_sheet_has_breaks_of_its_own_and_is_not_fitted(tmp_path: Path) -> None:
    layout = layout_of(*LINES, group="section")
    content = Content("表", rows=rows(*["一、城市"] * 20))
    sheet = sheet_of(content, layout, tmp_path)
    plan = plan_table(content, layout)
    assert len(sheet.row_breaks.brk) == len(plan.pages) - 1 > 0
    assert sheet.page_setup.scale == 100
    assert (
        not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    )
    ends = [each.id for each in sheet.row_breaks.brk]
    assert all(str(sheet.cell(row + 1, 1).value).endswith("（续）") for row in ends)
    width = sum(sheet.column_dimensions[letter].width * 8 for letter in "ABCD")
    assert width <= layout.page.body_pixels * 0.98


def test_the_cell_of_a_group_is_merged_over_its_rows_and_never_over_a_break(tmp_path: Path) -> None:
    content = Content("表", rows=rows(*["一、城市"] * 12, *["二、乡村"] * 12))
    sheet = sheet_of(content, layout_of(*MERGED, group="section", merged=True), tmp_path)
    down = [area for area in sheet.merged_cells.ranges if area.min_col == area.max_col == 2]
    ends = {each.id for each in sheet.row_breaks.brk}
    assert ends
    for area in down:
        assert not ends & set(range(area.min_row, area.max_row))
        assert sheet.cell(area.min_row, 2).value.startswith(("一、城市", "二、乡村"))
    covered = {row for area in down for row in range(area.min_row, area.max_row + 1)}
    single = {row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 2).value}
    assert covered | single == set(range(3, sheet.max_row + 1)), "no row without its group"


def test_signatures_have_their_share_and_stand_with_the_legend_below(tmp_path: Path) -> None:
    content = Content("表", rows=rows(""), signature=SIGNATURE, legend=LEGEND)
    sheet = sheet_of(content, load_layout(), tmp_path)
    last = [sheet.cell(row, 1).value for row in range(sheet.max_row - 2, sheet.max_row + 1)]
    assert re.fullmatch("填表人：　{8,}审核人：　{8,}分管领导：", last[0])
    assert tuple(last[1:]) == LEGEND
    assert sheet.print_area.endswith(f"$D${sheet.max_row}")
    assert sheet.cell(sheet.max_row, 1).border.left is None


def test_what_is_new_is_underlined_and_nothing_else(tmp_path: Path) -> None:
    marked = replace(rows("")[0], new={"progress": ((2, 5), (9, 12)), "number": ((0, 1),)})
    layout = load_layout()
    target = tmp_path / "表.xlsx"
    write_situation_xlsx(Content("表", rows=(marked,)), layout, target)
    sheet = openpyxl.load_workbook(target, rich_text=True).active
    runs = [(str(run), getattr(getattr(run, "font", None), "u", None)) for run in sheet["D3"].value]
    text = marked.progress
    assert runs == [
        (text[:2], None),
        (text[2:5], "single"),
        (text[5:9], None),
        (text[9:12], "single"),
        (text[12:], None),
    ]
    (font,) = {(r.font.rFont, r.font.sz) for r in sheet["D3"].value if hasattr(r, "font")}
    assert font == (layout.body.font, layout.body.sizes[0])
    assert str(sheet["A3"].value) == "1"
    assert openpyxl.load_workbook(target).active["D3"].value == text


def test_a_row_too_high_for_excel_takes_several_rows_merged_in_every_column(tmp_path: Path) -> None:
    layout = layout_of(*LINES, landscape=False)
    (tall,) = rows("", sentences=18)
    sheet = sheet_of(Content("表", rows=(tall, *rows(""))), layout, tmp_path)
    areas = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"{letter}3:{letter}4" for letter in "ABCD"} <= areas
    assert sheet["D3"].value == tall.progress
    assert sheet["D5"].value == SENTENCE * 3
    assert all(sheet.row_dimensions[row].height <= TALLEST_ROW for row in range(1, 6))


@pytest.mark.parametrize("height", [30.0, 409.5, 410.25, 819.0, 819.75, 1100.25])
def test_a_height_is_shared_among_rows_of_the_sheet(height: float) -> None:
    parts = parts_of(height)
    assert sum(parts) == height
    assert max(parts) <= TALLEST_ROW
    assert max(parts) - min(parts) <= 0.75


def test_page_numbers_may_stand_at_the_outer_side(tmp_path: Path) -> None:
    layout = load_layout()
    sides = replace(layout, page=replace(layout.page, sides=True, footer="— &P —"))
    sheet = sheet_of(Content("表", rows=rows("")), sides, tmp_path)
    assert sheet.HeaderFooter.differentOddEven
    assert (sheet.oddFooter.right.text, sheet.evenFooter.left.text) == ("— &P —", "— &P —")
    assert sheet.oddFooter.center.text is None


def test_control_characters_go_and_marks_stay_with_their_words(tmp_path: Path) -> None:
    bad = ContentRow(
        "1",
        "",
        (),
        "已\x07完成清淤",
        group="一\x00",
        new={"progress": ((4, 6),)},
        extra={"code": "1\x01"},
    )
    content = Content("表", rows=(bad,), signature=("填\x02表人：",), legend=("注\x03：",))
    layout = layout_of(*LINES, group="section")
    target = tmp_path / "表.xlsx"
    warnings = write_situation_xlsx(content, layout, target)
    assert [warning.split("有")[0] for warning in warnings] == [
        "第1行（序号“1”）“extra.code”",
        "第1行（序号“1”）“progress”",
        "第1行（序号“1”）“分组”",
        "签字行",
        "图例",
    ]
    sheet = openpyxl.load_workbook(target, rich_text=True).active
    assert [str(run) for run in sheet["D4"].value] == ["已完成", "清淤"]


@pytest.mark.parametrize("seed", range(8))
def test_the_same_content_gives_the_same_bytes(tmp_path: Path, seed: int) -> None:
    layout = random_layout(seed)
    for name in ("a.xlsx", "b.xlsx"):
        write_situation_xlsx(grouped_content(seed, layout), layout, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_merged_areas_overlap_and_the_package_is_whole(tmp_path: Path) -> None:
    for seed in range(12):
        layout = random_layout(seed)
        content = grouped_content(seed, layout)
        sheet = sheet_of(content, layout, tmp_path)
        cells = [cell for area in sheet.merged_cells.ranges for cell in area.cells]
        assert len(cells) == len(set(cells))
        with zipfile.ZipFile(tmp_path / "表.xlsx") as archive:
            assert archive.testzip() is None
