"""Instructions that were pasted, under review before they are added; cells can be changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tracker.ops.instruction_lines import day_named
from tracker.ops.instructions import InstructionWords
from tracker.ops.tasks import TaskWords
from tracker.ui.detail.words import reading, short_day
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.ops.instruction_lines import InstructionLine

    Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("批示领导", "日期", "批示原文", "牵头单位", "配合单位", "时限")
LEADER, ON, TEXT, LEAD, COOPERATING, DEADLINE = range(len(COLUMNS))
_NAMES = {LEADER: "leader", TEXT: "text", LEAD: "lead", COOPERATING: "cooperating"}
_NOWHERE = QModelIndex()


class PastedModel(QAbstractTableModel):
    """One row an instruction; what a line does not say is taken from `leader` and `today`."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[InstructionLine] = []
        self.leader = ""
        self._today = today

    def show_lines(self, lines: Sequence[InstructionLine]) -> None:
        """Show another list."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def set_leader(self, leader: str) -> None:
        """Say who instructed where a line does not."""
        self.leader = leader
        if self.lines:
            last = self.index(len(self.lines) - 1, LEADER)
            self.dataChanged.emit(self.index(0, LEADER), last)

    def missing(self) -> int:
        """Return how many have no leader."""
        return sum(not (line.leader or self.leader) for line in self.lines)

    def unread(self) -> int | None:
        """Return the first row whose deadline cannot be read."""
        return next((n for n, line in enumerate(self.lines) if self._doubt(line)), None)

    def typed(self) -> list[tuple[TaskWords, InstructionWords]]:
        """Return what is to be added."""
        return [
            (
                TaskWords(
                    lead=line.lead or None,
                    cooperating=line.cooperating or None,
                    deadline=line.deadline or None,
                ),
                InstructionWords(line.leader or self.leader, line.on or self._today, line.text),
            )
            for line in self.lines
        ]

    def _doubt(self, line: InstructionLine) -> str:
        understood, words = reading(line.deadline, self._today, line.on or self._today)
        return "" if understood else words

    # As Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row an instruction."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The columns of `COLUMNS`."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Any: as Qt declares it
        """The headings."""
        return heading(COLUMNS, section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be changed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt
        """The words of a cell, how they are read, and where they stand."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(line, column)
        if role == Qt.ItemDataRole.EditRole:
            return self._held(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        return None

    def _held(self, line: InstructionLine, column: int) -> str:
        if column == ON:
            return short_day(line.on, self._today) if line.on else ""
        return line.deadline if column == DEADLINE else str(getattr(line, _NAMES[column]))

    def _shown(self, line: InstructionLine, column: int) -> str:
        if column == LEADER:
            return line.leader or self.leader or "▲ 没有领导"
        if column == ON:
            return short_day(line.on or self._today, self._today)
        if column == DEADLINE and self._doubt(line):
            return f"▲ {line.deadline}"
        return self._held(line, column)

    def _tip(self, line: InstructionLine, column: int) -> str:
        if column == DEADLINE:
            return reading(line.deadline, self._today, line.on or self._today)[1]
        return line.words if column == TEXT else self._shown(line, column)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell; an unreadable day is refused, the words never empty."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        line, words, column = self.lines[index.row()], str(value).strip(), index.column()
        day = day_named(words, self._today) if column == ON else line.on
        if (column == ON and words and day is None) or (column == TEXT and not words):
            return False
        self.lines[index.row()] = replace(
            line,
            leader=words if column == LEADER else line.leader,
            on=day,
            text=words if column == TEXT else line.text,
            lead=words if column == LEAD else line.lead,
            cooperating=words if column == COOPERATING else line.cooperating,
            deadline=words if column == DEADLINE else line.deadline,
        )
        self.dataChanged.emit(index, index)
        return True

    def drop(self, rows: Sequence[int]) -> None:
        """Leave rows out."""
        for row in sorted(rows, reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self.lines[row]
            self.endRemoveRows()
