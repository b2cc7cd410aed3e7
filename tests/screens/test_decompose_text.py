"""The text of a document as it is shown: places, marks, and staying fluid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from tests.helpers.documents_to_review import document, long_document
from tests.helpers.pulse import Pulse
from tracker.domain.deadline import Deadline
from tracker.domain.draft import Draft, Passage, Quote
from tracker.domain.review import ReviewDraft
from tracker.domain.table import Roles
from tracker.ops.decompose import decompose_source
from tracker.ops.drafts import propose_drafts
from tracker.ops.import_table import read_text
from tracker.ops.tasks import list_tasks
from tracker.ui.decompose.desk import Desk
from tracker.ui.decompose.doubts import doubts_of, quoted
from tracker.ui.decompose.looks import LOOKS
from tracker.ui.decompose.marks import MARK_WORDS, marks_of
from tracker.ui.decompose.model import CHECK, DraftModel, Sieve
from tracker.ui.decompose.page import DecomposePage
from tracker.ui.decompose.places import LONGEST, Places

TEXT = "一、清理河道。9月底前由县水利局牵头。"


@given(st.text(st.sampled_from("甲乙。；\n𠮷😀a"), max_size=60), st.lists(st.integers(0, 60)))
def test_every_character_has_its_place_in_the_view_and_back(text, starts):
    places = Places(text, starts)
    shown = QTextDocument()
    shown.setPlainText(places.shown)
    for at, sign in enumerate(text):
        start, end = places.span(at, at + 1)
        assert shown.toRawText()[0:0] == ""
        raw = places.shown.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
        assert raw == sign
        assert places.to_text(start) == at


@given(st.integers(0, 5000), st.lists(st.integers(0, 5000), max_size=6))
def test_no_line_of_the_view_is_too_long_and_no_character_is_lost(length, starts):
    text = ("办好第一件实事。" * (length // 8 + 1))[:length]
    places = Places(text, starts)
    assert all(len(line) <= LONGEST for line in places.shown.split("\n"))
    assert places.shown.replace("\n", "") == text


def test_a_document_in_one_line_is_cut_before_each_draft():
    text = "1.甲事。" + "很长" * LONGEST + "。2.乙事。"
    start = text.index("2.乙")
    assert Places(text, [0, start]).shown.split("\n")[-1] == "2.乙事。"


def draft(**fields):
    quote = Quote(0, len(TEXT))
    passages = (
        Passage("number", "一", Quote(0, 1)),
        Passage("deadline", "9月底前", Quote(7, 11)),
        Passage("lead", "县水利局", Quote(12, 16)),
    )
    values = {
        "roles": Roles(lead=("县水利局",)),
        "deadline": Deadline("9月底前"),
        "passages": passages,
    } | fields
    return Draft("一", (), "清理河道", TEXT[2:], quote, **values)


def kinds(each):
    return {(mark.kind, TEXT[mark.start : mark.end]) for mark in marks_of(each, TEXT)}


def test_marks_stand_on_the_words_that_fields_were_taken_from():
    assert kinds(ReviewDraft(1, draft())) == {
        ("number", "一"),
        ("deadline", "9月底前"),
        ("lead", "县水利局"),
    }


def test_a_unit_in_another_role_is_marked_in_it_and_one_taken_away_not_at_all():
    moved = ReviewDraft(1, draft(roles=Roles(cooperating=("县水利局",))))
    assert ("cooperating", "县水利局") in kinds(moved)
    gone = ReviewDraft(1, draft(roles=Roles(), deadline=None))
    assert kinds(gone) == {("number", "一")}


def test_the_words_that_a_doubt_quotes_are_marked_until_it_is_settled():
    doubt = "时限“9月底前”不能确定日期，请确认"
    each = ReviewDraft(1, draft(doubts=(doubt,)))
    assert ("doubt", "9月底前") in kinds(each)
    settled = ReviewDraft(1, draft(doubts=(doubt,)), settled=frozenset([doubt]))
    assert all(kind != "doubt" for kind, _ in kinds(settled))


def test_a_deadline_that_could_not_be_read_is_a_doubt_even_where_none_is_said():
    each = ReviewDraft(1, draft(deadline=Deadline("9月底前", doubtful=True)))
    (doubt,) = doubts_of(each)
    assert quoted(doubt) == ["9月底前"]
    assert doubts_of(ReviewDraft(1, each.draft, settled=frozenset([doubt]))) == ()


def test_a_doubt_quotes_nested_and_shortened_words():
    assert quoted("“甲“乙”丙……”与“丁”是否") == ["甲“乙”丙", "丁"]


def test_no_two_kinds_of_marks_look_alike_without_colour():
    lines = [(bool(LOOKS[kind].ground), LOOKS[kind].line) for kind in MARK_WORDS]
    assert len(set(lines)) == len(lines)


# On the page


@pytest.fixture
def page(qtbot, kit):
    page = DecomposePage(kit)
    qtbot.addWidget(page)
    page.resize(1366, 660)
    page.show()
    qtbot.waitExposed(page)
    return page


def start(qtbot, kit, page, text):
    page.start_paste(text)
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=120_000)
    return page.review


def marked(view):
    return {selection.cursor.selectedText() for selection in view.extraSelections()}


def colours_of(view):
    selections = view.extraSelections()
    return {selection.format.underlineColor().name() for selection in selections}


def test_only_what_is_in_sight_is_marked(qtbot, kit, page):
    review = start(qtbot, kit, page, long_document(300))
    view = review.text.view
    qtbot.waitUntil(lambda: "县水利局" in marked(view))
    assert len(view.extraSelections()) < 400
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: "300. " in marked(view))
    assert len(view.extraSelections()) < 400


def test_a_document_in_one_line_is_shown_line_by_line_and_taken_to_the_letter(qtbot, kit, page):
    text = long_document(300).replace("\n", "")
    review = start(qtbot, kit, page, text)
    view = review.text.view
    assert view.blockCount() > 250
    each = review.desk.now.drafts[200]
    review.go_to(each.id)
    qtbot.waitUntil(lambda: f"{each.draft.number}." in "".join(marked(view)))
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index("改造第150批"))
    cursor.setPosition(cursor.position() + 30, cursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    start_, end = view.chosen_span()
    assert text[start_:end] == cursor.selectedText()


def test_marked_words_say_what_they_are_under_the_mouse(qtbot, kit, page):
    review = start(qtbot, kit, page, document())
    view = review.text.view
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index("供电公司") + 1)
    assert view.words_at(view.cursorRect(cursor).center()) == "配合单位：供电公司"


def test_another_palette_paints_the_marks_anew(qtbot, kit, page):
    review = start(qtbot, kit, page, document())
    view = review.text.view
    qtbot.waitUntil(lambda: bool(view.extraSelections()))
    before = colours_of(view)
    kit.theme.set_dark(True)
    assert colours_of(view).isdisjoint(before)
    kit.theme.set_dark(None)


def test_the_model_keeps_the_rules_of_qt(qtmodeltester, kit):
    desk = Desk(kit)
    model = DraftModel(desk)
    desk.begin(propose_drafts(None, decompose_source(read_text(document()))))
    model.show(Sieve.ALL)
    assert model.rowCount() == 5
    index = model.index(0, CHECK)
    assert model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    qtmodeltester.check(model)
    model.show(Sieve.WAITING)
    assert model.rowCount() == 1
    qtmodeltester.check(model)
    desk.undo()
    assert model.rowCount() == 2
    desk.begin(None)
    model.show(Sieve.ALL)
    assert model.rowCount() == 0
    qtmodeltester.check(model)


def walk(qtbot, review):
    """Do what a clerk does with a long document."""
    bar = review.text.view.verticalScrollBar()
    steps = [lambda: review.table.go_to(review.model.rowCount() - 1)]
    steps += [
        lambda key=key: qtbot.keyClick(review.table, key)
        for key in [Qt.Key.Key_F8, Qt.Key.Key_A] * 5
    ]
    steps += [lambda part=part: bar.setValue(bar.maximum() * part // 10) for part in range(11)]
    steps += [
        lambda: qtbot.keyClick(review.table, Qt.Key.Key_Delete),
        lambda: qtbot.keyClick(review.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        lambda: review.show_sieve(Sieve.WAITING),
        review.handling.tick_all,
        lambda: review.show_sieve(Sieve.ALL),
    ]
    for step in steps:
        step()
        qtbot.wait(1)  # each is a key of its own


def test_two_thousand_tasks_never_stall_the_window(qtbot, kit, page, office, settled_memory):
    kit.hub.show(office, None, None)
    gaps = []
    for _ in range(3):  # one burst of garbage or disk is forgiven, not two
        pulse = Pulse()
        review = start(qtbot, kit, page, long_document(2000))
        assert len(review.desk.now.drafts) == 2000
        walk(qtbot, review)
        longest = pulse.stop()
        gaps.append(longest)
        if longest < 0.1:
            break
    review.write.click()
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=120_000)
    assert len(list_tasks(office, kit.hub.ledger)) == 2000
    assert min(gaps) < 0.1, gaps
