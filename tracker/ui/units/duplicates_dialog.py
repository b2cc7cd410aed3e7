"""Units that may be one: why, which stays, what joining them moves; or that they are two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tracker.ops.unit_duplicates import (
    keep_apart,
    merge_duplicates,
    near_duplicates,
    plan_duplicates,
)
from tracker.ui.widgets.labels import quiet, side_by_side
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.domain.unit_list import DuplicatePlan, NearPair
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit


class DuplicatesDialog(QDialog):
    """Goes through the pairs one by one.

    Flow: ↑↓ chooses a pair, see why it is shown, choose which name stays, 合并; or 不是同一单位,
    and the pair is not shown again. Both can be undone.

    Attributes:
        pairs: what is still to be decided.
        list: the pairs in words.
        keep: the two names; the one chosen stays.
        told: what joining would move.
        join, apart: the two answers.
    """

    def __init__(self, kit: Kit, pairs: Sequence[NearPair], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("疑似同一单位")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kit = kit
        self.pairs: tuple[NearPair, ...] = ()
        self._is_writing = False
        self.list = QListWidget()
        self.list.setSpacing(2)
        self.list.setAccessibleName("疑似同一单位的各组")
        self.reason, self.told = QLabel(), QLabel()
        self.question = QLabel("合并后留下哪个名称（另一个记作别称）")
        self.keep = (QRadioButton(), QRadioButton())
        self._group = QButtonGroup(self)
        for button in self.keep:
            self._group.addButton(button)
        self.join, self.apart = QPushButton("合并"), QPushButton("不是同一单位")
        self.leave = QPushButton("关闭")
        self._lay_out()
        self._plan: LatestRead[DuplicatePlan] = LatestRead(
            kit.runner, "读取单位", self._planning, self._show_plan, self
        )
        self._pairs: LatestRead[tuple[NearPair, ...]] = LatestRead(
            kit.runner, "核对重复单位", self._looking, self.show_pairs, self
        )
        self.list.currentRowChanged.connect(self._show_pair)
        self._group.buttonClicked.connect(lambda _button: self._plan.ask())
        self.join.clicked.connect(self._join)
        self.apart.clicked.connect(self._keep_apart)
        self.leave.clicked.connect(self.accept)
        kit.hub.changed.connect(lambda _changes, _initiator: self._pairs.ask())
        open_at(self, 62, 34)
        self.show_pairs(tuple(pairs))

    def _lay_out(self) -> None:
        for label in (self.reason, self.told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setProperty("doubt", True)
        self.told.setProperty("quiet", True)
        self.join.setProperty("primary", True)
        for button in (self.join, self.apart, self.leave):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(
            quiet("同一单位写成了两个名称的，合并后任务、反馈都算在一家；任务里印的字不变。")
        )
        column.addWidget(self.list, 1)
        column.addWidget(self.reason)
        column.addWidget(self.question)
        for choice in self.keep:
            column.addWidget(choice)
        column.addWidget(self.told)
        column.addLayout(side_by_side(self.apart, None, self.leave, self.join))

    # Showing

    def show_pairs(self, pairs: tuple[NearPair, ...]) -> None:
        """Show what is still to be decided."""
        self._is_writing = False
        row = max(self.list.currentRow(), 0)
        self.pairs = pairs
        self.list.clear()
        for pair in pairs:
            sure = "" if pair.is_same else "（请您判断）"
            self.list.addItem(QListWidgetItem(f"{pair.one.name}　＝？　{pair.other.name}{sure}"))
        if pairs:
            self.list.setCurrentRow(min(row, len(pairs) - 1))
        else:
            self.list.addItem("没有疑似同一单位的了。")
            self.reason.clear()
            self.told.clear()
        answers: tuple[QWidget, ...] = (*self.keep, self.question, self.join, self.apart)
        for widget in answers:
            widget.setVisible(bool(pairs))
        self._enable()

    @property
    def pair(self) -> NearPair | None:
        """The pair in hand."""
        row = self.list.currentRow()
        return self.pairs[row] if 0 <= row < len(self.pairs) else None

    def _show_pair(self) -> None:
        pair = self.pair
        if pair is None:
            return
        self.reason.setText(f"▲ {pair.reason}")
        for button, unit in zip(self.keep, (pair.one, pair.other), strict=True):
            button.setText(unit.name)
        self.keep[0].setChecked(True)
        self._plan.ask()

    def _chosen(self) -> tuple[int, int] | None:
        """Return the ids of the unit that stays and of the other one."""
        pair = self.pair
        if pair is None:
            return None
        ids = (pair.one.id, pair.other.id)
        return ids if self.keep[0].isChecked() else (ids[1], ids[0])

    def _planning(self) -> Callable[[], DuplicatePlan] | None:
        office, chosen = self.kit.hub.office, self._chosen()
        if office is None or chosen is None:
            return None
        stays, goes = chosen
        return lambda: plan_duplicates(office, stays, (goes,))

    def _show_plan(self, plan: DuplicatePlan) -> None:
        self.told.setText(plan_words(plan))

    def _looking(self) -> Callable[[], tuple[NearPair, ...]] | None:
        office = self.kit.hub.office
        return None if office is None else lambda: near_duplicates(office)

    # Answering

    def _join(self) -> None:
        office, chosen = self.kit.hub.office, self._chosen()
        if office is None or chosen is None:
            return
        stays, goes = chosen
        who, now = self.kit.hub.who, self.kit.hub.now
        self._write("合并单位", lambda: merge_duplicates(office, stays, (goes,), who=who, now=now))

    def _keep_apart(self) -> None:
        office, pair = self.kit.hub.office, self.pair
        if office is None or pair is None:
            return
        one, other = pair.one.id, pair.other.id
        who, now = self.kit.hub.who, self.kit.hub.now
        self._write("记为不同单位", lambda: keep_apart(office, one, other, who=who, now=now))

    def _write(self, title: str, work: Callable[[], Outcome[Any]]) -> None:
        if self._is_writing:
            return
        self._is_writing = True
        self._enable()
        self.kit.runner.write(
            title,
            lambda _progress: work(),
            lambda outcome: self.kit.messages.tell(outcome.sentence),
            failed=self._on_failed,
        )

    def _on_failed(self) -> None:
        if isValid(self):
            self._is_writing = False
            self._enable()

    def _enable(self) -> None:
        for button in (self.join, self.apart):
            button.setEnabled(not self._is_writing)


def plan_words(plan: DuplicatePlan) -> str:
    """Return what joining would move, in a sentence."""
    counted = (
        (plan.tasks, "处任务分工"),
        (plan.notes, "条原报"),
        (plan.forms, "份反馈表"),
        (plan.slips, "份单子"),
    )
    moved = "、".join(f"{count} {words}" for count, words in counted if count)
    others = "、".join(unit.name for unit in plan.others)
    if not moved:
        return f"“{others}”名下没有任务和往来，只记作“{plan.keep.name}”的别称。"
    return f"“{others}”名下的 {moved}改算“{plan.keep.name}”的；印出来的字不变。"
