"""Notes (原报): what a unit reported; never edited, a correction is a new note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome

ORIGINS = {
    "typed": "录入",
    "table": "表格",
    "form": "反馈表",
    "phone": "电话",
    "paper": "纸质",
}
"""How a report came in."""


@dataclass(frozen=True, slots=True)
class NoteWords:
    """What a unit reported."""

    text: str
    state: str = ""
    percent: float | None = None
    problems: str = ""
    next_steps: str = ""


def add_note(
    office: Office,
    code: str,
    unit: str,
    words: NoteWords,
    *,
    who: str,
    now: datetime,
    origin: str = "typed",
    reported_by: str = "",
    round_number: int | None = None,
) -> Outcome[int]:
    """Keep what a unit reported on a task in a round (the open one without a number).

    Args:
        unit: the reporting unit by any of its names; "" where none is known.
        origin: one of `ORIGINS`.
        reported_by: who at the unit gave it.

    Returns:
        The note's id.

    Raises:
        UserError: no such task or round, an empty text, or the round is closed.
    """
    raise NotImplementedError
