"""Units and persons in the panel: dragged, moved by key, and what their menus do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from tests.conftest import NOW
from tracker.ops.browse import trace
from tracker.ops.history import undo_step
from tracker.ops.tasks import TaskWords, edit_task, find_task
from tracker.ui.detail.panel import DetailPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(qtbot, kit_with_table):
    """The panel over a task with three leads, one that cooperates and two persons."""
    hub = kit_with_table.hub
    words = TaskWords(
        lead="甲局、乙局、丙局", responsible="", cooperating="丁局", persons="赵一、钱二"
    )
    edit_task(hub.office, "1-001", words, who="李四", now=NOW)
    shown = DetailPanel(kit_with_table)
    qtbot.addWidget(shown)
    shown.resize(420, 900)
    shown.show()
    hub.select("1-001")
    qtbot.waitUntil(lambda: shown.card is not None)
    idle(qtbot, shown)
    with qtbot.waitActive(shown):
        shown.activateWindow()
    return shown


def idle(qtbot, panel):
    qtbot.waitUntil(lambda: not panel._kit.runner.is_busy)
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def roles(panel):
    return find_task(panel._kit.hub.office, "1-001").roles


def row(panel, key="lead"):
    return panel.head.units.rows[key]


def centre(flow, place):
    return flow.box_of(place).center().toPoint()


def drag(qtbot, flow, place, target, at, *, let_go=True):
    """Drag a chip with the mouse, as a hand does: in several moves."""
    start = centre(flow, place)
    end = flow.mapFromGlobal(target.mapToGlobal(at))
    QTest.mousePress(flow, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        point = start + (end - start) * step / 5
        QTest.mouseMove(flow, point)
        QApplication.processEvents()
    if let_go:
        QTest.mouseRelease(flow, Qt.MouseButton.LeftButton, pos=end)
        idle(qtbot, flow.window())


def open_menu():
    """Return the menu that is open; it is closed again by its test."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(qtbot, panel, words):
    menu = open_menu()
    action = next(a for a in menu.actions() if a.text() == words)
    assert action.isEnabled()
    action.trigger()
    menu.close()
    idle(qtbot, panel)


def test_a_unit_dragged_before_another_stands_there(qtbot, panel):
    lead = row(panel)
    drag(qtbot, lead, 2, lead, lead.box_of(0).topLeft().toPoint() + QPoint(2, 8))
    assert roles(panel).lead == ("丙局", "甲局", "乙局")
    assert row(panel).names == ("丙局", "甲局", "乙局")


def test_a_unit_dragged_into_another_role_takes_it_in_one_step(qtbot, panel):
    lead, other = row(panel), row(panel, "cooperating")
    drag(qtbot, lead, 1, other, QPoint(1, other.height() // 2))
    assert roles(panel).lead == ("甲局", "丙局")
    assert roles(panel).cooperating == ("乙局", "丁局")
    assert panel._kit.messages.said[-1] == "已把“乙局”改为配合单位"
    undo_step(panel._kit.hub.office, who="李四", now=NOW)
    assert roles(panel).lead == ("甲局", "乙局", "丙局")


def test_a_role_nobody_holds_comes_into_sight_while_a_unit_is_dragged(qtbot, panel):
    lead, guiding = row(panel), row(panel, "guiding")
    assert not guiding.isVisible()
    drag(qtbot, lead, 0, lead, centre(lead, 1), let_go=False)
    assert guiding.isVisible()
    assert not row(panel, "persons").mark
    QApplication.processEvents()
    end = lead.mapFromGlobal(guiding.mapToGlobal(QPoint(20, 8)))
    QTest.mouseMove(lead, end)
    QTest.mouseRelease(lead, Qt.MouseButton.LeftButton, pos=end)
    idle(qtbot, panel)
    assert roles(panel).guiding == ("甲局",)


def test_a_drag_given_up_with_escape_changes_nothing(qtbot, panel):
    lead, other = row(panel), row(panel, "cooperating")
    drag(qtbot, lead, 1, other, QPoint(1, 8), let_go=False)
    QTest.keyClick(lead, Qt.Key.Key_Escape)
    QTest.mouseRelease(lead, Qt.MouseButton.LeftButton, pos=centre(lead, 0))
    idle(qtbot, panel)
    assert roles(panel).lead == ("甲局", "乙局", "丙局")
    assert not row(panel, "guiding").isVisible()
    assert panel.head.units._ghost is None


def test_a_unit_let_go_outside_stays(qtbot, panel):
    lead = row(panel)
    drag(qtbot, lead, 1, panel.entry, QPoint(20, 20))
    persons, lead = row(panel, "persons"), row(panel)
    drag(qtbot, lead, 1, lead, centre(lead, 0), let_go=False)
    end = lead.mapFromGlobal(persons.mapToGlobal(QPoint(5, 8)))
    QTest.mouseMove(lead, end)
    QTest.mouseRelease(lead, Qt.MouseButton.LeftButton, pos=end)
    idle(qtbot, panel)
    assert roles(panel).lead == ("甲局", "乙局", "丙局")
    assert panel.card.task.persons == ("赵一", "钱二")


def test_a_click_moves_nothing(qtbot, panel):
    said = len(panel._kit.messages.said)
    lead = row(panel)
    QTest.mouseClick(lead, Qt.MouseButton.LeftButton, pos=centre(lead, 1))
    idle(qtbot, panel)
    assert lead.current == 1
    assert len(panel._kit.messages.said) == said


def test_keys_choose_move_and_change_the_role_and_stay_with_the_unit(qtbot, panel):
    panel.entry.editor.setFocus()
    row(panel).setFocus(Qt.FocusReason.TabFocusReason)
    assert panel.head.units.keys.isVisible()
    QTest.keyClick(row(panel), Qt.Key.Key_Right)
    QTest.keyClick(row(panel), Qt.Key.Key_Right, ALT)
    idle(qtbot, panel)
    assert roles(panel).lead == ("甲局", "丙局", "乙局")
    qtbot.waitUntil(lambda: row(panel).hasFocus())
    assert row(panel).names[row(panel).current] == "乙局"
    QTest.keyClick(row(panel), Qt.Key.Key_Down, ALT)
    idle(qtbot, panel)
    assert roles(panel).responsible == ("乙局",)
    qtbot.waitUntil(lambda: row(panel, "responsible").hasFocus())
    QTest.keyClick(row(panel, "responsible"), Qt.Key.Key_Up, ALT)
    idle(qtbot, panel)
    assert roles(panel).lead == ("甲局", "丙局", "乙局")
    qtbot.waitUntil(lambda: row(panel).hasFocus())
    assert panel.head.units.keys.isVisible()
    QTest.keyClick(row(panel), Qt.Key.Key_Down)
    assert row(panel, "cooperating").hasFocus()


def test_delete_takes_a_unit_away_and_undo_brings_it_back(qtbot, panel):
    row(panel).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row(panel), Qt.Key.Key_Delete)
    idle(qtbot, panel)
    assert roles(panel).lead == ("乙局", "丙局")
    assert trace(panel._kit.hub.office, "1-001")[0].label == "移除牵头单位"
    undo_step(panel._kit.hub.office, who="李四", now=NOW)
    assert roles(panel).lead == ("甲局", "乙局", "丙局")


def test_the_menu_of_a_unit_opens_by_mouse_over_the_unit_itself(qtbot, panel):
    lead = row(panel)
    at = lead.mapTo(panel, centre(lead, 1))
    QTest.mouseClick(panel.windowHandle(), Qt.MouseButton.RightButton, pos=at)
    words = [a.text() for a in open_menu().actions() if a.text()]
    assert words == [
        "改为责任单位",
        "改为配合单位",
        "改为指导单位",
        "前移",
        "后移",
        "移除",
        "查看该单位的任务",
        "复制名称",
    ]
    choose(qtbot, panel, "改为配合单位")
    assert roles(panel).cooperating == ("丁局", "乙局")


def test_the_menu_of_a_unit_opens_by_key(qtbot, panel):
    row(panel).setFocus(Qt.FocusReason.TabFocusReason)
    reason = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(reason, QPoint(), QPoint())
    QApplication.sendEvent(panel.windowHandle(), event)
    choose(qtbot, panel, "复制名称")
    assert QGuiApplication.clipboard().text() == "甲局"


def test_the_tasks_of_a_unit_are_shown_from_its_menu(qtbot, panel):
    QTest.keyClick(row(panel), Qt.Key.Key_Return)
    choose(qtbot, panel, "查看该单位的任务")
    assert panel._kit.hub.filter.unit_id is not None


def test_persons_are_dragged_among_themselves(qtbot, panel):
    persons = row(panel, "persons")
    drag(qtbot, persons, 1, persons, QPoint(1, 8))
    assert panel.card.task.persons == ("钱二", "赵一")
    QTest.keyClick(row(panel, "persons"), Qt.Key.Key_Down, ALT)
    QTest.keyClick(row(panel, "persons"), Qt.Key.Key_Delete)
    idle(qtbot, panel)
    assert len(panel.card.task.persons) == 1


def test_showing_a_task_opens_no_window_of_its_own(qtbot, panel):
    opened = []

    class Watch(QObject):
        def eventFilter(self, watched, event):  # noqa: N802 — Qt's own name
            if event.type() is QEvent.Type.Show and isinstance(watched, QWindow):
                opened.append(watched)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    panel._read.ask()
    idle(qtbot, panel)
    QApplication.instance().removeEventFilter(watch)
    assert opened == []
    assert panel.isActiveWindow()


def test_a_task_without_units_says_where_to_name_them(qtbot, panel):
    words = TaskWords(lead="", responsible="", cooperating="", guiding="")
    edit_task(panel._kit.hub.office, "1-001", words, who="李四", now=NOW)
    panel._read.ask()
    idle(qtbot, panel)
    wanted = []
    panel.action_wanted.connect(wanted.append)
    (button,) = [b for b in panel.head.findChildren(QPushButton) if b.text() == "填写…"]
    button.click()
    assert wanted == ["edit_task"]
