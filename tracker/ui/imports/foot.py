"""The foot of each page of an import: its keys, and the ways back and on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.ui.widgets.labels import hairline

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

GAP = "　"
"""Stands between two keys."""


class StepFoot(QWidget):
    """The line at the bottom.

    Attributes:
        back, skip, cancel, forward: its buttons; `skip` shows while more files wait.
    """

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = KeysHint(keys)
        kept = self.hint.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # without it the buttons would fill the line
        self.hint.setSizePolicy(kept)
        self.back = QPushButton("上一步")
        self.skip = QPushButton("跳过这个文件")
        self.skip.hide()
        self.cancel = QPushButton("取消")
        self.forward = QPushButton("下一步")
        self.forward.setProperty("primary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.hint, 1)
        for button in (self.back, self.skip, self.cancel, self.forward):
            row.addWidget(button)
        column.addLayout(row)


class KeysHint(QLabel):
    """Names the keys; where there is no room for all, the last ones are left out."""

    def __init__(self, keys: str) -> None:
        super().__init__(keys)
        self.setProperty("quiet", True)
        self._keys = keys.split(GAP)

    def minimumSizeHint(self) -> QSize:
        """Take whatever room is left."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for room for all keys."""
        width = self.fontMetrics().horizontalAdvance(GAP.join(self._keys))
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name as many keys as there is room for."""
        super().resizeEvent(event)
        shown = list(self._keys)
        while shown and self.fontMetrics().horizontalAdvance(GAP.join(shown)) > self.width():
            shown.pop()
        self.setText(GAP.join(shown))
