"""What came of a slip: the unit's reply, and its closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.slips import close_slip, reply_slip
from tracker.ui.dialogs.fields import DayEdit, TextEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.slips.model import history, matter_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tracker.base.errors import UserError
    from tracker.domain.slip import SlipLine
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit


class _AnswerDialog(FormDialog):
    """A form over one slip: a day and some words."""

    def __init__(
        self, kit: Kit, line: SlipLine, title: str, verb: str, parent: QWidget | None
    ) -> None:
        super().__init__(kit, f"{title} — {line.slip.code}", verb, parent)
        self.line = line
        self.add_words(f"{line.slip.unit}　{line.kind_word}", quiet=False)
        self.add_words(matter_words(line))
        for said in history(line):
            self.add_words(said)
        self._day = DayEdit(kit.hub.today)
        self._day.setMaximumDate(self._day.date())

    def carry_out(self, title: str, op: Callable[..., Outcome[str]]) -> None:
        """Write through an op that takes office, number, day and words."""
        office, code, hub = self.office(), self.line.slip.code, self.kit.hub
        who, now, on, words = hub.who, hub.now, self._day.value, self.text_of("words")
        self.write(title, lambda _p: op(office, code, on, words, who=who, now=now), self.finish)

    def field_of(self, error: UserError) -> str:
        """A day that cannot be is a matter of the date."""
        return "on" if "日期" in error.what else super().field_of(error)


class ReplyDialog(_AnswerDialog):
    """Notes what a unit answered.

    Flow: the day it came, its words or where the papers lie, Ctrl+Enter. Earlier replies stay.
    """

    def __init__(self, kit: Kit, line: SlipLine, parent: QWidget | None = None) -> None:
        super().__init__(kit, line, "登记回复", "登记", parent)
        self.add_field("on", "回复日期", self._day)
        note = "照原话录入，或写明回复材料存放在哪里"
        self.add_field("words", "回复内容", TextEdit(4), note)

    def save(self) -> None:
        """Check and write."""
        if self.need("words"):
            self.carry_out("登记回复", reply_slip)


class CloseSlipDialog(_AnswerDialog):
    """Closes a slip (办结).

    Flow: the day, the outcome in words; without any reply the words must say why. Ctrl+Enter.
    """

    def __init__(self, kit: Kit, line: SlipLine, parent: QWidget | None = None) -> None:
        super().__init__(kit, line, "办结", "办结", parent)
        self._needs_words = line.slip.reply_due is not None and not line.slip.replies
        self.add_field("on", "办结日期", self._day)
        note = (
            "还没有回复，请写明办结的理由（如 已电话核实、单子作废）" if self._needs_words else ""
        )
        self.add_field("words", "办结情况", TextEdit(3), note)

    def save(self) -> None:
        """Check and write."""
        if not self._needs_words or self.need("words"):
            self.carry_out("办结", close_slip)
