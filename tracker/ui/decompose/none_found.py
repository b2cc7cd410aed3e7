"""What stands in the place of the list where no task was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

_DO = (
    "如有要跟踪的工作，请在左侧选中那段文字，再点“选文作任务”（Ctrl+T）；"
    "序号、单位和时限会从选中的文字里读出。"
)


class NoneFound(QWidget):
    """Says that there is no task in the document, why, and what can be done.

    Signals:
        take_wanted: the words selected on the left shall become a task.
    """

    take_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("没有发现任务")
        title.setProperty("heading", True)
        self.reason = _wrapped("")
        self.take = QPushButton("把选中的文字作为任务")
        self.take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take.clicked.connect(self.take_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(self.reason)
        column.addWidget(_wrapped(_DO))
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)

    def show_reason(self, words: str) -> None:
        """Say why no task was found."""
        self.reason.setText(f"{words}。")


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("quiet", True)
    return label
