"""The list of drafts and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from tracker.ui.decompose.delegate import SIDE, DraftDelegate
from tracker.ui.decompose.model import CHECK, DEADLINE, NUMBER, TASK, UNITS, DraftModel
from tracker.ui.widgets.lists import set_up_list

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit

    AnyIndex = QModelIndex | QPersistentModelIndex

TASK_SHARE, UNITS_SHARE = 46, 54
"""How the two wide columns share what the narrow ones leave, in parts of a hundred."""


class DraftTable(QTableView):
    """Shows the drafts; all rows are alike, so only what is in sight is laid out.

    Signals:
        moved: another draft is in hand (its row, -1 for none).
        edit_wanted: the draft in hand shall be edited, beginning with a column's field.
    """

    moved = Signal(int)
    edit_wanted = Signal(int)

    def __init__(self, kit: Kit, model: DraftModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._model = model
        self.drawn = DraftDelegate(kit, self)
        self.setModel(model)
        self.setItemDelegate(self.drawn)
        self.setAccessibleName("任务草稿")
        set_up_list(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(lambda index: self.edit_wanted.emit(index.column()))
        kit.theme.changed.connect(self._fit)
        self._fit()

    def rows(self) -> list[int]:
        """Return the selected rows."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def go_to(self, row: int) -> None:
        """Take a row in hand."""
        index = self._model.index(row, TASK)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def go_to_next_waiting(self) -> bool:
        """Take the next draft that waits in hand; tell whether there is one."""
        row = self._model.next_waiting(self.currentIndex().row())
        if row is not None:
            self.go_to(row)
        return row is not None

    def _fit(self) -> None:
        self.drawn.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self.drawn.row_height)
        head = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(head + self.drawn.row_height + 2)
        self._share_width()
        self.viewport().update()

    def _share_width(self) -> None:
        signs = QFontMetrics(self.drawn.lines.font)
        fixed = {
            CHECK: self._kit.theme.size + 2 + 2 * SIDE,
            NUMBER: signs.horizontalAdvance("（二十三）") + 2 * SIDE,
            DEADLINE: signs.horizontalAdvance("2026年12月底前") + 2 * SIDE,
        }
        rest = max(self.viewport().width() - sum(fixed.values()), 0)
        fixed[TASK] = rest * TASK_SHARE // 100
        fixed[UNITS] = rest - fixed[TASK]
        for column, width in fixed.items():
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width; the draft in hand stays in sight of a lower list."""
        super().resizeEvent(event)
        self._share_width()
        if event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which draft is in hand."""
        super().currentChanged(current, previous)
        self.moved.emit(current.row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks it."""
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() == Qt.MouseButton.LeftButton and index.column() == CHECK:
            self._model.toggle([index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar; what is no movement goes on to the page."""
        moves = {
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        }
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Space:
            self._model.toggle(self.rows())
        elif event.key() in moves or (control and event.key() == Qt.Key.Key_A):
            super().keyPressEvent(event)
        else:
            event.ignore()
