"""Which tasks a slip is about: those chosen stand ticked, words typed bring more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tracker.domain.browse import Filter
from tracker.ops.browse import find_tasks, task_lines
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from tracker.domain.browse import TaskLine
    from tracker.ui.kit import Kit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CODE = Qt.ItemDataRole.UserRole
_FOUND_AT_MOST = 30
_LONGEST = 60
_ROWS = 4


class TaskPicker(QWidget):
    """A search field over a list of tasks with boxes to tick.

    Signals:
        changed: other tasks are chosen.
    """

    changed = Signal()

    def __init__(self, kit: Kit, lines: Sequence[TaskLine] = ()) -> None:
        super().__init__()
        self._kit = kit
        self._chosen = {line.code: line for line in lines}
        self._found: dict[str, TaskLine] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找要写进单子的任务：任务、单位或序号里的字")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("查找任务")
        self.list = QListWidget()
        self.list.setAccessibleName("选定的任务")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_ROWS * (kit.theme.size + 10))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.setFocusProxy(self.search)
        for part in (self.search, self.list):
            part.installEventFilter(self)
        self._fill()
        self.list.itemChanged.connect(self._on_ticked)
        self._read = LatestRead(kit.runner, "查找任务", self._lookup, self._take, self)
        self.search.textChanged.connect(self._read.ask)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter tick the first task found, not issue the slip; Ctrl+Enter is the form's."""
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        pressed: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
        if pressed.key() not in _ENTER:
            return super().eventFilter(watched, event)
        if pressed.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        item = self.list.currentItem() if watched is self.list else self._first_found()
        if item is not None:
            is_in = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_in else Qt.CheckState.Checked)
        return True

    def _first_found(self) -> QListWidgetItem | None:
        items = (self.list.item(row) for row in range(self.list.count()))
        return next((x for x in items if x.checkState() is Qt.CheckState.Unchecked), None)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the chosen tasks, in the order they were chosen."""
        return tuple(self._chosen)

    @property
    def lines(self) -> tuple[TaskLine, ...]:
        """The chosen tasks."""
        return tuple(self._chosen.values())

    def _lookup(self) -> Callable[[], tuple[TaskLine, ...]] | None:
        hub, words = self._kit.hub, self.search.text().strip()
        office, today = hub.office, hub.today
        if office is None or not words:
            self._take(())
            return None
        wanted = Filter(ledger_id=hub.ledger.id if hub.ledger else None, text=words)

        def find() -> tuple[TaskLine, ...]:
            ids = find_tasks(office, wanted, None, today)
            return task_lines(office, ids[:_FOUND_AT_MOST], None, today)

        return find

    def _take(self, lines: tuple[TaskLine, ...]) -> None:
        self._found = {line.code: line for line in lines if line.code not in self._chosen}
        self._fill()

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for lines, ticked in ((self._chosen, True), (self._found, False)):
            for line in lines.values():
                item = QListWidgetItem(task_words(line))
                item.setData(_CODE, line.code)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                item.setToolTip(line.text)
                self.list.addItem(item)
        self.list.blockSignals(False)

    def _on_ticked(self, item: QListWidgetItem) -> None:
        code = str(item.data(_CODE))
        if item.checkState() is Qt.CheckState.Checked and code in self._found:
            self._chosen[code] = self._found.pop(code)
        elif item.checkState() is Qt.CheckState.Unchecked and code in self._chosen:
            self._found[code] = self._chosen.pop(code)
        self.changed.emit()


def task_words(line: TaskLine) -> str:
    """Return a task on one line: number, units, words."""
    units = "、".join(line.lead or line.responsible)
    words = " ".join(line.text.split())
    cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    head = "　".join(filter(None, (line.number or line.code, units)))
    return f"{head}　{cut}"
