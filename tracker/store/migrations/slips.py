"""0008: slips (提示单、问题单、督办单、反馈单) with what they say and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATEMENTS = (
    """CREATE TABLE slip (
       id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
       ledger_id INTEGER NOT NULL REFERENCES ledger (id),
       kind VARCHAR NOT NULL,
       code VARCHAR NOT NULL UNIQUE,
       unit_id INTEGER REFERENCES unit (id),
       unit VARCHAR NOT NULL,
       tasks JSON NOT NULL,
       words JSON NOT NULL,
       issued_on DATE NOT NULL,
       days INTEGER,
       reply_due DATE,
       replies JSON NOT NULL,
       closed_on DATE,
       closed_words VARCHAR NOT NULL,
       created_at DATETIME NOT NULL,
       created_by VARCHAR NOT NULL)""",
    "CREATE INDEX ix_slip_ledger_id ON slip (ledger_id)",
)


def run(connection: Connection) -> None:
    """Add the table; what is there has no slips."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
