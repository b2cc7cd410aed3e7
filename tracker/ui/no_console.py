"""A command given to the window program on Windows, where there is no console to print to."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

from tracker.base.paths import CONSOLE_TWIN
from tracker.ui.app import has_display, make_application

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

HINT = f"窗口程序没有命令行窗口，结果显示在这里。以后请用同一文件夹里的 {CONSOLE_TWIN} 执行命令。"


def run_shown(command: Callable[[], int]) -> int:
    """Run a command, show in a dialog what it printed, and return its exit status.

    Args:
        command: prints to standard output and standard error, and may leave by `SystemExit`.
    """
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            status = command()
        except SystemExit as leaving:  # help, version and wrong usage end so
            status = leaving.code if isinstance(leaving.code, int) else 0
    if has_display():
        _show(said.getvalue())
    return status


def _show(text: str) -> None:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    _application = QApplication.instance() or make_application([CONSOLE_TWIN])
    if QGuiApplication.platformName() != "offscreen":  # nobody could see and close it there
        output_dialog(text).exec()


def output_dialog(text: str) -> QDialog:
    """Return the dialog with what a command printed."""
    from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

    dialog = QDialog()
    dialog.setWindowTitle("命令的结果")
    dialog.resize(720, 420)
    layout = QVBoxLayout(dialog)
    hint = QLabel(HINT)
    hint.setWordWrap(True)
    box = QPlainTextEdit(text)
    box.setReadOnly(True)
    close = QPushButton("知道了")
    close.clicked.connect(dialog.accept)
    for part in (box, hint, close):
        layout.addWidget(part)
    return dialog
