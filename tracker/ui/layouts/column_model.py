"""The columns of the layout in hand as a table to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tracker.domain.layout import NARROWEST_MM
from tracker.ui.layouts.edits import change_column, move_column
from tracker.ui.layouts.words import ALIGN_WORDS, field_words, mm
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from tracker.domain.layout import ColumnDraft
    from tracker.ui.kit import Kit
    from tracker.ui.layouts.desk import DraftDesk

_Index = QModelIndex | QPersistentModelIndex

HEADING, FIELD, WIDTH, ALIGN = range(4)
HEADINGS = ("表头", "印什么", "毫米", "对齐")
_MIME = "application/x-tracker-layout-column"
_ALIGNS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def plain(heading_text: str) -> str:
    """Return a heading without blanks at its ends and doubled ones."""
    return " ".join(heading_text.split())


class ColumnModel(QAbstractTableModel):
    """A row for each printed column, in the order printed; rows are moved by dragging.

    Signals:
        moved: a column was dragged; the place it has now.
    """

    moved = Signal(int)

    def __init__(self, desk: DraftDesk, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kit = kit
        self._columns: tuple[ColumnDraft, ...] = desk.draft.columns
        desk.changed.connect(self._take)

    def field(self, row: int) -> str:
        """Return what a row prints; empty where there is no such row."""
        return self._columns[row].field if row < len(self._columns) else ""

    def row_of(self, field: str) -> int | None:
        """Return the row that prints a field."""
        return next((n for n, c in enumerate(self._columns) if c.field == field), None)

    def _take(self) -> None:
        columns = self._desk.draft.columns
        if columns == self._columns:
            return
        same = [c.field for c in columns] == [c.field for c in self._columns]
        if same:
            self._columns = columns
            self.dataChanged.emit(self.index(0, 0), self.index(len(columns) - 1, ALIGN))
            return
        self.beginResetModel()
        self._columns = columns
        self.endResetModel()

    # What Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        return heading(HEADINGS, section, orientation, role, figures=(WIDTH,))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        )
        return flags if index.column() == FIELD else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt
        if not index.isValid():
            return None
        column, place = self._columns[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(column, place)
        if role == Qt.ItemDataRole.EditRole:
            return (column.heading, column.field, column.width_mm, column.align)[place]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if place == WIDTH else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(column, place)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"这一栏印{field_words(column.field)}；拖动可以换位置"
        return None

    def _words(self, column: ColumnDraft, place: int) -> str:
        return (
            column.heading or "（无表头）",
            field_words(column.field),
            mm(column.width_mm),
            ALIGN_WORDS.get(column.align, column.align),
        )[place]

    def _colour(self, column: ColumnDraft, place: int) -> Any:  # as Qt
        colours = self._kit.theme.colours
        if place == WIDTH and column.width_mm < NARROWEST_MM:
            return colours.of("red")
        if place == FIELD or (place == HEADING and not column.heading):
            return colours.of("quiet")
        return None

    def setData(
        self,
        index: _Index,
        value: Any,
        role: int = Qt.ItemDataRole.EditRole,  # as Qt
    ) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row, place = index.row(), index.column()
        values: dict[str, object]
        if place == HEADING:
            values = {"heading": plain(str(value))}
        elif place == WIDTH:
            values = {"width_mm": round(float(value), 1)}
        elif place == ALIGN and value in _ALIGNS:
            values = {"align": value}
        else:
            return False
        key = f"column {row} {place}"
        self._desk.edit(change_column(self._desk.draft, row, **values), key)
        return True

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes:
            data.setData(_MIME, str(indexes[0].row()).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Move the dragged column; the view itself has nothing left to remove."""
        if not data.hasFormat(_MIME):
            return False
        source = int(bytes(data.data(_MIME).data()).decode())
        target = parent.row() if row < 0 and parent.isValid() else row
        target = len(self._columns) if target < 0 else target
        target -= target > source
        if target != source:
            self._desk.edit(move_column(self._desk.draft, source, target))
            self.moved.emit(target)
        return False
