"""An Excel sheet saved as XML (2003): older office programs export it, often named .xls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from xml.parsers import expat

from tracker.base.errors import FileProblem
from tracker.files.grid import EMPTY, Cell, Grid, Merge
from tracker.files.limits import MAX_CELLS, MAX_COLUMN, MAX_EMPTY_RUN, MAX_ROW
from tracker.files.package import Damaged, damaged, local, too_much, xml_parser

if TYPE_CHECKING:
    from tracker.files.reading import Request

_EXCEL = re.compile(r"<\?xml[\s\S]{0,2000}Excel\.Sheet|<\?xml[\s\S]{0,2000}office:spreadsheet")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_WHOLE = re.compile(r"-?\d+\.0+")
_MIDNIGHT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T00:00:00(?:\.0+)?")


def is_spreadsheet_xml(text: str) -> bool:
    """Tell whether a decoded text is such a sheet."""
    return _EXCEL.match(text.lstrip()) is not None


def read_spreadsheet_xml(text: str, request: Request) -> tuple[Grid, ...]:
    """Return the visible sheets, or the one asked for.

    Raises:
        FileProblem: it is damaged, too large, or has no such sheet.
    """
    reader = _Reader(request)
    try:
        reader.parse(_DECLARED.sub("", text))
    except (expat.ExpatError, Damaged, ValueError) as error:
        raise damaged(request.name) from error
    chosen = [
        sheet
        for sheet in reader.sheets
        if (sheet.name == request.sheet if request.sheet is not None else not sheet.hidden)
    ]
    if not chosen:
        names = "、".join(f"“{sheet.name}”" for sheet in reader.sheets)
        raise FileProblem(
            f"“{request.name}”里没有要读的工作表", f"它的工作表有：{names}", "请核对表名"
        )
    return tuple(sheet.grid() for sheet in chosen)


@dataclass(slots=True)
class _Sheet:
    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False

    def grid(self) -> Grid:
        """Return the sheet's rows; long runs of empty ones are shortened."""
        numbers: list[int] = []
        for number in sorted(self.rows):
            after = numbers[-1] + 1 if numbers else 1
            numbers += range(max(after, number - MAX_EMPTY_RUN), number + 1)
        place = {number: index for index, number in enumerate(numbers)}
        rows = tuple(_filled(self.rows.get(number, {})) for number in numbers)
        merges = tuple(
            Merge(place[top], left, place.get(bottom, len(numbers) - 1), right)
            for top, left, bottom, right in self.merges
            if top in place
        )
        hidden = frozenset(place[number] for number in self.hidden_rows if number in self.rows)
        return Grid(self.name, rows, tuple(numbers), merges, hidden)


def _filled(cells: dict[int, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(column, EMPTY) for column in range(max(cells, default=-1) + 1))


class _Reader:
    def __init__(self, request: Request) -> None:
        self.sheets: list[_Sheet] = []
        self._request = request
        self._row = self._column = self._count = 0
        self._kind = ""
        self._text: list[str] | None = None
        self._options: list[str] | None = None

    def parse(self, text: str) -> None:
        parser = xml_parser(self._start, self._end)
        parser.CharacterDataHandler = self._data
        parser.Parse(text.encode("utf-8", errors="replace"), True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        given = {local(key): value for key, value in attributes.items()}
        if tag == "Worksheet":
            self.sheets.append(_Sheet(given.get("Name", "")))
            self._row = 0
        elif tag == "Row" and self.sheets:
            self._begin_row(given)
        elif tag == "Cell" and self.sheets:
            self._begin_cell(given)
        elif tag == "Data" and self.sheets:
            self._kind = given.get("Type", "String")
            self._text = []
        elif tag == "Visible":
            self._options = []

    def _begin_row(self, given: dict[str, str]) -> None:
        self._row = int(given.get("Index", self._row + 1))
        if not 0 < self._row <= MAX_ROW:
            raise Damaged("行号不对")
        self._column = -1
        if given.get("Hidden") == "1":
            self.sheets[-1].hidden_rows.add(self._row)
        self._request.step(f"正在读取“{self.sheets[-1].name}”", self._row)

    def _begin_cell(self, given: dict[str, str]) -> None:
        self._column = int(given.get("Index", self._column + 2)) - 1
        across, down = int(given.get("MergeAcross", 0)), int(given.get("MergeDown", 0))
        if not 0 <= self._column < MAX_COLUMN or across < 0 or down < 0:
            raise Damaged("列号不对")
        self._count += 1
        if self._count > MAX_CELLS:
            raise too_much(f"最多读 {MAX_CELLS} 个单元格")
        sheet = self.sheets[-1]
        sheet.rows.setdefault(self._row, {})[self._column] = EMPTY
        if across or down:
            right = min(self._column + across, MAX_COLUMN - 1)
            sheet.merges.append((self._row, self._column, self._row + down, right))
            for below in range(self._row, min(self._row + down, MAX_ROW, self._row + 5000) + 1):
                sheet.rows.setdefault(below, {})

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag == "Data" and self._text is not None and self.sheets:
            cell = _cell("".join(self._text), self._kind)
            self.sheets[-1].rows.setdefault(self._row, {})[self._column] = cell
            self._text = None
        elif tag == "Cell" and self.sheets:
            merges = self.sheets[-1].merges
            if merges and merges[-1][:2] == (self._row, self._column):
                self._column = merges[-1][3]
        elif tag == "Visible" and self._options is not None:
            if self.sheets and "".join(self._options).strip() in ("SheetHidden", "SheetVeryHidden"):
                self.sheets[-1].hidden = True
            self._options = None

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)
        elif self._options is not None:
            self._options.append(text)


def _cell(text: str, kind: str) -> Cell:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "Number":
        shown = text.partition(".")[0] if _WHOLE.fullmatch(text) else text
        try:
            return Cell(shown, float(text))
        except ValueError:
            return Cell(text)
    if kind == "DateTime" and (found := _MIDNIGHT.fullmatch(text)):
        try:
            day = date(*(int(part) for part in found.groups()))
        except ValueError:
            return Cell(text)
        return Cell(day.isoformat(), day)
    return Cell(text)
