"""What a file that was dropped on the window holds: a returned form, a table, or a document."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.tables.form_stamp import number_of, stamp_of
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.table import Table, TableRow
    from tracker.files.source import Source

_SHEETS = frozenset({"xlsx", "xls", "csv"})
_MOST_BESIDE = 0.3
"""A table with more than this part of the words beside it may be the annex of a document."""
_FEWEST_BESIDE = 200
"""So many letters beside a table are title, date and remarks; no document is so short."""


class Nature(Enum):
    """How a file is best read; `EITHER` is for the clerk to say."""

    FORM = "form"
    TABLE = "table"
    DOCUMENT = "document"
    EITHER = "either"


def nature_of(source: Source) -> Nature:
    """Tell whether a source is a form of ours, a table of tasks with a header, or a document.

    Args:
        source: the file as read; its content decides, not its name.
    """
    if stamp_of(source) is not None or number_of(source) is not None:
        return Nature.FORM
    if source.kind in _SHEETS:
        return Nature.TABLE
    try:
        table = read_table(source)
    except UserError:
        return Nature.DOCUMENT
    if not table.rows:
        return Nature.DOCUMENT
    whole = _letters(source.flow.text)
    beside = whole - _inside(source, table)
    if beside < _FEWEST_BESIDE or beside <= whole * _MOST_BESIDE:
        return Nature.TABLE
    return Nature.EITHER


def _inside(source: Source, table: Table) -> int:
    """Return how many letters stand in tables: in their places, or at least in cells read."""
    text = source.flow.text
    placed = sum(_letters(text[place.start : place.end]) for place in source.flow.tables)
    return max(placed, sum(_letters(words) for row in table.rows for words in _cells(row)))


def _cells(row: TableRow) -> Iterator[str]:
    yield from (row.number, row.task, row.progress, row.problems, row.next_steps, row.note)
    yield from row.roles.names()
    yield from row.persons
    yield from (words for _, words in (*row.extra, *row.rounds, *row.unit_progress))


def _letters(text: str) -> int:
    return sum(not sign.isspace() for sign in text)
