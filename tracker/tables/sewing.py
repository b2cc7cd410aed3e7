"""Rows of a copied text that line breaks inside a cell have torn apart, sewn together again.

A copy from Word or a web page puts a cell's paragraphs on lines of their own. Two signs are sure
enough: the lines together give exactly the header's number of cells; or whole lines of prose
stand, without a blank line, between a full row and the next numbered one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.files.grid import Cell
from tracker.tables.header import header_at
from tracker.tables.notices import is_meta, notice
from tracker.tables.sections import is_numbered
from tracker.text.numerals import to_half_width

if TYPE_CHECKING:
    from tracker.files.grid import Grid
    from tracker.tables.matrix import Matrix

_NUMBER = re.compile(
    r"[（(]?\d{1,4}(?:[.\-]\d{1,3})*[）)]?[.、．]?|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[）)]?、?"
)
_MOST_LINES = 40
_ENDS = "。；！？：;:"


def sewn(matrix: Matrix) -> tuple[Grid, tuple[str, ...]]:
    """Return the grid with torn rows made whole, and a sentence for each that says so.

    Only for texts, where a line is a row; the header's first column must hold the numbers.
    """
    header = next((h for row in range(matrix.height) if (h := header_at(matrix, row))), None)
    if header is None:
        return matrix.grid, ()
    return _Sewer(matrix, header.bottom + 1, len(matrix.own(header.top))).run()


class _Sewer:
    """Goes down the lines below the header."""

    def __init__(self, matrix: Matrix, first: int, width: int) -> None:
        self._matrix = matrix
        self._first = first
        self._width = width

    def run(self) -> tuple[Grid, tuple[str, ...]]:
        """Return the mended grid and what was mended."""
        grid = self._matrix.grid
        rows: list[tuple[Cell, ...]] = list(grid.rows[: self._first])
        numbers = list(grid.numbers[: self._first])
        remarks = []
        row = self._first
        while row < len(grid.rows):
            end = self._end(row)
            numbers.append(grid.numbers[row])
            rows.append(self._joined(row, end))
            if end > row + 1:
                first, last = grid.numbers[row], grid.numbers[end - 1]
                remarks.append(f"第{first}至{last}行是一行表格断开的，已接成一行，请核对")
            row = end
        return replace(grid, rows=tuple(rows), numbers=tuple(numbers)), tuple(remarks)

    def _end(self, row: int) -> int:
        """Return the row after the last one that belongs to the table row beginning in `row`."""
        if not self._begins(row) or self._width < 3:
            return row + 1
        end = self._filled(row) if len(self._cells(row)) < self._width else row + 1
        cells = sum(len(self._cells(r)) - 1 for r in range(row, end)) + 1
        return self._prose_end(end) if cells == self._width else end

    def _filled(self, row: int) -> int:
        """Go on until the cells fill the header's columns exactly; else stay at one row."""
        cells = len(self._cells(row))
        for end in range(row + 1, min(row + _MOST_LINES, len(self._matrix.grid.rows))):
            if not self._goes_on(end):
                return row + 1
            cells += len(self._cells(end)) - 1
            if cells == self._width:
                return end + 1
            if cells > self._width:
                return row + 1
        return row + 1

    def _prose_end(self, row: int) -> int:
        """Return where the lines of prose end, if the next numbered row follows them at once."""
        end = row
        while end < len(self._matrix.grid.rows) and self._is_prose(end) and end - row < _MOST_LINES:
            end += 1
        follows = end < len(self._matrix.grid.rows) and self._begins(end)
        return end if follows else row

    def _cells(self, row: int) -> tuple[Cell, ...]:
        return self._matrix.grid.rows[row]

    def _begins(self, row: int) -> bool:
        cells = self._cells(row)
        number = to_half_width(cells[0].text.strip()) if cells else ""
        return len(cells) > 1 and _NUMBER.fullmatch(number) is not None

    def _goes_on(self, row: int) -> bool:
        """Tell whether a line can be the rest of a torn row."""
        cells = self._cells(row)
        # A line that begins with an empty cell is a row without a number, not the rest of one.
        if not cells or not cells[0].text.strip():
            return False
        if self._begins(row) or header_at(self._matrix, row):
            return False
        text = cells[0].text
        return not (notice(text) or is_meta(text) or (len(cells) == 1 and is_numbered(text)))

    def _is_prose(self, row: int) -> bool:
        cells = self._cells(row)
        if len(cells) != 1 or not self._goes_on(row):
            return False
        text = cells[0].text.strip()
        return text.endswith(tuple(_ENDS)) or len(text) > 2 * 20

    def _joined(self, first: int, end: int) -> tuple[Cell, ...]:
        cells = list(self._cells(first))
        for row in range(first + 1, end):
            head, *rest = self._cells(row)
            cells[-1] = Cell(f"{cells[-1].text}\n{head.text}")
            cells += rest
        return tuple(cells)
