"""The board as Qt asks for it: a line for each unit, sorted and narrowed here."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.ui.board.words import Group, Line

    Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns from left to right."""

    UNIT = 0
    TASKS = 1
    STATE = 2
    RECEIVED = 3
    FILLED = 4
    FINDINGS = 5
    CALLS = 6
    FILE = 7
    ACTION = 8


HEADINGS = ("单位", "任务", "状态", "收到", "填写", "发现", "催办", "来件", "操作")
FIGURES = frozenset({Column.TASKS, Column.FILLED, Column.CALLS})

_KEYS: dict[Column, Callable[[Line], Any]] = {  # Any: whatever the column is ordered by
    Column.UNIT: lambda line: line.unit,
    Column.TASKS: lambda line: line.tasks,
    Column.STATE: lambda line: line.order,
    Column.RECEIVED: lambda line: line.received_key,
    Column.FILLED: lambda line: line.filled_key,
    Column.FINDINGS: lambda line: (-len(line.tags), line.remark == "", line.remark),
    Column.CALLS: lambda line: -line.calls,
    Column.FILE: lambda line: (line.file == "", line.file),
    Column.ACTION: lambda line: line.action.words if line.action else "",
}


class BoardModel(QAbstractTableModel):
    """Units of a round; the most pressing first until another order is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self._shown: list[Line] = []
        self._group: Group | None = None
        self._text = ""
        self._sorted: tuple[Column, Qt.SortOrder] | None = None

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the units of another round, or the same ones anew."""
        self.lines = tuple(lines)
        self._arrange()

    def narrow(self, group: Group | None, text: str) -> None:
        """Show only units of a group (None for all) whose name or file holds the text."""
        self._group, self._text = group, text.strip().lower()
        self._arrange()

    def line(self, row: int) -> Line | None:
        """Return what stands in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def place_of(self, unit_id: int) -> int | None:
        """Return the row of a unit; None where it is not shown."""
        return next((n for n, line in enumerate(self._shown) if line.unit_id == unit_id), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 goes back to the most pressing first."""
        self._sorted = (Column(column), order) if 0 <= column < len(HEADINGS) else None
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [line for line in self.lines if self._is_wanted(line)]
        shown.sort(key=_KEYS[Column.STATE])
        if self._sorted is not None:
            column, order = self._sorted
            shown.sort(key=_KEYS[column], reverse=order == Qt.SortOrder.DescendingOrder)
        self._shown = shown
        self.endResetModel()

    def _is_wanted(self, line: Line) -> bool:
        if self._group is not None and line.group is not self._group:
            return False
        return self._text in f"{line.unit}\n{line.file}".lower()

    # Qt's own

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """One row a unit."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The columns of `Column`."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Any: as Qt declares it
        """The headings."""
        return heading(HEADINGS, section, orientation, role, FIGURES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: as Qt
        """The words of a cell and its tool tip."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words(Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip(Column(index.column()))
        return None
