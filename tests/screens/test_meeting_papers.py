"""Lists, extracts and the pack from the menu: counts shown, files written, stopped, refused."""

from __future__ import annotations

from functools import partial

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tests.conftest import NOW
from tests.helpers.offices import add_tasks
from tracker.base.errors import Cancelled
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.ops.list_facts import list_facts
from tracker.ops.lists import ListKind, make_list
from tracker.ops.pack import PackPart, pack_counts
from tracker.ops.rounds import list_rounds
from tracker.ui.dialogs import pack as pack_module
from tracker.ui.dialogs.extracts import ExtractsDialog
from tracker.ui.dialogs.lists import ListsDialog
from tracker.ui.dialogs.pack import PackDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices

WHO = "张三"


@pytest.fixture
def facts(kit_with_table):
    hub = kit_with_table.hub
    ledger = choose_ledger(hub.office, None)
    add_tasks(hub.office, ledger, hub.now)
    write_entry(hub.office, "1-005", EntryWords(state="滞后"), who=WHO, now=hub.now)
    return list_facts(hub.office, ledger, hub.round, hub.now)


@pytest.fixture
def opened(qtbot, kit_with_table, facts):
    """Open one of the dialogs."""

    host = QWidget()
    qtbot.addWidget(host)

    def make(dialog):
        shown = dialog(kit_with_table, facts, host)
        shown.show()
        qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy, timeout=10000)
        return shown

    return make


@pytest.fixture
def settle(qtbot, kit_with_table):
    return lambda: qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy, timeout=60000)


@pytest.fixture
def window(qtbot, qapp, tmp_path, messages, office_with_table):
    """The whole window, with the office of four tasks in it."""
    settings = QSettings(str(tmp_path / "own.ini"), QSettings.Format.IniFormat)
    made = MainWindow(qapp, WHO, lambda: NOW, choices=Choices(settings), messages=messages)
    qtbot.addWidget(made)
    (ledger,) = list_ledgers(office_with_table)
    made.kit.hub.show(office_with_table, ledger, list_rounds(office_with_table, ledger)[-1])
    made.show()
    qtbot.waitUntil(lambda: not made.kit.runner.is_busy)
    yield made
    try:
        made.close()
    finally:
        made.kit.runner.finish()


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "会议"
    folder.mkdir()
    return folder


def only(dialog, *parts):
    for part, box in dialog.parts.items():
        box.setChecked(part in parts)


def test_the_menu_offers_lists_extracts_and_pack(qtbot, window):
    idle = partial(qtbot.waitUntil, lambda: not window.kit.runner.is_busy, timeout=10000)
    menu = next(a.menu() for a in window.menuBar().actions() if a.text() == "报表")
    names = {action.text(): action for action in menu.actions()}
    for name, dialog in (
        ("清单…", ListsDialog),
        ("单位摘录…", ExtractsDialog),
        ("会议材料包…", PackDialog),
    ):
        assert names[name].isEnabled()
        names[name].trigger()
        idle()
        (shown,) = window.findChildren(dialog)
        assert shown.isVisible()
        shown.close()
        QCoreApplication.sendPostedEvents(shown, QEvent.Type.DeferredDelete)


def test_without_a_round_they_say_what_to_do(window, messages):
    hub = window.kit.hub
    hub.show(hub.office, hub.ledger, None)
    for name in ("export_lists", "export_extracts", "export_pack"):
        getattr(window.commands, name)()
    assert len(messages.problems) == 3
    assert all("还没有轮次" in said for said in messages.problems)


def test_each_list_is_shown_with_its_count_and_rows(opened, facts, settle):
    dialog = opened(ListsDialog)
    QAbstractItemModelTester(dialog.model, dialog)
    for row, kind in enumerate(ListKind):
        dialog.kinds.setCurrentRow(row)
        found = make_list(facts, kind)
        measure = "家" if kind is ListKind.MISSING else "项"
        assert dialog.kinds.item(row).text().endswith(f"　{found.count}{measure}")
        assert dialog.said.text().startswith(found.content.meta[0])
        assert dialog.model.rowCount() == len(found.content.rows)
    dialog.days.setValue(366)
    settle()
    assert dialog.kind is ListKind.DUE
    assert make_list(facts, ListKind.DUE, 366).count == dialog.model.rowCount() > 0


def test_a_list_is_written_where_it_is_wanted(opened, messages, settle, out, facts):
    dialog = opened(ListsDialog)
    dialog.kinds.setCurrentRow(list(ListKind).index(ListKind.SLOW))
    messages.answers = [str(out / "滞后")]
    dialog.agree.click()
    settle()
    assert messages.said == ["已导出 滞后.xlsx"]
    sheet = openpyxl.load_workbook(out / "滞后.xlsx").active
    assert sheet["A1"].value.endswith("滞后受阻任务清单")
    assert dialog.agree.isEnabled()
    messages.answers = [None]
    dialog.agree.click()
    assert len(messages.said) == 1


def test_a_unit_is_found_by_typing_and_its_extract_written(opened, messages, settle, out):
    dialog = opened(ExtractsDialog)
    dialog.search.setText("应急")
    assert dialog.extract.unit == "县应急局"
    assert dialog.said.text().startswith("牵头（责任）1项")
    assert not dialog.format.isEnabled()
    messages.answers = [str(out / "应急局.docx")]
    dialog.agree.click()
    settle()
    assert messages.said == ["已导出 应急局.docx"]
    assert (out / "应急局.docx").stat().st_size


def test_all_extracts_go_into_a_new_folder(opened, messages, settle, out):
    dialog = opened(ExtractsDialog)
    dialog.format.setCurrentIndex(2)
    messages.answers = [str(out)]
    dialog.agree.click()
    settle()
    (folder,) = out.iterdir()
    written = sorted(folder.iterdir())
    assert len(written) == dialog.units.count() - 1
    assert {path.suffix for path in written} == {".pdf"}
    assert messages.said[-1].startswith(f"已写好 {len(written)} 家的摘录")


def test_the_boxes_say_how_many_files_and_the_pack_holds_them(
    opened, kit_with_table, messages, settle, out, facts
):
    dialog = opened(PackDialog)
    hub = kit_with_table.hub
    counted = pack_counts(hub.office, facts.ledger, facts.round, now=facts.now)
    shown = {part: label.text() for part, label in dialog.counts.items()}
    assert shown == {p: f"{n} 个文件" if n else "本期没有" for p, n in counted.items()}
    assert f"共 {sum(counted.values())} 个文件" in dialog.total.text()
    only(dialog, PackPart.SITUATION, PackPart.LISTS)
    assert f"共 {counted[PackPart.SITUATION] + counted[PackPart.LISTS]} 个文件" in (
        dialog.total.text()
    )
    places = []
    dialog.open_folder = places.append
    dialog.folder.setText(str(out))
    dialog.agree.click()
    assert dialog.is_busy
    assert not dialog.parts[PackPart.CIRCULAR].isEnabled()
    settle()
    (folder,) = out.iterdir()
    assert places == [folder]
    assert messages.said[-1] == f"已生成 {folder.name}（13 个文件）"
    assert kit_with_table.choices.pack_folder() == out
    assert not isValid(dialog) or not dialog.isVisible()


def test_nothing_ticked_or_no_folder_cannot_be_begun(opened):
    dialog = opened(PackDialog)
    only(dialog)
    assert not dialog.agree.isEnabled()
    only(dialog, PackPart.LISTS)
    assert dialog.agree.isEnabled()
    assert not dialog.layout_box.isEnabled()
    dialog.folder.setText(" ")
    assert not dialog.agree.isEnabled()


def test_a_folder_that_is_gone_is_told_and_the_dialog_stays(opened, messages, settle, out):
    dialog = opened(PackDialog)
    dialog.folder.setText(str(out / "没有"))
    dialog.agree.click()
    settle()
    assert "不存在" in messages.problems[-1]
    assert dialog.isVisible()
    assert dialog.agree.isEnabled()
    assert list(out.iterdir()) == []


def test_stopping_leaves_nothing_and_the_dialog_takes_another_try(
    opened, messages, settle, out, monkeypatch
):
    dialog = opened(PackDialog)
    kept = pack_module.write_pack

    def slow(*args, progress, **named):
        while not progress.cancel_wanted:
            progress.step("正在写“某表”", 1, 2)
        return kept(*args, progress=progress, **named)

    monkeypatch.setattr(pack_module, "write_pack", slow)
    dialog.folder.setText(str(out))
    dialog.agree.click()
    assert dialog.leave.text() == "停止"
    dialog.close()  # the cross stops, it does not close
    assert dialog.isVisible()
    settle()
    assert messages.said[-1].startswith("已取消")
    assert list(out.iterdir()) == []
    assert dialog.leave.text() == "关闭"
    assert dialog.agree.isEnabled()
    assert Cancelled.__name__ not in "".join(messages.problems)
