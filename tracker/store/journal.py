"""The journal: trace (留痕), undo and “what changed” in one.

Every unit of work leaves one step with the changed columns before and after. Undo is itself a
step that applies the inverse; the trace is never erased. Redo ends at the next new step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, inspect, select, text
from sqlalchemy.orm import PassiveFlag

from tracker.base.errors import UserError
from tracker.domain.history import Changes, StepRow
from tracker.store.models import UNJOURNALED, Base, Journal, JournalChange, Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Table
    from sqlalchemy.orm import Session

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


@dataclass(slots=True)
class Recorder:
    """Collects what a session flushes, in order, one change a row as far as possible."""

    changes: list[RowChange] = field(default_factory=list)
    _latest: dict[tuple[str, int | str], RowChange] = field(default_factory=dict)

    def after_flush(self, session: Session, _context: object) -> None:
        """Take note of one flush; SQLAlchemy's event of the same name calls this."""
        for row in session.new:
            self._record(row, None, _columns(row))
        for row in session.dirty:
            before, after = _changed_columns(row)
            if after:
                self._record(row, before, after)

    def persistent_to_deleted(self, _session: Session, row: object) -> None:
        """Take note of a deleted row; SQLAlchemy's event of the same name calls this.

        Unlike `session.deleted` it tells too of rows that were only taken out of their parent's
        list.
        """
        self._record(row, _columns(row), None)

    def added(self, table: str, row_id: int, values: Values) -> None:
        """Take note of a new row that no flush tells of."""
        after = {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in values.items()
        }
        task_id = row_id if table == Task.__tablename__ else values.get("task_id")
        change = RowChange(table, row_id, None, after, task_id)
        self._latest[table, row_id] = change
        self.changes.append(change)

    def _record(self, row: object, before: Values | None, after: Values | None) -> None:
        name = row.__tablename__  # type: ignore[attr-defined]  # every mapped row has it
        if name in UNJOURNALED:
            return
        row_id = _primary_key(row)
        earlier = self._latest.get((name, row_id))
        if earlier is not None and earlier.after is not None and before and after:
            earlier.after = {**earlier.after, **after}
            if earlier.before is not None:
                earlier.before = {**before, **earlier.before}
            return
        task_id = row_id if name == Task.__tablename__ else getattr(row, "task_id", None)
        change = RowChange(name, row_id, before, after, task_id)
        self._latest[name, row_id] = change
        self.changes.append(change)


def _primary_key(row: object) -> Any:
    mapper = inspect(type(row))
    return mapper.primary_key_from_instance(row)[0]


def _columns(row: object) -> Values:
    mapper = inspect(type(row))
    return {a.key: _plain(getattr(row, a.key)) for a in mapper.column_attrs}


def _changed_columns(row: object) -> tuple[Values, Values]:
    before: Values = {}
    after: Values = {}
    state = inspect(row)
    for attribute in inspect(type(row)).column_attrs:
        if attribute.key not in state.committed_state:
            continue
        history = state.get_history(attribute.key, PassiveFlag.PASSIVE_NO_INITIALIZE)
        if history.has_changes():
            old = history.deleted[0] if history.deleted else None
            new = history.added[0] if history.added else None
            if old != new:
                before[attribute.key], after[attribute.key] = _plain(old), _plain(new)
    return before, after


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


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
        Journal.__table__.insert(),  # type: ignore[attr-defined]  # a Table, typed FromClause
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
            JournalChange.__table__.insert(),  # type: ignore[attr-defined]
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
    columns = (Journal.id, Journal.label, Journal.who, Journal.at, Journal.kind, Journal.barrier)
    for row in connection.execute(select(*columns).order_by(Journal.id)):
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
            JournalChange.table_name,
            JournalChange.row_id,
            JournalChange.before,
            JournalChange.after,
            JournalChange.task_id,
        )
        .where(JournalChange.step_id == step_id)
        .order_by(JournalChange.id)
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
    table = Base.metadata.tables[change.table]
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
