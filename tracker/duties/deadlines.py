"""When something is due: in a cell for it, or in the task's own sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.deadline import Deadline
from tracker.domain.terms import Recurrence
from tracker.duties.festivals import find_festivals
from tracker.duties.vocabulary import any_of, plain
from tracker.text.dates import DatePhrase, find_dates
from tracker.text.segments import outer_pairs, sentences

if TYPE_CHECKING:
    from datetime import date

_CLAUSE_BREAKS = "，。；！？：,;:\n"
_DAY_OF_MONTH = re.compile(r"每个?月的?\s*(\d{1,2})\s*[日号]")
_RUNS_FROM = re.compile(r"\s*(?:起|开始|以来|以后|之后|后|-|—|–|~|～|至|到)")
# What must follow is looked at too: 9月前期工作, 2022年内环路, 12月底线 bound nothing.
_BOUND = re.compile(
    r"(?:\s*[（(](?:星期|周|礼拜)[一二三四五六日天][）)])?(?P<time>\s*\d{1,2}\s*(?:时|点|[:：]\d{2})(?:整|\d{1,2}分)?|上午|下午|中午|晚上?|下班)?\s*"
    r"(?P<word>(?:底|末|终)?(?:之前|以前|前(?![后期列述言往]|提(?![交供出请升报速])|三季|两季)|内(?![部外容涝控环陆河]))"
    r"|底(?![线数层气部座薪])|末(?![端位梢]))"
)
_TO_DAY = re.compile(r"\s*[-—–~～至到]\s*(?P<day>\d{1,2})\s*[日号]")
_SINCE = re.compile(r"\s*以来")
"""What has been so since then says nothing of when a task is due, nor in which year."""
_KEPT_UP = "坚持|推进|开展|实施|抓好|进行|不少于?[一1]次|[一1]次|调度|报送"
_CARRIED_OUT = re.compile(r"到位|完毕|办结|兑现|落地|落实")
_WITHIN_YEAR = re.compile(r"(?P<time>)(?P<word>内|(?:底|末|终)(?:之前|以前|前)?)")
_AFTER_ISSUE = re.compile(
    r"(?:印发|下发|发布|公布|实施)(?:之日起|之日|后)的?\s*[\d一二三四五六七八九十]+\s*"
    r"(?:个?工作日|个?月|天|日|周)(?:之?内|以内)"
)
_SPAN = re.compile(
    r"[\d一二三四五六七八九十两半]+\s*个?(?:工作日|自然日|月|天|日|周|年)(?:之内|以内|内)"
)


@dataclass(frozen=True, slots=True)
class _Words:
    recurrence: tuple[tuple[Recurrence, re.Pattern[str]], ...]
    undated: re.Pattern[str]
    none: frozenset[str]
    not_before: re.Pattern[str]
    validity: re.Pattern[str]
    already: re.Pattern[str]
    attribute: re.Pattern[str]
    doing: re.Pattern[str]
    up_to: re.Pattern[str]
    not_later: re.Pattern[str]


def read_deadline_cell(text: str, reference: date | None) -> Deadline | None:
    """Return what a cell for deadlines says; None where it is empty.

    Args:
        text: the cell.
        reference: the date of the document or table, which gives the year where none is stated.
    """
    words = text.strip()
    if not re.search(r"\w", words) or words in _words().none:
        return None
    matched = plain(words)
    recurrence = recurrence_in(matched)
    dates = [
        to_its_end(matched, phrase)
        for phrase in find_dates(matched, cell=True)
        if not _is_yearly(matched, phrase)
    ]
    ends = [p for p in dates if not _RUNS_FROM.match(matched, p.end)] or None
    # “2026年汛前”, “2026年国庆前”: the year says in which one, it is not the deadline itself.
    event = ends is not None and ends[-1].is_whole_year and _is_event(matched, ends[-1].end)
    if ends is None or event:
        if festivals := find_festivals(matched, reference):
            day = festivals[-1].day
            return Deadline(words, day, recurrence, doubtful=reference is not None and day is None)
        known = recurrence is not None or bool(_words().undated.search(matched))
        doubtful = (bool(dates) and not event) or not known or _SPAN.search(matched) is not None
        return Deadline(words, None, recurrence, day_of_month(matched), doubtful)
    found = resolved(words, dates, ends[-1], reference)
    vague = re.match(r"\s*[初中]", matched[ends[-1].end :]) is not None
    return Deadline(
        words,
        None if vague else found.date,
        recurrence,
        day_of_month(matched),
        found.doubtful or vague or ends[-1] is not dates[-1],
    )


def _is_event(matched: str, start: int) -> bool:
    """Tell whether words without a date of their own (汛前, 立即) or a festival come next."""
    rest = matched[start:].lstrip()
    if _words().undated.match(rest):
        return True
    return any(f.start == 0 for f in find_festivals(rest, None))


def find_deadline(text: str, reference: date | None) -> Deadline | None:
    """Return the deadline a sentence of a task states; None where it states none.

    Only a date that bounds a deliverable counts (9月底前完成…): validity periods, reporting dates,
    yearly figures and names of documents do not. Of several the last is taken.

    Args:
        text: the task's own words.
        reference: the document's date, for the year where the text states none.
    """
    matched = plain(text)
    found: Deadline | None = None
    for start, end in sentences(text):
        dates = date_phrases(text, matched, start, end)
        for phrase, stop in bounded_dates(matched, dates):
            found = resolved(text[phrase.start : stop], dates, phrase, reference)
    if found is None and (issued := _AFTER_ISSUE.search(matched)):
        # Counted in working days from the day of issue: the clerk sets the date.
        return Deadline(text[issued.start() : issued.end()], doubtful=True)
    return found


def to_its_end(matched: str, phrase: DatePhrase) -> DatePhrase:
    """Return the last day of a span within a month: 11月15日至20日."""
    found = _TO_DAY.match(matched, phrase.end)
    if found is None or phrase.day is None or int(found["day"]) < phrase.day:
        return phrase
    return replace(phrase, day=int(found["day"]), end=found.end())


def date_phrases(text: str, matched: str, start: int, end: int) -> list[DatePhrase]:
    """Return the dates of a sentence of `text`, those in the names of documents left out."""
    found = find_dates(matched[start:end])
    if not found:
        return []
    titles = [
        (first, last)
        for first, last in outer_pairs(text[start:end]).items()
        if text[start + first] == "《"
    ]
    return [
        to_its_end(matched, replace(phrase, start=phrase.start + start, end=phrase.end + start))
        for phrase in found
        if not any(first < phrase.start < last for first, last in titles)
        and not _SINCE.match(matched, phrase.end + start)
    ]


def bounded_dates(matched: str, dates: list[DatePhrase]) -> list[tuple[DatePhrase, int]]:
    """Return the dates that bound a deliverable (9月底前), each with where its words end."""
    bounds: list[tuple[DatePhrase, int]] = []
    for phrase in dates:
        bound = _bound(matched, phrase)
        if bound is not None:
            bounds.append((phrase, bound.end()))
        elif _is_latest(matched, phrase):
            bounds.append((phrase, phrase.end))
    return bounds


def _is_latest(matched: str, phrase: DatePhrase) -> bool:
    """Whether the words before say that it is the last moment (不迟于9月)."""
    before, _ = _clause_around(matched, phrase.start, phrase.end)
    runs = _RUNS_FROM.match(matched, phrase.end)
    return runs is None and _words().not_later.search(before) is not None


def is_history(matched: str, phrase: DatePhrase, end: int) -> bool:
    """Return whether a date with a verb behind it tells what was, or when something runs from."""
    words = _words()
    if (phrase.year_shift or 0) < 0:
        return True
    before, after = _clause_around(matched, phrase.start, end)
    return bool(
        words.not_before.search(before)
        or words.validity.search(before)
        or words.validity.search(after)
        or words.already.match(matched[phrase.end : phrase.end + 3])
        or re.match(r"[了过]", after)
        or re.search(r"[\d一二三四五六七八九十]\s*[-—–~～至到]\s*$", before)
    )


def states_deadline(text: str) -> bool:
    """Return whether `text` says when something is due and nothing else (2022年底前完成)."""
    matched = plain(text.strip())
    words = _words()
    dates = find_dates(matched, cell=True)
    if not dates:
        whole = re.sub(rf"(?:{words.doing.pattern}|{_KEPT_UP}|\s)+$", "", matched)
        return any(pattern.fullmatch(whole) for _, pattern in words.recurrence) or bool(
            words.undated.fullmatch(whole)
        )
    if not re.fullmatch(r"(?:于|在|到|至|须于?|应于?|力争)?\s*", matched[: dates[0].start]):
        return False
    after = _BOUND.sub("", matched[dates[-1].end :], count=1).strip(" 。")
    return (
        not after
        or re.fullmatch(rf"(?:全部|基本|并)?{words.doing.pattern}.{{0,4}}", after) is not None
    )


def resolved(
    printed: str, dates: list[DatePhrase], phrase: DatePhrase, reference: date | None
) -> Deadline:
    """Return the deadline of `phrase`, its year from itself, those before it or `reference`."""
    # 去年遗留的 says whose the remains are; what is still to be done has the document's year
    before = [
        p.own_year(reference)
        for p in dates
        if p.start < phrase.start and not p.damaged and (p.year_shift or 0) >= 0
    ]
    stated = [year for year in before if year is not None]
    year = stated[-1] if stated else reference.year if reference else None
    day = phrase.last_day(year, reference)
    # “2022年9月至3月”: a month before its start belongs to a year the text does not name.
    starts = [p.last_day(year, reference) for p in dates if p.month and p.start < phrase.start]
    earliest = max((start for start in (*starts, reference) if start), default=day)
    too_early = day is not None and earliest is not None and day < earliest
    return Deadline(printed, day, doubtful=day is None or too_early)


def _bound(matched: str, phrase: DatePhrase) -> re.Match[str] | None:
    """Return the words after `phrase` that make it a deadline (底前, 前, 内 …)."""
    words = _words()
    bound = (_WITHIN_YEAR if matched[phrase.start : phrase.end] == "年" else _BOUND).match(
        matched, phrase.end
    )
    if bound is None or (phrase.year_shift or 0) < 0:
        return None
    before, after = _clause_around(matched, phrase.start, bound.end())
    following = matched[bound.end() : bound.end() + 30].split("。")[0]
    excluded = (
        words.not_before.search(before)
        or words.validity.search(before)
        or (words.validity.search(following) and not _CARRIED_OUT.search(after))
        or (words.already.match(after) and not words.up_to.search(before))
        or words.attribute.match(after)
    )
    return bound if not excluded and _is_due(bound["word"], before, after) else None


def _is_due(word: str, before: str, after: str) -> bool:
    """前 always bounds; 内 needs something to be done, 底 and 末 a word that says so."""
    if word.endswith("前"):
        return True
    if word.endswith("内"):
        return bool(after)
    return bool(_words().doing.match(after) or _words().up_to.search(before))


def _clause_around(matched: str, start: int, end: int) -> tuple[str, str]:
    first = max((matched.rfind(sign, 0, start) for sign in _CLAUSE_BREAKS), default=-1) + 1
    last = min(
        (at for sign in _CLAUSE_BREAKS if (at := matched.find(sign, end)) != -1), default=None
    )
    return matched[first:start].rstrip(), matched[end:last].strip()


def _is_yearly(matched: str, phrase: DatePhrase) -> bool:
    """Whether the date comes again every year (每年6月底前)."""
    return re.search(r"每年度?\s*$", matched[: phrase.start]) is not None


def day_of_month(matched: str) -> int | None:
    found = _DAY_OF_MONTH.search(matched)
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def recurrence_in(matched: str) -> Recurrence | None:
    for recurrence, pattern in _words().recurrence:
        if pattern.search(matched):
            return recurrence
    return None


@cache
def _words() -> _Words:
    data = load("deadlines.toml")
    listed = {key: any_of(tuple(value)) for key, value in data["words"].items()}
    recurrence = [
        (Recurrence(kind), re.compile(any_of(tuple(words))))
        for kind, words in data["recurrence"].items()
    ]
    fully = "(?:基本|全面|全部|初步|正式|如期)?"
    return _Words(
        recurrence=tuple(recurrence),
        undated=re.compile(listed["undated"]),
        none=frozenset(data["words"]["none"]),
        not_before=re.compile(listed["not_before"] + "$"),
        validity=re.compile(listed["validity"]),
        already=re.compile(listed["already"]),
        attribute=re.compile(rf"{fully}{listed['doing']}[了过]?的"),
        doing=re.compile(fully + listed["doing"]),
        up_to=re.compile(listed["up_to"] + "$"),
        not_later=re.compile(listed["not_later"] + "$"),
    )
