"""The day on which a round counts what is past its date: never before the time."""

from __future__ import annotations

from datetime import datetime

import pytest

from tracker.ops.circular import compose_circular
from tracker.ops.editions import close_round
from tracker.ops.rounds import list_rounds
from tracker.ops.stats import read_stats

CUT_OFF = "2026-03-31"


@pytest.mark.parametrize(
    ("moment", "as_of", "overdue"),
    [
        (datetime(2026, 3, 4, 9), "2026-03-04", []),
        (datetime(2026, 3, 5, 9), "2026-03-05", ["1-001"]),
        (datetime(2026, 5, 1, 9), CUT_OFF, ["1-001"]),
    ],
)
def test_nobody_is_late_before_the_time(office, ledger, rounds, moment, as_of, overdue):
    found = read_stats(office, ledger, rounds[2], moment.date())
    assert found["as_of"] == as_of
    assert found["overdue"] == overdue
    circular = compose_circular(office, ledger, rounds[2], now=moment)
    listed = [f.codes for p in circular.body for f in p.figures if f.name == "存在问题"]
    assert [list(codes) for codes in listed[:1]] == ([overdue] if overdue else [])


def test_a_round_closed_before_its_day_keeps_the_day_it_was_closed_on(office, ledger, rounds):
    closed = datetime(2026, 3, 4, 17)
    close_round(office, ledger, rounds[2], who="张三", now=closed)
    round_ = list_rounds(office, ledger)[-1]
    later = datetime(2026, 6, 1, 9)
    assert read_stats(office, ledger, round_, later.date())["as_of"] == "2026-03-04"
    circular = compose_circular(office, ledger, round_, now=later)
    assert any("截至2026年3月4日" in passage.text for passage in circular.body)
