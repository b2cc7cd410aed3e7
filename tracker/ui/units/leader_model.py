"""The list of leaders as a table: edited in place, put into another order."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tracker.domain.unit_list import PersonWords
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from PySide6.QtCore import QObject

    from tracker.domain.person import PersonRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MIME = "application/x-tracker-leader"


class Column(IntEnum):
    """The columns from left to right."""

    NUMBER = 0
    NAME = 1
    POST = 2
    CHARGE = 3
    UNITS = 4
    TIME = 5


HEADINGS = ("序号", "姓名", "职务", "分管工作", "分管单位", "任职")
EDITABLE = (Column.NAME, Column.POST, Column.CHARGE)


class LeaderModel(QAbstractTableModel):
    """A row for each leader, those who have left at the end.

    Signals:
        typed: a cell was written: the leader's id and `PersonWords`.
        ordered: rows were moved; the ids in their new order.
    """

    typed = Signal(int, object)
    ordered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[PersonRow, ...] = ()
        self._names: Mapping[int, str] = {}

    def show_people(self, people: Sequence[PersonRow], names: Mapping[int, str]) -> None:
        """Show the leaders; `names` are those of the units by id."""
        ordered = tuple(sorted(people, key=lambda person: person.valid_to is not None))
        same = [p.id for p in ordered] == [p.id for p in self.people]
        if not same:
            self.beginResetModel()
        self.people, self._names = ordered, names
        if not same:
            self.endResetModel()
        elif ordered:
            last = self.index(len(ordered) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def person(self, row: int) -> PersonRow | None:
        """Return the leader in a row."""
        return self.people[row] if 0 <= row < len(self.people) else None

    def row_of(self, person_id: int) -> int | None:
        """Return the row of a leader."""
        return next((n for n, p in enumerate(self.people) if p.id == person_id), None)

    def units_of(self, person: PersonRow) -> tuple[str, ...]:
        """Return the names of the units a leader is in charge of."""
        return tuple(self._names[each] for each in person.units if each in self._names)

    def move(self, row: int, to: int) -> bool:
        """Move a leader before the row `to`; nothing is stored here."""
        standing = sum(p.valid_to is None for p in self.people)
        to = max(0, min(to, standing))
        if not 0 <= row < standing or to in (row, row + 1):
            return False
        self.beginResetModel()
        people = list(self.people)
        person = people.pop(row)
        people.insert(to - (to > row), person)
        self.people = tuple(people)
        self.endResetModel()
        self.ordered.emit([p.id for p in people])
        return True

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many leaders there are."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """The columns' headings."""
        return heading(HEADINGS, section, orientation, role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Those in office are dragged; words are edited."""
        person = self.person(index.row()) if index.isValid() else None
        if person is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if person.valid_to is None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in EDITABLE else flags

    def data(
        self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """A cell in words."""
        person = self.person(index.row()) if index.isValid() else None
        if person is None:
            return None
        words = {
            Column.NUMBER: str(index.row() + 1) if person.valid_to is None else "",
            Column.NAME: person.name,
            Column.POST: person.post,
            Column.CHARGE: person.charge,
            Column.UNITS: "、".join(self.units_of(person)),
            Column.TIME: time_words(person.valid_from, person.valid_to),
        }[Column(index.column())]
        roles = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        return words if role in roles else None

    def setData(
        self,
        index: _Index,
        value: Any,  # whatever Qt can hold
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Tell what was written; the list follows when it is stored."""
        person = self.person(index.row()) if index.isValid() else None
        words = str(value).strip()
        if person is None or role != Qt.ItemDataRole.EditRole or words == index.data():
            return False
        column = Column(index.column())
        self.typed.emit(
            person.id,
            PersonWords(
                name=words if column is Column.NAME else None,
                post=words if column is Column.POST else None,
                charge=words if column is Column.CHARGE else None,
            ),
        )
        return True

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only rows of this list."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The row that is dragged."""
        data = QMimeData()
        if indexes:
            data.setData(_MIME, str(indexes[0].row()).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Move the dragged row; the view itself has nothing left to remove."""
        if data.hasFormat(_MIME):
            to = parent.row() if row < 0 and parent.isValid() else row
            source = int(bytes(data.data(_MIME).data()).decode())
            self.move(source, len(self.people) if to < 0 else to)
        return False


def time_words(begun: date | None, ended: date | None) -> str:
    """Return from when to when: “2026.3 起”, “2024.1—2026.3”."""

    def words(day: date) -> str:
        return f"{day.year}.{day.month}.{day.day}"

    if begun is None and ended is None:
        return ""
    if ended is None and begun is not None:
        return f"{words(begun)} 起"
    return f"{words(begun) if begun else ''}—{words(ended) if ended else ''}"
