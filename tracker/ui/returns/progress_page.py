"""What is shown while forms are made or returned files are read: how far it is, a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.ui.kit import Kit
    from tracker.ui.run import Running

_WIDTH = 28


class ProgressPage(QWidget):
    """Says what is being done.

    Signals:
        cancelled: the user thinks better of it.
    """

    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._first = ""
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.state = QLabel()
        self.state.setProperty("quiet", True)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.cancel = QPushButton("取消")
        self.cancel.clicked.connect(self._give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addStretch(1)
        for part in (self.title, self.bar, self.state, self.cancel):
            column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        kit.runner.moved.connect(self._on_moved)
        kit.theme.changed.connect(self._fit)
        self._fit()

    def begin(self, title: str, first: str) -> None:
        """Begin with something.

        Args:
            title: what is being done.
            first: what is said until there is something to count.
        """
        self.title.setText(title)
        self.state.setText(first)
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.cancel.setText("取消")
        self.cancel.setFocus()

    def _fit(self) -> None:
        self.bar.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * _WIDTH)

    def _on_moved(self, running: Running) -> None:
        progress = running.progress
        if self.isVisible() and progress.text:
            self.state.setText(progress.text)
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)

    def _give_up(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText("正在取消…")
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape and self.cancel.isEnabled():
            self._give_up()
        else:
            super().keyPressEvent(event)
