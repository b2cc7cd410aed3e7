"""One window for a file: who opens it a second time on this computer is told so."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QStandardPaths

from tracker.base.errors import UserError

_WAIT_MS = 50


class HeldFile:
    """Holds the open file against a second window.

    What is held lies in the system's folder for temporary files, so that a stick or a folder
    that cannot be written holds no strange file. A program that was killed holds nothing.
    """

    def __init__(self) -> None:
        self._lock: QLockFile | None = None
        self._path: Path | None = None

    def take(self, path: Path) -> None:
        """Hold a file and let go of the one held before.

        Raises:
            UserError: another window has it open.
        """
        real = path.resolve()
        if real == self._path:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)
        name = hashlib.sha256(str(real).encode()).hexdigest()[:24]
        lock = QLockFile(str(Path(folder) / f"tracker-{name}.lock"))
        lock.setStaleLockTime(0)  # held as long as the program that took it lives
        if not lock.tryLock(_WAIT_MS) and lock.error() is QLockFile.LockError.LockFailedError:
            raise UserError(
                f"“{path.name}”已经在另一个窗口里打开",
                "同一个台账开两个窗口，容易看错新旧",
                "请切换到那个窗口（看不见时，在任务栏右侧的托盘里找）；或先把它关掉，再打开",
            )
        self.leave()
        self._lock, self._path = lock, real

    def leave(self) -> None:
        """Let go of the file."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock = self._path = None
