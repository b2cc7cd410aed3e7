"""Ways on where nothing is left: out of an empty list, and from what is done to what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import SignalInstance


class EmptyList(QWidget):
    """Words and buttons in the place of a list.

    Attributes:
        what, next: the two sentences.
        buttons: the ways on, the first the usual one.
    """

    def __init__(self, what: str, following: str, *ways: tuple[str, Callable[[], object]]) -> None:
        super().__init__()
        self.what, self.next = QLabel(what), QLabel(following)
        self.what.setProperty("heading", True)
        self.next.setProperty("quiet", True)
        self.next.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self.what, self.next):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for name, act in ways:
            button = QPushButton(name)
            button.setProperty("primary", not self.buttons)
            button.clicked.connect(lambda _checked=False, do=act: do())
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(3)

    def say(self, what: str, following: str) -> None:
        """Say something else."""
        self.what.setText(what)
        self.next.setText(following)


def next_steps(ways: Sequence[tuple[str, str]], wanted: SignalInstance) -> QWidget:
    """Return a row that leads on from what is done: “接着做” and a button for each way.

    Args:
        ways: the words of each button and the window's action behind it.
        wanted: told the action.
    """
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(QLabel("接着做"))
    for words, name in ways:
        button = QPushButton(words)
        button.setObjectName(name)
        button.clicked.connect(lambda _checked=False, action=name: wanted.emit(action))
        line.addWidget(button)
    line.addStretch()
    return row
