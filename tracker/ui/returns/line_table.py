"""The table of a returned file's lines: old beside new with the change marked; its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTableView

from tracker.text.difference import Kind, Stretch, difference
from tracker.ui.imports.excerpt import excerpt
from tracker.ui.returns.line_model import (
    CHECK,
    NEW,
    OLD,
    PERCENT,
    RESULT,
    STATE,
    TASK,
    LineModel,
)
from tracker.ui.returns.lines import What
from tracker.ui.widgets.boxes import paint_box
from tracker.ui.widgets.difference import NEW_SIDE, OLD_SIDE, difference_document
from tracker.ui.widgets.lists import RowDelegate, set_up_list

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit
    from tracker.ui.returns.lines import ReturnLine
    from tracker.ui.theme import Theme

    AnyIndex = QModelIndex | QPersistentModelIndex

WIDE = {RESULT: "保留核定稿", STATE: "正常推进→完", PERCENT: "完成率"}
"""Columns that are as wide as these words."""
SHARES = {TASK: 28, OLD: 35, NEW: 37}
"""How the others share what is left, in parts of a hundred."""
KEYS = (
    "1/2 选择并到下一处待定　F8 跳过　0 退回待定　A 本件都采用反馈　"
    "空格 勾选　← 来件　→ 逐项　Ctrl+Enter 写入　Esc 取消"
)
LINES = 2
PADDING = 8
_REMEMBERED = 400
_INKS = {
    "待定": "red",
    "更新": "accent",
    "发现": "amber",
    "采用反馈": "accent",
    "归到任务": "accent",
}


class LineDelegate(RowDelegate):
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
        model, column = index.model(), index.column()
        line = model.line(index.row()) if isinstance(model, LineModel) else None
        if line is None or not isinstance(model, LineModel):
            return
        colours = self._theme.colours
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(option.rect)
        painter.fillRect(option.rect, colours.of("accent_soft" if selected else "surface"))
        painter.setPen(colours.of("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if column == CHECK:
            state = model.data(index, Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                checked = state == Qt.CheckState.Checked
                paint_box(painter, QRectF(option.rect), option.font, colours, checked=checked)
        elif column in {OLD, NEW} and line.what is not What.WORDS:
            self._paint_change(painter, option, column, line)
        else:
            self._paint_words(painter, option, column, model.words(line, column) or "")
        painter.restore()

    def _paint_change(
        self, painter: QPainter, option: QStyleOptionViewItem, column: int, line: ReturnLine
    ) -> None:
        width = option.rect.width() - 2 * PADDING
        pixels = option.font.pixelSize()
        key = (column, width, self._theme.is_dark, pixels, line.old, line.new)
        if key not in self._documents:
            if len(self._documents) > _REMEMBERED:
                self._documents.clear()
            self._documents[key] = self._laid_out(option.font, column, width, line)
        document = self._documents[key]
        box = QRectF(option.rect).adjusted(PADDING, 0, -PADDING, 0)
        top = box.top() + max((box.height() - document.size().height()) / 2, PADDING / 2)
        painter.translate(box.left(), top)
        document.drawContents(painter, QRectF(0, 0, box.width(), box.height()))

    def _laid_out(self, font: QFont, column: int, width: int, line: ReturnLine) -> QTextDocument:
        kinds = OLD_SIDE if column == OLD else NEW_SIDE
        text = line.old if column == OLD else line.new
        parts: tuple[Stretch, ...] = (Stretch(Kind.SAME, text or "（空）"),)
        if text:
            parts = difference(line.old, line.new)
        shown = excerpt(parts, kinds, _room(font, width))
        return difference_document(shown, self._theme.colours, font, width, kinds)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, column: int, words: str
    ) -> None:
        font = QFont(option.font)
        font.setBold(column == RESULT and words == "待定")
        box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        ((_, text),) = excerpt((Stretch(Kind.SAME, words),), NEW_SIDE, _room(font, box.width()))
        painter.setFont(font)
        ink = _INKS.get(words, "quiet") if column == RESULT else "text"
        painter.setPen(self._theme.colours.of(ink))
        side = Qt.AlignmentFlag.AlignRight if column == PERCENT else Qt.AlignmentFlag.AlignLeft
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | side
        painter.drawText(box, int(flags), text)


class LineTable(QTableView):
    """Shows the lines of a file.

    Signals:
        moved: another line is in hand (its row, -1 for none).
        decided: a choice was made on the line in hand (its number, 0 takes it back).
        take_wanted: the reports of the whole file are taken where the entry says otherwise.
        next_wanted: on to the next thing that waits.
        back_wanted: back to the list of files.
        apply_wanted, cancel_wanted: the keys for these.
    """

    moved = Signal(int)
    decided = Signal(int)
    take_wanted = Signal()
    next_wanted = Signal()
    back_wanted = Signal()
    apply_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, kit: Kit, model: LineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = LineDelegate(kit.theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        set_up_list(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        kit.theme.changed.connect(self._fit)
        self._fit()

    def go_to(self, row: int) -> None:
        """Take a row in hand."""
        index = self._model.index(row, CHECK + 1)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height(self.font()))
        self._share_width()

    def _share_width(self) -> None:
        metrics = self.fontMetrics()
        widths = {CHECK: metrics.height() + 16}
        for column, words in WIDE.items():
            widths[column] = metrics.horizontalAdvance(words) + 2 * PADDING + 4
        left = max(self.viewport().width() - sum(widths.values()), 0)
        widths |= {column: left * share // 100 for column, share in SHARES.items()}
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which line is in hand."""
        super().currentChanged(current, previous)
        self.moved.emit(current.row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click in the column of boxes checks."""
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() == Qt.MouseButton.LeftButton and index.column() == CHECK:
            self._model.toggle([index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the review; the rest is the table's own."""
        key, row = event.key(), self.currentIndex().row()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply_wanted.emit() if control else self.next_wanted.emit()
        elif key == Qt.Key.Key_F8:
            self.next_wanted.emit()
        elif key == Qt.Key.Key_Left:
            self.back_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.cancel_wanted.emit()
        elif control:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
            self._model.toggle(rows)
        elif key == Qt.Key.Key_A:
            self.take_wanted.emit()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and row >= 0:
            self.decided.emit(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)


def _room(font: QFont, width: int) -> int:
    """Return how many Chinese signs two lines hold."""
    sign = QFontMetricsF(font).horizontalAdvance("国")
    return max(LINES * int(width / sign) - 1, 4)
