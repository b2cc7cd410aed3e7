"""One value of the trace, written again as a new step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import Role, RoundState
from tracker.ops.entries import write_state
from tracker.ops.fields import set_parts, title_of
from tracker.ops.outcome import Outcome
from tracker.ops.tasks import printed_names
from tracker.ops.trace import values_before
from tracker.ops.typed import parts_in
from tracker.ops.units import Registrar, hold_rows

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from tracker.domain.browse import TraceLine
    from tracker.ops.office import Office
    from tracker.store.models import Entry, Task
    from tracker.store.work import Work


def restore_value(office: Office, line: TraceLine, *, who: str, now: datetime) -> Outcome[str]:
    """Write the old value of a line of the trace again, as a new step; return the task's code.

    Raises:
        UserError: the value cannot be restored by itself, its row is gone, or its round is closed.
    """
    if not line.restorable:
        raise UserError(f"“{line.field}”不能单独恢复", "", "请用撤销，或重新填写")
    restored = line.old
    with office.change(f"恢复原值：{line.field}", who, now) as work:
        task, entry = work.row_of_task(line.table, line.row_id)
        with office.read() as view:
            values = values_before(view, line, task.id)
        if entry is not None:
            _restore_entry(work, task, entry, values)
        elif line.table == "assignment":
            restored = _restore_units(work, task, Role(line.column), values["held"])
        else:
            _restore_task(task, values)
    return Outcome(task.code, work.changes, f"{line.field}已恢复为“{restored}”")


def _restore_units(work: Work, task: Task, role: Role, held: list[tuple[str, int | None]]) -> str:
    """Let the units hold the role again, each for its part where that still stands.

    Returns:
        Their names as they are printed now: reforms may have changed them.
    """
    parts = {part.id: part for part in task.parts}
    rows = [(name, parts.get(part_id) if part_id else None) for name, part_id in held]
    hold_rows(Registrar(work), task, role, list(dict.fromkeys(rows)))
    return "、".join(printed_names(task, role))


def _restore_task(task: Task, values: dict[str, Any]) -> None:
    for column, value in values.items():
        day = column.endswith("_date") or column == "instructed_on"
        setattr(task, column, date.fromisoformat(value) if day and value else value)
    if "text" in values:
        task.title = title_of(task.text)
        set_parts(task, parts_in(task.text))


def _restore_entry(work: Work, task: Task, entry: Entry, values: dict[str, Any]) -> None:
    round_ = next(r for r in work.rounds(work.ledger(task.ledger_id)) if r.id == entry.round_id)
    if round_.state == RoundState.CLOSED:
        raise UserError(f"第{round_.number}期已定稿，不能再改", "", "请先重新打开这一期")
    if "state_text" in values:
        write_state(work, task, entry, values["state_text"])
    else:
        for column, value in values.items():
            setattr(entry, column, value)
    entry.carried = False
