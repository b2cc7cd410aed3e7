"""A deadline as printed and as understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.terms import Recurrence


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due.

    Attributes:
        text: the words as printed (“2022年底前”).
        date: the last day of the period; None where the text gives none or cannot be read.
        recurrence: set for “每月”, “长期坚持” and the like.
        day: day of the month for “每月25日前”.
        doubtful: the text could not be read with certainty and waits for the clerk.
    """

    text: str
    date: date | None = None
    recurrence: Recurrence | None = None
    day: int | None = None
    doubtful: bool = False
