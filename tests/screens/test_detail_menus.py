"""Every line of the panel has a menu, by mouse and by key, and what it offers works."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from tests.conftest import NOW
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.ops.browse import task_card
from tracker.ops.evidence import attach_bytes
from tracker.ops.milestones import (
    MilestoneWords,
    list_milestones,
    mark_milestone,
    set_milestones,
)
from tracker.ops.notes import NoteWords, add_note
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.slips import new_slip
from tracker.ops.tasks import TaskWords, edit_task
from tracker.ui.detail.panel import DetailPanel
from tracker.ui.detail.timeline_row import TimelineRow
from tracker.ui.dialogs.source import SourceDialog
from tracker.ui.slips.answers import ReplyDialog
from tracker.ui.widgets.menus import MenuRow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def panel(qtbot, kit_with_table):
    """The panel over a task with everything a task can have."""
    hub = kit_with_table.hub
    office, ledger = hub.office, hub.ledger
    done = {"who": "李四", "now": NOW}
    edit_task(office, "1-001", TaskWords(persons="赵六"), **done)
    add_note(office, "1-001", "县住建局", NoteWords("面层铺设过半。"), reported_by="小陈", **done)
    new_slip(office, ledger, SlipChoice(SlipKind.SUPERVISION, "县住建局", ("1-001",)), None, **done)
    attach_bytes(office, "1-001", "验收单.txt", b"x", **done)
    milestones(office)
    new_round(office, ledger, **done)
    hub.show(office, ledger, list_rounds(office, ledger)[-1])
    shown = DetailPanel(kit_with_table)
    qtbot.addWidget(shown)
    shown.resize(420, 2400)
    shown.show()
    hub.select("1-001")
    qtbot.waitUntil(lambda: shown.card is not None)
    idle(qtbot, shown)
    for section in (*vars(shown.records).values(), shown.evidence.section):
        if hasattr(section, "open"):
            section.open()
    idle(qtbot, shown)
    with qtbot.waitActive(shown):
        shown.activateWindow()
    return shown


def milestones(office):
    lines = [
        MilestoneWords(date(2026, 4, 30), "完成招标"),
        MilestoneWords(date(2026, 6, 30), "完成主体"),
    ]
    set_milestones(office, "1-001", lines, who="李四", now=NOW)


def idle(qtbot, panel):
    qtbot.waitUntil(lambda: not panel._kit.runner.is_busy)
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def rows(part):
    return [row for row in part.findChildren(MenuRow) if row.isVisible()]


def by_key(panel, row):
    """Open the menu of a row with the Menu key and return it."""
    row.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(panel.windowHandle(), event)
    return opened()


def by_mouse(panel, widget, at):
    place = widget.mapTo(panel, at)
    QTest.mouseClick(panel.windowHandle(), Qt.MouseButton.RightButton, pos=place)
    return opened()


def opened():
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def words(menu):
    return [action.text() for action in menu.actions() if action.text()]


def choose(qtbot, panel, menu, name):
    action = next(a for a in menu.actions() if a.text() == name)
    assert action.isEnabled()
    action.trigger()
    menu.close()
    idle(qtbot, panel)


def parts(panel):
    records = panel.records
    return {
        "milestone": panel.milestones,
        "evidence": panel.evidence,
        "note": records.notes,
        "round": records.rounds,
        "slip": records.slips,
        "trace": records.trace,
    }


EVERY_LINE = pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("milestone", "标为已完成…"),
        ("evidence", "打开"),
        ("note", "填入本期落实情况"),
        ("round", "填入本期落实情况"),
        ("slip", "登记回复…"),
        ("trace", "复制改后的内容"),
    ],
)


@EVERY_LINE
def test_every_line_has_a_menu_by_key(qtbot, panel, name, expected):
    menu = by_key(panel, rows(parts(panel)[name])[0])
    assert expected in words(menu)
    menu.close()


@EVERY_LINE
def test_every_line_has_its_menu_over_its_words(qtbot, panel, name, expected):
    row = rows(parts(panel)[name])[0]
    label = next(w for w in row.findChildren(QLabel) if w.isVisible() and w.text())
    menu = by_mouse(panel, label, QPoint(4, 6))
    assert expected in words(menu)
    menu.close()


def test_up_and_down_go_from_line_to_line_and_tab_stops_once(qtbot, panel):
    first, second, *_ = rows(panel.records.trace)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()
    assert second.focusPolicy() == Qt.FocusPolicy.ClickFocus
    QTest.keyClick(first, Qt.Key.Key_Return)
    opened().close()


def test_an_old_value_is_restored_from_the_menu_as_a_new_step(qtbot, panel):
    row = next(r for r in rows(panel.records.trace) if "责任人" in r.accessibleName())
    menu = by_key(panel, row)
    choose(qtbot, panel, menu, "恢复此值：（空）")
    assert panel.card.task.persons == ()
    assert panel.records._trace[0].label == "恢复原值：责任人"


def test_what_a_unit_reported_is_put_into_the_entry_and_not_saved_yet(qtbot, panel):
    hub = panel._kit.hub
    before = task_card(hub.office, "1-001", hub.round.id, hub.today).entry.text
    choose(qtbot, panel, by_key(panel, rows(panel.records.notes)[0]), "填入本期落实情况")
    assert panel.entry.editor.toPlainText() == "面层铺设过半。"
    assert task_card(hub.office, "1-001", hub.round.id, hub.today).entry.text == before
    panel.entry.editor.undo()
    assert panel.entry.editor.toPlainText() == before


def test_last_rounds_words_are_offered_over_them(qtbot, panel):
    menu = by_mouse(panel, panel.entry.before, QPoint(4, 6))
    assert "填入本期落实情况" in words(menu)
    choose(qtbot, panel, menu, "复制上期的情况")
    assert QGuiApplication.clipboard().text() == panel.card.before.entry.text


def test_a_milestone_done_is_taken_back_from_its_menu(qtbot, panel):
    hub = panel._kit.hub
    mark_milestone(hub.office, "1-001", 1, NOW.date(), who="李四", now=NOW)
    panel._read.ask()
    idle(qtbot, panel)
    choose(qtbot, panel, by_key(panel, rows(panel.milestones)[0]), "改回未完成")
    assert list_milestones(hub.office, "1-001")[0].done_on is None


def test_a_slip_is_answered_from_its_menu(qtbot, panel):
    choose(qtbot, panel, by_key(panel, rows(panel.records.slips)[0]), "登记回复…")
    (dialog,) = panel.findChildren(ReplyDialog)
    assert dialog.isVisible()
    dialog.close()


def test_the_task_has_its_menu_over_its_title_with_the_keys(qtbot, panel):
    title = panel.head.findChildren(QLabel)[0]
    menu = by_mouse(panel, title, QPoint(4, 6))
    assert {"销号…", "修改任务…", "分解到月…", "看原文…", "复制编号"} <= set(words(menu))
    keys = {a.text(): a.shortcut().toString() for a in menu.actions()}
    assert keys["修改任务…"] == "F2"
    choose(qtbot, panel, menu, "复制编号")
    assert QGuiApplication.clipboard().text() == "1-001"


def test_rounds_stand_on_a_timeline_with_the_unchanged_ones_said_to_be(qtbot, panel):
    hub = panel._kit.hub
    new_round(hub.office, hub.ledger, who="李四", now=NOW)
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])
    hub.select("1-001")
    qtbot.waitUntil(lambda: panel.card is not None and len(panel.card.entries) == 3)
    idle(qtbot, panel)
    second, first = panel.records.rounds.findChildren(TimelineRow)
    assert "第2期" in second.accessibleName()
    assert "与上一期相同" in second.accessibleName()
    assert "第1期" in first.accessibleName()
    assert first.is_last
    assert not second.is_last


def test_the_original_text_opens_with_the_passage_marked(qtbot, panel):
    press = [b for b in panel.head.findChildren(QPushButton) if b.text() == "看出处"]
    press[0].click()
    (whole,) = [b for b in panel.head.findChildren(QPushButton) if b.text() == "看原文…"]
    assert whole.isVisible()
    whole.click()
    idle(qtbot, panel)
    (dialog,) = panel.findChildren(SourceDialog)
    (marked,) = dialog.text.extraSelections()
    assert "城东滨河步道" in marked.cursor.selectedText()
    dialog.show_passage()
    assert dialog.text.textCursor().position() == marked.cursor.selectionStart()
    dialog.close()
