"""The list on the left: counts, and clicks that narrow the shared filter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from tests.conftest import NOW
from tracker.domain.browse import Filter, NamedCount, Show, SideCounts
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.tasks import TaskWords, new_task
from tracker.ui.widgets.side_list import SidePanel
from tracker.ui.widgets.side_rows import UNITS_SHOWN, side_rows

FOUND = SideCounts(
    total=226,
    lights={"red": 6, "amber": 9, "green": 183, "grey": 5, "done": 23},
    shows={Show.DUE_7: 9, Show.CARRIED: 16, Show.NO_ENTRY: 0, Show.CLOSED: 23},
    ledgers=(NamedCount(1, "政府工作报告", 128), NamedCount(2, "讲话部署", 35)),
    units=tuple(NamedCount(n, f"县第{n}局", 20 - n) for n in range(1, 13)),
)


@pytest.fixture
def panel(qtbot, kit_with_table):
    made = SidePanel(kit_with_table)
    qtbot.addWidget(made)
    made.resize(196, 700)
    made.show()
    qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy)
    return made


def row_named(panel, name):
    return next(n for n, row in enumerate(panel.rows()) if row.name == name)


def click(qtbot, panel, name):
    item = panel.list.item(row_named(panel, name))
    panel.list.scrollToItem(item)
    spot = panel.list.visualItemRect(item).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def names(rows, kind):
    return [row.name for row in rows if row.kind == kind]


def test_empty_selections_are_hidden_but_for_the_important_ones():
    rows = side_rows(FOUND, Filter(1), all_units=False)
    assert names(rows, "show") == ["7天内到期", "沿用上期未更新", "本期未填", "待销号", "已销号"]
    chosen = side_rows(FOUND, Filter(1, show=Show.EXTENDED), all_units=False)
    assert "延期过的" in names(chosen, "show")


def test_many_units_are_folded_and_the_chosen_one_stays():
    rows = side_rows(FOUND, Filter(1, unit_id=12), all_units=False)
    assert names(rows, "unit") == [f"县第{n}局" for n in (*range(1, UNITS_SHOWN + 1), 12)]
    assert names(rows, "more") == ["更多 3 个…"]
    whole = side_rows(FOUND, Filter(1), all_units=True)
    assert len(names(whole, "unit")) == 12
    assert names(whole, "more") == ["收起"]


def test_what_is_in_force_is_marked():
    rows = side_rows(FOUND, Filter(2, lights=frozenset({"red"})), all_units=False)
    assert [row.name for row in rows if row.is_on] == ["讲话部署", "逾期"]
    plain = side_rows(FOUND, Filter(None), all_units=False)
    assert [row.name for row in plain if row.is_on] == ["全部任务"]


def test_counts_of_the_office_are_shown(panel, kit_with_table):
    rows = {row.name: row.count for row in panel.rows()}
    assert rows["全部任务"] == 4
    assert rows[kit_with_table.hub.ledger.name] == 4
    assert rows["县教育局"] == 1


def test_a_click_narrows_and_a_second_one_lets_go(panel, kit_with_table, qtbot):
    hub = kit_with_table.hub
    click(qtbot, panel, "正常")
    assert hub.filter.lights == {"green"}
    click(qtbot, panel, "待销号")
    assert hub.filter.show == Show.TO_CLOSE
    assert hub.filter.lights == {"green"}
    click(qtbot, panel, "正常")
    assert hub.filter.lights == frozenset()
    click(qtbot, panel, "县教育局")
    assert hub.filter.unit_id is not None
    click(qtbot, panel, "全部任务")
    assert hub.filter == Filter(hub.ledger.id)


def test_more_letters_of_a_search_leave_the_rows_alone(panel, kit_with_table):
    kit_with_table.hub.narrow(text="修")
    before = [panel.list.item(n) for n in range(panel.list.count())]
    kit_with_table.hub.narrow(text="修桥")
    assert all(isValid(item) for item in before)
    kit_with_table.hub.narrow(text="")
    assert not any(isValid(item) for item in before)


def test_a_double_click_chooses_once(panel, kit_with_table, qtbot):
    click(qtbot, panel, "待销号")
    click(qtbot, panel, "待销号")
    assert kit_with_table.hub.filter.show == Show.TO_CLOSE


def test_the_keys_choose_too(panel, kit_with_table, qtbot):
    panel.list.setCurrentRow(row_named(panel, "待销号"))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert kit_with_table.hub.filter.show == Show.TO_CLOSE
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert kit_with_table.hub.filter.show is None


def test_another_ledger_is_handed_to_the_window(panel, kit_with_table, qtbot):
    hub = kit_with_table.hub
    outcome = []
    kit_with_table.runner.write(
        "新建", lambda _: new_ledger(hub.office, "常务会议", who="张三", now=NOW), outcome.append
    )
    qtbot.waitUntil(lambda: bool(outcome) and not kit_with_table.runner.is_busy)
    (other,) = [one for one in list_ledgers(hub.office) if one.name == "常务会议"]
    with qtbot.waitSignal(panel.ledger_chosen) as told:
        click(qtbot, panel, "常务会议")
    assert told.args == [other.id]
    with qtbot.assertNotEmitted(panel.ledger_chosen):
        click(qtbot, panel, hub.ledger.name)


def test_more_units_unfold_in_place(panel, kit_with_table, qtbot):
    hub = kit_with_table.hub
    for number in range(12):
        words = TaskWords(text=f"任务{number}。", lead=f"县{'甲乙丙丁戊己庚辛壬癸子丑'[number]}局")
        new_task(hub.office, hub.ledger, words, who="张三", now=NOW)
    hub.opened.emit()
    qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy)
    (more,) = names(panel.rows(), "more")
    click(qtbot, panel, more)
    assert names(panel.rows(), "more") == ["收起"]
    assert "县丑局" in names(panel.rows(), "unit")


@pytest.mark.parametrize("dark", [False, True])
def test_it_paints_in_both_looks(panel, kit_with_table, dark):
    kit_with_table.theme.set_dark(dark)
    kit_with_table.theme.set_size(18)
    assert not panel.grab().isNull()
