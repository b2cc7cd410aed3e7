"""The window without a mouse: every view has a key, and Tab reaches what a view offers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTabBar

from tests.helpers.odd_office import odd_office
from tests.screens.workflow import hands, window  # noqa: F401  # fixtures
from tracker.ui.detail.in_place import InPlace
from tracker.ui.ledger.words import Column
from tracker.ui.widgets.lamp import LampButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTROL = Qt.KeyboardModifier.ControlModifier
DIGITS = (
    *(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4),
    *(Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7),
)
ENOUGH = 80
"""Presses of Tab; more than there are stops."""


@pytest.fixture
def opened(window, hands, tmp_path, qtbot):  # noqa: F811  # fixtures
    odd_office(tmp_path / "某县.db", tasks=12).close()
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.commands.open_path(tmp_path / "某县.db")
    hands._settle()
    window.furnished_detail()
    hands._settle()
    return window


def stops(shown):
    """Return what Tab comes by until it is back."""
    found = []
    for _ in range(ENOUGH):
        QTest.keyClick(shown, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus in found:
            break
        found.append(focus)
    return found


def test_every_view_has_a_key_that_stands_in_the_menu(opened, hands):  # noqa: F811
    menu = next(a.menu() for a in opened.menuBar().actions() if a.text() == "视图")
    keys = {a.text(): a.shortcut().toString() for a in menu.actions()}
    for place, name in enumerate(opened.tab_names):
        assert keys[name] == f"Ctrl+{place + 1}"
        hands.press(DIGITS[place], CONTROL)
        assert opened.tab_in_sight == name


def test_a_review_in_front_is_not_left_by_the_key_of_a_view(opened, hands):  # noqa: F811
    opened.import_page()
    hands._settle()
    assert not opened.actions_by_name["show_charts"].isEnabled()
    assert opened.actions_by_name["large_text"].isEnabled()


@pytest.mark.parametrize(
    "name", ["台账", "统计", "反馈回收", "督办单", "单项批示", "今日", "时限图"]
)
def test_tab_comes_by_every_button_of_a_view_and_back_to_it(opened, hands, name):  # noqa: F811
    view = opened.view(name)
    hands._settle()
    found = stops(opened)
    wanted = [
        b
        for b in view.findChildren(QPushButton)
        if b.isVisible() and b.isEnabled() and b.focusPolicy() & Qt.FocusPolicy.TabFocus
        if b.group() is None and not isinstance(b, LampButton)
    ]
    missed = [b.text() for b in wanted if b not in found]
    assert not missed
    assert opened.tools.search in found
    assert any(isinstance(stop, QTabBar) for stop in found)


def test_the_arrows_go_on_along_the_tabs(opened, hands):  # noqa: F811
    opened.tabs.setFocus()
    opened.tabs.setCurrentIndex(0)
    for name in opened.tab_names[1:]:
        hands.press(Qt.Key.Key_Right)
        assert opened.tab_in_sight == name
        assert opened.tabs.hasFocus()


def test_tab_goes_through_the_task_in_hand_from_above(opened, hands):  # noqa: F811
    panel = opened.furnished_detail()
    hands._settle()
    found = [stop for stop in stops(opened) if panel.isAncestorOf(stop)]
    heads = [n for n, stop in enumerate(found) if isinstance(stop, InPlace)]
    assert heads
    assert max(heads) < found.index(panel.entry.editor)
    assert found.index(panel.entry.editor) < found.index(panel.close_button)


def test_the_second_button_of_a_setting_is_reached(opened, hands):  # noqa: F811
    opened.actions_by_name["open_settings"].trigger()
    hands._settle()
    settings = QApplication.activeModalWidget()
    found = {stop.text() for stop in stops(settings) if isinstance(stop, QPushButton)}
    settings.reject()
    assert {"现在备份", "打开文件夹"} <= found


def test_from_the_search_the_keys_go_on_to_what_was_found(opened, hands):  # noqa: F811
    view = opened.view("台账")
    hands.control(Qt.Key.Key_F)
    hands.type("gw")
    assert opened.tools.search.hasFocus()
    hands.press(Qt.Key.Key_Down)
    assert view.table.hasFocus()
    hands.control(Qt.Key.Key_F)
    hands.press(Qt.Key.Key_Escape)
    assert opened.tools.search.text() == ""
    assert opened.tools.search.hasFocus()
    hands.press(Qt.Key.Key_Escape)
    assert view.table.hasFocus()


@pytest.mark.parametrize(
    ("column", "edited"),
    [
        (Column.STATE, Column.STATE),
        (Column.DEADLINE, Column.DEADLINE),
        (Column.TASK, Column.ENTRY),
    ],
)
def test_enter_edits_the_cell_that_is_framed(opened, hands, column, edited):  # noqa: F811
    view = opened.view("台账")
    view.table.setFocus()
    view.table.setCurrentIndex(view.model.index(1, column))
    hands.press(Qt.Key.Key_Return)
    assert view.table.editor is not None
    assert view.table.editor.column == edited
    view.table.editor.cancel()
