"""A box to tick, as lists paint it in their first column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

if TYPE_CHECKING:
    from tracker.ui.theme import Colours


def paint_box(
    painter: QPainter, area: QRectF, font: QFont, colours: Colours, *, checked: bool
) -> None:
    """Paint a box in the middle of an area, as high as the text beside it.

    Args:
        font: of the text beside it.
        checked: whether it is ticked.
    """
    side = round(QFontMetricsF(font).height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.of("accent" if checked else "grey"), 1))
    painter.setBrush(colours.of("accent" if checked else "surface"))
    painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
    if checked:
        marks = (QPointF(0.28, 0.52), QPointF(0.44, 0.68), QPointF(0.74, 0.34))
        painter.setPen(QPen(colours.of("on_accent"), side / 8))
        painter.drawPolyline([box.topLeft() + mark * side for mark in marks])
