"""Looking after the database file: health, backup, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, StoreProblem
from tracker.store.backup import BACKUP_FOLDER, copy_database, stamped
from tracker.store.check import check_file
from tracker.store.files import open_store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def check_office(path: Path, now: datetime) -> tuple[str, ...]:
    """Return what is wrong with a database file; nothing where it is whole.

    Raises:
        StoreProblem: it cannot be opened at all.
    """
    open_store(path, now).close()
    return check_file(path)


def backup_folder(path: Path) -> Path:
    """Return the folder in which a database file's backups lie, whether it is there or not."""
    return path.parent / BACKUP_FOLDER


def copy_backup(backup: Path, folder: Path) -> Path:
    """Copy a backup into another folder; return where the second copy lies.

    Raises:
        FileProblem: the folder is not there or cannot be written.
    """
    if not folder.is_dir():
        raise FileProblem(
            f"备份没有另存到“{folder.name}”",
            "这个文件夹现在不在",
            "插上 U 盘或连上共享盘再备份一次",
        )
    target = _free(folder / backup.name)
    copy_database(backup, target)
    return target


def backup_office(path: Path, now: datetime, to: Path | None = None) -> Path:
    """Copy a database file, even one in use; return where the copy lies.

    Args:
        to: where the copy goes; without it a dated name in the folder 备份 beside the file.
    """
    open_store(path, now).close()
    target = to or _free(stamped(path, "手动", now))
    copy_database(path, target)
    return target


def restore_office(backup: Path, to: Path, *, who: str, now: datetime) -> Path | None:
    """Put a backup in the place of a database file; return where that one was kept.

    The file that is replaced is copied first; the restored one notes the restore in its trace,
    and nothing before it can be undone.

    Raises:
        StoreProblem: the backup is no database of ours, or is damaged.
    """
    problems = check_office(backup, now)
    if problems:
        raise StoreProblem(f"这个备份已损坏：{backup.name}", problems[0], "请换一个备份")
    kept = None
    if to.exists() and to.stat().st_size:
        kept = _free(stamped(to, "恢复前", now))
        kept = _keep(to, kept)
    copy_database(backup, to)
    store = open_store(to, now)
    try:
        with store.change(f"恢复备份：{backup.name}", who, now) as work:
            work.barrier = "恢复备份之前的操作不能再撤销"
    finally:
        store.close()
    return kept


def _keep(path: Path, target: Path) -> Path:
    """Copy what is about to be replaced, byte by byte: it may be too damaged to be read.

    The journal of a transaction that was cut off goes with it. Left behind, it would be played
    back into the file that takes its place, and spoil it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(path.read_bytes())
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        journal.replace(target.with_name(f"{target.name}-journal"))
    return target


def _free(path: Path) -> Path:
    """Return `path`, or the first numbered variant that does not exist."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return candidate
