from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.helpers.offices import add_tasks
from tracker.base.errors import Cancelled
from tracker.base.progress import Progress
from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.domain.terms import Completion
from tracker.insight.timeline import Zoom
from tracker.ops.gantt import read_gantt
from tracker.ops.gantt_axis import make_axis, zoom_of
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.milestones import MilestoneWords, set_milestones
from tracker.ops.tasks import TaskWords, edit_task, extend_deadline, new_task
from tracker.printing.gantt_rows import Kind

TODAY = date(2026, 3, 2)


def read(office, **wanted):
    known = wanted.pop("known", None)
    wanted.setdefault("group", GroupKey.UNIT)
    return read_gantt(office, Filter(**wanted), None, TODAY, known=known)


@pytest.fixture
def codes(office, now):
    new_ledger(office, "城乡提升专项", who="张三", now=now, year=2026)
    ledger = choose_ledger(office, None)
    return add_tasks(office, ledger, datetime(2026, 1, 5))


def test_every_task_has_a_row_in_the_group_of_its_unit(office, codes):
    rows = read(office, ledger_id=1)
    assert sorted(rows.codes) == codes
    grouped = {
        heading.title: list(rows.codes[heading.first : heading.first + heading.tasks])
        for heading in rows.headings
    }
    assert grouped["县住建局"] == [codes[0]]
    assert grouped["县水利局"] == [codes[2]]


def test_dates_become_bars_and_their_absence_becomes_words(office, codes):
    rows = read(office, ledger_id=1, group=GroupKey.NONE)
    kinds = dict(zip(rows.codes, rows.kinds, strict=True))
    expected = [Kind.DATED, Kind.OPEN_ENDED, Kind.NONE, Kind.DATED, Kind.DATED]
    assert [kinds[code] for code in codes] == expected
    late = rows.find(codes[3])
    assert rows.light(late).key == "red"
    assert rows.late_to[late] == TODAY.toordinal()
    assert rows.remaining[late] == "逾期10天"
    assert date.fromordinal(rows.starts[late]) == date(2026, 1, 1)


def test_an_extended_deadline_keeps_the_first_one(office, codes, now):
    extend_deadline(office, codes[4], "2027-03-31", "汛情影响", who="张三", now=now)
    rows = read(office, ledger_id=1)
    row = rows.find(codes[4])
    assert date.fromordinal(rows.first_ends[row]) == date(2026, 12, 31)
    assert date.fromordinal(rows.last) == date(2027, 3, 31)


@pytest.mark.parametrize("group", GroupKey)
@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"text": "桥"},
        {"lights": frozenset({"red", "green"})},
        {"sort": (("deadline", True),)},
        {"text": "没有"},
    ],
)
def test_rows_taken_from_known_ones_equal_rows_read_anew(office, codes, group, wanted):
    known = read(office, ledger_id=1, group=group)
    anew = read(office, ledger_id=1, group=group, **wanted)
    assert read(office, ledger_id=1, group=group, known=known, **wanted) == anew


def test_a_task_that_is_not_known_is_read(office, codes, now):
    known = read(office, ledger_id=1, text="桥")
    assert sorted(read(office, ledger_id=1, known=known).codes) == codes
    ledger = choose_ledger(office, None)
    added = new_task(office, ledger, TaskWords(text="又一项。"), who="张三", now=now).value
    assert added in read(office, ledger_id=1, known=known).codes


def test_milestones_come_with_their_rows_and_stretch_the_time(office, codes, now):
    early, late = date(2025, 12, 20), date(2027, 2, 1)
    steps = [
        MilestoneWords(early, "完成方案", done_on=date(2025, 12, 19)),
        MilestoneWords(date(2026, 2, 28), "开工"),
        MilestoneWords(late, "验收", "100%"),
    ]
    set_milestones(office, codes[2], steps, who="张三", now=now)
    rows = read(office, ledger_id=1)
    found = rows.steps_of(rows.find(codes[2]))
    assert [(step.words, step.state.value) for step in found] == [
        ("完成方案", "done"),
        ("开工", "passed"),
        ("验收 100%", "coming"),
    ]
    assert (date.fromordinal(rows.first), date.fromordinal(rows.last)) == (early, late)
    assert rows.steps_of(rows.find(codes[0])) == ()
    assert read(office, ledger_id=1, text="河道", known=rows) == read(
        office, ledger_id=1, text="河道"
    )


def test_a_milestone_of_a_finished_task_is_not_late(office, codes, now):
    set_milestones(
        office, codes[2], [MilestoneWords(date(2026, 2, 28), "开工")], who="张三", now=now
    )
    edit_task(office, codes[2], TaskWords(completion=Completion.DONE), who="张三", now=now)
    rows = read(office, ledger_id=1)
    (step,) = rows.steps_of(rows.find(codes[2]))
    assert step.state.word == "未记完成"


def test_a_user_may_stop_the_reading(office, codes):
    with pytest.raises(Cancelled):
        read_gantt(office, Filter(1), None, TODAY, Progress(cancel_wanted=True))


@pytest.mark.parametrize(
    ("pixels", "zoom"), [(3.6, Zoom.MONTH), (1.4, Zoom.QUARTER), (0.4, Zoom.YEAR)]
)
def test_the_width_of_a_day_chooses_the_pieces(pixels, zoom):
    assert zoom_of(pixels) is zoom


def test_the_axis_names_the_months_in_sight_and_shades_the_days_off():
    axis = make_axis(date(2026, 9, 1).toordinal(), 220.0, 3.6)
    assert [words for _, _, words in axis.pieces] == ["2026年9月", "10月", "11月"]
    national_day = date(2026, 10, 1).toordinal()
    assert any(first <= national_day <= last for first, last in axis.off)


@pytest.mark.parametrize(("days", "shaded"), [(60, True), (300, True), (366, False), (900, False)])
@pytest.mark.parametrize("size", [13.0, 26.0])
def test_days_off_are_shaded_only_where_a_day_is_wide_enough(days, shaded, size):
    width = 1000.0 * size / 13
    axis = make_axis(date(2026, 1, 1).toordinal(), width, width / days, size)
    assert bool(axis.off) == shaded


@pytest.mark.parametrize("first", [-500, 1, date.max.toordinal() - 3])
def test_the_axis_ends_where_dates_end(first):
    make_axis(first, 900.0, 0.4)
