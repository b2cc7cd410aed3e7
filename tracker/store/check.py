"""Health of a database file: what SQLite says, and whether our own bookkeeping holds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from tracker.domain.edition import content_hash
from tracker.domain.slip import counted_as
from tracker.store.engine import make_engine, problems_of
from tracker.store.tables import BLOB, COUNTER, EDITION, LEDGER, ROUND, SLIP, TASK

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def check_file(path: Path) -> tuple[str, ...]:
    """Return what is wrong with an opened file, in the user's words; nothing if it is whole."""
    engine = make_engine(path, writing=False)
    try:
        with problems_of(path), engine.begin() as connection:
            return (
                *_sqlite_says(connection),
                *_codes(connection),
                *_slips(connection),
                *_blobs(connection),
                *_editions(connection),
            )
    finally:
        engine.dispose()


def _sqlite_says(connection: Connection) -> list[str]:
    problems = [
        f"数据库结构有误：{line}"
        for line in connection.scalars(text("PRAGMA integrity_check(20)"))
        if line != "ok"
    ]
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    problems += [f"{row[0]} 表第 {row[1]} 条指向不存在的 {row[2]}" for row in broken[:20]]
    return problems


def _codes(connection: Connection) -> list[str]:
    """A code must lie at or below its ledger's counter, else it could be given again."""
    given = {
        row.name: row.value for row in connection.execute(select(COUNTER.c.name, COUNTER.c.value))
    }
    problems = []
    for ledger_id, name in connection.execute(select(LEDGER.c.id, LEDGER.c.name)):
        query = select(func.count()).where(TASK.c.ledger_id == ledger_id)
        if (connection.scalar(query) or 0) > given.get(f"task:{ledger_id}", 0):
            problems.append(f"专项“{name}”的任务编号计数有误")
    return problems


def _slips(connection: Connection) -> list[str]:
    """A slip's number must lie at or below its count, else it could be given again."""
    given = {
        row.name: row.value for row in connection.execute(select(COUNTER.c.name, COUNTER.c.value))
    }
    return [
        f"{code}的编号计数有误"
        for code in connection.scalars(select(SLIP.c.code))
        if (held := counted_as(code)) is None or held[1] > given.get(held[0], 0)
    ]


def _blobs(connection: Connection) -> list[str]:
    return [
        f"原始文件已变样（{digest[:12]}）"
        for digest, content in connection.execute(select(BLOB.c.hash, BLOB.c.content))
        if hashlib.sha256(content).hexdigest() != digest
    ]


def _editions(connection: Connection) -> list[str]:
    """What was approved must be what it was when the round was closed, to the letter."""
    query = select(
        EDITION.c.content, EDITION.c.hash, EDITION.c.version, ROUND.c.number, LEDGER.c.name
    )
    joined = query.join(ROUND, ROUND.c.id == EDITION.c.round_id)
    rows = connection.execute(joined.join(LEDGER, LEDGER.c.id == ROUND.c.ledger_id))
    return [
        f"专项“{name}”第{number}期定稿（第{version}版）已变样"
        for content, digest, version, number, name in rows
        if content_hash(content) != digest
    ]
