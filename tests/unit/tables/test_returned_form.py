"""A form that stands as it was sent is read the short way, to the same end as the long one."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from tests.helpers.forms import form, row
from tracker.domain.form import OPEN
from tracker.files.reader import read_bytes
from tracker.files.reading import Request
from tracker.ops.collect_facts import label_test
from tracker.reports.form_xlsx import write_form_xlsx
from tracker.tables.pipeline import read_table
from tracker.tables.returned_form import read_form

ROWS = (row("1"), row("2", before=""), row("3", deadline=""))


@pytest.fixture
def book(tmp_path, now):
    path = tmp_path / "表.xlsx"
    write_form_xlsx(form(*ROWS), path, now)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heading = next(c for line in sheet.iter_rows() for c in line if c.value == "本期进展")
    columns = {c.value: c.column for c in sheet[heading.row]}
    words = (" 已办成两处。\n另起一行", "推进中", 40, "无", "下月完成")
    for title, value in zip(OPEN.values(), words, strict=True):
        sheet.cell(heading.row + 1, columns[title]).value = value
    sheet.cell(heading.row + 2, columns["完成率（%）"]).value = "85%"
    return book


def short(book):
    stream = BytesIO()
    book.save(stream)
    source = read_bytes(stream.getvalue(), Request("表.xlsx", ".xlsx"))
    return read_form(source, label_test()), read_table(source)


def plain(table):
    """What placing looks at, without what no form needs."""
    return [replace(r, deadline=None, extra=tuple(sorted(r.extra)), doubts=()) for r in table.rows]


def test_both_ways_read_the_same(book):
    found, table = short(book)
    assert found is not None
    assert plain(found) == plain(table)
    ours, theirs = found.shapes[0].tables[0], table.shapes[0].tables[0]
    assert ours.mapping == theirs.mapping
    assert found.columns == table.columns


def _insert_row(sheet, top):
    sheet.insert_rows(top + 2)
    sheet.cell(top + 2, 7).value = "没有编号的一行"


@pytest.mark.parametrize(
    "damage",
    [
        lambda sheet, top: sheet.delete_cols(2),
        lambda sheet, top: sheet.delete_rows(top),
        _insert_row,
        lambda sheet, top: sheet.cell(top, 13, "科室意见"),
        lambda sheet, top: sheet.cell(top + 1, 13, "表外的话"),
        lambda sheet, top: sheet.cell(1, 1, "另写的标题和说明"),
        lambda sheet, top: sheet.cell(sheet.max_row + 3, 2, "表下的话"),
        lambda sheet, top: sheet.cell(top + 1, 9, "八成"),
        lambda sheet, top: sheet.cell(top + 1, 3, " "),
        lambda sheet, top: sheet.merge_cells(
            start_row=top + 1, end_row=top + 2, start_column=7, end_column=7
        ),
    ],
    ids=["column gone", "no headings", "row without code", "column more", "words beside",
         "other title", "words below", "percent in words", "no task", "merged"],
)  # fmt: skip
def test_whatever_is_otherwise_is_left_to_the_long_way(book, damage):
    sheet = book.worksheets[0]
    top = next(c.row for line in sheet.iter_rows() for c in line if c.value == "本期进展")
    damage(sheet, top)
    stream = BytesIO()
    book.save(stream)
    source = read_bytes(stream.getvalue(), Request("表.xlsx", ".xlsx"))
    assert read_form(source, label_test()) is None
