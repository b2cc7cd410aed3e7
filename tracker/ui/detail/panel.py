"""The panel at the right: everything about the task in hand, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tracker.base.errors import UserError
from tracker.domain.terms import Completion
from tracker.ops.browse import find_tasks, task_card, task_lines, trace
from tracker.ops.restore import restore_value
from tracker.ops.task_changes import reinstate_task
from tracker.ops.tasks import find_task
from tracker.ui.detail.entry import EntryPart
from tracker.ui.detail.evidence import DROP_HERE, EvidencePart
from tracker.ui.detail.head import Head
from tracker.ui.detail.milestones import MilestonesPart
from tracker.ui.detail.parts import words_label
from tracker.ui.detail.records import Records
from tracker.ui.detail.task_menu import KEYS, add_actions
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import add, add_chosen_words, add_copy, popup

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QResizeEvent,
    )

    from tracker.domain.browse import TaskCard, TraceLine
    from tracker.domain.history import Changes
    from tracker.domain.slip import SlipLine
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit


class DetailPanel(QFrame):
    """The task in hand: head, entry, milestones, records, and buttons.

    Signals:
        action_wanted: the name of an action of the window (`close_task`, `extend_task` …).
    """

    action_wanted = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._kit = kit
        self.card: TaskCard | None = None
        self._trace: tuple[TraceLine, ...] = ()
        self.head = Head(kit)
        self.entry = EntryPart(kit)
        self.milestones = MilestonesPart(kit)
        self.evidence = EvidencePart(kit)
        self.records = Records(kit)
        self._empty = words_label("在列表里选一项任务，这里显示它的全部情况。", quiet=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop = words_label(DROP_HERE, heading=True)
        self._build()
        self.setAcceptDrops(True)
        self._read = LatestRead(kit.runner, "读取任务", self._lookup, self._show, self)
        kit.hub.opened.connect(self._on_opened)
        kit.hub.selected.connect(self._on_selected)
        kit.hub.changed.connect(self._on_changed)
        kit.theme.changed.connect(self._on_theme)
        self.head.action_wanted.connect(self._on_head_action)
        self.records.restore_wanted.connect(self._restore)
        self.records.words_wanted.connect(self._take_words)
        self.records.slip_wanted.connect(self._on_slip)
        self.milestones.plan_wanted.connect(lambda: self._want("plan_milestones"))
        self._show_nothing()
        self._read.ask()

    def _build(self) -> None:
        self._content = QWidget()
        # Never wider than the panel: what is too wide is wrapped, not cut at the edge.
        self._content.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(12)
        for part in (self.head, self.entry, self.milestones, self.evidence, self.records):
            column.addWidget(part)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._content)
        self._area.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)  # the area has just switched it on
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop.setObjectName("drop")
        self._drop.hide()
        outer.addWidget(self._drop)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._area, 1)
        line = QFrame()
        line.setProperty("line", True)
        outer.addWidget(line)
        self._foot = self._make_foot()
        outer.addWidget(self._foot)

    def _make_foot(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        self.before_button = QPushButton("上一条")
        self.before_button.clicked.connect(lambda: self._move(-1))
        self.next_button = QPushButton("下一条")
        self.next_button.clicked.connect(lambda: self._move(1))
        self.close_button = QPushButton("销号…")
        self.close_button.clicked.connect(self._on_close)
        self.more_button = QPushButton("更多")
        self._menu = QMenu(self.more_button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more_button.setMenu(self._menu)
        for button in (self.before_button, self.next_button, self.close_button, self.more_button):
            button.setProperty("tight", True)
            row.addWidget(button)
        row.addStretch(1)
        for button, name in ((self.before_button, "上一条"), (self.next_button, "下一条")):
            button.setAccessibleName(name)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the buttons at the foot before their words are cut."""
        super().resizeEvent(event)
        self._fit_foot()

    def _fit_foot(self) -> None:
        self.before_button.setText("上一条")
        self.next_button.setText("下一条")
        row = self._foot.layout()
        if row is not None and row.minimumSize().width() > self.width():
            self.before_button.setText("‹")
            self.next_button.setText("›")
        for button in (self.before_button, self.next_button):
            button.setToolTip("" if len(button.text()) > 1 else button.accessibleName())

    # Reading

    def _on_opened(self) -> None:
        self._save()
        if not self._kit.hub.code:
            self._show_nothing()
        self._read.ask()

    def _on_selected(self, _code: str) -> None:
        self._save()
        if not self._kit.hub.code:
            self._show_nothing()
        self._read.ask()

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._read.ask()

    def _lookup(self) -> Callable[[], tuple[TaskCard, tuple[TraceLine, ...]] | None] | None:
        hub = self._kit.hub
        office, code, today = hub.office, hub.code, hub.today
        if office is None or not code:
            return None
        round_id = hub.round.id if hub.round else None

        def read() -> tuple[TaskCard, tuple[TraceLine, ...]] | None:
            try:
                return task_card(office, code, round_id, today), trace(office, code)
            except UserError:
                return None  # an undone import took the task along; nothing is left to show

        return read

    def _show(self, found: tuple[TaskCard, tuple[TraceLine, ...]] | None) -> None:
        if found is None:
            self._show_nothing()
            return
        card, lines = found
        if card.task.code != self._kit.hub.code:
            return
        is_another = self.card is None or self.card.task.code != card.task.code
        self.card, self._trace = card, lines
        self.head.show_card(card)
        self.entry.show_card(card)
        self.milestones.show_card(card)
        self.evidence.show_card(card)
        self.records.show_card(card, lines, is_another=is_another)
        closed = card.task.completion is Completion.CLOSED
        self.close_button.setText("恢复办理…" if closed else "销号…")
        self._fit_foot()
        self._empty.hide()
        self._area.show()
        self._foot.show()
        self._order_keys()
        if is_another:
            self._area.verticalScrollBar().setValue(0)

    def _order_keys(self) -> None:
        """Let Tab go through the panel from above; what was drawn anew would come last."""
        last: QWidget = self._area
        parts = (self.head, self.entry, self.milestones, self.evidence, self.records, self._foot)
        for part in parts:
            for widget in part.findChildren(QWidget):
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
                    QWidget.setTabOrder(last, widget)
                    last = widget

    def _on_theme(self) -> None:
        """Draw what holds colours of its own again."""
        if self.card is not None:
            self._show((self.card, self._trace))

    def _show_nothing(self) -> None:
        self.card = None
        self._area.hide()
        self._foot.hide()
        self._empty.show()

    # Writing

    def finish_editing(self) -> None:
        """Start saving what is being typed; the runner's writing lane ends before the window."""
        self._save()

    def _save(self) -> None:
        self.head.save()
        self.entry.save()

    def _restore(self, line: TraceLine) -> None:
        office, hub = self._kit.hub.office, self._kit.hub
        if office is None:
            return
        self._save()
        who, now = hub.who, hub.now
        self._kit.runner.write(
            "恢复原值",
            lambda _progress: restore_value(office, line, who=who, now=now),
            self._tell,
            initiator=self,
        )

    def _reinstate(self) -> None:
        office, hub, card = self._kit.hub.office, self._kit.hub, self.card
        if office is None or card is None:
            return
        code, who, now = card.task.code, hub.who, hub.now
        self._kit.runner.write(
            "恢复任务",
            lambda _progress: reinstate_task(office, code, who=who, now=now),
            self._tell,
            initiator=self,
        )

    def _tell(self, outcome: Outcome[str]) -> None:
        self._kit.messages.tell(outcome.sentence)

    # Moving and acting

    def _move(self, step: int) -> None:
        """Take the task before or behind in hand, in the order of the list."""
        hub = self._kit.hub
        office, code, wanted, today = hub.office, hub.code, hub.filter, hub.today
        if office is None or not code:
            return
        self._save()
        round_id = hub.round.id if hub.round else None

        def find() -> str:
            ids = find_tasks(office, wanted, round_id, today)
            here = find_task(office, code).id
            place = ids.index(here) + step if here in ids else 0
            if not 0 <= place < len(ids):
                return ""
            lines = task_lines(office, [ids[place]], round_id, today)
            return lines[0].code if lines else ""

        def take(found: str) -> None:
            if found:
                hub.select(found)
            else:
                self._kit.messages.tell("已经是第一条" if step < 0 else "已经是最后一条")

        self._kit.runner.read("查找任务", lambda _progress: find(), take)

    def _on_close(self) -> None:
        closed = self.card is not None and self.card.task.completion is Completion.CLOSED
        self._want("reopen_task" if closed else "close_task")

    def _on_head_action(self, name: str) -> None:
        if name == "advance_instruction":
            from tracker.ui.dialogs import open_instruction

            self._save()
            open_instruction(self._kit, self.window())
        elif name == "source":
            self._show_source()
        else:
            self._want(name)

    def _show_source(self) -> None:
        from tracker.ui.dialogs.source import open_source

        open_source(self._kit, self.window())

    def _want(self, name: str) -> None:
        self._save()
        self.action_wanted.emit(name)

    def _fill_menu(self) -> None:
        self._menu.clear()
        if self.card is not None:
            add_actions(self._menu, self.card, self._want, self._reinstate)

    def menu(self) -> QMenu | None:
        """Return the menu of the task in hand; None where there is none."""
        card = self.card
        if card is None:
            return None
        menu = QMenu(self)
        add_chosen_words(menu, self.head)
        if card.task.completion is not Completion.CLOSED:
            add(menu, "销号…", self._on_close, key=KEYS["close_task"])
        add_actions(menu, card, self._want, self._reinstate)
        menu.addSeparator()
        add(menu, "开督办单…", partial(self._want, "new_slip"))
        add(menu, "添加佐证材料…", self.evidence.choose)
        menu.addSeparator()
        has_source = card.source.document_id is not None
        add(menu, "看原文…", self._show_source, enabled=has_source)
        add_copy(menu, "复制任务内容", card.task.text)
        add_copy(menu, "复制编号", card.task.code)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the task in hand wherever nothing in the panel has its own."""
        popup(self.menu(), event.globalPos())
        event.accept()

    # What the records ask for

    def _take_words(self, words: str) -> None:
        if self.entry.take_words(words):
            self._area.ensureWidgetVisible(self.entry.editor)
            self._kit.messages.tell("已填入本期落实情况，核对后按 Ctrl+Enter 保存")
        else:
            self._kit.messages.tell("本期不能填写：还没有轮次，或这一期已定稿")

    def _on_slip(self, what: str, line: SlipLine) -> None:
        from tracker.ui.slips.answers import CloseSlipDialog, ReplyDialog
        from tracker.ui.slips.files import save_slip

        if what == "export":
            save_slip(self._kit, line.slip.code)
        elif what == "reply":
            ReplyDialog(self._kit, line, self.window()).open()
        else:
            CloseSlipDialog(self._kit, line, self.window()).open()

    # Dropping files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files as evidence of the task in hand, and say so."""
        if self.card is not None and self.evidence.takes(event.mimeData()):
            event.acceptProposedAction()
            self._drop.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget it."""
        self._drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep the files."""
        self._drop.hide()
        event.acceptProposedAction()
        self.evidence.take(event.mimeData())
