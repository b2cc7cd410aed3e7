"""The journal: trace (留痕), undo and “what changed” in one.

Every unit of work leaves one step with the changed columns before and after. Undo is itself a
step that applies the inverse; the trace is never erased. Redo ends at the next new step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, select, text

from tracker.base.errors import UserError
from tracker.domain.history import Changes, StepRow
from tracker.store.tables import (
    JOURNAL,
    JOURNAL_CHANGE,
    METADATA,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Table

Values = dict[str, Any]  # Any: column values as JSON keeps them


@dataclass(slots=True)
class RowChange:
    """One row before and after; `before` None for a new row, `after` None for a deleted one.

    `task_id` is the task that the row is or belongs to, where there is one.
    """

    table: str
    row_id: int | str
    before: Values | None
    after: Values | None
    task_id: int | None = None

    def inverse(self) -> RowChange:
        """Return the change that takes this one back."""
        return RowChange(self.table, self.row_id, self.after, self.before, self.task_id)


def _typed(table: Table, values: Values) -> Values:
    """Turn ISO texts back into dates for the columns that hold dates."""
    typed = dict(values)
    for key, value in values.items():
        kind = table.c[key].type
        if isinstance(value, str) and isinstance(kind, DateTime):
            typed[key] = datetime.fromisoformat(value)
        elif isinstance(value, str) and isinstance(kind, Date):
            typed[key] = date.fromisoformat(value)
    return typed


def summarize(changes: Iterable[RowChange]) -> Changes:
    """Return which rows the changes touch, by table."""
    touched: dict[str, set[int | str]] = {}
    for change in changes:
        touched.setdefault(change.table, set()).add(change.row_id)
    return Changes(tuple((name, frozenset(ids)) for name, ids in touched.items()))


def write_step(
    connection: Connection,
    changes: list[RowChange],
    *,
    label: str,
    who: str,
    at: datetime,
    kind: str = "do",
    target: int | None = None,
    barrier: str = "",
) -> int:
    """Write one step with its changes; return its id."""
    result = connection.execute(
        JOURNAL.insert(),
        {
            "label": label,
            "who": who,
            "at": at,
            "kind": kind,
            "target_id": target,
            "barrier": barrier,
        },
    )
    step_id = int(result.inserted_primary_key[0])  # type: ignore[index]  # one row, one key
    if changes:
        connection.execute(
            JOURNAL_CHANGE.insert(),
            [
                {
                    "step_id": step_id,
                    "task_id": c.task_id,
                    "table_name": c.table,
                    "row_id": str(c.row_id),
                    "before": c.before,
                    "after": c.after,
                }
                for c in changes
            ],
        )
    return step_id


@dataclass(frozen=True, slots=True)
class Stacks:
    """Which steps can be undone and redone, the nearest last."""

    undo: tuple[StepRow, ...]
    redo: tuple[StepRow, ...]


def stacks(connection: Connection) -> Stacks:
    """Replay the journal's heads and return what stands on either stack."""
    undo: list[StepRow] = []
    redo: list[StepRow] = []
    columns = (
        JOURNAL.c.id,
        JOURNAL.c.label,
        JOURNAL.c.who,
        JOURNAL.c.at,
        JOURNAL.c.kind,
        JOURNAL.c.barrier,
    )
    for row in connection.execute(select(*columns).order_by(JOURNAL.c.id)):
        if row.kind == "undo":
            redo.append(undo.pop())
        elif row.kind == "redo":
            undo.append(redo.pop())
        else:
            undo.append(StepRow(row.id, row.label, row.who, row.at, row.kind, row.barrier))
            redo.clear()
    return Stacks(tuple(undo), tuple(redo))


def undo(connection: Connection, who: str, at: datetime) -> tuple[StepRow, Changes]:
    """Take back the last step; return it and what it touched.

    Raises:
        UserError: there is nothing to undo, or the step is a barrier.
    """
    standing = stacks(connection).undo
    if not standing:
        raise UserError("没有可以撤销的操作")
    step = standing[-1]
    if step.barrier:
        raise UserError(f"“{step.label}”不能撤销", step.barrier)
    changes = [c.inverse() for c in reversed(_changes_of(connection, step.id))]
    return step, _apply(connection, changes, f"撤销：{step.label}", who, at, "undo", step.id)


def redo(connection: Connection, who: str, at: datetime) -> tuple[StepRow, Changes]:
    """Do the step again that was undone last; return it and what it touched.

    Raises:
        UserError: there is nothing to redo.
    """
    standing = stacks(connection).redo
    if not standing:
        raise UserError("没有可以重做的操作")
    step = standing[-1]
    changes = _changes_of(connection, step.id)
    return step, _apply(connection, changes, f"重做：{step.label}", who, at, "redo", step.id)


def _changes_of(connection: Connection, step_id: int) -> list[RowChange]:
    rows = connection.execute(
        select(
            JOURNAL_CHANGE.c.table_name,
            JOURNAL_CHANGE.c.row_id,
            JOURNAL_CHANGE.c.before,
            JOURNAL_CHANGE.c.after,
            JOURNAL_CHANGE.c.task_id,
        )
        .where(JOURNAL_CHANGE.c.step_id == step_id)
        .order_by(JOURNAL_CHANGE.c.id)
    )
    return [RowChange(r.table_name, _id(r.row_id), r.before, r.after, r.task_id) for r in rows]


def _id(text_id: str) -> int | str:
    return int(text_id) if text_id.isdigit() else text_id


def _apply(
    connection: Connection,
    changes: list[RowChange],
    label: str,
    who: str,
    at: datetime,
    kind: str,
    target: int,
) -> Changes:
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for change in changes:
        _apply_row(connection, change)
    write_step(connection, changes, label=label, who=who, at=at, kind=kind, target=target)
    return summarize(changes)


def _apply_row(connection: Connection, change: RowChange) -> None:
    table = METADATA.tables[change.table]
    key = next(iter(table.primary_key))
    if change.before is None:
        connection.execute(table.insert(), _typed(table, change.after or {}))
        return
    if change.after is None:
        done = connection.execute(table.delete().where(key == change.row_id))
    else:
        values = _typed(table, change.after)
        done = connection.execute(table.update().where(key == change.row_id).values(values))
    if done.rowcount != 1:
        raise LookupError(f"journal: {change.table} {change.row_id} is not there")
