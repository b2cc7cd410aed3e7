"""The two dialogs that change cells together: words replaced (替换) and a pasted range (粘贴)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.cell_change import FIELD_WORDS, TEXTS, CellChanges
from tracker.ops.cell_changes import apply_cells, plan_replacing
from tracker.ui.cells.change_list import ChangeList
from tracker.ui.widgets.labels import quiet
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

_PAUSE_MS = 200
"""After so long without a key the words are looked for."""


class _ChangesDialog(QDialog):
    """Shows changes and writes the ticked ones in one step.

    Attributes:
        list: the changes.
        said: what is shown, in a sentence.
        save: writes them.
    """

    def __init__(
        self, kit: Kit, title: str, verb: str, step: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kit = kit
        self._verb, self._step = verb, step
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.list = ChangeList(kit)
        self.said = quiet("")
        self.said.setWordWrap(True)
        self.save = QPushButton(verb)
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        self.save.setEnabled(False)
        self.save.clicked.connect(self.write)
        leave = QPushButton("取消")
        leave.setAutoDefault(False)  # Enter while typing must not close
        leave.clicked.connect(self.reject)
        keys = quiet("空格 勾选或去掉　Ctrl+Enter 确定")
        self.head = QVBoxLayout()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(keys, 1)
        foot.addWidget(leave)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.list.model.ticked.connect(self._count)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.write)
        open_at(self, 52, 36)

    def _count(self) -> None:
        number = len(self.list.model.chosen())
        self.save.setText(f"{self._verb} {number} 处")
        self.save.setEnabled(number > 0)

    def write(self) -> None:
        """Write the ticked changes in one step and close."""
        cells, hub = self.list.model.chosen(), self.kit.hub
        office, round_, who, now = hub.office, hub.round, hub.who, hub.now
        if office is None or not cells or not self.save.isEnabled():
            return
        title = self._step.format(len(cells))
        self.setEnabled(False)

        def done(outcome: Outcome[int]) -> None:
            self.kit.messages.tell(outcome.sentence)
            self.accept()

        self.kit.runner.write(
            f"正在{self._verb}",
            lambda _progress: apply_cells(office, cells, title, who=who, now=now, round_=round_),
            done,
            failed=lambda: self.setEnabled(True),
        )


class ReplaceDialog(_ChangesDialog):
    """Looks for words in this round's texts and replaces them where they are ticked.

    Flow: type the words, see each place at once, untick what stays, replace.
    """

    def __init__(
        self,
        kit: Kit,
        shown: Sequence[int],
        chosen: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, "查找和替换", "替换", "替换 {} 处", parent)
        self._scopes = (tuple(shown), tuple(chosen))
        self.words, self.instead = QLineEdit(), QLineEdit()
        self.scope = QComboBox()
        self.scope.addItem(f"台账里列出的 {len(shown)} 项")
        if len(chosen) > 1:
            self.scope.addItem(f"选中的 {len(chosen)} 项")
        self.case = QCheckBox("区分大小写")
        self.case.setChecked(True)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("查找", self.words)
        form.addRow("替换为", self.instead)
        row = QHBoxLayout()
        row.addWidget(self.scope)
        row.addWidget(self.case)
        row.addStretch(1)
        form.addRow("范围", row)
        self.head.addLayout(form)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._find = LatestRead(kit.runner, "查找文字", self._finding, self._show, self)
        self._timer.timeout.connect(self._find.ask)
        for field in (self.words, self.instead):
            field.textChanged.connect(self._on_asked)
        self.scope.currentIndexChanged.connect(self._on_asked)
        self.case.toggled.connect(self._on_asked)
        self._say(CellChanges())
        self.words.setFocus()

    def _on_asked(self) -> None:
        self._timer.start()
        self._count()

    def _count(self) -> None:
        """Write nothing while other words are shown than those that were looked for."""
        super()._count()
        if self._timer.isActive() or self._find.is_running:
            self.save.setEnabled(False)

    def _finding(self) -> Callable[[], CellChanges] | None:
        hub = self.kit.hub
        office, round_ = hub.office, hub.round
        words, instead = self.words.text(), self.instead.text()
        if office is None:
            return None
        if not words:
            return CellChanges
        ids, case = self._scopes[self.scope.currentIndex()], self.case.isChecked()
        return lambda: plan_replacing(office, ids, words, instead, round_=round_, match_case=case)

    def _show(self, found: CellChanges) -> None:
        if self._timer.isActive():
            return  # other words were typed meanwhile
        self.list.model.show_cells(found.cells)
        self._say(found)

    def _say(self, found: CellChanges) -> None:
        fields = "、".join(FIELD_WORDS[field] for field in TEXTS)
        if not self.words.text():
            self.said.setText(f"在本期的{fields}里查找；任务原文和单位的原报不动。")
        elif not found.cells:
            self.said.setText("没有找到。")
        else:
            tasks = len({cell.code for cell in found.cells})
            self.said.setText(f"在 {tasks} 项的 {len(found.cells)} 格里找到。")


class PasteDialog(_ChangesDialog):
    """Shows what a pasted range would change, cell by cell."""

    def __init__(self, kit: Kit, changes: CellChanges, parent: QWidget | None = None) -> None:
        super().__init__(kit, "粘贴到台账", "写入", "粘贴 {} 格", parent)
        self.list.model.show_cells(changes.cells)
        self.said.setText(paste_words(changes))


def paste_words(changes: CellChanges) -> str:
    """Say in a sentence what a paste would do."""
    parts = [f"改动 {len(changes.good)} 格"]
    named = (
        (len(changes.bad), "格写不进去，已标出原因"),
        (changes.same, "格与现有内容相同"),
        (changes.empty, "个空格不改"),
        (changes.beyond, "行超出列表，没有对应的任务"),
        (changes.outside, "格超出最右一列，没有写入"),
    )
    parts += [f"{count} {words}" for count, words in named if count]
    return "；".join(parts) + "。"
