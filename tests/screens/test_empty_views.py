"""An empty view says what to do next, with a button that does it where one can."""

# ruff: noqa: F401, F811 - fixtures are imported
from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.conftest import NOW
from tests.screens.workflow import click_tab, hands, window
from tracker.ops.ledgers import new_ledger
from tracker.ops.office import create_office
from tracker.ui.views import VIEWS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

TABS = [name for name, _make in VIEWS]
ON = ("请", "导入", "新增", "新开", "拖", "粘贴", "录入", "先")
"""Words of sentences that say what to do."""
BUTTONS = {
    ("bare", "今日"): "import_table",
    ("bare", "台账"): "import_table",
    ("bare", "反馈回收"): "import_table",
    ("ledger", "今日"): "import_table",
    ("ledger", "台账"): "new_task",
    ("ledger", "反馈回收"): "new_round",
}
"""What the button of an empty view does in the window."""
WORDS = {"import_table": "导入上期表…", "new_task": "新增事项…", "new_round": "新开一期…"}


@pytest.fixture(params=["bare", "ledger"])
def opened(request, window, qtbot, tmp_path):
    """An office without a ledger, or with one that holds nothing; and which of them."""
    office = create_office(tmp_path / "台账.db", NOW)
    if request.param == "ledger":
        new_ledger(office, "重点任务", who="张三", now=NOW)
    office.close()
    window.commands.open_path(tmp_path / "台账.db")
    qtbot.waitUntil(lambda: window.is_furnished and not window.kit.runner.is_busy, timeout=20000)
    return window, request.param


def seen(view, kind):
    return [part for part in view.findChildren(kind) if part.isVisible() and part.text()]


@pytest.mark.parametrize("tab", [name for name in TABS if name != "时限图"])  # it paints its words
def test_an_empty_view_says_what_to_do(hands, opened, tab):
    window, _kind = opened
    click_tab(hands, window, tab)
    hands._settle()
    words = [label.text() for label in seen(window.view(tab), QLabel)]
    assert any(sign in text for text in words for sign in ON), words


@pytest.mark.parametrize("tab", ["今日", "台账", "反馈回收"])
def test_its_button_does_it(hands, opened, tab, monkeypatch):
    window, kind = opened
    click_tab(hands, window, tab)
    hands._settle()
    action = BUTTONS[kind, tab]
    done = []
    window.actions_by_name[action].triggered.disconnect()
    window.actions_by_name[action].triggered.connect(lambda: done.append(action))
    buttons = seen(window.view(tab), QPushButton)
    hands.click(next(button for button in buttons if button.text() == WORDS[action]))
    assert done == [action]


def test_instructions_begin_from_their_empty_list(hands, opened):
    window, _kind = opened
    click_tab(hands, window, "单项批示")
    hands._settle()
    names = [button.text() for button in window.view("单项批示")._empty.buttons]
    assert names == ["新增批示…", "成批粘贴…"]


def test_a_filter_that_fits_nothing_is_cleared_from_the_empty_list(hands, window, qtbot):
    window.commands.open_sample()
    qtbot.waitUntil(lambda: window.is_furnished and not window.kit.runner.is_busy, timeout=20000)
    window.kit.hub.narrow(text="没有这样的词")
    hands._settle()
    view = window.view("台账")
    (button,) = [b for b in seen(view._empty, QPushButton) if b.text() == "清除筛选"]
    assert not any(way.isVisible() for way in view._empty.ways.values())
    hands.click(button)
    assert view.model.rowCount() > 0
