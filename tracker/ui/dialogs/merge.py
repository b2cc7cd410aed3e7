"""Merging tasks: which ones, into which, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem

from tracker.domain.browse import Filter
from tracker.ops.browse import find_tasks, task_lines
from tracker.ops.task_changes import merge_tasks
from tracker.ui.dialogs.fields import TextEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from tracker.domain.browse import TaskLine
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

_CODE = Qt.ItemDataRole.UserRole
_FOUND_AT_MOST = 30


class MergeDialog(FormDialog):
    """Merges tasks of one ledger into one of them.

    Flow: the tasks in hand stand in the list, ticked; words typed into the search bring more of
    the ledger, to be ticked. Choose into which one they go (the first, unless changed), give the
    reason, Ctrl+Enter. The merged ones keep their words and entries and are shown with it.
    """

    def __init__(self, kit: Kit, lines: Sequence[TaskLine], parent: QWidget | None = None) -> None:
        super().__init__(kit, "合并任务", "合并", parent)
        self._chosen = {line.code: line for line in lines}
        self._found: dict[str, TaskLine] = {}
        self._ledger_id = lines[0].ledger_id if lines else None
        self._search = QLineEdit()
        self._search.setPlaceholderText("任务、单位或序号里的字")
        self.add_field("search", "查找任务", self._search)
        self._list = QListWidget()
        self._list.setWordWrap(True)
        self._list.setMinimumHeight(kit.theme.size * 12)
        self.add_field("tasks", "勾选要合并的", self._list)
        self._into = QComboBox()
        self.add_field("into", "合并到", self._into, "其余任务并入它，单位一并归入")
        self.add_field("reason", "合并理由", TextEdit(2))
        self._fill()
        self._list.itemChanged.connect(self._on_ticked)
        self._read = LatestRead(kit.runner, "查找任务", self._lookup, self._take, self)
        self._search.textChanged.connect(self._read.ask)

    def _lookup(self) -> Callable[[], tuple[TaskLine, ...]] | None:
        office, hub, words = self.office(), self.kit.hub, self.text_of("search")
        if not words:
            self._take(())
            return None
        wanted, today = Filter(ledger_id=self._ledger_id, text=words), hub.today
        round_id = hub.round.id if hub.round else None

        def find() -> tuple[TaskLine, ...]:
            ids = find_tasks(office, wanted, round_id, today)
            return task_lines(office, ids[:_FOUND_AT_MOST], round_id, today)

        return find

    def _take(self, lines: tuple[TaskLine, ...]) -> None:
        self._found = {line.code: line for line in lines if line.code not in self._chosen}
        if self._ledger_id is None and lines:
            self._ledger_id = lines[0].ledger_id
        self._fill()

    def _fill(self) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for lines, ticked in ((self._chosen, True), (self._found, False)):
            for line in lines.values():
                item = QListWidgetItem(_words(line))
                item.setData(_CODE, line.code)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                item.setToolTip(line.text)
                self._list.addItem(item)
        self._list.blockSignals(False)
        self._fill_targets()

    def _fill_targets(self) -> None:
        standing = self._into.currentData()
        self._into.clear()
        for line in self._chosen.values():
            self._into.addItem(_words(line), line.code)
        place = self._into.findData(standing)
        self._into.setCurrentIndex(max(place, 0))

    def _on_ticked(self, item: QListWidgetItem) -> None:
        code = str(item.data(_CODE))
        if item.checkState() is Qt.CheckState.Checked and code in self._found:
            self._chosen[code] = self._found.pop(code)
        elif item.checkState() is Qt.CheckState.Unchecked and code in self._chosen:
            self._found[code] = self._chosen.pop(code)
        self.fields["tasks"].calm()
        self._fill_targets()

    def save(self) -> None:
        """Check and write."""
        into = str(self._into.currentData() or "")
        codes = [code for code in self._chosen if code != into]
        if not codes:
            self.complain("tasks", "请至少勾选两项任务")
            return
        if not self.need("reason"):
            return
        office, hub, reason = self.office(), self.kit.hub, self.text_of("reason")
        who, now = hub.who, hub.now
        self.write(
            "合并任务",
            lambda _p: merge_tasks(office, codes, into, reason, who=who, now=now),
            self._show_target,
        )

    def _show_target(self, outcome: Outcome[str]) -> None:
        self.finish(outcome)
        self.kit.hub.select(outcome.value)


def _words(line: TaskLine) -> str:
    title = line.text.replace("\n", " ")
    short = title if len(title) <= 40 else f"{title[:40]}…"
    return f"{line.number or line.code}　{short}"
