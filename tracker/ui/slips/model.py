"""The ledger of slips as Qt asks for it: a row for each slip, sorted and narrowed here."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tracker.domain.slip import SlipState
from tracker.ui.detail.words import long_day, short_day
from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from tracker.domain.slip import SlipLine

    Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns from left to right."""

    CODE = 0
    KIND = 1
    UNIT = 2
    MATTER = 3
    ISSUED = 4
    DUE = 5
    STATE = 6
    LATE = 7


HEADINGS = ("编号", "种类", "单位", "事项", "开单", "回复期限", "状态", "逾期")


class Group(Enum):
    """What the list is narrowed to, in the user's words."""

    WAITING = "待回复"
    LATE = "逾期未回"
    REPLIED = "已回复"
    CLOSED = "已办结"


_ORDER = {SlipState.SENT: 0, SlipState.REPLIED: 1, SlipState.CLOSED: 2}
_KEYS: dict[Column, Callable[[SlipLine], Any]] = {  # Any: whatever the column is ordered by
    Column.CODE: lambda line: (line.kind_word, line.slip.issued_on.year, line.slip.id),
    Column.KIND: lambda line: line.kind_word,
    Column.UNIT: lambda line: line.slip.unit,
    Column.MATTER: lambda line: matter_words(line),
    Column.ISSUED: lambda line: line.slip.issued_on,
    Column.DUE: lambda line: (line.slip.reply_due is None, line.slip.reply_due or _no_day(line)),
    Column.STATE: lambda line: _ORDER[line.slip.state],
    Column.LATE: lambda line: -(line.late.days if line.late else 0),
}


class SlipsModel(QAbstractTableModel):
    """Slips; the latest issued first until another order is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[SlipLine, ...] = ()
        self._shown: list[SlipLine] = []
        self._group: Group | None = None
        self._kind, self._text = "", ""
        self._sorted: tuple[Column, Qt.SortOrder] | None = None
        self._today: date | None = None

    def show_lines(self, lines: Sequence[SlipLine], today: date) -> None:
        """Show another list."""
        self.lines, self._today = tuple(lines), today
        self._arrange()

    def narrow(self, group: Group | None, kind: str, text: str) -> None:
        """Show only slips of a group and a kind (None and "" for all) that hold the text."""
        self._group, self._kind, self._text = group, kind, "".join(text.split()).lower()
        self._arrange()

    def line(self, row: int) -> SlipLine | None:
        """Return what stands in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def place_of(self, code: str) -> int | None:
        """Return the row of a slip; None where it is not shown."""
        return next((n for n, line in enumerate(self._shown) if line.slip.code == code), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 goes back to the latest first."""
        self._sorted = (Column(column), order) if 0 <= column < len(HEADINGS) else None
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [line for line in self.lines if self._is_wanted(line)]
        if self._sorted is not None:
            column, order = self._sorted
            shown.sort(key=_KEYS[column], reverse=order == Qt.SortOrder.DescendingOrder)
        self._shown = shown
        self.endResetModel()

    def _is_wanted(self, line: SlipLine) -> bool:
        if self._group is not None and not is_in(line, self._group):
            return False
        if self._kind and line.kind_word != self._kind:
            return False
        slip = line.slip
        said = (slip.code, line.kind_word, slip.unit, *slip.tasks, slip.words.matter, line.ledger)
        held = (*said, *(reply.words for reply in slip.replies), slip.closed_words)
        return self._text in "".join("\n".join(held).split(" ")).lower()

    # Qt's own

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """One row a slip."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The columns of `Column`."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Any: as Qt declares it
        """The headings."""
        return heading(HEADINGS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: as Qt
        """The words of a cell and its tool tip."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or self._today is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_words(line, Column(index.column()), self._today)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line, Column(index.column()))
        return None


def is_in(line: SlipLine, group: Group) -> bool:
    """Return whether a slip belongs to a group; one may belong to two."""
    slip = line.slip
    if group is Group.LATE:
        return line.late is not None and not line.late.is_answered
    if group is Group.WAITING:
        return slip.state is SlipState.SENT and slip.reply_due is not None
    wanted = SlipState.REPLIED if group is Group.REPLIED else SlipState.CLOSED
    return slip.state is wanted


def cell_words(line: SlipLine, column: Column, today: date) -> str:
    """Return the words of a cell."""
    slip = line.slip
    due = short_day(slip.reply_due, today) if slip.reply_due else "不要求回复"
    return {
        Column.CODE: slip.code,
        Column.KIND: line.kind_word,
        Column.UNIT: slip.unit,
        Column.MATTER: matter_words(line),
        Column.ISSUED: short_day(slip.issued_on, today),
        Column.DUE: due,
        Column.STATE: slip.state_word,
        Column.LATE: line.late.words if line.late else "",
    }[column]


def matter_words(line: SlipLine) -> str:
    """Return what a slip is about on one line."""
    return " ".join(line.slip.words.matter.split())


def history(line: SlipLine) -> list[str]:
    """Return what came of a slip, a line for each reply and the closing."""
    slip = line.slip
    said = [f"{long_day(reply.on)}回复：{reply.words}" for reply in slip.replies]
    if slip.closed_on is not None:
        words = f"：{slip.closed_words}" if slip.closed_words else ""
        said.append(f"{long_day(slip.closed_on)}办结{words}")
    return said


def tip(line: SlipLine, column: Column) -> str | None:
    """Return a cell's tool tip."""
    slip = line.slip
    if column in (Column.CODE, Column.KIND):
        return f"专项：{line.ledger}\n{slip.created_by} {long_day(slip.issued_on)}开"
    if column is Column.MATTER:
        return slip.words.matter
    if column is Column.DUE:
        reply = f"{slip.days}个工作日，{slip.words.reply}" if slip.days else "没有要求回复"
        return f"{reply}\n{line.caution}".strip()
    if column in (Column.STATE, Column.LATE):
        return "\n".join(history(line)) or None
    return None


def _no_day(line: SlipLine) -> date:
    return line.slip.issued_on
