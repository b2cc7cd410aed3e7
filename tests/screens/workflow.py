"""What the counted workflows share: the whole window at its start, and a user's hands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from tests.conftest import NOW
from tests.screens.hands import Hands
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices
from tracker.ui.theme import load_fonts


@pytest.fixture
def window(qtbot, qapp, tmp_path, messages):
    """The window as it is started for the first time."""
    qapp.setStyle("Fusion")
    load_fonts()
    settings = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    window = MainWindow(qapp, "张三", lambda: NOW, choices=Choices(settings), messages=messages)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    try:
        window.close()
    finally:  # it may ask, and stay
        window.kit.runner.finish()


@pytest.fixture
def hands(qapp, qtbot, window, messages):
    """Hands on that window."""

    def settle():
        for _ in range(2):  # what was read may ask for more
            qtbot.waitUntil(lambda: not window.kit.runner.is_busy, timeout=60000)
            qapp.processEvents()

    made = Hands(qapp, window, settle, messages.asked)
    yield made
    made.leave()


def click_tab(hands, window, name):
    """Click a tab of the work area."""
    place = window.tab_names.index(name)
    hands.click(window.tabs, window.tabs.tabRect(place).center())
