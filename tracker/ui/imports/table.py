"""The table of a review and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from tracker.ui.imports.delegate import ReviewDelegate
from tracker.ui.imports.model import CHECK, HEADINGS, ReviewModel
from tracker.ui.widgets.lists import set_up_list

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit

    AnyIndex = QModelIndex | QPersistentModelIndex

SHARES = (0, 6, 20, 8, 26, 26, 14)
"""How the columns share the width, in parts of a hundred; the first is as wide as its box."""
KEYS = (
    "空格 勾选　Shift+空格 整项　Enter 下一条待定　1/2 选择　0 退回待定　"
    "A 全部采用　Ctrl+Enter 应用　Esc 取消"
)


class ReviewTable(QTableView):
    """Shows a review; every row has the same height, so only what is in sight is laid out.

    Signals:
        moved: another line is in hand (its row, -1 for none).
        decided: a choice was made on the line in hand (its number, 0 takes it back).
        apply_wanted, cancel_wanted: the keys for these.
    """

    moved = Signal(int)
    decided = Signal(int)
    apply_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, kit: Kit, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._model = model
        self._delegate = ReviewDelegate(kit.theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        set_up_list(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        kit.theme.changed.connect(self._fit)
        self._fit()

    def rows(self) -> list[int]:
        """Return the selected rows."""
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def go_to(self, row: int) -> None:
        """Take a row in hand."""
        index = self._model.index(row, CHECK + 1)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def go_to_next_open(self) -> None:
        """Take the next line that waits in hand."""
        row = self._model.next_open(self.currentIndex().row())
        if row is not None:
            self.go_to(row)

    def _fit(self) -> None:
        height = self._delegate.row_height(self.font())
        self.verticalHeader().setDefaultSectionSize(height)
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

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which line is in hand."""
        super().currentChanged(current, previous)
        self.moved.emit(current.row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box checks it."""
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
            self.apply_wanted.emit() if control else self.go_to_next_open()
        elif key == Qt.Key.Key_Escape:
            self.cancel_wanted.emit()
        elif control:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._check(row, whole=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_A:
            self._model.accept_all()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and row >= 0:
            self.decided.emit(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _check(self, row: int, *, whole: bool) -> None:
        if row < 0:
            return
        if whole:
            self._model.toggle_whole(row)
        else:
            self._model.toggle(self.rows() or [row])
