"""0010: leaders with what they are in charge of, reforms, and what each task said before one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATEMENTS = (
    """CREATE TABLE person (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       name VARCHAR NOT NULL,
       post VARCHAR NOT NULL,
       charge VARCHAR NOT NULL,
       position INTEGER NOT NULL,
       valid_from DATE,
       valid_to DATE)""",
    """CREATE TABLE person_unit (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       person_id INTEGER NOT NULL REFERENCES person (id),
       unit_id INTEGER NOT NULL REFERENCES unit (id),
       position INTEGER NOT NULL)""",
    "CREATE INDEX ix_person_unit_person_id ON person_unit (person_id)",
    """CREATE TABLE reform (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       kind VARCHAR NOT NULL,
       "on" DATE NOT NULL,
       basis VARCHAR NOT NULL,
       old JSON NOT NULL,
       new JSON NOT NULL,
       units JSON NOT NULL,
       words VARCHAR NOT NULL,
       at DATETIME NOT NULL,
       "by" VARCHAR NOT NULL)""",
    """CREATE TABLE handover (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       reform_id INTEGER NOT NULL REFERENCES reform (id),
       task_id INTEGER NOT NULL REFERENCES task (id),
       before JSON NOT NULL,
       words VARCHAR NOT NULL)""",
    "CREATE INDEX ix_handover_reform_id ON handover (reform_id)",
    "CREATE INDEX ix_handover_task_id ON handover (task_id)",
)


def run(connection: Connection) -> None:
    """Add the tables; what is there has been through no reform."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
