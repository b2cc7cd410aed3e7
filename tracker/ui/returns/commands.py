"""Sending and collecting begun from menus, buttons and dropped files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import RoundState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow


class RoundTrip:
    """Leads the round in sight to the page that sends its forms or reads what came back."""

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        self._window = window
        self._kit = kit

    def send(self) -> None:
        """Send the forms of the round in sight."""
        if self._may("发反馈表"):
            self._window.finish_editing()
            self._window.send_page().start()

    def collect(self, paths: Sequence[Path] = ()) -> None:
        """Read what came back in the round in sight; without paths the page asks for them."""
        if self._may("收反馈表"):
            self._window.finish_editing()
            self._window.returns_page().start(tuple(paths))

    def _may(self, what: str) -> bool:
        """Tell whether the round in sight can still be worked on; say why not."""
        round_ = self._kit.hub.round
        if self._kit.hub.office is None:
            do = "请先打开发出这些反馈表的台账"
            self._kit.messages.problem(UserError(f"还不能{what}", "还没有打开台账", do))
        elif round_ is None:
            why = "这个专项还没有轮次，反馈表按轮次发出和收回"
            do = "请先用“轮次 → 新开一期”，或导入上期表"
            self._kit.messages.problem(UserError(f"还不能{what}", why, do))
        elif round_.state is RoundState.CLOSED:
            why = f"第{round_.number}期已定稿，不能再改"
            do = "请先重新打开这一期，或在工具栏换到正在办的一期"
            self._kit.messages.problem(UserError(f"不能{what}", why, do))
        else:
            return True
        return False
