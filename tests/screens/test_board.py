from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from tests.conftest import NOW
from tests.helpers.noted_returns import note_file, note_sent
from tracker.domain.board import Board, BoardFinding, BoardRow, BoardState
from tracker.domain.returned import (
    ByHand,
    Call,
    FileKind,
    FindingKind,
    Remark,
    Standing,
    Unplaced,
    Way,
)
from tracker.ops.board import board as read_board
from tracker.ops.browse import task_card
from tracker.ops.history import next_undo, undo_step
from tracker.ops.ledgers import list_ledgers
from tracker.ops.notes import NoteWords
from tracker.ops.returns import add_call, mark_exempt, mark_reported, move_due, type_report
from tracker.ops.rounds import list_rounds, new_round
from tracker.ui.board.model import BoardModel, Column
from tracker.ui.board.view import BoardView
from tracker.ui.board.words import Group, Step, lines_of

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
DUE = date(2026, 2, 25)
ALTERED = Remark(
    FindingKind.TASK_TEXT_ALTERED, "第4项的任务原文改了字", "1-004", "抓紧制定", "适时制定"
)
MORE = Unplaced("反馈表 第9行", "另有一处积水点已整治，建议单列。")


@pytest.fixture
def do(kit_with_table):
    """Call an op on the round in sight."""
    hub = kit_with_table.hub

    def call(op, *arguments, **named):
        return op(hub.office, hub.ledger, hub.round, *arguments, **named, who="李四", now=NOW)

    return call


@pytest.fixture
def due(kit_with_table):
    """The second round, whose returns were due five days ago; nothing came yet."""
    return in_round(kit_with_table, DUE)


def in_round(kit, day):
    """Open the next round and bring it into sight."""
    hub = kit.hub
    new_round(hub.office, hub.ledger, who="张三", now=NOW, feedback_due=day)
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])
    return kit


@pytest.fixture
def view(qtbot, due):
    return shown(qtbot, due)


def put_file(view, unit, name, **more):
    """Keep a file as if it had been collected just now."""
    hub = view._kit.hub
    note_file(hub.office, hub.round, unit, name=name, received_at=NOW, saved_at=NOW, **more)


def shown(qtbot, kit, width=1170):
    made = BoardView(kit)
    qtbot.addWidget(made)
    made.resize(width, 560)
    made.show()
    idle(qtbot, kit)
    return made


def idle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    QApplication.sendPostedEvents()


def again(qtbot, view):
    view._read.ask()
    idle(qtbot, view._kit)


def units(view):
    return [view.model.line(row).unit for row in range(view.model.rowCount())]


def take(view, *names):
    """Select units."""
    ids = [line.unit_id for line in view.model.lines if line.unit in names]
    view.table.choose(ids)
    assert [line.unit for line in view.chosen()] == [u for u in units(view) if u in names]


def line_of(view, unit):
    (line,) = [line for line in view.model.lines if line.unit == unit]
    return line


def dialog():
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return next(iter(found), None)


def opened(qtbot, view, step):
    view.do(step)
    qtbot.waitUntil(lambda: dialog() is not None)
    idle(qtbot, view._kit)
    return dialog()


def board_now(kit):
    hub = kit.hub
    return read_board(hub.office, hub.ledger, hub.round, NOW.date())


# What is shown


def test_the_model_is_sound(qtbot, due, do):
    note_file(due.hub.office, due.hub.round, "县教育局", remarks=(ALTERED,))
    model = BoardModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(lines_of(board_now(due)))
    model.narrow(Group.MISSING, "")
    model.narrow(None, "教育")
    for column in Column:
        model.sort(column, Qt.SortOrder.DescendingOrder)
    model.show_lines(())


def test_an_empty_model_is_sound(qtmodeltester):
    qtmodeltester.check(BoardModel())


def test_the_head_counts_what_is_back_and_says_how_long_it_is_due(view):
    count = len(view.model.lines)
    assert view.title.text() == f"第2期反馈　已回收 0 / {count}"
    assert view.told.text() == "截止 2月25日 · 已过4个工作日 · 还没有发反馈表"
    assert view.bar.accessibleName() == f"已回收0家，应报{count}家"
    assert view.remind.text() == f"复制催报短信（{count}家）"


def test_the_blue_button_is_the_next_step(qtbot, view):
    assert (view.send.property("primary"), view.collect.property("primary")) == (True, False)
    hub = view._kit.hub
    note_sent(hub.office, hub.round, {"县教育局": ("1-004",)})
    again(qtbot, view)
    assert (view.send.property("primary"), view.collect.property("primary")) == (False, True)
    assert view.title.text() == "第2期反馈　已回收 0 / 1"
    assert "还没有发反馈表" not in view.told.text()


def test_until_when_all_are_to_report_can_be_changed(qtbot, view):
    qtbot.mouseClick(view.dates, Qt.MouseButton.LeftButton)
    form = dialog()
    form.fields["due"].input.value = date(2026, 3, 6)
    qtbot.keyClick(form.fields["due"].input, ENTER)
    idle(qtbot, view._kit)
    hub = view._kit.hub
    assert list_rounds(hub.office, hub.ledger)[-1].feedback_due == date(2026, 3, 6)


def test_a_unit_that_is_missing_says_since_when_in_shape_word_and_number(view):
    line = line_of(view, "县教育局")
    assert (line.look.shape, line.state, line.received) == ("●", "未报", "逾期4个工作日")
    assert line.action.words == "催报"
    assert line.words(Column.FILLED) == "—"


def test_a_year_whose_holidays_are_not_published_is_told(qtbot, kit_with_table):
    from dataclasses import replace

    board = board_now(in_round(kit_with_table, DUE))
    late = replace(board.rows[0], calendar_known=False)
    (line,) = lines_of(replace(board, rows=(late,)))
    assert line.received == "逾期4个工作日"
    assert line.remark == "当年放假安排未收录，只按周末推算"
    assert "放假安排未收录" in line.tip(Column.RECEIVED)


def test_a_unit_that_is_not_due_yet_can_be_reminded_kindly(qtbot, kit_with_table):
    view = shown(qtbot, in_round(kit_with_table, date(2026, 3, 10)))
    hub = view._kit.hub
    note_sent(hub.office, hub.round, {"县教育局": ("1-004",)})
    again(qtbot, view)
    take(view, "县教育局")
    form = opened(qtbot, view, Step.REMIND)
    assert form.fields["stage"].input.currentText() == "到期前提醒"
    assert "3月10日" in form.text_of("text")
    assert "尚未收到" not in form.text_of("text")
    form.reject()


def test_every_state_has_its_own_shape_or_word(view):
    from tracker.ui.board.words import LOOKS

    assert set(LOOKS) == set(BoardState)
    groups = {look.group for look in LOOKS.values()}
    assert groups == set(Group)


def test_the_day_before_it_is_due_nobody_is_missing(qtbot, kit_with_table):
    view = shown(qtbot, in_round(kit_with_table, NOW.date()))
    assert {line.group for line in view.model.lines} == {Group.COMING}
    assert view.told.text() == "截止 3月2日（今天） · 还没有发反馈表"
    assert not view.remind.isEnabled()
    assert line_of(view, "县教育局").received == "应于3月2日前"


def test_a_return_with_findings_waits_with_its_chips(qtbot, view):
    put_file(
        view,
        "县教育局",
        "01期-县教育局-反馈表.xlsx",
        remarks=(ALTERED,),
        unplaced=(MORE,),
    )
    again(qtbot, view)
    line = line_of(view, "县教育局")
    assert (line.look.shape, line.state) == ("◐", "待核")
    assert "改动了任务原文" in [tag.words for tag in line.tags]
    assert line.file == "01期-县教育局-反馈表.xlsx"
    assert line.action.words == "看差异"
    assert "第4项的任务原文改了字" in line.tip(Column.FINDINGS)


def test_a_reported_unit_is_ticked_with_how_much_it_filled(qtbot, view, do):
    do(type_report, "县教育局", {"1-004": NoteWords("已印发。", "已完成", 100.0)})
    again(qtbot, view)
    line = line_of(view, "县教育局")
    assert (line.look.shape, line.state, line.filled) == ("✓", "已报", "1/1")
    assert view.title.text().startswith("第2期反馈　已回收 1 / ")


def test_groups_narrow_the_list_and_count(qtbot, view, do):
    do(mark_exempt, "县教育局", "机构改革")
    again(qtbot, view)
    assert view.filters.buttons[Group.EXEMPT].text() == "免报 1"
    qtbot.mouseClick(view.filters.buttons[Group.EXEMPT], Qt.MouseButton.LeftButton)
    assert units(view) == ["县教育局"]
    assert line_of(view, "县教育局").remark == "免报：机构改革"
    qtbot.mouseClick(view.filters.buttons[Group.DONE], Qt.MouseButton.LeftButton)
    assert units(view) == []
    assert view.empty.isVisible()
    qtbot.mouseClick(view.empty.button, Qt.MouseButton.LeftButton)
    assert len(units(view)) == len(view.model.lines)
    assert view.filters.buttons[None].isChecked()


def test_words_find_units_and_files(qtbot, view):
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Slash)
    assert view.filters.search.hasFocus()
    qtbot.keyClicks(view.filters.search, "x")
    assert units(view) == []
    view.filters.search.setText("教育")
    assert units(view) == ["县教育局"]


def test_a_click_on_a_heading_sorts_and_a_third_goes_back(qtbot, view):
    first = units(view)
    header = view.table.horizontalHeader()

    def click(column):
        place = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(Column.TASKS)
    counts = [view.model.line(row).tasks for row in range(view.model.rowCount())]
    assert counts == sorted(counts)
    click(Column.TASKS)
    click(Column.TASKS)
    assert units(view) == first


def test_the_selection_stays_when_the_board_is_read_anew(qtbot, view, do):
    take(view, "县教育局")
    do(add_call, "县水利局", Call(NOW, "办公室", "在填", "李四"))
    again(qtbot, view)
    assert [line.unit for line in view.chosen()] == ["县教育局"]


def test_without_a_round_the_board_says_what_to_do(qtbot, kit, office):
    from tracker.ops.ledgers import new_ledger

    new_ledger(office, "空专项", who="张三", now=NOW)
    kit.hub.show(office, list_ledgers(office)[0], None)
    view = shown(qtbot, kit)
    assert view.empty.what.text() == "这个专项还没有轮次"
    with qtbot.waitSignal(view.action_wanted) as caught:
        qtbot.mouseClick(view.empty.button, Qt.MouseButton.LeftButton)
    assert caught.args == ["new_round"]


def test_a_round_without_a_due_day_says_so(qtbot, kit_with_table):
    view = shown(qtbot, kit_with_table)
    assert "没有写截止日期" in view.told.text()
    assert not view.remind.isEnabled()


def test_the_buttons_ask_for_the_windows_actions(qtbot, view):
    wanted = []
    view.action_wanted.connect(wanted.append)
    for button in (view.send, view.collect, view.close_round):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted == ["send_forms", "collect_returns", "close_round"]


# Chasing


def test_the_key_copies_the_reminder_that_is_due_and_offers_to_note_it(qtbot, view):
    take(view, "县教育局")
    qtbot.keyClick(view.table, Qt.Key.Key_C)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("县教育局")
    assert "4个工作日" in copied
    said, (link, act) = view._kit.messages.said[-1], view._kit.messages.links[-1]
    assert (said, link) == ("已复制县教育局的催报短信", "记一次催办")
    act()
    idle(qtbot, view._kit)
    (call,) = line_of(view, "县教育局").row.calls
    assert call.said == "发短信：首次催报"
    assert line_of(view, "县教育局").action.words == "再次催报"


def test_all_that_are_missing_are_copied_at_once_and_noted_in_one_step(qtbot, view, do):
    do(mark_exempt, "县教育局", "机构改革")
    again(qtbot, view)
    missing = len(view.board.missing)
    qtbot.mouseClick(view.remind, Qt.MouseButton.LeftButton)
    texts = QGuiApplication.clipboard().text().split("\n\n")
    assert len(texts) == missing
    assert not any(text.startswith("县教育局") for text in texts)
    view._kit.messages.links[-1][1]()
    idle(qtbot, view._kit)
    assert [line.calls for line in view.model.lines].count(1) == missing
    office = view._kit.hub.office
    undo_step(office, who="李四", now=NOW)
    again(qtbot, view)
    assert not any(line.calls for line in view.model.lines)


def test_the_list_for_the_circular_names_the_missing(qtbot, view, do):
    do(mark_exempt, "县教育局", "机构改革")
    again(qtbot, view)
    qtbot.mouseClick(view.notice, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert f"未报{len(view.board.missing)}家" in copied
    assert "县水利局" in copied


def test_while_a_file_has_no_unit_nobody_is_chased_without_a_question(qtbot, view):
    put_file(view, "", "反馈.docx", kind=FileKind.TEXT)
    again(qtbot, view)
    QGuiApplication.clipboard().setText("别的")
    view._kit.messages.answers.append(False)
    take(view, "县教育局")
    qtbot.keyClick(view.table, Qt.Key.Key_C)
    assert view._kit.messages.asked == ["有1份来件不知是哪个单位，催报前请先认领"]
    assert QGuiApplication.clipboard().text() == "别的"


def test_a_unit_that_reported_cannot_be_chased(qtbot, view, do):
    do(type_report, "县教育局", {"1-004": NoteWords("已印发。")})
    again(qtbot, view)
    QGuiApplication.clipboard().setText("别的")
    take(view, "县教育局")
    qtbot.keyClick(view.table, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "别的"
    names = {a.text(): a.isEnabled() for a in view._menu.menu().actions() if a.text()}
    assert not names["催报…"]
    assert names["登记已报（纸质、电话、微信）…"]


def test_the_reminder_can_be_reworded_and_counts_as_a_call(qtbot, view):
    take(view, "县教育局")
    form = opened(qtbot, view, Step.NEXT)
    assert form.text_of("text").startswith("县教育局")
    form.fields["text"].input.setPlainText("请今天报来。")
    qtbot.keyClick(form.fields["text"].input, ENTER, CONTROL)
    idle(qtbot, view._kit)
    assert QGuiApplication.clipboard().text() == "请今天报来。"
    assert line_of(view, "县教育局").words(Column.CALLS) == "1次"
    assert "催办1次" in view._kit.messages.said[-1]


def test_a_reminder_copied_without_counting_leaves_no_step(qtbot, view):
    before = next_undo(view._kit.hub.office).id
    take(view, "县教育局")
    form = opened(qtbot, view, Step.REMIND)
    form.fields["counts"].input.setChecked(False)
    form.save()
    idle(qtbot, view._kit)
    assert next_undo(view._kit.hub.office).id == before
    assert not line_of(view, "县教育局").calls


def test_a_call_is_noted_with_whom_and_what_he_said(qtbot, view):
    take(view, "县水利局")
    form = opened(qtbot, view, Step.CALL)
    form.fields["whom"].input.setText("办公室李主任")
    form.fields["said"].input.setPlainText("明天上午报来")
    qtbot.keyClick(form.fields["said"].input, ENTER, CONTROL)
    idle(qtbot, view._kit)
    line = line_of(view, "县水利局")
    assert line.tip(Column.CALLS) == "3月2日 09:30 张三找办公室李主任：明天上午报来"
    assert line.state == "未报"


# By hand


def test_a_report_by_phone_is_registered_with_its_words(qtbot, view):
    take(view, "县教育局")
    form = opened(qtbot, view, Step.TYPE)
    form.fields["way"].input.setCurrentIndex(1)
    form.fields["given_by"].input.setText("王老师")
    (edit,) = form.edits
    edit.text.setPlainText("办法已印发。")
    edit.state.setCurrentText("已完成")
    edit.percent.setText("100％")
    qtbot.keyClick(edit.text, ENTER, CONTROL)
    idle(qtbot, view._kit)
    line = line_of(view, "县教育局")
    assert (line.state, line.filled) == ("已报", "1/1")
    assert "电话 3月2日 王老师" in line.remark
    hub = view._kit.hub
    card = task_card(hub.office, "1-004", hub.round.id, NOW.date())
    (note,) = [note for note in card.notes if note.origin == "phone"]
    assert (note.text, note.state_text, note.percent) == ("办法已印发。", "已完成", 100.0)


def test_a_report_without_words_counts_as_reported_and_waits(qtbot, view):
    take(view, "县教育局")
    form = opened(qtbot, view, Step.TYPE)
    form.save()
    assert "谁报的" in form.fields["given_by"].note.text()
    form.fields["given_by"].input.setText("王老师")
    form.save()
    idle(qtbot, view._kit)
    line = line_of(view, "县教育局")
    assert line.state == "已报（待录入）"
    assert line.action.step is Step.TYPE
    assert "县教育局" not in [row.unit for row in view.board.missing]


def test_a_percentage_that_is_none_is_told_and_nothing_is_written(qtbot, view):
    take(view, "县教育局")
    form = opened(qtbot, view, Step.TYPE)
    form.fields["given_by"].input.setText("王老师")
    form.edits[0].percent.setText("大半")
    form.save()
    assert "0到100" in form._general.text()
    form.edits[0].percent.setText("130")
    form.save()
    assert form.isVisible()
    assert form.is_dirty()
    form.forget_typing()
    form.reject()
    assert line_of(view, "县教育局").state == "未报"


def test_a_scan_is_typed_off_beside_the_opened_file(qtbot, view):
    put_file(
        view,
        "县教育局",
        "盖章 反馈.pdf",
        kind=FileKind.SCAN,
        content=b"%PDF",
    )
    again(qtbot, view)
    assert line_of(view, "县教育局").state == "已报（待录入）"
    seen = []
    view.steps.copies.open_path = lambda path: seen.append(path) or True
    take(view, "县教育局")
    form = opened(qtbot, view, Step.NEXT)
    (link,) = [b for b in form.findChildren(QPushButton) if b.text() == "打开来件"]
    link.click()
    idle(qtbot, view._kit)
    assert seen[0].name == "盖章 反馈.pdf"
    assert seen[0].read_bytes() == b"%PDF"
    form.save()
    assert "还没有录入文字" in form._general.text()
    form.edits[0].text.setPlainText("办法已印发。")
    form.save()
    idle(qtbot, view._kit)
    assert line_of(view, "县教育局").filled == "1/1"


def test_a_unit_is_freed_and_asked_again(qtbot, view):
    take(view, "县教育局")
    form = opened(qtbot, view, Step.EXEMPT)
    form.save()
    assert form.isVisible()
    form.fields["reason"].input.setPlainText("机构改革")
    form.save()
    idle(qtbot, view._kit)
    assert line_of(view, "县教育局").state == "免报"
    take(view, "县教育局")
    qtbot.keyClick(view.table, ENTER)
    idle(qtbot, view._kit)
    assert line_of(view, "县教育局").state == "未报"


def test_one_unit_gets_more_time(qtbot, view):
    take(view, "县教育局")
    form = opened(qtbot, view, Step.DUE)
    form.fields["due"].input.value = DUE
    form.save()
    assert "现在的截止日期" in form.fields["due"].note.text()
    form.fields["due"].input.value = NOW.date() + timedelta(days=3)
    form.fields["reason"].input.setPlainText("班子换届")
    form.save()
    idle(qtbot, view._kit)
    line = line_of(view, "县教育局")
    assert (line.received, line.remark) == ("延至3月5日", "延期：班子换届")
    assert line.group is Group.COMING
    assert line_of(view, "县水利局").state == "未报"


def menu_item(view, words):
    (found,) = [a for a in view._menu.menu().actions() if a.text() == words]
    return found


def test_what_was_registered_or_moved_can_be_taken_back(qtbot, view, do):
    names = [a.text() for a in (take(view, "县教育局"), view._menu.menu())[1].actions()]
    assert not [name for name in names if name.startswith("取消")]
    do(mark_reported, "县教育局", ByHand(Way.PHONE, NOW.date(), "王老师", ""))
    do(move_due, "县教育局", date(2026, 3, 9), "换届")
    again(qtbot, view)
    assert line_of(view, "县教育局").state == "已报（待录入）"
    take(view, "县教育局")
    menu_item(view, "取消登记（已录的文字保留）").trigger()
    idle(qtbot, view._kit)
    assert line_of(view, "县教育局").group is Group.COMING
    take(view, "县教育局")
    menu_item(view, "取消延期").trigger()
    idle(qtbot, view._kit)
    assert line_of(view, "县教育局").state == "未报"


# Files


def test_files_without_a_unit_stand_on_top_until_they_are_claimed(qtbot, view):
    why = Remark(FindingKind.UNKNOWN_UNIT, "文中没有写单位")
    put_file(
        view,
        "",
        "新建文档.docx",
        kind=FileKind.TEXT,
        remarks=(why,),
        unplaced=(MORE,),
    )
    again(qtbot, view)
    assert view.strip.isVisible()
    told = [label.text() for label in view.strip.findChildren(QLabel)]
    assert "新建文档.docx" in told
    assert any("文中没有写单位" in words for words in told)
    (link,) = [b for b in view.strip.findChildren(QPushButton) if b.text() == "指定单位…"]
    link.click()
    qtbot.waitUntil(lambda: dialog() is not None)
    form = dialog()
    form.fields["unit"].input.setText("没有的局")
    form.save()
    idle(qtbot, view._kit)
    assert "没有叫“没有的局”的单位" in form.fields["unit"].note.text()
    form.fields["unit"].input.setText("县教育局")
    with qtbot.waitSignal(view.files_wanted) as caught:  # to be read as that unit's
        form.save()
    idle(qtbot, view._kit)
    ((path,),) = caught.args
    assert path.name == "新建文档.docx"
    assert not view.strip.isVisible()
    assert line_of(view, "县教育局").file == "新建文档.docx"
    assert line_of(view, "县教育局").state == "待核"


def test_a_scan_that_was_claimed_is_not_read_but_typed_off(qtbot, view):
    put_file(view, "", "扫描.pdf", kind=FileKind.SCAN)
    again(qtbot, view)
    wanted = []
    view.files_wanted.connect(wanted.append)
    view.steps.claim(view.board.unclaimed[0])
    form = dialog()
    form.fields["unit"].input.setText("县教育局")
    form.save()
    idle(qtbot, view._kit)
    assert not wanted
    assert line_of(view, "县教育局").action.words == "录入…"


def test_a_file_claimed_since_can_be_read_again_from_the_look(qtbot, view):
    why = Remark(FindingKind.UNKNOWN_UNIT, "文中没有写单位", settled="已认领为县教育局")
    put_file(view, "县教育局", "反馈.docx", kind=FileKind.TEXT, remarks=(why,), unplaced=(MORE,))
    again(qtbot, view)
    take(view, "县教育局")
    found = opened(qtbot, view, Step.LOOK)
    with qtbot.waitSignal(view.files_wanted):
        press(qtbot, found, "重新读取")


def test_keys_without_a_unit_or_with_several_do_nothing(qtbot, view):
    before = next_undo(view._kit.hub.office).id
    view.table.setFocus()
    for choose in (view.table.clearSelection, view.table.selectAll):
        choose()
        for key in "tdymlo\r":
            qtbot.keyClick(view.table, key)
        idle(qtbot, view._kit)
        assert dialog() is None
    assert next_undo(view._kit.hub.office).id == before


def test_a_returned_file_opens_as_a_copy_under_its_own_name(qtbot, view):
    put_file(view, "县教育局", "反馈:一.xlsx", content=b"words")
    again(qtbot, view)
    seen = []
    view.steps.copies.open_path = lambda path: seen.append(path) or False
    take(view, "县教育局")
    qtbot.keyClick(view.table, Qt.Key.Key_O)
    idle(qtbot, view._kit)
    assert seen[0].name == "反馈：一.xlsx"
    assert seen[0].read_bytes() == b"words"
    assert "没有程序能打开" in view._kit.messages.said[-1]


@pytest.fixture
def looked(qtbot, view):
    """The window over a return with a difference and words without a place."""
    old = Remark(FindingKind.RETURNED_TWICE, "后一份更晚")
    for name, standing, remarks, unplaced in (
        ("早.xlsx", Standing.EARLIER, (old,), ()),
        ("晚.xlsx", Standing.CURRENT, (ALTERED,), (MORE,)),
    ):
        put_file(
            view,
            "县教育局",
            name,
            standing=standing,
            remarks=remarks,
            unplaced=unplaced,
        )
    again(qtbot, view)
    take(view, "县教育局")
    found = opened(qtbot, view, Step.NEXT)
    QApplication.sendPostedEvents()
    return found


def words_in(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def press(qtbot, widget, text):
    (button,) = [b for b in widget.findChildren(QPushButton) if b.text() == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_look_shows_both_texts_and_the_words_without_a_place(looked):
    told = words_in(looked)
    assert told.index("晚.xlsx") < told.index("早.xlsx")
    assert "第4项的任务原文改了字" in told
    assert "line-through" in told
    assert MORE.text in told


def test_what_was_looked_at_no_longer_waits(qtbot, view, looked):
    press(qtbot, looked, "都看过了")
    idle(qtbot, view._kit)
    assert "（已核）" in words_in(looked)
    assert not looked.checked.isEnabled()
    press(qtbot, looked, "不用")
    idle(qtbot, view._kit)
    assert "与任务无关" in words_in(looked)
    assert MORE.text in words_in(looked)
    assert line_of(view, "县教育局").state != "待核"


def test_words_without_a_place_are_given_to_a_task(qtbot, view, looked):
    from PySide6.QtWidgets import QComboBox

    (chooser,) = looked.findChildren(QComboBox)
    assert chooser.itemText(1).startswith("4")  # the unit's own first
    assert chooser.count() == 5
    chooser.setCurrentIndex(1)
    press(qtbot, looked, "归入")
    idle(qtbot, view._kit)
    hub = view._kit.hub
    card = task_card(hub.office, "1-004", hub.round.id, NOW.date())
    assert MORE.text in [note.text for note in card.notes]
    assert "归入 1-004" in words_in(looked)
    undo_step(hub.office, who="李四", now=NOW)
    looked._read.ask()
    idle(qtbot, view._kit)
    assert looked.findChildren(QComboBox)


def test_a_long_list_is_shown_bit_by_bit_and_whole_when_asked(qtbot, view):
    words = tuple(Unplaced(f"第{n}行", f"另有第{n}处积水点已整治。") for n in range(12))
    put_file(view, "县教育局", "反馈.xlsx", unplaced=words)
    again(qtbot, view)
    take(view, "县教育局")
    found = opened(qtbot, view, Step.LOOK)
    qtbot.waitUntil(lambda: "再看其余 4 处" in buttons_in(found))
    assert "第7处" in words_in(found)
    assert "第8处" not in words_in(found)
    press(qtbot, found, "再看其余 4 处")
    qtbot.waitUntil(lambda: "第11处" in words_in(found))
    idle(qtbot, view._kit)


def buttons_in(widget):
    return [button.text() for button in widget.findChildren(QPushButton)]


def test_the_tasks_of_a_unit_are_one_key_away(qtbot, view):
    take(view, "县教育局")
    with qtbot.waitSignal(view.tasks_wanted):
        qtbot.keyClick(view.table, Qt.Key.Key_W)
    assert view._kit.hub.filter.unit_id == line_of(view, "县教育局").unit_id


# Looks and speed


@pytest.mark.parametrize(("size", "dark", "width"), [(13, False, 1170), (18, True, 810)])
def test_the_board_is_painted_in_both_palettes_and_nothing_overlaps(
    qtbot, due, do, size, dark, width
):
    theme = due.theme
    theme.set_size(size)
    theme.set_dark(dark)
    try:
        view = shown(qtbot, due, width)
        assert not view.grab().isNull()
        buttons = (view.send, view.type, view.remind, view.collect, view.close_round)

        def all_fit():
            for button in buttons:
                right = button.mapTo(view, button.rect().topRight()).x()
                assert button.width() >= button.sizeHint().width()
                assert right <= view.width()

        qtbot.waitUntil(all_fit)
        shown_columns = [c for c in Column if not view.table.isColumnHidden(c)]
        total = sum(view.table.columnWidth(column) for column in shown_columns)
        assert total <= view.table.viewport().width()
        assert Column.FINDINGS in shown_columns
        assert view.table.columnWidth(Column.FINDINGS) >= 4 * size
    finally:
        theme.set_size(13)
        theme.set_dark(None)


def many(board):
    """A board of a hundred units with twenty tasks each."""
    codes = tuple(f"1-{n:03}" for n in range(20))
    findings = tuple(BoardFinding("unfilled", f"第{n}项未填", "未填", None) for n in range(6))
    states = tuple(BoardState)
    rows = tuple(
        BoardRow(
            unit_id=n,
            unit=f"县第{n}局",
            state=states[n % len(states)],
            expected=True,
            tasks=codes,
            filled=codes[: n % 20],
            due=DUE,
            received_at=datetime(2026, 2, 26, 9, n % 60),
            findings=findings[: n % 7],
            by_hand=(ByHand(Way.PHONE, DUE, "李主任", ""),),
        )
        for n in range(100)
    )
    return Board("专项", board.round, rows, (), (), NOW.date())


def test_a_hundred_units_are_shown_narrowed_and_painted_without_a_stall(qtbot, view):
    board = many(view.board)
    view.grab()  # fonts are loaded once
    took = {}
    for name, step in (
        ("show", lambda: view._show(board)),
        ("narrow", lambda: view.filters.choose(Group.MISSING)),
        ("clear", view.filters.clear),
        ("sort", lambda: view.table.sortByColumn(Column.FINDINGS, Qt.SortOrder.AscendingOrder)),
        ("paint", view.grab),
    ):
        start, used = time.perf_counter(), time.process_time()
        step()
        # What other programs on a busy machine took is no stall of ours.
        took[name] = min(time.perf_counter() - start, time.process_time() - used)
    assert max(took.values()) < 0.1, took
