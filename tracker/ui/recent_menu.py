"""The menu of files opened lately (最近打开)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tracker.ui.recent import Choices

_LONGEST = 30
"""In characters; a longer folder is cut in the middle."""
NONE = "还没有打开过台账"
FORGET = "清空列表"


class RecentMenu(QMenu):
    """Lists the files when it is opened; 1 to 8 choose one by key."""

    def __init__(
        self,
        choices: Choices,
        open_path: Callable[[Path], object],
        may_open: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("最近打开", parent)
        self._choices = choices
        self._open = open_path
        self._may_open = may_open
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what is there now."""
        self.clear()
        paths = self._choices.recent()
        wide = _LONGEST * self.fontMetrics().horizontalAdvance("国")
        for place, path in enumerate(paths, 1):
            folder = self.fontMetrics().elidedText(
                str(path.parent), Qt.TextElideMode.ElideMiddle, wide
            )
            words = f"{path.stem}\t{folder}".replace("&", "&&")
            action = self.addAction(f"&{place} {words}", partial(self._open, path))
            action.setToolTip(str(path))
            action.setEnabled(self._may_open())
        if not paths:
            self.addAction(NONE).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(FORGET, self._choices.forget_recent)
