"""The third page of the wizard: every task and form that is touched, and who takes what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.base.errors import UserError
from tracker.domain.reform import NOBODY, REFORM_WORDS
from tracker.ops.reforms import plan_reform
from tracker.ui.units.draft import rows_of
from tracker.ui.units.touch_detail import TouchDetail
from tracker.ui.units.touch_model import SHOWN_WORDS, TouchModel
from tracker.ui.units.touch_table import TouchTable
from tracker.ui.widgets.labels import quiet, side_by_side
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from tracker.domain.reform import FormTouch, ReformPlan
    from tracker.ui.kit import Kit
    from tracker.ui.units.draft import ReformDesk

PLAN_AFTER_MS = 200
"""A plan is made when the keys have been still for so long."""
_EACH = "（逐项选定）"
_MOST_BUTTONS = 4

Planned = tuple["ReformPlan", "ReformPlan"]
"""What lists the tasks, and what would be done: two where only chosen tasks go over."""


class TasksPage(QWidget):
    """Shows what a reform touches and lets the clerk choose.

    Attributes:
        plan: what would be done; None until it is read.
        table, model, detail: the tasks, and the one in hand.
        forms, others: what else changes.

    Signals:
        planned: another plan is shown.
        refused: it cannot be done like this (`UserError`).
    """

    planned = Signal()
    refused = Signal(object)

    def __init__(self, kit: Kit, desk: ReformDesk) -> None:
        super().__init__()
        self._kit, self._desk = kit, desk
        self.plan: ReformPlan | None = None
        self._is_fresh = False
        self.model = TouchModel(desk, self)
        self.table = TouchTable(kit, desk, self.model)
        self.detail = TouchDetail(kit, desk)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找任务、单位（可用拼音首字母）")
        self.search.setClearButtonEnabled(True)
        self.which = QComboBox()
        self.which.addItems(SHOWN_WORDS)
        self.rest = QComboBox()
        self.rest.setAccessibleName("其余都归")
        self.rest.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rest_label = QLabel("其余都归")
        self.all = QPushButton("全部勾选")
        self.given: list[QPushButton] = []
        self.give_label = QLabel("选中的归")
        self.empty = quiet("没有在办任务涉及，只改名单。")
        self.forms, self.others = QListWidget(), QListWidget()
        self._lay_out()
        self._connect()
        self._read: LatestRead[Planned | UserError] = LatestRead(
            kit.runner, "正在查找涉及的任务", self._planning, self._show, self, in_order=True
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PLAN_AFTER_MS)
        self._timer.timeout.connect(self._read.ask)

    def _lay_out(self) -> None:
        self.bar = side_by_side(self.give_label, None)
        self.bar.setSpacing(4)
        tasks = QWidget()
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        column = QVBoxLayout(tasks)
        column.setContentsMargins(8, 8, 8, 0)
        column.setSpacing(8)
        column.addLayout(
            side_by_side(self.search, self.which, self.all, self.rest_label, self.rest)
        )
        column.addLayout(self.bar)
        column.addWidget(self.empty)
        column.addWidget(split, 1)
        size = self._kit.theme.size
        self.table.setMinimumHeight(6 * size)
        self.detail.setMinimumHeight(3 * size)
        self._split = split
        self.tabs = QTabWidget()
        self.tabs.addTab(tasks, "在办任务")
        for listed, words in ((self.forms, "反馈表"), (self.others, "随之变动")):
            listed.setWordWrap(True)
            listed.setSpacing(4)
            self.tabs.addTab(listed, words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.tabs)
        self.all.setAutoDefault(False)
        self.search.setMinimumWidth(12 * self._kit.theme.size)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.which.currentIndexChanged.connect(self._narrow)
        self.rest.activated.connect(self._on_rest)
        self.all.clicked.connect(lambda: self._desk.tick(self.model.codes_in_sight()))
        self.table.search_wanted.connect(self.search.setFocus)
        self.table.cell_wanted.connect(self.detail.begin)
        self.table.selectionModel().currentRowChanged.connect(
            lambda index, _before: self.detail.show_row(self.model.row(index.row()))
        )
        self.detail.writing.connect(lambda on: self._share_height(writing=on))
        self._desk.changed.connect(self._on_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list what the task in hand does not need."""
        super().resizeEvent(event)
        self._share_height(writing=self.detail.is_writing)

    def _share_height(self, *, writing: bool) -> None:
        size, high = self._kit.theme.size, self._split.height()
        detail = 11 * size if writing else max(4 * size, min(high // 4, 9 * size))
        self._split.setSizes([max(high - detail, 1), detail])

    # Planning

    @property
    def is_settled(self) -> bool:
        """Whether the plan shown is what would be done now."""
        return self._is_fresh and not self._read.is_running and not self._timer.isActive()

    def start(self) -> None:
        """Read what is touched, from the beginning."""
        self._is_fresh, self.plan = False, None
        self.model.show_rows(())
        self.search.clear()
        self.which.setCurrentIndex(0)
        self._timer.stop()
        self._read.ask()

    def look_again(self) -> None:
        """Read what is touched anew; what was chosen stays."""
        self._is_fresh = False
        self.planned.emit()
        self._read.ask()

    def _planning(self) -> Callable[[], Planned | UserError] | None:
        hub, desk = self._kit.hub, self._desk
        office, who, now = hub.office, hub.who, hub.now
        if office is None:
            return None
        listing, request = desk.listing(), desk.request()

        def work() -> Planned | UserError:
            try:
                listed = plan_reform(office, listing, who=who, now=now)
                if listing == request:
                    return listed, listed
                return listed, plan_reform(office, request, who=who, now=now)
            except UserError as error:
                return error

        return work

    def _on_changed(self) -> None:
        if self.plan is None and not self._read.is_running:
            return
        self._is_fresh = False
        self.model.refresh()
        self._timer.start()
        self.planned.emit()

    def _show(self, found: Planned | UserError) -> None:
        if isinstance(found, UserError):
            self.refused.emit(found)
            return
        listed, self.plan = found
        self._is_fresh = True
        first = not self.model.rows
        self.model.show_rows(rows_of(listed))
        row = self.model.row(0)
        self._offer(row.successors if row is not None else ())
        self._show_rest(self.plan)
        self.table.fit()
        if first or not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self.detail.show_row(self.model.row(self.table.currentIndex().row()))
        self.planned.emit()

    def _show_rest(self, plan: ReformPlan) -> None:
        tasks = len(self.model.rows)
        self.tabs.setTabText(0, f"在办任务（{tasks}）")
        self.tabs.setTabText(1, f"反馈表（{len(plan.forms)}）")
        self.tabs.setTabText(2, f"随之变动（{len(plan.others)}）")
        self.empty.setVisible(not tasks)
        for widget in (self._split, self.search, self.which):
            widget.setVisible(bool(tasks))
        self.all.setVisible(bool(tasks) and self._desk.basics.some)
        _fill(self.forms, [form_words(form) for form in plan.forms], "没有反馈表涉及。")
        _fill(self.others, plan.others, "没有其他变动。")

    def _offer(self, successors: tuple[str, ...]) -> None:
        """Show the buttons of those that may take a task."""
        is_on = self._desk.is_choosing and bool(self.model.rows)
        for widget in (self.give_label, self.rest, self.rest_label):
            widget.setVisible(is_on)
        if self.table.successors == successors and bool(self.given) == is_on:
            return
        self.table.successors = successors
        for button in self.given:
            self.bar.removeWidget(button)
            button.deleteLater()
        self.given = []
        self.rest.clear()
        self.rest.addItem(_EACH, ())
        if not is_on:
            return
        answers = self.table.answers()
        for key, name, words in answers:
            self.rest.addItem(words, (name,))
            if key in "1234"[:_MOST_BUTTONS] or name == NOBODY:
                self._add_button(f"{key} {words}".strip(), name)
        found = self.rest.findData(self._desk.choices.otherwise)
        self.rest.setCurrentIndex(max(found, 0))

    def _add_button(self, words: str, name: str) -> None:
        button = QPushButton(words)
        button.setProperty("tight", True)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._give(name))
        self.given.append(button)
        self.bar.insertWidget(self.bar.count() - 1, button)

    def _give(self, name: str) -> None:
        self.table.give(name)
        self.table.setFocus()

    def _on_rest(self) -> None:
        self._desk.choose_rest(tuple(self.rest.currentData()))

    def _narrow(self) -> None:
        self.model.narrow(self.search.text(), self.which.currentIndex())
        self.table.go_to(0)
        self.detail.show_row(self.model.row(0))

    # What is said

    def faults(self) -> tuple[str, ...]:
        """Return what is missing, each a sentence."""
        if self._desk.basics.some and not self._desk.choices.ticked and self.model.rows:
            return ("请勾选要交出的任务",)
        return self.plan.faults if self.plan is not None else ()

    def jump(self) -> None:
        """Go to the next task of which something is to be decided."""
        self.tabs.setCurrentIndex(0)
        codes = self.model.open_codes()
        here = self.table.currentIndex().row()
        if self.model.place_of(codes) is None:
            self.search.clear()
            self.which.setCurrentIndex(0)
        rows = range(self.model.rowCount())
        ordered = [*rows[here + 1 :], *rows[: here + 1]]
        wanted = set(codes)
        found = next((at for at in ordered if self.model.codes([at])[0] in wanted), None)
        if found is not None:
            self.table.go_to(found)
        self.table.setFocus()
        row = self.model.row(self.table.currentIndex().row())
        if row is not None and self.model.needs_cell(row):
            self.detail.begin()

    def verb(self) -> str:
        """Return the words of the button that carries it out."""
        plan = self.plan
        if plan is None or (not self._is_fresh and not self.model.rows):
            return "正在查找…"
        codes = {touch.code for touch in plan.tasks}
        forms = sum(form.is_changed for form in plan.forms)
        parts = [f"{len(codes)} 项任务"] if codes else []
        parts += [f"{forms} 份反馈表"] if forms else []
        word = REFORM_WORDS[plan.request.kind]
        return f"办理（改 {'、'.join(parts)}）" if parts else f"办理{word}"


def form_words(form: FormTouch) -> str:
    """Return a form and what becomes of it in a sentence."""
    return f"{form.ledger}　第{form.round}期　{form.unit}（{form.standing}）：{form.then}"


def _fill(listed: QListWidget, words: Sequence[str], none: str) -> None:
    listed.clear()
    listed.addItems(list(words) or [none])
