"""Small parts that many pages are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


def hairline() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setProperty("line", True)
    line.setFixedHeight(1)
    return line


def side_by_side(*widgets: QWidget | None) -> QHBoxLayout:
    """Return widgets side by side; None takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


def quiet(text: str) -> QLabel:
    """Return a label for words of minor weight."""
    label = QLabel(text)
    label.setProperty("quiet", True)
    return label


class CutLabel(QLabel):
    """One line of plain words, cut with “…” where it has no room; the whole is its tool tip."""

    def __init__(self, text: str, *, is_quiet: bool = False) -> None:
        super().__init__(" ".join(text.split()))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("quiet", is_quiet)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few signs at least."""
        wide = self.fontMetrics().horizontalAdvance("国" * 4)
        return QSize(min(wide, self.sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        cut = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), cut, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), words)
