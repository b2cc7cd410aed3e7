"""The records of one sheet of an old workbook → its cells, as the sheets of new ones give them."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING

from tracker.files.decode import unify_line_ends
from tracker.files.limits import MAX_CELLS, MAX_COLUMN
from tracker.files.package import Damaged, too_much
from tracker.files.sheet import Area, RawCell, RawSheet
from tracker.files.xls_records import Strings, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.files.xls_globals import Globals
    from tracker.files.xls_records import Record

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_FORMULAS = (0x0006, 0x0206, 0x0406)
_NOT_A_NUMBER = 0xFFFF
_TEXT, _BOOLEAN, _ERROR = 0, 1, 2
_NO_NUMBER = 0x24
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_NOTE_BOX = 0x19
_STEP_ROWS = 500


@dataclass(slots=True)
class Beside:
    """What stands on a sheet beside its cells: whether there are comments, the text boxes."""

    comments: bool = False
    boxes: list[str] = field(default_factory=list)


def read_sheet(
    stream: bytes, start: int, book: Globals, step: Callable[[int], None]
) -> tuple[RawSheet, Beside]:
    """Read the sheet whose records begin at `start`.

    Raises:
        Damaged, struct.error …: see `ole.OLE_DAMAGE`.
        FileProblem: it holds too much.
    """
    reader = _Reader(book, step)
    for record in records(stream, start):
        handle = reader.handlers.get(record.type)
        if handle is not None and record.depth == 1:
            handle(record)
    reader.sheet.merges.sort()
    return reader.sheet, reader.beside


class _Reader:
    def __init__(self, book: Globals, step: Callable[[int], None]) -> None:
        self.sheet = RawSheet()
        self.beside = Beside()
        self._book = book
        self._step = step
        self._count = 0
        self._waiting: tuple[int, int, int] | None = None
        self._object = 0
        self.handlers: dict[int, Callable[[Record], None]] = {
            **dict.fromkeys(_FORMULAS, self._formula),
            0x0208: self._row,
            0x007D: self._columns,
            0x0203: self._number,
            0x027E: self._packed,
            0x00BD: self._packed_row,
            0x00FD: self._shared_string,
            0x0204: self._label,
            0x00D6: self._label,
            0x0205: self._truth_or_error,
            0x0207: self._formula_text,
            0x00E5: self._merges,
            0x001C: self._note,
            0x005D: self._drawn,
            0x01B6: self._drawn_text,
        }

    def _keep(self, row: int, cell: RawCell) -> None:
        if cell.column > MAX_COLUMN:
            raise Damaged(f"没有第 {cell.column} 列")
        self._count += 1
        if self._count > MAX_CELLS:
            raise too_much(f"一张工作表最多读 {MAX_CELLS} 个有内容的单元格")
        cells = self.sheet.rows.setdefault(row + 1, [])
        cells.append(cell)
        if self._count % _STEP_ROWS == 0:
            self._step(row)

    def _keep_number(self, row: int, column: int, style: int, value: float) -> None:
        if not isfinite(value):  # nothing that Excel could show
            self._keep_result(row, column, style, _ERROR, _NO_NUMBER)
            return
        whole = value.is_integer() and abs(value) < 1e15
        raw = str(int(value)) if whole else repr(value)
        self._keep(row, RawCell(column + 1, "n", style, raw, "", None))

    def _keep_text(self, row: int, column: int, style: int, text: str) -> None:
        text = unify_line_ends(text).rstrip("\0")
        self._keep(row, RawCell(column + 1, "inlineStr", style, None, text, None))

    def _keep_result(self, row: int, column: int, style: int, kind: int, value: int) -> None:
        if kind == _BOOLEAN:
            cell = RawCell(column + 1, "b", style, str(value), "", None)
        else:
            cell = RawCell(column + 1, "e", style, _ERRORS.get(value, "#N/A"), "", None)
        self._keep(row, cell)

    def _number(self, record: Record) -> None:
        row, column, style, value = struct.unpack_from("<HHHd", record.data)
        self._keep_number(row, column, style, value)

    def _packed(self, record: Record) -> None:
        row, column, style, packed = struct.unpack_from("<HHHI", record.data)
        self._keep_number(row, column, style, _unpacked(packed))

    def _packed_row(self, record: Record) -> None:
        row, first = struct.unpack_from("<HH", record.data)
        for index in range((len(record.data) - 6) // 6):
            style, packed = struct.unpack_from("<HI", record.data, 4 + 6 * index)
            self._keep_number(row, first + index, style, _unpacked(packed))

    def _shared_string(self, record: Record) -> None:
        row, column, style, index = struct.unpack_from("<HHHI", record.data)
        if index >= len(self._book.strings):
            raise Damaged(f"第 {row + 1} 行有一格的文字不在文件里")
        self._keep_text(row, column, style, self._book.strings[index])

    def _label(self, record: Record) -> None:
        row, column, style = struct.unpack_from("<HHH", record.data)
        self._keep_text(row, column, style, self._book.text(record, 6))

    def _truth_or_error(self, record: Record) -> None:
        row, column, style, value, is_error = struct.unpack_from("<HHHBB", record.data)
        self._keep_result(row, column, style, _ERROR if is_error else _BOOLEAN, value)

    def _formula(self, record: Record) -> None:
        """Take the result that the file holds; a text stands in a record behind the formula."""
        row, column, style, value = struct.unpack_from("<HHHd", record.data)
        kind, _, result, mark = struct.unpack_from("<BBBxxxH", record.data, 6)
        self._waiting = None
        if mark != _NOT_A_NUMBER:
            self._keep_number(row, column, style, value)
        elif kind == _TEXT:
            self._waiting = row, column, style
        elif kind in (_BOOLEAN, _ERROR):
            self._keep_result(row, column, style, kind, result)

    def _formula_text(self, record: Record) -> None:
        if self._waiting is not None:
            self._keep_text(*self._waiting, self._book.text(record, 0))
        self._waiting = None

    def _row(self, record: Record) -> None:
        (row,) = struct.unpack_from("<H", record.data)
        (flags,) = struct.unpack_from("<H", record.data, 12)
        if flags & _HIDDEN_ROW:
            self.sheet.hidden_rows.add(row + 1)

    def _columns(self, record: Record) -> None:
        first, last, _, _, flags = struct.unpack_from("<HHHHH", record.data)
        if flags & _HIDDEN_COLUMN:
            self.sheet.hidden_columns.append((first + 1, last + 1))

    def _merges(self, record: Record) -> None:
        (count,) = struct.unpack_from("<H", record.data)
        for index in range(min(count, (len(record.data) - 2) // 8)):
            top, bottom, left, right = struct.unpack_from("<HHHH", record.data, 2 + 8 * index)
            rows, columns = sorted((top + 1, bottom + 1)), sorted((left + 1, right + 1))
            self.sheet.merges.append(Area(rows[0], columns[0], rows[1], columns[1]))

    def _note(self, _record: Record) -> None:
        self.beside.comments = True

    def _drawn(self, record: Record) -> None:
        self._object = struct.unpack_from("<H", record.data, 4)[0] if len(record.data) >= 6 else 0

    def _drawn_text(self, record: Record) -> None:
        """Take the words of a drawn shape; the box of a comment has one as well."""
        (length,) = struct.unpack_from("<H", record.data, 10)
        if self._object == _NOTE_BOX or not length or len(record.pieces) < 2:
            return
        flags_and_text = [struct.pack("<H", length) + record.pieces[1], *record.pieces[2:]]
        self.beside.boxes.append(Strings(flags_and_text, 0).next())


def _unpacked(packed: int) -> float:
    """Return the number behind a packed one: a whole number or half a double, perhaps hundredths.

    Computed as Excel does, so that the same digits come out as in a new workbook.
    """
    if packed & 2:
        whole = packed >> 2
        value = float(whole - 0x40000000 if whole & 0x20000000 else whole)
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else value
