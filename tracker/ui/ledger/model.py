"""The list of tasks as a Qt model: ids in order, lines fetched a page at a time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer

from tracker.base.errors import UserError
from tracker.ops.browse import task_lines
from tracker.ui.ledger.words import HEADINGS, Column, cell_text, tip_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QObject

    from tracker.domain.browse import TaskLine
    from tracker.domain.grouping import TaskGroup
    from tracker.ui.kit import Kit

PAGE = 25
MAX_PAGES = 160
"""Pages kept; the least lately used goes first. A page is little more than what is seen at once:
after a keystroke it is what stands between the answer and the painted rows."""

_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A heading in the list."""

    label: str
    count: int
    folded: bool


class TaskModel(QAbstractTableModel):
    """Rows are tasks that pass the filter; only those looked at are read.

    Where the list is grouped, headings stand between them: rows that hold no task.
    """

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._ids: tuple[int, ...] = ()
        self._groups: tuple[TaskGroup, ...] = ()
        self._rows: dict[int, int] | None = None
        self._pages: OrderedDict[int, dict[int, TaskLine]] = OrderedDict()
        self._typed: dict[int, dict[str, Any]] = {}  # Any: values of TaskLine's own fields
        self._codes: dict[str, int] = {}
        self._is_broken = False
        kit.hub.refolded.connect(self._on_refolded)

    @property
    def ids(self) -> tuple[int, ...]:
        """The tasks in the order shown; `-1 - k` stands for the heading of group k."""
        return self._ids

    @property
    def tasks(self) -> tuple[int, ...]:
        """The tasks that pass the filter in the order shown, those of folded groups too."""
        if self._groups:
            return tuple(id_ for group in self._groups for id_ in group.ids)
        return self._ids

    def group(self, row: int) -> ShownGroup | None:
        """Return the heading that stands in a row; None where a task does."""
        if not 0 <= row < len(self._ids) or self._ids[row] >= 0:
            return None
        found = self._groups[-1 - self._ids[row]]
        return ShownGroup(found.label, len(found.ids), found.label in self._kit.hub.folded)

    def show_groups(self, groups: Sequence[TaskGroup]) -> None:
        """Show tasks under headings."""
        self._groups = tuple(groups)
        self._set_ids(self._in_groups())

    def fold(self, row: int) -> None:
        """Fold the group whose heading stands in a row, or open it again."""
        group = self.group(row)
        if group is not None:
            self._kit.hub.fold(self._kit.hub.folded ^ {group.label})

    def _on_refolded(self) -> None:
        if self._groups:
            self._set_ids(self._in_groups())

    def _in_groups(self) -> tuple[int, ...]:
        ids: list[int] = []
        folded = self._kit.hub.folded
        for place, group in enumerate(self._groups):
            ids.append(-1 - place)
            ids.extend(() if group.label in folded else group.ids)
        return tuple(ids)

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these tasks without headings; what is known of their lines is forgotten."""
        self._groups = ()
        self._set_ids(tuple(ids))

    def _set_ids(self, ids: tuple[int, ...]) -> None:
        if ids == self._ids:
            self.refresh()
            return
        self.beginResetModel()
        self._ids, self._rows = ids, None
        self._forget()
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing and forget everything: another office or ledger is in sight."""
        self._codes.clear()
        self._typed.clear()
        self.set_ids(())

    def refresh(self) -> None:
        """Read the lines anew; which tasks there are and their order stay."""
        self._forget()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(HEADINGS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _forget(self) -> None:
        self._pages.clear()
        self._is_broken = False

    # Lines

    def line(self, row: int) -> TaskLine | None:
        """Return a row's line; None where its task is gone by now."""
        if not 0 <= row < len(self._ids):
            return None
        found = self._page(row // PAGE).get(self._ids[row])
        if found is not None and found.id in self._typed:
            return replace(found, **self._typed[found.id])
        return found

    def lines(self, rows: Iterable[int]) -> tuple[TaskLine, ...]:
        """Return the lines of several rows."""
        return tuple(line for row in rows if (line := self.line(row)) is not None)

    def _page(self, number: int) -> dict[int, TaskLine]:
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            return page
        ids = tuple(id_ for id_ in self._ids[number * PAGE :][:PAGE] if id_ >= 0)
        page = {line.id: line for line in self._read(ids)}
        self._pages[number] = page
        self._codes.update((line.code, line.id) for line in page.values())
        if len(self._pages) > MAX_PAGES:
            self._pages.popitem(last=False)
        return page

    def _read(self, ids: Sequence[int]) -> tuple[TaskLine, ...]:
        hub = self._kit.hub
        if hub.office is None or self._is_broken:
            return ()
        try:
            return task_lines(hub.office, ids, hub.round.id if hub.round else None, hub.today)
        except UserError as error:
            # this may be called while painting, where no box may be opened; and one is enough
            self._is_broken = True
            problem = error
            QTimer.singleShot(0, self, lambda: self._kit.messages.problem(problem))
            return ()

    def row_of(self, task_id: int) -> int | None:
        """Return the row of a task; None where the filter leaves it out."""
        if self._rows is None:
            self._rows = {id_: row for row, id_ in enumerate(self._ids)}
        return self._rows.get(task_id)

    def row_of_code(self, code: str) -> int | None:
        """Return the row of a task by its code; None if left out, or if it was never read."""
        task_id = self._codes.get(code)
        return None if task_id is None else self.row_of(task_id)

    def knows(self, code: str) -> bool:
        """Return whether a line of this code was read before."""
        return code in self._codes

    def states_seen(self) -> tuple[str, ...]:
        """Return the office's own words for states, as far as they stand in lines read so far."""
        seen = (line.entry_state for page in self._pages.values() for line in page.values())
        return tuple(dict.fromkeys(word for word in seen if word))

    # What was typed and is being saved

    def show_typed(self, task_id: int, **fields: Any) -> None:  # Any: TaskLine's own fields
        """Show values that are being saved, until they are stored or refused."""
        self._typed.setdefault(task_id, {}).update(fields)
        self._touch(task_id)

    def drop_typed(self, task_id: int) -> None:
        """Show what is stored again."""
        if self._typed.pop(task_id, None) is not None:
            self._touch(task_id)

    def _touch(self, task_id: int) -> None:
        row = self.row_of(task_id)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADINGS) - 1))

    # Qt's own

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many tasks pass the filter."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # Any: Qt's own signature
        """A cell in words; the delegate paints from `line`."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == Column.NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        group = self.group(index.row())
        if group is not None:
            return f"{group.label}　{group.count} 项" if index.column() == 0 else None
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(line, index.column())
        return cell_text(line, index.column(), self._kit.hub.today)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Any: Qt's own signature
        """The columns' headings."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
