"""Breaking a task down by month (分解到月), one milestone a line; and saying when one was done."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QWidget

from tracker.ops.milestone_lines import dropped, lines_of, read_lines
from tracker.ops.milestones import mark_milestone, set_milestones
from tracker.ui.detail.words import deadline_words, long_day, short_day
from tracker.ui.dialogs.fields import DayEdit, TextEdit
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.browse import TaskCard
    from tracker.domain.milestone import Milestone
    from tracker.ops.milestone_lines import LineRead
    from tracker.ui.kit import Kit

_LINES = 8
_HINT = "一行一个节点，先写日期，行末可写目标：\n3月底前 完成招标\n2026-06-30 主体封顶 60%"


class MilestonesDialog(FormDialog):
    """Breaks a task down into milestones.

    Flow: type or paste one a line, from a table too; beneath stands how each line is read. What is
    done stays done while its words stay. Ctrl+Enter saves when every line is read.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"分解到月 {card.task.code}", "保存", parent)
        self._card = card
        self.hint.setText("Ctrl+Enter 保存 · Esc 关闭")
        self.add_words(card.task.title or card.task.text, quiet=False)
        self.add_words(f"时限：{deadline_words(card.task.deadline, kit.hub.today)}")
        self._edit = TextEdit(_LINES, lines_of(card.milestones), _HINT)
        self.add_field("steps", "节点", self._edit)
        self.reading = QLabel()
        self.reading.setTextFormat(Qt.TextFormat.RichText)
        self.reading.setWordWrap(True)
        self.reading.setAccessibleName("各行读作")
        self.add_wide(self.reading)
        self._edit.textChanged.connect(self._show_reading)
        kit.theme.changed.connect(self._show_reading)
        self._show_reading()

    def _read(self) -> tuple[LineRead, ...]:
        text = self._edit.toPlainText()
        return read_lines(text, self.kit.hub.today, self._card.milestones)

    def _show_reading(self) -> None:
        read = self._read()
        parts = [self._table(read)] if read else []
        for step in dropped(read, self._card.milestones):
            parts.append(self._coloured("amber", f"▲ 不再保留已完成的“{escape(step.what)}”"))
        if not read and self._card.milestones:
            parts.insert(0, self._coloured("amber", "▲ 保存后没有节点"))
        self.reading.setText("".join(parts))
        self.reading.setVisible(bool(parts))
        if self.isVisible():
            self._grow()

    def _table(self, read: Sequence[LineRead]) -> str:
        rows = "".join(self._row(line) for line in read)
        return f"<table cellspacing='0' cellpadding='2'>{rows}</table>"

    def _row(self, line: LineRead) -> str:
        quiet = self.kit.theme.colours.quiet
        number = f"<td align='right' style='color:{quiet}'>{line.number}&nbsp;</td>"
        if line.step is None:
            problem = self._coloured("red", f"▲ {escape(line.problem)}", "span")
            return f"<tr>{number}<td></td><td colspan='2'>{problem}</td></tr>"
        step = line.step
        day = short_day(step.due, self.kit.hub.today)
        remark = self._remark(step)
        return (
            f"<tr>{number}<td align='right'>{day}&nbsp;</td><td>{escape(step.what)}&nbsp;</td>"
            f"<td>{escape(step.figure)}&nbsp; {remark}</td></tr>"
        )

    def _remark(self, step: Milestone) -> str:
        deadline = self._card.task.deadline
        if step.done_on is not None:
            done = short_day(step.done_on, self.kit.hub.today)
            return self._coloured("green", f"◆ {done}完成", "span")
        if deadline is not None and deadline.date is not None and step.due > deadline.date:
            return self._coloured("amber", "▲ 晚于任务时限", "span")
        return ""

    def _coloured(self, colour: str, words: str, tag: str = "div") -> str:
        return f"<{tag} style='color:{getattr(self.kit.theme.colours, colour)}'>{words}</{tag}>"

    def save(self) -> None:
        """Check and write."""
        read = self._read()
        bad = [line for line in read if line.step is None]
        if bad:
            numbers = "、".join(str(line.number) for line in bad)
            self.complain("steps", f"第 {numbers} 行没有读懂，请照下面的提示改写")
            return
        steps = [line.step for line in read if line.step is not None]
        office, code, hub = self.office(), self._card.task.code, self.kit.hub
        who, now = hub.who, hub.now
        self.write(
            "分解到月",
            lambda _p: set_milestones(office, code, steps, who=who, now=now),
            self.finish,
        )


class MilestoneDoneDialog(FormDialog):
    """Says when a milestone was done.

    Flow: the day (today), Enter.
    """

    def __init__(self, kit: Kit, card: TaskCard, place: int, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"节点完成 {card.task.code}", "已完成", parent)
        self._code, self._place = card.task.code, place
        self.hint.setText("Enter 保存 · Esc 关闭")
        step = card.milestones[place - 1]
        self.add_words(step.words, quiet=False)
        self.add_words(f"应于 {long_day(step.due)} 完成")
        today = kit.hub.today
        self._day = DayEdit(today)
        self._day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.add_field("on", "完成日期", self._day)

    def save(self) -> None:
        """Write."""
        office, code, hub = self.office(), self._code, self.kit.hub
        who, now, place, day = hub.who, hub.now, self._place, self._day.value
        self.write(
            "标记节点完成",
            lambda _p: mark_milestone(office, code, place, day, who=who, now=now),
            self.finish,
        )
