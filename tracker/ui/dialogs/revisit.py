"""Looking again after a closed task (回访): does what was reported hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit

from tracker.domain.task import Revisit
from tracker.domain.terms import Completion
from tracker.ops.revisits import add_revisit
from tracker.ui.dialogs.fields import DayEdit, TextEdit
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.base.errors import UserError
    from tracker.domain.browse import TaskCard
    from tracker.ui.kit import Kit

_HOLDS = (("属实，成效巩固", True), ("有反弹，需要再办", False))


class RevisitDialog(FormDialog):
    """Keeps what was found when a closed task was visited again.

    Flow: the day (today), who went, what was found, whether it holds, Ctrl+Enter. It is kept with
    the task for good; a task that relapsed is opened again by “恢复办理”.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"回访 {card.task.code}", "记下回访", parent)
        self._card = card
        self.add_words(card.task.title or card.task.text, quiet=False)
        self._day = DayEdit(kit.hub.today)
        self.add_field("on", "回访日期", self._day)
        self.add_field("by", "回访人", QLineEdit(kit.hub.who))
        self.add_field("found", "看到的情况", TextEdit(3))
        self._holds = QComboBox()
        for words, holds in _HOLDS:
            self._holds.addItem(words, holds)
        self.add_field("holds", "结论", self._holds, "有反弹的，记下后再用“恢复办理”重新办理")
        if card.task.completion is not Completion.CLOSED:
            self.complain_generally("这项任务还没有销号，销号以后才谈得上回访")
            self.agree.setEnabled(False)

    def save(self) -> None:
        """Check and write."""
        if self._card.task.completion is not Completion.CLOSED or not self.need("by", "found"):
            return
        office, code, hub = self.office(), self._card.task.code, self.kit.hub
        who, now = hub.who, hub.now
        revisit = Revisit(
            on=self._day.value,
            by=self.text_of("by"),
            found=self.text_of("found"),
            holds=bool(self._holds.currentData()),
        )
        self.write(
            "记回访", lambda _p: add_revisit(office, code, revisit, who=who, now=now), self.finish
        )

    def field_of(self, error: UserError) -> str:
        """A day that cannot be is a matter of the date."""
        return "on" if "日期" in error.what else super().field_of(error)
