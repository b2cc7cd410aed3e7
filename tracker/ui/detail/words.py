"""Dates, deadlines and rounds in the words of lists and panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.workdays import load_calendar
from tracker.insight.lights import RECURRENCE_WORDS
from tracker.ops.deadline_words import understand_deadline

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.ledger import RoundRow

UNREADABLE = "看不懂，请改写（如 2026-09-30、9月底前、下周五、5个工作日、每月25日前、长期坚持）"


def short_day(day: date, today: date) -> str:
    """Return a date as lists show it: 9月30日, with its year only where it is not this year."""
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


def long_day(day: date) -> str:
    """Return a date with its year: 2026年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def deadline_words(deadline: Deadline | None, today: date) -> str:
    """Return a deadline as printed, with its date where the printed words do not say it."""
    if deadline is None:
        return "没有时限"
    if deadline.date is None:
        return deadline.text or _recurring(deadline) or "没有时限"
    day = short_day(deadline.date, today)
    if not deadline.text or day in deadline.text or deadline.date.isoformat() in deadline.text:
        return day
    return f"{day}（{deadline.text}）"


def _recurring(deadline: Deadline) -> str:
    if deadline.recurrence is None:
        return ""
    day = f"{deadline.day}日前" if deadline.day else ""
    return RECURRENCE_WORDS[deadline.recurrence] + day


def reading(words: str, today: date, start: date | None = None) -> tuple[bool, str]:
    """Return whether typed words are understood as a deadline, and what they are read as."""
    if not words.strip():
        return True, ""
    deadline = understand_deadline(words, today, start)
    if deadline is None:
        return True, "读作 没有时限"
    if deadline.date is None:
        if recurring := _recurring(deadline):
            return True, f"读作 {recurring}"
        return (False, UNREADABLE) if deadline.doubtful else (True, "照原话记下，不计到期日")
    doubt = "；拿不准，请核对" if deadline.doubtful else ""
    return True, f"读作 {long_day(deadline.date)}，{_remaining(deadline.date, today)}{doubt}"


def _remaining(day: date, today: date) -> str:
    if day == today:
        return "今天到期"
    if day < today:
        return f"已过 {(today - day).days} 天"
    workdays = load_calendar().workdays_between(today, day)
    return f"剩 {workdays} 个工作日" if workdays else f"剩 {(day - today).days} 天（无工作日）"


def round_words(round_: RoundRow) -> str:
    """Return a round's name: 第3期."""
    return f"第{round_.number}期"


def percent_words(percent: float) -> str:
    """Return a rate without needless decimals: 64%."""
    return f"{percent:.1f}".rstrip("0").rstrip(".") + "%"
