from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from tests.conftest import NOW
from tracker.domain.instruction import Instruction, Stage, StageStep
from tracker.ops.instructions import (
    InstructionWords,
    advance,
    list_instructions,
    new_instruction,
)
from tracker.ops.tasks import ClosingWords, TaskWords
from tracker.ui.instructions.model import COLUMNS, REMAINING, InstructionsModel
from tracker.ui.instructions.strip import StageStrip, reached
from tracker.ui.instructions.view import InstructionsView

TODAY = NOW.date()


@pytest.fixture
def codes(office):
    """Four instructions: due far ahead, past, without a date, and closed; their codes."""
    made = {}
    for name, deadline in (("远", "2026-06-30"), ("过", "2026-02-20"), ("无", None), ("结", None)):
        words = TaskWords(text=f"{name}的事项。", lead="县水利局", deadline=deadline)
        source = InstructionWords("王县长", TODAY - timedelta(days=20), "请办。")
        made[name] = new_instruction(office, None, words, source, who="张三", now=NOW).value
    closing = ClosingWords("已办。", TODAY, "王五", "回函")
    advance(office, made["结"], Stage.CLOSED, TODAY, who="张三", now=NOW, closing=closing)
    return made


@pytest.fixture
def view(qtbot, kit, office, codes):
    kit.hub.show(office, None, None)
    shown = InstructionsView(kit)
    qtbot.addWidget(shown)
    shown.resize(814, 500)
    shown.show()
    idle(qtbot, kit)
    return shown


def idle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)


def first_words(view):
    return [view.model.index(row, 2).data()[0] for row in range(view.model.rowCount())]


def test_the_model_is_sound(view):
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.model.show_rows((), TODAY)
    view.model.show_rows(list_instructions(view._kit.hub.office, TODAY), TODAY)


def test_an_empty_model_is_sound(qtmodeltester):
    qtmodeltester.check(InstructionsModel())


def test_the_most_urgent_stands_first_and_the_closed_last(view):
    assert first_words(view) == ["过", "远", "无", "结"]
    said = [view.model.index(row, REMAINING).data().split("\n")[0] for row in range(4)]
    assert said == ["逾期10天", "剩120天", "无时限", "已办结"]
    assert view.counts.text() == "在办 3 件 · 逾期 1 件 · 已办结 1 件"


def test_every_column_has_a_heading(view):
    headings = [view.model.headerData(n, Qt.Orientation.Horizontal) for n in range(len(COLUMNS))]
    assert headings == list(COLUMNS)


def test_a_click_takes_an_instruction_in_hand(qtbot, view, codes):
    box = view.table.visualRect(view.model.index(1, 2))
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert view._kit.hub.code == codes["远"]
    assert view.advance_button.isEnabled()
    view._kit.hub.select(codes["结"])
    assert view.table.currentIndex().row() == 3
    assert not view.advance_button.isEnabled()


def test_the_button_opens_the_next_stage_and_the_list_follows(qtbot, view, codes):
    view._kit.hub.select(codes["过"])
    qtbot.mouseClick(view.advance_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog() is not None)
    qtbot.keyClick(
        dialog().fields["remark"].input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    idle(qtbot, view._kit)
    assert view.model.rows[0].instruction.stage is Stage.SENT


def dialog():
    from tracker.ui.dialogs.form import FormDialog

    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next((w for w in shown if w.isVisible()), None)


def test_a_new_instruction_is_begun_with_its_leader(qtbot, view):
    qtbot.mouseClick(view.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog() is not None)
    assert dialog().windowTitle() == "新增批示"
    assert dialog().focusWidget() is dialog().fields["leader"].input
    idle(qtbot, view._kit)
    dialog().reject()


def test_an_empty_list_says_what_to_do(qtbot, kit, office):
    kit.hub.show(office, None, None)
    empty = InstructionsView(kit)
    qtbot.addWidget(empty)
    empty.show()
    idle(qtbot, kit)
    assert empty._empty.isVisible()
    assert not empty.table.isVisible()


def test_a_stage_sent_back_is_no_longer_reached():
    steps = (
        StageStep(Stage.RECEIVED, TODAY),
        StageStep(Stage.SENT, TODAY),
        StageStep(Stage.REPLIED, TODAY),
        StageStep(Stage.SENT, TODAY + timedelta(days=2), "材料不全"),
    )
    days = reached(Instruction("王县长", TODAY, "请办。", Stage.SENT, steps))
    assert days == {Stage.RECEIVED: TODAY, Stage.SENT: TODAY + timedelta(days=2)}


@pytest.mark.parametrize("dark", [False, True])
def test_view_and_strip_are_drawn_in_both_palettes(qtbot, view, dark):
    view._kit.theme.set_dark(dark)
    strip = StageStrip(view._kit.theme)
    qtbot.addWidget(strip)
    strip.show_instruction(view.model.rows[0].instruction)
    assert not view.grab().isNull()
    assert not strip.grab().isNull()
    view._kit.theme.set_dark(None)
