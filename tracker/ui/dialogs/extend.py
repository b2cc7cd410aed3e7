"""Extending a deadline (延期); the first one stays beside the new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.deadline_words import understand_deadline
from tracker.ops.tasks import extend_deadline
from tracker.ui.detail.words import deadline_words, long_day, reading
from tracker.ui.dialogs.deadline_field import add_deadline
from tracker.ui.dialogs.fields import TextEdit
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from tracker.domain.browse import TaskCard
    from tracker.ui.kit import Kit


class ExtendDialog(FormDialog):
    """Gives a task a later deadline.

    Flow: the new deadline, read and shown while it is typed, then the reason, Ctrl+Enter. It must
    be a day after the present deadline. The first deadline and the reason stay with the task.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"延期 {card.task.code}", "延期", parent)
        self._card = card
        task = card.task
        self.add_words(task.title or task.text, quiet=False)
        today = kit.hub.today
        standing = f"现时限：{deadline_words(task.deadline, today)}"
        if task.first_deadline is not None:
            standing += f"　原定：{deadline_words(task.first_deadline, today)}"
        self.add_words(standing)
        add_deadline(self, "新的时限")
        self.add_field("reason", "延期理由", TextEdit(2))
        if task.deadline is None:
            self.complain_generally("这项任务没有时限，谈不上延期；请在“修改任务”里填写时限")
            self.agree.setEnabled(False)

    def save(self) -> None:
        """Check and write."""
        if self._card.task.deadline is None or not self.need("deadline"):
            return
        day = self._later_day()
        if day is None or not self.need("reason"):
            return
        office, code, hub = self.office(), self._card.task.code, self.kit.hub
        who, now, reason = hub.who, hub.now, self.text_of("reason")
        self.write(
            "延长时限",
            lambda _p: extend_deadline(office, code, long_day(day), reason, who=who, now=now),
            self.finish,
        )

    def _later_day(self) -> date | None:
        typed, today = self.text_of("deadline"), self.kit.hub.today
        understood, words = reading(typed, today)
        if not understood:
            self.complain("deadline", words)
            return None
        read = understand_deadline(typed, today)
        standing = self._card.task.deadline
        if read is None or read.date is None:
            self.complain("deadline", "延期要有具体日期，如 2026-09-30、9月底前、5个工作日")
            return None
        if standing is not None and standing.date is not None and read.date <= standing.date:
            self.complain("deadline", f"新的时限应晚于现时限 {long_day(standing.date)}")
            return None
        return read.date
