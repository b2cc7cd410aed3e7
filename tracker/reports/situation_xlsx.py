"""The standard situation table (落实情况表) as a workbook that prints without mending."""

from __future__ import annotations

import math
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.reports import package, sheet_looks
from tracker.reports.across_lines import pad_apart
from tracker.reports.looks import POINTS_PER_PIXEL, TALLEST_ROW
from tracker.reports.measure import Ruler
from tracker.reports.plan_lines import Across
from tracker.reports.sheet_rows import SheetRows, Underlined, underlined
from tracker.reports.table_plan import plan_table
from tracker.reports.writable import writable

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.content import Content
    from tracker.reports.looks import Layout
    from tracker.reports.plan_lines import PlacedRow
    from tracker.reports.table_plan import TablePlan

_NO_TIME = datetime(2000, 1, 1)


def write_situation_xlsx(content: Content, layout: Layout, target: Path) -> tuple[str, ...]:
    """Write the table to `target` and return warnings in the user's words.

    The same content gives the same bytes. `target` is written as it is named; replacing an older
    file safely is the caller's part.
    """
    content, warnings = writable(content, layout)
    plan = plan_table(content, layout)
    book = sheet_looks.new_book(plan.layout, content, placed=plan.placed)
    rows = _Writer(book, plan).write()
    target.write_bytes(package.packed(book, rows, content.created or _NO_TIME))
    return warnings


class _Writer:
    """Fills one sheet from the top down, as planned."""

    def __init__(self, book: Workbook, plan: TablePlan) -> None:
        self._sheet: Worksheet = book[plan.layout.sheet]
        self._plan = plan
        self._layout = plan.layout
        self._width = len(plan.layout.columns)
        self._rows = SheetRows(self._sheet)
        look = plan.layout.body
        self._underlined = underlined(look.font, look.sizes[0])
        self._group_from = self._group_left = 0

    def write(self) -> SheetRows:
        """Return title block, headings and rows, and say what is repeated and printed."""
        rows, sheet = self._rows, self._sheet
        for text in self._plan.top:
            self._across(text)
        self._headings()
        sheet.print_title_rows = f"{rows.row - 1}:{rows.row - 1}"
        sheet.freeze_panes = f"A{rows.row}"
        last = len(self._plan.pages) - 1
        for number, page in enumerate(self._plan.pages):
            for line in page:
                if isinstance(line, Across):
                    self._across(line)
                else:
                    self._row(line)
            if self._plan.placed and number < last:
                sheet_looks.end_page(sheet, rows.row - 1)
        sheet.print_area = f"A1:{sheet_looks.letter(self._width)}{rows.row - 1}"
        return rows

    def _across(self, line: Across) -> None:
        """Write a text over all columns, two texts at both ends."""
        style = sheet_looks.line_style(sheet_looks.style_part(line.part), line.size)
        if line.split:
            self._rows.put(1, line.texts[0], style)
            self._rows.put(line.split + 1, line.texts[1], sheet_looks.right_style(style))
            self._merge(1, line.split)
            self._merge(line.split + 1, self._width)
        else:
            self._rows.put(1, self._joined(line), style)
            self._merge(1, self._width)
            if line.part == "group_line":
                for column in range(2, self._width + 1):
                    self._rows.put(column, "", style)
        self._rows.end_row(line.height)

    def _joined(self, line: Across) -> str:
        if line.part != "signature":
            return line.text
        total = sum(column.points for column in self._layout.columns)
        return pad_apart(line.texts, self._layout.room(total, line.size), Ruler())

    def _headings(self) -> None:
        style = sheet_looks.line_style("heading", self._layout.heading.sizes[0])
        for index, text in enumerate(self._plan.headings, 1):
            self._rows.put(index, text, style)
        self._rows.end_row(self._plan.heading_height)

    def _row(self, row: PlacedRow) -> None:
        """Write a row; one that is too high for a row of the sheet takes several of them."""
        first, parts = self._rows.row, parts_of(row.height)
        self._cells(row)
        for height in parts:
            if self._rows.row > first:
                for index, (_, style) in enumerate(self._columns, 1):
                    self._rows.put(index, "", style)
            self._rows.end_row(height)
        group = self._plan.group_column
        for index in range(self._width) if len(parts) > 1 else ():
            if index != group:
                self._merge_down(index + 1, first)
        if group is not None:
            self._group(row, first, group)

    def _group(self, row: PlacedRow, first: int, column: int) -> None:
        """Let the cell of a group stand over its rows once the last of them is written."""
        if row.span:
            self._group_from, self._group_left = first, row.span
        self._group_left -= 1
        if not self._group_left:
            self._merge_down(column + 1, self._group_from)

    def _cells(self, row: PlacedRow) -> None:
        put, marks = self._rows.put, row.marks
        for index, (number, style) in enumerate(self._columns):
            if marks and marks[index]:
                new = Underlined(marks[index], self._underlined)
                put(index + 1, row.texts[index], style, number, new)
            else:
                put(index + 1, row.texts[index], style, number)

    @cached_property
    def _columns(self) -> list[tuple[bool, str]]:
        """Tell for each column whether it holds numbers, and its style."""
        return [
            (c.field == "number", sheet_looks.body_style(c.field)) for c in self._layout.columns
        ]

    def _merge(self, first: int, last: int) -> None:
        row = self._rows.row
        if first < last:
            self._sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)

    def _merge_down(self, column: int, first: int) -> None:
        """Join the cells of a column from row `first` to the last one written."""
        last = self._rows.row - 1
        if first < last:
            self._sheet.merge_cells(
                start_row=first, end_row=last, start_column=column, end_column=column
            )


def parts_of(height: float) -> list[float]:
    """Return the heights of the rows of a sheet that together are so high."""
    count = math.ceil(height / TALLEST_ROW)
    pixels, over = divmod(round(height / POINTS_PER_PIXEL), count)
    return [(pixels + (place < over)) * POINTS_PER_PIXEL for place in range(count)]
