"""The layout window: edited through its widgets, previewed as printed, kept, undone."""

from __future__ import annotations

import time
from dataclasses import replace

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QShortcut, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QWidget

from tests.conftest import NOW
from tracker.domain.layout import GroupBy, Paper
from tracker.ops.editions import close_round
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.layout_choice import standing_name
from tracker.ops.layouts import edit_layout, list_layouts, save_layout
from tracker.ops.ledgers import list_ledgers
from tracker.ops.reports import situation_pages
from tracker.ops.rounds import list_rounds
from tracker.ui.dialogs.preview import APPROVED, PreviewDialog
from tracker.ui.exports import Exports
from tracker.ui.layouts import preview_pane
from tracker.ui.layouts.column_model import ALIGN, HEADING, WIDTH, ColumnModel
from tracker.ui.layouts.desk import DraftDesk
from tracker.ui.layouts.window import LayoutWindow


class Window(QWidget):
    """What an export asks of the window."""

    def finish_editing(self):
        pass


@pytest.fixture(autouse=True)
def prompt(monkeypatch):
    """The preview follows at once, not 0.3 s later."""
    monkeypatch.setattr(preview_pane, "DELAY_MS", 0)


def settle(qtbot, window):
    qtbot.waitUntil(
        lambda: window.preview.is_settled and not window.kit.runner.is_busy, timeout=20000
    )


def opened(qtbot, kit, name=""):
    window = LayoutWindow(kit, name)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot deletes it
    qtbot.addWidget(window, before_close_func=lambda each: each.desk.open(each.desk.draft))
    window.show()
    qtbot.waitExposed(window)
    settle(qtbot, window)
    return window


@pytest.fixture
def window(qtbot, kit_with_table):
    return opened(qtbot, kit_with_table)


def texts(window):
    """Return all that stands on the pages in sight, without line ends."""
    return "".join("".join(box.lines) for page in window.preview.pages for box in page.boxes)


def fields(window):
    return [column.field for column in window.desk.draft.columns]


def typed(qtbot, window, row, place, text):
    """Edit a cell of the table of columns as the clerk does."""
    table = window.columns.table
    table.setFocus()
    table.go_to(row, place)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    kind = QLineEdit if place == HEADING else QDoubleSpinBox
    (editor, *_) = table.viewport().findChildren(kind)
    editor.selectAll()
    write(editor, text)
    entered(qtbot, window, editor)


def entered(qtbot, window, editor):
    """Leave a cell with Enter; Qt takes its text a moment later."""
    gone = []
    editor.destroyed.connect(lambda: gone.append(1))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(gone))


def write(field, text):
    """Put a text in where the cursor stands, as an input method does for Chinese."""
    if isinstance(field, QPlainTextEdit):
        field.insertPlainText(text)
    else:
        line = field if isinstance(field, QLineEdit) else field.lineEdit()
        line.insert(text)


def pressed(qtbot, window, keys):
    """Use a shortcut of the window."""
    found = [each for each in window.findChildren(QShortcut) if each.key().toString() == keys]
    found[0].activated.emit()


def saved_as(qtbot, window, messages, label):
    messages.answers = [label]
    window.save_as.click()
    settle(qtbot, window)


def printed(kit, path, layout=""):
    """Export through the menu's own door; return the rows of the sheet."""
    kit.messages.answers = [str(path)]
    Exports(Window(), kit).situation(layout)
    return path


def rows_of(path):
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


# What is shown


def test_the_preview_is_the_printed_page(qtbot, kit_with_table, window):
    hub = kit_with_table.hub
    pages = situation_pages(hub.office, hub.ledger, hub.round, hub.now, "standard")
    assert list(window.preview.pages) == list(pages)
    assert window.preview.said.text() == ""


def test_the_standing_layout_is_in_hand_and_marked(window):
    current = window.names.list.currentItem()
    assert current.text() == "标准落实情况表\n✓ 本专项默认"
    assert window.windowTitle() == "版式 — 标准落实情况表"
    window.save.click()
    assert window.told.text() == "没有改动，不用保存"
    assert not window.names.rename.isEnabled()
    assert not window.names.stand.isEnabled()


def test_without_tasks_an_invented_table_is_shown_and_called_so(qtbot, kit, office):
    kit.hub.show(office, None, None)
    window = opened(qtbot, kit)
    assert "编的例子" in window.preview.said.text()
    assert "老旧供水管网" in texts(window)
    window.columns.put_in("light")
    window.rows.legend.click()
    settle(qtbot, window)
    assert "余92天" in texts(window)
    assert "图例" in texts(window)


# Columns


def test_a_heading_is_typed_in_place_and_printed(qtbot, window):
    typed(qtbot, window, 3, HEADING, "进展情况")
    settle(qtbot, window)
    assert window.desk.draft.columns[3].heading == "进展情况"
    assert "进展情况" in texts(window)
    assert window.windowTitle().endswith("（有改动没有保存）")


def test_a_width_is_typed_and_what_is_too_wide_is_said_and_not_saved(qtbot, window):
    before = window.preview.pages
    typed(qtbot, window, 1, WIDTH, "100")
    assert window.desk.draft.columns[1].width_mm == 100
    assert "比纸面宽 38 毫米" in window.columns.complaint.text()
    assert "太宽" in window.columns.used.text()
    assert not window.save.isEnabled()
    assert "比纸面宽" in window.save.toolTip()
    settle(qtbot, window)
    assert window.preview.pages is before
    assert "停在改之前" in window.preview.said.text()
    window.columns.fit.click()
    assert window.columns.complaint.isHidden()
    assert 260 <= window.desk.draft.used_mm <= 261
    assert window.save.isEnabled()
    settle(qtbot, window)
    assert window.preview.pages is not before


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_keys_move_add_and_remove_columns(qtbot, window):
    table = window.columns.table
    table.go_to(1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert fields(window) == ["number", "units", "task", "progress"]
    assert table.row == 2
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert fields(window) == ["number", "units", "progress"]
    assert window.desk.draft.used_mm > 260
    qtbot.keyClick(table, Qt.Key.Key_Insert)
    offered = {action.text(): action for action in window.columns.menu.actions()}
    assert "落实情况" not in offered
    offered["完成时限"].trigger()
    window.columns.menu.close()
    assert fields(window) == ["number", "units", "progress", "deadline"]
    assert window.desk.draft.used_mm <= 261
    settle(qtbot, window)
    assert "完成时限" in texts(window)


def test_a_blank_column_is_named_at_once_and_may_stand_twice(qtbot, window):
    window.columns.put_in("extra.blank")
    (editor, *_) = window.columns.table.viewport().findChildren(QLineEdit)
    editor.selectAll()
    write(editor, "核查人")
    entered(qtbot, window, editor)
    window.columns.put_in("extra.blank")
    assert fields(window)[1:3] == ["extra.blank", "extra.blank.2"]
    settle(qtbot, window)
    assert "核查人" in texts(window)
    assert window.columns.complaint.isHidden()


def test_all_columns_may_go_but_none_cannot_be_saved(qtbot, window):
    window.columns.table.selectAll()
    window.columns.remove.click()
    assert fields(window) == []
    assert "一栏也没有" in window.columns.complaint.text()
    assert not window.save.isEnabled()
    window.columns.put_in("task")
    assert fields(window) == ["task"]
    assert window.columns.complaint.isHidden()


def test_a_dragged_row_is_a_moved_column(window):
    model = window.columns.table.columns
    data = model.mimeData([model.index(0, 0)])
    move = Qt.DropAction.MoveAction
    assert not model.dropMimeData(data, move, 4, 0, QModelIndex())  # nothing is left to remove
    assert fields(window) == ["task", "units", "progress", "number"]
    assert window.columns.table.row == 3
    data = model.mimeData([model.index(3, 0)])
    model.dropMimeData(data, move, -1, -1, model.index(1, 0))
    assert fields(window) == ["task", "number", "units", "progress"]
    assert not model.dropMimeData(QMimeData(), move, 0, 0, QModelIndex())


def test_the_model_keeps_what_qt_asks_of_models(qtbot, kit_with_table):
    desk = DraftDesk(edit_layout("standard"))
    model = ColumnModel(desk, kit_with_table)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.setData(model.index(0, HEADING), "号")
    assert model.setData(model.index(0, WIDTH), 20.0)
    assert model.setData(model.index(0, ALIGN), "left")
    assert not model.setData(model.index(0, ALIGN), "middle")
    desk.edit(replace(desk.draft, columns=desk.draft.columns[1:]))
    desk.undo()
    assert model.rowCount() == 4
    del tester


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_border_dragged_on_the_ruler_takes_from_the_next_column(qtbot, window):
    ruler = window.preview.ruler
    border = round(ruler.borders()[1])
    start, end = QPoint(border, 8), QPoint(border + 60, 8)
    qtbot.mousePress(ruler, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(ruler, end)
    qtbot.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=end)
    first, second, *_ = window.desk.draft.columns
    assert first.width_mm > 18
    assert first.width_mm + second.width_mm == pytest.approx(80)
    window.desk.undo()
    assert window.desk.draft.columns[0].width_mm == 18
    assert not window.desk.can_undo


# Paper, words, groups, fonts


def choose(choice, value):
    choice.setCurrentIndex(choice.place_of(value))


def test_paper_and_direction_take_the_columns_along(qtbot, window):
    choose(window.paper.paper, Paper.A3)
    choose(window.paper.direction, False)
    assert window.desk.draft.used_mm == pytest.approx(261, abs=1)
    choose(window.paper.direction, True)
    settle(qtbot, window)
    page = window.preview.pages[0]
    assert (round(page.width), round(page.height)) == (1191, 842)
    assert window.desk.draft.used_mm == pytest.approx(384, abs=1)


def test_margins_that_leave_no_room_are_said(window):
    window.paper.margins["top"].setValue(90)
    window.paper.margins["bottom"].setValue(90)
    assert "放不下表" in window.paper.complaint.text()
    assert not window.save.isEnabled()
    window.back.click()
    assert window.paper.complaint.isHidden()
    window.paper.margins["bottom"].setValue(8)
    assert "页码压在表上" in window.paper.complaint.text()
    choose(window.paper.footer, "")
    assert window.paper.complaint.isHidden()


def test_the_wheel_over_a_field_is_left_to_the_page(window):
    fields = (window.columns.table.viewport(), window.paper.margins["top"], window.paper.paper)
    for field in fields:
        before = window.desk.draft
        at = QPointF(field.rect().center())
        turned = QWheelEvent(
            at,
            QPointF(field.mapToGlobal(field.rect().center())),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, turned)
        assert window.desk.draft == before
        assert not turned.isAccepted()


def test_groups_in_merged_cells_bring_their_column_and_take_it_away(qtbot, window):
    choose(window.rows.group, GroupBy.UNIT)
    assert "group" not in fields(window)
    choose(window.rows.merged, True)
    assert fields(window)[0] == "group"
    assert window.desk.draft.columns[0].heading == "牵头单位"
    choose(window.rows.group, GroupBy.SECTION)
    assert window.desk.draft.columns[0].heading == "类别"
    settle(qtbot, window)
    assert window.preview.complaint.isHidden()
    choose(window.rows.group, GroupBy.NONE)
    assert "group" not in fields(window)
    assert window.desk.draft.used_mm <= 261


def test_words_with_places_are_filled_in_and_unknown_places_said(qtbot, window):
    words = window.words
    assert not words.title_text.isEnabled()
    words.as_report["title"].click()
    words.title_text.setFocus()
    words.title_text.end(False)
    write(words.title_text, "（第")
    words.chips["期"].click()
    write(words.title_text, "期）")
    settle(qtbot, window)
    assert "落实情况表（第1期）" in texts(window)
    write(words.title_text, "{县长}")
    assert "没有“{县长}”这个占位" in words.complaint.text()
    assert not window.save.isEnabled()
    words.as_report["title"].click()
    assert window.desk.draft.title is None
    assert words.complaint.isHidden()


def test_annex_meta_and_signature_are_printed_as_typed(qtbot, window):
    words = window.words
    words.as_report["annex"].click()
    words.annex.selectAll()
    write(words.annex, "附件3")
    words.as_report["meta"].click()
    words.meta.selectAll()
    write(words.meta, "共{项数}项")
    write(words.signature, "填表人：\n审核人：")
    settle(qtbot, window)
    assert window.desk.draft.signature == ("填表人：", "审核人：")
    for printed_words in ("附件3", "共4项", "填表人：", "审核人："):
        assert printed_words in texts(window)


def test_a_chip_pressed_where_the_report_speaks_takes_the_field_over(window):
    window.words.meta.setFocus()
    window.words._last = window.words.meta
    window.words.chips["日期"].click()
    assert "{日期}" in "".join(window.desk.draft.meta)
    assert not window.words.as_report["meta"].isChecked()


def test_fonts_and_sizes_are_chosen_by_name_and_missing_ones_named(qtbot, window):
    choose(window.fonts.fonts, next(s for s in window.fonts.sets if s.name == "gbk"))
    choose(window.fonts.sizes["body"], 14.0)
    assert window.fonts.sizes["body"].currentText().startswith("四号")
    settle(qtbot, window)
    box = next(b for p in window.preview.pages for b in p.boxes if b.font == "方正仿宋_GBK")
    assert box.size == 14
    assert "方正仿宋_GBK" in window.fonts.missing.text()


def test_the_page_number_can_be_left_out(qtbot, window):
    choose(window.paper.footer, "")
    settle(qtbot, window)
    assert "第 1 页" not in texts(window)
    choose(window.paper.footer, "— &P —")
    settle(qtbot, window)
    assert "— 1 —" in texts(window)


# Undo


def test_every_edit_can_be_taken_back_letters_together(qtbot, window):
    words = window.words
    write(words.signature, "填表人：")
    words.title_text.setFocus()
    window.columns.table.go_to(1)
    window.columns.remove.click()
    choose(window.paper.paper, Paper.B4)
    first = edit_layout("standard")
    for _ in range(3):
        pressed(qtbot, window, "Ctrl+Z")
    assert window.desk.draft == first
    assert words.signature.toPlainText() == ""
    assert not window.back.isEnabled()
    assert not window.desk.is_dirty
    for _ in range(3):
        window.again.click()
    assert window.desk.draft.paper is Paper.B4
    assert fields(window) == ["number", "units", "progress"]
    assert words.signature.toPlainText() == "填表人："


def test_ctrl_z_in_a_field_is_the_windows(qtbot, window):
    window.words.as_report["annex"].click()
    window.activateWindow()
    window.words.annex.setFocus()
    write(window.words.annex, "之一")
    qtbot.keyClick(window.words.annex, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.words.annex.text() == "附件"
    qtbot.keyClick(window.words.annex, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.draft.annex is None


# Keeping


def test_a_changed_one_of_the_program_is_kept_under_a_name_reopened_and_printed(
    qtbot, kit_with_table, window, messages, tmp_path
):
    typed(qtbot, window, 3, HEADING, "进展情况")
    window.columns.table.go_to(0)
    window.columns.put_in("deadline")
    messages.answers = ["常务会用"]
    window.save.click()
    settle(qtbot, window)
    assert messages.asked[-1] == "另存版式"
    assert window.desk.draft.name == "常务会用"
    assert not window.desk.is_dirty
    assert window.told.text() == "已保存版式“常务会用”"
    assert window.names.list.currentItem().text() == "常务会用"
    again = opened(qtbot, kit_with_table, "常务会用")
    assert again.desk.draft == edit_layout("常务会用", kit_with_table.hub.office)
    assert [c.heading for c in again.desk.draft.columns][1] == "完成时限"
    again.reject()
    path = printed(kit_with_table, tmp_path / "表.xlsx", "常务会用")
    settle(qtbot, window)
    head = next(row for row in rows_of(path) if row[0] == "序号")
    assert head == ["序号", "完成时限", "具体目标任务", "牵头责任单位", "进展情况"]


def test_an_own_one_is_saved_in_place_and_goes_on_being_undone(qtbot, window, messages):
    saved_as(qtbot, window, messages, "甲")
    choose(window.paper.paper, Paper.A3)
    pressed(qtbot, window, "Ctrl+S")
    settle(qtbot, window)
    assert edit_layout("甲", window.kit.hub.office).paper is Paper.A3
    window.back.click()
    assert window.desk.draft.paper is Paper.A4
    assert window.desk.is_dirty


def test_what_is_being_typed_is_saved_too(qtbot, window, messages):
    saved_as(qtbot, window, messages, "甲")
    table = window.columns.table
    table.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    (line, *_) = table.viewport().findChildren(QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "No. ")
    assert window.desk.draft.columns[0].heading == "No."
    assert line.text() == "No. "
    pressed(qtbot, window, "Ctrl+S")
    settle(qtbot, window)
    spin = window.paper.margins["top"]
    spin.setFocus()
    spin.lineEdit().selectAll()
    qtbot.keyClicks(spin.lineEdit(), "25")
    pressed(qtbot, window, "Ctrl+S")
    settle(qtbot, window)
    kept = edit_layout("甲", window.kit.hub.office)
    assert kept.columns[0].heading == "No."
    assert kept.margins_mm["top"] == 25


def test_a_name_of_the_program_is_refused_and_an_own_one_asked_about(qtbot, window, messages):
    saved_as(qtbot, window, messages, "standard")
    assert "是程序自带的版式" in messages.problems[-1]
    saved_as(qtbot, window, messages, "甲")
    window.open_layout("portrait")
    messages.answers = ["甲", False]
    window.save_as.click()
    settle(qtbot, window)
    assert "已有本单位的版式“甲”" in messages.asked[-1]
    assert edit_layout("甲", window.kit.hub.office).landscape


def test_copy_rename_make_default_and_remove_with_undo(qtbot, kit_with_table, window, messages):
    hub = kit_with_table.hub
    window.open_layout("portrait")
    messages.answers = ["竖表"]
    window.names.new.click()
    settle(qtbot, window)
    assert window.desk.draft.label == "竖表"
    assert not window.desk.draft.landscape
    window.names.stand.click()
    settle(qtbot, window)
    assert standing_name(hub.office, hub.ledger) == "竖表"
    assert window.names.list.currentItem().text() == "竖表\n✓ 本专项默认"
    messages.answers = ["竖表二"]
    window.names.rename.click()
    settle(qtbot, window)
    assert standing_name(hub.office, hub.ledger) == "竖表二"
    assert window.names.list.currentItem().text() == "竖表二\n✓ 本专项默认"
    window.names.remove.click()
    settle(qtbot, window)
    assert standing_name(hub.office, hub.ledger) == "standard"
    assert window.desk.draft.name == "standard"
    assert window.undo_told.isVisible()
    window.undo_told.click()
    settle(qtbot, window)
    assert window.desk.draft.name == "竖表二"
    assert standing_name(hub.office, hub.ledger) == "竖表二"


def test_a_removal_followed_by_other_steps_is_not_taken_back_alone(qtbot, window, messages):
    saved_as(qtbot, window, messages, "甲")
    window.names.remove.click()
    settle(qtbot, window)
    hub = window.kit.hub
    other = replace(edit_layout("standard"), label="乙")
    save_layout(hub.office, other, who="李四", now=NOW)
    window.undo_told.click()
    settle(qtbot, window)
    assert "不能只撤销这次删除" in messages.problems[-1]
    assert "甲" not in {each.name for each in list_layouts(hub.office)}


def test_an_edited_layout_made_the_default_is_saved_first(qtbot, window, messages):
    choose(window.paper.paper, Paper.A3)
    window.names.stand.setEnabled(True)
    messages.answers = ["大表"]
    window.keeping.stand()
    settle(qtbot, window)
    hub = window.kit.hub
    assert standing_name(hub.office, hub.ledger) == "大表"


def test_a_shared_file_is_taken_by_another_name_and_is_the_same(qtbot, window, messages, tmp_path):
    typed(qtbot, window, 0, HEADING, "编号")
    saved_as(qtbot, window, messages, "给邻县")
    messages.answers = [str(tmp_path / "给邻县")]
    window.names.give.click()
    settle(qtbot, window)
    assert (tmp_path / "给邻县.toml").is_file()
    messages.answers = [str(tmp_path / "给邻县.toml"), "邻县来的"]
    window.names.take.click()
    settle(qtbot, window)
    assert window.desk.draft.name == "邻县来的"
    assert window.desk.draft.columns == edit_layout("给邻县", window.kit.hub.office).columns
    (tmp_path / "坏.toml").write_text("label = ", encoding="utf-8")
    messages.answers = [str(tmp_path / "坏.toml")]
    window.names.take.click()
    assert "写法有误" in messages.problems[-1]


# Leaving


def test_unsaved_edits_are_asked_about_before_another_layout_and_before_closing(
    qtbot, window, messages
):
    choose(window.paper.paper, Paper.A3)
    messages.answers = [None]
    row = next(
        n
        for n in range(window.names.list.count())
        if window.names.list.item(n).text() == "落实情况表（A4纵向）"
    )
    window.names.list.setCurrentRow(row)
    assert window.desk.draft.name == "standard"
    assert window.names.list.currentItem().text().startswith("标准")
    messages.answers = [None]
    window.reject()
    assert window.isVisible()
    messages.answers = [1, "存下的"]
    window.reject()
    qtbot.waitUntil(lambda: not window.kit.runner.is_busy)
    assert "存下的" in {each.name for each in list_layouts(window.kit.hub.office)}
    assert not window.isVisible()


def test_what_cannot_be_printed_is_not_offered_to_be_saved_on_leaving(window, messages):
    window.columns.table.selectAll()
    window.columns.remove.click()
    messages.answers = [0]
    window.reject()
    assert not window.isVisible()


# The print preview


@pytest.fixture
def preview(qtbot, kit_with_table):
    def open_it():
        home = Window()
        qtbot.addWidget(home)
        Exports(home, kit_with_table).preview()
        dialog = home.findChild(PreviewDialog)
        qtbot.waitUntil(lambda: bool(dialog.pages), timeout=20000)
        dialog.home = home
        return dialog

    return open_it


def test_the_print_preview_opens_the_window_and_comes_back_with_the_new_layout(
    qtbot, kit_with_table, preview, messages, tmp_path
):
    dialog = preview()
    dialog.edit.click()
    window = dialog.findChild(LayoutWindow)
    settle(qtbot, window)
    typed(qtbot, window, 3, HEADING, "本期进展")
    saved_as(qtbot, window, messages, "预览用")
    with qtbot.waitSignal(dialog.shown, timeout=20000):
        window.reject()
    assert dialog.layouts.currentText() == "预览用"
    assert any("本期进展" in box.lines for box in dialog.pages[0].boxes)
    messages.answers = [str(tmp_path / "表.xlsx")]
    dialog.export.click()
    qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy, timeout=20000)
    assert any("本期进展" in row for row in rows_of(tmp_path / "表.xlsx"))


def test_the_print_preview_begins_with_the_standing_layout_or_the_approved_one(
    qtbot, kit_with_table, preview
):
    hub = kit_with_table.hub
    window = opened(qtbot, kit_with_table, "portrait")
    window.names.stand.click()
    settle(qtbot, window)
    window.reject()
    dialog = preview()
    assert dialog.layouts.currentData() == "portrait"
    assert dialog.pages[0].height > dialog.pages[0].width
    close_round(hub.office, hub.ledger, hub.round, who="张三", now=NOW)
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])
    window = opened(qtbot, kit_with_table, "detailed")
    window.names.stand.click()
    settle(qtbot, window)
    window.reject()
    dialog = preview()
    assert dialog.layouts.currentData() == APPROVED
    assert dialog.layouts.currentText() == "定稿时的版式（落实情况表（A4纵向））"
    assert dialog.pages[0].height > dialog.pages[0].width


# Looks


def test_the_preview_zooms_and_the_ruler_stands_over_the_page(qtbot, window):
    window.resize(1300, 700)
    settle(qtbot, window)
    narrow = window.preview.view.width()
    for _ in range(2):
        pressed(qtbot, window, "Ctrl++")
    assert window.preview.zoom.currentText() == "100%"
    assert window.preview.view.width() > narrow
    page = window.preview.pages[0]
    wide = window.preview.ruler.borders()
    across = (wide[-1] - wide[0]) / (window.preview.view.width() * 0.96)
    assert across == pytest.approx(261 / 297, abs=0.01)
    window.preview.zoom.setCurrentIndex(1)
    assert window.preview.view.height() <= window.preview.area.viewport().height() + 4
    assert page.width > page.height


def test_the_window_repaints_in_dark_and_in_large_type(qtbot, kit_with_table, window):
    kit_with_table.theme.set_dark(True)
    kit_with_table.theme.set_size(18)
    settle(qtbot, window)
    assert not window.grab().isNull()
    table = window.columns.table
    qtbot.waitUntil(lambda: table.height() >= table.sizeHint().height())
    kit_with_table.theme.set_size(13)
    kit_with_table.theme.set_dark(False)


# Templates


@pytest.fixture
def own_table(tmp_path):
    """A table as an office keeps it: title, heading, two old rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["重点工作推进台账"])
    sheet.merge_cells("A1:E1")
    sheet.append(["序号", "工作任务", "责任单位", "进展情况", "核查人"])
    sheet.append([1, "旧任务", "旧单位", "旧进展", "甲"])
    sheet.append([2, "旧任务二", "旧单位", "旧进展", "乙"])
    for letter, width in zip("ABCDE", (6, 40, 20, 60, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    path = tmp_path / "常务会表.xlsx"
    book.save(path)
    return path


def with_template(qtbot, window, messages, path):
    messages.answers = [str(path), "常务会表"]
    window.names.template.click()
    settle(qtbot, window)


def test_a_workbook_of_the_office_becomes_a_template_and_is_previewed(
    qtbot, window, messages, own_table, tmp_path
):
    with_template(qtbot, window, messages, own_table)
    assert messages.problems == []
    assert window.name == "模板:常务会表"
    assert window.names.list.currentItem().text() == "常务会表"
    assert window.middle.currentWidget() is window.template_page
    assert not window.save_as.isEnabled()
    assert not window.names.rename.isEnabled()
    assert window.preview.complaint.isHidden()
    assert "重点工作推进台账" in texts(window)
    assert "步道基础已完成" in texts(window)
    assert "旧任务" not in texts(window)
    messages.answers = [str(tmp_path / "原表")]
    window.template_page.give.click()
    settle(qtbot, window)
    assert (tmp_path / "原表.xlsx").read_bytes() == own_table.read_bytes()


def test_what_goes_into_a_column_of_a_template_is_chosen(qtbot, window, messages, own_table):
    with_template(qtbot, window, messages, own_table)
    choice = window.template_page.choices["E"]
    assert choice.currentText() == "（空着）"
    choose(choice, "light")
    settle(qtbot, window)
    assert window.template_page.choices["E"].currentText() == "亮灯"
    assert any(shape in texts(window) for shape in "●◐○✓")


def test_a_template_is_removed_and_brought_back(qtbot, window, messages, own_table):
    with_template(qtbot, window, messages, own_table)
    window.names.remove.click()
    settle(qtbot, window)
    assert window.name == "standard"
    assert window.middle.currentIndex() == 0
    window.undo_told.click()
    settle(qtbot, window)
    assert window.name == "模板:常务会表"


def test_the_print_preview_offers_templates_and_exports_in_them(
    qtbot, kit_with_table, window, preview, messages, own_table, tmp_path
):
    with_template(qtbot, window, messages, own_table)
    window.reject()
    dialog = preview()
    with qtbot.waitSignal(dialog.shown, timeout=20000):
        dialog.layouts.setCurrentIndex(dialog.layouts.findText("模板：常务会表"))
    messages.answers = [str(tmp_path / "填好.xlsx")]
    dialog.export.click()
    qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy, timeout=20000)
    rows = rows_of(tmp_path / "填好.xlsx")
    assert rows[0][0] == "重点工作推进台账"
    assert rows[2][1] != "旧任务"
    dialog.edit.click()
    editor = dialog.findChild(LayoutWindow)
    settle(qtbot, editor)
    assert editor.template.name == "常务会表"
    editor.reject()
    qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy, timeout=20000)
    assert dialog.layouts.currentText() == "模板：常务会表"


def test_a_file_that_can_be_no_template_is_refused_in_words(qtbot, window, messages, tmp_path):
    (tmp_path / "假.xlsx").write_text("不是表", encoding="utf-8")
    messages.answers = [str(tmp_path / "假.xlsx"), "假"]
    window.names.template.click()
    settle(qtbot, window)
    assert "不能作模板" in messages.problems[-1]
    assert window.name == "standard"


@pytest.mark.parametrize("label", ["模板:甲", "表.xlsx", "表.toml"])
def test_a_name_that_would_be_taken_for_a_file_is_refused(qtbot, window, messages, label):
    messages.answers = [label]
    window.save_as.click()
    assert "这个名称不能用" in messages.problems[-1]
    assert not any(each.own for each in list_layouts(window.kit.hub.office))


# Speed


@pytest.mark.long
def test_no_edit_holds_the_window_up_with_three_thousand_rows(qtbot, kit, office):
    lines = ["重点任务落实情况表", "序号\t具体目标任务\t牵头责任单位\t落实情况"]
    lines += [
        f"{n}\t第{n}号标段道路硬化。\t县交通局\t已完成招标。{'管网同步推进。' * (n % 6)}"
        for n in range(1, 3001)
    ]
    apply_import(office, propose_import(office, read_text("\n".join(lines))), who="张三", now=NOW)
    (ledger,) = list_ledgers(office)
    kit.hub.show(office, ledger, list_rounds(office, ledger)[-1])
    window = opened(qtbot, kit)
    slow = []
    for edit in (
        lambda: window.columns.put_in("light"),
        lambda: choose(window.paper.paper, Paper.A3),
        lambda: choose(window.rows.group, GroupBy.UNIT),
        lambda: choose(window.rows.merged, True),
        lambda: window.rows.marks.click(),
        lambda: write(window.words.signature, "填表人："),
    ):
        begun = time.thread_time()
        edit()
        slow.append(time.thread_time() - begun)
        settle(qtbot, window)
    assert len(window.preview.pages) > 100
    assert max(slow) < 0.1, slow
