"""What dialogs look up before or while they are open: names of units, the task in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiboken6 import isValid

from tracker.ops.browse import task_card, task_lines
from tracker.ops.collectives import names_to_offer
from tracker.ops.tasks import find_task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QDialog, QWidget

    from tracker.domain.browse import TaskCard, TaskLine
    from tracker.ui.kit import Kit


def known_units(kit: Kit, dialog: QWidget, use: Callable[[tuple[str, ...]], object]) -> None:
    """Read the names of all units that stand and hand them to the dialog."""
    office = kit.hub.office
    if office is None:
        return

    def done(names: tuple[str, ...]) -> None:
        if isValid(dialog):
            use(names)

    kit.runner.read("读取单位", lambda _progress: names_to_offer(office), done)


def open_with_card(kit: Kit, make: Callable[[TaskCard], QDialog], code: str = "") -> None:
    """Read a task, the one in hand if no code is given, and open a dialog over it."""
    office, code = kit.hub.office, code or kit.hub.code
    if office is None or not code:
        return
    round_id = kit.hub.round.id if kit.hub.round else None
    today = kit.hub.today
    kit.runner.read(
        "读取任务",
        lambda _progress: task_card(office, code, round_id, today),
        lambda card: make(card).open(),
    )


def open_with_lines(
    kit: Kit, make: Callable[[tuple[TaskLine, ...]], QDialog], codes: Sequence[str]
) -> None:
    """Read tasks and open a dialog over them."""
    office, today = kit.hub.office, kit.hub.today
    if office is None:
        return
    wanted = [code for code in codes if code]

    def read() -> tuple[TaskLine, ...]:
        ids = [find_task(office, code).id for code in wanted]
        return task_lines(office, ids, None, today)

    kit.runner.read("读取任务", lambda _progress: read(), lambda lines: make(lines).open())
