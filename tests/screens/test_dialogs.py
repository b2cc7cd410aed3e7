from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from tests.conftest import NOW
from tracker.domain.instruction import Stage
from tracker.domain.terms import Completion
from tracker.ops.browse import task_card
from tracker.ops.instructions import InstructionWords, list_instructions, new_instruction
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, find_task, list_tasks
from tracker.ui import dialogs
from tracker.ui.detail.words import reading
from tracker.ui.dialogs.fields import UnitsEdit, suggestions

ENTER = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, kit_with_table):
    """A window to open dialogs over, with the first task in hand."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    kit_with_table.hub.select("1-001")
    return parent


@pytest.fixture
def opened(qtbot, kit_with_table, window):
    """Open a dialog by its function and return it when it is there."""

    def open_by(function, **more):
        function(kit_with_table, window, **more)
        idle(qtbot, kit_with_table)
        qtbot.waitUntil(lambda: shown() is not None)
        return shown()

    def shown():
        found = [w for w in QApplication.topLevelWidgets() if w.parent() is window]
        return next((w for w in found if w.isVisible()), None)

    return open_by


def idle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)


def type_in(qtbot, dialog, key, text, *, enter=True):
    """Type into a field, which the keyboard has brought the cursor to."""
    widget = dialog.fields[key].input
    widget.insertPlainText(text) if hasattr(widget, "insertPlainText") else widget.insert(text)
    if enter:
        qtbot.keyClick(widget, ENTER)


def save(qtbot, dialog, key):
    """Press Ctrl+Enter in a field and wait for the write."""
    qtbot.keyClick(dialog.fields[key].input, ENTER, CONTROL)
    idle(qtbot, dialog.kit)


def complaint(dialog, key):
    note = dialog.fields[key].note
    return note.text() if note.property("wrong") else ""


def task(kit, code="1-001"):
    return find_task(kit.hub.office, code)


def cursor_in(dialog):
    return next((k for k, f in dialog.fields.items() if f.input is dialog.focusWidget()), None)


def test_new_tasks_are_typed_one_after_the_other(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_new_task)
    for place, words in enumerate(("改造东街雨水管。", "办好秋季农机展。"), 1):
        assert dialog.fields["text"].input.toPlainText() == ""
        type_in(qtbot, dialog, "text", words)
        assert cursor_in(dialog) == "lead"
        type_in(qtbot, dialog, "lead", "县住建局、县财政局")
        type_in(qtbot, dialog, "cooperating", "县水利局")
        type_in(qtbot, dialog, "persons", "周七")
        assert cursor_in(dialog) == "deadline"
        type_in(qtbot, dialog, "deadline", "9月底前")
        idle(qtbot, kit_with_table)
        assert f"已新增 {place} 项" in dialog._place.text()
        assert cursor_in(dialog) == "text"
    *_, first, second = list_tasks(kit_with_table.hub.office, kit_with_table.hub.ledger)
    assert (first.text, second.text) == ("改造东街雨水管。", "办好秋季农机展。")
    assert first.roles.lead == ("县住建局", "县财政局")
    assert first.roles.cooperating == ("县水利局",)
    assert first.persons == ("周七",)
    assert first.deadline.date.isoformat() == "2026-09-30"
    dialog.reject()
    assert kit_with_table.messages.asked == []


@pytest.mark.parametrize(
    "name", ["new_task", "edit_task", "extend_task", "split_task", "merge_tasks", "withdraw_task"]
)
def test_a_form_opens_with_the_cursor_in_its_first_field(opened, name):
    dialog = opened(getattr(dialogs, f"open_{name}"))
    assert cursor_in(dialog) == next(iter(dialog.fields))


def test_a_pasted_paragraph_keeps_its_lines(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_new_task)
    QApplication.clipboard().setText("整治三条背街：\n①铺路；\n②装灯。")
    dialog.fields["text"].input.paste()
    save(qtbot, dialog, "text")
    made = list_tasks(kit_with_table.hub.office, kit_with_table.hub.ledger)[-1]
    assert made.text == "整治三条背街：\n①铺路；\n②装灯。"
    assert [part.mark for part in made.parts] == ["①", "②"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5个工作日", "读作 2026年3月9日，剩 5 个工作日"),
        ("2026-09-30", "读作 2026年9月30日，剩"),
        ("每月25日前", "读作 每月25日前"),
        ("长期坚持", "读作 长期坚持"),
        ("等忙完再说", "看不懂，请改写"),
    ],
)
def test_a_deadline_is_read_while_it_is_typed(qtbot, opened, typed, said):
    dialog = opened(dialogs.open_new_task)
    type_in(qtbot, dialog, "deadline", typed, enter=False)
    assert said in dialog.fields["deadline"].note.text()
    dialog.forget_typing()
    dialog.reject()


def test_an_unreadable_deadline_is_not_saved(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_new_task)
    count = len(list_tasks(kit_with_table.hub.office, kit_with_table.hub.ledger))
    type_in(qtbot, dialog, "text", "修桥。")
    type_in(qtbot, dialog, "deadline", "等忙完再说")
    idle(qtbot, kit_with_table)
    assert "看不懂" in complaint(dialog, "deadline")
    assert len(list_tasks(kit_with_table.hub.office, kit_with_table.hub.ledger)) == count
    assert kit_with_table.messages.problems == []
    dialog.forget_typing()


def test_an_empty_task_is_asked_for_beside_its_field(qtbot, opened):
    dialog = opened(dialogs.open_new_task)
    save(qtbot, dialog, "lead")
    assert "请填写任务内容" in complaint(dialog, "text")
    type_in(qtbot, dialog, "text", "有", enter=False)
    assert complaint(dialog, "text") == ""
    dialog.forget_typing()


def test_closing_a_form_with_something_typed_is_asked_about(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_new_task)
    type_in(qtbot, dialog, "text", "半句话", enter=False)
    kit_with_table.messages.answers = [False, True]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(kit_with_table.messages.asked) == 2


def test_a_leaders_instruction_becomes_a_single_instruction(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_new_task)
    qtbot.keyClick(dialog.is_instruction, Qt.Key.Key_Space)
    assert cursor_in(dialog) == "leader"
    type_in(qtbot, dialog, "leader", "王县长")
    type_in(qtbot, dialog, "instruction", "请教育局五日内报方案。")
    type_in(qtbot, dialog, "lead", "县教育局", enter=False)
    type_in(qtbot, dialog, "deadline", "5个工作日", enter=False)
    qtbot.keyClick(dialog.fields["instructed_on"].input, ENTER)
    idle(qtbot, kit_with_table)
    (row,) = list_instructions(kit_with_table.hub.office, kit_with_table.hub.today)
    assert row.instruction.leader == "王县长"
    assert row.line.text == "请教育局五日内报方案。"
    assert row.line.lead == ("县教育局",)
    assert row.days_left == 7
    assert "已新增 1 项" in dialog._place.text()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_units_are_completed_from_the_known_ones(qtbot):
    edit = UnitsEdit()
    qtbot.addWidget(edit)
    edit.show()
    edit.set_names(["县教育局", "县住建局"])
    edit.setText("县水务局、")
    edit.insert("教")
    edit.textEdited.emit(edit.text())
    assert edit.popup.isVisible()
    qtbot.keyClick(edit.popup, ENTER)
    assert edit.text() == "县水务局、县教育局"
    assert not edit.popup.isVisible()


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("教", ["县教育局"]),
        ("jyj", ["县教育局"]),
        ("zhuj", ["县住建局"]),
        ("县", ["县教育局", "县住建局"]),
        ("局", ["县教育局", "县住建局", "局机关"]),
        ("xyz", []),
    ],
)
def test_names_are_found_by_words_pinyin_and_initials(begun, offered):
    names = ["县教育局", "县住建局", "局机关"]
    assert sorted(suggestions(begun, names)) == sorted(offered)
    assert begun != "局" or suggestions(begun, names)[0] == "局机关"


def test_edit_writes_only_what_was_changed(qtbot, kit_with_table, opened):
    before = task(kit_with_table)
    dialog = opened(dialogs.open_edit_task)
    type_in(qtbot, dialog, "persons", "孙八", enter=False)
    dialog.fields["percent"].input.setText("65.5%")
    dialog.fields["problems"].input.setPlainText("缺砂石。")
    save(qtbot, dialog, "problems")
    after = task(kit_with_table)
    assert after.persons == ("孙八",)
    assert (after.text, after.roles, after.deadline) == (before.text, before.roles, before.deadline)
    hub = kit_with_table.hub
    entry = task_card(hub.office, "1-001", hub.round.id, hub.today).entry
    assert entry.percent == 65.5
    assert entry.problems == "缺砂石。"


def test_edit_complains_beside_a_rate_that_is_no_number(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_edit_task)
    dialog.fields["percent"].input.setText("过半")
    save(qtbot, dialog, "percent")
    assert "请填数字" in complaint(dialog, "percent")
    dialog.forget_typing()


def test_edit_changes_units_and_state(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_edit_task)
    dialog.fields["cooperating"].input.setText("县财政局")
    dialog._completion.setCurrentText("已完成")
    save(qtbot, dialog, "text")
    assert task(kit_with_table).roles.cooperating == ("县财政局",)
    assert task(kit_with_table).completion is Completion.DONE


def test_extending_keeps_the_first_deadline(qtbot, kit_with_table, opened):
    first = task(kit_with_table).deadline
    dialog = opened(dialogs.open_extend_task)
    type_in(qtbot, dialog, "deadline", "2026-06-30")
    save(qtbot, dialog, "reason")
    assert "应晚于现时限" in complaint(dialog, "deadline")
    dialog.fields["deadline"].input.setText("2027-03-31")
    save(qtbot, dialog, "deadline")
    assert "请填写延期理由" in complaint(dialog, "reason")
    type_in(qtbot, dialog, "reason", "汛期停工", enter=False)
    save(qtbot, dialog, "reason")
    after = task(kit_with_table)
    assert after.deadline.date.isoformat() == "2027-03-31"
    assert after.first_deadline.date == first.date
    assert after.deadline_reason == "汛期停工"


def test_a_task_without_deadline_cannot_be_extended(qtbot, kit_with_table, opened):
    kit_with_table.hub.select("1-004")
    dialog = opened(dialogs.open_extend_task)
    assert "没有时限" in dialog._general.text()
    assert not dialog.agree.isEnabled()


def test_closing_needs_evidence_or_why_there_is_none(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_close_task)
    type_in(qtbot, dialog, "statement", "已竣工。", enter=False)
    save(qtbot, dialog, "statement")
    assert "佐证" in complaint(dialog, "evidence")
    assert task(kit_with_table).completion is not Completion.CLOSED
    type_in(qtbot, dialog, "no_evidence", "现场已核实")
    idle(qtbot, kit_with_table)
    closed = task(kit_with_table)
    assert closed.completion is Completion.CLOSED
    assert closed.closings[0].evidence == "无需佐证：现场已核实"
    assert closed.closings[0].by == "张三"


def test_a_closed_task_is_opened_again_with_a_reason(qtbot, kit_with_table, opened):
    words = ClosingWords("已竣工。", NOW.date(), "王五", "验收单")
    close_task(kit_with_table.hub.office, "1-001", words, who="张三", now=NOW)
    dialog = opened(dialogs.open_reopen_task)
    save(qtbot, dialog, "reason")
    assert "请填写理由" in complaint(dialog, "reason")
    type_in(qtbot, dialog, "reason", "漏了一段", enter=False)
    save(qtbot, dialog, "reason")
    after = task(kit_with_table)
    assert after.completion is Completion.IN_PROGRESS
    assert after.closings[0].reopened == "漏了一段"


def test_an_open_task_is_not_opened_again(opened):
    dialog = opened(dialogs.open_reopen_task)
    assert "没有销号" in dialog._general.text()
    assert not dialog.agree.isEnabled()


def test_a_task_is_withdrawn_with_a_reason(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_withdraw_task)
    type_in(qtbot, dialog, "reason", "与第2项重复", enter=False)
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    idle(qtbot, kit_with_table)
    assert task(kit_with_table).withdrawn == "与第2项重复"
    assert kit_with_table.messages.problems == []


def test_splitting_offers_the_parts_and_gives_each_its_lead(qtbot, kit_with_table, opened):
    kit_with_table.hub.select("1-003")
    dialog = opened(dialogs.open_split_task)
    assert dialog.fields["text2"].input.toPlainText() == "新增停车位500个"
    dialog.fields["text3"].input.clear()
    dialog.fields["lead2"].input.setText("县公安局")
    save(qtbot, dialog, "text1")
    standing = list_tasks(kit_with_table.hub.office, kit_with_table.hub.ledger)
    assert [t.text for t in standing[2:4]] == ["整治背街小巷10条", "新增停车位500个"]
    assert standing[3].roles.lead == ("县公安局",)
    assert kit_with_table.hub.code == standing[2].code


def test_splitting_needs_two_pieces(qtbot, opened):
    dialog = opened(dialogs.open_split_task)
    qtbot.mouseClick(dialog._more, Qt.MouseButton.LeftButton)
    save(qtbot, dialog, "text1")
    assert "至少要有两项" in complaint(dialog, "text3")
    dialog.forget_typing()


def test_merging_finds_the_others_by_their_words(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_merge_tasks)
    qtbot.keyClick(dialog.fields["reason"].input, ENTER, CONTROL)
    assert "至少勾选两项" in complaint(dialog, "tasks")
    type_in(qtbot, dialog, "search", "校车", enter=False)
    qtbot.waitUntil(lambda: dialog._list.count() == 2)
    dialog._list.item(1).setCheckState(Qt.CheckState.Checked)
    type_in(qtbot, dialog, "search", "", enter=False)
    type_in(qtbot, dialog, "reason", "同一件事", enter=False)
    save(qtbot, dialog, "reason")
    assert task(kit_with_table, "1-004").withdrawn
    assert "县教育局" in task(kit_with_table, "1-001").roles.lead
    assert kit_with_table.hub.code == "1-001"


def test_merging_goes_into_the_chosen_one(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_merge_tasks, codes=("1-001", "1-002"))
    dialog._into.setCurrentIndex(1)
    type_in(qtbot, dialog, "reason", "合办", enter=False)
    save(qtbot, dialog, "reason")
    assert kit_with_table.hub.code == "1-002"
    assert task(kit_with_table, "1-001").withdrawn


def test_what_the_op_refuses_is_shown_in_the_form(qtbot, kit_with_table, opened):
    dialog = opened(dialogs.open_withdraw_task)
    withdraw_task(kit_with_table.hub.office, "1-001", "别处先撤", who="李四", now=NOW)
    type_in(qtbot, dialog, "reason", "重复", enter=False)
    save(qtbot, dialog, "reason")
    assert dialog.isVisible()
    assert dialog._general.isVisible()
    assert kit_with_table.messages.problems == []
    dialog.forget_typing()


@pytest.fixture
def instruction(kit_with_table):
    """An instruction in hand; its code."""
    made = new_instruction(
        kit_with_table.hub.office,
        None,
        TaskWords(text="报送校车方案。", lead="县教育局", deadline="5个工作日"),
        InstructionWords("王县长", NOW.date(), "请教育局报方案。"),
        who="张三",
        now=NOW,
    )
    kit_with_table.hub.select(made.value)
    return made.value


def stage_of(kit):
    (row,) = list_instructions(kit.hub.office, kit.hub.today)
    return row.instruction.stage


def test_an_instruction_goes_from_stage_to_stage(qtbot, kit_with_table, opened, instruction):
    for stage in (Stage.SENT, Stage.REPLIED, Stage.REPORTED):
        dialog = opened(dialogs.open_instruction)
        save(qtbot, dialog, "remark")
        qtbot.waitUntil(partial(is_gone, dialog))
        assert stage_of(kit_with_table) is stage


def is_gone(dialog):
    return not isValid(dialog) or not dialog.isVisible()


def test_an_instruction_is_closed_with_what_a_closing_needs(
    qtbot, kit_with_table, opened, instruction
):
    dialog = opened(dialogs.open_instruction)
    dialog._stage.setCurrentText("已办结")
    assert dialog.fields["statement"].box.isVisible()
    save(qtbot, dialog, "by")
    assert "完成情况说明" in complaint(dialog, "statement")
    type_in(qtbot, dialog, "statement", "方案已报。", enter=False)
    type_in(qtbot, dialog, "evidence", "报告1份", enter=False)
    save(qtbot, dialog, "evidence")
    assert stage_of(kit_with_table) is Stage.CLOSED


def test_sending_an_instruction_back_needs_a_remark(qtbot, kit_with_table, opened, instruction):
    dialog = opened(dialogs.open_instruction)
    dialog._stage.setCurrentText("已回复")
    save(qtbot, dialog, "remark")
    dialog = opened(dialogs.open_instruction)
    dialog._stage.setCurrentText("已转办")
    save(qtbot, dialog, "remark")
    assert "写明理由" in complaint(dialog, "remark")
    type_in(qtbot, dialog, "remark", "材料不全", enter=False)
    save(qtbot, dialog, "remark")
    assert stage_of(kit_with_table) is Stage.SENT


def test_a_day_before_the_stage_before_is_refused_beside_the_date(
    qtbot, kit_with_table, opened, instruction
):
    dialog = opened(dialogs.open_instruction)
    dialog._day.value = NOW.date().replace(day=1)
    save(qtbot, dialog, "remark")
    assert "早于上一环节" in complaint(dialog, "on")
    dialog.forget_typing()


def test_a_day_without_work_before_it_is_counted_in_days():
    understood, words = reading("2026-03-02", NOW.date())
    assert understood
    assert words == "读作 2026年3月2日，今天到期"
