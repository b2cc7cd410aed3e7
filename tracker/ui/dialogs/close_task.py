"""Closing a task (销号): statement, day, who confirmed, evidence or why none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from tracker.domain.terms import COMPLETION_WORDS, Completion
from tracker.ops.evidence import list_attachments
from tracker.ops.tasks import ClosingWords, close_task
from tracker.ui.dialogs.fields import DayEdit, TextEdit
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.browse import TaskCard
    from tracker.domain.edition import AttachmentRow
    from tracker.ui.kit import Kit

CLOSING_KEYS = ("statement", "by", "evidence", "no_evidence")


def add_closing_fields(form: FormDialog) -> None:
    """Add what a closing needs: `statement`, `by`, `evidence`, `no_evidence`."""
    form.add_field("statement", "完成情况说明", TextEdit(3))
    form.add_field("by", "确认人", QLineEdit(form.kit.hub.who))
    form.add_field("evidence", "佐证材料", QLineEdit(), "如 验收报告〔2026〕3号、现场照片5张")
    form.add_field("no_evidence", "无需佐证的理由", QLineEdit(), "没有佐证材料时填写")


def read_closing(form: FormDialog, on: date) -> ClosingWords | None:
    """Return what was typed for a closing; None, after a complaint, where something is missing."""
    if not form.need("statement", "by"):
        return None
    if not form.text_of("evidence") and not form.text_of("no_evidence"):
        form.complain("evidence", "请填写佐证材料，或在下面写明为何无需佐证")
        return None
    return ClosingWords(
        form.text_of("statement"),
        on,
        form.text_of("by"),
        form.text_of("evidence"),
        form.text_of("no_evidence"),
    )


def name_attached(form: FormDialog, code: str) -> None:
    """Write the names of the evidence kept with the task where nothing is typed yet."""
    office = form.office()

    def done(rows: tuple[AttachmentRow, ...]) -> None:
        if rows and isValid(form) and not form.text_of("evidence"):
            field = form.fields["evidence"].input
            if isinstance(field, QLineEdit):
                field.setText("、".join(row.name for row in rows))

    form.kit.runner.read("读取佐证材料", lambda _p: list_attachments(office, code), done)


class CloseTaskDialog(FormDialog):
    """Closes a task.

    Flow: statement, day (today), who confirmed it (the user), evidence or why there is none,
    then Ctrl+Enter or Enter in the last field. A closing is kept for good, also when the task is
    opened again.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"销号 {card.task.code}", "销号", parent)
        self._card = card
        self.add_words(card.task.title or card.task.text, quiet=False)
        self._day = DayEdit(kit.hub.today)
        self.add_field("on", "销号日期", self._day)
        add_closing_fields(self)
        name_attached(self, card.task.code)
        if card.task.completion is Completion.CLOSED:
            self.complain_generally(f"这项任务{COMPLETION_WORDS[Completion.CLOSED]}，不必再销")
            self.agree.setEnabled(False)

    def save(self) -> None:
        """Check and write."""
        if self._card.task.completion is Completion.CLOSED:
            return
        words = read_closing(self, self._day.value)
        if words is None:
            return
        office, code, hub = self.office(), self._card.task.code, self.kit.hub
        who, now = hub.who, hub.now
        self.write(
            "销号", lambda _p: close_task(office, code, words, who=who, now=now), self.finish
        )
