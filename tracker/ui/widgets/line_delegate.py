"""Paints tables whose rows are one line high: ground, selection and the hairline below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from tracker.ui.widgets.lists import RowDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tracker.ui.kit import Kit

SIDE = 8
"""Kept free at both sides of a cell."""


class LineDelegate(RowDelegate):
    """Paints the frame of a cell in the palette in force; `paint_cell` what stands in it.

    Attributes:
        metrics: of the font that words are painted in.
    """

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.set_font(QFont())

    def set_font(self, font: QFont) -> None:
        """Measure anew for another font or size."""
        self.font = QFont(font)
        self.font.setPixelSize(self.kit.theme.size)
        self.metrics = QFontMetrics(self.font)

    @property
    def row_height(self) -> int:
        """The height of every row."""
        return self.kit.theme.size + 18

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are alike."""
        return QSize(60, self.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, self.colour("accent_soft" if chosen else "surface"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, self.colour("line"))
        painter.save()
        painter.setClipRect(box)
        painter.setFont(self.font)
        self.paint_cell(painter, box.adjusted(SIDE, 0, -SIDE, -1), index)
        painter.restore()

    def paint_cell(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint what stands in a cell."""
        raise NotImplementedError

    def paint_words(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        *,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """Paint words in the pen and font set, cut where there is no room."""
        shown = painter.fontMetrics().elidedText(words, cut, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette in force."""
        return self.kit.theme.colours.of(name)
