"""The workbook of the situation table, read again with an independent eye."""

from __future__ import annotations

import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.base.errors import FileProblem
from tracker.domain.content import Content, ContentRow
from tracker.reports import looks
from tracker.reports.looks import load_layout
from tracker.reports.situation_xlsx import write_situation_xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

LAYOUT = load_layout()
ROW = ContentRow("1", "推进清淤。", ("水利局", "城管局"), "已完成4.6公里。")
TABLE = Content(
    "全县重点事项落实情况表",
    "附件2",
    ("填报单位：督查室", "截止日期：2024年9月30日"),
    rows=(ROW, ContentRow("2.10", "整治道路。", ("住建局",), "正在施工。")),
    properties={"ledger": "七号", "round": "3"},
    created=datetime(2024, 10, 8, 9, 30),
)


def written(content: Content, folder: Path) -> Worksheet:
    target = folder / "落实情况 表.xlsx"
    write_situation_xlsx(content, LAYOUT, target)
    return openpyxl.load_workbook(target).active


def body(sheet: Worksheet) -> list[list[object]]:
    first = int(sheet.freeze_panes[1:])
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def test_the_sheet_holds_title_headings_and_rows(tmp_path: Path) -> None:
    sheet = written(TABLE, tmp_path)
    assert sheet.title == "落实情况表"
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "附件2",
        "全县重点事项落实情况表",
        "填报单位：督查室",
    ]
    assert sheet["D3"].value == "截止日期：2024年9月30日"
    assert [cell.value for cell in sheet[4]] == ["序号", "具体目标任务", "牵头责任单位", "落实情况"]
    assert body(sheet) == [
        [1, "推进清淤。", "水利局\n城管局", "已完成4.6公里。"],
        ["2.10", "整治道路。", "住建局", "正在施工。"],
    ]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:D1", "A2:D2", "A3:C3"}


def test_fonts_sizes_and_alignment_are_those_of_the_office(tmp_path: Path) -> None:
    sheet = written(TABLE, tmp_path)
    looks_of = {
        cell: (sheet[cell].font.name, sheet[cell].font.size, sheet[cell].alignment.horizontal)
        for cell in ("A1", "A2", "A3", "D3", "A4", "D4", "A5", "B5", "C5", "D5")
    }
    body_font = ("仿宋_GB2312", 12)
    assert looks_of == {
        "A1": ("黑体", 16, "left"),
        "A2": ("方正小标宋简体", 22, "center"),
        "A3": (*body_font, "left"),
        "D3": (*body_font, "right"),
        "A4": ("黑体", 12, "center"),
        "D4": ("黑体", 12, "center"),
        "A5": (*body_font, "center"),
        "B5": (*body_font, "left"),
        "C5": (*body_font, "center"),
        "D5": (*body_font, "left"),
    }
    for cell in sheet[5]:
        assert cell.alignment.vertical == "center"
        assert cell.alignment.wrap_text
        assert {
            getattr(cell.border, side).style for side in ("left", "right", "top", "bottom")
        } == {"thin"}


def test_the_page_is_ready_to_print(tmp_path: Path) -> None:
    sheet = written(TABLE, tmp_path)
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation) == (9, "landscape")
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "A5"
    assert "第 &P 页 共 &N 页" in sheet.oddFooter.center.text


def test_the_columns_fill_the_paper_but_not_more(tmp_path: Path) -> None:
    sheet = written(TABLE, tmp_path)
    millimetres = sum(sheet.column_dimensions[c].width * 8 for c in "ABCD") / looks.PIXELS_PER_MM
    assert 255 < millimetres <= 297 - 36
    assert LAYOUT.headings == ("序号", "具体目标任务", "牵头责任单位", "落实情况")


def test_excel_counts_column_widths_in_the_font_they_were_reckoned_for(tmp_path: Path) -> None:
    written(TABLE, tmp_path)
    with zipfile.ZipFile(tmp_path / "落实情况 表.xlsx") as archive:
        styles = archive.read("xl/styles.xml").decode("utf-8")
    fonts = styles.partition("<fonts")[2].partition("</font>")[0]
    assert 'val="Times New Roman"' in fonts
    assert 'val="12"' in fonts


@pytest.mark.parametrize(("length", "size"), [(10, 22), (36, 18), (120, 18)])
def test_a_long_title_gets_smaller_and_then_wraps(tmp_path: Path, length: int, size: int) -> None:
    sheet = written(Content("表" * length), tmp_path)
    assert sheet["A1"].font.size == size
    lines = -(-length * size // 700)
    assert sheet.row_dimensions[1].height >= lines * size * 1.4


def test_the_first_page_has_room_for_the_tallest_row(tmp_path: Path) -> None:
    sheet = written(TABLE, tmp_path)
    top = sum(sheet.row_dimensions[row].height for row in range(1, 5))
    tallest = ContentRow("1", "", (), "推进项目建设按计划完成。" * 200)
    row = written(Content("表", rows=(tallest,)), tmp_path)
    assert top + row.row_dimensions[3].height <= LAYOUT.page.body_height


def test_the_stamp_lies_in_the_custom_properties(tmp_path: Path) -> None:
    written(TABLE, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "落实情况 表.xlsx")
    assert {p.name: p.value for p in book.custom_doc_props} == dict(TABLE.properties)
    assert book.properties.created == TABLE.created
    assert not book.properties.creator


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_situation_xlsx(TABLE, LAYOUT, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(A1:A9)",
        "+5",
        "-3.2%",
        "@甲",
        "13.10",
        "01",
        "#N/A",
        "2024-09-30",
        "_x0041_",
        "TRUE",
        "  前后有空格  ",
        "第一行\n第二行\n",
        "甲\t乙",
        "'引号",
        "<b>&amp;</b>",
        "𠮷㐂🚧",
    ],
)
def test_text_stays_text_to_the_letter(tmp_path: Path, text: str) -> None:
    sheet = written(Content("表", rows=(ContentRow(text, text, (text,), text),)), tmp_path)
    assert body(sheet) == [[text] * 4]
    first = int(sheet.freeze_panes[1:])
    assert {cell.data_type for cell in sheet[first]} == {"s"}


@pytest.mark.parametrize(("text", "quoted"), [("=1+1", True), ("01", True), ("已完成", False)])
def test_what_excel_would_misread_carries_the_text_prefix(
    tmp_path: Path, text: str, quoted: bool
) -> None:
    sheet = written(Content("表", rows=(ContentRow("1", "", (), text), ROW)), tmp_path)
    assert sheet["D3"].quotePrefix is quoted
    assert sheet["D4"].quotePrefix is False
    assert sheet["A3"].quotePrefix is False


def test_characters_that_a_file_cannot_hold_are_left_out_with_a_warning(tmp_path: Path) -> None:
    bad = ContentRow("7", "推\x07进", ("水利局",), "已\ufffe完\x00成\r\n下一步")
    target = tmp_path / "a.xlsx"
    warnings = write_situation_xlsx(Content("表", rows=(ROW, bad)), LAYOUT, target)
    assert warnings == (
        "第2行（序号“7”）“具体目标任务”有1个表格文件不能保存的控制字符，已略去",
        "第2行（序号“7”）“落实情况”有2个表格文件不能保存的控制字符，已略去",
    )
    assert body(openpyxl.load_workbook(target).active)[1] == [7, "推进", "水利局", "已完成\n下一步"]


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4))
def test_whatever_is_written_is_read_again(
    tmp_path: Path, texts: list[tuple[str, str, str]]
) -> None:
    rows = tuple(ContentRow(f"第{i}", *_row(t)) for i, t in enumerate(texts))
    read = body(written(Content("表", rows=rows), tmp_path))
    assert [[cell or "" for cell in row] for row in read] == [
        [row.number, row.task, "\n".join(row.units), row.progress] for row in rows
    ]


def _row(texts: tuple[str, str, str]) -> tuple[str, tuple[str, ...], str]:
    task, unit, progress = texts
    return task, (unit,), progress


def test_a_table_without_rows_is_still_a_table(tmp_path: Path) -> None:
    sheet = written(Content("表"), tmp_path)
    assert body(sheet) == []
    assert sheet.print_title_rows == "$2:$2"


def test_a_damaged_layout_is_told_to_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "load", lambda name: {"name": "x"})
    with pytest.raises(FileProblem, match="版式"):
        load_layout("standard")
