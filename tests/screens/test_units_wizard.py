"""The wizard of 机构改革, led through with real clicks and keys, each reform undone again."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox

from tests.conftest import NOW
from tracker.domain.reform import NOBODY, ReformKind
from tracker.domain.unit_list import PersonWords
from tracker.ops.history import undo_step
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.people import add_person
from tracker.ops.reforms import list_reforms
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.tasks import TaskWords, find_task, new_task
from tracker.text.difference import Kind
from tracker.ui.units.changes import unit_difference
from tracker.ui.units.touch_model import Column, TouchModel
from tracker.ui.units.wizard import BASICS, DONE, KIND, TASKS, ReformWizard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WHO = "张三"
BASIS = "某编发〔2026〕3号"
WORDS = (
    TaskWords(text="引进项目5个。", number="1", lead="县商务局", cooperating="县财政局"),
    TaskWords(text="举办促销活动。", number="2", lead="县财政局", cooperating="县商务局"),
    TaskWords(text="清理欠账。", number="3", lead="县财政局、县商务局", persons="周明"),
    TaskWords(text="修订预算。", number="4", lead="县财政局", persons="周明"),
)


@pytest.fixture
def office_of_four(office):
    new_ledger(office, "重点工作", who=WHO, now=NOW)
    (ledger,) = list_ledgers(office)
    for words in WORDS:
        new_task(office, ledger, words, who=WHO, now=NOW)
    new_round(office, ledger, who=WHO, now=NOW, cut_off=NOW.date())
    for person in ("周明", "吴静"):
        add_person(office, PersonWords(name=person, post="副县长"), who=WHO, now=NOW)
    return office


@pytest.fixture
def printed():
    return []


@pytest.fixture
def wizard(qtbot, kit, office_of_four, printed):
    (ledger,) = list_ledgers(office_of_four)
    kit.hub.show(office_of_four, ledger, list_rounds(office_of_four, ledger)[-1])
    return opened(qtbot, kit, lambda: printed.append("责任分解表"))


def opened(qtbot, kit, act=lambda: None, **more):
    dialog = ReformWizard(kit, act, **more)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog, before_close_func=ReformWizard.accept)  # whatever was begun
    dialog.resize(1100, 620)
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    waited(qtbot, kit)
    return dialog


def waited(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=20000)


def planned(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.tasks.is_settled, timeout=20000)
    waited(qtbot, dialog.kit)


def choose(dialog, kind):
    QTest.mouseClick(dialog.kinds.choices[kind], Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.page == BASICS


def typed(widget, words):
    widget.setFocus()
    QTest.keyClicks(widget, words)


def put(widget, words):
    """Put Chinese in, as an input method or the clipboard does."""
    widget.setFocus()
    widget.insert(words)


def told(qtbot, dialog, kind, old, *new, basis=BASIS):
    """Fill the second page and go on."""
    choose(dialog, kind)
    put(dialog.basics.old, old)
    for place, name in enumerate(new):
        put(dialog.basics.new.lines[place][0], name)
    put(dialog.basics.basis, basis)
    QTest.keyClick(dialog.basics.basis, Qt.Key.Key_Return)
    assert dialog.page == TASKS, dialog.basics.fields["old"].note.text()
    planned(qtbot, dialog)


def press(dialog, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(dialog.tasks.table, key, modifiers)


def carried_out(qtbot, dialog):
    planned(qtbot, dialog)
    assert dialog.go.isEnabled(), dialog.tasks.faults()
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    waited(qtbot, dialog.kit)
    assert dialog.page == DONE


def units_of(office, number):
    task = find_task(office, f"1-00{number}")
    return task.roles.lead, task.roles.cooperating


def state(office):
    with office.read() as view:
        ledger = view.ledgers()[0]
        return view.tasks(ledger.id), view.units(), view.people(), view.reforms()


def test_the_kinds_are_explained_and_chosen_by_keys(wizard):
    assert wizard.page == KIND
    assert len(wizard.kinds.choices) == 6
    QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Down)
    assert wizard.kinds.kind is ReformKind.MERGE
    QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)
    assert wizard.page == BASICS
    assert wizard.basics.fields["old"].label.text() == "合并哪些单位"


def test_a_unit_is_renamed_and_the_step_undone(qtbot, wizard, office_of_four):
    before = state(office_of_four)
    told(qtbot, wizard, ReformKind.RENAME, "县商务局", "县商务和投资促进局")
    assert wizard.go.text() == "办理（改 3 项任务）"
    change = wizard.tasks.model.index(0, Column.CHANGE).data()
    assert change.endswith("牵头单位：县商务和投资促进局；配合单位：县财政局")
    carried_out(qtbot, wizard)
    assert units_of(office_of_four, 1)[0] == ("县商务和投资促进局",)
    assert wizard.end.words.text().startswith("✓ 更名：县商务局 → 县商务和投资促进局")
    QTest.mouseClick(wizard.end.undo, Qt.MouseButton.LeftButton)
    waited(qtbot, wizard.kit)
    assert state(office_of_four) == before
    assert not wizard.end.undo.isEnabled()


def test_two_units_are_merged(qtbot, wizard, office_of_four):
    told(qtbot, wizard, ReformKind.MERGE, "县商务局、县财政局", "县财政商务局")
    assert not wizard.tasks.table.isColumnHidden(Column.DOUBTS)
    assert wizard.tasks.table.isColumnHidden(Column.TAKES)
    carried_out(qtbot, wizard)
    assert units_of(office_of_four, 3)[0] == ("县财政商务局",)
    undo_step(office_of_four, who=WHO, now=NOW + timedelta(minutes=1))
    assert units_of(office_of_four, 3)[0] == ("县财政局", "县商务局")


def test_each_task_of_a_split_unit_is_given_away_by_keys(qtbot, wizard, office_of_four):
    told(qtbot, wizard, ReformKind.SPLIT, "县商务局", "县招商局", "县市场局")
    tasks = wizard.tasks
    assert not wizard.go.isEnabled()
    assert "还有 3 项" in wizard.faults.text()
    tasks.table.go_to(0)
    press(wizard, "1")
    press(wizard, Qt.Key.Key_Down)
    press(wizard, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(wizard, "2")
    press(wizard, "1")
    planned(qtbot, wizard)
    row = tasks.model.row(1)
    assert tasks.model.taken_words(row) == "县招商局、县市场局"
    press(wizard, "1")
    carried_out(qtbot, wizard)
    assert units_of(office_of_four, 1)[0] == ("县招商局",)
    assert units_of(office_of_four, 2)[1] == ("县市场局",)
    assert units_of(office_of_four, 3)[0] == ("县财政局", "县市场局")


def test_what_is_missing_is_said_and_jumped_to(qtbot, wizard):
    told(qtbot, wizard, ReformKind.SPLIT, "县商务局", "县招商局", "县市场局")
    wizard.tasks.table.go_to(0)
    press(wizard, "1")
    planned(qtbot, wizard)
    QTest.mouseClick(wizard.faults, Qt.MouseButton.LeftButton)
    assert wizard.tasks.table.currentIndex().row() == 1
    wizard.tasks.rest.setCurrentIndex(2)
    wizard.tasks.rest.activated.emit(2)
    planned(qtbot, wizard)
    assert not wizard.faults.isVisible()
    assert wizard.go.isEnabled()
    wizard.tasks.table.go_to(0)
    press(wizard, Qt.Key.Key_Delete)
    assert wizard.tasks.model.taken_words(wizard.tasks.model.row(0)) == "县市场局"


def test_tasks_are_filtered_selected_together_and_given_by_button(qtbot, wizard, office_of_four):
    told(qtbot, wizard, ReformKind.SPLIT, "县商务局", "县招商局", "县市场局")
    tasks = wizard.tasks
    typed(tasks.search, "cx")
    assert [tasks.model.row(n).number for n in range(tasks.model.rowCount())] == ["2"]
    tasks.search.clear()
    tasks.which.setCurrentIndex(1)
    press(wizard, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(tasks.given[0], Qt.MouseButton.LeftButton)
    assert tasks.model.rowCount() == 3, "no row runs away under the hand"
    carried_out(qtbot, wizard)
    assert units_of(office_of_four, 1)[0] == ("县招商局",)


def test_the_tasks_of_an_abolished_unit_may_go_to_nobody(qtbot, wizard, office_of_four):
    told(qtbot, wizard, ReformKind.ABOLISH, "县商务局", "县财政局")
    tasks = wizard.tasks
    assert tasks.model.taken_words(tasks.model.row(0)) == "县财政局", "the only one is proposed"
    tasks.table.go_to(0)
    press(wizard, "0")
    planned(qtbot, wizard)
    assert tasks.model.row(0).chosen == (NOBODY,)
    assert "没有牵头" in tasks.detail.doubts.text()
    carried_out(qtbot, wizard)
    assert units_of(office_of_four, 1) == ((), ("县财政局",))
    assert units_of(office_of_four, 2) == (("县财政局",), ())


def test_a_unit_without_successors_asks_for_every_task(qtbot, wizard, office_of_four):
    told(qtbot, wizard, ReformKind.ABOLISH, "县商务局")
    assert "请指定承接单位" in wizard.faults.text()
    press(wizard, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(wizard, "0")
    carried_out(qtbot, wizard)
    assert units_of(office_of_four, 3)[0] == ("县财政局",)


def test_only_ticked_tasks_are_handed_over(qtbot, wizard, office_of_four):
    told(qtbot, wizard, ReformKind.HAND_OVER, "县商务局", "县财政局")
    assert "请勾选" in wizard.faults.text()
    table = wizard.tasks.table
    box = table.visualRect(wizard.tasks.model.index(1, Column.TICK)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    planned(qtbot, wizard)
    assert wizard.go.text() == "办理（改 1 项任务）"
    carried_out(qtbot, wizard)
    assert units_of(office_of_four, 1)[0] == ("县商务局",)
    assert units_of(office_of_four, 2) == (("县财政局",), ())


def charge(dialog, scope):
    choose(dialog, ReformKind.CHARGE)
    put(dialog.basics.old, "周明")
    put(dialog.basics.leader, "吴静")
    dialog.basics.scope.setCurrentIndex(scope)
    put(dialog.basics.basis, "县委常委会第6次会议")


def test_a_leader_takes_over_ticked_tasks_and_the_step_is_undone(qtbot, wizard, office_of_four):
    charge(wizard, 2)
    QTest.keyClick(wizard.basics.basis, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    planned(qtbot, wizard)
    assert [row.number for row in wizard.tasks.model.rows] == ["3", "4"]
    wizard.tasks.table.go_to(1)
    press(wizard, Qt.Key.Key_Space)
    carried_out(qtbot, wizard)
    assert find_task(office_of_four, "1-003").persons == ("周明",)
    assert find_task(office_of_four, "1-004").persons == ("吴静",)
    undo_step(office_of_four, who=WHO, now=NOW + timedelta(minutes=1))
    assert find_task(office_of_four, "1-004").persons == ("周明",)


def test_a_leader_takes_over_everything(qtbot, wizard, office_of_four):
    charge(wizard, 0)
    QTest.mouseClick(wizard.go, Qt.MouseButton.LeftButton)
    planned(qtbot, wizard)
    carried_out(qtbot, wizard)
    assert find_task(office_of_four, "1-003").persons == ("吴静",)
    with office_of_four.read() as view:
        assert [p.name for p in view.people() if p.valid_to is not None] == ["周明"]


def test_a_cell_of_units_that_cannot_be_rewritten_is_written_by_hand(qtbot, wizard, office_of_four):
    with office_of_four.change("写单位栏", WHO, NOW) as work:
        work.task("1-001").units_text = "商务、财政两家"
    told(qtbot, wizard, ReformKind.RENAME, "县商务局", "县商务和投资促进局")
    assert "单位栏" in wizard.faults.text()
    wizard.tasks.table.go_to(2)
    QTest.mouseClick(wizard.faults, Qt.MouseButton.LeftButton)
    cell = wizard.tasks.detail.cell
    assert wizard.tasks.table.currentIndex().row() == 0
    assert cell.hasFocus()
    cell.selectAll()
    cell.insertPlainText("商投、财政两家")
    QTest.keyClick(cell, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    carried_out(qtbot, wizard)
    assert find_task(office_of_four, "1-001").units_text == "商投、财政两家"


def test_a_cell_that_need_not_change_is_left_as_it_is(qtbot, wizard, office_of_four):
    with office_of_four.change("写单位栏", WHO, NOW) as work:
        work.task("1-001").units_text = "财政一家牵头"
    told(qtbot, wizard, ReformKind.RENAME, "县商务局", "县商务和投资促进局")
    QTest.mouseClick(wizard.faults, Qt.MouseButton.LeftButton)
    QTest.mouseClick(wizard.tasks.detail.same, Qt.MouseButton.LeftButton)
    carried_out(qtbot, wizard)
    assert find_task(office_of_four, "1-001").units_text == "财政一家牵头"


@pytest.mark.parametrize(
    ("old", "new", "dropped", "fresh"),
    [
        ("牵头单位：县住建局", "牵头单位：县农业农村局", "县住建局", "县农业农村局"),
        ("县甲局、县乙局", "县乙局", "县甲局、", ""),
        ("县甲局（项目股）", "县丙局（项目股）", "县甲局", "县丙局"),
    ],
)
def test_a_change_of_units_is_shown_in_whole_names(old, new, dropped, fresh):
    parts = unit_difference(old, new)
    assert "".join(text for kind, text in parts if kind is not Kind.NEW) == old
    assert "".join(text for kind, text in parts if kind is not Kind.DROPPED) == new
    assert "".join(text for kind, text in parts if kind is Kind.DROPPED) == dropped
    assert "".join(text for kind, text in parts if kind is Kind.NEW) == fresh


def test_what_is_missing_on_the_second_page_is_said_beside_the_field(qtbot, wizard):
    choose(wizard, ReformKind.SPLIT)
    fields = wizard.basics.fields
    QTest.mouseClick(wizard.go, Qt.MouseButton.LeftButton)
    assert "请写明" in fields["old"].note.text()
    put(wizard.basics.old, "县某局")
    QTest.mouseClick(wizard.go, Qt.MouseButton.LeftButton)
    assert "单位名单里没有" in fields["old"].note.text()
    wizard.basics.old.clear()
    put(wizard.basics.old, "县商务局")
    QTest.mouseClick(wizard.go, Qt.MouseButton.LeftButton)
    assert "两个单位" in fields["new"].note.text()
    for place, name in enumerate(("县招商局", "县市场局")):
        put(wizard.basics.new.lines[place][0], name)
    QTest.mouseClick(wizard.go, Qt.MouseButton.LeftButton)
    assert "文号" in fields["basis"].note.text()
    assert wizard.page == BASICS


def test_units_are_completed_by_their_initials(qtbot, wizard):
    choose(wizard, ReformKind.RENAME)
    edit = wizard.basics.old
    typed(edit, "swj")
    assert edit.popup.isVisible()
    QTest.keyClick(edit.popup, Qt.Key.Key_Return)
    assert edit.text() == "县商务局"


def test_what_does_not_fit_leads_back_with_the_reason(qtbot, wizard):
    told(qtbot, wizard, ReformKind.SPLIT, "县商务局", "县招商局", "县市场局")
    QTest.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(wizard.kinds.choices[ReformKind.RENAME], Qt.MouseButton.LeftButton)
    QTest.mouseClick(wizard.go, Qt.MouseButton.LeftButton)
    wizard.basics.new.clear()
    put(wizard.basics.new.lines[0][0], "县财政局")
    QTest.mouseClick(wizard.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.page == BASICS, timeout=10000)
    assert "请用“合并”" in wizard.basics.trouble.text()


def test_an_abolished_unit_is_not_offered_again(qtbot, wizard):
    told(qtbot, wizard, ReformKind.ABOLISH, "县商务局", "县财政局")
    carried_out(qtbot, wizard)
    QTest.mouseClick(wizard.end.next, Qt.MouseButton.LeftButton)
    waited(qtbot, wizard.kit)
    assert wizard.page == KIND
    assert wizard.basics.basis.text() == BASIS
    choose(wizard, ReformKind.RENAME)
    typed(wizard.basics.old, "swj")
    assert not wizard.basics.old.popup.isVisible()


def test_the_breakdown_is_printed_from_the_last_page(qtbot, wizard, printed, office_of_four):
    told(qtbot, wizard, ReformKind.RENAME, "县商务局", "县商务和投资促进局")
    carried_out(qtbot, wizard)
    QTest.mouseClick(wizard.end.breakdown, Qt.MouseButton.LeftButton)
    assert printed == ["责任分解表"]
    assert not wizard.isVisible()
    assert list_reforms(office_of_four)[0].basis == BASIS


def test_a_step_done_meanwhile_is_not_undone_in_its_place(qtbot, wizard, office_of_four):
    told(qtbot, wizard, ReformKind.RENAME, "县商务局", "县商务和投资促进局")
    carried_out(qtbot, wizard)
    (ledger,) = list_ledgers(office_of_four)
    new_task(office_of_four, ledger, TaskWords(text="另一件事。"), who=WHO, now=NOW)
    QTest.mouseClick(wizard.end.undo, Qt.MouseButton.LeftButton)
    waited(qtbot, wizard.kit)
    assert "又有别的操作" in wizard.end.more.text()
    assert find_task(office_of_four, "1-005").text == "另一件事。"


def test_a_task_added_meanwhile_comes_in(qtbot, wizard, office_of_four):
    told(qtbot, wizard, ReformKind.RENAME, "县商务局", "县商务和投资促进局")
    (ledger,) = list_ledgers(office_of_four)
    words = TaskWords(text="另一件事。", lead="县商务局")
    made = new_task(office_of_four, ledger, words, who=WHO, now=NOW)
    wizard.kit.hub.tell(made.changes)
    planned(qtbot, wizard)
    assert wizard.go.text() == "办理（改 4 项任务）"


def test_leaving_with_choices_made_is_asked_about(qtbot, wizard, messages):
    told(qtbot, wizard, ReformKind.SPLIT, "县商务局", "县招商局", "县市场局")
    press(wizard, "1")
    messages.answers.append(False)
    wizard.reject()
    assert wizard.isVisible()
    assert messages.asked == ["放弃这次改革？"]


def test_the_table_keeps_qts_promises(qtbot, wizard):
    told(qtbot, wizard, ReformKind.SPLIT, "县商务局", "县招商局", "县市场局")
    model = wizard.tasks.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.narrow("欠账", 0)
    assert model.rowCount() == 1
    model.narrow("", 0)
    assert isinstance(model, TouchModel)
    assert isinstance(wizard.tasks.rest, QComboBox)


def test_a_thousand_tasks_stay_quick(qtbot, kit, office):
    new_ledger(office, "重点工作", who=WHO, now=NOW)
    (ledger,) = list_ledgers(office)
    words = [TaskWords(text=f"第{n}件事。", number=str(n), lead="县商务局") for n in range(1000)]
    add_many(office, ledger, words)
    kit.hub.show(office, ledger, None)
    dialog = opened(qtbot, kit)
    told(qtbot, dialog, ReformKind.SPLIT, "县商务局", "县招商局", "县市场局")
    assert dialog.tasks.model.rowCount() == 1000
    begun = time.perf_counter()
    press(dialog, "1")
    press(dialog, Qt.Key.Key_Down)
    press(dialog, Qt.Key.Key_PageDown)
    dialog.tasks.table.viewport().repaint()
    assert time.perf_counter() - begun < 0.3
    press(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    begun = time.perf_counter()
    press(dialog, "2")
    assert time.perf_counter() - begun < 0.3
    planned(qtbot, dialog)
    assert dialog.go.text() == "办理（改 1000 项任务）"


def add_many(office, ledger, words):
    """Add tasks in one step, through an import of their table."""
    from tracker.ops.import_table import apply_import, propose_import, read_text

    lines = ["序号\t任务内容\t牵头单位"]
    lines += [f"{each.number}\t{each.text}\t{each.lead}" for each in words]
    plan = propose_import(office, read_text("\n".join(lines)), ledger=ledger.name)
    apply_import(office, plan, who=WHO, now=NOW)
