"""A round on the timeline of a task: a dot on a line, its heading and its words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from tracker.ui.widgets.menus import MenuRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QMenu, QWidget

    from tracker.ui.theme import Theme

GAP = 8
"""What lies between two rounds; the line goes through it."""


class TimelineRow(MenuRow):
    """One round; a full dot where something new was written, else a hollow one.

    Attributes:
        is_last: it is the earliest round: the line ends here.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        fill: Callable[[QMenu], object],
        *,
        is_new: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, name, fill, parent)
        self._is_new = is_new
        self.is_last = False
        self.column.setContentsMargins(theme.size + 4, 0, 0, GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line and the dot."""
        super().paintEvent(event)
        colours, side = self._theme.colours, self._theme.size * 0.6
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(side / 2 + 2, self.fontMetrics().lineSpacing() / 2)
        painter.setPen(QPen(colours.of("line"), 2))
        if not self.is_last:
            painter.drawLine(centre, QPointF(centre.x(), self.height()))
        painter.setPen(QPen(colours.of("accent" if self._is_new else "grey"), 1.5))
        painter.setBrush(colours.of("accent" if self._is_new else "panel"))
        painter.drawEllipse(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))
