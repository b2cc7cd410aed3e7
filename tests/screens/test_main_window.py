"""The whole window through real widgets: start page, import, edit, undo, export, close."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel

from tests.benchmarks.large_office import make_large_office
from tests.conftest import NOW
from tests.helpers.command import command
from tests.helpers.pulse import Pulse
from tests.helpers.samples import situation_text
from tracker.base.progress import Progress
from tracker.ops.entries import EntryWords, list_entries, write_entry
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.office import create_office
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, list_tasks, new_task
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices
from tracker.ui.run import Running
from tracker.ui.theme import load_fonts

SEED = sorted((Path(__file__).resolve().parents[3] / "shared" / "seeds").glob("004*"))


@pytest.fixture
def window(qtbot, qapp, tmp_path, messages):
    qapp.setStyle("Fusion")
    load_fonts()
    settings = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    window = MainWindow(qapp, "张三", lambda: NOW, choices=Choices(settings), messages=messages)
    qtbot.addWidget(window)
    window.show()
    yield window
    try:
        window.close()
    finally:  # it may ask, and stay
        window.kit.runner.finish()


@pytest.fixture
def idle(qtbot, window):
    def wait():
        def is_quiet():
            furnished = window.is_furnished or window.kit.hub.office is None
            return furnished and not window.kit.runner.is_busy

        qtbot.waitUntil(is_quiet, timeout=20000)

    return wait


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def opened(window, idle, tmp_path):
    """A window that shows an office of four tasks."""
    table, db = tmp_path / "表.txt", tmp_path / "台账.db"
    table.write_text(situation_text(), encoding="utf-8")
    command("import", table, "--db", db, "--apply", now=NOW)
    window.commands.open_path(db)
    idle()
    return window


def test_the_start_page_offers_four_ways_and_no_recent_files(window):
    assert window.centralWidget().currentWidget() is window.start
    assert not window.tools.isVisible()
    assert not window.actions_by_name["export_table"].isEnabled()


def test_a_new_office_is_made_where_the_user_wants_it(window, idle, messages, qtbot, tmp_path):
    messages.answers = [str(tmp_path / "新台账"), "政府工作报告任务"]
    click(qtbot, window.start.findChild(object, "new_office"))
    idle()
    assert window.kit.hub.ledger.name == "政府工作报告任务"
    assert (tmp_path / "新台账.db").exists()
    assert window.windowTitle().endswith("新台账")


def test_the_sample_opens_and_an_edited_entry_is_undone(window, idle, qtbot):
    click(qtbot, window.start.findChild(object, "open_sample"))
    idle()
    assert window.choices.recent() == ()  # it is temporary
    hub = window.kit.hub
    assert hub.round is not None
    tasks = list_tasks(hub.office, hub.ledger)
    hub.select(tasks[0].code)
    idle()
    before = list_entries(hub.office, hub.ledger, hub.round.number)[tasks[0].id].text
    editor = window.detail.entry.editor
    editor.setFocus()
    editor.selectAll()
    editor.insertPlainText("已全部完成。")  # as an input method does
    window.detail.finish_editing()
    idle()
    assert (
        list_entries(hub.office, hub.ledger, hub.round.number)[tasks[0].id].text == "已全部完成。"
    )
    assert window.actions_by_name["undo"].text() == "撤销“修改落实情况”"
    window.actions_by_name["undo"].trigger()
    idle()
    assert list_entries(hub.office, hub.ledger, hub.round.number)[tasks[0].id].text == before


@pytest.fixture
def sample(window, idle):
    """The window with the sample open; its file."""
    window.commands.open_sample()
    idle()
    return window.kit.hub.office.path


def change(window, idle):
    """Do something that is stored."""
    hub = window.kit.hub
    code, text = list_tasks(hub.office, hub.ledger)[0].code, "已全部完成。"
    window.kit.runner.write(
        "改",
        lambda _p: write_entry(
            hub.office, code, EntryWords(progress=text), who="张三", now=hub.now
        ),
    )
    idle()


def test_the_sample_goes_with_the_window_and_says_so(window, sample, messages):
    assert "关闭程序时删除" in messages.said[-1]
    assert sample.exists()
    assert window.close()
    assert not sample.parent.exists()
    assert messages.asked == []


def test_a_sample_that_was_changed_is_kept_where_the_user_wants_it(
    window, idle, sample, messages, tmp_path
):
    change(window, idle)
    kept = tmp_path / "练习.db"
    messages.answers = [0, str(tmp_path / "练习")]
    assert window.close()
    assert not sample.parent.exists()
    name = window.kit.hub.ledger.name
    listed = command("task", "list", "--db", kept, "--ledger", name, "--json").json
    assert "已全部完成。" in [row["entry"]["progress"] for row in listed if row["entry"]]
    assert window.choices.recent() == (kept,)


@pytest.mark.parametrize(
    ("answers", "is_closed"), [([1], True), ([None], False), ([0, None], False)]
)
def test_a_sample_that_was_changed_is_asked_about(
    window, idle, sample, messages, answers, is_closed
):
    change(window, idle)
    messages.answers = list(answers)
    assert window.close() is is_closed
    assert sample.exists() is not is_closed
    messages.answers = [1]


def test_a_changed_sample_is_asked_about_after_another_office_was_opened(
    window, idle, sample, messages, tmp_path
):
    change(window, idle)
    messages.answers = [str(tmp_path / "新台账"), "政府工作报告任务"]
    window.commands.new_office()
    idle()
    messages.answers = [1]
    assert window.close()
    assert messages.asked[-1] == "示例里有改动，要留下吗？"
    assert not sample.parent.exists()


def test_what_cannot_be_saved_keeps_the_window_open(opened, idle, messages, tmp_path):
    hub = opened.kit.hub
    hub.select(list_tasks(hub.office, hub.ledger)[0].code)
    idle()
    opened.detail.entry.editor.setPlainText("没有地方可写")
    hub.office.path.chmod(0o444)
    messages.answers = [False]
    assert not opened.close()
    assert opened.isVisible()
    assert opened.detail.entry.editor.toPlainText() == "没有地方可写"
    assert "只读" in opened.detail.entry.note.text()
    hub.office.path.chmod(0o644)
    assert opened.close()
    listed = command("task", "list", "--db", tmp_path / "台账.db", "--json").json
    assert listed[0]["entry"]["progress"] == "没有地方可写"


def test_the_user_may_close_without_saving(opened, idle, messages):
    hub = opened.kit.hub
    hub.select(list_tasks(hub.office, hub.ledger)[0].code)
    idle()
    opened.detail.entry.editor.setPlainText("没有地方可写")
    hub.office.path.chmod(0o444)
    messages.answers = [True]
    assert opened.close()
    assert messages.asked == ["有内容没有保存，关闭窗口就丢失了"]


def test_the_window_saves_what_is_being_typed_when_it_is_closed(opened, idle, qtbot, tmp_path):
    hub = opened.kit.hub
    task = list_tasks(hub.office, hub.ledger)[0]
    hub.select(task.code)
    idle()
    editor = opened.detail.entry.editor
    editor.setFocus()
    editor.selectAll()
    editor.insertPlainText("写到一半就关了窗口")  # as an input method does
    opened.close()
    listed = command("task", "list", "--db", tmp_path / "台账.db", "--json").json
    assert listed[0]["entry"]["progress"] == "写到一半就关了窗口"


def test_a_table_is_imported_reviewed_applied_exported_and_undone(
    window, idle, messages, qtbot, tmp_path
):
    table, out = tmp_path / "上期.txt", tmp_path / "本期.xlsx"
    table.write_text(situation_text(), encoding="utf-8")
    messages.answers = [[str(table)]]
    click(qtbot, window.start.findChild(object, "import_table"))
    idle()
    assert not list(tmp_path.glob("*.db"))
    messages.answers = [str(tmp_path / "台账.db")]
    page = window.import_page()
    click(qtbot, page.review.apply)
    idle()
    assert page.done.isVisible()
    click(qtbot, page.done.foot.forward)
    hub = window.kit.hub
    assert len(list_tasks(hub.office, hub.ledger)) == 4
    assert window.view("台账").isVisible()
    messages.answers = [str(out)]
    window.actions_by_name["export_table"].trigger()
    idle()
    assert [r["task"] for r in command("table", out, "--json").json["rows"]] == [
        task.text for task in list_tasks(hub.office, hub.ledger)
    ]
    window.actions_by_name["undo"].trigger()
    idle()
    assert list_ledgers(hub.office) == ()


@pytest.mark.skipif(not SEED, reason="the sample documents are not here")
def test_the_real_table_goes_the_same_way(window, idle, messages, tmp_path):
    messages.answers = [[str(SEED[0])]]
    window.actions_by_name["import_table"].trigger()
    idle()
    messages.answers = [str(tmp_path / "台账.db"), str(tmp_path / "表.xlsx")]
    window.import_page().review.apply.click()
    idle()
    window.import_page().done.finished.emit()
    window.actions_by_name["export_table"].trigger()
    idle()
    assert len(command("table", tmp_path / "表.xlsx", "--json").json["rows"]) == 35


def test_the_window_stays_alive_while_three_thousand_rows_are_exported(
    window, idle, messages, tmp_path
):
    db = make_large_office(tmp_path / "大.db", 3_000)
    window.commands.open_path(db)
    idle()
    gc.collect()
    gc.freeze()
    gaps = []
    for times in range(6):  # bursts of garbage, disk or scheduling are forgiven
        messages.answers = [str(tmp_path / f"{times}.xlsx")]
        pulse = Pulse()
        window.actions_by_name["export_table"].trigger()
        idle()
        gaps.append(pulse.stop())
        if gaps[-1] < 0.1:
            break
    gc.unfreeze()
    assert (tmp_path / "0.xlsx").exists()
    assert min(gaps) < 0.1, gaps


def test_export_asks_where_and_offers_to_open_it(opened, idle, messages, tmp_path):
    out = tmp_path / "第1期.xlsx"
    messages.answers = [str(out)]
    opened.actions_by_name["export_table"].trigger()
    idle()
    assert len(command("table", out, "--json").json["rows"]) == 4
    assert messages.said[-1] == "已导出 第1期.xlsx"
    assert messages.links[-1][0] == "打开"


def test_an_export_that_fails_is_told_in_three_parts(opened, idle, messages, tmp_path):
    messages.answers = [str(tmp_path / "没有的文件夹" / "表.xlsx")]
    opened.actions_by_name["export_table"].trigger()
    idle()
    assert len(messages.problems) == 1


def test_long_work_hides_a_sentence_only_for_its_time(window):
    running = Running("读取任务", Progress(), None, False)
    window.foot.tell("已导出 表.xlsx")
    window.foot.show_running(running)
    assert "读取任务" in words_at_the_foot(window)
    window.foot.hide_running()
    assert "已导出 表.xlsx" in words_at_the_foot(window)
    window.foot._timer.timeout.emit()
    window.foot._timer.stop()
    window.foot.show_running(running)
    window.foot.hide_running()
    assert "已导出" not in words_at_the_foot(window)


def words_at_the_foot(window):
    return " ".join(label.text() for label in window.foot.findChildren(QLabel))


def test_all_views_can_be_shown(opened, idle):
    for name in ("台账", "时限图", "统计"):
        view = opened.view(name)
        idle()
        assert view.isVisible()


def test_closing_and_opening_again_are_offered_by_the_state_of_the_task(opened, idle):
    hub = opened.kit.hub
    first, second = (task.code for task in list_tasks(hub.office, hub.ledger)[:2])

    def offered():
        names = ("edit_task", "extend_task", "close_task", "reopen_task")
        return [opened.actions_by_name[name].isEnabled() for name in names]

    hub.select("")
    assert offered() == [False, False, False, False]
    hub.select(first)
    assert offered() == [True, True, True, False]
    words = ClosingWords("已竣工。", NOW.date(), "王五", "验收单")
    opened.kit.runner.write(
        "销号", lambda _p: close_task(hub.office, first, words, who="张三", now=hub.now)
    )
    idle()
    assert offered() == [True, False, False, True]
    hub.select(second)
    assert offered() == [True, True, True, False]
    hub.select(first)
    opened.actions_by_name["undo"].trigger()
    idle()
    assert offered() == [True, True, True, False]


def test_another_ledger_is_chosen_on_the_left(opened, idle, messages):
    messages.answers = ["第二个专项"]
    opened.actions_by_name["new_ledger"].trigger()
    idle()
    hub = opened.kit.hub
    assert hub.ledger.name == "第二个专项"
    first = list_ledgers(hub.office)[0]
    opened.side.ledger_chosen.emit(first.id)
    assert opened.kit.hub.ledger.id == first.id


def test_undo_of_the_very_import_leaves_an_empty_office(opened, idle):
    opened.actions_by_name["undo"].trigger()
    idle()
    assert opened.kit.hub.ledger is None
    assert list_ledgers(opened.kit.hub.office) == ()
    opened.actions_by_name["redo"].trigger()
    idle()
    assert opened.kit.hub.ledger is not None


def test_a_file_that_is_no_office_is_told_and_nothing_opens(window, idle, messages, tmp_path):
    wrong = tmp_path / "错.db"
    wrong.write_text("文字", encoding="utf-8")
    window.commands.open_path(wrong)
    idle()
    assert "不是本程序的台账文件" in messages.problems[0]
    assert window.kit.hub.office is None


def test_recent_files_are_offered_at_the_next_start(opened, qapp, qtbot, tmp_path):
    again = MainWindow(qapp, "张三", lambda: NOW, choices=opened.choices)
    qtbot.addWidget(again)
    assert [p.name for p in again.choices.recent()] == ["台账.db"]


def test_a_new_round_is_opened_with_its_dates(opened, idle, qtbot, monkeypatch):
    from tracker.ui.round_dialog import RoundDialog

    monkeypatch.setattr(RoundDialog, "exec", lambda dialog: RoundDialog.DialogCode.Accepted)
    opened.actions_by_name["new_round"].trigger()
    idle()
    assert opened.kit.hub.round.number == 2
    assert opened.kit.hub.round.cut_off == date(2026, 3, 2)
    assert "第2期" in opened.tools.round.text()


def test_export_without_a_round_says_what_to_do(window, idle, messages, qtbot, tmp_path):
    messages.answers = [str(tmp_path / "新台账"), "政府工作报告任务"]
    click(qtbot, window.start.findChild(object, "new_office"))
    idle()
    window.actions_by_name["export_table"].trigger()
    (said,) = messages.problems
    assert "新开一期" in said


def test_a_file_opens_again_where_one_was(window, qtbot, idle, tmp_path, qapp, messages):
    path = tmp_path / "上次的.db"
    office = create_office(path, NOW)
    for name in ("甲专项", "乙专项"):
        new_ledger(office, name, who="张三", now=NOW)
    first = next(row for row in list_ledgers(office) if row.name == "甲专项")
    new_task(office, first, TaskWords(text="修桥。"), who="张三", now=NOW)
    code = new_task(office, first, TaskWords(text="铺路。"), who="张三", now=NOW).value
    office.close()
    assert window.place.last_file() is None
    window.commands.open_path(path)
    idle()
    window.commands.choose_ledger(first.id)
    window.view("统计")
    window.kit.hub.select(code)
    idle()
    window.close()
    again = MainWindow(qapp, "张三", lambda: NOW, choices=window.choices, messages=messages)
    qtbot.addWidget(again)
    again.show()
    assert again.place.last_file() == path.resolve()
    again.commands.open_path(path)
    qtbot.waitUntil(lambda: again.kit.hub.office is not None and not again.kit.runner.is_busy)
    assert again.kit.hub.ledger.name == "甲专项"
    assert again.tab_in_sight == "统计"
    assert again.kit.hub.code == code
    again.close()
    path.unlink()
    assert again.place.last_file() is None


def test_a_file_has_one_window(window, qtbot, idle, tmp_path, qapp, messages):
    path = tmp_path / "一个.db"
    create_office(path, NOW).close()
    window.commands.open_path(path)
    idle()
    window.commands.open_path(path)  # once more in its own window is no harm
    idle()
    assert not messages.problems
    settings = QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)
    other = MainWindow(qapp, "李四", lambda: NOW, choices=Choices(settings), messages=messages)
    qtbot.addWidget(other)
    other.commands.open_path(path)
    assert "已经在另一个窗口里打开" in messages.problems[0]
    assert other.kit.hub.office is None
    window.close()
    other.commands.open_path(path)
    qtbot.waitUntil(lambda: other.kit.hub.office is not None)
    other.close()
