"""The keys of the review: one table for the page, the fields and the line at the foot."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class Command(Enum):
    """What a key asks for."""

    NEXT = "next"
    ACCEPT = "accept"
    EDIT = "edit"
    MERGE = "merge"
    SPLIT = "split"
    DROP = "drop"
    TAKE = "take"
    UNDO = "undo"
    REDO = "redo"
    KEEP = "keep"
    WRITE = "write"
    LEAVE = "leave"


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PLAIN = {
    Qt.Key.Key_F8: Command.NEXT,
    Qt.Key.Key_A: Command.ACCEPT,
    Qt.Key.Key_F2: Command.EDIT,
    Qt.Key.Key_Delete: Command.DROP,
    Qt.Key.Key_Escape: Command.LEAVE,
}
_CONTROL = {
    Qt.Key.Key_M: Command.MERGE,
    Qt.Key.Key_K: Command.SPLIT,
    Qt.Key.Key_T: Command.TAKE,
    Qt.Key.Key_Z: Command.UNDO,
    Qt.Key.Key_Y: Command.REDO,
    Qt.Key.Key_S: Command.KEEP,
}
WHILE_TYPING = frozenset(
    {Command.NEXT, Command.MERGE, Command.SPLIT, Command.KEEP, Command.WRITE, Command.UNDO}
)
"""What the keys ask for also while a field is typed in."""
HINT = (
    "F8 下一处存疑　A/Enter 认可　空格 勾选　F2 修改　Ctrl+M 合并　Ctrl+K 拆分　"
    "Ctrl+T 选文作任务　Del 删除　Ctrl+Z 撤回"
)


def command_of(event: QKeyEvent) -> Command | None:
    """Return what a key asks for; None for nothing of ours."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    if key in _ENTER:
        return Command.WRITE if control else Command.ACCEPT
    if control:
        if key == Qt.Key.Key_Z and shift:
            return Command.REDO
        return _CONTROL.get(key)
    return _PLAIN.get(key)
