"""Draws the lines of a review: the decision, the words, old beside new with the change marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextDocument
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from tracker.text.difference import Kind, Stretch, difference
from tracker.ui.imports.excerpt import excerpt
from tracker.ui.imports.lines import Result
from tracker.ui.imports.model import CHECK, NEW, OLD, RESULT, ReviewModel
from tracker.ui.widgets.boxes import paint_box
from tracker.ui.widgets.difference import NEW_SIDE, OLD_SIDE, difference_document
from tracker.ui.widgets.lists import RowDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

    from tracker.ui.imports.lines import Line
    from tracker.ui.theme import Theme

LINES = 2
PADDING = 8
_REMEMBERED = 400


class ReviewDelegate(RowDelegate):
    """Paints a cell in at most two lines; keeps the layouts of the cells painted lately."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._documents: dict[tuple[object, ...], QTextDocument] = {}
        theme.changed.connect(self._documents.clear)

    def row_height(self, font: QFont) -> int:
        """Return the height of every row: two lines of text and the room around them."""
        return round(QFontMetricsF(font).lineSpacing() * LINES) + PADDING

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        model = index.model()
        line = model.line(index.row()) if isinstance(model, ReviewModel) else None
        if line is None or not isinstance(model, ReviewModel):
            return
        painter.save()
        painter.setClipRect(option.rect)
        self._paint_ground(painter, option, line)
        if index.column() == CHECK:
            self._paint_box(painter, option, model.data(index, Qt.ItemDataRole.CheckStateRole))
        elif index.column() in {OLD, NEW}:
            document = self._document(option, index.column(), model, line)
            box = QRectF(option.rect).adjusted(PADDING, 0, -PADDING, 0)
            top = box.top() + max((box.height() - document.size().height()) / 2, PADDING / 2)
            painter.translate(box.left(), top)
            document.drawContents(painter, QRectF(0, 0, box.width(), box.height()))
        else:
            self._paint_words(painter, option, index.column(), model.words(line, index.column()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        colours = self._theme.colours
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = "accent_soft" if selected else ("panel" if line.is_part else "surface")
        painter.fillRect(option.rect, colours.of(ground))
        painter.setPen(colours.of("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_box(
        self, painter: QPainter, option: QStyleOptionViewItem, state: Qt.CheckState | None
    ) -> None:
        if state is None:
            return
        checked = state == Qt.CheckState.Checked
        paint_box(painter, QRectF(option.rect), option.font, self._theme.colours, checked=checked)

    def _document(
        self, option: QStyleOptionViewItem, column: int, model: ReviewModel, line: Line
    ) -> QTextDocument:
        width = option.rect.width() - 2 * PADDING
        words = model.words(line, column) or ""
        old = model.old(line)
        key: tuple[object, ...] = (
            column,
            width,
            self._theme.is_dark,
            option.font.pixelSize(),
            words,
        )
        key += (old, line.new)
        if key not in self._documents:
            if len(self._documents) > _REMEMBERED:
                self._documents.clear()
            self._documents[key] = self._laid_out(option.font, column, width, words, old, line)
        return self._documents[key]

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, column: int, words: str | None
    ) -> None:
        font = QFont(option.font)
        font.setBold(column == RESULT and words == Result.WAITING.value)
        box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        ((_, text),) = excerpt(
            (Stretch(Kind.SAME, words or ""),), NEW_SIDE, _room(font, box.width())
        )
        painter.setFont(font)
        painter.setPen(self._theme.colours.of(_colour(column, text)))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(flags), text)

    def _laid_out(
        self, font: QFont, column: int, width: int, words: str, old: str, line: Line
    ) -> QTextDocument:
        kinds = OLD_SIDE if column == OLD else NEW_SIDE
        parts: tuple[Stretch, ...] = (Stretch(Kind.SAME, words),)
        if line.creation is not None:
            parts = (Stretch(Kind.NEW if column == NEW else Kind.SAME, words),)
        elif words in {old, line.new}:
            parts = difference(old, line.new)
        shown = excerpt(parts, kinds, _room(font, width))
        return difference_document(shown, self._theme.colours, font, width, kinds)


def _colour(column: int, words: str) -> str:
    """Return the name of the colour that a word of a column is written in."""
    results = {"待定": "red", "更新": "accent", "新增": "green"}
    return results.get(words, "quiet") if column == RESULT else "text"


def _room(font: QFont, width: int) -> int:
    """Return how many Chinese signs two lines hold."""
    sign = QFontMetricsF(font).horizontalAdvance("国")
    return max(LINES * int(width / sign) - 1, 4)
