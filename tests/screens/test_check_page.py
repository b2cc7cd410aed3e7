"""The page of sums that do not agree: read, seen in the ledger, waved off, found again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QWidget

from tracker.domain.sum_check import SumFinding, SumKind, SumPassage, SumPlace, SumSource
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import undo_step
from tracker.ops.report_checks import check_round
from tracker.ops.tasks import list_tasks
from tracker.ui.checks import open_checks
from tracker.ui.dialogs.check_page import CheckDialog
from tracker.ui.dialogs.circular import CircularDialog
from tracker.ui.exports import Exports

WRONG = "共排查隐患50处，已整改45处，未整改6处。"
LARGER = "核查问题8个，其中已解决9个。"


class Window(QWidget):
    """What the check asks of the window: to finish what is being typed."""

    finished = 0

    def finish_editing(self):
        self.finished += 1


@pytest.fixture
def idle(qtbot, kit):
    return lambda: qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=20000)


@pytest.fixture
def window(qtbot):
    window = Window()
    qtbot.addWidget(window)
    return window


def write(kit, code, text):
    words = EntryWords(progress=text)
    return write_entry(kit.hub.office, code, words, who="张三", now=kit.hub.now)


@pytest.fixture
def codes(kit_with_table):
    """The tasks of an office in which two entries do not add up."""
    hub = kit_with_table.hub
    codes = [task.code for task in list_tasks(hub.office, hub.ledger)]
    write(kit_with_table, codes[0], WRONG)
    write(kit_with_table, codes[1], LARGER)
    return codes


@pytest.fixture
def page(qtbot, kit_with_table, codes):
    hub = kit_with_table.hub

    def check(_progress=None):
        return check_round(hub.office, hub.ledger, hub.round, hub.now)

    dialog = CheckDialog(kit_with_table, check(), check=check)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def listed(page):
    """The rows under their headings, without the marks."""
    tree = page.tree
    groups = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    return {
        group.text(0): [
            [group.child(n).text(column) for column in range(3)] for n in range(group.childCount())
        ]
        for group in groups
    }


def test_findings_stand_under_whose_words_they_are(page):
    assert listed(page) == {
        "核定稿（2处）": [
            ["第1项", "分项与合计不符", "45＋6＝51，文中为50"],
            ["第2项", "部分大于总数", "9个大于8个，部分不应多于总数"],
        ]
    }
    assert page.state.text() == "请核对 2 处"
    assert not page.all.isVisible()


def test_the_passage_is_shown_to_the_letter_with_its_numbers_marked(page):
    assert WRONG in page.words.toPlainText()
    html = page.words.toHtml()
    for number in ("50处", "45处", "6处"):
        assert f">{number}</span>" in html


def test_a_click_takes_the_task_in_hand(page, kit_with_table, codes, qtbot):
    hub = kit_with_table.hub
    row = page.tree.topLevelItem(0).child(1)
    where = page.tree.visualItemRect(row).center()
    qtbot.mouseClick(page.tree.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert hub.code == codes[1]
    qtbot.keyClick(page.tree, Qt.Key.Key_Up)
    assert hub.code == codes[1]
    page.words.anchorClicked.emit(QUrl(f"task:{codes[0]}"))
    assert hub.code == codes[0]
    page.tree.setCurrentItem(row)
    page.see.click()
    assert hub.code == codes[1]


def test_what_is_right_is_waved_off_with_the_space_bar(page, kit_with_table, messages, idle, qtbot):
    qtbot.keyClick(page.tree, Qt.Key.Key_Space)
    idle()
    assert listed(page) == {
        "核定稿（1处）": [["第2项", "部分大于总数", "9个大于8个，部分不应多于总数"]]
    }
    assert page.state.text() == "请核对 1 处，已核无误 1 处"
    assert messages.said[-1] == "已记为核对无误：第1项·核定稿·落实情况"
    page.agree.click()
    idle()
    assert listed(page) == {}
    assert not page.agree.isEnabled()
    assert page.state.text() == "没有还要核对的；已核的可勾选右下角查看。"


def test_what_was_waved_off_can_be_seen_and_asked_again(page, kit_with_table, idle):
    page.agree.click()
    idle()
    page.all.setChecked(True)
    (rows,) = listed(page).values()
    assert rows[0][0] == "✓ 已核　第1项"
    page.tree.setCurrentItem(page.tree.topLevelItem(0).child(0))
    assert page.agree.text() == "重新提示"
    page.agree.click()
    idle()
    assert page.state.text() == "请核对 2 处"


def test_a_step_elsewhere_is_looked_at_again(page, kit_with_table, codes, idle, qtbot):
    hub = kit_with_table.hub
    page.agree.click()
    idle()
    hub.tell(undo_step(hub.office, who="张三", now=hub.now).changes)
    qtbot.waitUntil(lambda: page.state.text() == "请核对 2 处", timeout=5000)
    outcome = write(kit_with_table, codes[0], "共排查隐患50处，已整改44处，未整改6处。")
    hub.tell(outcome.changes)
    qtbot.waitUntil(lambda: page.state.text() == "请核对 1 处", timeout=5000)
    idle()


def test_the_menu_opens_the_page_after_what_is_typed_is_saved(kit_with_table, codes, idle, window):
    open_checks(window, kit_with_table)
    idle()
    (dialog,) = window.findChildren(CheckDialog)
    assert window.finished == 1
    assert len(dialog.findings) == 2
    dialog.close()


def test_the_circular_says_how_much_is_to_be_checked_and_opens_the_page(
    kit_with_table, codes, idle, window
):
    Exports(window, kit_with_table).circular()
    idle()
    circular = window.findChild(CircularDialog)
    assert circular.checks.text() == "核对 2 处…"
    circular.checks.click()
    (page,) = window.findChildren(CheckDialog)
    assert len(page.findings) == 2
    page.agree.click()
    idle()
    assert circular.checks.text() == "核对 1 处…"
    circular.close()


def test_without_a_round_there_is_nothing_to_check(kit_with_table, messages):
    hub = kit_with_table.hub
    hub.show(hub.office, hub.ledger, None)
    open_checks(Window(), kit_with_table)
    assert "还没有轮次" in messages.problems[0]


def test_a_page_without_findings_says_so(kit_with_table, qtbot):
    dialog = CheckDialog(kit_with_table, ())
    qtbot.addWidget(dialog)
    assert dialog.state.text() == "没有发现对不上的数字。"
    assert not dialog.agree.isEnabled()
    assert not dialog.see.isEnabled()


def test_a_finding_of_the_circular_leads_to_no_task(kit_with_table, qtbot):
    place = SumPlace(SumSource.CIRCULAR, paragraph=3)
    passage = SumPassage(place, "未反馈的3家：<甲>、乙。", ((4, 6),))
    found = SumFinding(SumKind.NAMED, (passage,), "列出2家，文中为3家")
    dialog = CheckDialog(kit_with_table, (found,))
    qtbot.addWidget(dialog)
    assert list(listed(dialog)) == ["通报（1处）"]
    assert not dialog.see.isEnabled()
    assert "<甲>" in dialog.words.toPlainText()


def test_another_office_in_sight_closes_the_page(kit_with_table, qtbot):
    hub = kit_with_table.hub
    dialog = CheckDialog(kit_with_table, ())
    dialog.show()
    with qtbot.waitSignal(dialog.destroyed, timeout=3000):
        hub.show(hub.office, hub.ledger, hub.round)
