"""The Qt model over the drafts of a document, doubtful ones first."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from tracker.domain.draft_edit import choose
from tracker.ops.drafts import Standing
from tracker.ui.decompose.doubts import doubts_of
from tracker.ui.decompose.words import deadline_pair, note_of, title_of, units_in_words
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QPersistentModelIndex

    from tracker.domain.review import ReviewDraft
    from tracker.ui.decompose.desk import Desk

    AnyIndex = QModelIndex | QPersistentModelIndex

HEADINGS = ("", "序号", "任务", "单位", "时限")
CHECK, NUMBER, TASK, UNITS, DEADLINE = range(len(HEADINGS))
NO_INDEX = QModelIndex()


class Sieve(Enum):
    """Which drafts are listed; the value is the word on the button."""

    DIFFERENT = "有差异"
    ALL = "全部"
    WAITING = "存疑"
    NO_UNITS = "无单位"
    NEW = "新增"
    CHANGED = "有变化"
    SAME = "一致"
    DROPPED = "已删"


AGAIN = (Sieve.DIFFERENT, Sieve.NEW, Sieve.CHANGED, Sieve.SAME)
"""Of use only where the ledger has tasks to compare with."""


def sieves_of(desk: Desk, each: ReviewDraft) -> frozenset[Sieve]:
    """Return the buttons that list a draft."""
    if each.dropped:
        return _DROPPED
    facts = desk.facts(each)
    return _SIEVES[facts.standing, facts.waits, facts.has_units]


def _sieves(standing: Standing, waits: bool, has_units: bool) -> frozenset[Sieve]:
    found = {Sieve.ALL}
    if standing is not Standing.SAME:
        found.add(Sieve.DIFFERENT)
    if waits:
        found.add(Sieve.WAITING)
    if not has_units:
        found.add(Sieve.NO_UNITS)
    named = {
        Standing.NEW: Sieve.NEW,
        Standing.CHANGED: Sieve.CHANGED,
        Standing.SAME: Sieve.SAME,
    }
    return frozenset(found | {named[standing]} if standing in named else found)


_DROPPED = frozenset({Sieve.DROPPED})
_SIEVES = {
    (standing, waits, has_units): _sieves(standing, waits, has_units)
    for standing in Standing
    for waits in (False, True)
    for has_units in (False, True)
}


class DraftModel(QAbstractTableModel):
    """Shows the drafts on the desk that a button lists."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sieve = Sieve.ALL
        self._rows: list[ReviewDraft] = []
        self._places: dict[int, int] = {}
        self._first: set[int] = set()
        desk.stepped.connect(self._renew)

    def show(self, sieve: Sieve) -> None:
        """List what a button lists; what waits comes first, and stays there when it is settled."""
        self.sieve = sieve
        waiting = [each for each in self.desk.now.drafts if self.desk.waits(each)]
        self._first = {origin for each in waiting for origin in _names(each)}
        self._renew()

    def _renew(self) -> None:
        rows = [d for d in self.desk.now.drafts if self.sieve in sieves_of(self.desk, d)]
        if self._first:
            rows.sort(key=lambda each: self._first.isdisjoint(_names(each)))
        same = [each.id for each in rows] == [each.id for each in self._rows]
        if not same:
            self.beginResetModel()
        self._rows = rows
        self._places = {each.id: row for row, each in enumerate(rows)}
        if not same:
            self.endResetModel()
        elif rows:
            last = self.index(len(rows) - 1, len(HEADINGS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # What is listed

    def draft(self, row: int) -> ReviewDraft | None:
        """Return the draft in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def drafts(self) -> list[ReviewDraft]:
        """Return all drafts that are listed, from the top."""
        return list(self._rows)

    def row_of(self, draft_id: int) -> int | None:
        """Return the row a draft stands in; None where it is not listed."""
        return self._places.get(draft_id)

    def next_waiting(self, row: int) -> int | None:
        """Return the next row that waits for a look, from the top again after the last."""
        count = len(self._rows)
        for step in range(1, count + 1):
            at = (row + step) % count
            if self.desk.waits(self._rows[at]):
                return at
        return None

    def toggle(self, rows: Iterable[int]) -> None:
        """Tick the drafts of some rows, or where all are ticked untick them."""
        drafts = [each for row in rows if (each := self.draft(row)) is not None]
        drafts = [each for each in drafts if not each.dropped]
        if all(each.chosen for each in drafts):
            self.desk.do(lambda now: choose(now, [each.id for each in drafts], chosen=False))
        else:
            self.desk.accept(each.id for each in drafts)

    # Qt's questions

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many drafts are listed."""
        return 0 if parent.isValid() else len(self._rows)

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
        """Return what can be done with a cell: the first column is ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == CHECK else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words or its tick."""
        each = self.draft(index.row()) if index.isValid() else None
        if each is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == CHECK:
            ticked = each.chosen and not each.dropped
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(each, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(each, index.column())
        return None

    def _words(self, each: ReviewDraft, column: int) -> str | None:
        if column == NUMBER:
            return each.draft.number
        if column == TASK:
            return title_of(each.draft)
        if column == UNITS:
            return units_in_words(each.draft, self.desk.meanings(each))
        if column == DEADLINE:
            return "　".join(filter(None, deadline_pair(each.draft.deadline, None)))
        return None

    def _tip(self, each: ReviewDraft, column: int) -> str | None:
        if column == TASK:
            doubts = "\n".join(f"▲ {doubt}" for doubt in doubts_of(each))
            return f"{doubts}\n{each.draft.text}" if doubts else each.draft.text
        if column == NUMBER:
            return "　›　".join((*each.draft.path, each.draft.number)) or None
        if column == CHECK:
            return note_of(self.desk, each)[0] if self.desk.waits(each) else None
        return self._words(each, column)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a draft."""
        each = self.draft(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.CheckStateRole or each is None or each.dropped:
            return False
        if index.column() != CHECK:
            return False
        self.toggle([index.row()])
        return True


def _names(each: ReviewDraft) -> tuple[int, ...]:
    """Return what a draft is known by through merges and splits."""
    return each.origins or (-each.id,)
