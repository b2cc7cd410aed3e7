"""Work off the GUI thread: one serial lane for writing, a small pool for reading.

Progress is polled, the bar appears only after 0.6 s, cancel raises `Cancelled` in the worker and
rolls back. `UserError` is shown as a message; anything else is a bug and reaches the crash dialog.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QRunnable,
    QThreadPool,
    QTimer,
    Signal,
    Slot,
)

from tracker.base.errors import Cancelled, UserError
from tracker.base.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ops.outcome import Outcome
    from tracker.ui.hub import Hub
    from tracker.ui.messages import Messages

T = TypeVar("T")

BAR_AFTER_MS = 600
POLL_MS = 100
TURN = 0.0005
"""Seconds a worker may keep the interpreter from the window, instead of Python's 0.005: a page
asks its model for some sixty cells to be painted, and waits a turn for each."""


class _Signals(QObject):
    """Carries a worker's result over to the GUI thread."""

    finished = Signal(object, object)


class _Job(QRunnable):
    """One piece of work in a pool."""

    def __init__(self, work: Callable[[Progress], Any], progress: Progress) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = _Signals()
        self._work = work
        self._progress = progress

    def run(self) -> None:
        """Do the work; Qt calls this in a thread of the pool."""
        try:
            value, error = self._work(self._progress), None
        except BaseException as caught:  # handed to the GUI thread, which shows or raises it
            value, error = None, caught
        self.signals.finished.emit(value, error)


@dataclass(slots=True)
class Running:
    """A job under way, for the progress bar: its title and its progress.

    Attributes:
        is_writing: it runs in the serial lane.
    """

    title: str
    progress: Progress
    job: _Job
    is_writing: bool


class Runner(QObject):
    """Runs ops for the screens.

    Signals:
        shown: long work has been running for 0.6 s and wants a bar (`Running`).
        moved: its progress was polled (`Running`).
        hidden: the bar is no longer wanted.
    """

    shown = Signal(object)
    moved = Signal(object)
    hidden = Signal()

    def __init__(self, hub: Hub, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._messages = messages
        self._writing = QThreadPool(self)
        self._writing.setMaxThreadCount(1)
        self._reading = QThreadPool(self)
        self._reading.setMaxThreadCount(2)
        self._running: list[Running] = []
        self._is_over = False
        self._unsaved: list[str] = []
        sys.setswitchinterval(TURN)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def is_busy(self) -> bool:
        """Whether any work is under way or waiting."""
        return bool(self._running)

    def write(
        self,
        title: str,
        work: Callable[[Progress], Outcome[T]],
        done: Callable[[Outcome[T]], None] | None = None,
        *,
        initiator: object = None,
        failed: Callable[[], None] | None = None,
        refused: Callable[[UserError], None] | None = None,
    ) -> None:
        """Run an op that writes, one at a time; then tell every view what it touched.

        Args:
            title: what is being done, for the progress bar.
            work: gets the progress, returns the op's outcome. Runs in another thread.
            done: called in the GUI thread with the outcome, after the views were told.
            initiator: the view that started it and need not refresh itself.
            failed: called in the GUI thread after an error was shown or the user cancelled.
            refused: called in the GUI thread with what the user can mend, in place of a box; a
                dialog shows it beside the field.
        """

        def finish(outcome: Outcome[T]) -> None:
            self._hub.tell(outcome.changes, initiator)
            if done is not None:
                done(outcome)

        self._start(self._writing, title, work, finish, failed, refused, saves=True)

    def read(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Run work that only reads; call `done` with its value in the GUI thread."""
        self._start(self._reading, title, work, done, failed)

    def write_file(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Run work that writes a file from the database: in the serial lane, after what is
        being saved, so that the file holds it.
        """
        self._start(self._writing, title, work, done, failed)

    def cancel(self) -> None:
        """Ask all work under way to stop; it rolls back."""
        for running in self._running:
            running.progress.cancel_wanted = True

    def settle(self) -> tuple[str, ...]:
        """Let all writing end and tell what came of it; return why something was not saved."""
        self._unsaved.clear()
        while any(running.is_writing for running in self._running):
            self._end_writing()
        return tuple(self._unsaved)

    def _end_writing(self) -> None:
        self._writing.waitForDone()
        for home in self.findChildren(_Home):
            QCoreApplication.sendPostedEvents(home, QEvent.Type.MetaCall)

    def finish(self) -> None:
        """Let writing end, give up reading; for the moment the window goes away.

        What came of the writing is told here, while there is a window to tell it; from now on
        nothing is started any more.
        """
        self._is_over = True
        self._end_writing()
        for running in self._running:
            running.progress.cancel_wanted = True
        self._reading.waitForDone()
        gc.enable()

    def _start(
        self,
        pool: QThreadPool,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[], None] | None,
        refused: Callable[[UserError], None] | None = None,
        *,
        saves: bool = False,
    ) -> None:
        if self._is_over:
            return
        progress = Progress()
        job = _Job(work, progress)
        running = Running(title, progress, job, pool is self._writing)
        self._running.append(running)
        # A collection in a worker would hold the window up for tenths of a second, and might
        # destroy Qt objects outside the thread they belong to.
        gc.disable()

        @Slot(object, object)
        def finish(value: object, error: BaseException | None) -> None:
            self._forget(running)
            if self._is_over and pool is self._reading:
                return
            if error is None:
                done(value)
                return
            if saves and not isinstance(error, Cancelled):
                known = isinstance(error, UserError)
                self._unsaved.append(str(error) if known else f"{title}时程序出错")
            if failed is not None:
                failed()
            if refused is not None and isinstance(error, UserError):
                refused(error)
            else:
                self._report(error)

        job.signals.finished.connect(self._bring_home(finish))
        self._timer.start()
        QTimer.singleShot(BAR_AFTER_MS, self, lambda: self._show(running))
        pool.start(job)

    def _bring_home(self, finish: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        """Return a slot that Qt runs in the GUI thread: a method of an object living there."""
        home = _Home(self, finish)
        return home.finish

    def _show(self, running: Running) -> None:
        if running in self._running:
            self.shown.emit(running)

    def _poll(self) -> None:
        for running in self._running:
            self.moved.emit(running)

    def _forget(self, running: Running) -> None:
        self._running.remove(running)
        if not self._running:
            gc.enable()
            self._timer.stop()
            self.hidden.emit()

    def _report(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._messages.tell("已取消，没有写入任何内容")
        elif isinstance(error, UserError):
            self._messages.problem(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


class _Home(QObject):
    """Lives in the GUI thread, so that a signal from a worker is delivered there."""

    def __init__(self, parent: QObject, finish: Callable[[Any, Any], None]) -> None:
        super().__init__(parent)
        self._finish = finish

    @Slot(object, object)
    def finish(self, value: object, error: object) -> None:
        """Hand the result on and go away."""
        self.deleteLater()
        self._finish(value, error)
