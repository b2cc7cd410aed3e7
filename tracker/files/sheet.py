"""One sheet's XML as a stream → cells with their places, merges, hidden rows and columns."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tracker.files.decode import unify_line_ends
from tracker.files.limits import MAX_CELLS, MAX_COLUMN, MAX_ROW
from tracker.files.package import Damaged, local, too_much, xml_parser
from tracker.files.plain_xml import RUN, without_plain_rows, without_plain_strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.files.plain_xml import PlainCell, PlainRow

_ESCAPES = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_TEXTS = frozenset({"v", "t", "f"})
_STEP_ROWS = 500


class RawCell(NamedTuple):
    """A cell as the file writes it: its column from 1, type, style, value, text and formula."""

    column: int
    type: str
    style: int
    value: str | None
    inline: str
    formula: Formula | None


class Formula(NamedTuple):
    """A formula's words and, where several cells share one, the number of the shared one."""

    text: str
    shared: str | None


class Area(NamedTuple):
    """A range of cells, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class RawSheet:
    """What a sheet's XML holds; cells without content are left out.

    Attributes:
        rows: cells by row number.
        plain: cells of the rows that hold numbers and shared strings only, by row number; no row
            stands in both.
        hidden_columns: first and last column of each hidden run.
    """

    rows: dict[int, list[RawCell]] = field(default_factory=dict)
    plain: dict[int, list[PlainCell]] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def columns(self) -> set[int]:
        """Return the columns in which a cell stands."""
        letters = {cell[0] for cells in self.plain.values() for cell in cells}
        used = {cell.column for cells in self.rows.values() for cell in cells}
        return used.union(map(column_number, letters))


def read_sheet(chunks: Iterable[bytes], each: Callable[[int], None]) -> RawSheet:
    """Read a sheet.

    Args:
        chunks: the part's bytes.
        each: called now and then with the number of rows read so far.
    """
    reader = _Reader(each)
    for chunk in without_plain_rows(chunks, reader.plain):
        reader.parser.Parse(chunk)
        each(reader.row)
    reader.parser.Parse(b"", True)
    return reader.sheet


def read_strings(chunks: Iterable[bytes], each: Callable[[int], None]) -> list[str]:
    """Read the table of shared strings; formatting and phonetic signs are left out."""
    strings: list[str] = []
    texts: list[str] = []
    runs: list[str] = []
    plain: deque[list[str]] = deque()
    phonetic = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal phonetic
        if local(name) == "rPh":
            phonetic += 1
        elif name == RUN and plain:
            strings.extend(map(unescape, plain.popleft()))
            each(0)
        texts.clear()

    def end(name: str) -> None:
        nonlocal phonetic
        tag = local(name)
        if tag == "t":
            # Each run by itself: Excel sees no escape in “_x00” and “41_” standing side by side.
            if not phonetic:
                runs.append(unescape("".join(texts)))
        elif tag == "rPh":
            phonetic -= 1
        elif tag == "si":
            strings.append("".join(runs))
            runs.clear()
            if len(strings) % (_STEP_ROWS * 10) == 0:
                each(0)

    parser = xml_parser(start, end)
    parser.CharacterDataHandler = texts.append
    for chunk in without_plain_strings(chunks, plain):
        parser.Parse(chunk)
    parser.Parse(b"", True)
    return strings


def unescape(text: str) -> str:
    """Return a cell's text with `_xHHHH_` decoded as Excel does and line ends as `\\n`."""
    if "_x" in text:
        text = _ESCAPES.sub(_decode_run, text)
    return unify_line_ends(text) if "\r" in text else text


def raw_cells(cells: Iterable[PlainCell]) -> list[RawCell]:
    """Return the cells of a plain row as a parser would have given them."""
    return [
        RawCell(column_number(letters), kind or "n", int(style or 0), value, "", None)
        for letters, style, kind, value in cells
    ]


def column_number(letters: str) -> int:
    """Return the number from 1 of the column `letters`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= MAX_COLUMN:
        raise Damaged(f"没有第 {letters} 列")
    return number


def column_letters(number: int) -> str:
    """Return the letters of the column `number`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _decode_run(found: re.Match[str]) -> str:
    codes = found[0].replace("_x", "").split("_")[:-1]
    units = b"".join(int(code, 16).to_bytes(2, "little") for code in codes)
    try:
        text = units.decode("utf-16-le")
    except UnicodeDecodeError:  # half a character: no text holds it, so the letters stay
        return found[0]
    return found[0] if "\0" in text else text


class _Reader:
    """The handlers of a sheet's XML. Kept plain: it sees every cell of a million rows."""

    def __init__(self, each: Callable[[int], None]) -> None:
        self.sheet = RawSheet()
        self.plain: deque[PlainRow] = deque()
        self.row = 0
        self.parser = xml_parser(self._start, self._end)
        self._each = each
        self._cells: list[RawCell] | None = None
        self._count = 0
        self._columns: dict[str, int] = {}
        self._phonetic = 0
        self._placed: str | None = None
        self._unplaced = 0
        self._texts: list[str] = []
        self.parser.CharacterDataHandler = self._texts.append
        self._cell: dict[str, str] | None = None
        self._forget()

    def _forget(self) -> None:
        self._value: str | None = None
        self._inline = ""
        self._formula: Formula | None = None
        self._shared: str | None = None

    def _take_plain(self) -> None:
        """Take in a row that needs no parser."""
        row, cells = self.plain.popleft()
        self._begin_row(row)
        self._cells = None
        self._count += len(cells)
        self._check_count()
        sheet = self.sheet
        if row in sheet.rows:
            sheet.rows[row] += raw_cells(cells)
        else:
            sheet.plain[row] = sheet.plain[row] + cells if row in sheet.plain else cells

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name if ":" not in name else local(name)
        if tag == "c":
            self._cell = attributes if self._cells is not None else None
            if "r" in attributes:
                self._placed, self._unplaced = attributes["r"], 0
            else:
                self._unplaced += 1
        elif self._cell is not None:
            self._start_inside(tag, attributes)
        elif tag == "row":
            self._start_row(attributes)
        else:
            self._start_outside(tag, attributes)

    def _start_inside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _TEXTS:
            self._texts.clear()
            if tag == "f":
                self._shared = attributes.get("si") if attributes.get("t") == "shared" else None
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == RUN and self.plain:
            self._take_plain()

    def _start_outside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == RUN and self.plain:
            self._take_plain()
        elif tag == "mergeCell":
            self.sheet.merges.append(_area(attributes.get("ref", "")))
        elif tag == "col" and _is_true(attributes.get("hidden")):
            run = int(attributes.get("min", "0")), int(attributes.get("max", "0"))
            self.sheet.hidden_columns.append(run)

    def _end(self, name: str) -> None:
        tag = name if ":" not in name else local(name)
        if tag == "c":
            if self._value is not None or self._inline or self._formula is not None:
                self._end_cell()
            self._cell = None
        elif self._cell is not None:
            self._end_inside(tag)
        elif tag == "row":
            self._cells = None

    def _end_inside(self, tag: str) -> None:
        if tag == "v":
            self._value = "".join(self._texts)
        elif tag == "t":
            if not self._phonetic:
                self._inline += unescape("".join(self._texts))
        elif tag == "f":
            self._formula = Formula("".join(self._texts), self._shared)
        elif tag == "rPh":
            self._phonetic -= 1

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        self._begin_row(int(given) if given and given.isdecimal() else self.row + 1)
        if _is_true(attributes.get("hidden")):
            self.sheet.hidden_rows.add(self.row)
        self._cells = []
        self._placed, self._unplaced = None, 0

    def _begin_row(self, row: int) -> None:
        if not 1 <= row <= MAX_ROW:
            raise Damaged(f"没有第 {row} 行")
        self.row = row
        self._texts.clear()
        if row % _STEP_ROWS == 0:
            self._each(row)

    def _end_cell(self) -> None:
        self._count += 1
        self._check_count()
        self._keep(self._find_column())
        self._forget()

    def _check_count(self) -> None:
        if self._count > MAX_CELLS:
            raise too_much(f"一张工作表最多读 {MAX_CELLS} 个有内容的单元格")

    def _find_column(self) -> int:
        """Return the column; a cell that does not say it stands behind the one before it."""
        column = 0
        if self._placed is not None:
            letters = self._placed.rstrip("0123456789")
            column = self._columns.get(letters, 0) or column_number(letters)
            self._columns[letters] = column
        column += self._unplaced
        if column > MAX_COLUMN:
            raise Damaged(f"没有第 {column} 列")
        return column

    def _keep(self, column: int) -> None:
        if self._cells is None or self._cell is None:
            return
        if not self._cells:
            self._cells = self._cells_of(self.row)
        kind, style = self._cell.get("t", "n"), self._cell.get("s", "0")
        number = int(style) if style.isdecimal() else 0
        self._cells.append(RawCell(column, kind, number, self._value, self._inline, self._formula))

    def _cells_of(self, row: int) -> list[RawCell]:
        """Return the cells that the row holds so far, which a file may write in pieces."""
        rows, plain = self.sheet.rows, self.sheet.plain.pop(row, None)
        if plain is not None:
            rows[row] = raw_cells(plain)
        return rows.setdefault(row, [])


def _is_true(flag: str | None) -> bool:
    return flag in ("1", "true")


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    corners = [_REFERENCE.match(corner) for corner in (first, last or first)]
    if corners[0] is None or corners[1] is None:
        raise Damaged(f"合并区域“{reference}”的写法有误")
    rows = sorted(int(corner[2]) for corner in corners if corner)
    columns = sorted(column_number(corner[1]) for corner in corners if corner)
    return Area(rows[0], columns[0], rows[1], columns[1])
