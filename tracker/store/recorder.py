"""What a session flushes, told to the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect
from sqlalchemy.orm import PassiveFlag

from tracker.store.journal import RowChange
from tracker.store.tables import TASK, UNJOURNALED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tracker.store.journal import Values


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
        task_id = row_id if table == TASK.name else values.get("task_id")
        change = RowChange(table, row_id, None, after, task_id)
        self._latest[table, row_id] = change
        self.changes.append(change)

    def _record(self, row: object, before: Values | None, after: Values | None) -> None:
        name = inspect(type(row)).local_table.name
        if name in UNJOURNALED:
            return
        row_id = _primary_key(row)
        earlier = self._latest.get((name, row_id))
        if earlier is not None and earlier.after is not None and before and after:
            earlier.after = {**earlier.after, **after}
            if earlier.before is not None:
                earlier.before = {**before, **earlier.before}
            return
        task_id = row_id if name == TASK.name else getattr(row, "task_id", None)
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
