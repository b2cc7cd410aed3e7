"""Notes (原报): what a unit reported; never edited, a correction is a new note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.ops.entries import round_to_fill
from tracker.ops.outcome import Outcome
from tracker.ops.units import Registrar
from tracker.store.models import Note

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.ops.office import Office

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
    if not words.text.strip():
        raise UserError("原报内容不能为空")
    with office.change("记录原报", who, now) as work:
        task = work.task(code)
        round_ = round_to_fill(work, task, round_number)
        note = Note(
            task_id=task.id,
            round_id=round_.id,
            unit_id=Registrar(work).unit_id(unit.strip()) if unit.strip() else None,
            text=words.text,
            state_text=words.state.strip(),
            percent=words.percent,
            problems=words.problems,
            next_steps=words.next_steps,
            by=reported_by.strip(),
            at=now,
            origin=origin,
        )
        work.add(note)
        number = round_.number
    whose = f"{unit.strip()}的" if unit.strip() else ""
    return Outcome(note.id, work.changes, f"已记录{whose}第{number}期原报")
