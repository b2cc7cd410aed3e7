"""0009: tasks that were taken over from a ledger of the year before (结转) know where from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE task ADD COLUMN carried_from_id INTEGER REFERENCES task (id)",
    "CREATE INDEX ix_task_carried_from_id ON task (carried_from_id)",
)


def run(connection: Connection) -> None:
    """Add the column; what is there was taken over from nowhere."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
