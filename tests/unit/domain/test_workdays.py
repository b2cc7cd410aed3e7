"""Working days by the tables of holidays."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.errors import FileProblem, UserError
from tracker.domain.workdays import Calendar, load_calendar, read_calendar

CALENDAR = load_calendar()
DAYS = st.dates(date(2022, 1, 1), date(2029, 12, 31))
COUNTS = st.integers(-800, 800)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 2, 12), False),
        (date(2024, 2, 18), True),
        (date(2024, 9, 17), False),
        (date(2025, 1, 27), True),
        (date(2025, 1, 28), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
        (date(2026, 9, 20), True),
        (date(2026, 9, 25), False),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2027, 10, 1), True),
        (date(2027, 10, 2), False),
    ],
)
def test_public_holidays_are_free_and_exchanged_weekends_are_worked(
    day: date, worked: bool
) -> None:
    assert CALENDAR.is_workday(day) is worked


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_its_table_leaves(year: int, workdays: int) -> None:
    assert CALENDAR.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


def test_only_years_with_a_table_are_known() -> None:
    assert [year for year in range(2020, 2032) if CALENDAR.is_known(year)] == [2024, 2025, 2026]


def test_the_holidays_carry_their_names() -> None:
    assert CALENDAR.names[date(2026, 10, 1)] == "国庆节"


def test_working_days_are_counted_after_the_first_day_up_to_the_last() -> None:
    friday, monday = date(2026, 9, 4), date(2026, 9, 7)
    assert CALENDAR.workdays_between(friday, friday) == 0
    assert CALENDAR.workdays_between(friday, date(2026, 9, 6)) == 0
    assert CALENDAR.workdays_between(friday, monday) == 1
    assert CALENDAR.workdays_between(monday, friday) == -1


def test_five_working_days_from_the_eve_of_a_long_holiday_lie_behind_it() -> None:
    assert CALENDAR.add_workdays(date(2026, 9, 30), 5) == date(2026, 10, 13)
    assert CALENDAR.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)


@given(DAYS, DAYS)
def test_counting_agrees_with_walking_day_by_day(start: date, end: date) -> None:
    end = min(end, start + timedelta(days=60))
    walked = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    expected = sum(CALENDAR.is_workday(day) for day in walked)
    if start <= end:
        assert CALENDAR.workdays_between(start, end) == expected


@given(DAYS, DAYS, DAYS)
def test_spans_add_up(first: date, second: date, third: date) -> None:
    between = CALENDAR.workdays_between
    assert between(first, second) + between(second, third) == between(first, third)
    assert between(first, second) == -between(second, first)


@given(DAYS, COUNTS)
def test_adding_lands_on_the_working_day_that_counting_finds(day: date, count: int) -> None:
    reached = CALENDAR.add_workdays(day, count)
    if count == 0:
        assert reached == day
        return
    assert CALENDAR.is_workday(reached)
    if count > 0:
        assert CALENDAR.workdays_between(day, reached) == count
    else:
        assert (
            CALENDAR.workdays_between(reached - timedelta(days=1), day - timedelta(days=1))
            == -count
        )
        assert reached < day


@given(DAYS.filter(CALENDAR.is_workday), COUNTS)
def test_going_forth_and_back_returns_to_the_same_working_day(day: date, count: int) -> None:
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(day, count), -count) == day


def test_more_working_days_than_dates_exist_are_refused() -> None:
    with pytest.raises(UserError, match="工作日数"):
        CALENDAR.add_workdays(date(2026, 3, 2), 10_000_000)
    with pytest.raises(UserError, match="工作日数"):
        CALENDAR.add_workdays(date(2026, 3, 2), -10_000_000)


def test_an_office_adds_a_year_of_its_own() -> None:
    text = """
    [[year]]
    year = 2031
    [[year.holiday]]
    name = "本地节日"
    from = 2031-03-03
    to = 2031-03-04
    work = [2031-03-08]
    """
    calendar = read_calendar(tomllib.loads(text))
    assert calendar.is_known(2031)
    assert not calendar.is_workday(date(2031, 3, 3))
    assert calendar.is_workday(date(2031, 3, 8))


@pytest.mark.parametrize(
    "holiday",
    [
        'name = "甲"\nfrom = 2031-03-03',
        'name = "甲"\nfrom = 2031-03-03\nto = 2031-03-01',
        'name = "甲"\nfrom = "2031-03-03"\nto = 2031-03-04',
        'name = "甲"\nfrom = 2031-03-03T08:00:00\nto = 2031-03-04',
        'name = "甲"\nfrom = 2031-03-01\nto = 2031-03-04\nwork = [2031-03-01]',
    ],
)
def test_a_broken_table_is_refused_by_name(holiday: str) -> None:
    data = tomllib.loads(f"[[year]]\nyear = 2031\n[[year.holiday]]\n{holiday}\n")
    with pytest.raises(FileProblem, match=r"holidays\.toml"):
        read_calendar(data)


def test_a_calendar_without_tables_knows_weekends_only() -> None:
    calendar = Calendar()
    assert calendar.workdays_between(date(2026, 2, 14), date(2026, 2, 28)) == 10
    assert not calendar.is_known(2026)
