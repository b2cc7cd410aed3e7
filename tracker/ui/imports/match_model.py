"""The Qt model over the rows of a table and the tasks they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from tracker.domain.proposal import NEW_TASK
from tracker.ui.imports.matching import State
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtCore import QPersistentModelIndex

    from tracker.ui.imports.matching import Matching, MatchLine

    AnyIndex = QModelIndex | QPersistentModelIndex

HEADINGS = ("结果", "行", "表中任务", "台账任务", "把握", "为什么")
STATE, ROW, TABLE_TASK, STORED_TASK, SCORE, WHY = range(len(HEADINGS))
FIGURES = frozenset({ROW, SCORE})
NO_INDEX = QModelIndex()
NEW_WORDS = "（新增为一项任务）"


class MatchModel(QAbstractTableModel):
    """Shows the rows under the chosen counters.

    Attributes:
        matching: what is shown; None for nothing.

    Signals:
        decided: something was said about a row, or taken back.
    """

    decided = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matching: Matching | None = None
        self._lines: list[MatchLine] = []

    def show(self, matching: Matching | None, shown: Collection[State]) -> None:
        """Show the rows under these counters; a row stays where it is when it is settled."""
        self.beginResetModel()
        self.matching = matching
        groups = matching.groups if matching is not None else {}
        self._lines = [line for state in State if state in shown for line in groups.get(state, ())]
        self.endResetModel()

    def line(self, row: int) -> MatchLine | None:
        """Return the line in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def next_open(self, row: int) -> int | None:
        """Return the next row that waits, from the top again after the last."""
        if self.matching is None:
            return None
        count = len(self._lines)
        places = ((row + step) % count for step in range(1, count + 1))
        waits = (at for at in places if self.matching.state(self._lines[at]) is State.ASKED)
        return next(waits, None)

    def decide(self, row: int, code: str | None) -> str:
        """Say which task a row is; None takes it back.

        Returns:
            Why that cannot be; empty where it was taken.
        """
        line = self.line(row)
        if line is None or self.matching is None:
            return ""
        problem = ""
        if code is None:
            self.matching.undecide(line)
        else:
            problem = self.matching.decide(line, code)
        if not problem:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADINGS) - 1))
            self.decided.emit()
        return problem

    # Qt's questions

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many rows are shown."""
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
        return heading(HEADINGS, section, orientation, role, FIGURES)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.words(line, index.column())
        return None

    def words(self, line: MatchLine, column: int) -> str:
        """Return what a cell says."""
        matching = self.matching
        if matching is None:
            return ""
        if column == STATE:
            return matching.state(line).value
        if column == ROW:
            return str(line.row.origin.row)
        if column == TABLE_TASK:
            return f"{line.row.number} {line.row.task}".strip()
        if column == STORED_TASK:
            if matching.code(line) == NEW_TASK:
                return NEW_WORDS
            task = matching.task(line)
            return f"{task.number} {task.text}".strip() if task is not None else ""
        choice = self._choice(line)
        if choice is None:
            return "" if column == SCORE else self._why(line)
        score, reasons = choice
        return (f"{score:.2f}" if score is not None else "") if column == SCORE else reasons

    def _choice(self, line: MatchLine) -> tuple[float | None, str] | None:
        """Return likeness and reasons of the task that is shown for a row."""
        matching = self.matching
        task = matching.task(line) if matching is not None else None
        if matching is None or task is None or matching.code(line) == NEW_TASK:
            return None
        found = (c for c in matching.choices(line) if c.code == task.code)
        choice = next(found, None)
        return (choice.score, "，".join(choice.reasons)) if choice is not None else None

    def _why(self, line: MatchLine) -> str:
        return "你选定为新增" if line.match is not None else "台账中没有相近的任务"
