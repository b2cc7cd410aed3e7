"""The head of the board: how many forms are back, until when, and the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from tracker.ui.theme import Theme

WIDTH, HEIGHT = 20, 10
"""Of the bar, the width in signs of the text."""


class ReturnBar(QWidget):
    """A bar as long as the share of the forms that are back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setMaximumWidth(WIDTH * self._theme.size)
        self.updateGeometry()

    def show_share(self, returned: int, expected: int) -> None:
        """Show how many of how many."""
        self._share = returned / expected if expected else 0.0
        words = f"已回收{returned}家，应报{expected}家"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As long as the text is large."""
        return QSize(WIDTH * self._theme.size, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """It gives way first in a narrow window."""
        return QSize(4 * self._theme.size, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the way and how much of it is done."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        way = QRectF(0, 0, self.width(), self.height())
        painter.setBrush(colours.of("grey_soft"))
        painter.drawRoundedRect(way, HEIGHT / 2, HEIGHT / 2)
        if self._share > 0:
            done = QRectF(0, 0, max(way.width() * min(self._share, 1.0), HEIGHT), way.height())
            painter.setBrush(colours.of("green"))
            painter.drawRoundedRect(done, HEIGHT / 2, HEIGHT / 2)


class HeadBar(QWidget):
    """What is told at the left, buttons at the right, below it where both have no room."""

    def __init__(self, told: Sequence[QWidget], buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(12, 8, 12, 8)
        self._rows.setSpacing(8)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(12)
        right.setSpacing(4)
        for part in told:
            left.addWidget(part, int(isinstance(part, ReturnBar)))
        left.addStretch(1)
        right.addStretch(1)
        for button in buttons:
            right.addWidget(button)
        self._rows.addLayout(left, 1)
        self._rows.addLayout(right)
        self._sides = (left, right)

    def minimumSizeHint(self) -> QSize:
        """No wider than the wider of both."""
        least = super().minimumSizeHint()
        return QSize(max(side.minimumSize().width() for side in self._sides) + 24, least.height())

    def event(self, event: QEvent) -> bool:
        """Other words may need another number of rows."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row where there is room, else two."""
        self._fold()
        super().resizeEvent(event)

    def _fold(self) -> None:
        needed = sum(side.minimumSize().width() for side in self._sides) + 32
        wide = self.width() >= needed
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._rows.direction() != direction:
            self._rows.setDirection(direction)


def head_label() -> QLabel:
    """Return the label for “第3期反馈　已回收 42 / 58”."""
    label = QLabel()
    label.setProperty("heading", True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
