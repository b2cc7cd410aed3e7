"""A whole folder made beside its place and put there at once; what stood there goes only then."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, UserError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WAITING = ".~归档."


@contextmanager
def building(folder: Path, may_replace: Callable[[Path], bool]) -> Iterator[Path]:
    """Give a folder to fill that takes the place of `folder` when all is done.

    Whatever goes wrong inside, `folder` stays as it was and nothing half-written is left.

    Args:
        folder: where it is to lie; may not be there, or be empty.
        may_replace: tells of a folder that is there and not empty whether it may go.

    Raises:
        UserError: something else stands there.
        FileProblem: it cannot be made or written to, or the disk is full.
    """
    folder = Path(os.path.abspath(folder))
    _check(folder, may_replace)
    waiting = folder.with_name(f"{_WAITING}{secrets.token_hex(4)}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        waiting.mkdir()
    except OSError as error:
        raise _problem(folder, error) from error
    try:
        yield waiting
        _put(waiting, folder)
    except OSError as error:
        raise _problem(folder, error) from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _check(folder: Path, may_replace: Callable[[Path], bool]) -> None:
    if folder.exists() and not folder.is_dir():
        raise UserError(f"“{folder.name}”已经是一个文件", "", "请换一个文件夹")
    if folder.is_dir() and any(folder.iterdir()) and not may_replace(folder):
        raise UserError(
            f"文件夹“{folder.name}”里已有别的文件，没有覆盖",
            "它不是本程序写的归档",
            "请换一个文件夹，或先把它移走",
        )


def _put(waiting: Path, folder: Path) -> None:
    if not folder.exists():
        os.replace(waiting, folder)
        return
    former = waiting.with_name(f"{waiting.name}.原有")
    os.replace(folder, former)
    try:
        os.replace(waiting, folder)
    except OSError:
        os.replace(former, folder)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _problem(folder: Path, error: OSError) -> FileProblem:
    return FileProblem(
        f"归档没有写成：“{folder.name}”",
        f"{reason(error)}（文件可能正打开着，或磁盘已满、已断开）",
        "请检查后再试，或换一个位置；原来的文件没有动",
    )
