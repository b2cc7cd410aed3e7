"""How large a window opens: as large as its text asks for, but no larger than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_BESIDE, _AROUND = 40, 60
"""What is left free beside a window, and above and below for its title."""


def open_at(window: QWidget, wide: float, high: float) -> None:
    """Give a window so many Chinese characters of width and height, as far as there is room.

    With large text on a small screen the buttons at the foot would lie below its edge.
    """
    em = window.fontMetrics().horizontalAdvance("国")
    room = window.screen().availableGeometry()
    window.resize(
        min(int(wide * em), room.width() - _BESIDE), min(int(high * em), room.height() - _AROUND)
    )
