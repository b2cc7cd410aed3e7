"""A folder that many files go into at once: all of them, or none."""

from __future__ import annotations

import io
import os
import secrets
import shutil
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from tracker.base.atomic import ensure_writable
from tracker.base.errors import FileProblem, UserError, reason
from tracker.files.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from tracker.files.source import Source

_WAITING = ".~发出."
_KEPT = "原有"
_STALE_SECONDS = 3600
"""A folder that waits for so much longer than a new one was left behind by a killed program."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Delivery:
    """Files on their way into a folder: written beside it, then put in place together."""

    def __init__(self, folder: Path, waiting: Path) -> None:
        self._folder = folder
        self._waiting = waiting
        self._kept = waiting / _KEPT
        self._names: list[str] = []
        self._placed: list[Path] = []
        self._moved: list[tuple[Path, Path]] = []

    def prepare(self, name: str, may_replace: Callable[[Path], bool]) -> Path:
        """Return where the file of that name is to be written for now.

        Raises:
            UserError: a file of that name stands in the folder and may not be replaced.
        """
        target = self._folder / name
        ensure_writable(target)
        if target.exists() and not may_replace(target):
            raise UserError(
                f"文件夹里已有“{name}”，没有覆盖",
                "它不是本期发出的空表，或者已经填过、改过",
                "请换一个文件夹，或先把它移走",
            )
        self._names.append(name)
        return self._waiting / name

    def put_in_place(self) -> tuple[Path, ...]:
        """Move all files into the folder; return where they lie.

        Raises:
            FileProblem: one cannot be put there; then none is.
        """
        self._kept.mkdir()
        for name in self._names:
            target = self._folder / name
            try:
                if target.exists():
                    os.replace(target, self._kept / name)
                    self._moved.append((self._kept / name, target))
                os.replace(self._waiting / name, target)
            except OSError as error:
                raise FileProblem(
                    f"无法保存“{name}”",
                    f"文件可能正在 Excel 或 WPS 中打开（{reason(error)}）",
                    "请关闭它，或换一个文件夹",
                ) from error
            self._placed.append(target)
        return tuple(self._placed)

    def take_back(self) -> bool:
        """Leave the folder as it was; return whether every file is back in its place."""
        complete = True
        for path in self._placed:
            complete &= _tried(path.unlink)
        for kept, target in self._moved:
            complete &= _tried(partial(os.replace, kept, target))
        return complete


def _tried(act: Callable[[], object]) -> bool:
    try:
        act()
    except OSError:
        return False
    return True


@contextmanager
def delivering(folder: Path) -> Iterator[Delivery]:
    """Give a delivery into a folder, which is made where there is none.

    Whatever goes wrong inside, the folder is left as it was. Should even that be impossible, the
    files that stood there before stay in the hidden folder that waits inside it.

    Raises:
        FileProblem: the folder cannot be made or written to, or the disk is full.
    """
    made = _make(folder)
    waiting = folder / f"{_WAITING}{secrets.token_hex(4)}"
    delivery = Delivery(folder, waiting)
    done = False
    try:
        try:
            waiting.mkdir()
            _remove_stale(folder, waiting)
        except OSError as error:
            raise _no_folder(folder, error) from error
        try:
            yield delivery
        except OSError as error:
            raise _no_folder(folder, error) from error
        done = True
    finally:
        clean = done or delivery.take_back()
        if clean:
            shutil.rmtree(waiting, ignore_errors=True)
        for path in made if clean and not done else ():
            _tried(path.rmdir)


def _make(folder: Path) -> list[Path]:
    """Make the folder; return those that were made, the innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _no_folder(folder, error) from error
    return missing


def _remove_stale(folder: Path, waiting: Path) -> None:
    """Remove what a killed program left behind, unless files of before are kept in it."""
    now = waiting.stat().st_mtime  # the file system's own time: no clock of ours is asked
    for path in folder.glob(f"{_WAITING}*"):
        stale = now - path.stat().st_mtime > _STALE_SECONDS
        if stale and not any((path / _KEPT).glob("*")):
            shutil.rmtree(path, ignore_errors=True)


def _no_folder(folder: Path, error: OSError) -> FileProblem:
    return FileProblem(f"不能写入文件夹“{folder}”", reason(error), "请换一个位置，或清理磁盘后再试")


def untouched(path: Path, made_at: Callable[[Source], datetime | None]) -> bool:
    """Tell whether a file is still as this program wrote it: any saving sets other times inside.

    Args:
        path: a workbook or document.
        made_at: gives the moment by the file's stamp; None where it is not the one looked for.
    """
    try:
        source = read_file(path)
        moment = made_at(source)
        if moment is None:
            return False
        with ZipFile(io.BytesIO(source.content)) as archive:
            times = {info.date_time for info in archive.infolist()}
    except (UserError, BadZipFile):
        return False
    year, month, day, hour, minute, second = max(moment.timetuple()[:6], _EARLIEST)
    # A zip holds every other second
    return times == {(year, month, day, hour, minute, second // 2 * 2)}
