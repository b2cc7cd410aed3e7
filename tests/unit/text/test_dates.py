"""Date phrases and the last day they cover."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.dates import find_dates, parse_day

_DAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-30",
        "2026/9/30",
        "2026.9.30",
        "2026年9月30日",
        "二〇二六年九月三十日",
        "9月30日",
        "20260930",
        "2026-09-30 00:00:00",
        "2026 年 9 月 30 日",
        "２０２６年９月３０日",
        "2026年9月",
        "26年9月",
        "2026年第三季度",
        "前三季度",
        "今年9月",
        "9月下旬",
        "九月",
        "2026.09",
        "9/30",
    ],
)
def test_every_way_of_writing_gives_the_last_day(text: str) -> None:
    phrase = parse_day(text)
    assert phrase is not None
    assert phrase.last_day(2026, reference=date(2026, 2, 1)) == _DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年", date(2026, 12, 31)),
        ("上半年", date(2026, 6, 30)),
        ("明年上半年", date(2027, 6, 30)),
        ("4月上旬", date(2026, 4, 10)),
        ("4月中旬", date(2026, 4, 20)),
        ("本月", date(2026, 12, 31)),
        ("下月", date(2027, 1, 31)),
        ("本月15日", date(2026, 12, 15)),
    ],
)
def test_a_period_ends_on_its_last_day(text: str, day: date) -> None:
    phrase = parse_day(text)
    assert phrase is not None
    assert phrase.last_day(2026, reference=date(2026, 12, 5)) == day


@pytest.mark.parametrize("text", ["13月", "2月30日", "20225月", "2026-13-01", "2026年4月31日"])
def test_a_damaged_date_has_no_value(text: str) -> None:
    phrase = parse_day(text)
    assert phrase is not None
    assert phrase.damaged
    assert phrase.last_day(2026) is None


@pytest.mark.parametrize("text", ["", "202261", "三年", "15年", "9.3", "长期", "9月30日前"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_a_leap_day_waits_for_its_year() -> None:
    phrase = parse_day("2月29日")
    assert phrase is not None
    assert not phrase.damaged
    assert phrase.last_day(2025) is None
    assert phrase.last_day(2028) == date(2028, 2, 29)


def test_dates_are_found_with_their_places() -> None:
    text = "力争年底前、3年内、2026年内、9月15日前，增长2026.9万元，学年末，15年期"
    assert [text[p.start : p.end] for p in find_dates(text)] == ["年", "2026年", "9月15日"]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_printed_day_reads_as_itself(day: date) -> None:
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", day.strftime("%Y%m%d")):
        phrase = parse_day(text)
        assert phrase is not None
        assert phrase.last_day() == day


@given(st.text(alphabet="0123456789年月日底前.-/〇二十本下上半第三季度旬 "))
def test_no_text_breaks_the_reader(text: str) -> None:
    for phrase in find_dates(text, cell=True):
        assert 0 <= phrase.start < phrase.end <= len(text)
        phrase.last_day(2026, date(2026, 1, 31))
