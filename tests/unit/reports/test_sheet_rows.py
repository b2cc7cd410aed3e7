"""Rows written as XML are the rows that openpyxl would write."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Font, NamedStyle

from tracker.reports.cell_text import could_be_misread, is_plain_number, runs
from tracker.reports.sheet_rows import SheetRows

LOOKS = ("plain", "bold")
PART = "xl/worksheets/sheet1.xml"


def new_book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for name in LOOKS:
        book.add_named_style(NamedStyle(name, font=Font(bold=name == "bold")))
    return book


def saved(book: openpyxl.Workbook) -> dict[str, bytes]:
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def by_us(table: list[list[str]]) -> tuple[str, bytes]:
    """Return sheet and styles with the table's rows put in."""
    book = new_book()
    rows = SheetRows(book.active)
    for line in table:
        for column, text in enumerate(line, 1):
            rows.put(column, text, LOOKS[column % 2], number=column == 1)
        rows.end_row(30.75)
    parts = saved(book)
    assert rows.part == PART
    return ElementTree.canonicalize(rows.put_into(parts[PART])), parts["xl/styles.xml"]


def by_openpyxl(table: list[list[str]]) -> tuple[str, bytes]:
    book = new_book()
    sheet = book.active
    for number, line in enumerate(table, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(number, column)
            if column == 1 and is_plain_number(text):
                cell.value = int(text)
            elif text:
                pieces = runs(text)
                cell.value = text if len(pieces) == 1 else CellRichText(pieces)
                cell.data_type = "s"
            cell.style = LOOKS[column % 2]
            cell.quotePrefix = cell.data_type == "s" and could_be_misread(text)
        sheet.row_dimensions[number].height = 30.75
    parts = saved(book)
    return ElementTree.canonicalize(parts[PART]), parts["xl/styles.xml"]


def without_marks(xml: str) -> str:
    """Leave out what openpyxl writes with lxml only: that a cell of mere blanks keeps them."""
    return re.sub(r' xml:space="preserve"(?=>\s*<)', "", xml)


@pytest.mark.parametrize(
    "text",
    [
        "已完成",
        "",
        "12",
        "012",
        "=A1",
        "#N/A",
        "_x0041_",
        " _x0041_ 甲",
        "  前后 ",
        "第一行\n第二行\n",
        "甲\t乙",
        "<b>&amp;]]>\"'",
        "𠮷🚧",
        "\x85\u2028\u00a0\u3000甲",
    ],
)
def test_a_cell_is_written_as_openpyxl_writes_it(text: str) -> None:
    table = [["序号", "任务"], [text, text, text]]
    assert by_us(table) == by_openpyxl(table)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_rows_are_written_as_openpyxl_writes_them(table: list[list[str]]) -> None:
    (ours, our_styles), (theirs, their_styles) = by_us(table), by_openpyxl(table)
    assert without_marks(ours) == without_marks(theirs)
    assert our_styles == their_styles


def test_only_the_columns_that_are_put_are_written() -> None:
    book = new_book()
    rows = SheetRows(book.active)
    rows.put(1, "左", "plain")
    rows.put(4, "右", "bold")
    rows.end_row(24)
    sheet = rows.put_into(saved(book)[PART]).decode()
    assert '<dimension ref="A1:D1"' in sheet
    assert re.findall(r'<c r="(\w+)"', sheet) == ["A1", "D1"]
    assert 'ht="24" ' in sheet


def test_merged_areas_leave_no_cells_of_their_own() -> None:
    book = new_book()
    rows = SheetRows(book.active)
    rows.put(1, "标题", "plain")
    book.active.merge_cells("A1:C1")
    rows.end_row(24)
    sheet = rows.put_into(saved(book)[PART]).decode()
    assert sheet.count("<row ") == 1
    assert sheet.count("<c ") == 1
    assert "mergeCell " in sheet


def test_a_sheet_without_a_place_for_rows_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no place"):
        SheetRows(new_book().active).put_into(b"<worksheet/>")
