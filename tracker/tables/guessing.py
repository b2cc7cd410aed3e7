"""The task column of a table whose headings do not say which it is: told by its cells."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.duties.units import is_unit_like, split_names
from tracker.tables.headings import Heading, classify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.tables.header import Column
    from tracker.tables.matrix import Matrix

UNIT_FIELDS = frozenset({"lead", "cooperating", "responsible", "guiding"})
_TASKS = re.compile("[一-鿿]{4}")
_LEAST_WIDTH = 6.0
_LONGEST_HEADING = 16
GUESSED = Heading("task", exact=False, rank=999)
"""What the heading of such a column is taken for."""


def heads_duties(headings: Sequence[str]) -> bool:
    """Return whether headings count rows (序号) and name units, as those of duties do."""
    read = [classify(text) for text in headings]
    known = {one.field for one in read if one is not None}
    sure = {one.field for one in read if one is not None and one.exact}
    return "number" in sure and not UNIT_FIELDS.isdisjoint(known)


def widest(cells: Mapping[int, Sequence[str]]) -> int | None:
    """Return the column whose cells are the widest, where they read as tasks; else None.

    Args:
        cells: the filled cells of each column with an unknown heading.
    """
    widths = {at: sum(map(len, texts)) / len(texts) for at, texts in cells.items() if texts}
    if not widths:
        return None
    best = max(widths, key=lambda at: widths[at])
    spoken = [text for text in cells[best] if _TASKS.search(text) and not _is_list(text)]
    return best if widths[best] >= _LEAST_WIDTH and 2 * len(spoken) > len(cells[best]) else None


def _is_list(text: str) -> bool:
    names = split_names(text)
    return bool(names) and all(map(is_unit_like, names))


def with_guessed_task(
    columns: tuple[Column, ...], matrix: Matrix, top: int, bottom: int
) -> tuple[Column, ...]:
    """Return the columns, that over the widest texts named as the tasks' where none is.

    Args:
        columns: as the rows from `top` to `bottom` head them, none of them of tasks.
        matrix: the sheet.
        top: the first row of the header.
        bottom: its last row.
    """
    if not heads_duties([column.text for column in columns]):
        return columns
    below = range(bottom + 1, matrix.height)
    rows = below if any(matrix.own(row) for row in below) else range(top)
    unknown = [c for c in columns if c.text and c.heading is None]
    own = {piece.place for row in rows for piece in matrix.own(row)}
    cells = {
        c.index: [
            text
            for row in rows
            if (row, c.index) in own and (text := matrix.at(row, c.index).text.strip())
        ]
        for c in unknown
        if len(c.text) <= _LONGEST_HEADING
    }
    best = widest(cells)
    return tuple(replace(c, heading=GUESSED) if c.index == best else c for c in columns)


def guess_warnings(columns: Sequence[Column]) -> Iterator[str]:
    """Yield what was guessed of the columns."""
    for column in columns:
        if column.heading == GUESSED:
            yield f"按内容把“{column.text}”一列读作任务，请核对"
