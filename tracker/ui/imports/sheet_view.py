"""The sheet as a grid: rows coloured and named by what they were taken for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tracker.domain.mapping import ROW_WORDS, RowKind
from tracker.ui.imports.column_heads import ColumnHeads
from tracker.ui.widgets.menus import menu_point

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ui.imports.sheet_model import SheetModel
    from tracker.ui.kit import Kit
    from tracker.ui.theme import Theme

GROUNDS = {
    RowKind.TITLE: "violet_soft",
    RowKind.HEADER: "accent_soft",
    RowKind.SECTION: "amber_soft",
    RowKind.TASK: "surface",
    RowKind.CONTINUED: "green_soft",
    RowKind.SKIPPED: "grey_soft",
    RowKind.UNREAD: "panel",
    RowKind.BLANK: "panel",
}
"""The ground of a row by what it was taken for."""
INKS = {
    RowKind.TITLE: "violet",
    RowKind.HEADER: "accent",
    RowKind.SECTION: "amber",
    RowKind.TASK: "green",
    RowKind.CONTINUED: "green",
    RowKind.SKIPPED: "grey",
    RowKind.UNREAD: "quiet",
    RowKind.BLANK: "quiet",
}
"""The colour of the word in a row's margin."""
LINES = 2
PADDING = 6
_NARROW, _WIDE = 5, 22
_LOOKED_AT = 40
_ABOVE = 2
_WIDE_BY = frozenset({RowKind.HEADER, RowKind.TASK, RowKind.CONTINUED, RowKind.UNREAD})
"""Rows whose words tell how wide a column should be."""


class SheetDelegate(QStyledItemDelegate):
    """Paints a cell in at most two lines."""

    def __init__(self, theme: Theme, model: SheetModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        colours, row, column = self._theme.colours, index.row(), index.column()
        kind = self._model.kind(row)
        ignored = column in self._model.ignored and kind is not RowKind.HEADER
        painter.save()
        painter.setClipRect(option.rect)
        painter.fillRect(option.rect, colours.of("grey_soft" if ignored else GROUNDS[kind]))
        painter.setPen(colours.of("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(colours.of("accent"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        faint = ignored or kind in (RowKind.SKIPPED, RowKind.UNREAD)
        quiet = faint or self._model.is_lent(row, column)
        font = QFont(option.font)
        font.setBold(kind in (RowKind.HEADER, RowKind.TITLE))
        painter.setFont(font)
        painter.setPen(colours.of("quiet" if quiet else "text"))
        box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        room = max(LINES * box.width() // max(option.fontMetrics.horizontalAdvance("国"), 1) - 1, 2)
        text = " ".join(self._model.text(row, column).split())
        text = text if len(text) <= room * 2 else text[: room * 2]
        if option.fontMetrics.horizontalAdvance(text) > LINES * box.width() - 2 * PADDING:
            text = option.fontMetrics.elidedText(
                text, Qt.TextElideMode.ElideRight, LINES * box.width() - 4 * PADDING
            )
        flags = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(flags), text)
        painter.restore()


class RowHeads(QHeaderView):
    """The margin: the row's number in the file and what it was taken for."""

    def __init__(self, theme: Theme, model: SheetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._sheet = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """Return room for a number and a word."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(word) for word in ROW_WORDS.values())
        return QSize(metrics.horizontalAdvance("00000") + widest + 24, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Paint one row's margin."""
        colours, kind = self._theme.colours, self._sheet.kind(logical_index)
        painter.save()
        painter.fillRect(rect, colours.of(GROUNDS[kind]))
        if kind not in (RowKind.BLANK, RowKind.UNREAD):
            painter.fillRect(
                QRect(rect.left(), rect.top(), 4, rect.height()), colours.of(INKS[kind])
            )
        painter.setPen(colours.of("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        number = self._sheet.number(logical_index)
        digits = self.fontMetrics().horizontalAdvance("00000")
        painter.setPen(colours.of("quiet"))
        place = QRect(rect.left() + 6, rect.top(), digits, rect.height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(flags), str(number) if number else "文")
        painter.setPen(colours.of(INKS[kind]))
        place = rect.adjusted(digits + 14, 0, -4, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(left), self._sheet.words(logical_index))
        painter.restore()


class SheetView(QTableView):
    """Shows a sheet; only the rows in sight are laid out.

    Attributes:
        heads: what stands over the columns.

    Signals:
        header_shown: the clerk says where the header stands (first and last row in the file).
        cancel_wanted, forward_wanted: the keys for these.
    """

    header_shown = Signal(int, int)
    cancel_wanted = Signal()
    forward_wanted = Signal()

    def __init__(self, kit: Kit, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._model = model
        self._header = (0, 0)
        self.setModel(model)
        self.setItemDelegate(SheetDelegate(kit.theme, model, self))
        self.heads = ColumnHeads(kit, model, self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(RowHeads(kit.theme, model, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.heads.place())
        kit.theme.changed.connect(self._fit)
        self._fit()

    def show_header(self, top: int, bottom: int) -> None:
        """Know where the header stands, to move one of its ends."""
        self._header = (top, bottom)

    def lay_out(self) -> None:
        """Share the width among the columns and span the cells that reach over several."""
        self.clearSpans()
        for row, column, count in self._model.spans:
            self.setSpan(row, column, 1, count)
        sign = self.fontMetrics().horizontalAdvance("国")
        columns = range(self._model.columnCount())
        widths = [self._width(column) * sign + 2 * PADDING + 8 for column in columns]
        least = self.heads.least_width()
        widths = [max(width, least) for width in widths]
        room = self.viewport().width() - sum(widths) - len(widths)
        above = sum(width - least for width in widths)
        if room < 0 < above:
            part = min(-room, above)
            widths = [width - (width - least) * part // above for width in widths]
        elif room > 0 and widths:
            weights = sum(widths)
            widths = [width + room * width // weights for width in widths]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def _width(self, column: int) -> int:
        rows = (row for row in range(self._model.rowCount()) if self._model.kind(row) in _WIDE_BY)
        spanned = {(row, at) for row, at, _ in self._model.spans if row < 2 * _LOOKED_AT}
        lengths = [
            len(self._model.text(row, column))
            for row in islice(rows, _LOOKED_AT)
            if (row, column) not in spanned
        ]
        return min(max([_NARROW, *lengths]), _WIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()

    def go_to(self, row: int, column: int = 0) -> None:
        """Take a row in hand."""
        index = self._model.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def begin_at(self, row: int) -> None:
        """Take a row in hand with the lines above it in sight: a header with its title."""
        self.setCurrentIndex(self._model.index(row, 0))
        above = self._model.index(max(row - _ABOVE, 0), 0)
        self.scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)

    def go_to_next(self, kind: RowKind) -> None:
        """Take the next row of a kind in hand, from the top again after the last."""
        count = self._model.rowCount()
        here = self.currentIndex().row()
        for step in range(1, count + 1):
            row = (here + step) % count
            if self._model.kind(row) is kind:
                self.go_to(row)
                return

    def _fit(self) -> None:
        height = self.fontMetrics().lineSpacing() * LINES + 4
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.heads.fit()
        self.lay_out()

    # The header's rows

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be said about a row."""
        by_key = event.reason() is event.Reason.Keyboard
        row = self.currentIndex().row() if by_key else self.rowAt(event.pos().y())
        if row >= 0:
            self.go_to_row(row)
            at = menu_point(self, event.pos())
            self.menu(row).popup(at if by_key else event.globalPos())

    def go_to_row(self, row: int) -> None:
        """Take a row in hand where it is in sight already."""
        self.setCurrentIndex(self._model.index(row, max(self.currentIndex().column(), 0)))

    def menu(self, row: int) -> QMenu:
        """Return what can be said about a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        number = self._model.number(row)
        top, bottom = self._header
        only = menu.addAction("这一行是表头\tH")
        only.triggered.connect(lambda: self.header_shown.emit(number, number))
        first = menu.addAction("表头从这一行开始")
        first.triggered.connect(lambda: self.header_shown.emit(number, bottom))
        first.setEnabled(bool(number) and 0 < number <= bottom)
        last = menu.addAction("表头到这一行为止")
        last.triggered.connect(lambda: self.header_shown.emit(top, number))
        last.setEnabled(bool(number) and 0 < top <= number)
        only.setEnabled(bool(number))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the page; the rest is the table's own."""
        key, row = event.key(), self.currentIndex().row()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_H and row >= 0 and self._model.number(row):
            number = self._model.number(row)
            self.header_shown.emit(number, number)
        elif key == Qt.Key.Key_Escape:
            self.cancel_wanted.emit()
        elif control and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.forward_wanted.emit()
        else:
            super().keyPressEvent(event)
