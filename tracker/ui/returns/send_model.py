"""The Qt model of the units that may be sent a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from tracker.ui.widgets.lists import heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QPersistentModelIndex

    from tracker.ui.returns.sending import Recipient, Sending

    AnyIndex = QModelIndex | QPersistentModelIndex

HEADINGS = ("", "单位", "任务", "职责", "联系人", "电话", "已发")
CHECK, UNIT, TASKS, DUTIES, CONTACT, PHONE, SENT = range(len(HEADINGS))
NO_INDEX = QModelIndex()


class SendModel(QAbstractTableModel):
    """Shows who is to report; the first column is ticked.

    Signals:
        ticked: units were ticked or unticked.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sending: Sending | None = None
        self._rows: tuple[Recipient, ...] = ()

    def show(self, sending: Sending | None) -> None:
        """Show another state."""
        self.beginResetModel()
        self._sending = sending
        self._rows = sending.recipients if sending is not None else ()
        self.endResetModel()

    def row(self, row: int) -> Recipient | None:
        """Return the unit in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def tick(self, rows: Iterable[int]) -> None:
        """Tick rows, or where all are ticked untick them."""
        if self._sending is not None:
            self._sending.tick(self._rows[row].id for row in rows)
            self._tell()

    def tick_all(self) -> None:
        """Tick every row, or where every one is ticked none."""
        if self._sending is not None:
            self._sending.tick_all()
            self._tell()

    def _tell(self) -> None:
        if self._rows:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._rows) - 1, len(HEADINGS) - 1)
            )
        self.ticked.emit()

    # Qt's questions

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many units there are."""
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
        return heading(HEADINGS, section, orientation, role, {TASKS})

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell: the first column is ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == CHECK else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words or its tick."""
        one = self.row(index.row()) if index.isValid() else None
        if one is None or self._sending is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == CHECK:
            ticked = self._sending.is_ticked(one.id)
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and column == TASKS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return _words(one, column)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a unit."""
        if role != Qt.ItemDataRole.CheckStateRole or self.row(index.row()) is None:
            return False
        self.tick([index.row()])
        return True


def _words(one: Recipient, column: int) -> str | None:
    if column == SENT and one.sent_at is not None:
        return f"{one.sent_at.month}月{one.sent_at.day}日已发，再发作新表"
    return {
        UNIT: one.unit,
        TASKS: str(one.tasks),
        DUTIES: one.duties,
        CONTACT: one.contact or "—",
        PHONE: one.phone or "—",
        SENT: "",
    }.get(column)
