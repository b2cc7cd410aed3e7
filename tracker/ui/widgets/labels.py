"""Small parts that many pages are made of."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel


def hairline() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setProperty("line", True)
    line.setFixedHeight(1)
    return line


def quiet(text: str) -> QLabel:
    """Return a label for words of minor weight."""
    label = QLabel(text)
    label.setProperty("quiet", True)
    return label
