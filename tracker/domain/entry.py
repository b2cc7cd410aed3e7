"""What is printed for a task in a round (核定稿) and what a unit reported (原报)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.terms import Completion, Pace


@dataclass(frozen=True, slots=True)
class EntryRow:
    """The entry of one task in one round.

    Attributes:
        state_text: the state in the office's own words, as printed.
        carried: the entry was taken over from the round before and not touched since.
        extra: cells of columns that stand for no field, by heading.
    """

    id: int
    task_id: int
    round_id: int
    text: str
    state_text: str = ""
    completion: Completion | None = None
    pace: Pace | None = None
    percent: float | None = None
    problems: str = ""
    next_steps: str = ""
    remark: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    carried: bool = False
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One report of one unit; never edited, a correction is a new note.

    Attributes:
        file_id: the returned file it was read from; None for one that came otherwise.
    """

    id: int
    task_id: int
    round_id: int
    unit: str
    text: str
    state_text: str
    percent: float | None
    problems: str
    next_steps: str
    by: str
    at: datetime
    origin: str
    file_id: int | None = None
