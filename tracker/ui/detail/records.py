"""What lies behind a task: reports of units, earlier rounds, closings, merged tasks, the trace."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.slip import SlipState
from tracker.ops.notes import ORIGINS
from tracker.ui.detail.parts import Section, link_button, row_of, words_label
from tracker.ui.detail.timeline_row import TimelineRow
from tracker.ui.detail.words import long_day, percent_words, round_words, short_day
from tracker.ui.widgets.difference import BOTH, NEW_SIDE, DifferenceLabel
from tracker.ui.widgets.menus import MenuRow, add, add_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QLabel, QMenu

    from tracker.domain.browse import Relative, RoundEntry, TaskCard, TraceLine
    from tracker.domain.entry import NoteRow
    from tracker.domain.slip import SlipLine
    from tracker.domain.table import Roles
    from tracker.domain.task import Closing, Revisit
    from tracker.ui.kit import Kit

    Fill = Callable[[QMenu], object]

TRACE_PAGE = 20
"""How many lines of the trace are shown before the rest is asked for."""
MENU_WORDS = 16


class Records(QWidget):
    """The folding lists at the foot of the panel.

    Signals:
        restore_wanted: a line of the trace (`TraceLine`) whose old value is wanted again.
        words_wanted: these words are wanted as this round's entry.
        slip_wanted: what to do about a slip (`SlipLine`): “reply”, “close” or “export”.
    """

    restore_wanted = Signal(object)
    words_wanted = Signal(str)
    slip_wanted = Signal(str, object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._trace: tuple[TraceLine, ...] = ()
        self._shown = TRACE_PAGE
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.notes = Section("原报")
        self.rounds = Section("历次")
        self.rounds.column.setSpacing(0)  # the line of the timeline goes through
        self.closings = Section("销号记录")
        self.revisits = Section("回访")
        self.slips = Section("督办单")
        self.merged = Section("合并")
        self.trace = Section("留痕")
        closed = (self.closings, self.revisits, self.slips)
        for section in (self.notes, self.rounds, *closed, self.merged, self.trace):
            column.addWidget(section)

    def show_card(self, card: TaskCard, trace: Sequence[TraceLine], *, is_another: bool) -> None:
        """Show a task's records.

        Args:
            is_another: another task than before, so that the trace begins at its top again.
        """
        numbers = {e.round.id: e.round.number for e in card.entries}
        if card.round is not None:
            numbers[card.round.id] = card.round.number
        self.notes.fill([self._note(note, numbers.get(note.round_id)) for note in card.notes])
        earlier = [e for e in card.entries if card.round is None or e.round.id != card.round.id]
        self.rounds.fill(self._entries(earlier))
        closings = [self._closing(c) for c in reversed(card.task.closings)]
        self.closings.fill(closings)
        self.revisits.fill([self._revisit(r) for r in reversed(card.task.revisits)])
        self.slips.fill([self._slip(line) for line in card.slips])
        relatives = [self._relative(r, "并入的") for r in card.merged]
        if card.merged_into is not None:
            relatives.append(self._relative(card.merged_into, "并入了"))
        self.merged.fill(relatives)
        if is_another:
            self._shown = TRACE_PAGE
        self._trace = tuple(trace)
        self._show_trace()

    def _note(self, note: NoteRow, number: int | None) -> QWidget:
        parts = [note.unit or "未写单位", self._moment(note.at)]
        parts.append(ORIGINS.get(note.origin, note.origin))
        if note.by:
            parts.append(note.by)
        if number is not None:
            parts.insert(0, f"第{number}期")
        more = [note.text]
        if note.state_text or note.percent is not None:
            rate = percent_words(note.percent) if note.percent is not None else ""
            more.append(" ".join(word for word in ("状态：", note.state_text, rate) if word))
        more += [f"存在问题：{note.problems}"] if note.problems else []
        more += [f"下步打算：{note.next_steps}"] if note.next_steps else []
        return self._record(
            " · ".join(parts), words_label("\n".join(more)), self._words_menu(note.text)
        )

    def _words_menu(self, words: str) -> Fill:
        """Return what a menu offers for words that were reported or written earlier."""

        def fill(menu: QMenu) -> None:
            add(menu, "填入本期落实情况", lambda: self.words_wanted.emit(words))
            add_copy(menu, "复制这段文字", words)

        return fill

    def _entries(self, entries: Sequence[RoundEntry]) -> list[QWidget]:
        """Return the rounds, the latest first, each with what was new in it."""
        widgets: list[QWidget] = []
        for later, earlier in pairwise([*entries, None]):
            if later is None:
                continue
            new = later.entry.text
            old = earlier.entry.text if earlier else new
            label = DifferenceLabel(self._kit.theme, NEW_SIDE)
            label.show_texts(old, new)
            is_same = earlier is not None and old == new
            heading = self._round_heading(later)
            heading += " · ≈ 与上一期相同" if is_same else ""
            row = TimelineRow(self._kit.theme, heading, self._words_menu(new), is_new=not is_same)
            row.is_last = earlier is None
            row.put(words_label(heading, quiet=True), label)
            widgets.append(row)
        return widgets

    def _round_heading(self, each: RoundEntry) -> str:
        parts = [each.ledger, round_words(each.round)]
        if each.round.cut_off is not None:
            parts.append(f"截至{short_day(each.round.cut_off, self._kit.hub.today)}")
        parts.append(each.entry.state_text)
        if each.entry.percent is not None:
            parts.append(percent_words(each.entry.percent))
        return " · ".join(filter(None, parts))

    def _closing(self, closing: Closing) -> QWidget:
        lines = [closing.statement, f"佐证：{closing.evidence}"]
        if closing.reopened:
            lines.append(f"后来恢复办理：{closing.reopened}")
        mark = "✓" if not closing.reopened else "↺"
        return self._record(
            f"{mark} {long_day(closing.on)} · {closing.by}", words_label("\n".join(lines))
        )

    def _revisit(self, revisit: Revisit) -> QWidget:
        mark, word = ("✓", "属实") if revisit.holds else ("●", "有反复")
        heading = f"{mark} {long_day(revisit.on)} · {revisit.by} · {word}"
        return self._record(heading, words_label(revisit.found))

    def _slip(self, line: SlipLine) -> QWidget:
        slip = line.slip
        heading = f"{line.kind_word} {slip.code} · {long_day(slip.issued_on)} · {slip.unit}"
        state = slip.state_word
        if line.late is not None:
            state = f"● {line.late.words}"
        elif slip.reply_due is not None and not slip.replies:
            state += f"（{long_day(slip.reply_due)}前回复）"
        replies = [f"{long_day(reply.on)}回复：{reply.words}" for reply in slip.replies]
        body = words_label("\n".join((state, *replies)))
        return self._record(heading, body, lambda menu: self._slip_menu(menu, line))

    def _slip_menu(self, menu: QMenu, line: SlipLine) -> None:
        is_open = line.slip.state is not SlipState.CLOSED
        for what, words in (("reply", "登记回复…"), ("close", "办结…")):
            add(menu, words, partial(self.slip_wanted.emit, what, line), enabled=is_open)
        add(menu, "导出 Word…", lambda: self.slip_wanted.emit("export", line))
        add_copy(menu, "复制编号", line.slip.code)

    def _record(self, heading: str, body: QLabel, fill: Fill | None = None) -> QWidget:
        """Return a heading with words beneath it, and the menu of the two."""
        words = body.text()
        row = MenuRow(
            self._kit.theme,
            heading,
            fill or (lambda menu: add_copy(menu, "复制这条记录", f"{heading}\n{words}")),
        )
        row.put(words_label(heading, quiet=True), body)
        return row

    def _relative(self, relative: Relative, name: str) -> QWidget:
        link = link_button(f"{name} {relative.number or relative.code}")
        link.clicked.connect(lambda: self._kit.hub.select(relative.code))
        holder = MenuRow(
            self._kit.theme, link.text(), lambda menu: self._relative_menu(menu, relative)
        )
        holder.put(link, words_label(relative.text))
        units = _unit_names(relative.roles)
        why = f"理由：{relative.why}" if relative.why else ""
        more = "　".join(part for part in (units, why) if part)
        if more:
            holder.put(words_label(more, quiet=True))
        return holder

    def _relative_menu(self, menu: QMenu, relative: Relative) -> None:
        add(menu, "打开这项任务", lambda: self._kit.hub.select(relative.code))
        add_copy(menu, "复制任务内容", relative.text)
        add_copy(menu, "复制编号", relative.code)

    def _show_trace(self) -> None:
        widgets = [self._trace_line(line) for line in self._trace[: self._shown]]
        rest = len(self._trace) - self._shown
        if rest > 0:
            more = link_button(f"再看 {min(rest, TRACE_PAGE)} 条")
            more.clicked.connect(self._show_more)
            widgets.append(more)
        self.trace.fill(widgets, len(self._trace))

    def _show_more(self) -> None:
        self._shown += TRACE_PAGE
        self._show_trace()

    def _trace_line(self, line: TraceLine) -> QWidget:
        heading = words_label(
            f"{self._moment(line.at)} · {line.who} · {line.label} · {line.field}", quiet=True
        )
        change = DifferenceLabel(self._kit.theme, BOTH)
        change.show_texts(line.old, line.new)
        holder = MenuRow(self._kit.theme, heading.text(), lambda menu: self._trace_menu(menu, line))
        if line.restorable:
            restore = link_button("恢复此值")
            restore.setToolTip(f"{line.field}恢复为：{line.old or '（空）'}")
            restore.clicked.connect(lambda: self.restore_wanted.emit(line))
            holder.put(row_of(heading, restore, stretch=0))
        else:
            holder.put(heading)
        holder.put(change)
        return holder

    def _trace_menu(self, menu: QMenu, line: TraceLine) -> None:
        add(
            menu,
            f"恢复此值：{_short(line.old)}" if line.restorable else "恢复此值",
            lambda: self.restore_wanted.emit(line),
            enabled=line.restorable,
        )
        add_copy(menu, "复制改前的内容", line.old)
        add_copy(menu, "复制改后的内容", line.new)

    def _moment(self, at: datetime) -> str:
        return f"{short_day(at.date(), self._kit.hub.today)} {at:%H:%M}"


def _unit_names(roles: Roles) -> str:
    names = (*roles.lead, *roles.responsible, *roles.cooperating, *roles.guiding)
    return "、".join(dict.fromkeys(names))


def _short(words: str) -> str:
    """Return words that fit a menu."""
    words = " ".join(words.split()) or "（空）"
    return words if len(words) <= MENU_WORDS else f"{words[: MENU_WORDS - 1]}…"
