"""Rows of the database turned into the frozen values that leave it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.domain.deadline import Deadline
from tracker.domain.document import Reading
from tracker.domain.entry import EntryRow, NoteRow
from tracker.domain.instruction import Instruction, Stage, StageStep
from tracker.domain.ledger import RoundRow
from tracker.domain.milestone import Milestone
from tracker.domain.table import Roles
from tracker.domain.task import Closing, EarlierDuties, Former, PartRow, Revisit, TaskRow
from tracker.domain.terms import Completion, Pace, Recurrence, Role, RoundState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row


def roles_of(names: Mapping[str, Sequence[str]]) -> Roles:
    """Return the names by role, each once in a role."""
    return Roles(*(tuple(dict.fromkeys(names.get(role.value, ()))) for role in Role))


def deadline_of(r: Row[Any]) -> Deadline | None:
    """Return a task's deadline."""
    if not r.deadline_text and r.deadline_date is None and r.deadline_recurrence is None:
        return None
    kind = Recurrence(r.deadline_recurrence) if r.deadline_recurrence else None
    return Deadline(r.deadline_text, r.deadline_date, kind, r.deadline_day, r.deadline_doubtful)


def first_deadline_of(r: Row[Any]) -> Deadline | None:
    """Return the deadline a task had before it was extended."""
    if not r.first_deadline_text and r.first_deadline_date is None:
        return None
    return Deadline(r.first_deadline_text or "", r.first_deadline_date)


def instruction_of(r: Row[Any]) -> Instruction | None:
    """Return what makes a task a single instruction; None for an ordinary task."""
    if not (r.stage or r.instruction_leader or r.instruction_text or r.instructed_on):
        return None
    steps = tuple(
        StageStep(Stage(s["stage"]), date.fromisoformat(s["on"]), s.get("remark", ""))
        for s in r.stages
    )
    stage = Stage(r.stage) if r.stage else None
    return Instruction(r.instruction_leader, r.instructed_on, r.instruction_text, stage, steps)


def round_of(r: Row[Any]) -> RoundRow:
    """Return a round."""
    return RoundRow(
        id=r.id,
        ledger_id=r.ledger_id,
        number=r.number,
        cut_off=r.cut_off,
        feedback_due=r.feedback_due,
        state=RoundState(r.state),
        circular_number=r.circular_number,
    )


def note_of(r: Row[Any]) -> NoteRow:
    """Return a note; the row names its unit as `unit`."""
    return NoteRow(
        id=r.id,
        task_id=r.task_id,
        round_id=r.round_id,
        unit=r.unit or "",
        text=r.text,
        state_text=r.state_text,
        percent=r.percent,
        problems=r.problems,
        next_steps=r.next_steps,
        by=r.by,
        at=r.at,
        origin=r.origin,
        file_id=r.file_id,
    )


def task_of(
    r: Row[Any],
    roles: Roles,
    parts: tuple[PartRow, ...],
    former: tuple[Former, ...] = (),
    earlier: tuple[EarlierDuties, ...] = (),
) -> TaskRow:
    """Return a task with the names of its units, its parts and what it goes on from."""
    from tracker.domain.draft import Figure  # a list reads no whole tasks

    return TaskRow(
        id=r.id,
        ledger_id=r.ledger_id,
        code=r.code,
        number=r.number,
        section=r.section,
        title=r.title,
        text=r.text,
        roles=roles,
        units_text=r.units_text,
        persons=tuple(r.persons),
        deadline=deadline_of(r),
        first_deadline=first_deadline_of(r),
        deadline_reason=r.deadline_reason,
        completion=Completion(r.completion),
        position=r.position,
        parts=parts,
        closings=tuple(_closing(c) for c in r.closings),
        withdrawn=r.withdrawn,
        figures=tuple(Figure(*figure) for figure in r.figures),
        revisits=tuple(
            Revisit(date.fromisoformat(v["on"]), v["by"], v["found"], v["holds"] == "yes")
            for v in r.revisits
        ),
        former=former,
        earlier=earlier,
    )


def reading_of(kept: dict[str, Any]) -> Reading:  # Any: values of JSON
    """Return a draft as it was read from a document."""
    return Reading(kept["fields"], tuple(kept["tasks"]), kept.get("dropped", False))


def _closing(kept: dict[str, str]) -> Closing:
    return Closing(
        on=date.fromisoformat(kept["on"]),
        by=kept["by"],
        statement=kept["statement"],
        evidence=kept["evidence"],
        reopened=kept.get("reopened", ""),
    )


def entry_of(r: Row[Any]) -> EntryRow:
    """Return an entry."""
    return EntryRow(
        id=r.id,
        task_id=r.task_id,
        round_id=r.round_id,
        text=r.text,
        state_text=r.state_text,
        completion=Completion(r.completion) if r.completion else None,
        pace=Pace(r.pace) if r.pace else None,
        percent=r.percent,
        problems=r.problems,
        next_steps=r.next_steps,
        remark=r.remark,
        extra=tuple((pair[0], pair[1]) for pair in r.extra),
        carried=r.carried,
        confirmed_by=r.confirmed_by,
    )


def milestone_of(r: Row[Any]) -> Milestone:
    """Return a milestone."""
    return Milestone(r.due, r.what, r.figure, r.done_on)
