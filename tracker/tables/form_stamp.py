"""Which form a file is: its stamp in the properties or the hidden sheet, or its printed number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.domain.form import STAMP_SHEET, FormNumber, FormStamp
from tracker.files.reader import read_bytes
from tracker.files.reading import Request

if TYPE_CHECKING:
    from tracker.files.source import Source

_BOOKS = frozenset({"xlsx", "xls"})


def stamp_of(source: Source, *, password: str | None = None) -> FormStamp | None:
    """Return the stamp that a file carries; None where it is no form of ours, or lost its stamp.

    Args:
        source: the file, read.
        password: what opened it, where it is locked.
    """
    found = FormStamp.read(source.properties)
    if found is not None or not source.content:
        return found
    if source.kind not in _BOOKS and password is None:
        return None
    try:
        held = read_bytes(source.content, Request(source.name, "", STAMP_SHEET, password))
    except FileProblem:
        return None  # no such sheet
    rows = [row for grid in held.grids for row in grid.rows if len(row) > 1]
    return FormStamp.read({row[0].text: row[1].text for row in rows})


def number_of(source: Source) -> FormNumber | None:
    """Return the number printed on a form (表号：…), which outlives every way of saving."""
    return FormNumber.read(source.flow.text)
