"""单位与领导 as the clerk uses it: order, names, contacts, duplicates, lists in and out, doors."""

from __future__ import annotations

import time
from datetime import timedelta

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from tests.conftest import NOW
from tracker.domain.reform import ReformKind, ReformRequest
from tracker.domain.unit_list import PersonWords, UnitWords
from tracker.ops.collectives import list_units
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.people import add_person, list_people
from tracker.ops.reforms import carry_out_reform
from tracker.ops.rounds import new_round
from tracker.ops.tasks import TaskWords, new_task
from tracker.ops.unit_list import add_unit, list_lines
from tracker.ui.dialogs.extracts import ExtractsDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices
from tracker.ui.theme import load_fonts
from tracker.ui.units.contacts_dialog import ContactsDialog
from tracker.ui.units.duplicates_dialog import DuplicatesDialog
from tracker.ui.units.import_dialog import Answer, UnitImportDialog
from tracker.ui.units.leader_dialog import LeaderDialog
from tracker.ui.units.unit_dialog import UnitDialog
from tracker.ui.units.unit_model import Column
from tracker.ui.units.window import UnitsWindow
from tracker.ui.units.wizard import BASICS, KIND, ReformWizard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WHO = "张三"
WORDS = (
    TaskWords(text="引进项目5个。", number="1", lead="县商务局", cooperating="县财政局"),
    TaskWords(text="举办促销活动。", number="2", lead="县财政局", cooperating="县水利局"),
    TaskWords(text="整治河道。", number="3", lead="县水利局", persons="周明"),
)
NAMES = ["县商务局", "县财政局", "县水利局"]


@pytest.fixture
def filled(office):
    new_ledger(office, "重点工作", who=WHO, now=NOW)
    (ledger,) = list_ledgers(office)
    for words in WORDS:
        new_task(office, ledger, words, who=WHO, now=NOW)
    new_round(office, ledger, who=WHO, now=NOW, cut_off=NOW.date())
    return office


@pytest.fixture
def clock():
    """Steps are a second apart, so that undo takes them back one by one."""
    moments = [NOW]

    def now():
        moments[0] += timedelta(seconds=1)
        return moments[0]

    return now


@pytest.fixture
def main(qtbot, qapp, tmp_path, messages, filled, office_path, clock):
    qapp.setStyle("Fusion")
    load_fonts()
    settings = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    window = MainWindow(qapp, WHO, clock, choices=Choices(settings), messages=messages)
    qtbot.addWidget(window, before_close_func=lambda _w: messages.answers.extend([True] * 9))
    window.show()
    window.commands.open_path(office_path)
    qtbot.waitUntil(lambda: window.is_furnished and not window.kit.runner.is_busy, timeout=20000)
    yield window
    try:
        window.close()
    finally:
        window.kit.runner.finish()


@pytest.fixture
def units(qtbot, main):
    main.actions_by_name["show_units"].trigger()
    window = window_of(qtbot, main)
    window.resize(1200, 640)
    window.activateWindow()
    qtbot.waitUntil(lambda: bool(window.units.model.lines), timeout=20000)
    waited(qtbot, main)
    return window


def window_of(qtbot, main):
    qtbot.waitUntil(
        lambda: any(d.isVisible() for d in main.findChildren(UnitsWindow)), timeout=20000
    )
    return main.findChildren(UnitsWindow)[-1]


def waited(qtbot, main):
    qtbot.waitUntil(lambda: not main.kit.runner.is_busy, timeout=20000)


def dialog_of(qtbot, main, kind):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in main.findChildren(kind)), timeout=10000)
    waited(qtbot, main)
    return next(d for d in main.findChildren(kind) if d.isVisible())


def shown(units):
    model = units.units.model
    return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]


def stored(office):
    return [unit.name for unit in list_units(office)]


def undone(qtbot, main, units):
    units.activateWindow()
    qtbot.waitUntil(units.isActiveWindow)
    QTest.keyClick(units, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    waited(qtbot, main)


def editor_in(table):
    return [e for e in table.findChildren(QLineEdit) if e.property("cell")][-1]


def closed(editor):
    """Press Enter, which writes the cell a moment later."""
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(20)


def typed_into(units, row, column, words):
    table = units.units.table
    table.setFocus()
    table.go_to(row, column)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = editor_in(table)
    editor.selectAll()
    editor.insert(words)
    closed(editor)


def test_the_list_stands_in_its_order_with_what_each_unit_has_in_hand(units):
    assert shown(units) == NAMES
    model = units.units.model
    assert [model.index(row, Column.OPEN).data() for row in range(3)] == ["1", "2", "2"]
    assert units.units.counted.text() == "共 3 个单位"


def test_units_are_moved_by_keys_and_back_by_undo(qtbot, main, units, filled):
    table = units.units.table
    table.go_to(2)
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    waited(qtbot, main)
    assert stored(filled) == shown(units) == ["县水利局", "县商务局", "县财政局"]
    assert table.currentIndex().row() == 0
    undone(qtbot, main, units)
    undone(qtbot, main, units)
    assert stored(filled) == shown(units) == NAMES


def test_units_are_dragged_to_another_place(qtbot, main, units, filled):
    model = units.units.model
    data = model.mimeData([model.index(0, 0)])
    assert isinstance(data, QMimeData)
    model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, model.index(-1, -1))
    waited(qtbot, main)
    assert stored(filled) == shown(units) == ["县财政局", "县水利局", "县商务局"]
    undone(qtbot, main, units)
    assert stored(filled) == NAMES


def test_units_are_put_into_the_standard_order(qtbot, main, units, filled):
    QTest.mouseClick(units.units.sort, Qt.MouseButton.LeftButton)
    waited(qtbot, main)
    assert stored(filled) == shown(units)
    assert stored(filled).index("县财政局") < stored(filled).index("县商务局")
    undone(qtbot, main, units)
    assert stored(filled) == NAMES


def test_a_search_that_finds_nothing_says_so(qtbot, main, units):
    tab = units.units
    tab.search.setText("没有此局")
    waited(qtbot, main)
    assert "没有找到“没有此局”" in tab.counted.text()
    assert [tab.card.tabs.tabText(place) for place in range(2)] == ["任务", "反馈"]
    tab.search.clear()
    waited(qtbot, main)
    assert tab.counted.text().startswith("共")


def test_a_searched_list_is_not_reordered(qtbot, main, units, filled):
    QTest.keyClicks(units.units.search, "slj")
    assert shown(units) == ["县水利局"]
    assert units.units.model.index(0, Column.NUMBER).data() == "3"
    QTest.keyClick(units.units.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    waited(qtbot, main)
    assert stored(filled) == NAMES


def test_cells_are_typed_in_place_and_undone(qtbot, main, units, filled):
    typed_into(units, 0, Column.SHORT, "商务局")
    waited(qtbot, main)
    typed_into(units, 0, Column.NAMES, "县商务和粮食局、县商粮局")
    waited(qtbot, main)
    unit = list_units(filled)[0]
    assert (unit.short_name, unit.names) == ("商务局", ("县商务和粮食局", "县商粮局"))
    undone(qtbot, main, units)
    undone(qtbot, main, units)
    assert list_units(filled)[0].names == ()
    assert list_units(filled)[0].short_name == ""


def test_another_full_name_is_a_correction_or_a_reform(qtbot, main, units, filled, messages):
    messages.answers += [0, 1, None]
    typed_into(units, 0, Column.NAME, "县商贸局")
    waited(qtbot, main)
    assert stored(filled)[0] == "县商贸局"
    assert list_units(filled)[0].names == ("县商务局",)
    typed_into(units, 0, Column.NAME, "县商务和投资促进局")
    wizard = dialog_of(qtbot, main, ReformWizard)
    assert wizard.page == BASICS
    assert wizard.kinds.kind is ReformKind.RENAME
    assert wizard.basics.old.text() == "县商贸局"
    assert wizard.basics.new.names()[0].name == "县商务和投资促进局"
    wizard.accept()
    typed_into(units, 0, Column.NAME, "县商务局")
    assert stored(filled)[0] == "县商贸局"


def test_a_name_that_is_taken_is_refused(qtbot, main, units, filled, messages):
    messages.answers.append(0)
    typed_into(units, 0, Column.NAME, "县财政局")
    waited(qtbot, main)
    assert "已在名单里" in messages.problems[0]
    assert stored(filled) == NAMES


def test_a_unit_is_added_with_its_members(qtbot, main, units, filled):
    QTest.keyClick(units.units.table, Qt.Key.Key_Insert)
    dialog = dialog_of(qtbot, main, UnitDialog)
    dialog.fields["name"].input.setText("各涉水单位")
    dialog.collective.click()
    dialog.members.input.setText("县水利局、县财政局")
    QTest.keyClick(dialog.members.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    waited(qtbot, main)
    line = list_lines(filled)[-1]
    assert line.members == ("县水利局", "县财政局")
    assert units.units.model.index(3, Column.KIND).data() == "合称（2家）"
    QTest.keyClick(units.units.table, Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier)
    units.units.table.go_to(3)
    QTest.keyClick(units.units.table, Qt.Key.Key_Delete)
    waited(qtbot, main)
    assert stored(filled) == NAMES


def test_a_unit_with_tasks_is_not_deleted(qtbot, main, units, filled, messages):
    units.units.table.go_to(0)
    QTest.keyClick(units.units.table, Qt.Key.Key_Delete)
    waited(qtbot, main)
    assert "不能删除" in messages.problems[0]
    assert stored(filled) == NAMES


def test_contacts_are_pasted_from_excel_after_a_look(qtbot, main, units, filled):
    QGuiApplication.clipboard().setText(
        "单位\t联系人\t电话\n县商务局\t赵云\t0000-1234567\n县无名局\t钱多\t0000-7654321\n"
    )
    QTest.keyClick(units.units.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(qtbot, main, ContactsDialog)
    assert dialog.said.text() == "改 1 家；1 行不认得单位，不写入"
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    waited(qtbot, main)
    unit = list_units(filled)[0]
    assert (unit.contact, unit.phone) == ("赵云", "0000-1234567")
    assert "赵云 0000-1234567" in units.units.card.about.text()
    undone(qtbot, main, units)
    assert list_units(filled)[0].contact == ""


@pytest.fixture
def doubled(filled):
    """A unit that was registered twice under two spellings."""
    ledger = list_ledgers(filled)[0]
    new_task(filled, ledger, TaskWords(text="开展审计。", lead="县发展和改革局"), who=WHO, now=NOW)
    new_task(filled, ledger, TaskWords(text="编制计划。", lead="县发改局"), who=WHO, now=NOW)
    return filled


def test_duplicates_are_joined_after_a_look_and_undone(qtbot, doubled, main, units):
    tab = units.units
    qtbot.waitUntil(lambda: tab.near.isVisible(), timeout=10000)
    assert tab.near.text().startswith("▲ 发现 1 组")
    before = stored(doubled)
    QTest.mouseClick(tab.near, Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, main, DuplicatesDialog)
    assert dialog.reason.text().startswith("▲ ")
    assert dialog.keep[0].text() == "县发展和改革局"
    assert "1 处任务分工" in dialog.told.text()
    QTest.mouseClick(dialog.join, Qt.MouseButton.LeftButton)
    waited(qtbot, main)
    assert "县发改局" not in stored(doubled)
    qtbot.waitUntil(lambda: not dialog.pairs and not tab.near.isVisible(), timeout=10000)
    dialog.accept()
    undone(qtbot, main, units)
    assert stored(doubled) == before


def test_two_units_that_are_not_one_are_not_shown_again(qtbot, doubled, main, units):
    tab = units.units
    qtbot.waitUntil(lambda: tab.near.isVisible(), timeout=10000)
    QTest.mouseClick(tab.near, Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, main, DuplicatesDialog)
    QTest.mouseClick(dialog.apart, Qt.MouseButton.LeftButton)
    waited(qtbot, main)
    qtbot.waitUntil(lambda: not dialog.pairs and not tab.near.isVisible(), timeout=10000)
    assert "县发改局" in stored(doubled)


def test_the_list_is_written_and_comes_back_as_the_same(
    qtbot, main, units, filled, messages, tmp_path
):
    target = tmp_path / "单位名单"
    messages.answers.append(str(target))
    QTest.mouseClick(units.units.write, Qt.MouseButton.LeftButton)
    waited(qtbot, main)
    written = target.with_suffix(".xlsx")
    assert not messages.problems
    messages.answers.append(str(written))
    QTest.mouseClick(units.units.read, Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, main, UnitImportDialog)
    assert not dialog.agree.isEnabled()
    assert dialog.tabs.count() == 0


def test_another_list_is_compared_asked_about_and_taken_in(
    qtbot, main, units, filled, messages, tmp_path
):
    add_unit(filled, UnitWords(name="县发展和改革局"), who=WHO, now=NOW)
    book = openpyxl.Workbook()
    for row in (
        ("单位名称", "简称", "联系人", "电话"),
        ("县商务局", "商务局", "赵云", "0000-1234567"),
        ("县档案馆", "", "", ""),
        ("县发改局", "", "", ""),
    ):
        book.active.append(row)
    book.save(tmp_path / "外来.xlsx")
    messages.answers.append(str(tmp_path / "外来.xlsx"))
    QTest.mouseClick(units.units.read, Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, main, UnitImportDialog)
    assert [dialog.tabs.tabText(n) for n in range(dialog.tabs.count())] == [
        "要您判断（1）",
        "新增（1）",
        "改动（3）",
    ]
    assert dialog.agree.text() == "写入（新增或并入 1 家、改 1 家）"
    dialog.answer(Answer.SAME)
    assert dialog.agree.text() == "写入（新增或并入 2 家、改 1 家）"
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    waited(qtbot, main)
    by_name = {unit.name: unit for unit in list_units(filled)}
    assert by_name["县商务局"].contact == "赵云"
    assert "县档案馆" in by_name
    assert by_name["县发展和改革局"].names == ("县发改局",)


def test_an_abolished_unit_stands_at_the_end_with_what_became_of_it(qtbot, main, units, filled):
    request = ReformRequest(
        ReformKind.ABOLISH, ("县商务局",), on=NOW.date(), basis="某号", otherwise=("-",)
    )
    carry_out_reform(filled, request, who=WHO, now=NOW)
    units.refresh()
    waited(qtbot, main)
    assert shown(units) == ["县财政局", "县水利局", "县商务局"]
    model = units.units.model
    assert model.index(2, Column.KIND).data() == "已撤销"
    assert model.index(2, Column.NAME).data(Qt.ItemDataRole.ToolTipRole).endswith("撤销")
    assert not model.flags(model.index(2, Column.NAME)) & Qt.ItemFlag.ItemIsEditable
    units.units.abolished.click()
    assert shown(units) == ["县财政局", "县水利局"]
    units.tabs.setCurrentIndex(2)
    waited(qtbot, main)
    assert units.reforms.table.model_.lines[0].cells[:3] == ("2026年3月2日", "撤销", "县商务局")
    assert "某号" in units.reforms.words.text()
    QTest.mouseClick(units.reforms.see, Qt.MouseButton.LeftButton)
    waited(qtbot, main)
    assert main.kit.hub.filter.codes == frozenset({"1-001"})


def test_the_page_of_a_unit_leads_to_its_tasks_and_papers(qtbot, main, units):
    card = units.units.card
    units.units.table.go_to(2)
    waited(qtbot, main)
    assert card.head.text() == "县水利局"
    assert [line.cells[1] for line in card.tasks.model_.lines] == ["2", "3"]
    QTest.mouseClick(card.see, Qt.MouseButton.LeftButton)
    waited(qtbot, main)
    assert main.kit.hub.filter.unit_id == card.found.page.line.unit.id
    card.tasks.setFocus()
    card.tasks.selectRow(1)
    QTest.keyClick(card.tasks, Qt.Key.Key_Return)
    waited(qtbot, main)
    assert main.kit.hub.code == "1-003"
    assert main.kit.hub.filter.unit_id is None
    QTest.mouseClick(card.extract, Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, main, ExtractsDialog)
    assert dialog.extract.unit == "县水利局"


def test_the_page_of_a_unit_names_the_lights_of_the_offices_rules(qtbot, main, units, filled):
    with filled.change("改时限", WHO, NOW) as work:
        task = next(t for t in work.open_tasks() if t.text == "整治河道。")
        task.deadline_text, task.deadline_date = "上月", NOW.date() - timedelta(days=40)
    units.units.table.go_to(2)
    waited(qtbot, main)
    assert "逾期" in [line.cells[0] for line in units.units.card.tasks.model_.lines]


def test_a_reform_begins_from_the_unit_in_hand(qtbot, main, units):
    units.units.table.go_to(1)
    waited(qtbot, main)
    QTest.mouseClick(units.units.card.reform, Qt.MouseButton.LeftButton)
    wizard = dialog_of(qtbot, main, ReformWizard)
    assert wizard.page == KIND
    assert wizard.basics.old.text() == "县财政局"
    wizard.accept()
    menu = units.units.menu()
    merge = next(action for action in menu.actions() if action.text() == "合并…")
    merge.trigger()
    wizard = dialog_of(qtbot, main, ReformWizard)
    assert wizard.kinds.kind is ReformKind.MERGE
    wizard.accept()


def test_leaders_are_added_edited_and_ordered(qtbot, main, units, filled):
    for name in ("周明", "吴静"):
        add_person(filled, PersonWords(name=name, post="副县长"), who=WHO, now=NOW)
    units.tabs.setCurrentIndex(1)
    waited(qtbot, main)
    QTest.mouseClick(units.leaders.new, Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, main, LeaderDialog)
    for key, words in (("name", "孙立"), ("post", "县长"), ("units", "县财政局")):
        dialog.fields[key].input.setText(words)
    dialog.fields["from"].input.setText("2026年1月5日")
    dialog.agree.click()
    waited(qtbot, main)
    table = units.leaders.table
    assert [p.name for p in list_people(filled)] == ["周明", "吴静", "孙立"]
    table.go_to(2)
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    waited(qtbot, main)
    assert [p.name for p in list_people(filled)] == ["孙立", "周明", "吴静"]
    assert units.leaders.model.index(0, 4).data() == "县财政局"
    assert units.leaders.model.index(0, 5).data() == "2026.1.5 起"
    table.go_to(1, 2)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = editor_in(table)
    editor.setText("常务副县长")
    closed(editor)
    waited(qtbot, main)
    assert list_people(filled)[1].post == "常务副县长"
    undone(qtbot, main, units)
    undone(qtbot, main, units)
    undone(qtbot, main, units)
    assert [p.name for p in list_people(filled)] == ["周明", "吴静", "孙立"]


def test_the_models_keep_qts_promises(qtbot, main, units, filled):
    for name in ("周明", "吴静"):
        add_person(filled, PersonWords(name=name), who=WHO, now=NOW)
    units.tabs.setCurrentIndex(1)
    waited(qtbot, main)
    assert units.leaders.model.rowCount() == 2
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    for model in (units.units.model, units.leaders.model, units.units.card.tasks.model_):
        QAbstractItemModelTester(model, fatal)
    units.units.model.move([0], 3)
    units.leaders.model.move(0, 2)
    waited(qtbot, main)
    units.units.search.setText("水")
    units.units.search.clear()


def test_five_hundred_units_open_without_holding_the_window_up(qtbot, main, filled, settled_memory):
    with filled.change("登记单位", WHO, NOW) as work:
        from tracker.ops.units import Registrar

        Registrar(work).register([f"县第{n}局" for n in range(500)])
    gaps = Gaps()
    main.actions_by_name["show_units"].trigger()
    units = window_of(qtbot, main)
    qtbot.waitUntil(lambda: units.units.model.rowCount() == 503, timeout=20000)
    waited(qtbot, main)
    assert gaps.longest() < 0.3


class Gaps:
    """Measures how long the window's thread was held up."""

    def __init__(self):
        from PySide6.QtCore import QTimer

        self._last, self._longest = time.perf_counter(), 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self):
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now

    def longest(self):
        self._timer.stop()
        return self._longest
