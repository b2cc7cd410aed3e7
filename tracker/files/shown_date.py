"""Dates and times as a sheet shows them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.files.format_code import Section, Token

_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_LAST_SERIAL = 2_958_466  # 10000-01-01
_FALSE_LEAP_DAY = 60  # Excel counts a 29 February 1900 that never was
_DAY_MILLISECONDS = 86_400_000


def moment_of(section: Section, number: float, from_1904: bool) -> datetime | None:
    """Return the moment a serial stands for; None where Excel shows only #### or day 0."""
    if not 0 <= number < _LAST_SERIAL or (int(number) == _FALSE_LEAP_DAY and not from_1904):
        return None
    if number < 1 and not from_1904 and section.is_calendar():
        return None
    start = datetime(1899, 12, 30 if number > _FALSE_LEAP_DAY else 31)
    start = datetime(1904, 1, 1) if from_1904 else start
    exact = any(token.kind == "date" and ".0" in token.text for token in section.tokens)
    unit = 1 if exact else 1000
    try:
        return start + timedelta(milliseconds=unit * round(number * _DAY_MILLISECONDS / unit))
    except OverflowError:
        return None


def show_date(section: Section, number: float, moment: datetime) -> str:
    """Return the date or time that stands for the serial `number`."""
    halved = any(token.kind == "noon" for token in section.tokens)
    calendar = section.is_calendar()
    parts: list[str] = []
    for token in section.tokens:
        timed = token.kind in ("elapsed", "noon") or (
            token.kind == "date" and token.text[0] in "hns"
        )
        # Programs write a plain date as midnight; its zeros say nothing.
        if timed and calendar and parts and not number % 1:
            return "".join(parts).rstrip(" T")
        parts.append(_show_token(token, number, moment, halved=halved))
    return "".join(parts).strip(" ")


def _show_token(token: Token, number: float, moment: datetime, *, halved: bool) -> str:
    if token.kind == "noon":
        morning, afternoon = token.text.split("/")
        return morning if moment.hour < 12 else afternoon
    if token.kind == "elapsed":
        seconds = round(number * 86400)
        unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
        return str(seconds // unit).zfill(len(token.text))
    if token.kind != "date":
        return token.text
    letter, length = token.text[0], len(token.text)
    hour = (moment.hour % 12 or 12) if halved else moment.hour
    if letter == "s":
        whole, point, zeros = token.text.partition(".")
        shown = str(moment.second).zfill(min(len(whole), 2))
        return (
            f"{shown}.{moment.microsecond:06d}"[: len(shown) + 1 + len(zeros)] if point else shown
        )
    if letter in "hn":
        return str(hour if letter == "h" else moment.minute).zfill(min(length, 2))
    return _show_calendar(letter, length, moment)


def _show_calendar(letter: str, length: int, moment: datetime) -> str:
    if letter == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if letter == "e":
        return str(moment.year)
    if letter == "a":
        day = "一二三四五六日"[moment.weekday()]
        return f"星期{day}" if length > 3 else day
    names = _MONTHS.split() if letter == "m" else _WEEKDAYS.split()
    index = moment.month - 1 if letter == "m" else moment.weekday()
    if length == 5 and letter == "m":
        return names[index][0]
    if length > 2:
        return names[index] if length > 3 else names[index][:3]
    return str(moment.month if letter == "m" else moment.day).zfill(length)
