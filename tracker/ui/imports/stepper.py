"""The five steps of an import; each one that was reached can be gone back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.ui.kit import Kit

FILE, COLUMNS, MATCHES, REVIEW, DONE = range(1, 6)
STEP_WORDS = {
    FILE: "选文件",
    COLUMNS: "表头与各栏",
    MATCHES: "匹配",
    REVIEW: "核对",
    DONE: "完成",
}


class Stepper(QWidget):
    """Shows where the import stands.

    Attributes:
        buttons: the button of each step.

    Signals:
        wanted: a step was clicked.
    """

    wanted = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._here = FILE
        self._reached: frozenset[int] = frozenset()
        self.buttons: dict[int, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for step, word in STEP_WORDS.items():
            button = QPushButton(f"{step} {word}")
            button.setProperty("quiet", True)
            button.clicked.connect(lambda _=False, step=step: self.wanted.emit(step))
            row.addWidget(button)
            self.buttons[step] = button
        kit.theme.changed.connect(self._colour)
        self.show_step(FILE, ())

    def show_step(self, here: int, reached: Collection[int]) -> None:
        """Mark the present step; those in `reached` can be clicked."""
        self._here, self._reached = here, frozenset(reached)
        for step, button in self.buttons.items():
            button.setEnabled(step == here or step in self._reached)
        self._colour()

    def _colour(self) -> None:
        colours = self._kit.theme.colours
        for step, button in self.buttons.items():
            here = step == self._here
            colour = colours.text if step in self._reached else colours.grey
            colour = colours.accent if here else colour
            weight = 600 if here else 400
            line = f"border-bottom: 2px solid {colours.accent}; border-radius: 0;" if here else ""
            button.setStyleSheet(
                "QPushButton { border: 0; background: transparent; padding: 0 4px;"
                f" color: {colour}; font-weight: {weight}; {line} }}"
                f"QPushButton:focus {{ color: {colours.accent}; text-decoration: underline; }}"
            )
