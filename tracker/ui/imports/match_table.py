"""The list of the matching step and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tracker.ui.imports.match_model import FIGURES, HEADINGS, STATE, MatchModel
from tracker.ui.imports.matching import State
from tracker.ui.widgets.lists import set_up_list

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit
    from tracker.ui.theme import Theme

    AnyIndex = QModelIndex | QPersistentModelIndex

SHARES = (8, 5, 32, 32, 6, 17)
"""How the columns share the width, in parts of a hundred."""
KEYS = "1–9 选择　0 退回　Enter 下一条待定　/ 查找别的任务　Ctrl+Enter 下一步　Esc 取消"
LINES = 2
PADDING = 8
_INKS = {State.ASKED: "red", State.CHOSEN: "accent", State.NEW: "green", State.FOUND: "quiet"}


class MatchDelegate(QStyledItemDelegate):
    """Paints a cell in at most two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def row_height(self, font: QFont) -> int:
        """Return the height of every row."""
        return round(QFontMetricsF(font).lineSpacing() * LINES) + PADDING

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        model = index.model()
        line = model.line(index.row()) if isinstance(model, MatchModel) else None
        if line is None or not isinstance(model, MatchModel) or model.matching is None:
            return
        colours, column = self._theme.colours, index.column()
        state = model.matching.state(line)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, colours.of("accent_soft" if selected else "surface"))
        painter.setPen(colours.of("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        font = QFont(option.font)
        font.setBold(column == STATE and state is State.ASKED)
        painter.setFont(font)
        ink = _INKS[state] if column == STATE else ("quiet" if column in FIGURES else "text")
        painter.setPen(colours.of(ink))
        box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        sign = option.fontMetrics.horizontalAdvance("国")
        room = max(LINES * int(box.width() / sign) - 1, 4)
        text = " ".join(model.words(line, column).split())
        text = text if len(text) <= room else f"{text[: room - 1]}…"
        align = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | align
        painter.drawText(box, int(flags), text)
        painter.restore()


class MatchTable(QTableView):
    """Shows which task each row stands for.

    Signals:
        moved: another row is in hand (its place, -1 for none).
        picked: a choice was made on the row in hand (its number, 0 takes it back).
        search_wanted, forward_wanted, cancel_wanted: the keys for these.
    """

    moved = Signal(int)
    picked = Signal(int)
    search_wanted = Signal()
    forward_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, kit: Kit, model: MatchModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = MatchDelegate(kit.theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        set_up_list(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        kit.theme.changed.connect(self._fit)
        self._fit()

    def go_to(self, row: int) -> None:
        """Take a row in hand."""
        index = self._model.index(row, STATE)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def go_to_next_open(self) -> None:
        """Take the next row that waits in hand."""
        row = self._model.next_open(self.currentIndex().row())
        if row is not None:
            self.go_to(row)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height(self.font()))
        self._share_width()

    def _share_width(self) -> None:
        width = max(self.viewport().width(), 0)
        for column in range(len(HEADINGS)):
            self.setColumnWidth(column, width * SHARES[column] // 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which row is in hand."""
        super().currentChanged(current, previous)
        self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the step; the rest is the table's own."""
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.forward_wanted.emit() if control else self.go_to_next_open()
        elif key == Qt.Key.Key_Escape:
            self.cancel_wanted.emit()
        elif control:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Slash:
            self.search_wanted.emit()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and self.currentIndex().isValid():
            self.picked.emit(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)
