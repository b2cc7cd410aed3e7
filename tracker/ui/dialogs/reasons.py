"""Steps that need nothing but a reason: opening again, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tracker.domain.terms import Completion
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import reopen_task
from tracker.ui.dialogs.fields import TextEdit
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from tracker.domain.browse import TaskCard
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit


class _Op(Protocol):
    def __call__(
        self, office: Office, code: str, reason: str, *, who: str, now: datetime
    ) -> Outcome[str]: ...


class ReasonDialog(FormDialog):
    """Asks for a reason and carries a step out.

    Flow: the reason, Ctrl+Enter.
    """

    def __init__(
        self, kit: Kit, card: TaskCard, step: tuple[str, str, _Op], parent: QWidget | None = None
    ) -> None:
        self._name, effect, self._op = step
        super().__init__(kit, f"{self._name} {card.task.code}", self._name, parent)
        self.hint.setText("Ctrl+Enter 保存 · Esc 关闭")
        self._card = card
        self.add_words(card.task.title or card.task.text, quiet=False)
        self.add_words(effect)
        self.add_field("reason", "理由", TextEdit(2))

    def obstacle(self) -> str:
        """Return why the step is not possible; "" where it is."""
        return ""

    def _refuse_if_pointless(self) -> None:
        if words := self.obstacle():
            self.complain_generally(words)
            self.agree.setEnabled(False)

    def save(self) -> None:
        """Check and write."""
        if self.obstacle() or not self.need("reason"):
            return
        office, code, hub = self.office(), self._card.task.code, self.kit.hub
        who, now, reason, op = hub.who, hub.now, self.text_of("reason"), self._op
        self.write(self._name, lambda _p: op(office, code, reason, who=who, now=now), self.finish)


class ReopenDialog(ReasonDialog):
    """Opens a closed task again (恢复办理).

    Flow: the reason, Ctrl+Enter. The closing stays with the task, marked with the reason.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        effect = "任务回到“推进中”；原来的销号记录和这次的理由都保留。"
        super().__init__(kit, card, ("恢复办理", effect, reopen_task), parent)
        self._refuse_if_pointless()

    def obstacle(self) -> str:
        """Only a closed task can be opened again."""
        closed = self._card.task.completion is Completion.CLOSED
        return "" if closed else "这项任务没有销号，不必恢复"


class WithdrawDialog(ReasonDialog):
    """Takes a task out of the ledger (撤回).

    Flow: the reason, Ctrl+Enter. The task is kept with it, but neither counted nor printed.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        effect = "撤回后不再计数、不再印入报表；任务本身和理由都保留，可随时恢复。"
        super().__init__(kit, card, ("撤回", effect, withdraw_task), parent)
        self._refuse_if_pointless()

    def obstacle(self) -> str:
        """A task can be withdrawn once."""
        return f"已经撤回：{self._card.line.withdrawn}" if self._card.line.withdrawn else ""
