"""Every list of the window has a menu for what is selected, by mouse and by key, in Chinese."""

from __future__ import annotations

import re
import sys

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QMenu

from tests.conftest import NOW
from tests.helpers.documents_to_review import document
from tests.helpers.offices import add_tasks
from tests.helpers.samples import situation_text
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.instructions import InstructionWords, new_instruction
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.slips import new_slip
from tracker.ops.tasks import TaskWords
from tracker.ui.dialogs.reasons import WithdrawDialog
from tracker.ui.imports.stepper import COLUMNS, MATCHES, REVIEW
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices
from tracker.ui.widgets.menus import MenuRow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NO_OTHER_SCRIPT = re.compile(r"^[^A-Za-z]*(Word)?[^A-Za-z]*(Excel)?[^A-Za-z]*$")


@pytest.fixture
def filled(office, tmp_path):
    """An office with tasks, a sent round, a slip and an instruction."""
    done = {"who": "张三", "now": NOW}
    new_ledger(office, "全县重点工作", **done)
    (ledger,) = list_ledgers(office)
    codes = add_tasks(office, ledger, NOW)
    new_round(office, ledger, **done, cut_off=NOW.date(), feedback_due=NOW.date())
    round_ = list_rounds(office, ledger)[-1]
    folder = tmp_path / "反馈表"
    folder.mkdir()
    plan = plan_forms(office, ledger, round_)
    send_forms(office, ledger, round_, folder, plan=plan, contact="", **done)
    choice = SlipChoice(SlipKind.SUPERVISION, "县住建局", (codes[0],))
    new_slip(office, ledger, choice, None, **done)
    return office


@pytest.fixture
def window(qtbot, qapp, theme, filled, messages, tmp_path):
    """The window over that office."""
    settings = QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat)
    window = MainWindow(qapp, "张三", lambda: NOW, choices=Choices(settings), messages=messages)
    qtbot.addWidget(window)
    (ledger,) = list_ledgers(filled)
    window.kit.hub.show(filled, ledger, list_rounds(filled, ledger)[-1])
    window.show()
    window.furnished_detail()
    settle(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window
    settle(qtbot, window)
    window.kit.runner.finish()


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.kit.runner.is_busy, timeout=20_000)
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def take(view):
    """Take the first row that can be chosen in hand."""
    view.setFocus()
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(1 if isinstance(view, QListView) else model.columnCount()):
            index = model.index(row, column)
            hidden = getattr(view, "isColumnHidden", lambda _column: False)(column)
            if model.flags(index) & Qt.ItemFlag.ItemIsEnabled and not hidden:
                view.setCurrentIndex(index)
                view.scrollTo(index)
                QApplication.processEvents()
                return index
    raise AssertionError(f"{view} has no row")


def opened():
    """Return the words of the menu that is open, and close it."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    said = [(action.text(), action.isEnabled()) for action in menu.actions() if action.text()]
    menu.close()
    QApplication.processEvents()
    return said


def by_key(window):
    """Ask for a menu as the Menu key and Shift+F10 do where the system has them."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(window.windowHandle(), event)
    return opened()


def by_mouse(window, widget, at):
    QTest.mouseClick(
        window.windowHandle(), Qt.MouseButton.RightButton, pos=widget.mapTo(window, at)
    )
    return opened()


def check(said):
    assert any(enabled for _, enabled in said), said
    for words, _ in said:
        assert CHINESE.search(words), said
        assert NO_OTHER_SCRIPT.match(words.split("\t")[0].replace("“", "")), said


def check_list(window, view):
    """Open a list's menu over its first row, by mouse and by key: the same is offered."""
    index = take(view)
    over = view.visualRect(index).center()
    mouse = by_mouse(window, view.viewport(), over)
    check(mouse)
    # A popup that was closed by hand swallows the next press; a key comes through.
    view.setFocus()
    key = by_key(window)
    check(key)
    assert [words for words, _ in key] == [words for words, _ in mouse]


def list_in(part, name="table"):
    view = getattr(part, name)
    assert isinstance(view, QAbstractItemView)
    return view


@pytest.mark.parametrize("tab", ["台账", "反馈回收", "督办单", "单项批示"])
def test_the_lists_of_the_tabs_have_menus(qtbot, window, tab):
    if tab == "单项批示":
        add_instruction(window)
    view = window.view(tab)
    settle(qtbot, window)
    check_list(window, list_in(view))


def add_instruction(window):
    hub = window.kit.hub
    words = TaskWords(text="查明情况。", lead="县水利局", deadline="2026-06-30")
    source = InstructionWords("王县长", NOW.date(), "请办。")
    outcome = new_instruction(hub.office, None, words, source, who="张三", now=NOW)
    hub.tell(outcome.changes)


def test_the_ledger_offers_what_one_task_and_what_several_can_be_given(qtbot, window):
    view = window.view("台账")
    settle(qtbot, window)
    take(view.table)
    one = [words for words, _ in by_key(window)]
    assert {"修改任务…", "销号…", "分解到月…", "撤回…"} <= set(one)
    view.table.selectAll()
    view.table.setFocus()
    several = [words for words, _ in by_key(window)]
    assert "修改任务…" not in several
    assert any(words.startswith("合并（") for words in several)


def test_what_the_menu_of_the_ledger_changes_is_the_task_under_it(qtbot, window):
    view = window.view("台账")
    settle(qtbot, window)
    view.table.setFocus()
    view.table.setCurrentIndex(view.table.model().index(2, 1))
    settle(qtbot, window)
    menu = view._menu.menu()
    next(a for a in menu.actions() if a.text() == "撤回…").trigger()
    settle(qtbot, window)
    (dialog,) = window.findChildren(WithdrawDialog)
    assert window.kit.hub.code == view.chosen_codes()[0]
    assert view.chosen_codes()[0] in dialog.windowTitle()
    dialog.close()


def test_the_page_of_the_day_has_a_menu_on_each_line(qtbot, window):
    view = window.view("今日")
    settle(qtbot, window)
    row = view.findChildren(MenuRow)[0]
    row.setFocus()
    check(by_key(window))


def test_the_list_at_the_left_has_a_menu(qtbot, window):
    check_list(window, window.side.list)
    view = window.side.list
    units = [n for n, row in enumerate(window.side.rows()) if row.kind == "unit"]
    view.setCurrentRow(units[0])
    name = window.side.rows()[units[0]].name
    view.setFocus()
    assert (f"只看“{name}”", True) in by_key(window)


def test_the_steps_of_an_import_have_menus(qtbot, window):
    page = window.import_page()
    page.start_paste(situation_text())
    settle(qtbot, window)
    page.steps.wanted.emit(REVIEW)
    settle(qtbot, window)
    page.review.counters[next(iter(page.review.counters))].setChecked(True)
    for counter in page.review.counters.values():
        counter.setChecked(True)
    page.review._show_lines()
    check_list(window, page.review.table)
    page.steps.wanted.emit(MATCHES)
    settle(qtbot, window)
    check_list(window, page.matches.table)
    page.steps.wanted.emit(COLUMNS)
    settle(qtbot, window)
    page.cancel()


def test_the_drafts_of_a_document_have_a_menu(qtbot, window):
    page = window.decompose_page()
    page.start_paste(document())
    settle(qtbot, window)
    check_list(window, page.review.table)
    page.cancel()


def test_the_units_that_are_sent_a_form_have_a_menu(qtbot, window):
    window.commands.send_forms()
    page = window.send_page()
    settle(qtbot, window)
    check_list(window, page.choose.table)


def test_what_came_back_has_menus_for_files_and_lines(qtbot, window, tmp_path):
    page = window.returns_page()
    page.start(tuple(sorted((tmp_path / "反馈表").glob("*.xlsx")))[:2])
    settle(qtbot, window)
    check_list(window, page.review.list)
    for counter in page.review.counters.values():
        counter.setChecked(True)
    page.review._show_lines()
    if page.review.model.rowCount():
        check_list(window, page.review.table)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows itself opens menus with this key")
def test_shift_and_f10_open_the_menu_of_what_has_the_keys(qtbot, window):
    view = window.view("台账")
    settle(qtbot, window)
    take(view.table)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(view.table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert ("修改任务…", True) in opened()
