"""When a measure of a document is due, from its own sentences.

A plan speaks of what lies ahead, so it says more ways than a cell of a progress table when things
are due: 8月开工, 国庆前, 印发后30个工作日内, 本周五前, 每季度通报一次, 汛前.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.deadline import Deadline
from tracker.domain.terms import Recurrence
from tracker.domain.workdays import load_calendar
from tracker.duties.deadlines import (
    bounded_dates,
    date_phrases,
    day_of_month,
    is_history,
    recurrence_in,
    resolved,
)
from tracker.duties.festivals import find_festivals
from tracker.duties.vocabulary import any_of, plain
from tracker.text.numerals import chinese_number
from tracker.text.segments import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.text.dates import DatePhrase

_NUMBER = r"(?P<count>\d{1,3}|[一二三四五六七八九十两半]{1,3})"
_AFTER_ISSUE = re.compile(
    r"(?:(?:自)?(?:本\w{0,6}?)?(?:印发|下发|发布|公布|实施|发文|出台|施行)(?:之日)?(?:起|后)?(?:的|之日起|后)?"
    r"|(?:接到|收到)(?:本)?(?:通知|文件|方案|交办单|督办单|批示)(?:之日)?(?:起|后))的?[，,]?\s*"
    rf"{_NUMBER}\s*(?P<what>个?工作日|个?自然日|个?月|天|日|周|个?星期)(?:之?内|以内)"
)
_WITHIN = re.compile(
    rf"\s*{_NUMBER}\s*(?P<what>个?工作日|个?自然日|个月|天|日|周|个?星期)(?:之?内|以内)(?!办结|答复|受理|[未没不])"
)
_WEEKDAY = re.compile(
    r"(?P<which>本|这|下|下个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?:之前|以前|前|下班前|中午前|上午前)"
)
_AIM = re.compile(r"[，,]?\s*(?=[^\W\d_])(?![的底末前止起后以])")
_EVERY = re.compile(r"每个?\s*$")
_WEEKDAYS = "一二三四五六日"
_CLAUSE = re.compile(r"[，。；！？：,;:\n]")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class _Words:
    acting: re.Pattern[str]
    gaining: re.Pattern[str]
    reached: re.Pattern[str]
    events: re.Pattern[str]
    soon: re.Pattern[str]
    lasting: re.Pattern[str]
    alone: re.Pattern[str]
    recurring: re.Pattern[str]
    acts: re.Pattern[str]
    other: re.Pattern[str]
    soon_anywhere: re.Pattern[str]
    in_case: re.Pattern[str]
    odd: re.Pattern[str]
    every: re.Pattern[str]
    figures: re.Pattern[str]

    @property
    def undated(self) -> tuple[tuple[re.Pattern[str], ...], ...]:
        """Return the patterns of a rhythm, of an event, of 尽快: what no clause says is none."""
        rhythm = (self.lasting, self.alone, self.odd, self.recurring)
        return rhythm, (self.events,), (self.soon, self.soon_anywhere)


def find_plan_deadline(
    text: str, reference: date | None, issued: date | None = None
) -> Deadline | None:
    """Return the deadline a measure states; None where it states none.

    Of several dates the last that bounds a deliverable; without one a rhythm, else an event.

    Args:
        text: the measure's words.
        reference: gives the year where a sentence states none.
        issued: the day the document was issued, from which 印发后30日内 counts.
    """
    matched = plain(text)
    found = [
        *_bounded(text, matched, reference),
        *_festivals(text, matched, reference),
        *_after_issue(text, matched, issued),
        *_within(text, matched, issued),
        *_weekdays(text, matched, issued),
    ]
    dated = sorted(found, key=lambda one: one.start)
    if dated:
        whole = [one for one in dated if one.deadline.date is not None]
        return (whole or dated)[-1].deadline
    return _without_date(text, matched)


def _bounded(text: str, matched: str, reference: date | None) -> Iterator[_Found]:
    """Give the dates that bound something: 9月底前, 8月开工."""
    for start, end in sentences(text):
        phrases = date_phrases(text, matched, start, end)
        bounds = dict(bounded_dates(matched, phrases))
        for phrase in phrases:
            stop = bounds.get(phrase)
            if stop is None:
                after = _acting_behind(matched, phrase)
                if after is None or is_history(matched, phrase, after.end()):
                    continue
                stop = phrase.end
                deadline = resolved(text[phrase.start : stop], phrases, phrase, reference)
                if deadline.doubtful:
                    continue
            else:
                deadline = resolved(text[phrase.start : stop], phrases, phrase, reference)
            yield _Found(phrase.start, stop, deadline)


def _acting_behind(matched: str, phrase: DatePhrase) -> re.Match[str] | None:
    """Return what makes a bare date a bound: 8月开工, 上半年引进20家, 到2025年建成."""
    words = _words()
    reached = words.reached.search(matched, max(phrase.start - 6, 0), phrase.start) is not None
    if reached and phrase.is_whole_year:
        return _AIM.match(matched, phrase.end)
    gained = None if phrase.is_whole_year else words.gaining.match(matched, phrase.end)
    return words.acting.match(matched, phrase.end) or gained


def _festivals(text: str, matched: str, reference: date | None) -> Iterator[_Found]:
    for one in find_festivals(matched, reference):
        printed = text[one.start : one.end]
        yield _Found(one.start, one.end, Deadline(printed, one.day, doubtful=one.day is None))


def _after_issue(text: str, matched: str, issued: date | None) -> Iterator[_Found]:
    for found in _AFTER_ISSUE.finditer(matched):
        printed = text[found.start() : found.end()]
        count = chinese_number(found["count"])
        if issued is None or count is None:
            yield _Found(found.start(), found.end(), Deadline(printed, doubtful=True))
            continue
        day, sure = _counted(issued, count, found["what"])
        yield _Found(found.start(), found.end(), Deadline(printed, day, doubtful=not sure))


def _within(text: str, matched: str, issued: date | None) -> Iterator[_Found]:
    """Give 一周内 where the measure begins with it: counted from the issue, and asked."""
    found = _WITHIN.match(matched)
    if found is None:
        return
    count = chinese_number(found["count"])
    day = _counted(issued, count, found["what"])[0] if issued and count else None
    yield _Found(0, found.end(), Deadline(text[: found.end()].strip(), day, doubtful=True))


def _counted(issued: date, count: int, what: str) -> tuple[date, bool]:
    """Return the day so long after the issue, and whether every holiday between is known."""
    if "工作日" in what:
        calendar = load_calendar()
        day = calendar.add_workdays(issued, count)
        return day, all(calendar.is_known(year) for year in range(issued.year, day.year + 1))
    if "月" in what:
        years, month = divmod(issued.month - 1 + count, 12)
        year = issued.year + years
        return date(year, month + 1, min(issued.day, monthrange(year, month + 1)[1])), True
    days = count * 7 if "周" in what or "星期" in what else count
    return issued + timedelta(days=days), True


def _weekdays(text: str, matched: str, issued: date | None) -> Iterator[_Found]:
    for found in _WEEKDAY.finditer(matched):
        if _EVERY.search(matched, max(found.start() - 3, 0), found.start()):
            continue
        printed = text[found.start() : found.end()]
        day = None
        if issued is not None:
            monday = issued - timedelta(days=issued.weekday())
            weeks = 1 if (found["which"] or "").startswith("下") else 0
            number = _WEEKDAYS.find(found["day"].replace("天", "日"))
            day = monday + timedelta(days=number, weeks=weeks)
        early = day is not None and issued is not None and day < issued
        yield _Found(
            found.start(), found.end(), Deadline(printed, day, doubtful=day is None or early)
        )


def _without_date(text: str, matched: str) -> Deadline | None:
    """Return a rhythm (每季度通报), else an event (汛前), else 尽快; in that order."""
    words = _words()
    says = [any(one.search(matched) for one in kind) for kind in words.undated]
    if not any(says):
        return None
    clauses = _clauses(matched)
    if says[0]:
        rhythms = [one for one in (_rhythm(text, matched, *span) for span in clauses) if one]
        if rhythms:
            return rhythms[-1]
    for start, end in clauses if says[1] else ():
        event = words.events.search(matched, start, end)
        if event is not None:
            return Deadline(text[event.start() : event.end()])
    soon = _soon(matched, clauses) if says[2] else None
    return Deadline(text[soon.start() : soon.end()]) if soon is not None else None


def _soon(matched: str, clauses: list[tuple[int, int]]) -> re.Match[str] | None:
    """Return the word that asks for the task soon, not for what to do when something happens."""
    words = _words()
    cases = [found.start() for found in words.in_case.finditer(matched)]
    sentence = 0
    for start, end in clauses:
        sentence = max(matched.rfind("。", sentence, start) + 1, sentence)
        if bisect_left(cases, sentence) < bisect_left(cases, start):
            continue
        found = words.soon.match(matched, start, end)
        found = found or words.soon_anywhere.search(matched, start, end)
        if found is not None and not words.in_case.search(matched, start, found.start()):
            return found
    return None


def _rhythm(text: str, matched: str, start: int, end: int) -> Deadline | None:
    words = _words()
    lasting = words.lasting.search(matched, start, end) or words.alone.fullmatch(
        matched, start, end
    )
    if lasting is not None:
        return Deadline(text[lasting.start() : lasting.end()], recurrence=Recurrence.CONTINUOUS)
    odd = words.odd.search(matched, start, end)
    if odd is not None and odd.end() < end:
        return Deadline(text[odd.start() : odd.end()], doubtful=True)
    found = words.recurring.search(matched, start, end)
    if found is None or words.other.search(matched, start, found.start()):
        return None
    if not (words.acts.search(matched, found.end(), end) or _is_done(matched, found, end)):
        return None
    recurrence = recurrence_in(found.group())
    if recurrence is None or recurrence is Recurrence.CONTINUOUS:
        return None
    day = day_of_month(matched[found.start() : end])
    return Deadline(text[found.start() : found.end()], None, recurrence, day)


def _is_done(matched: str, found: re.Match[str], end: int) -> bool:
    """Whether something is done every week or month, rather than paid or counted."""
    words = _words()
    said = matched[found.end() : end].strip()
    spoken = len(said) > 1 and not said[0].isdigit()
    return (
        spoken
        and words.every.match(matched, found.start()) is not None
        and words.figures.search(said) is None
    )


def _clauses(matched: str) -> list[tuple[int, int]]:
    """Return the stretches between marks, blanks at their edges left out."""
    edges = [found.start() for found in _CLAUSE.finditer(matched)]
    spans = zip([-1, *edges], [*edges, len(matched)], strict=True)
    clauses = []
    for before, end in spans:
        start = before + 1
        while start < end and matched[start].isspace():
            start += 1
        if start < end:
            clauses.append((start, end))
    return clauses


@cache
def _words() -> _Words:
    data = load("deadlines.toml")
    plan = {key: any_of(tuple(words)) for key, words in data["plan"].items()}
    rhythms = [
        word
        for kind, words in data["recurrence"].items()
        if kind != Recurrence.CONTINUOUS.value
        for word in words
    ]
    manner = rf"\s*(?:{plan['adverbs']}){{0,3}}"
    day = (
        r"(?:的?\s*\d{1,2}\s*[日号](?:之?前|以前)?|[一二三四五六日天]?(?:之?前|以前)|[初末底中]"
        r"|\s*\d{1,2}\s*次)?"
    )
    return _Words(
        acting=re.compile(rf"{manner}{plan['acting']}(?!后|以来|的)"),
        gaining=re.compile(rf"{manner}{plan['gaining']}(?!后|以来|的|了)"),
        reached=re.compile(r"(?:^|[，。；：,;:\n]|力争|确保|争取|努力)\s*到\s*$"),
        events=re.compile(plan["events"]),
        soon=re.compile(plan["soon"]),
        lasting=re.compile(plan["lasting"]),
        alone=re.compile(rf"(?:并|要)?(?:{plan['lasting_alone']}|{plan['lasting']})"),
        recurring=re.compile(rf"{any_of(tuple(rhythms))}{day}"),
        acts=re.compile(plan["recurring_acts"]),
        soon_anywhere=re.compile(plan["soon_anywhere"] + r"(?=\w\w)"),
        in_case=re.compile(plan["in_case"]),
        odd=re.compile(plan["odd_rhythms"]),
        every=re.compile(plan["plain_rhythms"]),
        figures=re.compile(plan["figures"]),
        other=re.compile(rf"{plan['not_recurring']}[^，。；]{{0,6}}$"),
    )
