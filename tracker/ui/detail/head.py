"""The upper part of the panel: what the task is, whose it is, when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from tracker.domain.carry import MUST_DATE
from tracker.domain.instruction import Stage
from tracker.domain.light_rules import load_light_rules
from tracker.domain.terms import COMPLETION_WORDS, PACE_WORDS, Completion, Role
from tracker.ui.detail.in_place import InPlace
from tracker.ui.detail.parts import (
    ChipFlow,
    LampWord,
    clear,
    link_button,
    row_of,
    words_label,
)
from tracker.ui.detail.unit_rows import UnitRows
from tracker.ui.detail.words import deadline_words, long_day, percent_words, reading
from tracker.ui.instructions.strip import StageStrip
from tracker.ui.widgets.chips import unit_chips
from tracker.ui.widgets.difference import OLD_SIDE, DifferenceLabel
from tracker.ui.widgets.menus import leave_menu_to_parent

if TYPE_CHECKING:
    from tracker.domain.browse import Passage, TaskCard
    from tracker.domain.draft import Figure
    from tracker.domain.light_rules import Light
    from tracker.ui.kit import Kit

LABEL_WIDTH = 4
"""About how wide the names of the facts are, in Chinese characters."""
SHORT_DEADLINE = 10
"""Up to so many characters the light stands beside the deadline."""


class Head(QWidget):
    """Number, title, source, units, persons, deadline, state and parts of a task.

    Signals:
        action_wanted: the name of an action of the window (`extend_task` …).
    """

    action_wanted = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.units = UnitRows(kit, self)
        self.fields: dict[str, InPlace] = {}
        self._code = ""
        self._waiting: TaskCard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_card(self, card: TaskCard) -> None:
        """Show a task; what is being changed in it is not taken away."""
        if any(each.is_open for each in self.fields.values()) and card.task.code == self._code:
            self._waiting = card
            return
        self._code, self._waiting = card.task.code, None
        self.fields = {}
        self.units.remember()
        clear(self._column)
        task = card.task
        number = f"{task.number}　" if task.number else ""
        title = words_label(f"{number}{task.title or task.text}", heading=True)
        is_whole = task.text.rstrip("。") in (task.title.rstrip("。"), "")
        self._column.addWidget(self._field(card, title, "text") if is_whole else title)
        self._column.addWidget(self._source(card))
        if card.line.withdrawn:
            how = "已" if card.merged_into is not None else "已撤回："
            gone = words_label(f"✕ {how}{card.line.withdrawn}")
            gone.setProperty("wrong", True)
            self._column.addWidget(gone)
        for widget in self._other_years(card):
            self._column.addWidget(widget)
        if not is_whole:
            self._column.addWidget(self._field(card, words_label(task.text), "text"))
        if card.instruction is not None:
            self._add_instruction(card)
        self._column.addWidget(self._facts(card))
        if card.parts:
            self._column.addWidget(self._parts(card))
        leave_menu_to_parent(self)
        self.units.give_back()

    def save(self) -> None:
        """Start writing what is being changed in place."""
        for each in tuple(self.fields.values()):
            each.save()

    def _field(self, card: TaskCard, label: QWidget, name: str) -> InPlace:
        """Return words of the task that can be changed where they stand."""
        task, today = card.task, self._kit.hub.today
        started = card.instruction.on if card.instruction else None
        if name == "text":
            field = InPlace(self._kit, task.code, label, (name, "任务内容", task.text))
        else:
            due = task.deadline.text if task.deadline else ""
            field = InPlace(
                self._kit,
                task.code,
                label,
                (name, "时限", due),
                lambda typed: reading(typed, today, started)[1],
            )
        field.ended.connect(self._show_waiting)
        self.fields[name] = field
        return field

    def _show_waiting(self) -> None:
        """Show what was read while something was being changed."""
        card, self._waiting = self._waiting, None
        if card is not None:
            QTimer.singleShot(0, self, lambda: self.show_card(card))

    def _other_years(self, card: TaskCard) -> list[QWidget]:
        """Where the task comes from and goes on (结转), as links; what to do about its deadline."""
        links = []
        told = (("结转自", card.task.former[:1]), ("已结转到", card.goes_on))
        for words, others in told:
            for other in others:
                link = link_button(f"{words}{other.words}")
                link.clicked.connect(lambda _=False, code=other.code: self._kit.hub.select(code))
                links.append(row_of(link))
        if card.must_date:
            label = words_label(f"▲ {MUST_DATE}")
            label.setProperty("wrong", True)
            links.append(label)
        return links

    def _source(self, card: TaskCard) -> QWidget:
        """The path to the task in one quiet line, and its passage when asked for."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        path = " › ".join(part for part in (card.ledger_name, card.task.section) if part)
        label = words_label(path, quiet=True)
        found = passage_words(card.source)
        if not found:
            column.addWidget(label)
            return holder
        link = link_button("看出处")
        column.addWidget(row_of(label, link, stretch=0))
        details = words_label("\n".join(found), quiet=True)
        details.hide()
        if card.source.document_id is not None:
            whole = link_button("看原文…")
            whole.setToolTip("打开文件原文，标出这一段")
            whole.clicked.connect(lambda: self.action_wanted.emit("source"))
            whole.hide()
            column.addWidget(whole)
            link.clicked.connect(lambda: whole.setVisible(whole.isHidden()))
        column.addWidget(details)
        link.clicked.connect(lambda: details.setVisible(details.isHidden()))
        return holder

    def _add_instruction(self, card: TaskCard) -> None:
        instruction = card.instruction
        if instruction is None:
            return
        day = f" {long_day(instruction.on)}" if instruction.on else ""
        self._column.addWidget(words_label(f"批示：{instruction.leader}{day}", quiet=True))
        if instruction.text and instruction.text != card.task.text:
            self._column.addWidget(words_label(instruction.text))
        if instruction.stage is not None:
            strip = StageStrip(self._kit.theme)
            strip.show_instruction(instruction)
            self._column.addWidget(strip)
        if instruction.stage not in (None, Stage.CLOSED):
            advance = link_button("办到下一环节…")
            advance.clicked.connect(lambda: self.action_wanted.emit("advance_instruction"))
            self._column.addWidget(advance, alignment=Qt.AlignmentFlag.AlignLeft)

    def _facts(self, card: TaskCard) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        task = card.task
        self.units.show_card(card, grid)
        if not any(task.roles.of(role) for role in Role):
            _add(grid, "单位", self._no_unit())
        if task.units_text:
            _add(grid, "原写", words_label(task.units_text))
        self.units.show_persons(card, grid)
        self.units.finish(grid)
        _add(grid, "时限", self._deadline(card))
        if task.first_deadline is not None:
            _add(grid, "原定", self._first_deadline(card))
        if task.figures:
            _add(grid, "指标", words_label("；".join(figure_words(f) for f in task.figures)))
        _add(grid, "状态", words_label(state_words(card)))
        return holder

    def _no_unit(self) -> QWidget:
        fill = link_button("填写…")
        fill.setToolTip("修改任务（F2）")
        fill.clicked.connect(lambda: self.action_wanted.emit("edit_task"))
        return row_of(words_label("还没有单位", quiet=True), fill, stretch=0)

    def _deadline(self, card: TaskCard) -> QWidget:
        today = self._kit.hub.today
        words = deadline_words(card.task.deadline, today)
        day = self._field(card, words_label(words), "deadline")
        if card.task.deadline is None:
            return day
        lamp = LampWord(
            self._kit.theme, light_called(card.line.light), card.line.remaining, card.line.reason
        )
        extend = link_button("延期…")
        extend.clicked.connect(lambda: self.action_wanted.emit("extend_task"))
        if card.task.completion is Completion.CLOSED:
            extend.hide()  # to show it before it has a parent would open a window of its own
        is_open = card.task.completion is not Completion.CLOSED
        day.began.connect(lamp.hide)
        day.began.connect(extend.hide)
        day.ended.connect(lamp.show)
        day.ended.connect(lambda: extend.setVisible(is_open))
        if len(words) <= SHORT_DEADLINE and self._fits(words, lamp, extend):
            return row_of(day, lamp, extend, stretch=0)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(day)
        column.addWidget(row_of(lamp, extend))
        return holder

    def _fits(self, words: str, *beside: QWidget) -> bool:
        """Tell whether short words and what stands beside them have room in one line."""
        size = self._kit.theme.size
        needed = self.fontMetrics().horizontalAdvance(words) + 8 * len(beside)
        needed += sum(widget.sizeHint().width() for widget in beside)
        return needed + LABEL_WIDTH * size <= self.width()

    def _first_deadline(self, card: TaskCard) -> QWidget:
        struck = DifferenceLabel(self._kit.theme, OLD_SIDE)
        struck.show_texts(deadline_words(card.task.first_deadline, self._kit.hub.today), "")
        reason = card.task.deadline_reason
        if not reason:
            return struck
        return row_of(struck, words_label(f"延期：{reason}", quiet=True), stretch=1)

    def _parts(self, card: TaskCard) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for part in card.parts:
            row = grid.rowCount()
            grid.addWidget(QLabel(part.mark), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words_label(part.text), row, 1)
            chips = unit_chips(part.roles)
            if chips:
                grid.addWidget(ChipFlow(self._kit.theme, chips), row + 1, 1)
        return holder


def _add(grid: QGridLayout, name: str, widget: QWidget) -> None:
    label = QLabel(name)
    label.setProperty("quiet", True)
    label.setContentsMargins(0, 2, 0, 0)
    row = grid.rowCount()
    grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(widget, row, 1)


def light_called(key: str) -> Light:
    """Return the light of that key, looked for in every set of rules."""
    for rules in load_light_rules():
        for light in rules.lights:
            if light.key == key:
                return light
    raise KeyError(key)


def passage_words(source: Passage) -> list[str]:
    """Return where a task came from, a line for each thing known."""
    place = []
    if source.sheet:
        place.append(f"工作表“{source.sheet}”")
    if source.row is not None:
        place.append(f"第{source.row}行")
    lines = [
        f"文件：{source.title}" if source.title else "",
        f"文号：{source.number}" if source.number else "",
        f"日期：{long_day(source.issued_on)}" if source.issued_on else "",
        f"来自：{source.file_name}" if source.file_name else "",
        f"位置：{' '.join(place)}" if place else "",
        f"原文：{source.words}" if source.words else "",
    ]
    return [line for line in lines if line]


def figure_words(figure: Figure) -> str:
    """Return a quantity of a task in words: 前期项目 51个."""
    amount = f"{figure.value}{figure.unit}"
    return f"{figure.name} {amount}" if figure.name else amount


def state_words(card: TaskCard) -> str:
    """Return the state in words: 推进中 · 达序时 · 64%."""
    parts = [COMPLETION_WORDS[card.task.completion]]
    entry = card.entry
    if entry is not None:
        if entry.state_text and entry.state_text not in parts:
            parts.append(entry.state_text)
        if entry.pace is not None and PACE_WORDS[entry.pace] not in parts:
            parts.append(PACE_WORDS[entry.pace])
        if entry.percent is not None:
            parts.append(percent_words(entry.percent))
    return " · ".join(parts)
