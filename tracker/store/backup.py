"""Backups: whole copies of the database file, made by SQLite itself and swapped in whole."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.base.atomic import replace_file
from tracker.store.engine import address, problems_of

if TYPE_CHECKING:
    from pathlib import Path

BACKUP_FOLDER = "备份"


def stamped(path: Path, reason: str, now: datetime) -> Path:
    """Return where a backup of `path` goes: a folder beside it, named, dated and sortable."""
    name = f"{path.stem}-{now:%Y%m%d-%H%M%S}-{reason}{path.suffix}"
    return path.parent / BACKUP_FOLDER / name


def newest_backup(path: Path) -> datetime | None:
    """Return when the newest backup of `path` was made, by its name; None where there is none."""
    found = re.compile(re.escape(path.stem) + r"-(\d{8}-\d{6})-.*" + re.escape(path.suffix))
    folder = path.parent / BACKUP_FOLDER
    names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
    stamps = [match[1] for name in names if (match := found.fullmatch(name))]
    return datetime.strptime(max(stamps), "%Y%m%d-%H%M%S") if stamps else None


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
