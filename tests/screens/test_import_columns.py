"""The second step of an import: the sheet with its header, columns said, remembered, forgotten."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt

from tests.conftest import NOW
from tests.screens.test_import_flow import click, go, settle, start
from tracker.domain.mapping import RowKind, SheetMapping
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.table_look import look_at
from tracker.ops.table_memory import list_remembered
from tracker.ui.imports.memory_dialog import MemoryDialog
from tracker.ui.imports.page import ImportPage
from tracker.ui.imports.sheet_model import SheetModel
from tracker.ui.imports.stepper import COLUMNS, DONE, MATCHES, REVIEW

HEAD = "号头\t要干的活\t谁来干\t干到哪了"
ROWS = ("1\t修缮东河桥面，更换护栏。\t县交通局\t备料。", "2\t清理西河淤积，疏通沟渠。\t县水利局\t")
TEXT = "\n".join(["东河镇工作一览", HEAD, *ROWS])
FIELDS = ("number", "task", "responsible", "progress")


@pytest.fixture
def page(qtbot, kit):
    page = ImportPage(kit)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    return page


def choose(qtbot, kit, page, column, field):
    """Take a field for a column, as the clerk does in the list."""
    chooser = page.mapping.view.heads.choosers[column]
    chooser.show_field(field)
    chooser.activated.emit(chooser.currentIndex())
    settle(qtbot, kit)


def fields(page):
    choosers = page.mapping.view.heads.choosers
    return tuple(chooser.field for chooser in choosers if chooser.isVisibleTo(page.mapping))


def margin(page):
    model = page.mapping.model
    return [model.words(row) for row in range(model.rowCount())]


def show_header(qtbot, kit, page, row=1):
    page.mapping.view.go_to(row)
    qtbot.keyClick(page.mapping.view, Qt.Key.Key_H)
    settle(qtbot, kit)


def test_a_header_nobody_knows_is_shown_said_imported_and_known_again(
    qtbot,
    kit_with_table,
    page,
    messages,
):
    kit = kit_with_table
    start(qtbot, kit, page, TEXT)
    assert page.step == COLUMNS
    assert "里没有找到进展表" in page.mapping.said.text()
    assert not page.mapping.foot.forward.isEnabled()
    assert fields(page) == ()
    show_header(qtbot, kit, page)
    assert fields(page) == ("extra",) * 4
    assert "哪一栏是任务" in page.mapping.said.text()
    for column, field in enumerate(FIELDS):
        choose(qtbot, kit, page, column, field)
    assert margin(page) == ["标题", "表头", "任务", "任务"]
    assert page.mapping.foot.forward.text() == "下一步（读出 2 项）"
    click(qtbot, page.mapping.foot.forward)
    settle(qtbot, kit)
    assert page.step == MATCHES
    click(qtbot, page.matches.foot.forward)
    assert page.step == REVIEW
    click(qtbot, page.review.apply)
    settle(qtbot, kit)
    assert page.step == DONE
    assert "已记住这种表头" in page.done.counts.text()
    (kept,) = list_remembered(kit.hub.office)
    assert kept.fields == FIELDS
    click(qtbot, page.done.foot.forward)
    start(qtbot, kit, page, TEXT.replace("备料", "开工"))
    assert page.step == REVIEW
    assert page.review.memory.isVisible()
    click(qtbot, page.review.memory)
    assert page.step == COLUMNS
    assert "按上次确认的各栏读取" in page.mapping.said.text()
    assert messages.problems == []


def test_the_columns_of_a_first_import_are_kept_in_the_new_file(
    qtbot,
    kit,
    page,
    messages,
    tmp_path,
):
    start(qtbot, kit, page, TEXT)
    show_header(qtbot, kit, page)
    for column, field in enumerate(FIELDS):
        choose(qtbot, kit, page, column, field)
    go(qtbot, kit, page, REVIEW)
    messages.answers.append(str(tmp_path / "新.db"))
    click(qtbot, page.review.apply)
    settle(qtbot, kit)
    assert len(list_remembered(kit.hub.office)) == 1
    kit.hub.office.close()


def test_a_doubtful_column_opens_this_step_and_going_on_confirms_it(
    qtbot,
    kit_with_table,
    page,
):
    kit = kit_with_table
    text = "序号\t任务\t县里口径\n1\t修桥铺路。\t按月调度。\n2\t清淤疏浚。\t按季调度。"
    start(qtbot, kit, page, text)
    assert page.step == COLUMNS
    assert "没有认出“县里口径”一栏" in page.mapping.said.text()
    go(qtbot, kit, page, REVIEW)
    click(qtbot, page.review.apply)
    settle(qtbot, kit)
    click(qtbot, page.done.foot.forward)
    start(qtbot, kit, page, text)
    assert page.step == REVIEW
    assert page.review.apply.text() == "没有要写入的内容"


def test_a_column_with_a_field_takes_it_from_the_other(qtbot, kit, page):
    start(qtbot, kit, page, "序号\t任务\t落实情况\t备注\n1\t修桥。\t开工。\t无误。")
    go(qtbot, kit, page, COLUMNS)
    assert fields(page) == ("number", "task", "progress", "note")
    choose(qtbot, kit, page, 3, "progress")
    assert fields(page) == ("number", "task", "extra", "progress")
    assert "只能有一栏" in page.mapping.said.text()
    choose(qtbot, kit, page, 2, "ignored")
    assert 2 in page.mapping.model.ignored
    go(qtbot, kit, page, REVIEW)
    (creation,) = page.session.loaded.review.plan.proposal.create
    assert (creation.row.progress, creation.row.extra) == ("无误。", ())
    assert any("没有读取的栏" in note.text for note in page.session.loaded.notes)


def test_without_a_task_there_is_no_way_on(qtbot, kit, page):
    start(qtbot, kit, page, "序号\t任务\t备注\n1\t修桥。\t无")
    go(qtbot, kit, page, COLUMNS)
    choose(qtbot, kit, page, 1, "note")
    assert not page.mapping.foot.forward.isEnabled()
    assert not page.steps.buttons[REVIEW].isEnabled()
    choose(qtbot, kit, page, 2, "task")
    assert page.mapping.foot.forward.isEnabled()
    click(qtbot, page.mapping.anew)
    settle(qtbot, kit)
    assert fields(page) == ("number", "task", "note")


def test_the_rows_of_the_header_can_be_typed_and_moved_by_the_menu(qtbot, kit, page):
    text = "东河镇台账\n序号\t任务\t备注\n1\t2\t3\n1\t修桥。\t无"
    start(qtbot, kit, page, text)
    go(qtbot, kit, page, COLUMNS)
    mapping = page.mapping
    assert (mapping.top.text(), mapping.bottom.text()) == ("2", "2")
    mapping.bottom.setText("3")
    mapping.bottom.editingFinished.emit()
    settle(qtbot, kit)
    assert margin(page) == ["标题", "表头", "表头", "任务"]
    menu = mapping.view.menu(1)
    only, first, last = menu.actions()
    assert [action.isEnabled() for action in (only, first, last)] == [True, True, True]
    last.trigger()
    settle(qtbot, kit)
    assert margin(page)[:3] == ["标题", "表头", "跳过"]
    mapping.top.setText("4")
    mapping.top.editingFinished.emit()
    settle(qtbot, kit)
    assert (mapping.top.text(), mapping.bottom.text()) == ("4", "4")


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "两张表.xlsx"
    made = Workbook()
    first, second = made.active, made.create_sheet("乡镇")
    first.title = "部门"
    first.append(["部门任务落实情况表"])
    first.merge_cells("A1:D1")
    for sheet, name in ((first, "修桥"), (second, "修路")):
        sheet.append(["序号", "任务", "责任单位", "落实情况"])
        sheet.append([1, f"{name}一座。", "县交通局", "开工。"])
        sheet.append(["", "", "县财政局", "拨款。"])
    for column in "AB":
        first.merge_cells(f"{column}3:{column}4")
    made.save(path)
    return path


def test_one_of_several_sheets_can_be_left_out_and_taken_in_again(
    qtbot,
    kit,
    page,
    book,
):
    page.start_file(book)
    settle(qtbot, kit)
    go(qtbot, kit, page, COLUMNS)
    mapping = page.mapping
    assert [mapping.sheet.itemText(at) for at in range(2)] == [
        "部门（1 项任务）",
        "乡镇（1 项任务）",
    ]
    mapping.sheet.setCurrentIndex(1)
    mapping.sheet.activated.emit(1)
    assert mapping.model.text(1, 1) == "修路一座。"
    click(qtbot, mapping.wanted)
    settle(qtbot, kit)
    assert margin(page)[0] == "未读取"
    assert mapping.foot.forward.text() == "下一步（读出 1 项）"
    go(qtbot, kit, page, REVIEW)
    assert len(page.session.loaded.review.plan.table.rows) == 1
    go(qtbot, kit, page, COLUMNS)
    click(qtbot, mapping.wanted)
    settle(qtbot, kit)
    assert mapping.foot.forward.text() == "下一步（读出 2 项）"


def test_merged_cells_speak_in_each_row_and_titles_reach_across(qtbot, kit, page, book):
    page.start_file(book)
    settle(qtbot, kit)
    go(qtbot, kit, page, COLUMNS)
    view, model = page.mapping.view, page.mapping.model
    assert view.columnSpan(0, 0) == 4
    assert model.text(3, 1) == "修桥一座。"
    assert model.is_lent(3, 1)
    assert not model.is_lent(2, 1)
    assert margin(page) == ["标题", "表头", "任务", "续行"]
    assert model.samples()[2] == ["县交通局", "县财政局"]


def test_a_click_on_a_count_goes_to_the_next_such_row(qtbot, kit, page):
    rows = [f"{n}\t修桥{n}座。\t无" for n in range(1, 60)]
    start(qtbot, kit, page, "\n".join(["序号\t任务\t备注", *rows, "合计\t59项\t"]))
    go(qtbot, kit, page, COLUMNS)
    click(qtbot, page.mapping.kinds[RowKind.SKIPPED])
    row = page.mapping.view.currentIndex().row()
    assert row == 60
    assert page.mapping.model.reason(row) == "合计行"
    tip = page.mapping.model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("跳过：合计行")


def test_what_is_remembered_can_be_seen_and_forgotten(qtbot, kit_with_table, messages):
    office = kit_with_table.hub.office
    plan = propose_import(office, read_text(TEXT), mappings=(SheetMapping("", 2, 2, FIELDS),))
    apply_import(office, plan, who="张三", now=NOW)
    dialog = MemoryDialog(kit_with_table, office)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()
    assert "要干的活＝任务" in dialog.list.item(0, 0).text()
    assert dialog.list.item(0, 2).text() == "2026年3月2日"
    assert not dialog.forget.isEnabled()
    dialog.list.selectRow(0)
    click(qtbot, dialog.forget)
    settle(qtbot, kit_with_table)
    assert list_remembered(office) == ()
    assert dialog.none.isVisible()
    assert messages.said == ["不再记住 1 个表头"]


def test_the_sheet_keeps_the_rules_of_qt(qtmodeltester):
    model = SheetModel()
    look = look_at(read_text(TEXT), mappings=(SheetMapping("", 2, 2, FIELDS),))
    model.show_sheet(look.sheets[0])
    model.show_shape(look.shapes[0], FIELDS)
    assert (model.rowCount(), model.columnCount()) == (4, 4)
    qtmodeltester.check(model)
    model.show_sheet(None)
    qtmodeltester.check(model)


def test_columns_that_are_not_shown_are_told_of_and_read(qtbot, kit_with_table, page):
    months = [f"{n}号点位进度" for n in range(1, 71)]
    head, row = "\t".join([*HEAD.split("\t"), *months]), ROWS[0] + "\t已勘察" * 70
    start(qtbot, kit_with_table, page, "\n".join(["东河镇工作一览", head, row]))
    assert "这里显示前 60 栏，后面 14 栏也照常读取" in page.mapping.said.text()
    assert page.mapping.model.columnCount() == 60


def test_a_sheet_of_few_columns_is_shown_whole(qtbot, kit_with_table, page):
    start(qtbot, kit_with_table, page, TEXT)
    assert "这里显示前" not in page.mapping.said.text()
