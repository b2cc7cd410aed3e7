from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QWidget

from tests.conftest import NOW
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.domain.terms import Completion
from tracker.ops.browse import task_card
from tracker.ops.entries import EntryWords, list_entries, write_entry
from tracker.ops.history import undo_step
from tracker.ops.notes import NoteWords, add_note
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.slips import new_slip
from tracker.ops.task_changes import merge_tasks, withdraw_task
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, edit_task, extend_deadline
from tracker.ui.detail.panel import DetailPanel
from tracker.ui.detail.parts import ChipFlow
from tracker.ui.widgets.chips import Chip, Tone


@pytest.fixture
def panel(qtbot, kit_with_table):
    """The panel over the first task of an office with one round."""
    shown = DetailPanel(kit_with_table)
    qtbot.addWidget(shown)
    shown.resize(356, 700)
    shown.show()
    take(qtbot, shown, "1-001")
    return shown


@pytest.fixture
def do(kit_with_table):
    """Call an op with the office of the kit, the user and the moment."""
    hub = kit_with_table.hub
    return lambda op, *args, **more: op(hub.office, *args, who="李四", now=NOW, **more)


def idle(qtbot, panel):
    qtbot.waitUntil(lambda: not panel._kit.runner.is_busy)


def take(qtbot, panel, code):
    panel._kit.hub.select(code)
    qtbot.waitUntil(lambda: panel.card is not None and panel.card.task.code == code)
    idle(qtbot, panel)
    settle()


def settle():
    """Let Qt show the labels just made."""
    QApplication.sendPostedEvents()


def show_again(qtbot, panel):
    panel._read.ask()
    idle(qtbot, panel)
    settle()


def entry_text(panel, code="1-001"):
    hub = panel._kit.hub
    return task_card(hub.office, code, hub.round.id, hub.today).entry.text


def words_in(widget):
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def press(qtbot, widget, text):
    (button,) = [b for b in widget.findChildren(QPushButton) if b.text() == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_a_task_in_hand_the_panel_says_what_to_do(qtbot, kit_with_table):
    panel = DetailPanel(kit_with_table)
    qtbot.addWidget(panel)
    panel.show()
    assert "选一项任务" in words_in(panel)
    assert not panel.close_button.isVisible()


def test_the_task_in_hand_is_shown_with_its_units_and_deadline(panel):
    words = words_in(panel.head)
    assert "城东滨河步道" in words
    assert "12月31日" in words
    names = [w.accessibleName() for w in panel.head.findChildren(QWidget)]
    assert "县住建局、县水利局" in names


def test_its_source_unfolds_to_file_and_row(qtbot, panel):
    assert "位置" not in words_in(panel.head)
    press(qtbot, panel.head, "看出处")
    assert "位置：第" in words_in(panel.head)


def test_parts_stand_with_their_marks(qtbot, panel):
    take(qtbot, panel, "1-003")
    words = words_in(panel.head)
    assert "①" in words
    assert "新增停车位500个" in words


def test_what_is_typed_is_saved_with_control_enter_and_undo_takes_it_back(qtbot, panel, do):
    before = panel.entry.editor.toPlainText()
    panel.entry.editor.selectAll()
    qtbot.keyClicks(panel.entry.editor, "step done 80%")
    qtbot.keyClick(panel.entry.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, panel)
    assert entry_text(panel) == "step done 80%"
    assert any("落实情况" in said for said in panel._kit.messages.said)
    panel._kit.runner.write("撤销", lambda _p: do(undo_step))
    idle(qtbot, panel)
    assert entry_text(panel) == before
    assert panel.entry.editor.toPlainText() == before


def test_what_is_typed_is_saved_when_the_cursor_leaves(qtbot, panel):
    panel.activateWindow()
    panel.entry.editor.setFocus()
    qtbot.waitUntil(panel.entry.editor.hasFocus)
    panel.entry.editor.setPlainText("面层已铺设一半。")
    panel.next_button.setFocus()
    idle(qtbot, panel)
    assert entry_text(panel) == "面层已铺设一半。"


def test_what_is_typed_goes_to_its_own_task_when_another_is_taken(qtbot, panel):
    panel.entry.editor.setPlainText("步道二期完工。")
    take(qtbot, panel, "1-002")
    assert entry_text(panel, "1-001") == "步道二期完工。"
    assert "步道二期完工" not in entry_text(panel, "1-002")
    assert "步道二期完工" not in panel.entry.editor.toPlainText()


def test_a_window_closed_in_the_middle_of_editing_has_saved(qtbot, panel):
    qtbot.keyClicks(panel.entry.editor, "abc ")
    panel.finish_editing()
    panel._kit.runner.finish()
    assert entry_text(panel).startswith("abc ")


def test_nothing_is_written_where_nothing_was_typed(qtbot, panel):
    said = len(panel._kit.messages.said)
    panel.finish_editing()
    idle(qtbot, panel)
    assert len(panel._kit.messages.said) == said


def test_a_reload_does_not_take_away_what_is_being_typed(qtbot, panel, do):
    panel.entry.editor.setPlainText("正在写……")
    panel._kit.runner.write(
        "修改任务", lambda _p: do(edit_task, "1-001", TaskWords(section="城建"))
    )
    idle(qtbot, panel)
    assert panel.entry.editor.toPlainText() == "正在写……"
    panel.finish_editing()
    idle(qtbot, panel)
    assert entry_text(panel) == "正在写……"


def test_a_refused_text_stays_with_the_reason_beside_it(qtbot, panel):
    panel.entry._round = 9
    panel.entry.editor.setPlainText("没有地方可写。")
    panel.finish_editing()
    idle(qtbot, panel)
    assert "没有保存" in panel.entry.note.text()
    assert panel.entry.is_dirty
    panel.entry.editor.setPlainText(panel.entry._saved)


def test_the_change_since_last_round_is_marked_in_both(qtbot, panel, do):
    hub = panel._kit.hub
    do(new_round, hub.ledger)
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])
    take(qtbot, panel, "1-004")
    assert "沿用上期" in panel.entry.note.text()
    old = panel.entry.editor.toPlainText()
    panel.entry.editor.setPlainText(old.replace("初稿", "定稿"))
    marked = [s.cursor.selectedText() for s in panel.entry.editor.extraSelections()]
    assert marked == ["定"]
    assert "line-through" in panel.entry.before.text()
    panel.finish_editing()
    idle(qtbot, panel)
    assert panel.entry.note.text() == ""


def test_a_task_that_is_over_is_not_said_to_lack_news(qtbot, panel, do):
    hub = panel._kit.hub
    do(new_round, hub.ledger)
    do(close_task, "1-001", ClosingWords("已竣工。", NOW.date(), "王五", "验收单"))
    do(edit_task, "1-002", TaskWords(completion=Completion.EXCLUDED))
    do(withdraw_task, "1-003", "任务取消")
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])
    said = {}
    for code in ("1-001", "1-002", "1-003", "1-004"):
        take(qtbot, panel, code)
        said[code] = panel.entry.note.text()
    assert said == {
        "1-001": "已销号，沿用上期的情况",
        "1-002": "调整/取消，沿用上期的情况",
        "1-003": "",
        "1-004": "≈ 沿用上期，本期还没有更新",
    }


def test_an_extended_deadline_keeps_the_first_one_struck_beside_it(qtbot, panel, do):
    do(extend_deadline, "1-001", "2027-03-31", "汛期停工")
    show_again(qtbot, panel)
    words = words_in(panel.head)
    assert "2027年3月31日" in words
    assert "line-through" in words
    assert "汛期停工" in words


def test_reports_rounds_and_closings_are_listed(qtbot, panel, do):
    do(add_note, "1-001", "县住建局", NoteWords("面层铺设过半。"), reported_by="小陈")
    do(close_task, "1-001", ClosingWords("已竣工。", NOW.date(), "王五", "验收单"))
    do(new_round, panel._kit.hub.ledger)
    show_again(qtbot, panel)
    assert "面层铺设过半。" in words_all(panel.records.notes)
    assert "小陈" in words_all(panel.records.notes)
    assert "验收单" in words_all(panel.records.closings)
    assert "第2期" in words_all(panel.records.rounds)
    assert panel.close_button.text() == "恢复办理…"


def test_slips_about_the_task_are_listed_with_their_state(qtbot, panel, do):
    ledger = panel._kit.hub.ledger
    choice = SlipChoice(SlipKind.SUPERVISION, "县住建局", ("1-001",))
    code = do(new_slip, ledger, choice, None).value
    do(new_slip, ledger, SlipChoice(SlipKind.HINT, "县住建局", ("1-002",)), None)
    show_again(qtbot, panel)
    assert code in words_all(panel.records.slips)
    assert "待回复" in words_all(panel.records.slips)
    assert len(panel.card.slips) == 1


def words_all(section):
    return "\n".join(label.text() for label in section.body.findChildren(QLabel))


def test_merged_tasks_lead_to_each_other(qtbot, panel, do):
    do(merge_tasks, ["1-004"], "1-001", "同一件事")
    show_again(qtbot, panel)
    panel.records.merged.open()
    assert "同一件事" in words_all(panel.records.merged)
    press(qtbot, panel.records.merged.body, "并入的 4")
    qtbot.waitUntil(lambda: panel.card.task.code == "1-004")
    qtbot.waitUntil(lambda: "已并入 1-001" in words_in(panel.head))


def test_an_old_value_comes_back_from_the_trace(qtbot, panel, do):
    do(edit_task, "1-001", TaskWords(persons="赵六"))
    show_again(qtbot, panel)
    panel.records.trace.open()
    assert "赵六" in words_all(panel.records.trace)
    button = next(
        b for b in panel.records.trace.body.findChildren(QPushButton) if b.text() == "恢复此值"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    idle(qtbot, panel)
    assert panel.card.task.persons == ()
    assert "恢复原值：责任人" in words_all(panel.records.trace)


def test_the_buttons_go_through_the_list_in_its_order(qtbot, panel):
    qtbot.mouseClick(panel.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.card.task.code == "1-002")
    qtbot.mouseClick(panel.before_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.card.task.code == "1-001")
    idle(qtbot, panel)
    qtbot.mouseClick(panel.before_button, Qt.MouseButton.LeftButton)
    idle(qtbot, panel)
    assert panel._kit.messages.said[-1] == "已经是第一条"


def test_the_buttons_ask_the_window_for_its_actions(qtbot, panel):
    wanted = []
    panel.action_wanted.connect(wanted.append)
    press(qtbot, panel.head, "延期…")
    qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    panel._fill_menu()
    by_name = {action.text(): action for action in panel._menu.actions()}
    by_name["拆分…"].trigger()
    assert wanted == ["extend_task", "close_task", "split_task"]
    assert not by_name["恢复办理…"].isEnabled()


def test_a_closed_task_is_offered_to_be_opened_again_and_not_extended(qtbot, panel, do):
    do(close_task, "1-001", ClosingWords("已竣工。", NOW.date(), "王五", "验收单"))
    show_again(qtbot, panel)
    panel._fill_menu()
    by_name = {action.text(): action.isEnabled() for action in panel._menu.actions()}
    assert (by_name["恢复办理…"], by_name["延期…"]) == (True, False)
    assert panel.close_button.text() == "恢复办理…"


def test_a_withdrawn_task_can_be_brought_back_from_the_menu(qtbot, panel, do):
    do(withdraw_task, "1-001", "重复")
    show_again(qtbot, panel)
    assert "重复" in words_in(panel.head)
    panel._fill_menu()
    next(a for a in panel._menu.actions() if a.text() == "恢复这项任务").trigger()
    idle(qtbot, panel)
    assert panel.card.line.withdrawn == ""


def test_a_closed_round_is_not_written(qtbot, panel, kit_with_table, do):
    hub = kit_with_table.hub
    with hub.office.change("定稿", "张三", NOW) as work:
        work.rounds(work.ledger(hub.ledger.id))[-1].state = "closed"
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])
    take(qtbot, panel, "1-001")
    assert panel.entry.editor.isReadOnly()
    assert "已定稿" in panel.entry.heading.text()


def test_without_a_round_the_panel_says_so(qtbot, kit, office, do_new_ledger):
    hub = kit.hub
    panel = DetailPanel(kit)
    qtbot.addWidget(panel)
    panel.show()
    take(qtbot, panel, do_new_ledger)
    assert hub.round is None
    assert "还没有轮次" in panel.entry.heading.text()
    assert not panel.entry.editor.isVisible()


@pytest.fixture
def do_new_ledger(kit, office):
    """A ledger with a task and no round; the task's code."""
    from tracker.ops.ledgers import list_ledgers, new_ledger
    from tracker.ops.tasks import new_task

    new_ledger(office, "重点工作", who="张三", now=NOW)
    (ledger,) = list_ledgers(office)
    kit.hub.show(office, ledger, None)
    return new_task(office, ledger, TaskWords(text="修好北桥。"), who="张三", now=NOW).value


@pytest.mark.parametrize("dark", [False, True])
def test_the_panel_follows_palette_and_text_size(qtbot, panel, dark):
    panel._kit.theme.set_dark(dark)
    panel._kit.theme.set_size(18)
    assert not panel.grab().isNull()
    panel._kit.theme.set_size(13)
    panel._kit.theme.set_dark(None)
    assert list_entries(panel._kit.hub.office, panel._kit.hub.ledger)


def test_a_task_that_an_undone_import_took_along_leaves_the_panel_empty(
    qtbot, panel, kit_with_table, messages, do
):
    outcome = do(undo_step)
    kit_with_table.hub.tell(outcome.changes)
    idle(qtbot, panel)
    assert messages.problems == []
    assert panel._empty.isVisible()


def test_texts_are_shown_to_the_letter(qtbot, panel, do):
    do(write_entry, "1-001", EntryWords(progress="增速<5%，<b>持平</b> & 稳定"))
    show_again(qtbot, panel)
    assert panel.entry.editor.toPlainText() == "增速<5%，<b>持平</b> & 稳定"


def test_chips_get_the_height_of_all_their_rows(qtbot, theme):
    names = ("县市场监管局", "县自然资源局", "县卫生健康局", "县退役军人局")
    chips = [Chip(name, Tone.OUTLINED) for name in names]
    flow = ChipFlow(theme, chips)
    holder = QWidget()
    qtbot.addWidget(holder)
    grid = QGridLayout(holder)
    grid.addWidget(QLabel("配合"), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(flow, 0, 1)
    for width in (160, 240, 420):
        holder.resize(width, grid.heightForWidth(width))
        holder.show()
        settle()
        assert flow.height() >= flow.heightForWidth(flow.width())
