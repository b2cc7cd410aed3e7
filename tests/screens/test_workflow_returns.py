"""Sixty returned forms: dropped, reviewed, taken, the round's table written; counted."""

# ruff: noqa: F401, F811 - fixtures are imported
from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.conftest import NOW
from tests.helpers import returned_forms
from tests.helpers.command import command
from tests.helpers.county import write_table
from tests.screens.workflow import hands, window
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds, new_round
from tracker.ui.returns.lines import Result, What

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DAMAGE = {
    **dict.fromkeys((3, 17, 31, 44), returned_forms.alter_task),
    **dict.fromkeys((5, 20, 35, 50), returned_forms.add_row),
    **dict.fromkeys((7, 26), returned_forms.write_below),
    **dict.fromkeys((15, 40), returned_forms.second_sheet),
    9: returned_forms.empty,
    11: returned_forms.rename,
    13: returned_forms.copy_to_new_book,
    23: returned_forms.sort_rows,
}
"""What some units do to their forms, by their place among the sixty."""


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """An office whose second round was sent to sixty units, and the folder that came back."""
    folder = tmp_path_factory.mktemp("县")
    table, db, back = folder / "第一期.xlsx", folder / "县 台账.db", folder / "收回"
    write_table(table)
    command("import", table, "--db", db, "--apply", now=NOW)
    office = open_office(db, NOW)
    (ledger,) = list_ledgers(office)
    dates = {"cut_off": date(2026, 3, 10), "feedback_due": date(2026, 3, 9)}
    new_round(office, ledger, who="张三", now=NOW, **dates)
    round_ = list_rounds(office, ledger)[-1]
    plan = plan_forms(office, ledger, round_)
    sent = send_forms(office, ledger, round_, folder / "发出", plan=plan, who="张三", now=NOW)
    back.mkdir()
    for place, (form, path) in enumerate(zip(plan.forms, sent.value.paths, strict=True)):
        copy = Path(shutil.copy(path, back / path.name))
        returned = returned_forms.fill(copy, form.unit, "本期")
        if place in DAMAGE:
            DAMAGE[place](returned, back)
    (back / "新建文本文档.txt").write_text("进展已电话汇报，请见附件照片。", encoding="utf-8")
    office.close()
    return db, back


@pytest.fixture
def dropped(county, hands, window, qtbot, tmp_path):
    """The folder dropped on the window that shows the round; the page that reviews it."""
    db, back = tmp_path / "县 台账.db", tmp_path / "收回"
    shutil.copyfile(county[0], db)
    shutil.copytree(county[1], back)
    window.commands.open_path(db)
    qtbot.waitUntil(lambda: window.is_furnished and not window.kit.runner.is_busy, timeout=20000)
    assert hands.drop(window.view("台账"), [back])
    page = window.returns_page()
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.review, timeout=60000)
    return page


def decide(hands, review):
    """Decide what is in hand: the other unit's value, words that are not wanted."""
    line = review._line()
    assert line is not None
    assert line.what in {What.DISPUTE, What.WORDS}
    hands.press(Qt.Key.Key_2)


def test_a_doubt_takes_one_key_and_the_round_is_written(
    dropped,
    hands,
    window,
    messages,
    tmp_path,
):
    page, review = dropped, dropped.review
    assert review.files.rowCount() == 61
    doubts = review.review.waiting()
    assert doubts >= 12
    begun = hands.counts
    decided = 0
    while review.review.cells_waiting() + review.review.words_waiting() > 1:
        if review.review.asks(review.file):
            hands.press(Qt.Key.Key_F8)
        decide(hands, review)
        decided += 1
        assert decided < 40, "the same doubt again and again"
    spent = hands.counts - begun
    assert spent.clicks == 0
    assert spent.keys <= decided + 2
    hands.control(Qt.Key.Key_Return)
    assert page.pages.currentWidget() is page.done
    assert not messages.problems
    assert page.done.foot.forward.width() < window.width() / 2
    messages.answers = [str(tmp_path / "本期.xlsx")]
    hands.click(page.done.next.findChild(QPushButton, "export_table"))
    assert (tmp_path / "本期.xlsx").exists()
    spent = hands.counts - begun
    assert spent.clicks + spent.keys <= decided + 5
    assert spent.minutes <= 1


def test_what_is_reviewed_stands_in_hand_at_once(dropped):
    review = dropped.review
    assert review.review.asks(review.file) or review.review.is_open(review._line())


def test_with_nothing_left_to_decide_enter_writes(dropped, hands, messages, qtbot):
    page, review = dropped, dropped.review
    unknown = next(file for file in review.review.files() if review.review.asks(file.key))
    review.list.go_to(review.files.row_of(unknown.key))
    page._leave_out()
    qtbot.waitUntil(lambda: page.pages.currentWidget() is review, timeout=60000)
    assert not review.review.files_waiting()
    review.go_to_next_open()
    while review.review.waiting():
        decide(hands, review)
    assert review.apply.hasFocus()
    assert "按 Enter 写入" in messages.said[-1]
    hands.press(Qt.Key.Key_Return)
    assert page.pages.currentWidget() is page.done


def test_a_choice_taken_back_stays_in_hand(dropped, hands):
    review = dropped.review
    review.go_to_next_open()
    first, waiting = review._line(), review.review.waiting()
    hands.press(Qt.Key.Key_2)
    assert review.review.waiting() == waiting - 1
    review.list.go_to(review.files.row_of(first.file))
    rows = range(review.model.rowCount())
    review._take_line(next(row for row in rows if review.model.line(row) == first))
    hands.press(Qt.Key.Key_0)
    assert review._line() == first
    assert review.review.waiting() == waiting
