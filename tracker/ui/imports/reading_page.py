"""What is shown while a table is read: its name, how far it is, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tracker.ui.imports.steps import Steps

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.ui.kit import Kit
    from tracker.ui.run import Running


class ReadingPage(QWidget):
    """Says what is being read.

    Signals:
        cancelled: the user thinks better of it.
    """

    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel()
        self._name.setProperty("heading", True)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._state = QLabel()
        self._state.setProperty("quiet", True)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(320)
        self.cancel = QPushButton("取消")
        self.cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(Steps(kit, 1))
        column.addStretch(1)
        for part in (self._name, self._state, self.bar, self.cancel):
            column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        kit.runner.moved.connect(self._on_moved)

    def show_name(self, name: str) -> None:
        """Begin with a file."""
        self._name.setText(f"正在读取“{name}”")
        self._state.setText("只读取和核对，不写入台账")
        self.bar.setRange(0, 0)
        self.cancel.setFocus()

    def _on_moved(self, running: Running) -> None:
        progress = running.progress
        if self.isVisible() and progress.text:
            self._state.setText(progress.text)
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
