"""0005: a task may be broken down into milestones (分解到月)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATEMENTS = (
    """CREATE TABLE milestone (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       task_id INTEGER NOT NULL REFERENCES task (id),
       position INTEGER NOT NULL,
       due DATE NOT NULL,
       what VARCHAR NOT NULL,
       figure VARCHAR NOT NULL,
       done_on DATE)""",
    "CREATE INDEX ix_milestone_task_id ON milestone (task_id)",
)


def run(connection: Connection) -> None:
    """Add the table; tasks there are become none."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
