"""The table of units: how it is painted, its keys, its widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from tracker.ui.units.typed_delegate import TypedDelegate
from tracker.ui.units.unit_model import EDITABLE, Column, UnitModel
from tracker.ui.widgets.lists import set_up_list

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

    from tracker.ui.kit import Kit

_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EMS = {
    Column.NUMBER: 3.2,
    Column.SHORT: 6.8,
    Column.NAMES: 8,
    Column.KIND: 6,
    Column.CONTACT: 5.5,
    Column.PHONE: 8,
    Column.OPEN: 3.6,
}
_NAME_LEAST = 11
_GIVING_WAY = (Column.NAMES, Column.SHORT, Column.PHONE, Column.KIND)
"""Columns that are left out, in this order, where the names would have no room."""


class UnitTable(QTableView):
    """The units.

    Signals:
        paste_wanted: Ctrl+V.
        new_wanted: Insert.
        remove_wanted: Delete.
        open_wanted: Enter, or a double click on what is not edited in place.
        search_wanted: the search field is asked for.
    """

    paste_wanted = Signal()
    new_wanted = Signal()
    remove_wanted = Signal()
    open_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, kit: Kit, model: UnitModel) -> None:
        super().__init__()
        self._units = model
        self.setModel(model)
        set_up_list(self)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.drawn = _Delegate(kit, model, self)
        self.setItemDelegate(self.drawn)
        self.setAccessibleName("单位名单")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._place: list[int] = []
        self._column = int(Column.NAME)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._restore_place)
        self.doubleClicked.connect(self._on_double)
        kit.theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Measure anew for another size or palette."""
        self.drawn.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self.drawn.row_height)
        self._share_width()
        self.viewport().update()

    def _share_width(self) -> None:
        em = self.drawn.metrics.horizontalAdvance("国")
        shown = dict(_EMS)
        for column in _GIVING_WAY:
            if self.viewport().width() - sum(shown.values()) * em >= _NAME_LEAST * em:
                break
            shown.pop(column)
        rest = self.viewport().width() - sum(round(ems * em) for ems in shown.values())
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, ems in _EMS.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, round(ems * em))
        self.setColumnWidth(Column.NAME, max(rest, 6 * em))

    # Rows in hand

    def ids(self) -> list[int]:
        """Return the ids of the selected units, from above."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [line.unit.id for row in rows if (line := self._units.line(row)) is not None]

    def go_to(self, row: int, column: int = Column.NAME) -> None:
        """Take a row in hand."""
        if 0 <= row < self._units.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            here = self._units.index(row, column)
            self.selectionModel().setCurrentIndex(here, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(here)

    def _keep_place(self) -> None:
        self._place = self.ids()
        self._column = max(self.currentIndex().column(), int(Column.NAME))

    def _restore_place(self) -> None:
        rows = [row for each in self._place if (row := self._units.row_of(each)) is not None]
        if not rows:
            self.go_to(0)
            return
        self.go_to(rows[0], self._column)
        flags = QItemSelectionModel.SelectionFlag
        for row in rows[1:]:
            self.selectionModel().select(self._units.index(row, 0), flags.Select | flags.Rows)

    def move_by(self, by: int) -> None:
        """Move the selected units up or down by one place."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if rows:
            self._units.move(rows, rows[0] - 1 if by < 0 else rows[-1] + 2)

    def _on_double(self, index: QModelIndex) -> None:
        if Column(index.column()) not in EDITABLE:
            self.open_wanted.emit()

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table."""
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter comes here from an editor that is about to close
            return
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_by(-1 if key == Qt.Key.Key_Up else 1)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif key == Qt.Key.Key_Insert:
            self.new_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif key in _ENTER:
            self.open_wanted.emit()
        elif key == Qt.Key.Key_Slash:
            self.search_wanted.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(TypedDelegate):
    """Paints a unit in one line; one that is gone in grey."""

    def __init__(self, kit: Kit, model: UnitModel, parent: QObject) -> None:
        self._units = model
        super().__init__(kit, parent)

    def paint_cell(self, painter: QPainter, inner: QRect, index: _Index) -> None:
        """Paint what stands in a cell."""
        line, column = self._units.line(index.row()), Column(index.column())
        if line is None:
            return
        soft = line.unit.is_abolished or column in (Column.NUMBER, Column.NAMES, Column.KIND)
        painter.setPen(self.colour("quiet" if soft else "text"))
        words = str(index.data() or "")
        if column is Column.NAME and line.state:
            words = f"{words}（{line.state}）"
        right = column is Column.OPEN
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.paint_words(painter, inner, words, side=side)
