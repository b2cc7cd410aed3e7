"""A new folder of many files: written beside its place under another name, then put there whole."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, reason
from tracker.base.file_names import free_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAITING = ".~材料."
_STALE_SECONDS = 3600
"""A folder that waits for so much longer than a new one was left behind by a killed program."""
_TRIES = 8
_PAUSE = 0.25
"""Seconds: a virus scanner on Windows holds new files for a moment."""


class NewFolder:
    """A folder on its way.

    Attributes:
        waiting: where its files are to be written; another place than the last.
        place: where it lies in the end; None as long as it waits.
    """

    def __init__(self, waiting: Path) -> None:
        self.waiting = waiting
        self.place: Path | None = None

    def put(self, wanted: Path) -> None:
        """Put the folder in place, with a number where that name is taken."""
        for left in reversed(range(_TRIES)):
            target = free_path(wanted)
            try:
                os.rename(self.waiting, target)
            except PermissionError:
                if not left:
                    raise
                time.sleep(_PAUSE)
            else:
                self.place = target
                return

    def at_last(self, path: Path) -> Path:
        """Return where a file written in `waiting` lies in the end."""
        return path if self.place is None else self.place / path.relative_to(self.waiting)


@contextmanager
def new_folder(parent: Path, name: str) -> Iterator[NewFolder]:
    """Give a folder to fill; when that ends well it stands in `parent` under `name`.

    Whatever goes wrong inside, nothing of it is left. What stands there already stays: the new
    folder gets a number.

    Raises:
        FileProblem: the parent is missing, no folder or cannot be written to.
    """
    _check(parent)
    waiting = parent / f"{_WAITING}{secrets.token_hex(4)}"
    folder = NewFolder(waiting)
    try:
        try:
            waiting.mkdir()
            _remove_stale(parent, waiting)
        except OSError as error:
            raise _problem(parent, error) from error
        yield folder
        try:
            folder.put(parent / name)
        except OSError as error:
            raise _problem(parent, error) from error
    finally:
        if folder.place is None:
            shutil.rmtree(waiting, ignore_errors=True)


def make_within(folder: Path, inner: Path) -> None:
    """Make a folder inside one that is being filled, unless it is there.

    Raises:
        FileProblem: it cannot be made, as on a full disk.
    """
    try:
        inner.mkdir(exist_ok=True)
    except OSError as error:
        raise _problem(folder.parent, error) from error


def _check(parent: Path) -> None:
    try:
        exists, is_folder = parent.exists(), parent.is_dir()
    except (OSError, ValueError) as error:
        raise _problem(parent, error) from error
    if not exists:
        raise FileProblem(f"文件夹“{parent}”不存在", "", "请先建好这个文件夹，或换一个位置")
    if not is_folder:
        raise FileProblem(f"“{parent}”不是文件夹", "", "请换一个位置")
    if not os.access(parent, os.W_OK):
        raise FileProblem(f"不能写入文件夹“{parent}”", "没有写入权限", "请换一个位置")


def _remove_stale(parent: Path, waiting: Path) -> None:
    now = waiting.stat().st_mtime  # the file system's own time: no clock of ours is asked
    for path in parent.glob(f"{_WAITING}*"):
        if path != waiting and now - path.lstat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _problem(parent: Path, error: OSError | ValueError) -> FileProblem:
    why = reason(error) if isinstance(error, OSError) else str(error)
    return FileProblem(f"不能写入文件夹“{parent}”", why, "请换一个位置，或清理磁盘后再试")
