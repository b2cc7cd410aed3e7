"""Days as people say them: each is read from the day on which it is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.near_days import near_day

TODAY = date(2026, 3, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", date(2026, 3, 4)),
        ("当日内", date(2026, 3, 4)),
        ("明天下班前", date(2026, 3, 5)),
        ("后天上午", date(2026, 3, 6)),
        ("大后天", date(2026, 3, 7)),
        ("本周五", date(2026, 3, 6)),
        ("这个星期天前", date(2026, 3, 8)),
        ("周五前", date(2026, 3, 6)),
        ("周三", date(2026, 3, 4)),
        ("周二", date(2026, 3, 10)),
        ("下周二前", date(2026, 3, 10)),
        ("下个星期日", date(2026, 3, 15)),
        ("下下周一", date(2026, 3, 16)),
        ("本周内", date(2026, 3, 8)),
        ("下周之内", date(2026, 3, 15)),
        ("月底前", date(2026, 3, 31)),
        ("本月末", date(2026, 3, 31)),
        ("季度末", date(2026, 3, 31)),
        ("本季末前", date(2026, 3, 31)),
        ("20日前", date(2026, 3, 20)),
        ("4号", date(2026, 3, 4)),
        ("3号前", date(2026, 4, 3)),
    ],
)
def test_words_mean_a_day(words, day):
    assert near_day(words, TODAY) == day


@pytest.mark.parametrize(
    "words", ["", "5日", "下周", "周末前", "32号", "0日前", "每周五", "周八", "月中", "昨天"]
)
def test_what_is_no_day_stays_unread(words):
    assert near_day(words, TODAY) is None


def test_a_month_without_that_day_is_passed_over():
    assert near_day("31号", date(2026, 4, 2)) == date(2026, 5, 31)


def test_the_year_turns():
    assert near_day("5号前", date(2026, 12, 20)) == date(2027, 1, 5)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from("一二三四五六日"))
def test_next_week_follows_this_week(today, day):
    this, following = near_day(f"本周{day}", today), near_day(f"下周{day}", today)
    assert following - this == timedelta(weeks=1)
    assert this.isocalendar()[:2] == today.isocalendar()[:2]
    assert today <= near_day(f"周{day}", today) < today + timedelta(weeks=1)
