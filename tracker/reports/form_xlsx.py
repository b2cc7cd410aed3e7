"""The feedback form (反馈表) as a workbook: fixed cells locked, open ones to fill in, to print."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from tracker.domain.form import FormRow
from tracker.domain.form_words import guide_of, line_of, number_line, signature_labels
from tracker.reports import form_looks, package, sheet_looks
from tracker.reports.continuation import round_up
from tracker.reports.form_look import load_form_look
from tracker.reports.form_rows import FormPaginator
from tracker.reports.looks import TALLEST_ROW
from tracker.reports.measure import Ruler
from tracker.reports.sheet_rows import SheetRows
from tracker.text.printable import printable

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from openpyxl import Workbook

    from tracker.domain.form import Form
    from tracker.reports.form_look import FormLook
    from tracker.reports.looks import TextLook


def write_form_xlsx(form: Form, target: Path, created: datetime) -> tuple[str, ...]:
    """Write a form to `target` and return warnings in the user's words.

    The same form gives the same bytes; `created` is the only time in the file.
    """
    form, warnings = writable(form)
    look = load_form_look()
    book = form_looks.new_form_book(look, form)
    rows = _Writer(book, form, look).write()
    target.write_bytes(package.packed(book, rows, created))
    return warnings


def writable(form: Form) -> tuple[Form, tuple[str, ...]]:
    """Return the form without characters that no file can hold, and say how many went."""
    gone = 0

    def clean(text: str) -> str:
        nonlocal gone
        kept, lost = printable(text)
        gone += lost
        return kept

    names = [each.name for each in fields(FormRow)]
    cleaned = replace(
        form,
        title=clean(form.title),
        unit=clean(form.unit),
        rows=tuple(FormRow(*(clean(getattr(row, name)) for name in names)) for row in form.rows),
    )
    told = f"“{cleaned.unit}”的反馈表里有{gone}个文件不能保存的控制字符，已略去"
    return cleaned, (told,) if gone else ()


class _Writer:
    """Fills one sheet from the top down."""

    def __init__(self, book: Workbook, form: Form, look: FormLook) -> None:
        self._sheet = book.worksheets[0]
        self._form = form
        self._look = look
        self._rows = SheetRows(self._sheet)
        self._ruler = Ruler()
        self._widths = [column.points for column in look.layout.columns]

    def write(self) -> SheetRows:
        """Return title block, headings, rows and signature; say what is locked and repeated."""
        form, layout, sheet, rows = self._form, self._look.layout, self._sheet, self._rows
        self._line("title", layout.title, form.title)
        self._under_title()
        self._line("annex", layout.annex, guide_of(form))
        heading = self._headings()
        sheet.print_title_rows = f"{rows.row - 1}:{rows.row - 1}"
        sheet.freeze_panes = f"A{rows.row}"
        first = rows.row
        self._body(FormPaginator(self._look, self._ruler, heading))
        self._rules(first, rows.row - 1)
        self._signature()
        sheet.print_area = f"A1:{sheet_looks.letter(len(self._widths))}{rows.row - 1}"
        form_looks.protect(sheet)
        return rows

    def _line(self, part: str, look: TextLook, text: str) -> None:
        """Write one line over all columns in the largest size that keeps it on one line."""
        if not text:
            return
        fitting = (s for s in look.sizes if self._lines(text, s) == 1)
        size = next(fitting, look.sizes[-1])
        self._rows.put(1, text, sheet_looks.line_style(part, size))
        self._merge(1, len(self._widths))
        self._rows.end_row(self._height(look, size, text))

    def _under_title(self) -> None:
        """Write what the form is for, and its number at the right end."""
        look, text, number = self._look.layout.meta, line_of(self._form), number_line(self._form)
        if not number:
            self._line("meta", look, text)
            return
        left = self._widths[:-_NUMBER_COLUMNS]
        fitting = (s for s in look.sizes if self._lines(text, s, sum(left)) == 1)
        size = next(fitting, look.sizes[-1])
        self._rows.put(1, text, sheet_looks.line_style("meta", size))
        self._rows.put(len(left) + 1, number, form_looks.NUMBER)
        self._merge(1, len(left))
        self._merge(len(left) + 1, len(self._widths))
        self._rows.end_row(self._height(look, size, text, sum(left)))

    def _lines(self, text: str, size: float, points: float | None = None) -> int:
        room = self._look.layout.room(sum(self._widths) if points is None else points, size)
        return self._ruler.count_lines(text, room)

    def _height(self, look: TextLook, size: float, text: str, points: float | None = None) -> float:
        lines = self._lines(text, size, points)
        return min(round_up(lines * self._ruler.pitch(look.font, size) + look.padding), TALLEST_ROW)

    def _headings(self) -> float:
        layout = self._look.layout
        look, size = layout.heading, layout.heading.sizes[0]
        for index, text in enumerate(layout.headings, 1):
            self._rows.put(index, text, sheet_looks.line_style("heading", size))
        lines = max(
            self._ruler.count_lines(text, layout.room(points, size))
            for text, points in zip(layout.headings, self._widths, strict=True)
        )
        height = round_up(lines * self._ruler.pitch(look.font, size) + look.padding)
        self._rows.end_row(height)
        return height

    def _body(self, paginator: FormPaginator) -> None:
        columns = self._look.layout.columns
        styles = [form_looks.cell_style(column.field) for column in columns]
        for row in self._form.rows:
            for printed in paginator.rows(row):
                for index, (text, style) in enumerate(zip(printed.texts, styles, strict=True), 1):
                    self._rows.put(index, text, style)
                self._rows.end_row(printed.height, grows=True)

    def _rules(self, first: int, last: int) -> None:
        """Say what may stand in the open cells of rows `first` to `last`, and where to begin."""
        columns = enumerate(self._look.layout.columns, 1)
        at = {column.field: sheet_looks.letter(place) for place, column in columns}
        state, percent = (f"{at[name]}{first}:{at[name]}{last}" for name in ("state", "percent"))
        form_looks.offer_states(self._sheet, state, self._form.states)
        form_looks.only_percent(self._sheet, percent)
        form_looks.start_at(self._sheet, f"{at['progress']}{first}")

    def _signature(self) -> None:
        """Write the cells for who filled it in, who signs it and the seal."""
        words = signature_labels()
        for height, places in zip(self._look.sign_heights, SIGN_PLACES, strict=True):
            for name, label, blank in places:
                for place in range(label[0], blank[1] + 1):
                    style = form_looks.LABEL if place <= label[1] else form_looks.BLANK
                    self._rows.put(place, words[name] if place == label[0] else "", style)
                self._merge(*label)
                self._merge(*blank)
            self._rows.end_row(height)

    def _merge(self, first: int, last: int) -> None:
        row = self._rows.row
        if first < last:
            self._sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


_NUMBER_COLUMNS = 2
"""How many columns at the right end the form's number takes."""

SIGN_PLACES = (
    (("filled_by", (1, 2), (3, 3)), ("phone", (4, 5), (6, 6)), ("signed_by", (7, 7), (8, 11))),
    (("filled_on", (1, 2), (3, 6)), ("seal", (7, 7), (8, 11))),
)
"""The rows below the table: what is asked, the columns of its label, of its open cell."""
