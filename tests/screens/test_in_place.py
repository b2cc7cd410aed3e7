"""Words of the task in hand are changed where they stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.conftest import NOW
from tracker.ops.history import undo_step
from tracker.ops.tasks import TaskWords, edit_task, find_task
from tracker.ui.detail.panel import DetailPanel

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(qtbot, kit_with_table):
    """The panel over the first task."""
    shown = DetailPanel(kit_with_table)
    qtbot.addWidget(shown)
    shown.resize(400, 800)
    shown.show()
    take(qtbot, shown, "1-001")
    with qtbot.waitActive(shown):
        shown.activateWindow()
    return shown


def idle(qtbot, panel):
    qtbot.waitUntil(lambda: not panel._kit.runner.is_busy)
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def take(qtbot, panel, code):
    panel._kit.hub.select(code)
    qtbot.waitUntil(lambda: panel.card is not None and panel.card.task.code == code)
    idle(qtbot, panel)


def task(panel, code="1-001"):
    return find_task(panel._kit.hub.office, code)


def open_field(panel, name):
    field = panel.head.fields[name]
    label = next(w for w in field.findChildren(QLabel) if w.isVisible())
    QTest.mouseDClick(label, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    return field


def test_a_double_click_on_the_task_opens_a_field_and_control_enter_saves(qtbot, panel):
    field = open_field(panel, "text")
    assert field.editor.toPlainText() == task(panel).text
    field.editor.setPlainText("12月底前建成滨河步道三期。")
    QTest.keyClick(field.editor, Qt.Key.Key_Return, CONTROL)
    idle(qtbot, panel)
    assert task(panel).text == "12月底前建成滨河步道三期。"
    assert not panel.head.fields["text"].is_open
    assert any("三期" in w.text() for w in panel.head.findChildren(QLabel))
    undo_step(panel._kit.hub.office, who="李四", now=NOW)
    assert "二期" in task(panel).text


def test_escape_gives_up_what_was_typed(qtbot, panel):
    before = task(panel).text
    field = open_field(panel, "text")
    field.editor.setPlainText("别的")
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    idle(qtbot, panel)
    assert task(panel).text == before
    assert not field.is_open


def test_a_deadline_says_how_it_is_read_while_it_is_typed(qtbot, panel):
    field = open_field(panel, "deadline")
    field.editor.setPlainText("9月底前")
    assert "读作 2026年9月30日" in field._told.text()
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    idle(qtbot, panel)
    assert task(panel).deadline.date.isoformat() == "2026-09-30"


def test_what_cannot_be_read_stays_with_the_reason(qtbot, panel):
    field = open_field(panel, "deadline")
    field.editor.setPlainText("某个时候")
    QTest.keyClick(field.editor, Qt.Key.Key_Return, CONTROL)
    idle(qtbot, panel)
    assert field.is_open
    assert field.editor.toPlainText() == "某个时候"
    assert "没有保存" in field._told.text()
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)


def test_a_change_elsewhere_does_not_take_the_field_away(qtbot, panel):
    field = open_field(panel, "text")
    field.editor.setPlainText("正在改写")
    hub = panel._kit.hub
    changes = edit_task(hub.office, "1-001", TaskWords(section="城建"), who="李四", now=NOW).changes
    hub.tell(changes)
    idle(qtbot, panel)
    assert field.editor.toPlainText() == "正在改写"
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    idle(qtbot, panel)
    assert any("城建" in w.text() for w in panel.head.findChildren(QLabel))


def test_what_is_typed_is_saved_when_another_task_is_taken(qtbot, panel):
    open_field(panel, "text").editor.setPlainText("步道三期。")
    take(qtbot, panel, "1-002")
    assert task(panel).text == "步道三期。"
    assert task(panel, "1-002").text != "步道三期。"
    assert panel.card.task.code == "1-002"


def test_enter_opens_the_field_and_an_unchanged_one_makes_no_step(qtbot, panel):
    said = len(panel._kit.messages.said)
    field = panel.head.fields["deadline"]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.is_open
    panel.entry.editor.setFocus()
    idle(qtbot, panel)
    assert not field.is_open
    assert len(panel._kit.messages.said) == said


def test_what_stands_beside_a_deadline_gives_it_room_and_comes_back(qtbot, panel):
    def extend():
        return next(b for b in panel.head.findChildren(QPushButton) if b.text() == "延期…")

    assert extend().isVisible()
    field = open_field(panel, "deadline")
    assert not extend().isVisible()
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    assert extend().isVisible()


def test_the_buttons_at_the_foot_are_shortened_before_their_words_are_cut(qtbot, panel):
    assert panel.before_button.text() == "上一条"
    panel.setMinimumWidth(100)  # as the splitter of the window sets it
    panel.resize(200, 800)
    QApplication.processEvents()
    assert panel.before_button.text() == "‹"
    assert panel.before_button.accessibleName() == "上一条"
    panel.resize(400, 800)
    QApplication.processEvents()
    assert panel.before_button.text() == "上一条"
