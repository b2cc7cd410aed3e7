"""The list of single instructions as Qt asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tracker.domain.instruction import STAGE_WORDS, Stage
from tracker.ui.detail.words import short_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.instruction import InstructionRow

    Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("剩余 / 时限", "批示领导", "事项", "承办单位", "办理环节")
REMAINING, LEADER, TASK, UNITS, STAGE = range(len(COLUMNS))
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""Gives the `InstructionRow` itself, for the delegates."""


class InstructionsModel(QAbstractTableModel):
    """Instructions in the order of `list_instructions`: the fewest days left first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[InstructionRow, ...] = ()
        self._today: date | None = None

    def show_rows(self, rows: Sequence[InstructionRow], today: date) -> None:
        """Show another list."""
        self.beginResetModel()
        self.rows, self._today = tuple(rows), today
        self.endResetModel()

    def place_of(self, code: str) -> int | None:
        """Return the row in which a task stands."""
        return next((n for n, row in enumerate(self.rows) if row.line.code == code), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """One row an instruction."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The columns of `COLUMNS`."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Any: as Qt declares it
        """The headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: as Qt
        """The words of a cell (two lines at most), its tool tip, the row behind it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, index.column())
        if role == ROW_ROLE:
            return row
        return None

    def _words(self, row: InstructionRow, column: int) -> str:
        line, source, today = row.line, row.instruction, self._today
        if column == REMAINING:
            due = line.deadline_date
            day = short_day(due, today) if due and today else ""
            return f"{days_words(row)}\n{day}".strip()
        if column == LEADER:
            day = short_day(source.on, today) if source.on and today else ""
            return f"{source.leader}\n{day}".strip()
        if column == TASK:
            return line.text
        if column == UNITS:
            return "、".join(line.lead or line.responsible)
        return STAGE_WORDS[source.stage] if source.stage else "没有跟踪"


def days_words(row: InstructionRow) -> str:
    """Return the time left as the rules of the lights count it; closed ones are done."""
    if row.instruction.stage is Stage.CLOSED:
        return STAGE_WORDS[Stage.CLOSED]
    return row.line.remaining or "无时限"


def _tip(row: InstructionRow, column: int) -> str | None:
    if column == TASK:
        source = row.instruction
        return f"{row.line.text}\n批示原文：{source.text}" if source.text else row.line.text
    if column == REMAINING:
        return row.line.reason
    if column == STAGE:
        return "\n".join(
            f"{STAGE_WORDS[s.stage]} {s.on.year}年{s.on.month}月{s.on.day}日 {s.remark}".rstrip()
            for s in row.instruction.steps
        )
    return None
