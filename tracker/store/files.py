"""Making and opening database files: is it ours, whole, of this version; migrate if older."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from tracker.base.atomic import replace_file
from tracker.base.errors import StoreProblem
from tracker.store.backup import copy_database, stamped
from tracker.store.engine import APPLICATION_ID, is_read_only, make_engine, problems_of
from tracker.store.journal import write_step
from tracker.store.migrations import MIGRATIONS, Step
from tracker.store.store import Store
from tracker.store.tables import METADATA, MIGRATION

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

QUICK_CHECK_LIMIT = 64 * 1024 * 1024
"""Up to this size (bytes) a file is checked whole each time it is opened; it takes < 0.1 s."""


def create_store(path: Path, now: datetime) -> Store:
    """Make a new database file and open it. An empty file of that name is taken as new.

    Raises:
        StoreProblem: the file exists.
        FileProblem: the folder cannot be written.
    """
    _refuse_present(path)

    def build(temporary: Path) -> None:
        temporary.touch()
        engine = make_engine(temporary, writing=True)
        with problems_of(path), engine.begin() as connection:
            connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
            METADATA.create_all(connection)
            _mark_done(connection, MIGRATIONS, now)
        engine.dispose()
        _refuse_present(path)  # another program may have made it in the meantime

    replace_file(path, build)
    return Store(path)


def _refuse_present(path: Path) -> None:
    if path.exists() and path.stat().st_size:
        raise StoreProblem(f"文件已经存在：{path.name}", "", "请换一个文件名，或直接打开它")


def open_store(path: Path, now: datetime, migrations: tuple[Step, ...] = MIGRATIONS) -> Store:
    """Open a database file, bringing an older one to today's shape after a backup.

    Args:
        path: the file.
        now: stamped on the backup and on what is migrated.
        migrations: all changes of shape this program knows, in order.

    Raises:
        StoreProblem: no such file, not ours, damaged, locked, or from a newer version.
    """
    _look_at(path)
    with problems_of(path):
        missing = _examine(path, migrations)
    if missing:
        _migrate(path, missing, now)
    return Store(path)


def _look_at(path: Path) -> None:
    if not path.exists():
        raise StoreProblem(
            f"没有这个台账文件：{path}",
            "",
            "请检查文件名；新台账由 import --apply 或 ledger new 建立",
        )
    if not path.is_file():
        raise StoreProblem(f"这不是文件：{path}", "", "请选择台账文件")
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise StoreProblem(
            f"台账文件打不开：{path.name}", str(error), "请检查文件的权限"
        ) from error
    if not head:
        raise StoreProblem(f"这个文件是空的：{path.name}", "", "请用备份恢复，或换一个文件")
    if head != b"SQLite format 3\x00":
        raise StoreProblem(
            f"这不是本程序的台账文件：{path.name}",
            "文件内容不是数据库",
            "请选择台账文件；要导入表格请用“导入”",
        )


def _examine(path: Path, migrations: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the migrations the file still needs; refuse what is not ours, damaged or newer."""
    engine = make_engine(path, writing=False)
    try:
        with engine.begin() as connection:
            if connection.scalar(text("PRAGMA application_id")) != APPLICATION_ID:
                raise StoreProblem(
                    f"这不是本程序的台账文件：{path.name}",
                    "它是别的程序的数据库",
                    "请选择台账文件",
                )
            if path.stat().st_size <= QUICK_CHECK_LIMIT:
                _check_quickly(connection, path)
            done = set(connection.scalars(select(MIGRATION.c.name)))
    finally:
        engine.dispose()
    if done - {step.name for step in migrations}:
        raise StoreProblem(
            f"台账文件由更新版本的程序保存：{path.name}",
            "这一版程序不认识它的结构，打开会损坏内容",
            "请用新版程序打开",
        )
    return tuple(step for step in migrations if step.name not in done)


def _check_quickly(connection: Connection, path: Path) -> None:
    verdict = connection.scalar(text("PRAGMA quick_check(1)"))
    if verdict != "ok":
        raise StoreProblem(
            f"台账文件已损坏：{path.name}",
            str(verdict),
            "请用最近的备份恢复（restore），并保留损坏的文件以备查找",
        )


def _migrate(path: Path, missing: tuple[Step, ...], now: datetime) -> None:
    if is_read_only(path):
        raise StoreProblem(
            f"台账文件需要升级，但它是只读的：{path.name}", "", "请取消“只读”属性后再打开"
        )
    for step in missing:
        copy_database(path, stamped(path, f"升级前-{step.name}", now))
        engine = make_engine(path, writing=True)
        try:
            with problems_of(path), engine.begin() as connection:
                step.run(connection)
                _mark_done(connection, (step,), now)
                if step is missing[-1]:
                    _write_barrier(connection, now)
        finally:
            engine.dispose()


def _write_barrier(connection: Connection, now: datetime) -> None:
    barrier = "升级之前的操作不能再撤销"
    write_step(connection, [], label="升级台账文件", who="程序", at=now, barrier=barrier)


def _mark_done(connection: Connection, steps: tuple[Step, ...], now: datetime) -> None:
    rows = [{"name": step.name, "at": now} for step in steps]
    if rows:
        connection.execute(MIGRATION.insert(), rows)
