"""The last page of the wizard: what was done, and what usually follows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.ui.widgets.labels import quiet, side_by_side


class DonePage(QWidget):
    """Says what was done.

    Attributes:
        undo: takes the reform back, as one step.
        breakdown: writes the 责任分解表 with the new names.
        next: begins another reform on the same day with the same basis.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("heading", True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = quiet("")
        self.more.setWordWrap(True)
        self.undo = QPushButton("撤销这次改革")
        self.breakdown = QPushButton("打印改革后的责任分解表…")
        self.next = QPushButton("接着办下一项")
        self.next.setToolTip("日期和依据照旧，单位另选")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 16, 4, 4)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.more)
        column.addLayout(side_by_side(self.breakdown, self.next, self.undo, None))
        column.addStretch(1)
        for button in (self.undo, self.breakdown, self.next):
            button.setAutoDefault(False)

    def show_done(self, sentence: str, more: str) -> None:
        """Say what was done."""
        self.words.setText(f"✓ {sentence}")
        self.more.setText(more)
        self.undo.setEnabled(True)
        self.breakdown.setEnabled(True)

    def show_undone(self, sentence: str) -> None:
        """Say that it was taken back."""
        self.words.setText(sentence)
        self.more.setText("单位、任务、反馈表都与改革前一样。")
        self.undo.setEnabled(False)
        self.breakdown.setEnabled(False)
