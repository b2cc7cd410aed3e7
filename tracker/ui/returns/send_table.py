"""The table of the units that may be sent a form, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QTableView

from tracker.ui.returns.menus import send_menu
from tracker.ui.returns.send_model import CHECK, CONTACT, HEADINGS, PHONE, SENT, TASKS, SendModel
from tracker.ui.widgets.boxes import paint_box
from tracker.ui.widgets.lists import RowDelegate, set_up_list
from tracker.ui.widgets.menus import hang_menu

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from tracker.ui.kit import Kit
    from tracker.ui.theme import Theme

SHARES = (0, 30, 6, 18, 14, 14, 18)
"""How the columns share the width, in parts of a hundred; the first is as wide as its box."""
KEYS = "空格 勾选　A 全选/全不选　Ctrl+Enter 生成　Esc 取消"
_PADDING = 8
_QUIET = {CONTACT, PHONE, SENT}


class SendDelegate(RowDelegate):
    """Paints a cell in one line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        colours, column = self._theme.colours, index.column()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(option.rect, colours.of("accent_soft" if selected else "surface"))
        painter.setPen(colours.of("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if column == CHECK:
            checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            paint_box(painter, QRectF(option.rect), option.font, colours, checked=checked)
        else:
            painter.setFont(option.font)
            painter.setPen(colours.of("quiet" if column in _QUIET else "text"))
            box = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
            words = QFontMetricsF(option.font).elidedText(
                str(index.data() or ""), Qt.TextElideMode.ElideRight, box.width()
            )
            side = Qt.AlignmentFlag.AlignRight if column == TASKS else Qt.AlignmentFlag.AlignLeft
            painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


class SendTable(QTableView):
    """Shows the units.

    Signals:
        send_wanted, cancel_wanted: the keys for these.
    """

    send_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, kit: Kit, model: SendModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(SendDelegate(kit.theme, self))
        set_up_list(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        hang_menu(self, lambda: send_menu(self, model))
        kit.theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        self._share_width()

    def _share_width(self) -> None:
        box = self.fontMetrics().height() + 20
        width = max(self.viewport().width() - box, 0)
        self.setColumnWidth(CHECK, box)
        for column in range(1, len(HEADINGS)):
            self.setColumnWidth(column, width * SHARES[column] // 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click in the column of boxes ticks."""
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() == Qt.MouseButton.LeftButton and index.column() == CHECK:
            self._model.tick([index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the page; the rest is the table's own."""
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if control:
                self.send_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.cancel_wanted.emit()
        elif key == Qt.Key.Key_Space:
            rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
            self._model.tick(rows)
        elif key == Qt.Key.Key_A and not control:
            self._model.tick_all()
        else:
            super().keyPressEvent(event)
