"""Counts: units, ledgers, rounds, months; each number knows its tasks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.deadline import Deadline
from tracker.domain.ledger import LedgerRow, RoundRow
from tracker.domain.light_rules import light_rules, load_light_rules
from tracker.domain.table import Roles
from tracker.domain.terms import Completion, LedgerState, Pace, Recurrence, RoundState
from tracker.domain.unit import UnitRow
from tracker.domain.workdays import load_calendar
from tracker.insight.lights import Lighter
from tracker.insight.owners import NO_UNIT, UnitBook
from tracker.insight.rates import completion_over_rounds, rate_of, state_of, state_word
from tracker.insight.round_stats import round_stats
from tracker.insight.stats import deadlines_ahead, lights_by_ledger, states_by_unit
from tracker.insight.tally import percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.entry import EntryRow
    from tracker.domain.task import TaskRow

    MakeTask = Callable[..., TaskRow]
    MakeEntry = Callable[..., EntryRow]

TODAY = date(2026, 9, 30)
RULES = light_rules()
LIGHTER = Lighter(RULES, load_calendar(), TODAY)
BOOK = UnitBook.of(
    (
        UnitRow(1, "县发改局", names=("发展改革局",)),
        UnitRow(2, "县教育局"),
        UnitRow(3, "县住建局"),
    )
)


def ledger(ledger_id: int, name: str) -> LedgerRow:
    return LedgerRow(ledger_id, name, 2026, "plan", "monthly", LedgerState.RUNNING, "", "", 0)


def round_row(number: int) -> RoundRow:
    return RoundRow(number, 1, number, date(2026, number, 28), None, RoundState.OPEN, "")


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (7130, 7944, "89.8"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 2000, "0.1"),
        (1, 2001, "0.0"),
        (3, 3, "100.0"),
        (0, 5, "0.0"),
        (1, 16, "6.3"),
        (0, 0, ""),
    ],
)
def test_a_rate_is_rounded_half_up_to_one_decimal(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words


def test_a_rate_says_what_it_is_computed_over() -> None:
    states = {
        "A": Completion.DONE,
        "B": Completion.CLOSED,
        "C": Completion.IN_PROGRESS,
        "D": Completion.EXCLUDED,
    }
    rate = rate_of(states)
    assert (rate.done.codes, rate.of.codes, rate.excluded.codes) == (
        ("A", "B"),
        ("A", "B", "C"),
        ("D",),
    )
    assert rate.sentence == "应完成3项（共4项，调整/取消1项不计入），已完成2项，完成率66.7%。"
    assert rate_of({}).sentence == "应完成0项，已完成0项。"


def test_an_entry_speaks_for_the_task_unless_it_is_closed(
    make_task: MakeTask, make_entry: MakeEntry
) -> None:
    entry = make_entry(1, completion=Completion.IN_PROGRESS, pace=Pace.BEHIND)
    assert state_of(make_task(1), entry) == (Completion.IN_PROGRESS, Pace.BEHIND)
    closed = make_task(1, completion=Completion.CLOSED)
    assert state_of(closed, entry) == (Completion.CLOSED, None)
    assert state_of(make_task(1, completion=Completion.DONE), None) == (Completion.DONE, None)
    assert state_word((Completion.IN_PROGRESS, Pace.BEHIND)) == "推进中·滞后"


def test_what_is_said_to_be_held_up_is_not_done_any_more(
    make_task: MakeTask, make_entry: MakeEntry
) -> None:
    blocked = make_entry(1, completion=None, pace=Pace.BLOCKED)
    done = make_task(1, completion=Completion.DONE)
    assert state_of(done, blocked) == (Completion.IN_PROGRESS, Pace.BLOCKED)
    on_track = make_entry(1, completion=None, pace=Pace.ON_TRACK)
    assert state_of(done, on_track) == (Completion.DONE, None)
    cancelled = make_task(1, completion=Completion.EXCLUDED)
    assert state_of(cancelled, on_track) == (Completion.IN_PROGRESS, Pace.ON_TRACK)
    assert state_of(make_task(1, completion=Completion.CLOSED), blocked)[0] is Completion.CLOSED


def test_states_by_unit_count_a_shared_task_with_each_unit_and_once_in_all(
    make_task: MakeTask, make_entry: MakeEntry
) -> None:
    tasks = [
        make_task(1, "县教育局", "发展改革局"),
        make_task(2, "县教育局", completion=Completion.DONE),
        make_task(3, "县某公司"),
        make_task(4, roles=Roles(responsible=("县住建局",))),
        make_task(5),
    ]
    entries = {1: make_entry(1, completion=Completion.IN_PROGRESS, pace=Pace.ON_TRACK)}
    tally = states_by_unit(tasks, entries, BOOK)
    assert tally.header() == ("单位", "推进中", "推进中·达序时", "已完成", "合计")
    assert tally.rows() == (
        ("县发改局", 0, 1, 0, 1),
        ("县教育局", 0, 1, 1, 2),
        ("县住建局", 1, 0, 0, 1),
        ("县某公司", 1, 0, 0, 1),
        (NO_UNIT, 1, 0, 0, 1),
        ("合计", 3, 1, 1, 5),
    )
    assert tally.lines[1].counts[2].codes == ("T0002",)
    assert tally.note == (
        "共5项；有两个及以上牵头（责任）单位的1项在各单位各计一次，"
        "合计中只计一次，所以各单位相加为6。"
    )


def test_without_a_book_units_stand_as_printed(make_task: MakeTask) -> None:
    tally = states_by_unit([make_task(1, "乙局"), make_task(2, "甲局")], {})
    assert [line.word for line in tally.lines] == ["乙局", "甲局"]
    assert tally.note == "共2项，每项只属一个单位。"


def test_lights_by_ledger_show_every_ledger_and_every_light(make_task: MakeTask) -> None:
    late, near = Deadline("9月", date(2026, 9, 1)), Deadline("10月", date(2026, 10, 8))
    tasks = [
        make_task(1, deadline=late),
        make_task(2, deadline=near),
        make_task(3, ledger_id=2, completion=Completion.CLOSED),
        make_task(4, ledger_id=99),
    ]
    ledgers = [ledger(2, "民生实事"), ledger(1, "重点工作"), ledger(3, "空专项")]
    tally = lights_by_ledger(ledgers, tasks, LIGHTER.lits(tasks), RULES)
    assert tally.header() == ("专项", "逾期", "临期", "正常", "无时限", "办结", "合计")
    assert tally.rows() == (
        ("民生实事", 0, 0, 0, 0, 1, 1),
        ("重点工作", 1, 1, 0, 0, 0, 2),
        ("空专项", 0, 0, 0, 0, 0, 0),
        ("合计", 1, 1, 0, 0, 1, 3),
    )
    assert tally.lines[1].counts[0].codes == ("T0001",)


def test_an_earlier_round_counts_by_its_own_entries(
    make_task: MakeTask, make_entry: MakeEntry
) -> None:
    tasks = [
        make_task(1, completion=Completion.CLOSED),
        make_task(2),
        make_task(3, completion=Completion.EXCLUDED),
        make_task(4),
    ]
    first = {
        1: make_entry(1, completion=Completion.IN_PROGRESS),
        2: make_entry(2),
        3: make_entry(3, completion=Completion.NOT_STARTED),
    }
    trend = completion_over_rounds([(round_row(2), {}), (round_row(1), first)], tasks)
    assert trend.header() == ("轮次", "已完成", "应完成", "调整/取消", "完成率（%）")
    assert trend.rows() == (("第1期", 0, 3, 0, "0.0"), ("第2期", 1, 3, 1, "33.3"))
    assert trend.points[0].unstated.codes == ("T0002",)
    assert "第1期1项没有注明状态" in trend.note
    assert completion_over_rounds([], tasks).rows() == ()


def test_deadlines_ahead_list_every_month_and_what_has_none(make_task: MakeTask) -> None:
    deadlines = [
        Deadline("9月", date(2026, 9, 29)),
        Deadline("今天", date(2026, 9, 30)),
        Deadline("明年8月", date(2027, 8, 31)),
        Deadline("明年9月", date(2027, 9, 1)),
        Deadline("长期", recurrence=Recurrence.CONTINUOUS),
        Deadline("某月", date(2026, 1, 1), doubtful=True),
        Deadline("尽快"),
        None,
    ]
    tasks = [make_task(n, deadline=d) for n, d in enumerate(deadlines, 1)]
    tasks.append(make_task(9, deadline=deadlines[0], completion=Completion.DONE))
    tally = deadlines_ahead(tasks, LIGHTER.lits(tasks), RULES, TODAY)
    words = [line.word for line in tally.lines]
    assert words[:3] == ["已过时限", "2026年9月", "2026年10月"]
    assert words[12:] == ["2027年8月", "2027年8月以后", "周期性、长期", "时限存疑", "无时限"]
    counted = {line.key: line.total.codes for line in tally.lines if line.total.codes}
    assert counted == {
        "overdue": ("T0001",),
        "2026-09": ("T0002",),
        "2027-08": ("T0003",),
        "later": ("T0004",),
        "recurring": ("T0005",),
        "doubtful": ("T0006",),
        "undated": ("T0007", "T0008"),
    }
    assert tally.total.total.number == 8
    assert "1项不计" in tally.note


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((), []),
        ((date(2026, 9, 1),), []),
        ((date(2026, 9, 30),), ["2026年9月"]),
        ((date(2026, 11, 30),), ["2026年9月", "2026年10月", "2026年11月"]),
    ],
)
def test_the_months_ahead_end_with_the_last_one_that_has_a_deadline(
    make_task: MakeTask, dates: tuple[date, ...], expected: list[str]
) -> None:
    tasks = [make_task(n, deadline=Deadline("", day)) for n, day in enumerate(dates, 1)]
    over = Deadline("", date(2027, 3, 31))
    tasks.append(make_task(9, deadline=over, completion=Completion.CLOSED))
    tally = deadlines_ahead(tasks, LIGHTER.lits(tasks), RULES, TODAY)
    words = [line.word for line in tally.lines]
    assert words == ["已过时限", *expected, "周期性、长期", "时限存疑", "无时限"]


def test_what_is_due_later_than_the_months_listed_keeps_them_all(make_task: MakeTask) -> None:
    tasks = [make_task(1, deadline=Deadline("", date(2028, 5, 1)))]
    words = [line.word for line in deadlines_ahead(tasks, LIGHTER.lits(tasks), RULES, TODAY).lines]
    assert words[-5:] == ["2027年8月", "2027年8月以后", "周期性、长期", "时限存疑", "无时限"]
    assert len(words) == 17


def test_round_stats_speak_the_keys_of_the_command(
    make_task: MakeTask, make_entry: MakeEntry
) -> None:
    late = Deadline("9月", date(2026, 9, 1))
    tasks = [
        make_task(1, "县教育局", "县发改局", deadline=late),
        make_task(2, "县教育局", completion=Completion.DONE, deadline=late),
        make_task(3, "县发改局", completion=Completion.EXCLUDED, deadline=late),
    ]
    entries = {
        1: make_entry(1, completion=Completion.IN_PROGRESS, pace=Pace.BEHIND),
        3: make_entry(3, completion=Completion.EXCLUDED, state_text="不再实施", remark="机构调整"),
    }
    stats = round_stats(tasks, entries, TODAY, BOOK)
    assert stats.as_json() == {
        "as_of": "2026-09-30",
        "total": 3,
        "by_completion": {"in_progress": 1, "done": 1, "excluded": 1},
        "by_pace": {"behind": 1},
        "excluded": [{"task": "T0003", "why": "不再实施；机构调整"}],
        "rate": {"done": 1, "of": 2, "percent": "50.0"},
        "by_unit": [
            {"unit": "县发改局", "total": 2, "done": 0, "overdue": 1},
            {"unit": "县教育局", "total": 2, "done": 1, "overdue": 1},
        ],
        "overdue": ["T0001"],
    }
    assert stats.rows()[-1] == ("合计", 3, 1, 1)
    assert "各单位相加为4" in stats.note


def test_an_excluded_task_without_words_gets_none_made_up(make_task: MakeTask) -> None:
    stats = round_stats([make_task(1, completion=Completion.EXCLUDED)], {}, TODAY)
    assert stats.excluded == (("T0001", "调整/取消"),)
    assert stats.rate.percent == ""


UNITS = st.lists(st.sampled_from(["甲局", "乙局", "丙镇"]), max_size=3, unique=True)
DEADLINES = st.none() | st.builds(
    Deadline,
    st.just("字"),
    st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    st.none() | st.sampled_from(Recurrence),
    st.none(),
    st.booleans(),
)


@st.composite
def drawn(draw: st.DrawFn) -> list[tuple[list[str], Deadline | None, Completion, int]]:
    one = st.tuples(UNITS, DEADLINES, st.sampled_from(Completion), st.integers(1, 3))
    return draw(st.lists(one, max_size=12))


@given(drawn(), st.sampled_from(load_light_rules()))
def test_every_count_adds_up_and_loses_no_task(
    make_task: MakeTask, specs: list[Any], rules: Any
) -> None:
    tasks = [
        make_task(n, *units, deadline=deadline, completion=completion, ledger_id=ledger_id)
        for n, (units, deadline, completion, ledger_id) in enumerate(specs)
    ]
    lits = Lighter(rules, load_calendar(), TODAY).lits(tasks)
    ledgers = [ledger(n, f"专项{n}") for n in (1, 2, 3)]
    codes = {task.code for task in tasks}
    by_unit = states_by_unit(tasks, {})
    by_ledger = lights_by_ledger(ledgers, tasks, lits, rules)
    ahead = deadlines_ahead(tasks, lits, rules, TODAY)
    for tally in (by_unit, by_ledger, ahead):
        for line in (*tally.lines, tally.total):
            assert sum(count.number for count in line.counts) == line.total.number
            assert len(line.counts) == len(tally.columns)
        assert {c for line in tally.lines for c in line.total.codes} == set(tally.total.total.codes)
        assert len(set(tally.total.total.codes)) == tally.total.total.number
        assert len(tally.rows()[0]) == len(tally.header())
    assert set(by_unit.total.total.codes) == set(by_ledger.total.total.codes) == codes
    for tally in (by_ledger, ahead):
        assert sum(line.total.number for line in tally.lines) == tally.total.total.number
    stats = round_stats(tasks, {}, TODAY)
    assert sum(count.number for _, count in stats.completions) == len(tasks)
    assert stats.rate.of.number + len(stats.excluded) == len(tasks)
    past = next(line for line in ahead.lines if line.key == "overdue")
    assert past.total.codes == stats.overdue.codes
