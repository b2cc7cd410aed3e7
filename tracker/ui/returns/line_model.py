"""The Qt model of the lines of one returned file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from tracker.ui.returns.lines import NOTHING, ReturnLine, What
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from PySide6.QtCore import QPersistentModelIndex

    from tracker.ui.returns.lines import Result
    from tracker.ui.returns.review import CollectReview

    AnyIndex = QModelIndex | QPersistentModelIndex

HEADINGS = ("", "结果", "任务", "上期／台账", "本期反馈", "办理状态", "完成率")
CHECK, RESULT, TASK, OLD, NEW, STATE, PERCENT = range(len(HEADINGS))
NO_INDEX = QModelIndex()


class LineModel(QAbstractTableModel):
    """Shows a file's lines under the chosen counters.

    Signals:
        decided: a decision was made or taken back.
    """

    decided = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.review: CollectReview | None = None
        self._lines: list[ReturnLine] = []

    def show(self, review: CollectReview | None, key: str, shown: Collection[Result]) -> None:
        """Show the lines of a file, by its hash."""
        self.beginResetModel()
        self.review = review
        self._lines = review.lines(key, shown) if review is not None else []
        self.endResetModel()

    def line(self, row: int) -> ReturnLine | None:
        """Return the line in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def next_open(self, row: int) -> int | None:
        """Return the next row below that waits for a decision; None where there is none."""
        if self.review is None:
            return None
        rows = range(row + 1, len(self._lines))
        return next((at for at in rows if self.review.is_open(self._lines[at])), None)

    def toggle(self, rows: Iterable[int]) -> None:
        """Check or uncheck rows."""
        if self.review is not None:
            self.review.toggle([self._lines[row] for row in rows])
            self.tell()

    def tell(self) -> None:
        """Say that something was decided."""
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
        return heading(HEADINGS, section, orientation, role, {PERCENT})

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
            checked = self.review.is_checked(line)
            if checked is None:
                return None
            return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == PERCENT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.words(line, index.column())
        return None

    def words(self, line: ReturnLine, column: int) -> str | None:
        """Return what a cell says."""
        if self.review is None or column == CHECK:
            return None
        if column == RESULT:
            return self.review.word(line)
        return {
            TASK: line.title,
            OLD: line.old or (NOTHING if line.what is not What.WORDS else "—"),
            NEW: line.new or NOTHING,
            STATE: line.state,
            PERCENT: line.percent,
        }[column]

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Check or uncheck a line."""
        line = self.line(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or line is None or self.review is None:
            return False
        if self.review.is_checked(line) is None:
            return False
        self.toggle([index.row()])
        return True
