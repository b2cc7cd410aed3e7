"""What lies behind a task: reports of units, earlier rounds, closings, merged tasks, the trace."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ops.notes import ORIGINS
from tracker.ui.detail.parts import Section, link_button, row_of, words_label
from tracker.ui.detail.words import long_day, percent_words, round_words, short_day
from tracker.ui.widgets.difference import BOTH, NEW_SIDE, DifferenceLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.domain.browse import Relative, RoundEntry, TaskCard, TraceLine
    from tracker.domain.entry import NoteRow
    from tracker.domain.slip import SlipLine
    from tracker.domain.table import Roles
    from tracker.domain.task import Closing, Revisit
    from tracker.ui.kit import Kit

TRACE_PAGE = 20
"""How many lines of the trace are shown before the rest is asked for."""


class Records(QWidget):
    """The folding lists at the foot of the panel.

    Signals:
        restore_wanted: a line of the trace (`TraceLine`) whose old value is wanted again.
    """

    restore_wanted = Signal(object)

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
        return _record(" · ".join(parts), words_label("\n".join(more)))

    def _entries(self, entries: Sequence[RoundEntry]) -> list[QWidget]:
        """Return the rounds, the latest first, each with what was new in it."""
        widgets = []
        for later, earlier in pairwise([*entries, None]):
            if later is None:
                continue
            label = DifferenceLabel(self._kit.theme, NEW_SIDE)
            label.show_texts(earlier.entry.text if earlier else later.entry.text, later.entry.text)
            heading = " · ".join(filter(None, (later.ledger, round_words(later.round))))
            if later.round.cut_off is not None:
                heading += f" · 截至{short_day(later.round.cut_off, self._kit.hub.today)}"
            widgets.append(_record(heading, label))
        return widgets

    def _closing(self, closing: Closing) -> QWidget:
        lines = [closing.statement, f"佐证：{closing.evidence}"]
        if closing.reopened:
            lines.append(f"后来恢复办理：{closing.reopened}")
        mark = "✓" if not closing.reopened else "↺"
        return _record(
            f"{mark} {long_day(closing.on)} · {closing.by}", words_label("\n".join(lines))
        )

    def _revisit(self, revisit: Revisit) -> QWidget:
        mark, word = ("✓", "属实") if revisit.holds else ("●", "有反复")
        heading = f"{mark} {long_day(revisit.on)} · {revisit.by} · {word}"
        return _record(heading, words_label(revisit.found))

    def _slip(self, line: SlipLine) -> QWidget:
        slip = line.slip
        heading = f"{line.kind_word} {slip.code} · {long_day(slip.issued_on)} · {slip.unit}"
        state = slip.state_word
        if line.late is not None:
            state = f"● {line.late.words}"
        elif slip.reply_due is not None and not slip.replies:
            state += f"（{long_day(slip.reply_due)}前回复）"
        replies = [f"{long_day(reply.on)}回复：{reply.words}" for reply in slip.replies]
        return _record(heading, words_label("\n".join((state, *replies))))

    def _relative(self, relative: Relative, name: str) -> QWidget:
        link = link_button(f"{name} {relative.number or relative.code}")
        link.clicked.connect(lambda: self._kit.hub.select(relative.code))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(link)
        column.addWidget(words_label(relative.text))
        units = _unit_names(relative.roles)
        why = f"理由：{relative.why}" if relative.why else ""
        more = "　".join(part for part in (units, why) if part)
        if more:
            column.addWidget(words_label(more, quiet=True))
        return holder

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
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if line.restorable:
            restore = link_button("恢复此值")
            restore.setToolTip(f"{line.field}恢复为：{line.old or '（空）'}")
            restore.clicked.connect(lambda: self.restore_wanted.emit(line))
            column.addWidget(row_of(heading, restore, stretch=0))
        else:
            column.addWidget(heading)
        column.addWidget(change)
        return holder

    def _moment(self, at: datetime) -> str:
        return f"{short_day(at.date(), self._kit.hub.today)} {at:%H:%M}"


def _record(heading: str, body: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(words_label(heading, quiet=True))
    column.addWidget(body)
    return holder


def _unit_names(roles: Roles) -> str:
    names = (*roles.lead, *roles.responsible, *roles.cooperating, *roles.guiding)
    return "、".join(dict.fromkeys(names))
