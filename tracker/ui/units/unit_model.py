"""The list of units as a table: searched, edited in place, put into another order."""

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

from tracker.domain.unit_list import UnitWords
from tracker.text.pinyin import is_typed, sounds_like
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from tracker.domain.unit_list import UnitLine

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MIME = "application/x-tracker-unit"


class Column(IntEnum):
    """The columns from left to right."""

    NUMBER = 0
    NAME = 1
    SHORT = 2
    NAMES = 3
    KIND = 4
    CONTACT = 5
    PHONE = 6
    OPEN = 7


HEADINGS = ("序号", "全称", "简称", "曾用名", "类别", "联系人", "电话", "在办")
EDITABLE = (Column.NAME, Column.SHORT, Column.NAMES, Column.CONTACT, Column.PHONE)


class UnitModel(QAbstractTableModel):
    """A row for each unit in sight.

    Signals:
        typed: a cell was written: the unit's id and `UnitWords`.
        renamed: another full name was written: the unit's line and the name.
        ordered: rows were moved; ids of all standing units in their new order.
    """

    typed = Signal(int, object)
    renamed = Signal(object, str)
    ordered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[UnitLine, ...] = ()
        self._shown: list[UnitLine] = []
        self._words = ""
        self._with_abolished = True
        self._numbers: dict[int, int] = {}

    # What is shown

    def show_lines(self, lines: Sequence[UnitLine]) -> None:
        """Show the list as it was read; where its units are the same, the rows stay."""
        shown = self._fitting(lines)
        self._number(lines)
        same = [line.unit.id for line in shown] == [line.unit.id for line in self._shown]
        if same:
            self.lines, self._shown = tuple(lines), shown
            if shown:
                last = self.index(len(shown) - 1, len(Column) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.lines, self._shown = tuple(lines), shown
        self.endResetModel()

    def narrow(self, words: str, *, with_abolished: bool) -> None:
        """Show only units that hold these words or sound like them."""
        self._words, self._with_abolished = "".join(words.split()), with_abolished
        self.beginResetModel()
        self._shown = self._fitting(self.lines)
        self.endResetModel()

    def _number(self, lines: Sequence[UnitLine]) -> None:
        standing = (line.unit.id for line in lines if not line.unit.is_abolished)
        self._numbers = {unit_id: place for place, unit_id in enumerate(standing, 1)}

    def _fitting(self, lines: Sequence[UnitLine]) -> list[UnitLine]:
        return [line for line in lines if self._fits(line)]

    def _fits(self, line: UnitLine) -> bool:
        unit, words = line.unit, self._words
        if unit.is_abolished and not self._with_abolished:
            return False
        if not words:
            return True
        names = (unit.name, unit.short_name, *unit.names)
        held = (*names, unit.contact, unit.phone, *line.members)
        if any(words in text for text in held):
            return True
        return is_typed(words) and any(sounds_like(words, name) for name in names)

    def line(self, row: int) -> UnitLine | None:
        """Return the unit in a row in sight."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, unit_id: int) -> int | None:
        """Return the row of a unit in sight."""
        found = (row for row, line in enumerate(self._shown) if line.unit.id == unit_id)
        return next(found, None)

    @property
    def is_movable(self) -> bool:
        """Whether rows can be moved: only the whole list has an order."""
        return not self._words

    def move(self, rows: Sequence[int], to: int) -> bool:
        """Move standing units before the row `to`; return whether anything changed.

        Nothing is stored here: `ordered` tells what is wanted.
        """
        wanted = sorted(row for row in rows if self._is_standing(row))
        if not wanted or not self.is_movable:
            return False
        last = sum(not line.unit.is_abolished for line in self._shown)
        to = max(0, min(to, last))
        moved = [self._shown[row] for row in wanted]
        ids = {line.unit.id for line in moved}
        before = [line for line in self._shown[:to] if line.unit.id not in ids]
        behind = [line for line in self._shown[to:] if line.unit.id not in ids]
        shown = [*before, *moved, *behind]
        if shown == self._shown:
            return False
        self.beginResetModel()
        self._shown = shown
        self._number(shown)
        self.endResetModel()
        self.ordered.emit([line.unit.id for line in shown if not line.unit.is_abolished])
        return True

    def _is_standing(self, row: int) -> bool:
        line = self.line(row)
        return line is not None and not line.unit.is_abolished

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many units are in sight."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """The columns' headings."""
        return heading(HEADINGS, section, orientation, role, figures=(Column.OPEN,))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Standing units are edited and dragged."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._is_standing(index.row()):
            if self.is_movable:
                flags |= Qt.ItemFlag.ItemIsDragEnabled
            if Column(index.column()) in EDITABLE:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(
        self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """A cell in words."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words_of(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, column)
        return None

    def _words_of(self, line: UnitLine, column: Column) -> str:
        unit = line.unit
        return {
            Column.NUMBER: str(self._numbers.get(unit.id, "")),
            Column.NAME: unit.name,
            Column.SHORT: unit.short_name,
            Column.NAMES: "、".join(unit.names),
            Column.KIND: kind_words(line),
            Column.CONTACT: unit.contact,
            Column.PHONE: unit.phone,
            Column.OPEN: str(line.open) if line.open else "",
        }[column]

    def _tip(self, line: UnitLine, column: Column) -> str:
        if line.state:
            return line.state
        if column is Column.KIND and line.members:
            return "包括：" + "、".join(line.members)
        if column is Column.OPEN and line.open:
            return f"在办 {line.open} 项，其中牵头 {line.lead} 项"
        if column is Column.NAME:
            return "双击改正写错的名称；单位更名请用“机构改革”"
        return self._words_of(line, column) if column is not Column.NUMBER else ""

    def setData(
        self,
        index: _Index,
        value: Any,  # whatever Qt can hold
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Tell what was written; the list follows when it is stored."""
        line = self.line(index.row()) if index.isValid() else None
        words = " ".join(str(value).split())
        if line is None or role != Qt.ItemDataRole.EditRole or words == index.data():
            return False
        column = Column(index.column())
        if column is Column.NAME:
            self.renamed.emit(line, words)
        elif column is Column.NAMES:
            listed = words.replace("，", "、").replace(",", "、").split("、")
            self.typed.emit(line.unit.id, UnitWords(names=tuple(filter(None, listed))))
        else:
            self.typed.emit(
                line.unit.id,
                UnitWords(
                    short_name=words if column is Column.SHORT else None,
                    contact=words if column is Column.CONTACT else None,
                    phone=words if column is Column.PHONE else None,
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
        """The rows that are dragged."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(_MIME, ",".join(map(str, rows)).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Move the dragged rows; the view itself has nothing left to remove."""
        if data.hasFormat(_MIME):
            rows = [int(each) for each in bytes(data.data(_MIME).data()).decode().split(",")]
            to = parent.row() if row < 0 and parent.isValid() else row
            self.move(rows, len(self._shown) if to < 0 else to)
        return False


def kind_words(line: UnitLine) -> str:
    """Return what kind of unit it is: one that is gone, one that stands for several, or nothing."""
    if line.unit.is_abolished:
        return "已撤销"
    if line.members:
        return f"合称（{len(line.members)}家）"
    return "合称" if line.unit.is_collective else ""
