"""The menu of a bar or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    Offer = tuple[str, Callable[[], object]]

_LONGEST = 24
"""In characters; a longer name of a task is cut."""


def open_menu(parent: QWidget, offers: Sequence[Offer | None], where: QPoint) -> QMenu:
    """Open a menu at a point of the screen; None stands for a line, which is never the first."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    metrics = menu.fontMetrics()
    longest = _LONGEST * metrics.horizontalAdvance("国")
    for offer in offers:
        if offer is not None:
            words, act = offer
            menu.addAction(metrics.elidedText(words, Qt.TextElideMode.ElideRight, longest), act)
        elif not menu.isEmpty():
            menu.addSeparator()
    menu.popup(where)
    return menu
