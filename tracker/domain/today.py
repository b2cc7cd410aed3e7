"""What waits for the clerk today: a line for each kind, with what it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Waiting(StrEnum):
    """What may wait."""

    OVERDUE = "overdue"
    DUE = "due"
    MISSING = "missing"
    TO_CHECK = "to_check"
    SLIPS = "slips"
    DOUBTFUL = "doubtful"
    REVIEWS = "reviews"
    TO_CLOSE = "to_close"
    NO_ENTRY = "no_entry"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One line of the page.

    Attributes:
        words: what it is (“已过时限、尚未完成”).
        count: how many; None for a line that counts nothing.
        detail: the first of them by name, or what to know; empty for nothing.
        urgent: painted in red; else in the ordinary colour.
    """

    kind: Waiting
    words: str
    count: int | None = None
    detail: str = ""
    urgent: bool = False
