"""机构改革…: what changes, which units become which, what that touches, done; one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tracker.domain.reform import REFORM_WORDS, ReformKind
from tracker.ops.collectives import list_units
from tracker.ops.history import next_undo, undo_step
from tracker.ops.people import list_people
from tracker.ops.reforms import carry_out_reform, label_of, list_reforms
from tracker.ui.units.basics_page import BasicsPage
from tracker.ui.units.done_page import DonePage
from tracker.ui.units.draft import ReformDesk
from tracker.ui.units.kind_page import KindPage
from tracker.ui.units.tasks_page import TasksPage
from tracker.ui.widgets.labels import hairline
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from tracker.base.errors import UserError
    from tracker.domain.history import Changes, StepRow
    from tracker.domain.reform import ReformPlan
    from tracker.domain.unit import UnitRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

KIND, BASICS, TASKS, DONE = range(4)
STEPS = ("办什么", "哪些单位", "涉及的任务", "完成")
_HINTS = (
    "↑↓ 选 · Enter 下一步 · Esc 关闭",
    "Enter 下一格 · Ctrl+Enter 下一步 · Esc 关闭",
    "Ctrl+Enter 办理 · / 查找",
    "",
)
_CHOOSING_HINT = "1…9 选承接单位 · 0 移出 · Del 不选 · Ctrl+Enter 办理"
_TICKING_HINT = "空格 勾选 · Ctrl+A 全选 · Ctrl+Enter 办理"
_LATER = "这次改革之后又有别的操作，请在主窗口用“编辑 → 撤销”逐步撤回。"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Known = tuple[tuple["UnitRow", ...], tuple[str, ...], tuple[str, ...]]


class ReformWizard(QDialog):
    """Carries out a reform in four pages.

    Flow: choose the kind, name the units with day and basis, see every task and form that is
    touched and choose successors, 办理. What was done can be taken back on the last page.

    Attributes:
        desk: what was said so far.
        kinds, basics, tasks, end: the pages.
        back, go: the buttons; `go` says what it will do.
        faults: what is missing; a click goes there.
    """

    def __init__(
        self,
        kit: Kit,
        print_breakdown: Callable[[], object],
        parent: QWidget | None = None,
        *,
        kind: ReformKind | None = None,
        old: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle("机构改革")
        self.kit = kit
        self._print = print_breakdown
        self._is_saving = self._is_begun = False
        self.desk = ReformDesk(self)
        self.kinds, self.basics = KindPage(), BasicsPage(kit)
        self.tasks, self.end = TasksPage(kit, self.desk), DonePage()
        self.head, self.hint = QLabel(), QLabel()
        self.faults = QPushButton()
        self.leave, self.back = QPushButton("取消"), QPushButton("上一步")
        self.go = QPushButton("下一步")
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()
        open_at(self, 92, 48)
        self._learn()
        if kind is not None:
            self.kinds.choices[kind].setChecked(True)
        self.basics.fill(old)
        self.show_page(BASICS if kind is not None else KIND)

    def _lay_out(self) -> None:
        for page in (scrolled(self.kinds), scrolled(self.basics), self.tasks, self.end):
            self.pages.addWidget(page)
        self.faults.setProperty("fault", True)
        self.faults.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hint.setProperty("quiet", True)
        self.go.setProperty("primary", True)
        self.go.setDefault(True)
        for button in (self.faults, self.leave, self.back):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.hint, 1)
        for button in (self.leave, self.back, self.go):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(hairline())
        column.addWidget(self.pages, 1)
        column.addWidget(self.faults, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.kinds.taken.connect(self.forward)
        self.basics.left.connect(self.forward)
        self.tasks.planned.connect(self._show_state)
        self.tasks.refused.connect(self._on_refused)
        self.faults.clicked.connect(self.tasks.jump)
        self.leave.clicked.connect(self.reject)
        self.back.clicked.connect(self.backward)
        self.go.clicked.connect(self.forward)
        self.end.undo.clicked.connect(self._take_back)
        self.end.breakdown.clicked.connect(self._on_print)
        self.end.next.clicked.connect(self._begin_again)
        self.kit.theme.changed.connect(self._show_head)
        self.kit.hub.changed.connect(self._on_changed)

    def _learn(self) -> None:
        """Read which units and leaders there are, and what reforms were based on."""
        office = self.kit.hub.office
        if office is None:
            return

        def read() -> _Known:
            people = tuple(p.name for p in list_people(office) if p.valid_to is None)
            bases = tuple(reform.basis for reform in list_reforms(office))
            return list_units(office), people, bases

        self.kit.runner.read("读取单位", lambda _progress: read(), self._know)

    def _know(self, known: _Known) -> None:
        if isValid(self):
            self.basics.know(*known)

    # Pages

    @property
    def page(self) -> int:
        """Which page is in sight."""
        return self.pages.currentIndex()

    def show_page(self, page: int) -> None:
        """Bring a page into sight."""
        self.pages.setCurrentIndex(page)
        if page == BASICS:
            self.basics.show_kind(self.kinds.kind)
            self.basics.keep_day()
            self.basics.focus()
        elif page == KIND:
            self.kinds.focus()
        elif page == TASKS:
            self.tasks.table.setFocus()
        self._show_head()
        self._show_state()

    def forward(self) -> None:
        """Go on from the page in sight."""
        if self._is_saving:
            return
        if self.page == KIND:
            self.show_page(BASICS)
        elif self.page == BASICS:
            self._look()
        elif self.page == TASKS:
            self._carry_out()
        else:
            self.accept()

    def backward(self) -> None:
        """Go back a page."""
        if not self._is_saving and self.page in (BASICS, TASKS):
            self.show_page(self.page - 1)

    def _look(self) -> None:
        """Look for what is touched, where everything is said that is needed."""
        basics = self.basics.basics()
        if basics is None:
            return
        self.desk.begin(basics)
        self.basics.trouble.hide()
        self._is_begun = True
        self.tasks.start()
        self.show_page(TASKS)

    def _on_refused(self, error: UserError) -> None:
        self.show_page(BASICS)
        self.basics.refuse(error)

    def _on_changed(self, _changes: Changes, initiator: object) -> None:
        """Look again where something else was done meanwhile."""
        if initiator is self:
            return
        self._learn()
        if self.page == TASKS and not self._is_saving:
            self.tasks.look_again()

    # What is shown around the pages

    def _show_head(self) -> None:
        colours = self.kit.theme.colours
        parts = []
        for place, words in enumerate(STEPS):
            here = place == self.page
            colour = colours.accent if here else colours.text if place < self.page else colours.grey
            weight = "600" if here else "400"
            style = f"color:{colour};font-weight:{weight}"
            parts.append(f'<span style="{style}">{place + 1} {words}</span>')
        self.head.setText(f'<span style="color:{colours.grey}">　›　</span>'.join(parts))

    def _show_state(self) -> None:
        page, kind = self.page, self.kinds.kind
        on_tasks = page == TASKS
        self.setWindowTitle("机构改革" if page == KIND else f"机构改革 — {REFORM_WORDS[kind]}")
        hint = _HINTS[page]
        if on_tasks and self.desk.is_choosing:
            hint = _CHOOSING_HINT
        elif on_tasks and self.desk.basics.some:
            hint = _TICKING_HINT
        self.hint.setText(hint)
        self.back.setVisible(page in (BASICS, TASKS))
        self.leave.setVisible(page != DONE)
        self.go.setText(self._verb())
        faults = self.tasks.faults() if on_tasks else ()
        self.faults.setText("▲ " + "；".join(faults) + "　→ 去补上")
        self.faults.setVisible(bool(faults))
        ready = not on_tasks or (self.tasks.is_settled and not faults)
        self.go.setEnabled(ready and not self._is_saving)
        self.back.setEnabled(not self._is_saving)
        self.pages.setEnabled(not self._is_saving)

    def _verb(self) -> str:
        if self.page == TASKS:
            return "正在办理…" if self._is_saving else self.tasks.verb()
        return "关闭" if self.page == DONE else "下一步"

    # Carrying it out

    def _carry_out(self) -> None:
        self.tasks.detail.finish_editing()
        if not self.tasks.is_settled or self.tasks.faults():
            return
        hub, request = self.kit.hub, self.desk.request()
        office, who, now = hub.office, hub.who, hub.now
        if office is None:
            return
        self._is_saving = True
        self._show_state()
        self.kit.runner.write(
            f"正在办理{REFORM_WORDS[request.kind]}",
            lambda _progress: carry_out_reform(office, request, who=who, now=now),
            self._on_done,
            initiator=self,
            failed=self._on_failed,
            refused=self._on_write_refused,
        )

    def _on_done(self, outcome: Outcome[ReformPlan]) -> None:
        self.kit.messages.tell(outcome.sentence)
        if not isValid(self):
            return
        self._is_saving = self._is_begun = False
        plan = outcome.value
        more = [*plan.others]
        if forms := sum(form.is_changed for form in plan.forms):
            more.insert(0, f"{forms} 份反馈表随之处理")
        more.append("已定稿的轮次、已销号的任务保留原来的名称")
        self.end.show_done(outcome.sentence, "；".join(more) + "。")
        self.show_page(DONE)

    def _on_failed(self) -> None:
        if isValid(self):
            self._is_saving = False
            self._show_state()

    def _on_write_refused(self, error: UserError) -> None:
        if isValid(self):
            self._on_refused(error)
        else:
            self.kit.messages.problem(error)

    def _take_back(self) -> None:
        """Undo the reform that was just carried out."""
        hub = self.kit.hub
        office, who, now = hub.office, hub.who, hub.now
        if office is None:
            return
        self.end.undo.setEnabled(False)
        step = next_undo(office)
        if step is None or step.label != label_of(self.desk.request()):
            self.end.more.setText(_LATER)
            return

        def undone(outcome: Outcome[StepRow]) -> None:
            self.kit.messages.tell(outcome.sentence)
            if isValid(self):
                self.end.show_undone(outcome.sentence)

        self.kit.runner.write(
            "撤销", lambda _progress: undo_step(office, who=who, now=now), undone, initiator=self
        )

    def _on_print(self) -> None:
        self.accept()
        self._print()

    def _begin_again(self) -> None:
        """Begin another reform; day and basis stay."""
        self.basics.old.clear()
        self.basics.new.clear()
        self.basics.leader.clear()
        self._learn()
        self.show_page(KIND)

    # Leaving

    def reject(self) -> None:
        """Close, after asking where choices would be lost."""
        if self._is_saving:
            return
        choices = self.desk.choices
        begun = self._is_begun and bool(choices.chosen or choices.cells or choices.ticked)
        if begun and not self.kit.messages.confirm(
            "放弃这次改革？", "选好的承接单位还没有办理，关闭后找不回来。", "放弃"
        ):
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on from anywhere."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER and control:
            self.forward()
            return
        super().keyPressEvent(event)


def scrolled(page: QWidget) -> QScrollArea:
    """Return a page in an area that scrolls where large text has no room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)  # the area has just switched it on
    return area
