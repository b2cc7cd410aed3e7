"""Where the keys go when a view comes into sight."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QTabBar, QWidget


def take_keys(wanted: QWidget) -> None:
    """Give a view's main part the keys, unless the user goes along the tabs with them.

    A view must not name that part its focus proxy: Qt takes both for one field then, and Tab
    comes by nothing else in the view.
    """
    if not isinstance(QApplication.focusWidget(), QTabBar):
        wanted.setFocus()
