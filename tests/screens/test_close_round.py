from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.conftest import NOW
from tests.helpers.noted_returns import note_file
from tracker.domain.edition import ClosingCheck
from tracker.domain.returned import FindingKind, Remark
from tracker.domain.terms import RoundState
from tracker.ops.editions import edition_of, list_editions
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import next_undo
from tracker.ops.notes import NoteWords
from tracker.ops.returns import type_report
from tracker.ops.rounds import list_rounds, new_round
from tracker.ui import dialogs
from tracker.ui.board.view import BoardView
from tracker.ui.board.words import Step
from tracker.ui.dialogs.close_round import missing_words
from tracker.ui.dialogs.form import FormDialog

ENTER = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier
CODES = ("1-001", "1-002", "1-003", "1-004")


@pytest.fixture
def kit_in_round(kit_with_table):
    """The second round, whose returns were due a week ago; one unit reported."""
    hub = kit_with_table.hub
    new_round(hub.office, hub.ledger, who="张三", now=NOW, feedback_due=date(2026, 2, 23))
    show_again(kit_with_table)
    said = {"1-004": NoteWords("办法已印发。", "已完成", 100.0)}
    type_report(hub.office, hub.ledger, hub.round, "县教育局", said, who="张三", now=NOW)
    return kit_with_table


def show_again(kit):
    hub = kit.hub
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])


@pytest.fixture
def window(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


def idle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    QApplication.sendPostedEvents()


def form_of(qtbot, kit, open_it, window):
    open_it(kit, window)
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog))
    qtbot.waitUntil(lambda: any(w.isVisible() for w in shown) or not kit.runner.is_busy)
    idle(qtbot, kit)
    (form,) = [
        w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()
    ]
    return form


def words_in(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_what_is_missing_is_shown_and_counted_in_the_button(qtbot, kit_in_round, window):
    hub = kit_in_round.hub
    remark = Remark(FindingKind.UNKNOWN_UNIT, "没有写单位")
    note_file(hub.office, hub.round, "", name="反馈.docx", remarks=(remark,))
    form = form_of(qtbot, kit_in_round, dialogs.open_close_round, window)
    told = words_in(form)
    assert "家未报：" in told
    assert "县水利局" in told
    assert "县教育局" not in told
    assert "1份来件不知是哪个单位" in told
    assert "项沿用上期、本期未改" in told
    count = told.split("家未报")[0].rsplit("● ", 1)[1]
    assert form.agree.text() == f"定稿第2期（{count}家未报）"
    form.reject()


def test_closing_keeps_an_edition_and_cannot_be_undone(qtbot, kit_in_round, window):
    form = form_of(qtbot, kit_in_round, dialogs.open_close_round, window)
    qtbot.keyClick(form, ENTER)
    idle(qtbot, kit_in_round)
    hub = kit_in_round.hub
    row = list_rounds(hub.office, hub.ledger)[-1]
    assert row.state is RoundState.CLOSED
    assert edition_of(hub.office, row).version == 1
    assert next_undo(hub.office).barrier
    assert kit_in_round.messages.said[-1].startswith("第2期已定稿（第1版")


def test_a_round_in_which_nothing_is_missing_says_so(qtbot, kit_with_table, window):
    hub = kit_with_table.hub
    for code in CODES:
        write_entry(hub.office, code, EntryWords(state="推进中"), who="张三", now=NOW)
    form = form_of(qtbot, kit_with_table, dialogs.open_close_round, window)
    assert form.agree.text() == "定稿第1期"
    assert "没有缺的" in words_in(form)
    form.reject()


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (ClosingCheck(), ""),
        (ClosingCheck(missing=("甲", "乙"), unclaimed=3), "（2家未报）"),
        (ClosingCheck(unclaimed=3, to_check=("甲",)), "（3份来件不知是谁的）"),
        (ClosingCheck(to_check=("甲",), to_type=("乙",)), "（2家待核）"),
        (ClosingCheck(no_entry=("1-001",)), "（1项没有落实情况）"),
        (ClosingCheck(carried=("1-001",)), ""),
    ],
)
def test_the_button_names_the_gravest(check, words):
    assert missing_words(check) == words


def test_opening_again_needs_a_reason_and_keeps_the_edition(qtbot, kit_in_round, window):
    form = form_of(qtbot, kit_in_round, dialogs.open_close_round, window)
    form.save()
    idle(qtbot, kit_in_round)
    show_again(kit_in_round)
    form = form_of(qtbot, kit_in_round, dialogs.open_reopen_round, window)
    assert "现在是第1版" in words_in(form)
    form.save()
    assert "请填写理由" in words_in(form)
    form.fields["reason"].input.setPlainText("县住建局更正了数字")
    qtbot.keyClick(form.fields["reason"].input, ENTER, CONTROL)
    idle(qtbot, kit_in_round)
    hub = kit_in_round.hub
    row = list_rounds(hub.office, hub.ledger)[-1]
    assert row.state is not RoundState.CLOSED
    (edition,) = list_editions(hub.office, row)
    assert edition.reopened_because == "县住建局更正了数字"
    assert "第2版" in kit_in_round.messages.said[-1]


def test_in_a_closed_round_the_board_only_reads(qtbot, kit_in_round, window):
    hub = kit_in_round.hub
    note_file(hub.office, hub.round, "", name="反馈.docx")
    form = form_of(qtbot, kit_in_round, dialogs.open_close_round, window)
    form.save()
    idle(qtbot, kit_in_round)
    show_again(kit_in_round)
    view = BoardView(kit_in_round)
    qtbot.addWidget(view)
    view.resize(1170, 560)
    view.show()
    idle(qtbot, kit_in_round)
    assert view.is_closed
    assert view.told.text() == "已定稿；要改先重新打开"
    assert not any(b.isEnabled() for b in (view.send, view.type, view.remind, view.collect))
    assert all(line.action is None for line in view.model.lines)
    assert "指定单位…" not in [
        b.text() for b in view.strip.findChildren(type(view.send)) if b.isVisibleTo(view)
    ]
    before = next_undo(hub.office).id
    view.table.selectRow(0)
    for step in Step:
        if step is not Step.TASKS:
            view.do(step)
    idle(qtbot, kit_in_round)
    assert next_undo(hub.office).id == before
    with qtbot.waitSignal(view.action_wanted) as caught:
        qtbot.mouseClick(view.close_round, Qt.MouseButton.LeftButton)
    assert caught.args == ["reopen_round"]
