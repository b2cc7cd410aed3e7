"""The steps of an import: forth and back, several files, matches chosen, the end of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.conftest import NOW
from tests.screens.test_imports import DOUBTFUL, NEW_ROW, ROWS, row, table
from tracker.ops.history import list_steps
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.ledgers import list_ledgers
from tracker.ops.rounds import list_rounds
from tracker.ops.tasks import list_tasks
from tracker.ui.imports.lines import Result
from tracker.ui.imports.match_model import MatchModel
from tracker.ui.imports.matching import Matching, State
from tracker.ui.imports.memory_dialog import MemoryDialog
from tracker.ui.imports.page import ImportPage
from tracker.ui.imports.review import Review
from tracker.ui.imports.stepper import COLUMNS, DONE, FILE, MATCHES, REVIEW
from tracker.ui.imports.waiting import LONGEST_NAME, Stand, short_name
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices


@pytest.fixture
def page(qtbot, kit):
    page = ImportPage(kit)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    return page


@pytest.fixture
def filled(kit, office):
    """The kit shows an office with the forty tasks."""
    apply_import(office, propose_import(office, read_text(table(ROWS))), who="张三", now=NOW)
    (ledger,) = list_ledgers(office)
    kit.hub.show(office, ledger, list_rounds(office, ledger)[-1])
    return office


def settle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=60_000)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def go(qtbot, kit, page, step):
    click(qtbot, page.steps.buttons[step])
    settle(qtbot, kit)
    assert page.step == step


def start(qtbot, kit, page, text):
    page.start_paste(text)
    settle(qtbot, kit)


def words(model, column):
    return [model.index(r, column).data() for r in range(model.rowCount())]


def tasks(page):
    return list_tasks(page._kit.hub.office, page._kit.hub.ledger)


# Steps


def test_a_clear_table_opens_at_the_review_with_the_other_steps_a_click_away(
    qtbot, kit, page, filled
):
    start(qtbot, kit, page, table([row(1, "已完工。")]))
    assert page.step == REVIEW
    for step in (COLUMNS, MATCHES, REVIEW, FILE, REVIEW):
        go(qtbot, kit, page, step)
    assert not page.steps.buttons[DONE].isEnabled()
    click(qtbot, page.review.foot.back)
    assert page.step == MATCHES
    click(qtbot, page.matches.foot.back)
    assert page.step == COLUMNS
    click(qtbot, page.mapping.foot.back)
    assert page.step == FILE
    click(qtbot, page.reading.foot.forward)
    assert page.step == COLUMNS


def test_decisions_outlive_going_back_and_a_change_of_columns(qtbot, kit, page, filled, messages):
    start(qtbot, kit, page, table([row(1, "已完工。"), row(2, "已过半。"), NEW_ROW]))
    qtbot.keyClick(page.review.table, Qt.Key.Key_Space)
    assert page.review.apply.text() == "应用 2 项"
    go(qtbot, kit, page, COLUMNS)
    chooser = page.mapping.view.heads.choosers[3]
    chooser.show_field("ignored")
    chooser.activated.emit(chooser.currentIndex())
    settle(qtbot, kit)
    go(qtbot, kit, page, REVIEW)
    assert page.review.apply.text() == "应用 2 项"
    assert words(page.review.model, 1)[0] == "不写入"


def test_giving_up_with_columns_said_is_asked_about(qtbot, kit, page, filled, messages):
    start(qtbot, kit, page, table([row(1, "已完工。")]))
    go(qtbot, kit, page, COLUMNS)
    chooser = page.mapping.view.heads.choosers[3]
    chooser.show_field("ignored")
    chooser.activated.emit(chooser.currentIndex())
    settle(qtbot, kit)
    messages.answers = [False]
    qtbot.keyClick(page.mapping.view, Qt.Key.Key_Escape)
    assert page.step == COLUMNS
    messages.answers = [True]
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(page.mapping.view, Qt.Key.Key_Escape)
    assert not page.is_open


# Matches


def asked(qtbot, kit, page):
    start(qtbot, kit, page, table([ROWS[0], DOUBTFUL, NEW_ROW]))
    assert page.step == MATCHES


def test_doubtful_rows_come_first_with_score_and_reasons(qtbot, kit, page, filled):
    asked(qtbot, kit, page)
    model = page.matches.model
    assert words(model, 0) == ["待定", "新增", "已对上"]
    assert 0.4 < float(words(model, 4)[0]) < 1
    assert "任务文字相似度" in words(model, 5)[0]
    assert page.matches.foot.forward.text() == "下一步（1 项待定先不写入）"


def test_a_key_chooses_a_candidate_and_the_review_shows_what_it_changes(qtbot, kit, page, filled):
    asked(qtbot, kit, page)
    qtbot.keyClick(page.matches.table, Qt.Key.Key_Return)
    qtbot.keyClick(page.matches.table, "1")
    assert words(page.matches.model, 0)[0] == "已选定"
    assert page.matches.foot.forward.text() == "下一步"
    click(qtbot, page.matches.foot.forward)
    assert page.step == REVIEW
    assert page.review.counters[Result.WAITING].text() == "待定 0"
    assert any(line.is_part for line in page.review.model._lines)
    go(qtbot, kit, page, MATCHES)
    qtbot.keyClick(page.matches.table, "0")
    assert words(page.matches.model, 0)[0] == "待定"
    go(qtbot, kit, page, REVIEW)
    assert page.review.counters[Result.WAITING].text() == "待定 1"


def test_another_task_is_found_by_words_and_taken(qtbot, kit, page, filled):
    asked(qtbot, kit, page)
    page.matches.table.go_to(1)
    qtbot.keyClick(page.matches.table, Qt.Key.Key_Slash)
    target = next(task for task in tasks(page) if task.number == "31")
    page.matches.detail.search.setText(f"路灯 {target.number}")
    assert page.matches.detail.found.count() >= 1
    qtbot.keyClick(page.matches.detail.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.matches.detail.search, Qt.Key.Key_Up)
    page.matches.detail.search.setText(target.text[:12])
    qtbot.keyClick(page.matches.detail.search, Qt.Key.Key_Return)
    assert words(page.matches.model, 0)[1] == "已选定"
    assert target.text in words(page.matches.model, 3)[1]
    go(qtbot, kit, page, REVIEW)
    plan = page.session.loaded.review.plan
    assert plan.proposal.create == ()
    assert {change.task for change in plan.proposal.update} == {target.code}
    go(qtbot, kit, page, MATCHES)
    assert words(page.matches.model, 0) == ["待定", "已选定", "已对上"]


def test_a_strong_match_can_be_made_a_new_task(qtbot, kit, page, filled):
    asked(qtbot, kit, page)
    page.matches.table.go_to(2)
    qtbot.keyClick(page.matches.table, "2")
    assert words(page.matches.model, 0)[2] == "新增"
    go(qtbot, kit, page, REVIEW)
    created = [creation.row.number for creation in page.session.loaded.review.plan.proposal.create]
    assert created == ["1", "41"]
    click(qtbot, page.review.apply)
    settle(qtbot, kit)
    assert len(tasks(page)) == 42


def test_one_task_is_never_taken_by_two_rows(qtbot, kit, page, filled, messages):
    asked(qtbot, kit, page)
    page.matches.table.go_to(1)
    page.matches.detail.search.setText(ROWS[0][1][:12])
    qtbot.keyClick(page.matches.detail.search, Qt.Key.Key_Return)
    assert messages.problems[0].startswith("两行不能对到同一项任务")
    assert words(page.matches.model, 0)[1] == "新增"


def test_nothing_found_says_so(qtbot, kit, page, filled):
    asked(qtbot, kit, page)
    page.matches.detail.search.setText("没有这样的词")
    assert page.matches.detail.found.item(0).text() == "没有找到"
    qtbot.keyClick(page.matches.detail.search, Qt.Key.Key_Return)
    assert words(page.matches.model, 0)[0] == "待定"
    qtbot.keyClick(page.matches.detail.search, Qt.Key.Key_Escape)
    assert page.matches.detail.search.text() == ""
    assert page.step == MATCHES


def test_what_was_said_of_rows_is_forgotten_with_another_ledger(qtbot, kit, page, filled):
    asked(qtbot, kit, page)
    page.matches.table.go_to(2)
    qtbot.keyClick(page.matches.table, "2")
    go(qtbot, kit, page, REVIEW)
    line = page.review.target.ledger.lineEdit()
    line.selectAll()
    line.insert("秋季攻坚")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, kit)
    assert page.session.loaded.target.given == {}
    assert len(page.session.loaded.review.plan.proposal.create) == 3


def test_counts_follow_every_word(filled):
    plan = propose_import(filled, read_text(table([*ROWS[:3], DOUBTFUL, NEW_ROW])))
    matching = Matching(plan, Review(plan))
    for line, code in ((matching.lines[2], ""), (matching.lines[0], ""), (matching.lines[1], "")):
        matching.decide(line, code)
        slow = dict.fromkeys(State, 0)
        for each in matching.lines:
            slow[matching.state(each)] += 1
        assert matching.counts() == slow
    for line in matching.lines:
        matching.undecide(line)
    assert not matching.must_compare
    assert matching.counts() == Matching(plan, Review(plan)).counts()


def test_the_model_of_matches_keeps_the_rules_of_qt(qtmodeltester, filled):
    plan = propose_import(filled, read_text(table([*ROWS[:3], DOUBTFUL, NEW_ROW])))
    model = MatchModel()
    model.show(Matching(plan, Review(plan)), frozenset(State))
    assert model.rowCount() == 5
    assert model.decide(0, "") == ""
    assert model.decide(0, None) == ""
    qtmodeltester.check(model)
    model.show(None, ())
    qtmodeltester.check(model)


# Several files


@pytest.fixture
def files(tmp_path):
    made = []
    for number in (1, 2, 3):
        path = tmp_path / f"第{number}张表.txt"
        path.write_text(table([row(number, f"第{number}张表报的。")]), encoding="utf-8")
        made.append(path)
    return made


def stands(page):
    return [one.stand for one in page.queue.files]


def test_several_files_are_reviewed_one_after_the_other(qtbot, kit, page, filled, files):
    page.start_files(files)
    settle(qtbot, kit)
    assert page._name.text().startswith("文件 1/3")
    click(qtbot, page.review.apply)
    settle(qtbot, kit)
    assert page.done.foot.forward.text() == "下一个文件（还有 2 个）"
    click(qtbot, page.done.foot.forward)
    settle(qtbot, kit)
    assert page._name.text().startswith("文件 2/3")
    click(qtbot, page.review.foot.skip)
    settle(qtbot, kit)
    assert page._name.text().startswith("文件 3/3")
    click(qtbot, page.review.apply)
    settle(qtbot, kit)
    assert stands(page) == [Stand.WRITTEN, Stand.SKIPPED, Stand.WRITTEN]
    with qtbot.waitSignal(page.finished):
        click(qtbot, page.done.foot.forward)
    labels = [step.label for step in list_steps(filled)]
    assert labels[-2:] == ["导入表格：第1张表.txt", "导入表格：第3张表.txt"]


def test_a_file_that_is_no_table_does_not_stop_the_others(
    qtbot, kit, page, filled, files, messages, tmp_path
):
    bad = tmp_path / "通知.txt"
    bad.write_text("只是一句话。", encoding="utf-8")
    page.start_files([bad, files[0], tmp_path / "没有.xlsx"])
    settle(qtbot, kit)
    assert page.step == REVIEW
    assert stands(page) == [Stand.FAILED, Stand.HERE, Stand.WAITING]
    click(qtbot, page.review.foot.skip)
    settle(qtbot, kit)
    assert page.step == FILE
    assert stands(page) == [Stand.FAILED, Stand.SKIPPED, Stand.FAILED]
    assert len(messages.problems) == 2
    assert "没有读出" in page.reading.list.item(0).text()
    with qtbot.waitSignal(page.finished):
        click(qtbot, page.reading.cancel)


def test_files_dropped_during_a_review_wait_behind_it(qtbot, kit, page, filled, files, messages):
    start(qtbot, kit, page, table([row(5, "已完工。")]))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files[:2]])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(drop)
    assert page.step == REVIEW
    assert page.queue.waiting == 2
    assert messages.said[-1].endswith("排在后面，核对完当前的再读取")
    assert page.reading.list.count() == 3


def test_a_long_file_name_keeps_its_ends():
    name = f"{'关于印发云溪县二〇二六年重点工作任务' * 3}落实情况表（第三稿）.xlsx"
    assert short_name(name).endswith("表（第三稿）.xlsx")
    assert len(short_name(name)) == LONGEST_NAME
    assert short_name("表.xlsx") == "表.xlsx"


def test_several_files_can_be_chosen_at_once(qtbot, kit, page, filled, files, messages):
    messages.answers = [[str(path) for path in files]]
    click(qtbot, page.reading.choose)
    settle(qtbot, kit)
    assert page.step == REVIEW
    assert page.queue.waiting == 2


# The end


def test_the_last_step_takes_the_import_back_and_reviews_it_again(
    qtbot, kit, page, filled, messages
):
    start(qtbot, kit, page, table([row(1, "已完工。"), NEW_ROW]) + "\n填报人：李四\t\t\t\t")
    click(qtbot, page.review.apply)
    settle(qtbot, kit)
    assert "新增 1 项，更新 1 项（1 格）" in page.done.counts.text()
    assert page.done.skipped.item(0).text().endswith("填报人：李四")
    click(qtbot, page.done.undo)
    settle(qtbot, kit)
    assert len(tasks(page)) == 40
    assert page.done.title.text() == "已撤销这次导入"
    click(qtbot, page.done.again)
    settle(qtbot, kit)
    assert page.step == REVIEW
    click(qtbot, page.review.apply)
    settle(qtbot, kit)
    assert page.step == DONE
    assert len(tasks(page)) == 41


def test_another_office_brought_into_sight_ends_the_import(qtbot, kit, page, filled):
    start(qtbot, kit, page, table([row(1, "已完工。")]))
    with qtbot.waitSignal(page.finished):
        kit.hub.show(filled, kit.hub.ledger, None)
    assert not page.is_open
    assert page.session.loaded is None


def test_the_window_stays_on_the_last_step_and_takes_several_dropped_files(
    qtbot, qapp, messages, tmp_path
):
    files = [tmp_path / "甲.txt", tmp_path / "乙.txt"]
    for path, line in zip(files, (ROWS[0], NEW_ROW), strict=True):
        path.write_text(table([line]), encoding="utf-8")
    settings = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    window = MainWindow(qapp, "张三", lambda: NOW, choices=Choices(settings), messages=messages)
    qtbot.addWidget(window)
    window.show()
    window.commands.take_files(files)
    settle(qtbot, window.kit)
    page = window.import_page()
    messages.answers = [str(tmp_path / "新.db")]
    click(qtbot, page.review.apply)
    settle(qtbot, window.kit)
    assert page.isVisible()
    assert page.step == DONE
    click(qtbot, page.done.foot.forward)
    settle(qtbot, window.kit)
    click(qtbot, page.review.apply)
    settle(qtbot, window.kit)
    click(qtbot, page.done.foot.forward)
    assert window.view("台账").isVisible()
    assert len(list_tasks(window.kit.hub.office, window.kit.hub.ledger)) == 2
    window.commands.show_table_memory()
    dialog = window.findChild(MemoryDialog)
    assert dialog.none.isVisible()
    dialog.accept()
    window.close()
