"""The self-test of the window: it opens, shows the sample, and closes again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from tracker.base.paths import WINDOW_PROGRAM
from tracker.ui.app import has_display, open_window
from tracker.ui.recent import Choices

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from tracker.ui.main_window import MainWindow

LOOK_EVERY_MS = 20
LOOKS = 3000
"""A minute: a slow computer that also checks every new program for viruses."""
LEAST_COLOURS = 24
"""A painted page has smoothed letters in several colours; an empty one has two or three."""


def try_window(clock: Callable[[], datetime]) -> tuple[str, ...]:
    """Open the window, then the sample; look whether both are painted; close it.

    Nothing of the user's is read or written. Where there is no display the window is painted
    where nobody sees it.

    Returns:
        What was seen.

    Raises:
        AssertionError: the window does not do what it should.
    """
    platform = [] if has_display() else ["-platform", "offscreen"]
    with tempfile.TemporaryDirectory(prefix="tracker-smoke-") as folder:
        settings = QSettings(str(Path(folder) / "choices.ini"), QSettings.Format.IniFormat)
        words = [WINDOW_PROGRAM, *platform]
        application, window = open_window(words, clock, lambda: Choices(settings))
        try:
            return _look(window)
        finally:
            _close(application, window)


def _look(window: MainWindow) -> tuple[str, ...]:
    _wait(window.isVisible, "窗口没有出现")
    if QCoreApplication.translate("QPlatformTheme", "Cancel") != "取消":
        raise AssertionError("smoke: Qt 自己的文字不是中文")
    _see(window.start, "起始页")
    window.commands.open_sample()
    _wait(lambda: window.kit.hub.office is not None, "示例台账没有打开")
    view = window.view("台账")
    model = view.model  # type: ignore[attr-defined]  # of the ledger's view
    _wait(lambda: model.rowCount() > 0, "示例台账里没有出现任务")
    _wait(lambda: window.is_furnished and not window.kit.runner.is_busy, "窗口两侧没有填好")
    _see(view, "台账")
    return ("窗口：起始页", f"窗口：示例台账，{model.rowCount()} 项任务")


def _see(widget: QWidget, name: str) -> None:
    picture = widget.grab().toImage()
    colours = {
        picture.pixel(x, y) for x in range(picture.width()) for y in range(0, picture.height(), 3)
    }
    if len(colours) < LEAST_COLOURS:
        raise AssertionError(f"smoke: {name} 没有画出来（{len(colours)} 种颜色）")


def _wait(is_true: Callable[[], bool], problem: str) -> None:
    """Let the window work until something is so.

    Raises:
        AssertionError: it is not so in time, or a dialog asks or reports something.
    """
    loop, timer, seen = QEventLoop(), QTimer(), [problem]
    left = iter(range(LOOKS))

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            seen.append(_words(dialog))
            dialog.close()
            loop.quit()
        elif is_true() or next(left, None) is None:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_EVERY_MS)
    loop.exec()
    timer.stop()
    if len(seen) > 1 or not is_true():
        raise AssertionError(f"smoke: {'：'.join(seen)}")


def _words(dialog: QWidget) -> str:
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    boxes = [box.toPlainText() for box in dialog.findChildren(QPlainTextEdit)]
    return " ".join((*labels, *boxes))


def _close(application: QApplication, window: MainWindow) -> None:
    window.close()
    application.shutdown()
