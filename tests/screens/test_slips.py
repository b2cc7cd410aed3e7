"""The tab of slips and its dialogs, as the clerk uses them."""

from __future__ import annotations

from datetime import date, timedelta

import docx
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog

from tests.conftest import NOW
from tests.helpers.offices import add_tasks
from tracker.domain.slip import SlipChoice, SlipKind, SlipState
from tracker.ops.browse import task_lines
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.slips import find_slip, list_slips, new_slip, reply_slip
from tracker.ops.tasks import find_task
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices
from tracker.ui.slips.answers import CloseSlipDialog, ReplyDialog
from tracker.ui.slips.files import save_slip
from tracker.ui.slips.model import Column, Group
from tracker.ui.slips.new_slip import OWN_WORDS, NewSlipDialog, open_new_slip
from tracker.ui.slips.view import SlipsView

TODAY = NOW.date()


@pytest.fixture
def ledger(office):
    new_ledger(office, "春季重点工作", who="张三", now=NOW)
    (row,) = list_ledgers(office)
    add_tasks(office, row, NOW)
    return row


@pytest.fixture
def slips(office, ledger):
    """Four slips: late, answered late, a hint without a day, one in time; their numbers."""
    made = []
    cases = (
        (SlipKind.SUPERVISION, "县住建局", "1-001", 12),
        (SlipKind.PROBLEM, "县应急局", "1-004", 12),
        (SlipKind.HINT, "县水利局", "1-003", 3),
        (SlipKind.FEEDBACK, "县工信局", "1-005", 0),
    )
    for kind, unit, code, ago in cases:
        choice = SlipChoice(kind, unit, (code,), TODAY - timedelta(days=ago), days=None)
        made.append(new_slip(office, ledger, choice, who="张三", now=NOW).value)
    reply_slip(office, made[1], TODAY, "已开展自查。", who="张三", now=NOW)
    return made


@pytest.fixture
def view(qtbot, kit, office, ledger, slips):
    kit.hub.show(office, ledger, None)
    shown = SlipsView(kit)
    qtbot.addWidget(shown)
    shown.resize(1000, 500)
    shown.show()
    idle(qtbot, kit)
    return shown


def idle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)


def column(view, which):
    return [view.model.index(row, which).data() for row in range(view.model.rowCount())]


def choose(view, code):
    view.table.selectRow(view.model.place_of(code))


def dialog_of(qtbot, kit, parent, kind):
    idle(qtbot, kit)
    found = next(d for d in parent.findChildren(QDialog) if isinstance(d, kind))
    idle(qtbot, kit)
    return found


def new_dialog(qtbot, kit, office, ledger, codes=()):
    kit.hub.show(office, ledger, None)
    ids = [find_task(office, code).id for code in codes]
    dialog = NewSlipDialog(kit, task_lines(office, ids, None, TODAY))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog, before_close_func=FormDialog.forget_typing)
    dialog.show()
    idle(qtbot, kit)
    return dialog


def put(dialog, key, text):
    edit = dialog.fields[key].input
    if hasattr(edit, "setPlainText"):
        edit.setPlainText(text)
    else:
        edit.setText(text)
        edit.textEdited.emit(text)


def test_the_model_is_sound(view):
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.model.sort(Column.LATE, Qt.SortOrder.AscendingOrder)
    view.model.narrow(Group.LATE, "", "")
    view.model.narrow(None, "", "没有")
    view.model.show_lines((), TODAY)


def test_every_slip_stands_with_its_state_and_delay(view, slips):
    assert column(view, Column.CODE) == [slips[3], slips[2], slips[1], slips[0]]
    assert column(view, Column.STATE) == ["待回复", "已发出", "已回复", "待回复"]
    assert column(view, Column.DUE)[1] == "不要求回复"
    assert column(view, Column.LATE)[0] == column(view, Column.LATE)[1] == ""
    assert column(view, Column.LATE)[2].startswith("迟复")
    assert column(view, Column.LATE)[3].startswith("逾期")
    assert view.counts.text() == "共 4 张 · 待回复 2 张 · 其中逾期 1 张"


@pytest.mark.parametrize(
    ("group", "kind", "text", "count"),
    [
        (Group.WAITING, "", "", 2),
        (Group.LATE, "", "", 1),
        (Group.REPLIED, "", "", 1),
        (Group.CLOSED, "", "", 0),
        (None, "提示单", "", 1),
        (None, "", "自查", 1),
        (None, "", "县 工信局", 1),
        (None, "", "督问〔2026〕", 1),
        (Group.LATE, "提示单", "", 0),
    ],
)
def test_the_list_is_narrowed(view, group, kind, text, count):
    view.groups[group].click()
    view.kind.setCurrentIndex(view.kind.findData(kind))
    view.search.setText(text)
    assert view.model.rowCount() == count
    assert view.table.isVisible() == (count > 0)
    assert view.empty.isVisible() == (count == 0)


def test_columns_sort_by_what_they_mean(view, slips):
    view.model.sort(Column.LATE, Qt.SortOrder.AscendingOrder)
    assert column(view, Column.CODE)[-2:] == [slips[3], slips[2]]
    view.model.sort(-1)
    assert column(view, Column.CODE)[0] == slips[3]


def test_buttons_follow_the_slip_in_hand(view, slips):
    assert not any(b.isEnabled() for b in (view.reply, view.close_slip, view.export, view.task))
    assert view.new.isEnabled()
    choose(view, slips[1])
    assert all(b.isEnabled() for b in (view.reply, view.close_slip, view.export, view.task))
    assert "已开展自查。" in view.told.text()


def test_a_reply_is_noted_and_shown(qtbot, kit, office, view, slips):
    choose(view, slips[0])
    view.reply.click()
    dialog = dialog_of(qtbot, kit, view.window(), ReplyDialog)
    dialog.save()
    assert dialog.fields["words"].note.property("wrong")
    put(dialog, "words", "已完工。")
    dialog.save()
    idle(qtbot, kit)
    assert [reply.words for reply in find_slip(office, slips[0]).replies] == ["已完工。"]
    assert column(view, Column.STATE)[3] == "已回复"
    assert view.chosen().slip.code == slips[0]
    assert kit.messages.said == [f"已登记{slips[0]}的回复"]


def test_closing_without_a_reply_needs_a_reason(qtbot, kit, office, view, slips):
    choose(view, slips[0])
    view.close_slip.click()
    dialog = dialog_of(qtbot, kit, view.window(), CloseSlipDialog)
    dialog.save()
    assert find_slip(office, slips[0]).state is SlipState.SENT
    put(dialog, "words", "已电话核实。")
    dialog.save()
    idle(qtbot, kit)
    assert find_slip(office, slips[0]).state is SlipState.CLOSED
    assert not view.reply.isEnabled()
    assert "已电话核实。" in view.told.text()


def test_a_day_before_the_slip_is_said_beside_the_day(qtbot, kit, office, view, slips):
    choose(view, slips[3])
    view.reply.click()
    dialog = dialog_of(qtbot, kit, view.window(), ReplyDialog)
    dialog.fields["on"].input.value = TODAY - timedelta(days=1)
    put(dialog, "words", "已办。")
    dialog.save()
    idle(qtbot, kit)
    assert "早于开单日期" in dialog.fields["on"].note.text()
    assert find_slip(office, slips[3]).replies == ()


def test_the_task_of_a_slip_is_opened_in_the_ledger(qtbot, kit, view, slips):
    choose(view, slips[1])
    with qtbot.waitSignal(view.tasks_wanted):
        view.task.click()
    assert kit.hub.code == "1-004"
    names = [action.text() for action in view.menu().actions() if action.text()]
    assert names == [
        *("登记回复…", "办结…", "导出 Word…", "打开任务 第3.1项"),
        *("复制编号", "新开…"),
    ]


def test_a_slip_is_saved_as_a_word_document(qtbot, kit, view, slips, tmp_path):
    choose(view, slips[0])
    kit.messages.answers = [str(tmp_path / "单子")]
    view.export.click()
    idle(qtbot, kit)
    written = tmp_path / "单子.docx"
    assert slips[0] in [p.text for p in docx.Document(written).paragraphs]
    assert kit.messages.said == ["已导出 单子.docx"]
    kit.messages.answers = [None]
    save_slip(kit, slips[0])
    assert len(list(tmp_path.glob("*.docx"))) == 1


def test_the_form_proposes_what_the_ledger_knows(qtbot, kit, office, ledger):
    dialog = new_dialog(qtbot, kit, office, ledger, ["1-004"])
    assert dialog.text_of("unit") == "县应急局"
    assert dialog.text_of("matter") == "第3.1项：编制防汛手册_初稿（时限：2月20日）。"
    assert (dialog.text_of("days"), dialog.text_of("number")) == ("5", "1")
    assert "2026年3月9日前回复" in dialog.fields["days"].note.text()
    assert "督〔2026〕1号" in dialog.fields["number"].note.text()
    assert "待核" in dialog._doubts.text()
    assert not dialog.is_dirty()


def test_another_kind_brings_its_own_words_but_not_over_typed_ones(qtbot, kit, office, ledger):
    dialog = new_dialog(qtbot, kit, office, ledger, ["1-003"])
    put(dialog, "matter", "自己写的事项。")
    dialog._kind.setCurrentIndex(list(SlipKind).index(SlipKind.PROBLEM))
    idle(qtbot, kit)
    assert dialog.text_of("matter") == "自己写的事项。"
    assert "核实" in dialog.text_of("ask")
    assert dialog.fields["matter"].label.text() == "存在问题"
    assert "督问〔2026〕1号" in dialog.fields["number"].note.text()
    put(dialog, "number", "7")
    idle(qtbot, kit)
    assert "督问〔2026〕7号" in dialog.fields["number"].note.text()
    assert dialog.text_of("number") == "7"


def test_typed_days_stay_and_move_the_day(qtbot, kit, office, ledger):
    dialog = new_dialog(qtbot, kit, office, ledger, ["1-003"])
    put(dialog, "days", "2")
    idle(qtbot, kit)
    assert "2026年3月4日前回复" in dialog.fields["days"].note.text()
    dialog._day.value = date(2026, 12, 31)
    idle(qtbot, kit)
    assert "2027年的放假安排未收录" in dialog.fields["days"].note.text()
    assert dialog.text_of("days") == "2"


def test_tasks_are_found_and_ticked(qtbot, kit, office, ledger):
    dialog = new_dialog(qtbot, kit, office, ledger)
    dialog.picker.search.setText("河道")
    idle(qtbot, kit)
    assert dialog.picker.list.count() == 1
    dialog.picker.list.item(0).setCheckState(Qt.CheckState.Checked)
    idle(qtbot, kit)
    assert dialog.picker.codes == ("1-003",)
    assert dialog.text_of("unit") == "县水利局"
    assert "清理河道垃圾" in dialog.text_of("matter")
    dialog.picker.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    idle(qtbot, kit)
    assert dialog.text_of("matter") == ""


def test_enter_in_the_search_ticks_and_issues_nothing(qtbot, kit, office, ledger):
    dialog = new_dialog(qtbot, kit, office, ledger, ["1-003"])
    QTest.keyClick(dialog.picker.search, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.picker.search, "5G")
    idle(qtbot, kit)
    QTest.keyClick(dialog.picker.search, Qt.Key.Key_Return)
    idle(qtbot, kit)
    assert dialog.picker.codes == ("1-003", "1-005")
    dialog.picker.list.setCurrentRow(1)
    QTest.keyClick(dialog.picker.list, Qt.Key.Key_Return)
    idle(qtbot, kit)
    assert dialog.picker.codes == ("1-003",)
    assert dialog.isVisible()
    assert list_slips(office, TODAY) == []
    QTest.keyClick(dialog.picker.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, kit)
    assert [line.slip.tasks for line in list_slips(office, TODAY)] == [("1-003",)]


def test_a_task_ticked_at_the_last_moment_is_in_the_words(qtbot, kit, office, ledger):
    dialog = new_dialog(qtbot, kit, office, ledger, ["1-003"])
    dialog.picker.search.setText("5G")
    idle(qtbot, kit)
    dialog.picker.list.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.save()
    idle(qtbot, kit)
    (line,) = list_slips(office, TODAY)
    assert line.slip.tasks == ("1-003", "1-005")
    assert "5G" in line.slip.words.matter


def test_words_of_ones_own_that_lag_behind_the_tasks_are_pointed_out(qtbot, kit, office, ledger):
    dialog = new_dialog(qtbot, kit, office, ledger, ["1-003"])
    put(dialog, "matter", "只写河道。")
    assert dialog.fields["matter"].note.text() == ""
    dialog.picker.search.setText("5G")
    idle(qtbot, kit)
    dialog.picker.list.item(1).setCheckState(Qt.CheckState.Checked)
    idle(qtbot, kit)
    assert dialog.text_of("matter") == "只写河道。"
    assert dialog.fields["matter"].note.text() == OWN_WORDS


@pytest.mark.parametrize(
    ("unit", "matter", "field", "said"),
    [
        ("", "事。", "unit", "请填写"),
        ("各镇", "事。", "unit", "合称"),
        ("甲局", "", "matter", "请填写"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    qtbot, kit, office, ledger, unit, matter, field, said
):
    dialog = new_dialog(qtbot, kit, office, ledger)
    put(dialog, "unit", unit)
    put(dialog, "matter", matter)
    idle(qtbot, kit)
    dialog.save()
    idle(qtbot, kit)
    assert said in dialog.fields[field].note.text()
    assert list_slips(office, TODAY) == []


def test_a_slip_is_issued_from_tasks_and_its_file_asked_for(qtbot, kit, office, ledger, tmp_path):
    kit.hub.show(office, ledger, None)
    kit.messages.answers = [str(tmp_path / "督办.docx")]
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    open_new_slip(kit, window, ["1-001", "1-003"])
    dialog = dialog_of(qtbot, kit, window, NewSlipDialog)
    assert dialog.text_of("unit") == ""
    put(dialog, "unit", "县水利局")
    put(dialog, "signature", "某县督查室")
    put(dialog, "issuer", "李主任")
    idle(qtbot, kit)
    dialog.save()
    idle(qtbot, kit)
    (line,) = list_slips(office, TODAY)
    assert (line.slip.tasks, line.slip.unit) == (("1-001", "1-003"), "县水利局")
    words = line.slip.words
    assert (words.title, words.issuer, words.clerk) == ("某县督查室\n督办单", "李主任", "张三")
    assert (tmp_path / "督办.docx").exists()
    assert kit.messages.said[0].startswith("已开督办单 督〔2026〕1号（县水利局）")
    assert kit.messages.said[1] == "已导出 督办.docx"


def test_the_tab_tells_what_to_do_where_there_is_none(qtbot, kit, office, ledger):
    kit.hub.show(office, ledger, None)
    shown = SlipsView(kit)
    qtbot.addWidget(shown)
    shown.show()
    idle(qtbot, kit)
    assert "还没有开过单子" in shown.empty.text()
    assert shown.empty.isVisible()
    assert shown.menu() is None


@pytest.fixture
def window(qtbot, qapp, tmp_path, messages, office, ledger):
    settings = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    made = MainWindow(qapp, "张三", lambda: NOW, choices=Choices(settings), messages=messages)
    qtbot.addWidget(made)
    made.show()
    made.kit.hub.show(office, ledger, None)
    idle(qtbot, made.kit)
    yield made
    for dialog in made.findChildren(NewSlipDialog):
        dialog.forget_typing()
        dialog.reject()
    try:
        made.close()
    finally:
        made.kit.runner.finish()


@pytest.mark.parametrize("by_menu", [True, False])
def test_the_selected_tasks_go_into_a_new_slip(qtbot, window, by_menu):
    view = window.view("台账")
    idle(qtbot, window.kit)
    view.table.selectRow(0)
    if by_menu:
        names = {action.text(): action for action in view._menu.menu().actions()}
        names["开督办单（1 项）…"].trigger()
    else:
        window.kit.hub.select("1-001")
        window.actions_by_name["new_slip"].trigger()
    dialog = dialog_of(qtbot, window.kit, window, NewSlipDialog)
    assert dialog.picker.codes == ("1-001",)


def test_undo_takes_a_slip_out_of_the_tab(qtbot, window, office, ledger):
    view = window.view("督办单")
    choice = SlipChoice(SlipKind.HINT, "县水利局", ("1-003",))
    done = new_slip(office, ledger, choice, who="张三", now=NOW)
    window.kit.hub.changed.emit(done.changes, None)
    idle(qtbot, window.kit)
    assert view.model.rowCount() == 1
    window.commands.undo()
    idle(qtbot, window.kit)
    assert view.model.rowCount() == 0
    assert view.empty.isVisible()


def test_open_task_brings_the_ledger_to_the_front(qtbot, window, office, ledger, slips):
    view = window.view("督办单")
    view._read.ask()
    idle(qtbot, window.kit)
    choose(view, slips[0])
    view.task.click()
    assert window.view("台账").isVisible()
    assert window.kit.hub.code == "1-001"
