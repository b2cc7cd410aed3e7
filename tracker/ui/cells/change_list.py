"""The changes of cells before they are written: which, old beside new, each to be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.cell_change import FIELD_WORDS
from tracker.text.difference import difference
from tracker.ui.widgets.boxes import paint_box
from tracker.ui.widgets.difference import DifferenceLabel, difference_document
from tracker.ui.widgets.line_delegate import LineDelegate
from tracker.ui.widgets.lists import heading, set_up_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from tracker.domain.cell_change import CellChange
    from tracker.ui.kit import Kit

HEADINGS = ("", "序号", "栏目", "改动")
TICK, NUMBER, FIELD, CHANGE = range(len(HEADINGS))
_AROUND = 12
"""Characters shown before the first change of a long text."""
_NOWHERE = QModelIndex()


class ChangeModel(QAbstractTableModel):
    """A row for each cell; those that can be written are ticked at first.

    Signals:
        ticked: other rows are ticked now.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells: tuple[CellChange, ...] = ()
        self._on: list[bool] = []

    def show_cells(self, cells: Sequence[CellChange]) -> None:
        """Show other changes, all that can be written ticked."""
        self.beginResetModel()
        self.cells = tuple(cells)
        self._on = [not cell.problem for cell in self.cells]
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> tuple[CellChange, ...]:
        """Return the ticked changes."""
        return tuple(cell for cell, on in zip(self.cells, self._on, strict=True) if on)

    def turn(self, rows: Sequence[int]) -> None:
        """Tick rows, or untick them if all of them are ticked; what cannot be written stays."""
        able = [row for row in rows if not self.cells[row].problem]
        wanted = not all(self._on[row] for row in able)
        for row in able:
            self._on[row] = wanted
        if able:
            last = len(HEADINGS) - 1
            self.dataChanged.emit(self.index(min(able), 0), self.index(max(able), last))
            self.ticked.emit()

    def is_on(self, row: int) -> bool:
        """Return whether a row is ticked."""
        return self._on[row]

    # Qt's own

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many cells would change."""
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # Any: Qt's own signature
        """A cell in words; the delegate paints the difference."""
        if not index.isValid():
            return None
        cell, column = self.cells[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TICK:
            return Qt.CheckState.Checked if self._on[index.row()] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            words = cell.problem or f"{cell.old} → {cell.new}"
            return ("", cell.number or cell.code, FIELD_WORDS[cell.field], words)[column]
        if role == Qt.ItemDataRole.ToolTipRole and cell.problem:
            return f"{cell.new}\n{cell.problem}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Any: Qt's own signature
        """The columns' headings."""
        return heading(HEADINGS, section, orientation, role)


class _Delegate(LineDelegate):
    """Paints a change as new beside dropped words, from shortly before the first of them."""

    def __init__(self, kit: Kit, model: ChangeModel, parent: QObject | None = None) -> None:
        super().__init__(kit, parent)
        self._model = model

    def paint_cell(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the tick, plain words, or the difference."""
        cell = self._model.cells[index.row()]
        if index.column() == TICK:
            if not cell.problem:
                on = self._model.is_on(index.row())
                paint_box(painter, QRectF(inner), self.font, self.kit.theme.colours, checked=on)
            return
        painter.setPen(self.colour("quiet" if cell.problem else "text"))
        if index.column() != CHANGE:
            self.paint_words(painter, inner, str(index.data()))
        elif cell.problem:
            painter.setPen(self.colour("amber"))
            self.paint_words(painter, inner, f"“{cell.new}”：{cell.problem}")
        else:
            start = max(0, _first_change(cell.old, cell.new) - _AROUND)
            lead = "…" if start else ""
            old, new = (f"{lead}{_flat(text)[start:][:200]}" for text in (cell.old, cell.new))
            document = difference_document(
                difference(old, new), self.kit.theme.colours, self.font, 1e6
            )
            top = inner.top() + (inner.height() - document.size().height()) / 2
            painter.translate(inner.left(), top)
            document.drawContents(painter)


class ChangeTable(QTableView):
    """The list; a click in the first column or the space key ticks."""

    def __init__(self, kit: Kit, model: ChangeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        set_up_list(self)
        self.setModel(model)
        delegate = _Delegate(kit, model, self)
        self.setItemDelegate(delegate)
        self.verticalHeader().setDefaultSectionSize(delegate.row_height)
        size, head = kit.theme.size, self.horizontalHeader()
        for column, width in ((TICK, 3 * size), (NUMBER, 6 * size), (FIELD, 7 * size)):
            head.resizeSection(column, width)
        head.setSectionResizeMode(CHANGE, QHeaderView.ResizeMode.Stretch)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick by a click anywhere in the column of the boxes."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == TICK:
            self._model.turn([index.row()])
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the selected rows by the space key."""
        if event.key() == Qt.Key.Key_Space:
            self._model.turn([index.row() for index in self.selectionModel().selectedRows()])
            return
        super().keyPressEvent(event)


class ChangeList(QWidget):
    """The list of changes with the whole text of the chosen one below it.

    Attributes:
        model: what is shown.
        table: the list.
        whole: the chosen change in full.
    """

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ChangeModel(self)
        self.table = ChangeTable(kit, self.model)
        self.whole = DifferenceLabel(kit.theme)
        self.whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.whole.setContentsMargins(8, 4, 8, 4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.whole)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(area)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        self.model.modelReset.connect(self._on_reset)

    def _on_reset(self) -> None:
        if self.model.cells:
            self.table.selectRow(0)
        else:
            self.whole.show_plain("")

    def _show_whole(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            cell = self.model.cells[index.row()]
            self.whole.show_texts(cell.old, cell.new)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _first_change(old: str, new: str) -> int:
    pairs = zip(old, new, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), len(new))
