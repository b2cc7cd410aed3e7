"""Files kept in the office's database, opened as temporary copies that go with the program."""

from __future__ import annotations

import shutil
import stat
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from tracker.base.errors import FileProblem
from tracker.base.file_names import safe_file_name

if TYPE_CHECKING:
    from collections.abc import Callable

NO_PROGRAM = "没有程序能打开这种文件；可以先“另存”，再用别的程序打开"


def open_with_system(path: Path) -> bool:
    """Open a file with the program the system has for it; tell whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class TemporaryCopies:
    """Writes stored files into a temporary folder and opens them there, read-only.

    The folder is made with the first copy and taken away when this object goes.

    Attributes:
        open_path: opens a file with the system's program.
    """

    def __init__(self, open_path: Callable[[Path], bool] = open_with_system) -> None:
        self.open_path = open_path
        self._folder: Path | None = None

    def place(self, name: str, write: Callable[[Path], object]) -> Path:
        """Have a copy written under its own name, in a folder of its own, and return its path.

        Raises:
            FileProblem: there is no room for it.
        """
        try:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="tracker-"))
                weakref.finalize(self, _remove, self._folder)
            place = Path(tempfile.mkdtemp(dir=self._folder))
            path = place / safe_file_name(name)
            write(path)
            path.chmod(stat.S_IREAD)
        except OSError as error:
            raise FileProblem(f"打不开“{name}”", str(error), "请检查磁盘空间后再试") from error
        return path

    def open(self, path: Path) -> bool:
        """Open a copy; tell whether there is a program for it."""
        return self.open_path(path)


def _remove(folder: Path) -> None:
    """Take the folder away; a copy that another program still holds stays for the system."""
    for path in folder.rglob("*"):
        with suppress(OSError):  # held by another program, as in the line after
            path.chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)
