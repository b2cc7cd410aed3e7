"""Milestones as the clerk types them: one a line, “3月底前 完成招标”, “2026-06-30 主体封顶 60%”.

A line whose day cannot be told for certain is not read at all, and the clerk is told which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.base.resources import load
from tracker.domain.milestone import Milestone
from tracker.ops.deadline_words import understand_deadline
from tracker.ops.milestones import LONGEST_FIGURE, LONGEST_WHAT, Steps
from tracker.text.dates import find_dates
from tracker.text.numerals import to_half_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.text.dates import DatePhrase

# Patterns meet text that `_folded` has been through.
_SIGNS = str.maketrans("，：；～－—–．％　\xa0", ",:;~---.%  ")
_MARK = re.compile(
    r"[-•·*●]\s+|[①-⑳]\s*|\(\d{1,2}\)\s*"
    r"|\d{1,2}(?:[、)]|\.(?=\s|(?:19|20)\d\d|\d{1,2}\s*月))\s*"
)
_RANGE = re.compile(
    r"(?P<year>(?:(?:19|20)\d\d|今|明|本)年度?)?\s*"
    r"\d{1,2}\s*(?:月份?)?\s*[-~至到]+\s*(?=\d{1,2}\s*月)"
)
_TO = re.compile(r"\s*[-~至到]+\s*")
# What follows is looked at: 3月底线, 9月前期工作, 6月内环路 are words of the work, not of the day.
_TAIL = re.compile(
    r"(?:\s*[底末终](?![线数层部座薪端梢]))?"
    r"(?:\s*(?:之前|以前|之内|以内|为止|止|前(?![期后列述言提往置])|内(?![部外容涝控环陆河])))?"
)
_UNCLEAR = re.compile(
    r"[\d年月日号旬季/.]|[-~至到]+\s*\d|\s*[上中下]{1,2}旬"
    r"|\s*[初中底末](?=[\s,、:前]|$)|起(?=[\s,、:]|$)"
)
_SEVERAL = re.compile(r"\s*[、和及与/]\s*")
_BETWEEN = re.compile(r"[\s,、:;。-]+")
_LAST_WORD = re.compile(r"\s+(\S+)$")
_SOME_DAY = date(2024, 1, 2)
_ALIKE = 0.75
"""Reworded up to here it is still the same milestone."""


@dataclass(frozen=True, slots=True)
class LineRead:
    """How one typed line is read.

    Attributes:
        number: which line it is, counted from 1, empty ones included.
        text: the line.
        step: what it says; None where it cannot be told.
        problem: why it cannot; empty where it can.
    """

    number: int
    text: str
    step: Milestone | None = None
    problem: str = ""


def read_lines(text: str, today: date, known: Steps = ()) -> tuple[LineRead, ...]:
    """Return how typed lines are read; empty ones are left out.

    Args:
        text: one milestone a line: the day, what is due, and at the end the figure where there
            is one; or the same as three cells of a table, with tabs between.
        today: gives the year where none is typed, unless a line before says one.
        known: the milestones there are; one that is done stays so while its words stay.
    """
    read: list[LineRead] = []
    stated: date | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _Line(line.strip()).read(today, stated)
        if isinstance(found, str):
            read.append(LineRead(number, line.strip(), problem=found))
            continue
        step, says_year = found
        stated = step.due if says_year else stated
        problem = _too_much(step) or _said_before(step, read)
        read.append(LineRead(number, line.strip(), None if problem else step, problem))
    return _with_done(read, known)


def milestones_in(text: str, today: date, known: Steps = ()) -> Steps:
    """Return the milestones that typed lines say (as `read_lines`).

    Raises:
        UserError: lines that cannot be read; all of them are named.
    """
    read = read_lines(text, today, known)
    bad = [line for line in read if line.step is None]
    if bad:
        named = "；".join(f"第 {line.number} 行“{line.text}”：{line.problem}" for line in bad)
        raise UserError(f"有 {len(bad)} 行没有读懂", named, "请改写后再保存，其余各行也还没有保存")
    return tuple(line.step for line in read if line.step is not None)


def dropped(read: Sequence[LineRead], known: Steps) -> Steps:
    """Return the milestones that are done and that no line continues."""
    return _carried(read, known)[1]


def lines_of(steps: Sequence[Milestone]) -> str:
    """Return milestones as the clerk would type them; `read_lines` reads the same again."""
    return "\n".join(_line_of(step) for step in steps)


def _line_of(step: Milestone) -> str:
    plain = f"{step.due.isoformat()} {step.words}"
    found = _Line(plain).read(step.due, None)
    if not isinstance(found, str) and found[0] == replace(step, done_on=None):
        return plain
    return f"{step.due.isoformat()}\t{step.what}\t{step.figure}".rstrip("\t")


class _Line:
    """One line while it is read."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, today: date, stated: date | None) -> tuple[Milestone, bool] | str:
        """Return the milestone and whether its year was typed, or why it cannot be read."""
        cut = self._cells() if "\t" in self._text else self._words()
        if cut is None:
            return "看不出是哪一天；行首请写明日期，如 3月底前、6月中旬、2026-06-30"
        day, phrase, what, figure = cut
        shifts = (
            phrase is None or phrase.month_shift is not None
        )  # against today, whatever stands above
        says_year = phrase is not None and (phrase.year or phrase.year_shift) is not None
        reference = today if stated is None or shifts or says_year else stated
        deadline = understand_deadline(day, reference)
        if deadline is None or deadline.date is None:
            return f"“{day}”说不清是哪一天；请写成 3月底前、6月中旬、2026-06-30"
        if deadline.doubtful:
            return f"不知道“{day}”是哪一年；请写上年份，如 {reference.year}年{day}"
        if not what:
            return f"“{day}”后面没有写要完成什么"
        return Milestone(deadline.date, what, figure), says_year

    def _cells(self) -> tuple[str, DatePhrase | None, str, str] | None:
        """Cut at tabs: the day, what is due, the figure; a first cell with a number is dropped."""
        cells = [cell.strip() for cell in self._text.split("\t")]
        if len(cells) > 2 and cells[0].isdecimal() and len(cells[0]) < 3:
            del cells[0]
        phrases = find_dates(cells[0], cell=True)
        return (
            cells[0],
            phrases[0] if phrases else None,
            cells[1],
            " ".join(filter(None, cells[2:])),
        )

    def _words(self) -> tuple[str, DatePhrase | None, str, str] | None:
        """Cut after the day, and before a figure at the end; a mark such as ① is dropped."""
        mark = _MARK.match(_folded(self._text))
        text = self._text[mark.end() :] if mark else self._text
        plain = _folded(text)
        cut = _day_end(plain) or _span_end(plain)
        if cut is None:
            return None
        day, phrase, end = cut
        between = _BETWEEN.match(plain, end)
        return day, phrase, *_figure(text[between.end() if between else end :].strip())


def _folded(text: str) -> str:
    """Return a text of the same length with plain digits, brackets and signs."""
    return to_half_width(text, brackets=True).translate(_SIGNS)


def _day_end(plain: str) -> tuple[str, DatePhrase, int] | None:
    """Return the words of the day at the beginning, what they are, and where they end."""
    span = _RANGE.match(plain)
    start = span.end() if span else 0
    phrases = {phrase.start: phrase for phrase in find_dates(plain[start:], cell=True)}
    first = last = phrases.get(0)
    if first is None or last is None:
        return None
    while (to := _TO.match(plain, start + last.end)) and to.end() - start in phrases:
        last = phrases[to.end() - start]
    tail = _TAIL.match(plain, start + last.end)
    end = tail.end() if tail else start + last.end
    several = _SEVERAL.match(plain, end)
    if _UNCLEAR.match(plain, end) or (several and several.end() - start in phrases):
        return None
    year = span["year"] or "" if span else ""
    words = year + plain[start:end].strip()
    return words, find_dates(words, cell=True)[0], end


def _span_end(plain: str) -> tuple[str, None, int] | None:
    """Return the words of a span (“20个工作日内”) at the beginning, and where they end."""
    day = re.split(r"[\s,:]", plain, maxsplit=1)[0]
    if find_dates(day, cell=True):
        return None
    deadline = understand_deadline(day, _SOME_DAY)
    return (day, None, len(day)) if deadline is not None and deadline.date else None


def _figure(rest: str) -> tuple[str, str]:
    """Return what is due, and apart from it the figure at its end where there is one."""
    last = _LAST_WORD.search(rest)
    if last is None or not _figures().fullmatch(_folded(last[1])):
        return rest, ""
    return rest[: last.start()], last[1]


@cache
def _figures() -> re.Pattern[str]:
    data = load("milestones.toml")
    units, before, after = (
        "|".join(map(re.escape, sorted(data[name], key=len, reverse=True)))
        for name in ("units", "before", "after")
    )
    return re.compile(rf"(?:{before})*\d[\d,.]*(?:{units})(?:{after})?")


def _too_much(step: Milestone) -> str:
    if len(step.what) > LONGEST_WHAT or len(step.figure) > LONGEST_FIGURE:
        return f"太长，内容最多 {LONGEST_WHAT} 字，目标最多 {LONGEST_FIGURE} 字"
    return ""


def _said_before(step: Milestone, read: Sequence[LineRead]) -> str:
    for line in read:
        if line.step is not None and (line.step.due, line.step.what) == (step.due, step.what):
            return f"与第 {line.number} 行相同"
    return ""


def _with_done(read: Sequence[LineRead], known: Steps) -> tuple[LineRead, ...]:
    """Give lines the day on which their milestone was done."""
    done, _ = _carried(read, known)
    return tuple(
        replace(line, step=replace(line.step, done_on=done[line.number]))
        if line.step is not None and line.number in done
        else line
        for line in read
    )


def _carried(read: Sequence[LineRead], known: Steps) -> tuple[dict[int, date], Steps]:
    """Return the days by line on which known ones were done, each taken once, and the rest."""
    left = [step for step in known if step.done_on is not None]
    days: dict[int, date] = {}
    for is_same in (_same, _same_words, _reworded):
        for line in read:
            if line.step is None or line.number in days:
                continue
            before = next((one for one in left if is_same(one, line.step)), None)
            if before is not None and before.done_on is not None:
                left.remove(before)
                days[line.number] = before.done_on
    return days, tuple(left)


def _same(one: Milestone, other: Milestone) -> bool:
    return (one.due, one.what) == (other.due, other.what)


def _same_words(one: Milestone, other: Milestone) -> bool:
    return one.what == other.what


def _reworded(one: Milestone, other: Milestone) -> bool:
    from tracker.text.similar import likeness

    return one.due == other.due and likeness(one.what, other.what) >= _ALIKE
