"""The cells of a returned table as they stand: under our headings, percentages, signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.domain.form import FIXED, OPEN, SIGNATURE
from tracker.domain.mapping import RowKind
from tracker.domain.terms import CONTINUED
from tracker.tables.cells import clean, is_blank_mark, squeezed
from tracker.tables.returned_words import SIGNED, rows_of
from tracker.text.numerals import to_half_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.domain.table import Table, TableRow
    from tracker.files.grid import Grid
    from tracker.files.source import Source

FIXED_BY_HEADING = {squeezed(heading): name for name, heading in FIXED.items()}
OPEN_BY_HEADING = {squeezed(heading): name for name, heading in OPEN.items()}
COUNTED = frozenset({"code", "number"})
"""Our columns that count the tasks."""
_GOES_ON = (CONTINUED, "(续)")
_TENTHS = {word: 10 * n for n, word in enumerate("一二三四五六七八九", 1)}
_SHARE = re.compile(r"([一二三四五六七八九])成(半)?")
_SIGNED = "|".join(re.escape(label) for label in SIGNATURE.values())
_SIGNED_BY = re.compile(
    rf"(?:{_SIGNED})[：: \t]*([^\t]*?)(?=\s*(?:$|\t|{_SIGNED}|填报日期|单位（盖章）|　|\s\s))"
)


class RawRows:
    """The cells of each row as they stand, with the field and heading of their column."""

    def __init__(self, grids: Sequence[Grid], table: Table) -> None:
        self._cells = rows_of(grids)
        self._further = _further_rows(grids, table)
        self._tables = {
            grid.sheet: [
                (t.mapping.bottom, t.mapping.fields, t.printed)
                for t in sorted(shape.tables, key=lambda t: t.mapping.bottom)
            ]
            for grid, shape in zip(grids, table.shapes, strict=True)
        }

    @property
    def is_without_tasks(self) -> bool:
        """Whether another of our columns stands for the tasks."""
        ours = FIXED_BY_HEADING
        named = [
            ours.get(squeezed(heading_at(printed, fields.index("task"))), "task")
            for tables in self._tables.values()
            for _, fields, printed in tables
            if "task" in fields
        ]
        return bool(named) and all(name in COUNTED for name in named)

    def of(self, row: TableRow) -> list[tuple[str, str, str]]:
        """Return (field, heading, text) of the cells that are not empty."""
        sheet, number = row.origin.sheet, row.origin.row
        above = [t for t in self._tables.get(sheet, ()) if t[0] < number]
        if not above:
            return []
        _, fields, printed = above[-1]
        return [
            (
                fields[at] if at < len(fields) else "extra",
                heading_at(printed, at),
                clean(text).strip(),
            )
            for at, text in enumerate(self._whole(sheet, number))
            if text and not text.isspace()
        ]

    def marks(self, row: TableRow) -> list[str]:
        """Return the cells that only say that a row goes on with this one: “3（续）”."""
        sheet, number = row.origin.sheet, row.origin.row
        return [
            text
            for further in self._further.get((sheet, number), ())
            for text in self._cells[sheet, further]
            if _goes_on(text)
        ]

    def _whole(self, sheet: str, number: int) -> list[str]:
        """Return a row's cells with what stands in the rows that go on with it."""
        whole = list(self._cells.get((sheet, number), ()))
        for further in self._further.get((sheet, number), ()):
            for at, text in enumerate(self._cells[sheet, further]):
                if text and not _goes_on(text) and at < len(whole):
                    whole[at] += text
        return whole


def _further_rows(grids: Sequence[Grid], table: Table) -> dict[tuple[str, int], list[int]]:
    """Return the numbers of the rows that go on with one that did not fit its page."""
    found: dict[tuple[str, int], list[int]] = {}
    for grid, shape in zip(grids, table.shapes, strict=True):
        first = 0
        for number, row, kind in zip(grid.numbers, grid.rows, shape.kinds, strict=False):
            if kind is RowKind.TASK:
                first = number
            elif kind is RowKind.CONTINUED and any(_goes_on(cell.text) for cell in row):
                found.setdefault((grid.sheet, first), []).append(number)
    return found


def _goes_on(text: str) -> bool:
    return "续" in text and squeezed(text).endswith(_GOES_ON)


def heading_at(texts: Sequence[str], at: int) -> str:
    return texts[at].rpartition("／")[2] if at < len(texts) else ""


def percent_in(
    row: TableRow, raw: Sequence[tuple[str, str, str]], *, shares: bool
) -> tuple[float | None, str]:
    """Return the percentage of a row and its cell's text; None where it is no plain one."""
    text = next((text for name, _, text in raw if name == "percent"), "")
    if row.percent is not None:
        bare = not to_half_width(text).endswith("%")
        whole = bare and shares and row.percent <= 1
        return (round(row.percent * 100, 6) if whole else row.percent), text
    found = _SHARE.fullmatch(squeezed(text))
    if found:
        return float(_TENTHS[found.group(1)] + (5 if found.group(2) else 0)), text
    return None, ""


def are_shares(rows: Sequence[TableRow], raw: RawRows) -> bool:
    """Tell whether percentages are written as parts of one (0.85)."""
    values = list(_bare_percents(rows, raw))
    return any(0 < v < 1 for v in values) and all(v <= 1 for v in values)


def _bare_percents(rows: Sequence[TableRow], raw: RawRows) -> Iterator[float]:
    for row in rows:
        if row.percent is not None:
            cells = raw.of(row) if 0 < row.percent <= 1 else []
            text = next((text for name, _, text in cells if name == "percent"), "")
            if not to_half_width(text).endswith("%"):
                yield row.percent


def said_in(text: str) -> str:
    """Return what a cell says; a dash says nothing, 无 says that there is nothing."""
    return "" if is_blank_mark(text) and not any(map(str.isalpha, text)) else text


def signed_by(source: Source) -> str:
    """Return who filled a form in, with his number, as the cells for signatures say."""
    found: dict[str, None] = {}
    for grid in source.grids:
        for row in grid.rows:
            texts = [cell.text.strip() for cell in row if cell.text and not cell.text.isspace()]
            if any(SIGNED.match(text) for text in texts):
                line = "\t".join(texts)
                found |= dict.fromkeys(m.group(1).strip() for m in _SIGNED_BY.finditer(line))
    return " ".join(filter(None, found))
