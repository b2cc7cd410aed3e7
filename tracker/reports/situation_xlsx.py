"""The standard situation table (落实情况表) as a workbook that prints without mending."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tracker.domain.content import STACKED
from tracker.reports import package, sheet_looks
from tracker.reports.continuation import Paginator, round_up
from tracker.reports.looks import TALLEST_ROW
from tracker.reports.measure import Ruler
from tracker.reports.sheet_rows import SheetRows
from tracker.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.content import Content, ContentRow
    from tracker.reports.looks import Layout, TextLook

_NO_TIME = datetime(2000, 1, 1)
_GAP = "　　"


def write_situation_xlsx(content: Content, layout: Layout, target: Path) -> tuple[str, ...]:
    """Write the table to `target` and return warnings in the user's words.

    The same content gives the same bytes. `target` is written as it is named; replacing an older
    file safely is the caller's part.
    """
    content, warnings = _writable(content, layout)
    book = sheet_looks.new_book(layout, content)
    rows = _Writer(book, content, layout).write()
    target.write_bytes(package.packed(book, rows, content.created or _NO_TIME))
    return warnings


def _writable(content: Content, layout: Layout) -> tuple[Content, tuple[str, ...]]:
    """Take out what a workbook cannot hold and say where."""
    warnings: list[str] = []
    titles = {column.field: column.heading for column in layout.columns}

    def clean(text: str, where: Callable[[], str]) -> str:
        kept, gone = printable(text)
        if gone:
            warnings.append(f"{where()}有{gone}个表格文件不能保存的控制字符，已略去")
        return kept

    def clean_row(index: int, row: ContentRow) -> ContentRow:
        # Nothing that Python calls printable has to go; most rows are, and this is quick to ask
        if all(map(str.isprintable, _texts(row, titles))):
            return row

        def place(field: str) -> Callable[[], str]:
            return lambda: f"第{index}行（序号“{printable(row.number)[0]}”）“{titles.get(field)}”"

        cells: dict[str, Any] = {}  # Any: texts and tuples of texts, by the row's own fields
        for field in titles:
            cell = getattr(row, field)
            if field in STACKED:
                cells[field] = tuple(clean(line, place(field)) for line in cell)
            else:
                cells[field] = clean(cell, place(field))
        return replace(row, **cells)

    top = replace(
        content,
        title=clean(content.title, lambda: "标题"),
        annex=clean(content.annex, lambda: "附件标记"),
        meta=tuple(clean(part, lambda: "标题下的说明") for part in content.meta),
        headings=tuple(clean(part, lambda: "表头") for part in content.headings or layout.headings),
        rows=tuple(clean_row(index, row) for index, row in enumerate(content.rows, 1)),
    )
    return top, tuple(warnings)


def _texts(row: ContentRow, fields: Iterable[str]) -> Iterator[str]:
    """Give every text of the row's printed cells."""
    for field in fields:
        cell = getattr(row, field)
        if field in STACKED:
            yield from cell
        else:
            yield cell


class _Writer:
    """Fills one sheet from the top down."""

    def __init__(self, book: Workbook, content: Content, layout: Layout) -> None:
        self.sheet: Worksheet = book[layout.sheet]
        self.content = content
        self.layout = layout
        self.rows = SheetRows(self.sheet)
        self.ruler = Ruler()
        self._widths = [column.points for column in layout.columns]

    def write(self) -> SheetRows:
        """Return title block, headings and rows, and say what is repeated and printed."""
        content, layout = self.content, self.layout
        for part, text in (("annex", content.annex), ("title", content.title)):
            if text:
                self._line(part, getattr(layout, part), text)
        if len(content.meta) > 1 and len(self._widths) > 1:
            self._meta_ends()
        elif content.meta:
            self._line("meta", layout.meta, _GAP.join(content.meta))
        heading_height = self._headings()
        self.sheet.print_title_rows = f"{self.rows.row - 1}:{self.rows.row - 1}"
        self.sheet.freeze_panes = f"A{self.rows.row}"
        self._rows(Paginator(layout, self.ruler, heading_height))
        self.sheet.print_area = f"A1:{sheet_looks.letter(len(self._widths))}{self.rows.row - 1}"
        return self.rows

    def _line(self, part: str, look: TextLook, text: str) -> None:
        """Write one line over all columns in the largest size that keeps it on one line."""
        total = sum(self._widths)
        fitting = (s for s in look.sizes if self._lines(text, total, s) == 1)
        size = next(fitting, look.sizes[-1])
        self.rows.put(1, text, sheet_looks.line_style(part, size))
        self._merge(len(self._widths))
        self.rows.end_row(self._height(look, size, [(text, total)]))

    def _meta_ends(self) -> None:
        """Write what stands under the title, the last of several at the right end."""
        *first, last = self.content.meta
        look, left = self.layout.meta, _GAP.join(first)
        size, width = look.sizes[0], len(self._widths)
        style = sheet_looks.line_style("meta", size)
        self.rows.put(1, left, style)
        self.rows.put(width, last, sheet_looks.right_style(style))
        self._merge(width - 1)
        cells = [(left, sum(self._widths[:-1])), (last, self._widths[-1])]
        self.rows.end_row(self._height(look, size, cells))

    def _headings(self) -> float:
        look = self.layout.heading
        size = look.sizes[0]
        cells = list(zip(self.content.headings, self._widths, strict=True))
        for index, (text, _) in enumerate(cells, 1):
            self.rows.put(index, text, sheet_looks.line_style("heading", size))
        height = self._height(look, size, cells)
        self.rows.end_row(height)
        return height

    def _rows(self, paginator: Paginator) -> None:
        columns = [
            (c.field == "number", sheet_looks.body_style(c.field)) for c in self.layout.columns
        ]
        for entry in self.content.rows:
            for printed in paginator.rows(entry):
                for index, (number, style) in enumerate(columns):
                    self.rows.put(index + 1, printed.texts[index], style, number)
                self.rows.end_row(printed.height)

    def _lines(self, text: str, points: float, size: float) -> int:
        return self.ruler.count_lines(text, self.layout.room(points, size))

    def _height(self, look: TextLook, size: float, cells: list[tuple[str, float]]) -> float:
        lines = max(self._lines(text, points, size) for text, points in cells)
        height = lines * self.ruler.pitch(look.font, size) + look.padding
        return min(round_up(height), TALLEST_ROW)

    def _merge(self, columns: int) -> None:
        row = self.rows.row
        if columns > 1:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
