"""A bar of buttons that folds into two rows where one has no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

GAP = 4


class FoldingBar(QWidget):
    """Buttons at the left and others at the right; the latter go below rather than be cut."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__()
        self._groups = (_group(left, at_end=False), _group(right, at_end=True))
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GAP)
        for group in self._groups:
            self._rows.addWidget(group)

    def minimumSizeHint(self) -> QSize:
        """No wider than the wider of both."""
        least = super().minimumSizeHint()
        margins = self.contentsMargins()
        wider = max(group.sizeHint().width() for group in self._groups)
        return QSize(wider + margins.left() + margins.right(), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where there is less room now."""
        self._fold()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Fold too where what stands in it says more now."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fold()
        return done

    def _fold(self) -> None:
        """One row where there is room, else two."""
        needed = sum(group.sizeHint().width() for group in self._groups) + GAP
        wide = self.contentsRect().width() >= needed
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._rows.direction():
            self._rows.setDirection(direction)


def _group(widgets: Sequence[QWidget], *, at_end: bool) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    if at_end:
        row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    if not at_end:
        row.addStretch(1)
    return holder
