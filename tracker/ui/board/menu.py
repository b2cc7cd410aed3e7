"""The menu over selected units: every step with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from tracker.domain.board import BoardState
from tracker.ui.board.table import STEP_KEYS
from tracker.ui.board.words import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.board.view import BoardView
    from tracker.ui.board.words import Line

STEPS: tuple[tuple[Step | None, str], ...] = (
    (Step.REMIND, "催报…"),
    (Step.COPY, "复制催报短信"),
    (Step.CALL, "电话记录…"),
    (None, ""),
    (Step.TYPE, "登记已报（纸质、电话、微信）…"),
    (Step.UNTYPE, "取消登记（已录的文字保留）"),
    (Step.DUE, "报送延期…"),
    (Step.UNDUE, "取消延期"),
    (Step.EXEMPT, "本期免报…"),
    (Step.LIFT, "取消免报"),
    (None, ""),
    (Step.LOOK, "核对发现和未归文字…"),
    (Step.OPEN, "打开来件"),
    (Step.TASKS, "看这家的任务"),
)
OFFERED: dict[Step, Callable[[Line], bool]] = {
    Step.UNTYPE: lambda line: bool(line.row.by_hand),
    Step.UNDUE: lambda line: line.row.own_due,
    Step.EXEMPT: lambda line: not line.row.exempt,
    Step.LIFT: lambda line: bool(line.row.exempt),
}
"""Steps of which the menu tells only where there is something to do or to take back."""
WRITING = frozenset({Step.CALL, Step.TYPE, Step.DUE, *OFFERED})
CHASING = frozenset({Step.REMIND, Step.COPY})
SEVERAL = frozenset({Step.COPY})
CHASED = frozenset({BoardState.MISSING, BoardState.NOT_DUE})
"""Before the due day a reminder is a friendly one."""


class BoardMenu:
    """Makes the menu for what is selected."""

    def __init__(self, view: BoardView) -> None:
        self._view = view

    def menu(self) -> QMenu | None:
        """Return the menu for the selected units; None where nothing is selected."""
        lines = self._view.chosen()
        if not lines:
            return None
        menu = QMenu(self._view)
        keys = {step: key for key, step in STEP_KEYS.items()}
        for step, name in STEPS:
            if step is None:
                menu.addSeparator()
                continue
            if step in OFFERED and not OFFERED[step](lines[0]):
                continue
            action = menu.addAction(name)
            if step in keys:
                action.setShortcut(QKeySequence(keys[step]))
            action.setEnabled(can_do(step, lines, is_closed=self._view.is_closed))
            action.triggered.connect(lambda _=False, wanted=step: self._do(wanted))
        return menu

    def _do(self, step: Step) -> None:
        self._view.do(step)


def can_do(step: Step, lines: tuple[Line, ...], *, is_closed: bool) -> bool:
    """Return whether a step can be carried out on these units."""
    if not lines or (len(lines) > 1 and step not in SEVERAL):
        return False
    if is_closed and step in WRITING | CHASING:
        return False
    row = lines[0].row
    if step in CHASING:
        return any(line.row.state in CHASED for line in lines)
    if step is Step.OPEN:
        return bool(row.files)
    if step is Step.LOOK:
        return bool(row.files or row.findings)
    return step not in OFFERED or OFFERED[step](lines[0])
