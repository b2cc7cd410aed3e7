"""A document through its review: read, walked, edited, written, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.documents_to_review import (
    DAMAGED,
    FIRST,
    MEASURES,
    NEAR,
    NEWS,
    PROSE,
    ROSTER,
    SECOND,
    THIRD,
    TITLE,
    WITHOUT_DATE,
    document,
)
from tracker.ops.history import redo_step, undo_step
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.put_by import open_reviews
from tracker.ops.tasks import list_tasks
from tracker.ui.decompose.keys import Command
from tracker.ui.decompose.model import CHECK, DEADLINE, NUMBER, TASK, UNITS, Sieve
from tracker.ui.decompose.page import DecomposePage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, kit):
    page = DecomposePage(kit)
    qtbot.addWidget(page)
    page.resize(1366, 660)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def opened(kit, office):
    """The kit shows an office without a ledger."""
    kit.hub.show(office, None, None)
    return office


def settle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=60_000)


def start(qtbot, kit, page, text=None):
    page.start_paste(text or document())
    settle(qtbot, kit)
    return page.review


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def write(qtbot, kit, review):
    click(qtbot, review.write)
    settle(qtbot, kit)


def column(review, which):
    model = review.model
    return [model.index(row, which).data() for row in range(model.rowCount())]


def numbers(review):
    return column(review, NUMBER)


def counters(review):
    buttons = review.filters.buttons.values()
    return [button.text() for button in buttons if not button.isHidden()]


def by_number(review, number):
    return next(each for each in review.desk.now.drafts if each.draft.number == number)


def take(review, number):
    review.go_to(by_number(review, number).id)


def type_into(field, words):
    """Type as an input method does; QTest knows only ASCII."""
    field.setFocus()
    field.selectAll()
    if hasattr(field, "insertPlainText"):
        field.insertPlainText(words)
    else:
        field.insert(words)


def tasks_of(office):
    return [task for ledger in list_ledgers(office) for task in list_tasks(office, ledger)]


# Reading


def test_the_drafts_stand_beside_the_text_doubtful_ones_first(qtbot, kit, page):
    review = start(qtbot, kit, page)
    assert numbers(review) == ["4", "5", "1", "2", "3"]
    assert counters(review) == ["全部 5", "存疑 2"]
    assert review.write.text() == "写入台账 3 项（2 项存疑未选）"
    assert review.text.view.toPlainText() == document()
    assert review.current().draft.number == "4"
    assert review.target.ledger.currentText() == TITLE
    assert review.target.date.text() == "2026-3-1"


def test_a_cell_shows_units_with_what_they_stand_for_and_deadlines_as_read(qtbot, kit, page):
    review = start(qtbot, kit, page)
    row = numbers(review).index("2")
    assert "商务局＝县商务局" in column(review, UNITS)[row]
    assert column(review, DEADLINE)[numbers(review).index("1")] == "6月底前　＝ 2026年6月30日"
    assert column(review, TASK)[numbers(review).index("3")] == "稳定企业用工（含 ①②）"
    assert column(review, DEADLINE)[numbers(review).index("4")].endswith("▲ 不能确定日期")


def test_news_is_told_to_hold_no_task_and_text_can_still_be_taken(qtbot, kit, page, opened):
    review = start(qtbot, kit, page, NEWS)
    assert review.none.isVisible()
    assert "新闻报道" in review.none.reason.text()
    assert not review.write.isEnabled()
    select(review, "白石县组织开展防汛演练，各部门积极参与。")
    click(qtbot, review.none.take)
    assert not review.none.isVisible()
    (each,) = review.desk.now.drafts
    assert each.draft.text == "白石县组织开展防汛演练，各部门积极参与。"
    assert review.write.text() == "写入台账 1 项"
    write(qtbot, kit, review)
    assert [task.text for task in tasks_of(opened)] == [each.draft.text]


def test_what_cannot_be_read_goes_back_with_a_reason(qtbot, kit, page, messages, tmp_path):
    with qtbot.waitSignal(page.finished):
        page.start_file(tmp_path / "没有.docx")
    settle(qtbot, kit)
    assert messages.problems[0].startswith("找不到文件")


def test_cancel_while_reading_leaves_nothing(qtbot, kit, page, opened):
    before = opened.path.read_bytes()
    with qtbot.waitSignal(page.finished):
        page.start_paste(document(*[f"{n}. 办好实事。" for n in range(400)]))
        click(qtbot, page.reading.cancel)
    settle(qtbot, kit)
    assert page.review.loaded is None
    assert page.review.model.rowCount() == 0
    assert opened.path.read_bytes() == before


def test_a_roster_and_warnings_open_as_notes(qtbot, kit, page):
    review = start(qtbot, kit, page, document(FIRST, SECOND, ROSTER))
    button = review.notes.buttons["名单"]
    assert button.text() == "名单 1 份"
    click(qtbot, button)
    assert "周明远（组长，县委常委、副县长）" in review.notes.list.item(0).text()


def test_quantities_worth_following_stand_below_the_list(qtbot, kit, page):
    review = start(qtbot, kit, page)
    take(review, "1")
    assert "指标：" in review.panel._path.toolTip()
    assert "12公里" in review.panel._path.toolTip()


# Left and right


def select(review, words):
    view = review.text.view
    start = view.toPlainText().index(words)
    cursor = view.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), cursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    view.setFocus()


def test_a_click_in_the_text_takes_its_draft_in_hand(qtbot, kit, page):
    review = start(qtbot, kit, page)
    view = review.text.view
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index("打通断头路"))
    point = view.cursorRect(cursor).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert review.current().draft.number == "2"


def test_a_draft_in_hand_scrolls_its_passage_into_sight(qtbot, kit, page):
    extra = [f"{n}. 办好第{n}件实事。新建设施{n}处。（责任单位：县水利局）" for n in range(1, 80)]
    review = start(qtbot, kit, page, document(*extra))
    view = review.text.view
    take(review, "79")
    quote = by_number(review, "79").draft.quote
    cursor = view.textCursor()
    cursor.setPosition(quote.start)
    assert view.viewport().rect().contains(view.cursorRect(cursor))
    take(review, "1")
    cursor.setPosition(by_number(review, "1").draft.quote.start)
    assert view.viewport().rect().contains(view.cursorRect(cursor))


def test_a_click_in_the_text_finds_a_draft_that_is_not_listed(qtbot, kit, page):
    review = start(qtbot, kit, page)
    click(qtbot, review.filters.buttons[Sieve.WAITING])
    assert numbers(review) == ["4", "5"]
    review.text.view.touched.emit(document().index("打通断头路"))
    assert review.current().draft.number == "2"
    assert review.model.sieve is Sieve.ALL


# Doubts


def test_doubts_are_walked_and_accepted_with_keys(qtbot, kit, page):
    review = start(qtbot, kit, page)
    review.table.go_to(2)
    qtbot.keyClick(review.table, Qt.Key.Key_F8)
    assert review.current().draft.number == "4"
    qtbot.keyClick(review.table, Qt.Key.Key_A)
    assert by_number(review, "4").chosen
    assert review.current().draft.number == "5"
    assert counters(review)[1] == "存疑 1"
    qtbot.keyClick(review.table, Qt.Key.Key_Return)
    assert counters(review)[1] == "存疑 0"
    assert review.write.text() == "写入台账 5 项"


def test_f8_without_doubts_says_so(qtbot, kit, page, messages):
    review = start(qtbot, kit, page, document(FIRST, SECOND))
    qtbot.keyClick(review.table, Qt.Key.Key_F8)
    assert messages.said[-1] == "没有存疑的任务了"


def test_a_doubt_is_accepted_with_its_button(qtbot, kit, page):
    review = start(qtbot, kit, page)
    buttons = review.panel.strip.findChildren(type(review.write))
    accept = next(button for button in buttons if button.text() == "认可 A")
    click(qtbot, accept)
    assert by_number(review, "4").doubts == ()


def test_a_doubt_left_open_is_not_written(qtbot, kit, page, opened, messages):
    review = start(qtbot, kit, page)
    write(qtbot, kit, review)
    assert [task.number for task in tasks_of(opened)] == ["1", "2", "3"]
    assert "2 项未选没有写入" in messages.said[-1]


def test_a_near_miss_of_a_unit_is_asked_and_answered_with_a_key(qtbot, kit, page, opened, messages):
    review = start(qtbot, kit, page, NEAR)
    assert numbers(review)[0] == "3"
    assert [button.text() for button in review.panel.strip.buttons] == ["1 是县城管局", "2 不是"]
    for key in (Qt.Key.Key_A, Qt.Key.Key_Space):  # which unit it is must be said
        qtbot.keyClick(review.table, key)
        assert not by_number(review, "3").chosen
        assert messages.said[-1].startswith("请先选那个名称是不是已有的单位")
    qtbot.keyClick(review.table, "1")
    assert by_number(review, "3").chosen
    assert "县域管局＝县城管局" in column(review, UNITS)[0]
    write(qtbot, kit, review)
    with opened.read() as view:
        names = {unit.name for unit in view.units()}
    assert "县域管局" not in names
    assert "县城管局" in names


def test_a_name_said_to_be_no_near_miss_becomes_its_own_unit(qtbot, kit, page, opened):
    review = start(qtbot, kit, page, NEAR)
    qtbot.keyClick(review.table, "2")
    write(qtbot, kit, review)
    with opened.read() as view:
        assert "县域管局" in {unit.name for unit in view.units()}


# Ticks and filters


def test_ticks_are_set_by_space_click_and_all_at_once(qtbot, kit, page, messages):
    review = start(qtbot, kit, page)
    take(review, "1")
    qtbot.keyClick(review.table, Qt.Key.Key_Space)
    assert review.write.text() == "写入台账 2 项（2 项存疑未选）"
    click(qtbot, review.filters.all)
    assert review.write.text() == "写入台账 3 项（2 项存疑未选）"
    assert messages.said[-1] == "已勾选 3 项；2 项存疑，请逐项看过再勾选"
    click(qtbot, review.filters.all)
    assert review.write.text() == "2 项存疑未选"
    assert not review.write.isEnabled()
    box = review.table.visualRect(review.model.index(numbers(review).index("2"), CHECK))
    qtbot.mouseClick(review.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert by_number(review, "2").chosen


def test_all_doubts_are_accepted_at_once_in_their_own_list(qtbot, kit, page):
    review = start(qtbot, kit, page)
    click(qtbot, review.filters.buttons[Sieve.WAITING])
    click(qtbot, review.filters.all)
    assert review.write.text() == "写入台账 5 项"
    assert numbers(review) == []


def test_dropped_drafts_wait_in_their_own_list_until_restored(qtbot, kit, page):
    review = start(qtbot, kit, page)
    take(review, "2")
    qtbot.keyClick(review.table, Qt.Key.Key_Delete)
    assert "2" not in numbers(review)
    assert counters(review)[-1] == "已删 1"
    assert review.write.text() == "写入台账 2 项（2 项存疑未选）"
    click(qtbot, review.filters.buttons[Sieve.DROPPED])
    assert numbers(review) == ["2"]
    assert review.panel.buttons[Command.DROP].text() == "恢复"
    click(qtbot, review.panel.buttons[Command.DROP])
    click(qtbot, review.filters.buttons[Sieve.ALL])
    assert sorted(numbers(review)) == ["1", "2", "3", "4", "5"]


def test_drafts_without_units_have_a_list_of_their_own(qtbot, kit, page):
    review = start(qtbot, kit, page, document(FIRST, "2. 压实各方责任。细化措施，长期坚持。"))
    assert "无单位 1" in counters(review)
    click(qtbot, review.filters.buttons[Sieve.NO_UNITS])
    assert numbers(review) == ["2"]


# Editing


@pytest.fixture
def editing(qtbot, kit, page):
    """The fields of the first measure are open."""
    review = start(qtbot, kit, page)
    take(review, "1")
    qtbot.keyClick(review.table, Qt.Key.Key_F2)
    return review


def test_every_field_is_edited_and_written(qtbot, kit, page, opened, editing):
    editor = editing.panel.editor
    for name, words in {
        "text": "加快供水管网改造。新建管网15公里。",
        "number": "1-1",
        "lead": "县水务局",
        "cooperating": "县财政局、各乡镇（街道）",
        "responsible": "县住建局",
        "guiding": "县发改局",
        "persons": "周明远、钱一鸣",
        "deadline": "2026年9月底前",
    }.items():
        type_into(editor.inputs[name], words)
    assert editor.reading.text() == "读作 2026年9月30日"
    write(qtbot, kit, editing)
    task = next(task for task in tasks_of(opened) if task.number == "1-1")
    assert task.text == "加快供水管网改造。新建管网15公里。"
    assert task.title == "加快供水管网改造"
    assert task.roles.lead == ("县水务局",)
    assert task.roles.cooperating == ("县财政局", "各乡镇（街道）")
    assert task.roles.responsible == ("县住建局",)
    assert task.roles.guiding == ("县发改局",)
    assert task.persons == ("周明远", "钱一鸣")
    assert task.deadline.date.isoformat() == "2026-09-30"


def test_the_draft_in_hand_stays_in_sight_when_its_fields_open(qtbot, kit, page):
    extra = [f"{n}. 办好第{n}件实事。新建设施{n}处。（责任单位：县水利局）" for n in range(1, 30)]
    review = start(qtbot, kit, page, document(*extra))
    take(review, "9")
    qtbot.keyClick(review.table, Qt.Key.Key_F2)

    def row():
        return review.table.visualRect(review.table.currentIndex())

    qtbot.waitUntil(lambda: review.table.viewport().rect().contains(row()))
    assert review.panel.editor.number.text() == "9"


def test_an_edit_is_one_step_and_control_z_takes_it_back(qtbot, kit, page, editing):
    before = by_number(editing, "1").draft
    type_into(editing.panel.editor.inputs["lead"], "县水务局")
    qtbot.keyClick(editing.panel.editor.inputs["lead"], Qt.Key.Key_Return)
    assert by_number(editing, "1").draft.roles.lead == ("县水务局",)
    assert not editing.panel.is_editing
    qtbot.keyClick(editing.table, Qt.Key.Key_Z, CONTROL)
    assert by_number(editing, "1").draft == before
    qtbot.keyClick(editing.table, Qt.Key.Key_Y, CONTROL)
    assert by_number(editing, "1").draft.roles.lead == ("县水务局",)


def test_what_is_typed_goes_to_the_draft_it_was_typed_for(qtbot, kit, page, editing):
    type_into(editing.panel.editor.text, "改写过的第一项。")
    editing.text.view.touched.emit(document().index("打通断头路"))
    assert by_number(editing, "1").draft.text == "改写过的第一项。"
    assert by_number(editing, "2").draft.text.startswith("整修农村公路")


def test_an_empty_text_is_refused_and_put_back(qtbot, kit, page, editing, messages):
    type_into(editing.panel.editor.text, "")
    editing.panel.editor.text.clear()
    click(qtbot, editing.write)
    assert messages.problems[0].startswith("任务内容不能为空")
    assert editing.panel.editor.text.toPlainText() == by_number(editing, "1").draft.text
    assert by_number(editing, "1").draft.text


def test_a_deadline_typed_anew_settles_the_doubt_about_the_old_one(qtbot, kit, page):
    review = start(qtbot, kit, page)
    take(review, "4")
    review.table.doubleClicked.emit(review.model.index(0, DEADLINE))
    field = review.panel.editor.inputs["deadline"]
    assert field.hasFocus()
    assert review.panel.editor.reading.text() == "▲ 不能确定日期；照原文保留"
    type_into(field, "2026年5月底前")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert by_number(review, "4").doubts == ()
    assert by_number(review, "4").chosen
    assert counters(review)[1] == "存疑 1"


def test_keys_of_the_review_work_while_a_field_is_typed_in(qtbot, kit, page, editing):
    type_into(editing.panel.editor.text, "改写过的第一项。")
    qtbot.keyClick(editing.panel.editor.text, Qt.Key.Key_F8)
    assert by_number(editing, "1").draft.text == "改写过的第一项。"
    assert editing.current().draft.number == "4"


def test_a_typed_letter_is_no_command(qtbot, kit, page, editing):
    field = editing.panel.editor.inputs["number"]
    field.setFocus()
    qtbot.keyClicks(field, "a1")
    assert field.text().endswith("a1")
    assert by_number(editing, "4").doubts


# Merging, splitting, taking


def test_two_selected_drafts_become_one(qtbot, kit, page, opened):
    review = start(qtbot, kit, page)
    take(review, "1")
    index = review.model.index(numbers(review).index("2"), TASK)
    review.table.selectionModel().select(
        index,
        review.table.selectionModel().SelectionFlag.Select
        | review.table.selectionModel().SelectionFlag.Rows,
    )
    assert review.panel.buttons[Command.MERGE].text() == "合并 2 项"
    one, other = by_number(review, "1").draft, by_number(review, "2").draft
    qtbot.keyClick(review.table, Qt.Key.Key_M, CONTROL)
    merged = by_number(review, "1").draft
    assert merged.text == f"{one.text}\n{other.text}"
    assert merged.roles.lead == ("县水利局", "县交通运输局")
    assert "2" not in numbers(review)
    write(qtbot, kit, review)
    assert merged.text in [task.text for task in tasks_of(opened)]


def test_merging_one_draft_says_how_to_select_another(qtbot, kit, page, messages):
    review = start(qtbot, kit, page)
    qtbot.keyClick(review.table, Qt.Key.Key_M, CONTROL)
    assert "再选一项" in messages.problems[0]


def test_a_draft_is_split_into_its_parts(qtbot, kit, page):
    review = start(qtbot, kit, page)
    take(review, "3")
    qtbot.keyClick(review.table, Qt.Key.Key_K, CONTROL)
    found = [d.draft for d in review.desk.now.drafts if d.draft.number.startswith("3")]
    assert [draft.number for draft in found] == ["3.1", "3.2"]
    assert [draft.text[-14:] for draft in found] == [
        "①对不裁员企业返还失业保险费；"[-14:],
        "②组织招聘会不少于12场。",
    ]


def test_a_draft_is_split_where_the_cursor_stands(qtbot, kit, page, editing):
    text = editing.panel.editor.text
    cursor = text.textCursor()
    cursor.setPosition(text.toPlainText().index("新建供水"))
    text.setTextCursor(cursor)
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_K, CONTROL)
    assert by_number(editing, "1.1").draft.text == "加快管网改造。"
    assert by_number(editing, "1.2").draft.text == "新建供水管网12公里，6月底前完成主管铺设。"


def test_a_draft_is_split_where_the_cursor_stands_in_the_document(qtbot, kit, page):
    review = start(qtbot, kit, page)
    view = review.text.view
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index("打通断头路"))
    view.setFocus()
    view.setTextCursor(cursor)
    qtbot.keyClick(view, Qt.Key.Key_K, CONTROL)
    assert by_number(review, "2.2").draft.text == "打通断头路4条。"


def test_splitting_without_a_cursor_opens_the_fields_and_says_how(qtbot, kit, page, messages):
    review = start(qtbot, kit, page)
    take(review, "2")
    review.table.setFocus()
    qtbot.keyClick(review.table, Qt.Key.Key_K, CONTROL)
    assert review.panel.is_editing
    assert messages.said[-1] == "请把光标放到要拆开的地方，再按 Ctrl+K"
    assert len(review.desk.now.drafts) == 5


def test_words_of_the_text_become_a_task_in_their_place(qtbot, kit, page, opened):
    review = start(qtbot, kit, page)
    select(review, "为做好当前工作，现将任务分工如下。")
    assert review.text.take.isEnabled()
    qtbot.keyClick(review.text.view, Qt.Key.Key_T, CONTROL)
    first = review.desk.now.drafts[0]
    assert first.draft.text == "为做好当前工作，现将任务分工如下。"
    assert review.current().id == first.id
    assert len(review.desk.now.drafts) == 6


def test_taking_without_a_selection_says_how(qtbot, kit, page, messages):
    review = start(qtbot, kit, page)
    qtbot.keyClick(review.table, Qt.Key.Key_T, CONTROL)
    assert messages.problems[0].startswith("还没有选中文字")


def test_every_step_can_be_taken_back_to_the_beginning(qtbot, kit, page):
    review = start(qtbot, kit, page)
    first = review.desk.now
    take(review, "3")
    qtbot.keyClick(review.table, Qt.Key.Key_K, CONTROL)
    qtbot.keyClick(review.table, Qt.Key.Key_Delete)
    take(review, "4")
    qtbot.keyClick(review.table, Qt.Key.Key_A)
    select(review, "为做好当前工作")
    qtbot.keyClick(review.text.view, Qt.Key.Key_T, CONTROL)
    last = review.desk.now
    steps = 0
    while review.desk.can_undo:
        qtbot.keyClick(review.table, Qt.Key.Key_Z, CONTROL)
        steps += 1
    assert review.desk.now == first
    for _ in range(steps):
        qtbot.keyClick(review.table, Qt.Key.Key_Y, CONTROL)
    assert review.desk.now == last


def test_a_name_corrected_by_hand_settles_the_question_about_it(qtbot, kit, page):
    review = start(qtbot, kit, page, NEAR)
    review.panel.edit(UNITS)
    type_into(review.panel.editor.inputs["responsible"], "县城管局")
    qtbot.keyClick(review.panel.editor.inputs["responsible"], Qt.Key.Key_Return)
    assert by_number(review, "3").doubts == ()
    assert by_number(review, "3").chosen


# The target


def test_a_date_reads_the_deadlines_again_and_keeps_what_was_done(qtbot, kit, page, messages):
    review = start(qtbot, kit, page, WITHOUT_DATE)
    assert review.target.hint.text() == "1 项时限没写年份，请填文件日期"
    take(review, "2")
    review.panel.edit()
    type_into(review.panel.editor.inputs["lead"], "县水利局")
    review.target.date.setFocus()
    qtbot.keyClicks(review.target.date, "9-1")
    qtbot.keyClick(review.target.date, Qt.Key.Key_Return)
    assert messages.problems[-1].startswith("读不出日期“9-1”")
    review.target.date.selectAll()
    qtbot.keyClicks(review.target.date, "2026-7-1")
    qtbot.keyClick(review.target.date, Qt.Key.Key_Return)
    settle(qtbot, kit)
    assert by_number(review, "1").draft.deadline.date.isoformat() == "2026-09-30"
    assert by_number(review, "1").chosen
    assert by_number(review, "2").draft.roles.lead == ("县水利局",)
    assert not review.target.hint.isVisible()
    assert review.write.text() == "写入台账 2 项"


def test_another_ledger_can_be_chosen(qtbot, kit, page, opened):
    new_ledger(opened, "春季攻坚", who="张三", now=kit.hub.now)
    review = start(qtbot, kit, page)
    line = review.target.ledger.lineEdit()
    line.selectAll()
    line.insert("春季攻坚")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, kit)
    write(qtbot, kit, review)
    assert [ledger.name for ledger in list_ledgers(opened)] == ["春季攻坚"]
    assert kit.hub.ledger.name == "春季攻坚"
    assert len(tasks_of(opened)) == 3


# Writing


def test_a_document_becomes_a_new_office_file(qtbot, kit, page, messages, tmp_path):
    review = start(qtbot, kit, page)
    messages.answers = [None]
    write(qtbot, kit, review)
    assert kit.hub.office is None
    assert review.isEnabled()
    path = tmp_path / "新 台账.db"
    messages.answers = [str(path)]
    with qtbot.waitSignal(page.finished):
        click(qtbot, review.write)
    settle(qtbot, kit)
    office = kit.hub.office
    assert path.exists()
    assert kit.hub.ledger.name == TITLE
    assert [task.number for task in tasks_of(office)] == ["1", "2", "3"]
    word, undo = messages.links[-1]
    assert word == "撤销"
    undo()
    settle(qtbot, kit)
    assert tasks_of(office) == []
    office.close()


def test_writing_is_one_step_that_undo_takes_back_and_redo_brings_again(qtbot, kit, page, opened):
    review = start(qtbot, kit, page)
    write(qtbot, kit, review)
    assert kit.hub.ledger.name == TITLE
    assert len(tasks_of(opened)) == 3
    undo_step(opened, who="张三", now=kit.hub.now)
    assert tasks_of(opened) == []
    redo_step(opened, who="张三", now=kit.hub.now)
    assert len(tasks_of(opened)) == 3


def test_control_enter_writes_from_everywhere(qtbot, kit, page, opened, editing):
    type_into(editing.panel.editor.text, "改写过的第一项。")
    qtbot.keyClick(editing.panel.editor.text, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, kit)
    assert tasks_of(opened)[0].text == "改写过的第一项。"


def test_a_ledger_changed_meanwhile_is_told_and_nothing_is_lost(qtbot, kit, page, opened, messages):
    write(qtbot, kit, start(qtbot, kit, page))
    review = start(qtbot, kit, page, document(*MEASURES, "6. 新增一项。（责任单位：县水利局）"))
    undo_step(opened, who="张三", now=kit.hub.now)
    write(qtbot, kit, review)
    assert messages.problems
    assert review.isEnabled()
    assert len(review.desk.now.drafts) == 6


# The same document again


@pytest.fixture
def again(qtbot, kit, page, opened):
    """The document is stored, and a corrected version is under review."""
    first = start(qtbot, kit, page)
    click(qtbot, first.filters.buttons[Sieve.WAITING])
    click(qtbot, first.filters.all)
    write(qtbot, kit, first)
    changed = FIRST.replace("12公里", "15公里").replace("6月底", "8月底")
    added = "6. 盘活闲置厂房。盘活厂房5处。（责任单位：县工信局）"
    return start(qtbot, kit, page, document(changed, SECOND, DAMAGED, PROSE, added))


def test_a_corrected_version_proposes_only_what_differs(qtbot, kit, again, opened):
    review = again
    assert review.model.sieve is Sieve.DIFFERENT
    assert numbers(review) == ["1", "6"]
    assert counters(review)[:2] == ["有差异 2", "全部 5"]
    assert {"新增 1", "有变化 1", "一致 3"} <= set(counters(review))
    assert review.write.text() == "写入台账 2 项"
    take(review, "1")
    shown = review.panel.strip.widget().findChildren(type(review.text._about))
    words = "".join(label.text() for label in shown)
    assert "12" in words
    assert "15" in words
    button = review.notes.buttons["上版"]
    assert button.text() == "上版独有 1 项"
    write(qtbot, kit, review)
    tasks = {task.number: task for task in tasks_of(opened)}
    assert len(tasks) == 6
    assert "15公里" in tasks["1"].text
    assert tasks["1"].deadline.text == "8月底前"


def test_a_change_that_is_refused_leaves_the_stored_cell(qtbot, kit, again, opened):
    review = again
    take(review, "1")
    from PySide6.QtWidgets import QCheckBox

    box = next(b for b in review.panel.strip.findChildren(QCheckBox) if b.text() == "时限")
    click(qtbot, box)
    write(qtbot, kit, review)
    task = next(task for task in tasks_of(opened) if task.number == "1")
    assert "15公里" in task.text
    assert task.deadline.text == "6月底前"


def test_the_same_document_again_writes_nothing(qtbot, kit, page, opened):
    first = start(qtbot, kit, page, document(FIRST, SECOND, THIRD))
    write(qtbot, kit, first)
    review = start(qtbot, kit, page, document(FIRST, SECOND, THIRD))
    assert numbers(review) == []
    assert review.write.text() == "没有要写入的内容"
    assert not review.write.isEnabled()


REWORDED = FIRST.replace("12公里", "一百二十公里左右的各类").replace(
    "主管铺设", "主管铺设和入户改造并通过县里组织的验收"
)


@pytest.mark.parametrize(("key", "tasks", "word"), [("1", 3, "有变化"), ("2", 4, "新增")])
def test_a_draft_that_may_be_a_stored_task_waits_for_a_key(
    qtbot, kit, page, opened, messages, key, tasks, word
):
    write(qtbot, kit, start(qtbot, kit, page, document(FIRST, SECOND, THIRD)))
    review = start(qtbot, kit, page, document(REWORDED, SECOND, THIRD))
    assert numbers(review) == ["1"]
    assert not review.write.isEnabled()
    buttons = [button.text() for button in review.panel.strip.buttons]
    assert buttons == ["1 是第1项", "2 都不是，新增"]
    for refused in (Qt.Key.Key_A, Qt.Key.Key_Space):
        qtbot.keyClick(review.table, refused)
        assert messages.said[-1] == "请先选这一项是台账里的哪一项（按 1、2……）"
    qtbot.keyClick(review.table, key)
    assert f"{word} 1" in counters(review)
    write(qtbot, kit, review)
    stored = tasks_of(opened)
    assert len(stored) == tasks
    assert any("一百二十公里" in task.text for task in stored)


def test_two_drafts_cannot_be_the_same_stored_task(qtbot, kit, page, opened, messages):
    write(qtbot, kit, start(qtbot, kit, page, document(FIRST, SECOND, THIRD)))
    review = start(qtbot, kit, page, document(REWORDED, SECOND, THIRD))
    review.handling.answer(by_number(review, "2").task)
    assert messages.problems[-1].startswith("两项不能对到同一项任务")
    assert by_number(review, "1").task is None


# Putting by


def test_a_review_is_put_by_and_gone_on_with(qtbot, kit, page, opened, messages):
    review = start(qtbot, kit, page)
    take(review, "1")
    review.panel.edit()
    type_into(review.panel.editor.text, "改写过的第一项。")
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(review.panel.editor.text, Qt.Key.Key_S, CONTROL)
    settle(qtbot, kit)
    (kept,) = open_reviews(opened)
    assert kept.drafts == 5
    assert tasks_of(opened) == []
    page.resume(kept.id, kept.title)
    settle(qtbot, kit)
    assert by_number(review, "1").draft.text == "改写过的第一项。"
    assert review.write.text() == "写入台账 3 项（2 项存疑未选）"
    write(qtbot, kit, review)
    assert open_reviews(opened) == ()
    assert len(tasks_of(opened)) == 3


def test_a_review_put_by_again_writes_over_the_one_before(qtbot, kit, page, opened):
    review = start(qtbot, kit, page)
    click(qtbot, review.keep)
    settle(qtbot, kit)
    (kept,) = open_reviews(opened)
    page.resume(kept.id, kept.title)
    settle(qtbot, kit)
    qtbot.keyClick(review.table, Qt.Key.Key_A)
    click(qtbot, review.keep)
    settle(qtbot, kit)
    (after,) = open_reviews(opened)
    assert (after.id, after.waiting) == (kept.id, 1)


def test_a_review_is_put_by_into_a_new_file_where_none_is_open(
    qtbot, kit, page, messages, tmp_path
):
    review = start(qtbot, kit, page)
    path = tmp_path / "暂存.db"
    messages.answers = [str(path)]
    click(qtbot, review.keep)
    settle(qtbot, kit)
    assert len(open_reviews(kit.hub.office)) == 1
    kit.hub.office.close()


# Giving up


def test_escape_gives_up_and_asks_only_where_work_would_be_lost(qtbot, kit, page, opened, messages):
    before = opened.path.read_bytes()
    review = start(qtbot, kit, page)
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(review.table, Qt.Key.Key_Escape)
    review = start(qtbot, kit, page)
    qtbot.keyClick(review.table, Qt.Key.Key_A)
    messages.answers = [False, True]
    qtbot.keyClick(review.table, Qt.Key.Key_Escape)
    assert review.loaded is not None
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(review.table, Qt.Key.Key_Escape)
    assert messages.asked == ["放弃这次核对？"] * 2
    assert opened.path.read_bytes() == before


def test_escape_in_a_field_only_leaves_the_fields(qtbot, kit, page, editing):
    qtbot.keyClick(editing.panel.editor.text, Qt.Key.Key_Escape)
    assert editing.loaded is not None
    assert not editing.panel.is_editing


def test_the_headings_above_a_draft_can_be_typed(qtbot, kit, page):
    review = start(qtbot, kit, page, document())
    take(review, "1")
    qtbot.keyClick(review.table, Qt.Key.Key_F2)
    path = review.panel.editor.path
    path.setText("二、水利 ＞ （一）水库>除险")
    assert review.panel.editor.take_over()
    assert by_number(review, "1").draft.path == ("二、水利", "（一）水库", "除险")
    assert path.text() == "二、水利 ＞ （一）水库 ＞ 除险"
