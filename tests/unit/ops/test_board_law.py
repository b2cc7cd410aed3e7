"""The law of the board: a unit is called missing only where nothing at all speaks for it."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.board import BoardState
from tracker.domain.entry import NoteRow
from tracker.domain.ledger import RoundRow
from tracker.domain.returned import (
    ByHand,
    FileKind,
    FindingKind,
    Remark,
    ReturnedFileRow,
    ReturnRow,
    Standing,
    Unplaced,
    Way,
)
from tracker.domain.table import NO_ROLES
from tracker.domain.task import TaskRow
from tracker.domain.terms import Completion, RoundState
from tracker.domain.unit import UnitRow
from tracker.ops.board import RowMaker
from tracker.ops.board_facts import RoundFacts, UnitFacts

SENT = datetime(2026, 3, 2, 9, 0)
DAYS = st.dates(date(2026, 3, 1), date(2026, 4, 30))
MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30))
TEXTS = st.sampled_from(["", " ", "已开工。"])
TASKS = tuple(
    TaskRow(
        n, 1, f"1-00{n}", str(n), "", "", "做事。", NO_ROLES, "", (), None, None, "",
        Completion.IN_PROGRESS, n,
    )
    for n in (1, 2)
)  # fmt: skip


@st.composite
def files(draw):
    remarks = [
        Remark(kind, "") for kind in draw(st.lists(st.sampled_from(FindingKind), max_size=2))
    ]
    words = [
        Unplaced("第1行", "字", draw(st.sampled_from(["", "无关"])))
        for _ in range(draw(st.integers(0, 2)))
    ]
    return ReturnedFileRow(
        id=1,
        round_id=1,
        unit_id=1,
        unit="县住建局",
        name="表.xlsx",
        blob_hash="",
        kind=draw(st.sampled_from(FileKind)),
        standing=draw(st.sampled_from(Standing)),
        received_at=draw(MOMENTS),
        saved_at=draw(st.none() | MOMENTS),
        remarks=tuple(remarks),
        unplaced=tuple(words),
    )


@st.composite
def notes(draw):
    found = {}
    for task in draw(st.lists(st.sampled_from(TASKS), max_size=2)):
        percent = draw(st.sampled_from([None, 0.0, 50.0]))
        text, problems = draw(TEXTS), draw(TEXTS)
        found[task.id] = NoteRow(
            1, task.id, 1, "县住建局", text, "", percent, problems, "", "", SENT, "form"
        )
    return found


@st.composite
def facts(draw):
    by_hand = st.builds(ByHand, st.sampled_from(Way), DAYS, st.just("李明"), TEXTS)
    returned = ReturnRow(
        1,
        1,
        1,
        "县住建局",
        sent_at=draw(st.sampled_from([None, SENT])),
        due=draw(st.none() | DAYS),
        exempt=draw(st.sampled_from(["", "改革"])),
        by_hand=tuple(draw(st.lists(by_hand, max_size=1))),
    )
    return UnitFacts(
        UnitRow(1, "县住建局"),
        returned,
        TASKS,
        draw(st.booleans()),
        tuple(draw(st.lists(files(), max_size=2))),
        draw(notes()),
        frozenset(draw(st.lists(st.sampled_from([1, 2]), max_size=1))),
    )


def speaks_for(unit):
    """Whatever may be a report of the unit, or a reason why there need be none."""
    said = any(
        note.text.strip() or note.problems.strip() or note.percent is not None
        for note in unit.notes.values()
    )
    unread = any(
        file.kind in (FileKind.SCAN, FileKind.UNREADABLE) or file.standing is Standing.COPY
        for file in unit.files
    )
    waiting = any(not words.settled for file in unit.files for words in file.unplaced)
    hand = unit.returned.by_hand or unit.returned.exempt or unit.typed
    return bool(said or unread or waiting or hand)


def row_of(unit, due, today, *, by_form):
    round_ = RoundRow(1, 1, 1, None, due, RoundState.COLLECTING, "")
    (row,) = RowMaker(RoundFacts(round_, (unit,), unit.files, by_form), today, {}).rows()
    return row


@settings(deadline=None)
@given(facts(), st.none() | DAYS, DAYS, st.booleans())
def test_a_unit_is_missing_only_where_nothing_speaks_for_it(unit, due, today, by_form):
    row = row_of(unit, due, today, by_form=by_form)
    own = unit.returned.due or due
    expected = unit.still_asked and (not by_form or unit.returned.sent_at is not None)
    past = own is not None and own < today
    is_missing = expected and past and not speaks_for(unit)
    assert (row.state is BoardState.MISSING) is is_missing


@settings(deadline=None)
@given(facts(), DAYS, DAYS)
def test_nobody_is_late_whose_return_may_have_come_in_time(unit, due, today):
    row = row_of(unit, due, today, by_form=True)
    own = unit.returned.due or due
    in_time = [b.on <= own for b in unit.returned.by_hand]
    for file in unit.files:
        if not any(remark.kind is FindingKind.EMPTY for remark in file.remarks):
            at = file.saved_at
            in_time.append(at is None or min(at, file.received_at).date() <= own)
    if row.came_back and (any(in_time) or not in_time):
        assert not row.is_late
        assert row.working_days_late == 0


@settings(deadline=None)
@given(facts(), st.none() | DAYS, DAYS, st.booleans())
def test_a_row_never_claims_more_than_its_tasks(unit, due, today, by_form):
    row = row_of(unit, due, today, by_form=by_form)
    assert set(row.filled) <= set(row.tasks)
    assert row.expected or row.state is not BoardState.MISSING
    assert row.is_late or not row.working_days_late
