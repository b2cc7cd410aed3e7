"""The three steps of an import, the present one marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit

STEPS = ("选文件", "核对", "完成")


class Steps(QLabel):
    """Shows where the import stands."""

    def __init__(self, kit: Kit, step: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._step = step
        kit.theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        colours = self._kit.theme.colours
        words = []
        for number, name in enumerate(STEPS, 1):
            here = number == self._step
            looks = f"color:{colours.accent};font-weight:600" if here else f"color:{colours.quiet}"
            words.append(f'<span style="{looks}">{number} {name}</span>')
        self.setText("&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;".join(words))
