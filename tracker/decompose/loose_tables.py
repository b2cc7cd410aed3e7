"""Tables that lost their rules in a copy: one cell a line, or cells parted by blanks only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.decompose.marks import opens_with_mark
from tracker.duties.deadlines import states_deadline
from tracker.duties.unit_lists import is_unit_list
from tracker.files.grid import EMPTY, Cell, Grid
from tracker.tables.guessing import UNIT_FIELDS, heads_duties, widest
from tracker.tables.headings import Heading, classify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.lines import Line

_LEAST_COLUMNS = 3
_MOST_COLUMNS = 12
_NUMBER = re.compile(r"[（(]?(\d{1,3})[）)]?[.、．]?")
_EMPTY = re.compile(r"[-—–－/]+|无")
_LONGEST_HEADING = 14
_MOST_SAMPLED = 60
"""So many cells are looked at to tell which column is that of the tasks."""


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table put together from lines.

    Attributes:
        lines: the numbers of the lines it takes up.
        grid: its cells; a row's number is that of its first line, from 0.
    """

    lines: range
    grid: Grid


@dataclass(frozen=True, slots=True)
class _Columns:
    names: tuple[str, ...]
    fields: tuple[str, ...]

    @classmethod
    def of(cls, names: Sequence[str], below: Sequence[str] = ()) -> _Columns | None:
        """Return the columns that `names` head; None where they are no headings.

        Args:
            names: the headings.
            below: the cells of the rows, one after the other; where no heading is that of the
                tasks they tell which column is.
        """
        read = [classify(name) for name in names]
        fields = tuple(heading.field if heading else "" for heading in read)
        if "task" not in fields:
            fields = _with_task(names, fields, below)
        understood = sum(map(bool, fields))
        whole = "number" in fields[:1] and 2 * understood >= len(names)
        speaks = "task" in fields and any(field in fields for field in (*UNIT_FIELDS, "deadline"))
        short = all(len(name) <= _LONGEST_HEADING for name in names)
        return cls(tuple(names), fields) if whole and speaks and short else None

    def spread(self, cells: Sequence[str]) -> list[str] | None:
        """Put the cells of a row under the columns; None where they do not fit.

        Cells that line breaks have torn and cells left empty are told by what they hold.
        """
        if len(cells) == len(self.names):
            return list(cells)
        task = self.fields.index("task")
        behind = range(task + 1, len(self.names))
        first = next((at for at in range(1, len(cells)) if self._is_typed(cells[at])), len(cells))
        if first <= task:
            return None
        words = [*cells[:task], "\n".join(cells[task:first])]
        row = [*words, *[""] * len(behind)]
        units = [at for at in behind if self.fields[at] in UNIT_FIELDS]
        given = before = 0
        for cell in cells[first:]:
            at = self._column_for(cell, behind, units, given)
            if at is None or at < before:  # the cells of a row stand in the order of its columns
                return None
            before = at
            given += at in units
            row[at] = f"{row[at]}\n{cell}" if row[at] else cell
        return row

    def _column_for(self, cell: str, behind: range, units: Sequence[int], given: int) -> int | None:
        """Return the column behind the task that a cell belongs to; the first unit is alone."""
        if states_deadline(cell):
            return next((at for at in behind if self.fields[at] == "deadline"), None)
        if is_unit_list(cell) or _EMPTY.fullmatch(cell):
            return units[min(given, len(units) - 1)] if units else None
        others = [at for at in behind if at not in units and self.fields[at] != "deadline"]
        return others[0] if len(others) == 1 else None

    def _is_typed(self, cell: str) -> bool:
        return states_deadline(cell) or is_unit_list(cell) or _EMPTY.fullmatch(cell) is not None


def _with_task(
    names: Sequence[str], fields: tuple[str, ...], below: Sequence[str]
) -> tuple[str, ...]:
    """Name the column of the tasks by the cells of the rows that are whole."""
    if not heads_duties(names):
        return fields
    cells: dict[int, list[str]] = {at: [] for at, field in enumerate(fields) if not field}
    for first in range(0, len(below) - len(names) + 1, len(names)):
        if not _NUMBER.fullmatch(below[first]):
            break
        for at in cells:
            cells[at].append(below[first + at])
    best = widest(cells)
    return tuple("task" if at == best else field for at, field in enumerate(fields))


def find_loose_tables(lines: Sequence[Line]) -> list[LooseTable]:
    """Return the tables among the lines, in order."""
    found: list[LooseTable] = []
    index = 0
    while index < len(lines):
        table = _down(lines, index) or _across(lines, index)
        if table is not None:
            found.append(table)
        index = table.lines.stop if table is not None else index + 1
    return found


def _heading(line: Line) -> Heading | None:
    return classify(line.text) if len(line.text) <= _LONGEST_HEADING else None


def _down(lines: Sequence[Line], first: int) -> LooseTable | None:
    """Return the table whose header begins in line `first`, one cell a line."""
    head = _heading(lines[first])
    if head is None or head.field != "number":
        return None
    end = first
    while end < len(lines) and end - first < _MOST_COLUMNS and _is_cell_of_header(lines[end]):
        end += 1
    for width in range(end - first, _LEAST_COLUMNS - 1, -1):
        names = [line.text for line in lines[first : first + width]]
        below = [line.text for line in lines[first + width : first + width + _MOST_SAMPLED]]
        columns = _Columns.of(names, below)
        if columns is not None:
            return _rows_down(lines, first, first + width, columns)
    return None


def _is_cell_of_header(line: Line) -> bool:
    words = line.text
    return len(words) <= _LONGEST_HEADING and not (
        _NUMBER.fullmatch(words) or opens_with_mark(line.matched)
    )


def _rows_down(
    lines: Sequence[Line], first: int, start: int, columns: _Columns
) -> LooseTable | None:
    rows: list[tuple[int, list[str]]] = [(first, list(columns.names))]
    index, expected = start, 1
    while index < len(lines):
        number = _NUMBER.fullmatch(lines[index].text)
        if number is None or int(number[1]) not in (expected, 1):
            following = lines[index + 1].text if index + 1 < len(lines) else ""
            if not (opens_with_mark(lines[index].matched) and _NUMBER.fullmatch(following)):
                break
            rows.append((index, [lines[index].text]))
            index += 1
            continue
        end = _row_end(lines, index, int(number[1]), len(columns.names))
        words = [line.text for line in lines[index:end]]
        cells = columns.spread(words)
        if cells is None and len(words) > len(columns.names):  # a text may follow the last row
            end = index + len(columns.names)
            cells = columns.spread(words[: end - index])
        if cells is None:
            break
        rows.append((index, cells))
        index, expected = end, int(number[1]) + 1
    return _table(first, index, rows)


def _row_end(lines: Sequence[Line], start: int, number: int, width: int) -> int:
    """Return where the row that begins with `number` ends: at the next number or a section."""
    for index in range(start + 1, min(len(lines), start + 3 * width)):
        found = _NUMBER.fullmatch(lines[index].text)
        if found and int(found[1]) in (number + 1, 1):
            return index
        if index >= start + 2 and opens_with_mark(lines[index].matched) and index - start >= width:
            return index
    return min(len(lines), start + width)


def _across(lines: Sequence[Line], first: int) -> LooseTable | None:
    """Return the table whose header is the line `first`, its cells parted by blanks."""
    line = lines[first]
    if "\t" in line.text or "|" in line.text or not re.search(r"\s", line.text):
        return None
    names = line.text.split()
    below = [word for row in _split(lines[first + 1 :][:_MOST_COLUMNS], len(names)) for word in row]
    columns = _Columns.of(names, below) if _LEAST_COLUMNS <= len(names) <= _MOST_COLUMNS else None
    if columns is None:
        return None
    rows: list[tuple[int, list[str]]] = [(first, list(names))]
    index = first + 1
    while index < len(lines):
        words = lines[index].text.split()
        if not words or not _NUMBER.fullmatch(words[0]):
            break
        cells = columns.spread(words)
        if cells is None:
            break
        rows.append((index, cells))
        index += 1
    return _table(first, index, rows)


def _split(lines: Sequence[Line], width: int) -> list[list[str]]:
    """Return the cells of the lines that hold as many as there are columns."""
    rows = [line.text.split() for line in lines]
    return [row for row in rows if len(row) == width]


def _table(first: int, end: int, rows: Sequence[tuple[int, list[str]]]) -> LooseTable | None:
    if len(rows) < 2:
        return None
    cells = tuple(tuple(Cell(text) if text.strip() else EMPTY for text in row) for _, row in rows)
    numbers = tuple(number + 1 for number, _ in rows)
    return LooseTable(range(first, end), Grid("", cells, numbers))
