"""Entries and notes: written, pasted, taken over; the same text leaves no step."""

from __future__ import annotations

import pytest

from tracker.base.errors import UserError
from tracker.ops.browse import task_card
from tracker.ops.entries import EntryWords, confirm_entries, write_entries, write_entry
from tracker.ops.history import list_steps, undo_step
from tracker.ops.notes import NoteWords, Report, add_note, add_notes
from tracker.store.models import Entry

WHO = "李四"


def entries(office, round_):
    with office.read() as view:
        return view.entries(round_.id)


def test_a_paste_over_several_tasks_is_one_step(office, ledger, rounds, now):
    before = entries(office, rounds[2])
    steps = len(list_steps(office))
    texts = {"1-001": "已竣工。", "1-002": "已建成2处。", "1-005": " 已开通。"}
    done = write_entries(office, texts, who=WHO, now=now)
    after = entries(office, rounds[2])
    assert done.value == 2
    assert [after[n].text for n in (1, 2, 5)] == ["已竣工。", "已建成2处。", "已开通。"]
    assert after[2].carried
    assert len(list_steps(office)) == steps + 1
    undo_step(office, who=WHO, now=now)
    assert entries(office, rounds[2]) == before


def test_a_paste_with_an_unknown_task_writes_nothing(office, ledger, rounds, now):
    before = entries(office, rounds[2])
    with pytest.raises(UserError, match="没有编号"):
        write_entries(office, {"1-001": "甲", "9-001": "乙"}, who=WHO, now=now)
    assert entries(office, rounds[2]) == before


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1-001", EntryWords(progress="已完成桥面铺装。")),
        ("1-003", EntryWords(progress="", state="", problems=" ")),
        ("1-001", EntryWords()),
    ],
)
def test_the_same_text_leaves_no_step_and_no_empty_entry(office, ledger, rounds, now, code, words):
    before = entries(office, rounds[2])
    steps = len(list_steps(office))
    assert not write_entry(office, code, words, who=WHO, now=now).changes
    assert entries(office, rounds[2]) == before
    assert len(list_steps(office)) == steps


def test_a_text_with_blanks_around_it_can_be_left_alone(office, ledger, rounds, now):
    with office.change("导入", WHO, now) as work:
        round_ = work.rounds(work.ledger(ledger.id))[-1]
        work.add(Entry(task_id=5, round_id=round_.id, text="　已开通。\n"))
    words = EntryWords(progress="　已开通。\n")
    assert not write_entry(office, "1-005", words, who=WHO, now=now).changes


def test_a_text_taken_over_can_be_let_stand(office, ledger, rounds, now):
    done = confirm_entries(office, ["1-001", "1-003"], who=WHO, now=now)
    assert done.value == 1
    assert not entries(office, rounds[2])[1].carried
    assert not confirm_entries(office, ["1-001"], who=WHO, now=now).changes


def test_a_note_is_kept_to_the_letter_and_undone(office, ledger, now, today):
    words = NoteWords(" 护栏已到货。\n", state="推进中", percent=60, problems="缺工人")
    add_note(
        office, "1-001", "县住建局", words, who=WHO, now=now, origin="phone", reported_by="小赵"
    )
    (note,) = task_card(office, "1-001", None, today).notes
    assert (note.text, note.unit, note.origin, note.by) == (
        " 护栏已到货。\n",
        "县住建局",
        "phone",
        "小赵",
    )
    assert (note.percent, note.problems, note.at) == (60, "缺工人", now)
    undo_step(office, who=WHO, now=now)
    assert task_card(office, "1-001", None, today).notes == ()


def test_a_correction_is_a_note_of_its_own(office, ledger, now, today):
    for text in ("护栏已到货。", "更正：护栏未到货。"):
        add_note(office, "1-001", "", NoteWords(text), who=WHO, now=now)
    notes = task_card(office, "1-001", None, today).notes
    assert [note.text for note in notes] == ["更正：护栏未到货。", "护栏已到货。"]


def test_an_empty_note_or_a_closed_round_is_refused(office, ledger, now):
    with pytest.raises(UserError, match="不能为空"):
        add_note(office, "1-001", "县住建局", NoteWords(" "), who=WHO, now=now)
    with office.change("定稿", WHO, now) as work:
        for round_ in work.rounds(work.ledger(ledger.id)):
            round_.state = "closed"
    with pytest.raises(UserError):
        add_note(office, "1-001", "县住建局", NoteWords("甲"), who=WHO, now=now)
    with pytest.raises(UserError, match="已定稿"):
        add_note(office, "1-001", "", NoteWords("甲"), who=WHO, now=now, round_number=1)


def test_a_returned_form_is_one_step(office, ledger, now, today):
    before = len(list_steps(office))
    form = [
        Report("1-001", "县住建局", NoteWords("护栏已到货。"), "form", "小陈"),
        Report("1-002", "县住建局", NoteWords("书屋已选址。", percent=20), "form", "小陈"),
        Report("1-002", "县文体局", NoteWords("已采购图书。"), round_number=2),
    ]
    outcome = add_notes(office, form, who=WHO, now=now)
    assert len(list_steps(office)) == before + 1
    assert outcome.sentence == "已记录第2期 3 项原报"
    cards = [task_card(office, code, None, today) for code in ("1-001", "1-002")]
    kept = {note.id: (note.text, note.unit) for card in cards for note in card.notes}
    assert [kept[id_] for id_ in outcome.value] == [(r.words.text, r.unit) for r in form]
    undo_step(office, who=WHO, now=now)
    assert not any(task_card(office, code, None, today).notes for code in ("1-001", "1-002"))


@pytest.mark.parametrize(
    "spoilt",
    [
        Report("1-002", "县住建局", NoteWords("　")),
        Report("9-999", "县住建局", NoteWords("甲")),
        Report("1-002", "县住建局", NoteWords("甲"), round_number=7),
    ],
)
def test_of_a_form_that_cannot_be_kept_nothing_is(office, ledger, now, today, spoilt):
    before = len(list_steps(office))
    with pytest.raises(UserError):
        add_notes(office, [Report("1-001", "新单位", NoteWords("好")), spoilt], who=WHO, now=now)
    assert task_card(office, "1-001", None, today).notes == ()
    assert len(list_steps(office)) == before


def test_a_form_without_a_word_leaves_no_step(office, ledger, now):
    before = len(list_steps(office))
    assert add_notes(office, [], who=WHO, now=now).value == ()
    assert len(list_steps(office)) == before
