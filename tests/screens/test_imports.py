"""A table through the review page: read, decided, applied, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt

from tests.conftest import NOW
from tests.helpers.pulse import Pulse
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.ops.reports import export_situation
from tracker.ops.rounds import choose_round, list_rounds
from tracker.ops.tasks import list_tasks
from tracker.ui.imports.lines import Result
from tracker.ui.imports.model import CHECK, NEW, OLD, RESULT, ReviewModel
from tracker.ui.imports.page import ImportPage
from tracker.ui.imports.review import Review
from tracker.ui.imports.stepper import COLUMNS, DONE, MATCHES, REVIEW

HEAD = "序号\t工作任务\t牵头单位\t完成时限\t落实情况"
PLACES = ["东山", "西坪", "南庄", "北河", "石桥", "柳林", "青泉", "白塔", "梅岭", "竹园"]
WORKS = (
    ("改造供水管网{}公里", "县水利局"),
    ("新修农村公路{}公里", "县交通运输局"),
    ("培训乡村教师{}名", "县教育局"),
    ("更换老旧路灯{}盏", "县城管局"),
)


def row(number, progress="正在推进。"):
    place = PLACES[number % len(PLACES)]
    work, unit = WORKS[number // len(PLACES) % len(WORKS)]
    text = f"{place}镇{work.format(number)}，做好第{number}批验收。"
    return (str(number), text, unit, "2026年9月底前", progress)


def table(rows, title="某县民生实事落实情况表"):
    return "\n".join([title, HEAD, *("\t".join(r) for r in rows)])


NEW_ROW = ("41", "编制防灾避险手册并发放到户。", "县应急局", "2026年9月底前", "")
ROWS = [row(number) for number in range(1, 41)]


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


def go(qtbot, kit, page, step):
    qtbot.mouseClick(page.steps.buttons[step], Qt.MouseButton.LeftButton)
    settle(qtbot, kit)
    assert page.step == step


def start(qtbot, kit, page, text):
    """A table in the review; where it waits at an earlier step, the clerk goes on."""
    page.start_paste(text)
    settle(qtbot, kit)
    if page.step in (COLUMNS, MATCHES):
        go(qtbot, kit, page, REVIEW)
    return page.review


def apply(qtbot, kit, review):
    qtbot.mouseClick(review.apply, Qt.MouseButton.LeftButton)
    settle(qtbot, kit)


def texts(model: QAbstractItemModel, column):
    return [model.index(r, column).data() for r in range(model.rowCount())]


def counters(review):
    return [button.text() for button in review.counters.values()]


def test_a_table_becomes_a_new_office_file_and_undo_takes_it_back(
    qtbot, kit, page, messages, tmp_path
):
    review = start(qtbot, kit, page, table(ROWS))
    assert counters(review) == ["待定 0", "更新 0", "新增 40", "一致 0"]
    assert review.apply.text() == "应用 40 项"
    path = tmp_path / "民生 实事.db"
    messages.answers.append(str(path))
    apply(qtbot, kit, review)
    assert page.step == DONE
    office = kit.hub.office
    assert path.exists()
    assert office is not None
    assert kit.hub.ledger.name == "某县民生实事"
    assert kit.hub.round.number == 1
    assert [task.text for task in list_tasks(office, kit.hub.ledger)] == [r[1] for r in ROWS]
    assert messages.said == ["导入完成：新建 40 项，更新 0 项"]
    word, undo = messages.links[-1]
    assert word == "撤销"
    undo()
    settle(qtbot, kit)
    assert list_ledgers(office) == ()
    assert page.done.title.text() == "已撤销这次导入"
    undo()
    settle(qtbot, kit)
    assert messages.problems[-1].startswith("不能只撤销这次导入")
    office.close()


def test_without_a_place_for_the_new_file_nothing_is_written(qtbot, kit, page, messages, tmp_path):
    review = start(qtbot, kit, page, table(ROWS))
    messages.answers.append(None)
    apply(qtbot, kit, review)
    assert kit.hub.office is None
    assert review.isEnabled()


def test_an_existing_file_is_never_written_over(qtbot, kit, page, messages, tmp_path):
    review = start(qtbot, kit, page, table(ROWS[:2]))
    path = tmp_path / "已有.db"
    path.write_bytes(b"precious")
    messages.answers.append(str(path))
    apply(qtbot, kit, review)
    assert path.read_bytes() == b"precious"
    assert messages.problems
    assert review.isEnabled()


def test_only_what_is_checked_is_written(qtbot, kit, page, filled, messages):
    rows = [*ROWS[:38], row(39, "已完工。"), row(40, "已过半。"), NEW_ROW]
    review = start(qtbot, kit, page, table(rows))
    assert counters(review) == ["待定 0", "更新 2", "新增 1", "一致 38"]
    assert review.apply.text() == "应用 3 项"
    assert texts(review.model, RESULT) == ["更新", "更新", "新增"]
    assert texts(review.model, OLD)[0] == "正在推进。"
    assert texts(review.model, NEW)[0] == "已完工。"
    review.table.go_to(0)
    qtbot.keyClick(review.table, Qt.Key.Key_Space)
    assert review.apply.text() == "应用 2 项"
    assert texts(review.model, RESULT)[0] == "不写入"
    qtbot.keyClick(review.table, Qt.Key.Key_A)
    assert review.apply.text() == "应用 3 项"
    qtbot.keyClick(review.table, Qt.Key.Key_Space)
    apply(qtbot, kit, review)
    entries = {t.number: t for t in list_tasks(filled, kit.hub.ledger)}
    assert len(entries) == 41
    again = propose_import(filled, read_text(table(rows))).proposal
    assert [(change.task, change.new) for change in again.update] == [("1-039", "已完工。")]
    assert again.create == ()
    assert messages.said[-1] == "导入完成：新建 1 项，更新 1 项"


def test_a_click_on_a_box_unchecks_its_cell(qtbot, kit, page, filled):
    review = start(qtbot, kit, page, table([row(1, "已完工。")]))

    def box():
        return review.table.visualRect(review.model.index(0, CHECK))

    qtbot.waitUntil(lambda: 0 < box().width() < 60)  # the page has just come up; it is laid out
    qtbot.mouseClick(review.table.viewport(), Qt.MouseButton.LeftButton, pos=box().center())
    assert review.apply.text() == "应用 0 项" or not review.apply.isEnabled()
    assert texts(review.model, RESULT) == ["不写入"]


DOUBTFUL = (
    "2",
    "南庄镇推进供水工程，改造老旧管网，抓好验收。",
    "县水利局",
    "2026年9月底前",
    "管材已到场。",
)


@pytest.mark.parametrize(("key", "word", "created"), [("1", "更新", 0), ("2", "新增", 1)])
def test_a_doubtful_row_waits_until_a_key_decides_it(
    qtbot, kit, page, filled, messages, key, word, created
):
    review = start(qtbot, kit, page, table([ROWS[0], DOUBTFUL]))
    assert counters(review) == ["待定 1", "更新 0", "新增 0", "一致 1"]
    assert not review.apply.isEnabled()
    assert texts(review.model, RESULT) == ["待定"]
    question = review.model.line(0).question
    qtbot.keyClick(review.table, Qt.Key.Key_Return)
    last = str(len(question.candidates) + 1)
    qtbot.keyClick(review.table, key if key == "1" else last)
    assert texts(review.model, RESULT)[0] == word
    assert review.apply.text() == "应用 1 项"
    assert counters(review)[0] == "待定 0"
    apply(qtbot, kit, review)
    tasks = list_tasks(filled, kit.hub.ledger)
    assert len(tasks) == 40 + created
    assert any(task.text == DOUBTFUL[1] for task in tasks)
    assert propose_import(filled, read_text(table([DOUBTFUL]))).proposal.same == 1


def test_a_click_anywhere_in_the_box_column_ticks_once(qtbot, kit, page, filled):
    review = start(qtbot, kit, page, table([row(1, "已全部完成。")]))
    index = review.model.index(0, CHECK)
    qtbot.waitUntil(lambda: 0 < review.table.visualRect(index).width() < 60)
    cell = review.table.visualRect(index)
    for across in range(cell.left() + 1, cell.right(), 3):
        before = index.data(Qt.ItemDataRole.CheckStateRole)
        place = QPoint(across, cell.center().y())
        qtbot.mouseClick(review.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert index.data(Qt.ItemDataRole.CheckStateRole) != before, across - cell.left()


def test_a_decision_can_be_taken_back_with_zero(qtbot, kit, page, filled):
    review = start(qtbot, kit, page, table([DOUBTFUL]))
    before = review.model.rowCount()
    qtbot.keyClick(review.table, "1")
    assert review.model.rowCount() > before
    qtbot.keyClick(review.table, "0")
    assert review.model.rowCount() == before
    assert counters(review)[0] == "待定 1"


def test_the_doubt_left_open_is_counted_on_the_button_and_not_written(
    qtbot, kit, page, filled, messages
):
    review = start(qtbot, kit, page, table([row(1, "已完工。"), DOUBTFUL]))
    assert review.apply.text() == "应用 1 项（1 项待定先不写入）"
    apply(qtbot, kit, review)
    assert len(list_tasks(filled, kit.hub.ledger)) == 40
    assert messages.said[-1].endswith("1 项待定没有写入")


@pytest.mark.parametrize(
    ("button", "kept"), [("1 保留台账", "导出后改的。"), ("2 采用表中", "正在推进。")]
)
def test_a_cell_changed_after_the_export_is_decided_with_a_button(
    qtbot, kit, page, filled, tmp_path, button, kept
):
    ledger = choose_ledger(filled, None)
    out = tmp_path / "送审.xlsx"
    export_situation(filled, ledger, choose_round(filled, ledger, None), out, now=NOW)
    later = NOW + timedelta(hours=1)
    write_entry(filled, "1-003", EntryWords(progress="导出后改的。"), who="张三", now=later)
    write_entry(filled, "1-004", EntryWords(progress="也改了。"), who="张三", now=later)
    page.start_file(out)
    settle(qtbot, kit)
    review = page.review
    assert counters(review) == ["待定 2", "更新 0", "新增 0", "一致 38"]
    by_name = {b.text(): b for b in review.detail.buttons}
    qtbot.mouseClick(by_name[button], Qt.MouseButton.LeftButton)
    qtbot.keyClick(review.table, Qt.Key.Key_Return)
    assert review.table.currentIndex().row() == 1
    qtbot.keyClick(review.table, "2")
    apply(qtbot, kit, review)
    with filled.read() as view:
        entries = view.entries(kit.hub.round.id)
        tasks = {task.code: task for task in view.tasks(ledger.id)}
    assert entries[tasks["1-003"].id].text == kept
    assert entries[tasks["1-004"].id].text == "正在推进。"


def test_a_table_without_years_asks_for_its_date_and_reads_again(qtbot, kit, page, messages):
    text = table([("1", "清理河道", "县水利局", "9月底前", "")], title="任务落实情况表")
    review = start(qtbot, kit, page, text)
    assert "请填表格日期" in review.target._hint.text()
    review.target.date.setFocus()
    qtbot.keyClicks(review.target.date, "9-30")
    qtbot.keyClick(review.target.date, Qt.Key.Key_Return)
    assert messages.problems[-1].startswith("读不出日期“9-30”")
    review.target.date.selectAll()
    qtbot.keyClicks(review.target.date, "2026-3-1")
    qtbot.keyClick(review.target.date, Qt.Key.Key_Return)
    settle(qtbot, kit)
    (creation,) = review.loaded.review.plan.proposal.create
    assert creation.row.deadline.date.isoformat() == "2026-09-30"
    assert not review.target._hint.isVisible()


def test_another_ledger_and_round_can_be_chosen(qtbot, kit, page, filled):
    review = start(qtbot, kit, page, table(ROWS))
    assert review.target.ledger.currentText() == "某县民生实事"
    assert not review.apply.isEnabled()
    review.target.round.selectAll()
    qtbot.keyClicks(review.target.round, "3")
    qtbot.keyClick(review.target.round, Qt.Key.Key_Return)
    settle(qtbot, kit)
    assert review.loaded.target.round == 3
    line = review.target.ledger.lineEdit()
    line.selectAll()
    line.insert("秋季攻坚")  # QTest types ASCII only
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, kit)
    assert counters(review)[2] == "新增 40"
    apply(qtbot, kit, review)
    assert kit.hub.ledger.name == "秋季攻坚"
    assert [ledger.tasks for ledger in list_ledgers(filled)] == [40, 40]


def test_decisions_outlive_another_reading(qtbot, kit, page, filled):
    review = start(qtbot, kit, page, table([row(1, "已完工。"), NEW_ROW]))
    qtbot.keyClick(review.table, Qt.Key.Key_Space)
    assert review.apply.text() == "应用 1 项"
    review.target.date.setFocus()
    qtbot.keyClicks(review.target.date, "2026-3-1")
    qtbot.keyClick(review.target.date, Qt.Key.Key_Return)
    settle(qtbot, kit)
    assert review.apply.text() == "应用 1 项"


def test_skipped_rows_and_warnings_open_as_lists(qtbot, kit, page, filled):
    review = start(qtbot, kit, page, table(ROWS[:3]) + "\n填报人：李四\t\t\t\t")
    button = review.notes.buttons["跳过"]
    assert button.text() == "跳过 1 行"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "填报人：李四" in review.notes.list.item(0).text()
    qtbot.mouseClick(review.notes.buttons["注意"], Qt.MouseButton.LeftButton)
    assert review.notes.list.item(0).text().startswith("台账中有 37 项任务表里没有")


def test_the_counters_choose_what_is_listed(qtbot, kit, page, filled):
    review = start(qtbot, kit, page, table([*ROWS[:5], row(6, "已完工。"), NEW_ROW]))
    assert texts(review.model, RESULT) == ["更新", "新增"]
    qtbot.mouseClick(review.counters[Result.SAME], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(review.counters[Result.CREATE], Qt.MouseButton.LeftButton)
    assert texts(review.model, RESULT) == ["更新", *["一致"] * 5]


@pytest.mark.parametrize("text", ["只是一句话。", "  \n "])
def test_what_is_no_table_goes_back_with_a_reason(qtbot, kit, page, messages, text):
    with qtbot.waitSignal(page.finished):
        page.start_paste(text)
    settle(qtbot, kit)
    assert len(messages.problems) == 1


def test_a_missing_file_goes_back_with_a_reason(qtbot, kit, page, messages, tmp_path):
    with qtbot.waitSignal(page.finished):
        page.start_file(tmp_path / "没有.xlsx")
    settle(qtbot, kit)
    assert messages.problems[0].startswith("找不到文件")


def test_cancel_while_reading_leaves_nothing(qtbot, kit, page, filled, messages):
    before = filled.path.read_bytes()
    with qtbot.waitSignal(page.finished):
        page.start_paste(table([row(n) for n in range(1, 400)]))
        qtbot.mouseClick(page.reading.cancel, Qt.MouseButton.LeftButton)
    settle(qtbot, kit)
    assert page.review.loaded is None
    assert page.review.model.rowCount() == 0
    assert filled.path.read_bytes() == before


def test_escape_gives_the_review_up(qtbot, kit, page, filled):
    before = filled.path.read_bytes()
    review = start(qtbot, kit, page, table([row(1, "已完工。")]))
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(review.table, Qt.Key.Key_Escape)
    assert filled.path.read_bytes() == before


def test_the_keys_at_the_foot_work_from_every_button(qtbot, kit, page, filled):
    review = start(qtbot, kit, page, table([row(1, "已完工。")]))
    button = review.counters[Result.UPDATE]
    button.setFocus()
    with qtbot.waitSignal(review.apply_wanted):
        qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, kit)
    review = start(qtbot, kit, page, table([row(1, "又有进展。")]))
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(button, Qt.Key.Key_Escape)


def test_giving_up_a_review_with_decisions_is_asked_about(qtbot, kit, page, filled, messages):
    review = start(qtbot, kit, page, table([ROWS[0], DOUBTFUL]))
    qtbot.keyClick(review.table, Qt.Key.Key_Return)
    qtbot.keyClick(review.table, "1")
    messages.answers = [False, True]
    qtbot.keyClick(review.table, Qt.Key.Key_Escape)
    assert review.loaded is not None
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(review.table, Qt.Key.Key_Escape)
    assert messages.asked == ["放弃这次核对？"] * 2


def test_the_model_keeps_the_rules_of_qt(qtmodeltester, filled):
    model = ReviewModel()
    plan = propose_import(
        filled, read_text(table([*ROWS[:2], DOUBTFUL, row(5, "好了。"), NEW_ROW]))
    )
    model.show(Review(plan), frozenset(Result))
    assert model.rowCount() == 5
    for choice in (1, 2, 0, 1):
        assert model.decide(0, choice) == ""
    model.toggle([1])
    model.setData(model.index(2, CHECK), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    qtmodeltester.check(model)
    model.show(None, ())
    qtmodeltester.check(model)


def _steps_of_a_clerk(qtbot, kit, page, text):
    """Through every step of an import, to the last row of each list."""
    mapping, matches, review = page.mapping, page.matches, page.review

    def say():
        chooser = mapping.view.heads.choosers[3]
        chooser.show_field("note" if chooser.field == "deadline" else "deadline")
        chooser.activated.emit(chooser.currentIndex())
        settle(qtbot, kit)

    return (
        lambda: start(qtbot, kit, page, text),
        lambda: go(qtbot, kit, page, COLUMNS),
        lambda: mapping.view.go_to(mapping.model.rowCount() - 1),
        say,
        lambda: go(qtbot, kit, page, MATCHES),
        lambda: matches.table.go_to(matches.model.rowCount() - 1),
        lambda: matches.detail.search.setText("水"),
        lambda: go(qtbot, kit, page, REVIEW),
        lambda: qtbot.mouseClick(review.counters[Result.SAME], Qt.MouseButton.LeftButton),
        lambda: review.table.go_to(review.model.rowCount() - 1),
        lambda: apply(qtbot, kit, review),
    )


def test_three_thousand_rows_never_stall_the_window(
    qtbot, kit, page, filled, settled_memory, messages
):
    gaps = []
    for times in range(6):  # bursts of garbage, disk or scheduling are forgiven
        text = table([row(n, f"已完成{n}处，第{times}次报。") for n in range(1, 3001)])
        pulse = Pulse()
        for act in _steps_of_a_clerk(qtbot, kit, page, text):
            act()
            qtbot.wait(20)  # between two clicks the window has its turn
        longest = pulse.stop()
        assert page.step == DONE
        page.done.finished.emit()
        gaps.append(longest)
        if longest < 0.1:
            break
    assert len(list_tasks(filled, kit.hub.ledger)) == 3000
    assert min(gaps) < 0.1, gaps
