"""Backups: whole copies of the database file, made by SQLite itself and swapped in whole."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tracker.base.atomic import replace_file
from tracker.store.engine import address, problems_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

BACKUP_FOLDER = "备份"


def stamped(path: Path, reason: str, now: datetime) -> Path:
    """Return where a backup of `path` goes: a folder beside it, named, dated and sortable."""
    name = f"{path.stem}-{now:%Y%m%d-%H%M%S}-{reason}{path.suffix}"
    return path.parent / BACKUP_FOLDER / name


def copy_database(source: Path, target: Path) -> None:
    """Copy a database, even one in use, to `target`, written beside and swapped in.

    Raises:
        StoreProblem: the source cannot be read.
        FileProblem: the target cannot be written; what was there before still is.
    """
    target.parent.mkdir(parents=True, exist_ok=True)

    def copy(temporary: Path) -> None:
        with problems_of(source):
            reading = sqlite3.connect(address(source), uri=True)
            writing = sqlite3.connect(temporary)
            try:
                reading.backup(writing)
            finally:
                writing.close()
                reading.close()

    replace_file(target, copy)
