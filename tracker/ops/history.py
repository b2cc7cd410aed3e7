"""The trace, undo and redo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import Role, RoundState
from tracker.duties.items import read_items
from tracker.ops.fields import set_parts, set_state, title_of
from tracker.ops.outcome import Outcome
from tracker.ops.trace import values_before
from tracker.ops.units import Registrar, reassign

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from tracker.domain.browse import TraceLine
    from tracker.domain.history import StepRow
    from tracker.ops.office import Office
    from tracker.store.models import Entry, Task
    from tracker.store.work import Work


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


def restore_value(office: Office, line: TraceLine, *, who: str, now: datetime) -> Outcome[str]:
    """Write the old value of a line of the trace again, as a new step; return the task's code.

    Raises:
        UserError: the value cannot be restored by itself, its row is gone, or its round is closed.
    """
    if not line.restorable:
        raise UserError(f"“{line.field}”不能单独恢复", "", "请用撤销，或重新填写")
    with office.change(f"恢复原值：{line.field}", who, now) as work:
        task, entry = work.row_of_task(line.table, line.row_id)
        with office.read() as view:
            values = values_before(view, line, task.id)
        if entry is not None:
            _restore_entry(work, task, entry, values)
        elif line.table == "assignment":
            reassign(Registrar(work), task, Role(line.column), tuple(values["printed"]))
        else:
            _restore_task(task, values)
    return Outcome(task.code, work.changes, f"{line.field}已恢复为“{line.old}”")


def _restore_task(task: Task, values: dict[str, Any]) -> None:
    for column, value in values.items():
        day = column.endswith("_date") or column == "instructed_on"
        setattr(task, column, date.fromisoformat(value) if day and value else value)
    if "text" in values:
        task.title = title_of(task.text)
        set_parts(task, read_items(task.text))


def _restore_entry(work: Work, task: Task, entry: Entry, values: dict[str, Any]) -> None:
    round_ = next(r for r in work.rounds(work.ledger(task.ledger_id)) if r.id == entry.round_id)
    if round_.state == RoundState.CLOSED:
        raise UserError(f"第{round_.number}期已定稿，不能再改", "", "请先重新打开这一期")
    if "state_text" in values:
        set_state(task, entry, values["state_text"])
    else:
        for column, value in values.items():
            setattr(entry, column, value)
    entry.carried = False
