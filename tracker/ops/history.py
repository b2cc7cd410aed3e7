"""The trace, undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.outcome import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.history import StepRow
    from tracker.ops.office import Office


def list_steps(office: Office) -> tuple[StepRow, ...]:
    """Return the trace, the earliest step first."""
    with office.read() as view:
        return view.steps()


def next_undo(office: Office) -> StepRow | None:
    """Return the step that undo would take back, a barrier included; its label names it."""
    with office.read() as view:
        return view.undoable()


def next_redo(office: Office) -> StepRow | None:
    """Return the step that redo would do again; its label names it."""
    with office.read() as view:
        return view.redoable()


def undo_step(office: Office, *, who: str, now: datetime) -> Outcome[StepRow]:
    """Take the last step back.

    Raises:
        UserError: nothing to undo, or the step cannot be undone.
    """
    step, changes = office.undo(who, now)
    return Outcome(step, changes, f"已撤销：{step.label}")


def redo_step(office: Office, *, who: str, now: datetime) -> Outcome[StepRow]:
    """Do again what was undone last.

    Raises:
        UserError: nothing to redo.
    """
    step, changes = office.redo(who, now)
    return Outcome(step, changes, f"已重做：{step.label}")
