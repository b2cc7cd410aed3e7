"""Deadlines as the clerk types them: a date, “9月底前”, “下周五”, so many days from a given day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.domain.deadline import Deadline
from tracker.domain.workdays import load_calendar
from tracker.ops.typed import deadline_of
from tracker.text.near_days import near_day
from tracker.text.numerals import chinese_number, to_half_width

if TYPE_CHECKING:
    from collections.abc import Callable

_CN = "零〇一二两三四五六七八九十百"
_FROM = r"[自从]?(?:收到|接到|接|批示|交办|转办|印发|发文|下发|即日|今日)?(?:之日|之后|后|起)*"
_DONE = (
    r"(?:完成|办结|办理|办理完毕|反馈|回复|答复|报送|上报|呈报|落实|整改到位|书面|报告|报|结果|情况)"
    "*"
)
_HEAD, _TAIL = re.compile(r"^(?:请|务必|须|应|于|在|限时?|最迟)*"), re.compile(rf"{_DONE}$")
_UNIT = r"个?工作日|个?自然日|天|日|个?星期|个?礼拜|周|个月|年|小时"
_SPAN = re.compile(
    rf"(?P<start>{_FROM})(?P<number>\d+|[{_CN}]+|半)\s*(?P<unit>{_UNIT})"
    rf"(?P<within>之内|以内|内)?(?:{_DONE})"
)
_MONTH_AND_DAY = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST = 999
"""“2026年内” is a calendar year, not a span."""


def understand_deadline(words: str, today: date, start: date | None = None) -> Deadline | None:
    """Return what typed words mean as a deadline; None where nothing is typed or none is meant.

    A date that cannot be read comes back doubtful and without a date; nothing is guessed.

    Args:
        words: “2026-09-30”, “9月底前”, “每月25日前”, “5个工作日”, “收到之日起10日内”, “下周五” …
        today: gives the year where none is typed.
        start: the day that a span counts from, itself not counted, and from which “下周五” is
            said; without it today.
    """
    plain = re.sub(r"\s", "", to_half_width(words)).rstrip("。;；,，")
    day = _end_of_span(plain, start or today) or near_day(_bare(plain), start or today)
    if day is not None:
        return Deadline(words.strip(), day)
    deadline = deadline_of(words, today)
    if _MONTH_AND_DAY.fullmatch(plain) and (whole := deadline_of(f"{plain}日", today)) is not None:
        deadline = replace(whole, text=words.strip())  # “3月15” is not the end of the month
    if deadline is not None and deadline.date is not None and _YEAR.search(to_half_width(words)):
        # Whoever types the year means it, even when that day has passed.
        return replace(deadline, doubtful=False)
    return deadline


def _bare(plain: str) -> str:
    """Take off what is asked for by the day: “请于下周五前报结果” → “下周五前”."""
    return _TAIL.sub("", _HEAD.sub("", plain))


def _end_of_span(plain: str, start: date) -> date | None:
    found = _SPAN.fullmatch(_HEAD.sub("", plain))
    if found is None:
        return None
    unit = found["unit"].removeprefix("个")
    if found["number"] == "半":
        return {"月": lambda: start + timedelta(days=15), "年": lambda: _months(start, 6)}.get(
            unit, lambda: None
        )()
    number = int(found["number"]) if found["number"].isdigit() else chinese_number(found["number"])
    if number is None or not 1 <= number <= _MOST:
        return None
    if unit == "日" and not (found["within"] or found["start"]):
        return None  # “5日” may be the fifth of the month
    return _COUNT[unit](start, number)


def _months(start: date, number: int) -> date:
    years, month = divmod(start.month - 1 + number, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _days(each: int) -> Callable[[date, int], date]:
    return lambda start, number: start + timedelta(days=each * number)


_COUNT: dict[str, Callable[[date, int], date]] = {
    "工作日": lambda start, number: load_calendar().add_workdays(start, number),
    "自然日": _days(1),
    "天": _days(1),
    "日": _days(1),
    "星期": _days(7),
    "礼拜": _days(7),
    "周": _days(7),
    "月": _months,
    "年": lambda start, number: _months(start, 12 * number),
    "小时": lambda start, number: start + timedelta(days=-(-number // 24)),
}
