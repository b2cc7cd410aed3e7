"""The forms of a round on their way out: planned, chosen, written, told to the units."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.conftest import NOW
from tests.helpers.offices import TASKS, add_tasks
from tracker.ops.collectives import find_unit, set_contact
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.tasks import TaskWords
from tracker.ui.returns.pick_dialog import PickDialog
from tracker.ui.returns.send_model import CHECK, UNIT, SendModel
from tracker.ui.returns.send_page import SendPage

COLLECTIVE = TaskWords(
    text="开展秋季防火巡查，每周不少于两次。", number="11", responsible="各有关单位"
)
NOBODY = TaskWords(text="研究编制来年计划。", number="12")


@pytest.fixture
def sent_office(office):
    """An office with seven tasks, one of a collective, one of nobody, in its second round."""
    new_ledger(office, "全县重点工作", who="张三", now=NOW)
    (ledger,) = list_ledgers(office)
    codes = add_tasks(office, ledger, NOW, (*TASKS, COLLECTIVE, NOBODY))
    new_round(office, ledger, who="张三", now=NOW)
    write_entry(office, codes[0], EntryWords(progress="已更换护栏60米。"), who="张三", now=NOW)
    new_round(office, ledger, who="张三", now=NOW, cut_off=NOW.date(), feedback_due=NOW.date())
    return office


@pytest.fixture
def page(qtbot, kit, sent_office, tmp_path):
    (ledger,) = list_ledgers(sent_office)
    kit.hub.show(sent_office, ledger, list_rounds(sent_office, ledger)[-1])
    page = SendPage(kit)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    page.start()
    settle(qtbot, kit)
    kit.messages.answers = [str(tmp_path / "反馈表")]
    (tmp_path / "反馈表").mkdir()
    qtbot.mouseClick(page.choose.other, Qt.MouseButton.LeftButton)
    return page


def settle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=30_000)


def click(qtbot, kit, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, kit)


def units(page):
    model = page.choose.model
    return [model.index(row, UNIT).data() for row in range(model.rowCount())]


def dialog(page):
    return next(found for found in page.findChildren(PickDialog) if found.isVisible())


def rows_of(listed):
    return [listed.item(row) for row in range(listed.count())]


def test_the_units_are_listed_with_their_tasks(page):
    assert units(page) == [
        "县住建局",
        "县交通运输局",
        "县文旅局",
        "县水利局",
        "县应急局",
        "县工信局",
    ]
    assert page.choose.send.text() == "生成 6 份反馈表（1 个统称先不发）"
    assert page.choose.notes.buttons["without"].text() == "▲ 1 项任务没有单位，不会发出"
    assert page.choose.title.text() == "发反馈表　第2期"


def test_the_model_keeps_the_rules_of_qt(qtmodeltester, page):
    model = SendModel()
    model.show(page.sending)
    qtmodeltester.check(model)
    model.tick_all()
    qtmodeltester.check(model)


def test_unticked_units_get_no_form(qtbot, kit, page, tmp_path):
    qtbot.keyClick(page.choose.table, Qt.Key.Key_Space)
    assert page.choose.send.text().startswith("生成 5 份反馈表")
    click(qtbot, kit, page.choose.send)
    names = {path.name for path in (tmp_path / "反馈表").iterdir()}
    assert len(names) == 6
    assert not any("县住建局" in name for name in names)


def test_cooperating_units_are_added_when_they_are_wanted(qtbot, kit, page):
    click(qtbot, kit, page.choose.cooperating)
    assert "东关镇" in units(page)
    click(qtbot, kit, page.choose.cooperating)
    assert "东关镇" not in units(page)


def test_who_is_left_out_stays_so_when_the_plan_is_read_again(qtbot, kit, page):
    qtbot.keyClick(page.choose.table, Qt.Key.Key_Space)
    click(qtbot, kit, page.choose.cooperating)
    first = page.choose.model.index(0, CHECK)
    assert first.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked


def test_a_collective_is_named_for_this_time_only(qtbot, kit, page):
    (collective,) = page.sending.collectives
    click(qtbot, kit, page.choose.collectives.name_buttons[collective.unit_id])
    asked = dialog(page)
    for item in rows_of(asked.list)[:2]:
        item.setCheckState(Qt.CheckState.Checked)
    assert asked.agree.text() == "指定 2 个"
    click(qtbot, kit, asked.agree)
    assert page.choose.send.text() == "生成 6 份反馈表"
    assert page.sending.recipients[0].tasks == 2
    assert not find_unit(kit.hub.office, "各有关单位").members


def test_a_collective_is_remembered_with_a_new_unit(qtbot, kit, page):
    (collective,) = page.sending.collectives
    click(qtbot, kit, page.choose.collectives.name_buttons[collective.unit_id])
    asked = dialog(page)
    asked.search.setText("西岭乡")
    click(qtbot, kit, asked.add)
    assert asked.extra.isChecked()
    click(qtbot, kit, asked.agree)
    assert "西岭乡" in units(page)
    assert page.choose.send.text() == "生成 7 份反馈表"
    assert len(find_unit(kit.hub.office, "各有关单位").members) == 1


def test_a_collective_can_be_left_out(qtbot, kit, page):
    (collective,) = page.sending.collectives
    click(qtbot, kit, page.choose.collectives.skip_buttons[collective.unit_id])
    assert page.choose.send.text() == "生成 6 份反馈表"


def test_forms_are_written_and_the_notes_copied(qtbot, kit, page, tmp_path, messages):
    click(qtbot, kit, page.choose.send)
    assert page.pages.currentWidget() is page.done
    assert page.done.title.text() == "✓ 已生成 6 家的反馈表"
    assert len(list((tmp_path / "反馈表").glob("*反馈表.xlsx"))) == 6
    panel = page.done.notes
    first = panel.text.toPlainText()
    assert "县住建局" in first
    qtbot.keyClick(panel.list, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == first
    assert panel.list.currentRow() == 1
    assert panel.list.item(0).text().startswith("✓")
    qtbot.keyClick(panel.list, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text().count("县") > 6
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert not page.is_open


def test_word_forms_come_beside_the_others(qtbot, kit, page, tmp_path):
    click(qtbot, kit, page.choose.word)
    click(qtbot, kit, page.choose.send)
    assert len(list((tmp_path / "反馈表").glob("*.docx"))) == 6
    assert page.done.title.text() == "✓ 已生成 6 家的反馈表"


def test_the_contact_is_kept_for_the_next_time(qtbot, kit, page):
    qtbot.keyClicks(page.choose.contact, "0456-7654321")
    click(qtbot, kit, page.choose.send)
    assert "0456-7654321" in page.done.notes.text.toPlainText()
    page.start()
    settle(qtbot, kit)
    assert page.choose.contact.text() == "0456-7654321"
    assert "3月2日已发" in page.choose.model.index(0, 6).data()


def test_cancelling_leaves_no_file_and_goes_back_to_the_choice(
    qtbot, kit, page, tmp_path, messages
):
    qtbot.mouseClick(page.choose.send, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.progress, Qt.Key.Key_Escape)
    settle(qtbot, kit)
    assert not list((tmp_path / "反馈表").iterdir())
    assert page.pages.currentWidget() is page.choose
    assert messages.said == ["已取消，没有写入任何内容"]


def test_escape_asks_only_where_something_was_said(qtbot, kit, page, messages):
    (collective,) = page.sending.collectives
    click(qtbot, kit, page.choose.collectives.skip_buttons[collective.unit_id])
    messages.answers = [False]
    qtbot.keyClick(page.choose.table, Qt.Key.Key_Escape)
    assert page.is_open
    messages.answers = [True]
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(page.choose.table, Qt.Key.Key_Escape)


def test_the_contact_of_a_unit_is_shown(qtbot, kit, page):
    set_contact(kit.hub.office, "县水利局", "赵强", "13800000000", who="张三", now=NOW)
    click(qtbot, kit, page.choose.cooperating)
    shown = [page.choose.model.index(row, 4).data() for row in range(len(units(page)))]
    assert "赵强" in shown
