"""What can be done with the task in hand, as entries of a menu, each with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.terms import Completion
from tracker.ui.actions import ACTIONS
from tracker.ui.widgets.menus import add

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from tracker.domain.browse import TaskCard

MORE_ACTIONS = (
    ("edit_task", "修改任务…"),
    ("extend_task", "延期…"),
    ("plan_milestones", "分解到月…"),
    ("split_task", "拆分…"),
    ("merge_tasks", "合并…"),
    ("withdraw_task", "撤回…"),
    ("reopen_task", "恢复办理…"),
    ("revisit_task", "回访…"),
)
KEYS = {words.method: words.key or None for words in ACTIONS}
ONCE_CLOSED = ("reopen_task", "revisit_task")
WHILE_STANDING = ("split_task", "merge_tasks", "withdraw_task")


def add_actions(
    menu: QMenu, card: TaskCard, want: Callable[[str], object], reinstate: Callable[[], object]
) -> None:
    """Add the actions over a task to a menu.

    Args:
        want: asks the window for one of its actions.
        reinstate: brings a withdrawn task back.
    """
    closed = card.task.completion is Completion.CLOSED
    for name, words in MORE_ACTIONS:
        enabled = closed == (name in ONCE_CLOSED) or name not in (*ONCE_CLOSED, "extend_task")
        gone = bool(card.line.withdrawn) and name in WHILE_STANDING
        add(menu, words, partial(want, name), key=KEYS[name], enabled=enabled and not gone)
    if card.line.withdrawn:
        add(menu, "恢复这项任务", reinstate)
