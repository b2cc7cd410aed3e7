"""The rows of a list (清单) for a table view; a cell's words are made when it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tracker.domain.content import STACKED
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from tracker.domain.content import ContentRow

_NOWHERE = QModelIndex()
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ListRows(QAbstractTableModel):
    """A line for each row of a printed list, a column for each of its headings."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[ContentRow] = ()
        self._columns: Sequence[tuple[str, str]] = ()

    def show_rows(self, rows: Sequence[ContentRow], columns: Sequence[tuple[str, str]]) -> None:
        """Show other rows; `columns` are pairs of field and heading."""
        self.beginResetModel()
        self._rows, self._columns = rows, columns
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # whatever Qt can hold
        """Return the words of a cell and where they stand."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _TOP
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row, field = self._rows[index.row()], self._columns[index.column()][0]
        return "、".join(row.lines(field)) if field in STACKED else row.text(field)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """Return the heading of a column."""
        return heading([words for _, words in self._columns], section, orientation, role)
