"""Deadlines by a festival: 国庆前, 春节前, 五一前."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tracker.base.resources import load
from tracker.duties.vocabulary import any_of

_SPELT = r"(?:[（(][a-zà-öø-ǜ]{1,6}[）)])?"
"""The sound of a sign, which converted pages print behind it."""


@dataclass(frozen=True, slots=True)
class FestivalPhrase:
    """Words such as 国庆节前 and the day before the festival; None where the year is unknown."""

    start: int
    end: int
    day: date | None


def find_festivals(plain: str, reference: date | None) -> list[FestivalPhrase]:
    """Return the phrases in `plain`, each with the last day before the festival.

    Args:
        plain: a text in the form words are matched in.
        reference: the festival meant is the first one after this day.
    """
    found: list[FestivalPhrase] = []
    for match in _pattern().finditer(plain):
        day = _next(match["name"], match["year"], reference)
        before = day - timedelta(days=1) if day is not None else None
        found.append(FestivalPhrase(match.start(), match.end(), before))
    return found


def _next(name: str, year: str | None, reference: date | None) -> date | None:
    days = _days()[name]
    if isinstance(days, str):
        month, day = map(int, days.split("-"))
        if year:
            return date(int(year), month, day)
        if reference is None:
            return None
        this = date(reference.year, month, day)
        return this if this > reference else date(reference.year + 1, month, day)
    if year:
        return next((one for one in days if one.year == int(year)), None)
    if reference is None or reference < days[0]:
        return None
    return next((one for one in days if one > reference), None)


@cache
def _days() -> dict[str, str | list[date]]:
    lists = load("deadlines.toml")["festivals"]
    days: dict[str, str | list[date]] = dict(lists["fixed"])
    for name, listed in lists.items():
        if name != "fixed":
            days[name] = [date.fromisoformat(one) for one in listed]
    return days


@cache
def _pattern() -> re.Pattern[str]:
    names = any_of(tuple(_days()))
    return re.compile(
        rf"(?:(?P<year>20\d\d)\s*年\s*)?[“\"]?(?P<name>{names})[”\"]?{_SPELT}"
        rf"(?:节|佳节|假期|黄金周)?{_SPELT}"
        r"(?:之前|以前|前(?!期|后|夕|夜|往))"
    )
