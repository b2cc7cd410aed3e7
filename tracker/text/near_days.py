"""Days as people say them from where they stand: 明天, 下周五, 月底前, 20日前."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_BEFORE = r"(?:之前|以前|前|之内|以内|内|下班前|上午|下午|中午前)?"
_DAYS = {"今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_WEEKS = {"": 0, "本": 0, "这": 0, "下": 1, "下下": 2}
_SPOKEN = re.compile(rf"(?P<which>大后|[今当明后])[天日]{_BEFORE}")
_WEEKDAY = re.compile(
    rf"(?P<week>下下|[本这下]个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天]){_BEFORE}"
)
_WEEK = re.compile(r"(?P<week>[本这下]个?)(?:周|星期|礼拜)(?:之内|以内|内)")
_END = re.compile(rf"(?:(?P<month>[本当这]个?月|月)|(?P<quarter>本?季度?))(?:底|末){_BEFORE}")
_DAY = re.compile(rf"(?P<day>\d{{1,2}})(?:号{_BEFORE}|日(?:之前|以前|前))")
_WEEKDAYS = "一二三四五六日"


def near_day(words: str, today: date) -> date | None:
    """Return the day that is meant by words of near days; None where they are none.

    A week begins on Monday and ends on Sunday. A day of the week or month without “本”, “下” is
    the next one to come, this very day included; “5日” alone is no day, it may be a span.

    Args:
        words: half-width, without blanks; nothing but the day may stand in them.
        today: the day on which they are said.
    """
    if found := _SPOKEN.fullmatch(words):
        return today + timedelta(days=_DAYS[found["which"]])
    if found := _WEEKDAY.fullmatch(words):
        return _weekday(found["week"] or "", found["day"].replace("天", "日"), today)
    if found := _WEEK.fullmatch(words):
        return _weekday(found["week"], "日", today)
    if found := _END.fullmatch(words):
        month = today.month if found["month"] else (today.month + 2) // 3 * 3
        return date(today.year, month, monthrange(today.year, month)[1])
    if found := _DAY.fullmatch(words):
        return _day_of_month(int(found["day"]), today)
    return None


def _weekday(week: str, day: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    named = monday + timedelta(weeks=_WEEKS[_without_counter(week)], days=_WEEKDAYS.index(day))
    return named + timedelta(weeks=1) if not week and named < today else named


def _without_counter(week: str) -> str:
    return week.removesuffix("个")


def _day_of_month(day: int, today: date) -> date | None:
    """Return the next day of that number; a month without it is passed over."""
    year, month = today.year, today.month
    for _ in range(3):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None
