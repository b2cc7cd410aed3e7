"""The Qt model over a review: a line a row, the decision in the first column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from tracker.ui.imports.lines import NOT_THERE, NOTHING, Line, Result
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from PySide6.QtCore import QPersistentModelIndex

    from tracker.ui.imports.review import Review

    AnyIndex = QModelIndex | QPersistentModelIndex

HEADINGS = ("", "结果", "任务", "字段", "台账现有", "表中", "为什么对上")
CHECK, RESULT, TASK, FIELD, OLD, NEW, WHY = range(len(HEADINGS))
NO_INDEX = QModelIndex()


class ReviewModel(QAbstractTableModel):
    """Shows the lines of a review under the chosen counters.

    Signals:
        decided: a decision was made or taken back.
    """

    decided = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.review: Review | None = None
        self._shown: frozenset[Result] = frozenset()
        self._lines: list[Line] = []

    def show(self, review: Review | None, shown: Collection[Result]) -> None:
        """Show another review, or other lines of it."""
        self.beginResetModel()
        self.review = review
        self._shown = frozenset(shown)
        self._lines = review.lines(self._shown) if review is not None else []
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """Return the line in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def next_open(self, row: int) -> int | None:
        """Return the next row that waits for a decision, from the top again after the last."""
        if self.review is None:
            return None
        count = len(self._lines)
        for step in range(1, count + 1):
            at = (row + step) % count
            if self.review.is_open(self._lines[at]):
                return at
        return None

    # Decisions

    def toggle(self, rows: Iterable[int]) -> None:
        """Check or uncheck rows."""
        if self.review is not None:
            self.review.toggle([self._lines[row] for row in rows])
            self._tell()

    def toggle_whole(self, row: int) -> None:
        """Check or uncheck all cells of the table's row behind a line."""
        if self.review is not None:
            self.review.toggle(self.review.of_row(self._lines[row]))
            self._tell()

    def accept_all(self) -> None:
        """Check every update and every new row."""
        if self.review is not None:
            self.review.accept_all()
            self._tell()

    def decide(self, row: int, choice: int) -> str:
        """Take a choice on a line that waits; 0 lets it wait again.

        Returns:
            Why the choice cannot be taken; empty where it was.
        """
        if self.review is None:
            return ""
        line = self._lines[row]
        if choice == 0:
            self.review.undecide(line)
            problem = ""
        else:
            problem = self.review.decide(line, choice)
        if not problem:
            self._renew(row)
            self._tell()
        return problem

    def _renew(self, row: int) -> None:
        """Take in the lines that an answer brought, and drop those of the answer before it."""
        if self.review is None or self._lines[row].question is None:
            return
        below = row + 1
        while below < len(self._lines) and self._lines[below].is_part:
            below += 1
        if below > row + 1:
            self.beginRemoveRows(NO_INDEX, row + 1, below - 1)
            del self._lines[row + 1 : below]
            self.endRemoveRows()
        parts = self.review.parts_of(self._lines[row])
        if parts:
            self.beginInsertRows(NO_INDEX, row + 1, row + len(parts))
            self._lines[row + 1 : row + 1] = parts
            self.endInsertRows()

    def _tell(self) -> None:
        if self._lines:
            last = self.index(len(self._lines) - 1, len(HEADINGS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.decided.emit()

    # Qt's questions

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # whatever Qt can hold
        """Return a column's heading."""
        return heading(HEADINGS, section, orientation, role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell: the first column is checked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == CHECK else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words or its check mark."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or self.review is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == CHECK:
            return self._check_state(line)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.words(line, index.column())
        return None

    def _check_state(self, line: Line) -> Qt.CheckState | None:
        checked = self.review.is_checked(line) if self.review is not None else None
        if checked is None:
            return None
        return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked

    def words(self, line: Line, column: int) -> str | None:
        """Return what a cell says."""
        if self.review is None or column == CHECK:
            return None
        if column == RESULT:
            return self.review.word(line)
        if column == OLD:
            return self.old(line) or (NOT_THERE if line.creation is not None else NOTHING)
        return {
            TASK: f"└ {line.title}" if line.is_part else line.title,
            FIELD: line.field,
            NEW: line.new,
            WHY: line.why,
        }[column]

    def old(self, line: Line) -> str:
        """Return what is stored; for an answered row the text of the task it was said to be."""
        candidate = self.review.answer(line) if self.review is not None else None
        return candidate.text if candidate is not None else line.old

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Check or uncheck a line."""
        line = self.line(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or line is None or self.review is None:
            return False
        if self.review.is_checked(line) is None or line.question is not None:
            return False
        self.toggle([index.row()])
        return True
