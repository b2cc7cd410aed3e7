"""Wherever a unit is typed, those that stand are offered by their initials; gone ones are not."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from tests.conftest import NOW
from tracker.domain.reform import ReformKind, ReformRequest
from tracker.domain.unit_list import PersonWords
from tracker.ops.browse import task_card
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.people import add_person
from tracker.ops.reforms import carry_out_reform
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, new_task
from tracker.ui.dialogs.edit_task import EditTaskDialog
from tracker.ui.dialogs.fields import UnitsEdit
from tracker.ui.dialogs.new_instruction import NewInstructionDialog
from tracker.ui.dialogs.new_task import NewTaskDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WHO = "张三"


@pytest.fixture
def reformed(office, kit):
    """县水利局 stands; 县粮食局, whose only task is closed, was abolished."""
    new_ledger(office, "重点工作", who=WHO, now=NOW)
    (ledger,) = list_ledgers(office)
    for unit in ("县水利局", "县粮食局"):
        new_task(office, ledger, TaskWords(text=f"{unit}的事。", lead=unit), who=WHO, now=NOW)
    closing = ClosingWords("已办结。", NOW.date(), "分管领导", no_evidence_because="已现场查看")
    close_task(office, "1-002", closing, who=WHO, now=NOW)
    request = ReformRequest(ReformKind.ABOLISH, ("县粮食局",), on=NOW.date(), basis="某号")
    carry_out_reform(office, request, who=WHO, now=NOW)
    add_person(office, PersonWords(name="周明", post="县长"), who=WHO, now=NOW)
    kit.hub.show(office, ledger, None)
    return office


def new_task_dialog(kit):
    return NewTaskDialog(kit)


def edit_task_dialog(kit):
    return EditTaskDialog(kit, task_card(kit.hub.office, "1-001", None, NOW.date()))


def new_instruction_dialog(kit):
    return NewInstructionDialog(kit)


@pytest.mark.parametrize("make", [new_task_dialog, edit_task_dialog, new_instruction_dialog])
def test_only_units_that_stand_are_offered(qtbot, kit, reformed, make):
    dialog = make(kit)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    edit = dialog.fields["lead"].input
    assert isinstance(edit, UnitsEdit)
    edit.clear()
    QTest.keyClicks(edit, "slj")
    assert edit.popup.isVisible()
    edit.clear()
    QTest.keyClicks(edit, "lsj")
    assert not edit.popup.isVisible()
    dialog.forget_typing()


def test_leaders_of_the_list_are_offered_for_instructions(qtbot, kit, reformed):
    dialog = NewInstructionDialog(kit)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    assert dialog._leader._known == ("周明",)
