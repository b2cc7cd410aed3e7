"""The ledger view through real widgets: filter, sort, edit in place, several rows, copying."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from tests.conftest import NOW
from tracker.base.errors import UserError
from tracker.domain.terms import Completion
from tracker.ops.browse import find_tasks, task_lines
from tracker.ops.entries import EntryWords, list_entries, write_entry
from tracker.ops.history import list_steps, undo_step
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.tasks import TaskWords, edit_task, list_tasks, new_task
from tracker.store.models import Setting
from tracker.ui.dialogs.merge import MergeDialog
from tracker.ui.ledger.editors import reading_of
from tracker.ui.ledger.model import PAGE
from tracker.ui.ledger.view import LedgerView
from tracker.ui.ledger.words import HEADINGS, Column, cell_text, closing_words, state_choices

EARLIER = datetime(2026, 1, 5, 9)
PAST, SOON, FAR = "2026年2月20日前", "2026-03-04", "2026年10月底前"


_OVER = (Completion.DONE, Completion.EXCLUDED, Completion.DONE)

opens_a_list = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The offscreen plugin can neither raise windows nor grab the keyboard, and says so."""


@pytest.fixture
def kit(kit_with_table):
    """The office of four tasks: late, soon, far and without a deadline, in two sections."""
    hub = kit_with_table.hub
    tasks = list_tasks(hub.office, hub.ledger)
    words = (
        TaskWords(deadline=PAST, section="城建"),
        TaskWords(deadline=SOON, section="产业"),
        TaskWords(deadline=FAR, section="城建"),
        TaskWords(deadline="", section="产业"),
    )
    for task, typed in zip(tasks, words, strict=True):
        edit_task(hub.office, task.code, typed, who="张三", now=EARLIER)
    return kit_with_table


def settle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)


def come_to_rest(qtbot, view):
    """Let every layout be done that was asked for; one may ask for the next."""

    def rests():
        QApplication.sendPostedEvents()
        return view.bar.height() == view.bar.sizeHint().height() and view.table.y() >= (
            view.bar.geometry().bottom()
        )

    qtbot.waitUntil(rests)


@pytest.fixture
def view(qtbot, kit):
    made = LedgerView(kit)
    qtbot.addWidget(made)
    made.resize(820, 600)
    made.show()
    settle(qtbot, kit)
    return made


def shown(view):
    return [view.model.line(row).number for row in range(view.model.rowCount())]


def line_of(view, number):
    return next(x for x in lines(view) if x.number == number)


def lines(view):
    return view.model.lines(range(view.model.rowCount()))


def stored_entry(kit, number):
    hub = kit.hub
    (task,) = [t for t in list_tasks(hub.office, hub.ledger) if t.number == number]
    return list_entries(hub.office, hub.ledger, hub.round.number)[task.id]


def click(qtbot, view, row, column, *, double=False, keys=Qt.KeyboardModifier.NoModifier):
    spot = view.table.visualRect(view.model.index(row, column)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, keys, spot)
    if double:
        qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, keys, spot)


def commit(field, words):
    """Type as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


def edit_entry(view, row):
    view.edit(view.model.index(row, Column.ENTRY))
    return view.table.editor


# The model


def test_the_model_keeps_qts_rules(view, kit, qtbot):
    QAbstractItemModelTester(
        view.model, QAbstractItemModelTester.FailureReportingMode.Fatal, view.model
    )
    kit.hub.narrow(text="工")
    settle(qtbot, kit)
    kit.hub.narrow(text="")
    settle(qtbot, kit)
    assert view.model.rowCount() == 4


def test_only_the_pages_looked_at_are_read(view, kit, monkeypatch):
    asked = []

    def counting(office, ids, round_id, today):
        asked.append(len(ids))
        return task_lines(office, ids, round_id, today)

    monkeypatch.setattr("tracker.ui.ledger.model.task_lines", counting)
    view.model.set_ids(list(view.model.ids) + list(range(1000, 3000)))
    assert view.model.line(0).number == "1"
    assert view.model.line(1).number == "2"
    assert view.model.line(1500) is None
    assert asked == [PAGE, PAGE]


def test_a_page_that_cannot_be_read_is_told_once(view, kit, messages, qtbot, monkeypatch):
    def broken(*arguments):
        raise UserError("文件被占用")

    monkeypatch.setattr("tracker.ui.ledger.model.task_lines", broken)
    view.model.refresh()
    assert [view.model.line(row) for row in range(4)] == [None] * 4
    qtbot.waitUntil(lambda: bool(messages.problems))
    assert messages.problems == ["文件被占用"]


@pytest.mark.parametrize("size", [13, 15, 18])
@pytest.mark.parametrize("dark", [False, True])
def test_every_cell_paints_in_every_look(view, kit, size, dark):
    kit.theme.set_size(size)
    kit.theme.set_dark(dark)
    assert not view.grab().isNull()
    assert view.table.rowHeight(0) > 2 * size
    total = sum(view.table.columnWidth(column) for column in Column)
    assert total == view.table.viewport().width()


def test_cells_speak_in_words(view):
    texts = [view.model.index(0, column).data() for column in Column]
    assert len(texts) == len(HEADINGS)
    assert texts[Column.LIGHT] == "逾期10天"
    assert texts[Column.UNITS].startswith("牵头单位：")
    assert texts[Column.DEADLINE] == "2月20日，逾期10天"
    tip = view.model.index(0, Column.DEADLINE).data(Qt.ItemDataRole.ToolTipRole)
    assert PAST in tip
    assert "规则" in tip


# Filter and order


def test_a_text_narrows_the_list(view, kit, qtbot):
    kit.hub.narrow(text="校车")
    settle(qtbot, kit)
    assert shown(view) == ["4"]
    assert view.bar.result.text() == "4 项中的 1 项"
    view.bar.clear.click()
    settle(qtbot, kit)
    assert shown(view) == ["1", "2", "3", "4"]
    assert kit.hub.filter.text == ""
    assert view.bar.result.text() == "共 4 项"


def test_a_light_narrows_the_list_and_says_how_many_it_has(view, kit, qtbot):
    red = view.bar.lamps["red"]
    assert red.text() == "逾期 1"
    red.click()
    settle(qtbot, kit)
    assert shown(view) == ["1"]
    view.bar.lamps["amber"].click()
    settle(qtbot, kit)
    assert shown(view) == ["1", "2"]
    red.click()
    view.bar.lamps["amber"].click()
    settle(qtbot, kit)
    assert len(shown(view)) == 4


def test_a_section_and_a_unit_narrow_the_list(view, kit, qtbot):
    sections = view.bar.sections
    row = next(r for r in range(sections.count()) if sections.itemData(r) == "产业")
    sections.setCurrentIndex(row)
    sections.activated.emit(row)
    settle(qtbot, kit)
    assert shown(view) == ["2", "4"]
    units = view.bar.units
    row = next(r for r in range(units.count()) if units.itemText(r).startswith("县教育局"))
    units.setCurrentIndex(row)
    units.activated.emit(row)
    settle(qtbot, kit)
    assert shown(view) == ["4"]


def test_what_others_filter_by_is_shown_and_can_be_taken_away(view, kit, qtbot):
    kit.hub.narrow(completion=frozenset({Completion.DONE}))
    settle(qtbot, kit)
    assert shown(view) == []
    assert "已完成" in view.bar.chosen.text()
    assert view.findChild(type(view._empty)).what.text() == "没有符合条件的任务"
    view.bar.chosen.click()
    settle(qtbot, kit)
    assert len(shown(view)) == 4


def test_a_heading_sorts_up_then_down_then_as_printed(view, kit, qtbot):
    head = view.table.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(Column.DEADLINE) + 10, head.height() // 2)
    orders = []
    for _ in range(3):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        settle(qtbot, kit)
        orders.append(shown(view))
    assert orders == [["1", "2", "3", "4"], ["3", "2", "1", "4"], ["1", "2", "3", "4"]]
    assert kit.hub.filter.sort == (("position", False),)


def test_an_empty_ledger_says_what_to_do(view, kit, qtbot):
    hub = kit.hub
    new_ledger(hub.office, "新专项", who="张三", now=NOW)
    hub.show(hub.office, choose_ledger(hub.office, "新专项"), None)
    settle(qtbot, kit)
    assert view._empty.isVisible()
    assert "Ctrl+N" in view._empty.next.text()
    assert hub.code == ""
    hub.show(None, None, None)
    assert view.model.rowCount() == 0


def test_the_lights_are_those_of_the_offices_rules(view, kit, qtbot):
    with kit.hub.office.change("换亮灯规则", "张三", NOW) as work:
        work.add(Setting(key="light_rules", value="五级预警"))
    kit.hub.opened.emit()
    settle(qtbot, kit)
    assert [lamp.light.word for lamp in view.bar.lamps.values()][:2] == ["严重逾期", "逾期"]
    assert not view.grab().isNull()


# Selection


def test_the_first_task_is_taken_in_hand_and_the_keys_move_on(view, kit, qtbot):
    codes = [line.code for line in lines(view)]
    assert kit.hub.code == codes[0]
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert kit.hub.code == codes[1]
    qtbot.keyClick(view.table, Qt.Key.Key_F3)
    assert kit.hub.code == codes[2]
    view.next_task()
    view.next_task()
    assert kit.hub.code == codes[3]
    assert kit.messages.said[-1] == "已是最后一条"


def test_a_task_taken_in_hand_elsewhere_is_selected_here(view, kit, qtbot):
    kit.hub.select(lines(view)[2].code)
    assert view.table.chosen_rows() == [2]
    kit.hub.narrow(text="校车")
    settle(qtbot, kit)
    assert view.table.chosen_rows() == []
    kit.hub.narrow(text="")
    settle(qtbot, kit)
    assert view.table.chosen_rows() == [2]


def test_selection_and_place_survive_a_change_made_elsewhere(view, kit, qtbot):
    hub = kit.hub
    for place in range(60):
        new_task(hub.office, hub.ledger, TaskWords(text=f"补充任务{place}。"), who="李", now=NOW)
    hub.opened.emit()
    settle(qtbot, kit)
    kit.hub.select(lines(view)[40].code)
    bar = view.table.verticalScrollBar()
    before = bar.value()
    assert before > 0
    code = lines(view)[0].code
    kit.runner.write(
        "改",
        lambda _: edit_task(hub.office, code, TaskWords(text="改过。"), who="李", now=NOW),
    )
    settle(qtbot, kit)
    assert view.table.chosen_rows() == [40]
    assert bar.value() == before
    assert view.model.line(0).text == "改过。"


# Editing in place


def test_an_entry_is_edited_stored_and_taken_back(view, kit, qtbot):
    old = stored_entry(kit, "1").text
    click(qtbot, view, 0, Column.ENTRY, double=True)
    editor = view.table.editor
    assert editor.text() == old
    editor.field.selectAll()
    commit(editor.field, "步道已贯通。")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    commit(editor.field, "正在安装路灯。")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.table.editor is None
    assert view.model.line(0).entry_text == "步道已贯通。\n正在安装路灯。"
    settle(qtbot, kit)
    assert stored_entry(kit, "1").text == "步道已贯通。\n正在安装路灯。"
    hub = kit.hub
    kit.runner.write("撤销", lambda _: undo_step(hub.office, who="张三", now=NOW))
    settle(qtbot, kit)
    assert view.model.line(0).entry_text == old


def test_escape_leaves_what_is_stored(view, kit, qtbot):
    steps = len(list_steps(kit.hub.office))
    editor = edit_entry(view, 0)
    commit(editor.field, "多打的字")
    qtbot.keyClick(editor.field, Qt.Key.Key_Escape)
    settle(qtbot, kit)
    assert view.table.editor is None
    assert len(list_steps(kit.hub.office)) == steps


def test_enter_edits_and_f3_saves_and_goes_on(view, kit, qtbot):
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    editor = view.table.editor
    editor.set_text("第一条已填。")
    qtbot.keyClick(editor.field, Qt.Key.Key_F3)
    assert view.table.editor is not editor
    assert view.table.editor.code == lines(view)[1].code
    view.table.editor.cancel()
    settle(qtbot, kit)
    assert stored_entry(kit, "1").text == "第一条已填。"


def test_leaving_the_editor_saves(view, kit, qtbot):
    edit_entry(view, 2).set_text("离开即存。")
    view.bar.units.setFocus()
    settle(qtbot, kit)
    assert stored_entry(kit, "3").text == "离开即存。"


@pytest.mark.parametrize("leave", ["close", "hide", "finish_editing"])
def test_a_window_closed_in_the_middle_of_editing_has_saved(view, kit, qtbot, leave):
    edit_entry(view, 1).set_text("关窗前的话。")
    getattr(view, leave)()
    kit.runner.finish()
    assert stored_entry(kit, "2").text == "关窗前的话。"


def test_an_entry_left_as_it_was_writes_nothing(view, kit, qtbot):
    steps = len(list_steps(kit.hub.office))
    edit_entry(view, 0)
    view.finish_editing()
    settle(qtbot, kit)
    assert len(list_steps(kit.hub.office)) == steps


def test_a_refused_entry_shows_the_old_words_and_keeps_the_typed_ones(
    view, kit, qtbot, messages, monkeypatch
):
    def refuse(*arguments, **words):
        raise UserError("第1期已定稿")

    old = view.model.line(0).entry_text
    monkeypatch.setattr("tracker.ui.ledger.writing.write_entry", refuse)
    edit_entry(view, 0).set_text("写不进去的话。")
    view.finish_editing()
    assert view.model.line(0).entry_text == "写不进去的话。"
    settle(qtbot, kit)
    assert view.model.line(0).entry_text == old
    assert messages.problems == ["第1期已定稿"]
    monkeypatch.undo()
    assert edit_entry(view, 0).text() == "写不进去的话。"
    view.finish_editing()
    settle(qtbot, kit)
    assert stored_entry(kit, "1").text == "写不进去的话。"


def test_without_a_round_an_entry_says_what_to_do(view, kit, qtbot, messages):
    hub = kit.hub
    hub.show(hub.office, hub.ledger, None)
    settle(qtbot, kit)
    edit_entry(view, 0).set_text("没有轮次。")
    view.finish_editing()
    settle(qtbot, kit)
    assert "轮次" in messages.problems[0]
    assert "新开一期" in messages.problems[0]


def test_a_row_edited_here_stays_in_sight_though_the_filter_drops_it(view, kit, qtbot):
    hub = kit.hub
    write_entry(hub.office, lines(view)[3].code, EntryWords(progress=""), who="张三", now=NOW)
    kit.hub.narrow(show="no_entry")
    settle(qtbot, kit)
    assert shown(view) == ["4"]
    edit_entry(view, 0).set_text("已补上。")
    view.finish_editing()
    settle(qtbot, kit)
    assert shown(view) == ["4"]
    assert view.model.line(0).entry_text == "已补上。"


@opens_a_list
def test_a_state_is_chosen_from_the_offices_words(view, kit, qtbot):
    view.edit(view.model.index(0, Column.STATE))
    editor = view.table.editor
    editor.field.hidePopup()
    offered = [editor.field.itemText(n) for n in range(editor.field.count())]
    assert set(state_choices()) <= set(offered)
    assert not closing_words() & set(offered)
    row = offered.index("滞后")
    editor.field.setCurrentIndex(row)
    editor.field.activated.emit(row)
    settle(qtbot, kit)
    assert stored_entry(kit, "1").state_text == "滞后"
    assert view.model.line(0).entry_state == "滞后"


@opens_a_list
def test_a_state_that_means_closing_is_refused(view, kit, qtbot, messages):
    view.edit(view.model.index(0, Column.STATE))
    view.table.editor.set_text("已销号")
    view.finish_editing()
    settle(qtbot, kit)
    assert "销号" in messages.problems[0]
    assert stored_entry(kit, "1").state_text != "已销号"


def test_a_deadline_shows_how_it_is_read_and_is_stored(view, kit, qtbot):
    click(qtbot, view, 0, Column.DEADLINE, double=True)
    editor = view.table.editor
    assert editor.text() == PAST
    editor.field.selectAll()
    commit(editor.field, "9月底前")
    assert editor.reading() == "读作：2026年9月30日"
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    settle(qtbot, kit)
    assert view.model.line(0).deadline.date == date(2026, 9, 30)
    assert view.model.line(0).light == "green"


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("", "留空：没有时限"),
        ("2026-05-06", "读作：2026年5月6日"),
        ("3个工作日", "读作：2026年3月5日"),
        ("长期坚持", "读作：长期坚持，不计到期日"),
        ("甲乙丙", "看不懂，请写成 2026-09-30 或 9月底前"),
    ],
)
def test_typed_deadlines_are_read_aloud(words, reading):
    assert reading_of(words, NOW.date()) == reading


def test_an_unreadable_deadline_is_refused_and_kept(view, kit, qtbot, messages):
    view.edit(view.model.index(0, Column.DEADLINE))
    view.table.editor.set_text("说不清")
    view.finish_editing()
    settle(qtbot, kit)
    assert messages.problems
    assert view.model.line(0).deadline.text == PAST
    view.edit(view.model.index(0, Column.DEADLINE))
    assert view.table.editor.text() == "说不清"
    view.table.editor.cancel()


# Several rows


def test_several_rows_get_a_state_in_one_step(view, kit, qtbot):
    steps = len(list_steps(kit.hub.office))
    click(qtbot, view, 0, Column.TASK)
    click(qtbot, view, 2, Column.TASK, keys=Qt.KeyboardModifier.ShiftModifier)
    assert view.table.chosen_rows() == [0, 1, 2]
    menu = view._menu.menu()
    states = menu.actions()[0]
    assert states.text() == "设状态（3 项）"
    (done,) = [a for a in states.menu().actions() if a.text() == "已完成"]
    done.trigger()
    settle(qtbot, kit)
    tasks = list_tasks(kit.hub.office, kit.hub.ledger)
    assert [t.completion is Completion.DONE for t in tasks] == [True, True, True, False]
    assert len(list_steps(kit.hub.office)) == steps + 1
    assert view.table.chosen_rows() == [0, 1, 2]


def test_several_rows_get_persons_and_a_deadline(view, kit, qtbot, messages):
    view.table.choose_rows([1, 3])
    messages.answers += ["李四、王五", "5月底前", None]
    view._menu.set_persons()
    view._menu.set_deadline()
    view._menu.set_deadline()
    settle(qtbot, kit)
    found = lines(view)
    assert [found[n].persons for n in (1, 3)] == [("李四", "王五")] * 2
    assert [found[n].deadline_date for n in (1, 3)] == [date(2026, 5, 31)] * 2
    assert found[0].deadline.text == PAST
    assert "时限读作：2026年5月31日" in messages.said


# Copying


def test_copied_rows_keep_breaks_in_their_cells(view, kit, qtbot, messages):
    hub = kit.hub
    words = '第一行，"引号"\n第二行\t表格'
    write_entry(hub.office, lines(view)[0].code, EntryWords(progress=words), who="张", now=NOW)
    view.model.refresh()
    view.table.choose_rows([0, 2])
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert '\t"第一行，""引号""\n第二行\t表格"\t' in data.text()
    assert data.text().count("\r\n") == 1
    assert "mso-data-placement:same-cell" in data.html()
    assert "第一行，&quot;引号&quot;" in data.html()
    assert "<table" in data.html()
    assert messages.said[-1].startswith("已复制 2 项")


def test_rows_can_be_copied_with_their_headings(view):
    view.table.choose_rows([0])
    view._menu.copy(with_headings=True)
    first, second = QGuiApplication.clipboard().text().replace("\r\n", "\n").split("\n")
    assert first.split("\t")[:3] == ["序号", "分类", "任务"]
    assert second.split("\t")[0] == "1"


def test_many_rows_are_read_before_they_are_copied(view, kit, qtbot, monkeypatch):
    monkeypatch.setattr("tracker.ui.ledger.rows_menu.AT_ONCE", 1)
    view.table.selectAll()
    view._menu.copy()
    settle(qtbot, kit)
    text = QGuiApplication.clipboard().text()
    for line in lines(view):
        assert line.number in text
        assert line.entry_text.replace('"', '""') in text


def test_only_what_is_waited_for_is_called_old_or_missing(view, kit, qtbot):
    hub = kit.hub
    for task, state in zip(list_tasks(hub.office, hub.ledger), (None, *_OVER), strict=True):
        words = TaskWords(completion=state)
        edit_task(hub.office, task.code, words, who="张三", now=EARLIER)
    new_round(hub.office, hub.ledger, who="张三", now=EARLIER)
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])
    settle(qtbot, kit)
    found = [cell_text(line, Column.ENTRY, hub.today) for line in lines(view)]
    assert all(line.carried for line in lines(view))
    assert ["沿用上期" in words for words in found] == [True, False, False, False]
    assert not view.grab().isNull()


# Reading in the background


def test_fast_typing_reads_only_the_latest(view, kit, qtbot, monkeypatch):
    asked = []

    def counting(office, wanted, round_id, today):
        asked.append(wanted.text)
        return find_tasks(office, wanted, round_id, today)

    monkeypatch.setattr("tracker.ui.ledger.view.find_tasks", counting)
    for text in ("校", "校车", "校车管", "校车管理"):
        kit.hub.narrow(text=text)
    settle(qtbot, kit)
    assert asked == ["校", "校车管理"]
    assert shown(view) == ["4"]


def test_the_list_does_not_jump_when_a_filter_is_set_and_cleared(view, qtbot, kit):
    for width in (700, 746, 747, 748, 749, 830, 1100):
        view.resize(width, 600)
        come_to_rest(qtbot, view)
        before = view.table.y()
        view.bar.lamps["red"].click()
        settle(qtbot, kit)
        come_to_rest(qtbot, view)
        assert view.table.y() == before
        view.bar.clear.click()
        settle(qtbot, kit)
        come_to_rest(qtbot, view)
        assert view.table.y() == before


def test_the_bar_takes_one_row_again_when_a_long_condition_is_gone(view, qtbot, kit):
    view.resize(1000, 600)
    come_to_rest(qtbot, view)
    before = view.bar.sizeHint().height()
    kit.hub.narrow(codes=frozenset({"1-001"}), about="一组名称特别长的任务" * 3)
    settle(qtbot, kit)
    assert view.bar.sizeHint().height() > before
    view.bar.clear.click()
    settle(qtbot, kit)
    assert view.bar.sizeHint().height() == before


def test_the_selected_tasks_are_offered_for_merging(view, qtbot, kit):
    view.table.choose_rows([0, 1, 2])
    assert "合并（3 项）…" in [action.text() for action in view._menu.menu().actions()]
    view._menu.merge()
    settle(qtbot, kit)
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MergeDialog)]
    ticked = [dialog._list.item(row).text()[0] for row in range(dialog._list.count())]
    assert ticked == shown(view)[:3]
    dialog.reject()


def test_a_click_takes_a_row_in_hand_again_after_a_task_from_elsewhere(view, qtbot, kit):
    first = view.model.line(0).code
    kit.hub.select("9-001")
    at = view.table.visualRect(view.model.index(0, Column.TASK)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert kit.hub.code == first
