"""The ledger's columns, groups, pasted ranges and replaced words, through real widgets."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from tracker.domain.grouping import GroupKey
from tracker.ops.history import undo_step
from tracker.ops.saved_filters import list_filters
from tracker.ops.tasks import TaskWords, edit_task, list_tasks
from tracker.text.cells import cells_of
from tracker.ui.cells.dialogs import PasteDialog, ReplaceDialog
from tracker.ui.ledger.table import sorted_by
from tracker.ui.ledger.view import LedgerView
from tracker.ui.ledger.words import FROZEN, STANDARD, Column

EARLIER = datetime(2026, 1, 5, 9)


@pytest.fixture
def kit(kit_with_table):
    hub = kit_with_table.hub
    sections = ("城建", "产业", "城建", "")
    for task, section in zip(list_tasks(hub.office, hub.ledger), sections, strict=True):
        edit_task(hub.office, task.code, TaskWords(section=section), who="张三", now=EARLIER)
    return kit_with_table


def settle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)


def made(qtbot, kit, width=1000):
    view = LedgerView(kit)
    qtbot.addWidget(view)
    view.resize(width, 600)
    view.show()
    settle(qtbot, kit)
    return view


@pytest.fixture
def view(qtbot, kit):
    return made(qtbot, kit)


def numbers(view):
    """What the rows show: numbers of tasks, labels of headings."""
    rows = range(view.model.rowCount())
    return [g.label if (g := view.model.group(r)) else view.model.line(r).number for r in rows]


def entries(view):
    ids = view.model.tasks
    lines = [view.model.line(view.model.row_of(i)) for i in ids]
    return {line.number: line.entry_text for line in lines}


# Columns


def test_the_standard_columns_fill_the_width(view):
    shown = view.table.columns.shown()
    assert shown == STANDARD
    total = sum(view.table.columnWidth(column) for column in shown)
    assert total == view.table.viewport().width()


def test_a_column_is_shown_moved_and_remembered(view, kit, qtbot):
    columns = view.table.columns
    columns.show_only([Column.PERSONS, Column.ENTRY, Column.STATE, Column.PROBLEMS])
    wanted = (*FROZEN, Column.PERSONS, Column.ENTRY, Column.STATE, Column.PROBLEMS)
    assert columns.shown() == wanted
    view.table.horizontalHeader().resizeSection(Column.ENTRY, 321)
    again = made(qtbot, kit)
    assert again.table.columns.shown() == wanted
    assert again.table.columnWidth(Column.ENTRY) == 321


def test_light_number_and_task_stay_on_the_left(view):
    head = view.table.horizontalHeader()
    head.moveSection(head.visualIndex(Column.STATE), 0)
    assert view.table.columns.shown()[:4] == (*FROZEN, Column.STATE)


def test_the_menu_of_the_heading_ticks_what_is_shown(view):
    menu = view.table.columns.menu()
    ticked = {action.text() for action in menu.actions() if action.isChecked()}
    assert "本期落实情况" in ticked
    assert "存在问题" not in ticked
    next(a for a in menu.actions() if a.text() == "存在问题").trigger()
    assert Column.PROBLEMS in view.table.columns.shown()
    next(a for a in menu.actions() if a.text() == "恢复默认的列").trigger()
    assert view.table.columns.shown() == STANDARD


def test_number_and_task_stay_in_sight_when_scrolled_sideways(view, qtbot):
    view.resize(700, 500)
    view.table.columns.show_only(Column)
    bar = view.table.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert view.table._frozen.isHidden()
    bar.setValue(bar.maximum())
    frozen = view.table._frozen
    assert frozen.isVisible()
    assert frozen.width() == sum(view.table.columnWidth(column) for column in FROZEN)
    spot = frozen.visualRect(view.model.index(2, Column.TASK)).center()
    qtbot.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.table.chosen_rows() == [2]
    bar.setValue(0)
    assert frozen.isHidden()


@pytest.mark.parametrize(
    ("sort", "key", "more", "wanted"),
    [
        ((("position", False),), "unit", False, (("unit", False),)),
        ((("unit", False),), "unit", False, (("unit", True),)),
        ((("unit", True),), "unit", False, (("position", False),)),
        ((("position", False),), "position", False, (("position", True),)),
        ((("unit", False),), "deadline", False, (("deadline", False),)),
        ((("unit", False),), "deadline", True, (("unit", False), ("deadline", False))),
        (
            (("unit", False), ("deadline", False)),
            "deadline",
            True,
            (("unit", False), ("deadline", True)),
        ),
        ((("unit", False), ("deadline", True)), "deadline", True, (("unit", False),)),
        ((("unit", False), ("deadline", True)), "unit", False, (("unit", True),)),
    ],
)
def test_clicks_on_headings_sort(sort, key, more, wanted):
    assert sorted_by(sort, key, more=more) == wanted


# Groups


def test_tasks_stand_under_headings_that_fold(view, kit, qtbot):
    QAbstractItemModelTester(view.model, view)
    kit.hub.narrow(group=GroupKey.SECTION)
    settle(qtbot, kit)
    assert numbers(view) == ["城建", "1", "3", "产业", "2", "（未分类别）", "4"]
    view.fold(0)
    assert numbers(view) == ["城建", "产业", "2", "（未分类别）", "4"]
    assert view.bar.result.text() == "共 4 项"
    view.fold(0)
    assert numbers(view)[:3] == ["城建", "1", "3"]
    kit.hub.narrow(group=GroupKey.NONE)
    settle(qtbot, kit)
    assert numbers(view) == ["1", "2", "3", "4"]


def test_groups_chosen_in_the_bar_and_taken_away_again_show_every_task(view, kit, qtbot):
    for key in (GroupKey.STATE, GroupKey.NONE):
        view.bar.groups.setCurrentIndex(view.bar.groups.findData(key))
        view.bar.groups.activated.emit(view.bar.groups.currentIndex())
        settle(qtbot, kit)
        assert kit.hub.filter.group is key
    assert numbers(view) == ["1", "2", "3", "4"]


def test_a_heading_is_no_task(view, kit, qtbot):
    kit.hub.narrow(group=GroupKey.SECTION)
    settle(qtbot, kit)
    view.table.selectAll()
    assert len(view.chosen_ids()) == 4
    assert min(view.chosen_ids()) > 0
    view.table.take_row(2)
    view.next_task()
    assert view.model.line(view.table.currentIndex().row()).number == "2"
    spot = view.table.visualRect(view.model.index(0, Column.TASK)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert numbers(view)[:2] == ["城建", "产业"]
    assert not view.grab().isNull()


def test_a_filter_is_saved_and_taken_again(view, kit, qtbot, messages):
    kit.hub.narrow(text="校车", group=GroupKey.UNIT)
    messages.answers.append("校车的")
    view.bar.saved.save()
    settle(qtbot, kit)
    assert [name for name, _ in list_filters(kit.hub.office)] == ["校车的"]
    kit.hub.narrow(text="", group=GroupKey.NONE)
    menu = view.bar.saved.menu_of_filters()
    next(action for action in menu.actions() if action.text() == "校车的").trigger()
    assert (kit.hub.filter.text, kit.hub.filter.group) == ("校车", GroupKey.UNIT)


# Pasted ranges and replaced words


def paste(view, qtbot, kit, text, row=0, column=Column.ENTRY):
    view.table.take_row(row)
    view.table.setCurrentIndex(view.model.index(row, column))
    QGuiApplication.clipboard().setText(text)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, kit)


def dialog(view, kind):
    return next(child for child in view.window().findChildren(kind))


def test_one_pasted_cell_is_written_at_once(view, kit, qtbot):
    paste(view, qtbot, kit, "全部完工。")
    settle(qtbot, kit)
    assert entries(view)["1"] == "全部完工。"
    undo_step(kit.hub.office, who="张三", now=kit.hub.now)


def test_a_range_is_shown_before_it_is_written(view, kit, qtbot):
    before = entries(view)
    paste(view, qtbot, kit, "甲。\t已完成\n乙。\t已销号\n丙。\t滞后\n", row=1)
    shown = dialog(view, PasteDialog)
    assert entries(view) == before
    assert "改动 5 格；1 格写不进去" in shown.said.text()
    shown.list.model.turn([0])
    assert shown.save.text() == "写入 4 处"
    assert not shown.grab().isNull()
    shown.save.click()
    settle(qtbot, kit)
    after = entries(view)
    assert (after["2"], after["3"], after["4"]) == (before["2"], "乙。", "丙。")


def test_words_are_found_as_they_are_typed_and_replaced_where_ticked(view, kit, qtbot):
    view.replace_words()
    shown = dialog(view, ReplaceDialog)
    QAbstractItemModelTester(shown.list.model, shown)
    first, word = next((n, text[:2]) for n, text in entries(view).items() if len(text) > 4)
    qtbot.keyClicks(shown.instead, "X")
    shown.words.setText(word)
    qtbot.waitUntil(lambda: bool(shown.list.model.cells))
    settle(qtbot, kit)
    assert not shown.grab().isNull()
    before = entries(view)
    shown.save.click()
    settle(qtbot, kit)
    assert entries(view)[first] == before[first].replace(word, "X")


def test_nothing_is_replaced_while_other_words_are_shown(view, kit, qtbot):
    view.replace_words()
    shown = dialog(view, ReplaceDialog)
    before = entries(view)
    word = next(text[:2] for text in before.values() if len(text) > 4)
    shown.words.setText(word)
    qtbot.waitUntil(shown.save.isEnabled)
    shown.instead.setText("X")
    qtbot.keyClick(shown.instead, Qt.Key.Key_Return)
    shown.write()
    assert shown.isVisible()
    assert not shown.save.isEnabled()
    settle(qtbot, kit)
    assert entries(view) == before


def test_one_column_is_copied_and_can_be_pasted_again(view, kit, qtbot):
    view.table.selectAll()
    view._menu.copy_column(Column.ENTRY)
    copied = QGuiApplication.clipboard().text()
    assert cells_of(copied) == tuple((text,) for text in entries(view).values())
    view.table.setCurrentIndex(view.model.index(1, Column.ENTRY))
    names = [action.text() for action in view._menu.menu().actions()]
    assert "只复制“本期落实情况”" in names


def test_nothing_found_is_said(view, kit, qtbot):
    view.replace_words()
    shown = dialog(view, ReplaceDialog)
    shown.words.setText("没有这几个字")
    qtbot.waitUntil(lambda: shown.said.text() == "没有找到。")
    assert not shown.save.isEnabled()


@pytest.mark.parametrize("key", [GroupKey.NONE, GroupKey.SECTION])
@pytest.mark.parametrize("sizes", [(18,), (18, 13), (13, 18, 15)])
def test_rows_that_stay_in_sight_stand_beside_their_own_in_every_text_size(
    view, kit, qtbot, key, sizes
):
    kit.hub.narrow(group=key)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    table = view.table
    bar = table.horizontalScrollBar()
    table.columns.show_only(tuple(Column))
    for size in sizes:
        kit.theme.set_size(size)
        bar.setValue(bar.maximum() // 2)
        rows = range(len(view.model.ids))
        assert [table._frozen.rowHeight(r) for r in rows] == [table.rowHeight(r) for r in rows]
        heights = {table.rowHeight(r) for r in rows if view.model.group(r) is not None}
        assert heights <= {view._delegate.group_height}
        bar.setValue(0)
