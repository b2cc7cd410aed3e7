"""Deadlines as they are typed, with what they mean shown at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.workdays import load_calendar
from tracker.ops.tasks import understand_deadline

TODAY = date(2026, 3, 2)  # a Monday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("5个工作日", date(2026, 3, 9)),
        ("5个工作日内", date(2026, 3, 9)),
        ("五个工作日内办结", date(2026, 3, 9)),
        (" 10 个工作日 ", date(2026, 3, 16)),
        ("收到之日起3个工作日内反馈", date(2026, 3, 5)),
        ("10天", date(2026, 3, 12)),
        ("10日内", date(2026, 3, 12)),
        ("自接到之日起十五日内完成", date(2026, 3, 17)),
        ("一周内", date(2026, 3, 9)),
        ("两个星期", date(2026, 3, 16)),
        ("1个月内", date(2026, 4, 2)),
        ("半个月", date(2026, 3, 17)),
        ("半年内", date(2026, 9, 2)),
        ("48小时内", date(2026, 3, 4)),
        ("5 个自然日", date(2026, 3, 7)),
        ("２个工作日。", date(2026, 3, 4)),
        ("2026-09-30", date(2026, 9, 30)),
        ("9月底前", date(2026, 9, 30)),
        ("2026年内", date(2026, 12, 31)),
        ("3月15", date(2026, 3, 15)),
        ("请于下周五前书面报告结果", date(2026, 3, 13)),
        ("限3天内报结果", date(2026, 3, 5)),
        ("月底前报", date(2026, 3, 31)),
    ],
)
def test_words_are_read_and_kept(words, day):
    deadline = understand_deadline(words, TODAY)
    assert (deadline.date, deadline.text, deadline.doubtful) == (day, words.strip(), False)


def test_a_span_counts_from_the_day_given():
    # Saturday 28 February 2026 is worked in exchange for the Spring Festival
    assert understand_deadline("5个工作日", TODAY, date(2026, 2, 27)).date == date(2026, 3, 5)
    assert understand_deadline("9月底前", TODAY, date(2025, 2, 27)).date == date(2026, 9, 30)


def test_near_days_are_said_on_the_day_given():
    assert understand_deadline("下周五", TODAY, date(2026, 2, 27)).date == date(2026, 3, 6)


def test_a_span_over_a_holiday_leaves_it_out():
    calendar = load_calendar()
    deadline = understand_deadline("3个工作日", date(2026, 9, 29))
    assert deadline.date == calendar.add_workdays(date(2026, 9, 29), 3)


def test_a_month_ends_on_its_last_day():
    assert understand_deadline("1个月内", TODAY, date(2026, 1, 31)).date == date(2026, 2, 28)


@pytest.mark.parametrize("words", ["", "  ", "/"])
def test_nothing_typed_is_no_deadline(words):
    assert understand_deadline(words, TODAY) is None


@pytest.mark.parametrize("words", ["不知何时", "若干个工作日", "0个工作日", "几天内", "5日"])
def test_what_cannot_be_read_stays_without_a_date(words):
    deadline = understand_deadline(words, TODAY)
    assert deadline.date is None
    assert deadline.doubtful


@pytest.mark.parametrize("words", ["长期坚持", "每月25日前", "尽快"])
def test_words_without_a_date_are_kept_as_they_are(words):
    deadline = understand_deadline(words, TODAY)
    assert (deadline.date, deadline.text, deadline.doubtful) == (None, words, False)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 300))
def test_a_span_of_working_days_ends_on_one_and_holds_so_many(start, number):
    calendar = load_calendar()
    deadline = understand_deadline(f"{number}个工作日", TODAY, start)
    assert calendar.is_workday(deadline.date)
    assert calendar.workdays_between(start, deadline.date) == number


@given(st.text(max_size=12))
def test_no_words_break_it_and_none_are_lost(words):
    deadline = understand_deadline(words, TODAY)
    assert deadline is None or deadline.text == words.strip()


def test_a_past_day_typed_with_its_year_is_meant():
    deadline = understand_deadline("2026-01-15", date(2026, 3, 2))
    assert (deadline.date, deadline.doubtful) == (date(2026, 1, 15), False)
