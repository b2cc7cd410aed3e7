"""A bug shows itself: a dialog with what to copy to whoever looks after the program."""

from __future__ import annotations

import platform
import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QThread, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from tracker import __version__

if TYPE_CHECKING:
    from types import TracebackType


class CrashDialog(QDialog):
    """Says that the program made a mistake, that the work is safe, and offers the details."""

    def __init__(self, details: str) -> None:
        super().__init__()
        self.setWindowTitle("程序出错")
        self.resize(640, 420)
        self.details = details
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(12)
        headline = QLabel("程序在刚才的操作中出错了")
        headline.setProperty("heading", True)
        words = QLabel(
            "这是程序的问题，不是您的操作有误。刚才这一步没有写入，之前的内容都已保存。\n"
            "可以继续使用；请复制下面的内容交给维护人员。"
        )
        words.setWordWrap(True)
        box = QPlainTextEdit(details)
        box.setReadOnly(True)
        copy = QPushButton("复制")
        copy.clicked.connect(self.copy)
        close = QPushButton("继续使用")
        close.setProperty("primary", True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(copy)
        buttons.addWidget(close)
        for part in (headline, words, box):
            layout.addWidget(part)
        layout.addLayout(buttons)

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)


def describe(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return what a maintainer needs: versions, system, traceback."""
    head = (
        f"责任分解落实台账 {__version__} · Python {platform.python_version()} · Qt {qVersion()}"
        f" · {platform.platform()}\n\n"
    )
    return head + "".join(traceback.format_exception(kind, error, trace))


def install() -> None:
    """Show the dialog for every exception that nobody expected, slots included."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = describe(kind, error, trace)
        if sys.stderr is not None:  # a windowed build has none
            sys.stderr.write(details)
        application = QCoreApplication.instance()
        if application is not None and QThread.currentThread() is application.thread():
            CrashDialog(details).exec()  # in a worker it could be neither painted nor closed

    sys.excepthook = show
