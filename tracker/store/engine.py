"""Opening SQLite: pragmas, transactions, and the database's own errors in the user's words."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from tracker.base.errors import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x5A52_4C53  # “ZRLS”, 责任落实: tells our files from other SQLite databases
LOCK_WAIT_SECONDS = 5
READER_CACHE_KIB = 64 * 1024
"""Holds the tasks and the current entries of the largest offices, so that lists scroll freely."""


def is_read_only(path: Path) -> bool:
    """Tell whether the file is meant to be left alone: no write bit, or no permission.

    The mode bit counts for every user: an administrator may write to such a file, but whoever
    set it does not want that.
    """
    mode = path.stat().st_mode
    return not mode & stat.S_IWUSR or not os.access(path, os.W_OK)


def address(path: Path) -> str:
    """Return the URI to open the file by: never made anew, and for writing where it may be.

    A reader too needs to write when a killed program left its last transaction half done.
    """
    mode = "ro" if is_read_only(path) else "rw"
    return f"file:{quote(str(path.resolve()))}?mode={mode}"


def make_engine(path: Path, *, writing: bool) -> Engine:
    """Return an engine whose transactions begin IMMEDIATE (writing) or DEFERRED (reading).

    The driver's own transaction handling is switched off: with it, a failed migration would
    leave half-made tables behind.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address(path),
            uri=True,
            timeout=LOCK_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        if not writing:
            connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
        return connection

    # A reader keeps its connection and with it the pages it has seen; a writer lets go at once.
    pool = NullPool if writing else QueuePool
    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=pool,
        json_serializer=json.JSONEncoder(ensure_ascii=False).encode,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


_PROBLEMS = {
    sqlite3.SQLITE_NOTADB: (
        "这不是本程序的台账文件",
        "文件内容不是数据库",
        "请选择扩展名为 .db 的台账文件",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "台账文件已损坏",
        "文件内容残缺或被改动",
        "请用最近的备份恢复（restore），并保留损坏的文件以备查找",
    ),
    sqlite3.SQLITE_BUSY: (
        "台账文件正被占用",
        "另一个程序或窗口正在写这个文件",
        "请关闭占用它的程序后再试一次",
    ),
    sqlite3.SQLITE_LOCKED: ("台账文件正被占用", "另一个操作尚未结束", "请稍候再试一次"),
    sqlite3.SQLITE_READONLY: (
        "台账文件是只读的",
        "文件或所在磁盘不允许写入",
        "请取消文件的“只读”属性，或把它复制到可以写入的文件夹",
    ),
    sqlite3.SQLITE_FULL: ("磁盘已满", "没有空间保存改动，台账未作改动", "请清理磁盘后再试一次"),
    sqlite3.SQLITE_CANTOPEN: (
        "台账文件打不开",
        "文件不存在，或没有读取它的权限",
        "请检查文件和文件夹的位置与权限",
    ),
    sqlite3.SQLITE_IOERR: (
        "读写台账文件时磁盘出错",
        "磁盘、U盘或网络盘没有响应",
        "请检查磁盘是否仍然连接，台账未作改动",
    ),
    sqlite3.SQLITE_PERM: ("没有权限使用台账文件", "", "请检查文件的权限"),
    sqlite3.SQLITE_AUTH: ("没有权限使用台账文件", "", "请检查文件的权限"),
}


@contextmanager
def problems_of(path: Path) -> Iterator[None]:
    """Turn the database's errors that the user can mend into `StoreProblem`.

    A broken constraint or a wrong statement is our fault and passes through unchanged.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause: Any = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if code not in _PROBLEMS:
            raise
        what, why, do = _PROBLEMS[code]
        raise StoreProblem(f"{what}：{path.name}", why, do) from error
