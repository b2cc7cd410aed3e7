"""The milestones (节点) of the task in hand: what is due when, and what is done of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.milestone import MilestoneState
from tracker.domain.terms import Completion
from tracker.ops.milestones import mark_milestone, state_of
from tracker.ui.detail.parts import Section, link_button, row_of, words_label
from tracker.ui.detail.words import long_day, short_day
from tracker.ui.widgets.lamp import GAP, lamp_size, paint_lamp
from tracker.ui.widgets.menus import MenuRow, add, add_copy

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent
    from PySide6.QtWidgets import QMenu

    from tracker.domain.browse import TaskCard
    from tracker.domain.milestone import Milestone
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit
    from tracker.ui.theme import Theme

NONE_YET = "还没有节点。把任务分解到月，每个节点到期前会提醒，也画在时限图上。"
_COLOURS = {
    MilestoneState.DONE: "green",
    MilestoneState.COMING: "quiet",
    MilestoneState.PASSED: "red",
    MilestoneState.LEFT: "quiet",
}


class StateButton(QAbstractButton):
    """Where a milestone stands, as shape and word; a click changes it."""

    def __init__(
        self, theme: Theme, step: Milestone, state: MilestoneState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = state
        self.setText(state.word)
        self.setAccessibleName(f"{step.what}：{state.word}")
        done = step.done_on
        tip = f"{long_day(done)}完成；点一下改回未完成" if done else "点一下填写完成日期"
        self.setToolTip(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for shape and word, and for the frame around them."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        width = 4 + lamp_size(self._theme.size) + GAP + words + 6
        return QSize(int(width), self.fontMetrics().lineSpacing() + 4)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Calm down again."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape and the word in one colour, framed while it is touched."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(colours.of("accent"))
            painter.setBrush(colours.of("accent_soft"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        colour = colours.of(_COLOURS[self._state])
        side = lamp_size(self._theme.size)
        shape = "◈" if self._state is MilestoneState.PASSED else self._state.shape
        paint_lamp(painter, QRectF(4, (self.height() - side) / 2, side, side), shape, colour)
        painter.setPen(colour)
        words = self.rect().adjusted(int(4 + side + GAP), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())


class MilestonesPart(QWidget):
    """A list of milestones under a heading that folds; without any it says how to plan some.

    Signals:
        plan_wanted: the list is to be changed.
    """

    plan_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._code = ""
        self.buttons: list[StateButton] = []
        self.section = Section("节点")
        self._has_some = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        self.hide()

    def show_card(self, card: TaskCard) -> None:
        """Show a task's milestones."""
        self._code = card.task.code
        self.buttons = []
        is_over = card.task.completion is Completion.CLOSED or bool(card.line.withdrawn)
        self.setVisible(bool(card.milestones) or not is_over)
        change = link_button("分解到月…")
        change.setToolTip("分解到月（Ctrl+M）")
        change.clicked.connect(self.plan_wanted)
        if bool(card.milestones) != self._has_some:
            self._has_some = bool(card.milestones)
            self.section.head.setChecked(self._has_some)
        if card.milestones:
            self.section.fill([*self._rows(card), change], len(card.milestones))
        else:
            self.section.fill([words_label(NONE_YET, quiet=True), change], 0)

    def _rows(self, card: TaskCard) -> list[QWidget]:
        today, top = self._kit.hub.today, Qt.AlignmentFlag.AlignTop
        days = [short_day(step.due, today) for step in card.milestones]
        wide = max(self.fontMetrics().horizontalAdvance(day) for day in days)
        rows: list[QWidget] = []
        for place, (step, words) in enumerate(zip(card.milestones, days, strict=True), 1):
            day = QLabel(words)
            day.setProperty("quiet", True)
            day.setContentsMargins(0, 3, 0, 0)
            day.setFixedWidth(wide)
            day.setAlignment(top | Qt.AlignmentFlag.AlignRight)
            what = words_label(step.words)
            what.setContentsMargins(0, 2, 0, 0)
            button = StateButton(self._kit.theme, step, state_of(step, card.task, today))
            done = step.done_on is not None
            button.clicked.connect(
                lambda _=False, place=place, done=done: self._toggle(place, done=done)
            )
            self.buttons.append(button)
            row = MenuRow(
                self._kit.theme, f"{words} {step.words}", partial(self._fill_menu, step, place)
            )
            line = row_of(day, what, button, stretch=1)
            if (box := line.layout()) is not None:
                box.setAlignment(day, top)
                box.setAlignment(button, top)
            row.put(line)
            rows.append(row)
        return rows

    def _fill_menu(self, step: Milestone, place: int, menu: QMenu) -> None:
        done = step.done_on is not None
        words = "改回未完成" if done else "标为已完成…"
        add(menu, words, lambda: self._toggle(place, done=done))
        add(menu, "改节点和时间…", self.plan_wanted.emit, key="Ctrl+M")
        add_copy(menu, "复制这个节点", f"{long_day(step.due)} {step.words}")

    def _toggle(self, place: int, *, done: bool) -> None:
        """Ask when a milestone was done, or take that back."""
        if not done:
            from tracker.ui.dialogs import open_milestone_done

            open_milestone_done(self._kit, place, self.window())
            return
        hub, code = self._kit.hub, self._code
        office, who, now = hub.office, hub.who, hub.now
        if office is None:
            return
        self._kit.runner.write(
            "改回未完成",
            lambda _progress: mark_milestone(office, code, place, None, who=who, now=now),
            self._tell,
            initiator=self,
        )

    def _tell(self, outcome: Outcome[Milestone]) -> None:
        self._kit.messages.tell(outcome.sentence)
