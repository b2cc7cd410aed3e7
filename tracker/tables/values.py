"""Reading typed values out of cells: percentages and dates."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.duties.deadlines import find_deadline
from tracker.tables.cells import is_blank_mark
from tracker.text.numerals import to_half_width

if TYPE_CHECKING:
    from tracker.domain.deadline import Deadline
    from tracker.tables.matrix import Piece
    from tracker.tables.readings import Readings

_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*[%％]?")
_TICK = re.compile(r"[√✓✔☑●★■]|[vV]|是")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 55153  # 2000 to 2050
_EPOCH = date(1899, 12, 30)


def percent_of(piece: Piece) -> float | None:
    """Return the number of a percent cell as its reader sees it; None for words."""
    found = _PERCENT.fullmatch(to_half_width(piece.text.strip()))
    return float(found.group(1)) if found else None


def is_tick(text: str) -> bool:
    """Tell whether a cell only says that its column holds for the row."""
    return _TICK.fullmatch(text.strip()) is not None


def read_deadline(
    piece: Piece, task: str, reference: date | None, readings: Readings
) -> Deadline | None:
    """Return the deadline of a row: its cell, and where that is empty what the task says."""
    if is_blank_mark(piece.text):
        return find_deadline(task, reference)
    return readings.deadline(piece, reference)


def typed_day(piece: Piece) -> date | None:
    """Return the day of a cell that holds a date or the number of one; None for words."""
    if isinstance(piece.value, datetime):
        return piece.value.date()
    if isinstance(piece.value, date):
        return piece.value
    text = piece.text.strip()
    if _SERIAL.fullmatch(text) and _FIRST_SERIAL <= float(text) <= _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(float(text)))
    return None
