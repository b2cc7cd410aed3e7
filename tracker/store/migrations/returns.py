"""0007: rounds are sent out, collected and closed; collectives have members, tasks evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATEMENTS = (
    """CREATE TABLE unit_member (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       collective_id INTEGER NOT NULL REFERENCES unit (id),
       member_id INTEGER NOT NULL REFERENCES unit (id),
       position INTEGER NOT NULL)""",
    "CREATE INDEX ix_unit_member_collective_id ON unit_member (collective_id)",
    """CREATE TABLE form_return (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       round_id INTEGER NOT NULL REFERENCES round (id),
       unit_id INTEGER NOT NULL REFERENCES unit (id),
       sent_at DATETIME,
       sent JSON NOT NULL,
       due DATE,
       due_reason VARCHAR NOT NULL,
       exempt VARCHAR NOT NULL,
       by_hand JSON NOT NULL,
       calls JSON NOT NULL,
       UNIQUE (round_id, unit_id))""",
    """CREATE TABLE returned_file (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       round_id INTEGER NOT NULL REFERENCES round (id),
       unit_id INTEGER REFERENCES unit (id),
       name VARCHAR NOT NULL,
       blob_hash VARCHAR NOT NULL REFERENCES blob (hash),
       kind VARCHAR NOT NULL,
       standing VARCHAR NOT NULL,
       received_at DATETIME NOT NULL,
       saved_at DATETIME,
       remarks JSON NOT NULL,
       unplaced JSON NOT NULL)""",
    "CREATE INDEX ix_returned_file_round_id ON returned_file (round_id)",
    """CREATE TABLE edition (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       round_id INTEGER NOT NULL REFERENCES round (id),
       version INTEGER NOT NULL,
       at DATETIME NOT NULL,
       by VARCHAR NOT NULL,
       content JSON NOT NULL,
       hash VARCHAR NOT NULL,
       reopened_at DATETIME,
       reopened_because VARCHAR NOT NULL,
       UNIQUE (round_id, version))""",
    """CREATE TABLE attachment (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       task_id INTEGER NOT NULL REFERENCES task (id),
       round_id INTEGER REFERENCES round (id),
       name VARCHAR NOT NULL,
       blob_hash VARCHAR NOT NULL REFERENCES blob (hash),
       size INTEGER NOT NULL,
       remark VARCHAR NOT NULL,
       added_at DATETIME NOT NULL,
       added_by VARCHAR NOT NULL)""",
    "CREATE INDEX ix_attachment_task_id ON attachment (task_id)",
    "ALTER TABLE note ADD COLUMN file_id INTEGER REFERENCES returned_file (id)",
    "ALTER TABLE task ADD COLUMN revisits JSON NOT NULL DEFAULT '[]'",
)


def run(connection: Connection) -> None:
    """Add the tables and columns; what is there has nothing in them."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
