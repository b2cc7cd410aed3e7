"""A read of which only the latest result counts: a list that is typed at, counts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.run import Runner

T = TypeVar("T")


class LatestRead(QObject, Generic[T]):
    """Runs a read in a worker, at most one at a time; who asks meanwhile gets one more run.

    So a fast list answers each keystroke at once, and a slow one never queues up work.

    Args:
        make: called in the GUI thread; returns the work with everything it needs, or None where
            there is nothing to read.
        done: called in the GUI thread with the value, unless it is out of date by then.
        in_order: it runs in the lane of what writes, because it tries something out.
    """

    def __init__(
        self,
        runner: Runner,
        title: str,
        make: Callable[[], Callable[[], T] | None],
        done: Callable[[T], None],
        parent: QObject | None = None,
        *,
        in_order: bool = False,
    ) -> None:
        super().__init__(parent)
        self._start = runner.write_file if in_order else runner.read
        self._title = title
        self._make = make
        self._done = done
        self._is_running = False
        self._is_stale = False

    @property
    def is_running(self) -> bool:
        """Whether a result is still to come."""
        return self._is_running

    def ask(self) -> None:
        """Read as things stand now; what is being read for an earlier question is dropped."""
        if self._is_running:
            self._is_stale = True
            return
        work = self._make()
        if work is None:
            return
        self._is_running, self._is_stale = True, False
        self._start(self._title, lambda _progress: work(), self._take, failed=self._over)

    def _take(self, value: T) -> None:
        if not isValid(self):
            return  # the view went away while the worker was reading
        stale = self._is_stale
        self._over()
        if not stale:
            self._done(value)

    def _over(self) -> None:
        if not isValid(self):
            return
        self._is_running = False
        if self._is_stale:
            self._is_stale = False
            self.ask()
