"""The rows of a sheet as XML, written as openpyxl would write them, without an object a cell.

openpyxl takes half of an export's time for its cells and gives other bytes where lxml is
installed. Everything else of the workbook is still its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.reports.cell_text import could_be_misread, is_plain_number, runs

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.reports.continuation import Marks

_DATA = re.compile(rb"<sheetData>.*</sheetData>|<sheetData ?/>", re.DOTALL)
_DIMENSION = re.compile(rb'(?<=<dimension ref=")[^"]*')


@dataclass(frozen=True, slots=True)
class Underlined:
    """What of a cell's text is underlined: where it starts and ends, and the look of its runs."""

    marks: Marks
    look: str


def underlined(font: str, size: float) -> str:
    """Return the look of an underlined run; it takes nothing from its cell."""
    name = escape(font, {'"': "&quot;"})
    return (
        f'<rPr><rFont val="{name}"/><charset val="134"/><color rgb="FF000000"/>'
        f'<sz val="{size:g}"/><u/></rPr>'
    )


class SheetRows:
    """Takes the rows of one sheet from the top down.

    Attributes:
        row: the number of the next row.
    """

    def __init__(self, sheet: Worksheet) -> None:
        self.row = 1
        self._sheet = sheet
        self._rows: list[str] = []
        self._cells: list[str] = []
        self._letters: list[str] = []
        self._styles: dict[tuple[str, bool], int] = {}

    @property
    def part(self) -> str:
        """Return the name of the part of the package that holds the sheet."""
        return self._sheet.path.lstrip("/")

    def put(
        self,
        column: int,
        text: str,
        style: str,
        number: bool = False,
        new: Underlined | None = None,
    ) -> None:
        """Add a cell to the next row, right of those it has.

        Args:
            column: counted from 1.
            text: free of characters that XML forbids; stays text, whatever it looks like.
            style: the name of a style of the workbook.
            number: a whole number becomes one.
            new: what of the text is underlined.
        """
        if new is not None:
            kind, content = "inlineStr", f"<is>{_marked(text, new)}</is>"
        elif number and is_plain_number(text):
            kind, content = "n", f"<v>{text}</v>"
        elif text:
            kind, content = "inlineStr", f"<is>{_text(text)}</is>"
        else:
            kind, content = "n", ""
        look = self._style(style, kind != "n" and could_be_misread(text))
        place = f'<c r="{self._letter(column)}{self.row}" s="{look}" t="{kind}"'
        self._cells.append(f"{place}>{content}</c>" if content else f"{place}/>")

    def end_row(self, height: float, *, grows: bool = False) -> None:
        """Close the row and give it its height in points.

        Args:
            grows: the row gets higher by itself when somebody types more into it.
        """
        cells, kept = "".join(self._cells), "" if grows else ' customHeight="1"'
        self._rows.append(f'<row r="{self.row}" ht="{height:.16g}"{kept}>{cells}</row>')
        self._cells.clear()
        self.row += 1

    def put_into(self, sheet: bytes) -> bytes:
        """Return the XML of the sheet, as openpyxl wrote it without cells, with these rows.

        Raises:
            ValueError: openpyxl wrote it in another way than it used to.
        """
        last = f"A1:{self._letters[-1]}{self.row - 1}" if self._letters else "A1"
        sheet = _DIMENSION.sub(last.encode("ascii"), sheet, count=1)
        place = _DATA.search(sheet)
        if place is None:
            raise ValueError("no place for rows in the sheet")
        rows = "".join(self._rows).encode()
        return b"".join(
            (sheet[: place.start()], b"<sheetData>", rows, b"</sheetData>", sheet[place.end() :])
        )

    def _letter(self, column: int) -> str:
        while column > len(self._letters):
            from openpyxl.utils import get_column_letter

            self._letters.append(get_column_letter(len(self._letters) + 1))
        return self._letters[column - 1]

    def _style(self, name: str, quoted: bool) -> int:
        """Return the number of a style of the workbook, with the mark of a text if `quoted`."""
        known = self._styles.get((name, quoted))
        if known is None:
            from openpyxl.cell import WriteOnlyCell

            cell = WriteOnlyCell(self._sheet)
            cell.style = name
            cell.quotePrefix = quoted
            known = self._styles[name, quoted] = cell.style_id
        return known


def _text(text: str) -> str:
    pieces = runs(text)
    if len(pieces) == 1:
        return _piece(text)
    return "".join(f"<r>{_piece(piece)}</r>" for piece in pieces)


def _marked(text: str, new: Underlined) -> str:
    """Return a text as runs, what is new of it underlined."""
    made, at = [], 0
    for start, end in (*new.marks, (len(text), len(text))):
        made += [f"<r>{_piece(piece)}</r>" for piece in runs(text[at:start]) if piece]
        made += [f"<r>{new.look}{_piece(piece)}</r>" for piece in runs(text[start:end]) if piece]
        at = end
    return "".join(made)


def _piece(text: str) -> str:
    mark = "" if text == text.strip() else ' xml:space="preserve"'
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<t{mark}>{escaped}</t>"
