"""The open tasks that a reform touches, as a table: filtered, ticked, given to successors."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tracker.domain.reform import NOBODY
from tracker.text.pinyin import is_typed, sounds_like
from tracker.ui.units.draft import NOBODY_WORDS
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from PySide6.QtCore import QObject

    from tracker.ui.units.draft import ReformDesk, TouchRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns from left to right."""

    TICK = 0
    LEDGER = 1
    NUMBER = 2
    TASK = 3
    ROLE = 4
    CHANGE = 5
    TAKES = 6
    DOUBTS = 7


HEADINGS = ("", "专项", "序号", "任务", "角色", "原单位栏 → 新单位栏", "承接单位", "留意")
ALL, OPEN, DOUBTFUL = range(3)
SHOWN_WORDS = ("全部任务", "只看未选定的", "只看要留意的")


class TouchModel(QAbstractTableModel):
    """A row for each task; which of them are in sight follows the words looked for."""

    def __init__(self, desk: ReformDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: tuple[TouchRow, ...] = ()
        self._shown: list[int] = []
        self._words = ""
        self._which = ALL

    # What is shown

    def show_rows(self, rows: tuple[TouchRow, ...]) -> None:
        """Show a plan's rows; where the tasks are the same, they stay where they are."""
        same = [row.code for row in rows] == [row.code for row in self.rows]
        if same:
            self.rows = rows
            self.refresh()
            return
        self.beginResetModel()
        self.rows = rows
        self._shown = self._fitting()
        self.endResetModel()

    def narrow(self, words: str, which: int) -> None:
        """Show only tasks that hold these words, and only those that are still open or doubtful."""
        self._words, self._which = words, which
        self.beginResetModel()
        self._shown = self._fitting()
        self.endResetModel()

    def refresh(self) -> None:
        """Paint anew what is in sight; the rows stay, so that none runs away under the hand."""
        if self._shown:
            last = self.index(len(self._shown) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _fitting(self) -> list[int]:
        return [at for at, row in enumerate(self.rows) if self._fits(row)]

    def _fits(self, row: TouchRow) -> bool:
        if self._which == OPEN and not self.is_open(row):
            return False
        if self._which == DOUBTFUL and not row.doubts:
            return False
        words = "".join(self._words.split())
        if not words:
            return True
        held = (row.ledger, row.number, row.text, row.before, row.after, *row.doubts)
        if any(words in "".join(text.split()) for text in held):
            return True
        return is_typed(words) and any(sounds_like(words, text) for text in held)

    def row(self, at: int) -> TouchRow | None:
        """Return the task in a row in sight."""
        return self.rows[self._shown[at]] if 0 <= at < len(self._shown) else None

    def codes(self, places: Iterable[int]) -> list[str]:
        """Return the codes of the tasks in these rows in sight."""
        return [row.code for at in places if (row := self.row(at)) is not None]

    def codes_in_sight(self) -> list[str]:
        """Return the codes of all tasks in sight."""
        return [self.rows[at].code for at in self._shown]

    def place_of(self, codes: Collection[str]) -> int | None:
        """Return the first row in sight that is one of these tasks."""
        found = (n for n, at in enumerate(self._shown) if self.rows[at].code in codes)
        return next(found, None)

    def is_open(self, row: TouchRow) -> bool:
        """Whether something of the task is still to be decided."""
        waits = self._desk.is_choosing and not self._desk.taken_by(row.code)
        return waits or self.needs_cell(row)

    def needs_cell(self, row: TouchRow) -> bool:
        """Whether the clerk must write the cell of units, and has not done so."""
        return row.needs_cell and row.code not in self._desk.choices.cells

    def is_ticked(self, row: TouchRow) -> bool:
        """Whether the task goes over."""
        return not self._desk.basics.some or row.code in self._desk.choices.ticked

    def open_codes(self) -> list[str]:
        """Return the tasks of which something is to be decided."""
        return [row.code for row in self.rows if self.is_open(row)]

    def taken_words(self, row: TouchRow) -> str:
        """Return who takes a task, in words."""
        return takers(self._desk.taken_by(row.code))

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many tasks are in sight."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """The columns' headings."""
        return heading(HEADINGS, section, orientation, role)

    def data(
        self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """A cell in words; the delegate paints the difference and the chips."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words_of(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        boxes = column is Column.TICK and self._desk.basics.some
        if role == Qt.ItemDataRole.CheckStateRole and boxes:
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        return None

    def _words_of(self, row: TouchRow, column: Column) -> str:
        words = {
            Column.LEDGER: row.ledger,
            Column.NUMBER: row.number or row.code,
            Column.TASK: " ".join(row.text.split()),
            Column.ROLE: "、".join(role.removesuffix("单位") for role in row.roles),
            Column.CHANGE: f"{row.before} → {row.after if row.chosen else '？'}",
            Column.TAKES: self.taken_words(row) if self._desk.is_choosing else "",
            Column.DOUBTS: "；".join(row.doubts),
        }
        return words.get(column, "")

    def _tip(self, row: TouchRow, column: Column) -> str:
        if column is Column.TASK:
            return row.text
        if column is Column.DOUBTS:
            return "\n".join(row.doubts)
        if column is Column.CHANGE:
            waiting = "（还没有选定承接单位）"
            return f"{row.before}\n→ {(row.after or '（没有单位）') if row.chosen else waiting}"
        return ""


def takers(names: tuple[str, ...]) -> str:
    """Return who takes a task, in words; empty while nobody is chosen."""
    return "、".join(NOBODY_WORDS if name == NOBODY else name for name in names)
