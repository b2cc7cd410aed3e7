"""Quantities of a task worth following in later rounds: 51个前期项目, 年度投资51亿元."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.draft import Figure
from tracker.duties.vocabulary import any_of, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_BREAK = re.compile("[，。；！？：,;:、（）()“”《》\n]")
_ABOUT = r"约|近|超|超过|不少于|不低于|至少|达|达到|突破"
_MORE = r"多|余|几"
_AFTER = r"以上|以下|以内|左右|以上的"
_LONGEST_NAME = 14
_LOOK_BACK, _FAR_BACK = 8, 60
_AMOUNTS = frozenset("元%％")
_NOUN_END = re.compile(
    r"[的等并和与及]|进行|开展|实施|给予|抓紧|顺利|进场|开工|竣工|投产|建设|完成|全部|实现|抓紧|升级|改造|整治|投用|达标|落地|任务"
)


def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the quantities of a task, as printed; rates, upper limits and dates are none."""
    matched = plain(text)
    amounts = list(_pattern().finditer(matched))
    breaks = [sign.start() for sign in _BREAK.finditer(matched)] if amounts else []
    found: list[Figure] = []
    for one in amounts:
        clause = _clause_start(breaks, one.start())
        before = matched[max(clause, one.start() - _LOOK_BACK) : one.start()]
        share = one["unit"] in ("%", "％") and before.rstrip().endswith("的")
        if share or _no_amount().search(before):
            continue
        value = text[one.start("value") : one.end("value")]
        unit = text[one.start("unit") : one.end("unit")]
        if unit[-1] in _AMOUNTS or unit == "个百分点":
            name = _name_before(text, matched, clause, one.start())
        else:
            name = _name_behind(text, one.end()) or _name_before(text, matched, clause, one.start())
        found.append(Figure(name, value, unit))
    return tuple(dict.fromkeys(found))


def _clause_start(breaks: Sequence[int], at: int) -> int:
    before = bisect_left(breaks, at) - 1
    return breaks[before] + 1 if before >= 0 and breaks[before] >= at - _FAR_BACK else 0


def _name_before(text: str, matched: str, clause: int, at: int) -> str:
    """Return the words before the number that say what it is: 年度投资|51亿元."""
    start = clause
    while found := _leading().match(matched, start, at):
        start = found.end()
    words = text[start:at].strip()
    while found := _trailing().search(plain(words)):
        words = words[: found.start()]
    return words if len(words) <= _LONGEST_NAME else words[-_LONGEST_NAME:]


def _name_behind(text: str, at: int) -> str:
    """Return what is counted: 51个|前期项目."""
    stop = _BREAK.search(text, at)
    words = text[at : stop.start() if stop is not None else len(text)].strip()
    inner = re.match(r".{1,8}?的", words)
    end = _NOUN_END.search(words, inner.end() + 1 if inner else 1)
    words = words[: end.start()] if end is not None else words
    return words[:_LONGEST_NAME] if not re.search(r"\d", words) else ""


@cache
def _pattern() -> re.Pattern[str]:
    units = any_of(tuple(load("figures.toml")["units"]))
    number = r"(?<![\d.\-—~第〔\[])\d[\d,，]*(?:\.\d+)?"
    return re.compile(
        rf"(?P<value>(?:(?:{_ABOUT})\s*)?{number}(?:\s*(?:{_MORE}))?)\s*(?P<unit>{units})"
        rf"(?P<after>{_AFTER})?(?!\s*[年月日天时分秒的（(])"
    )


@cache
def _no_amount() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("figures.toml")["not_before"])))


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("figures.toml")["leading"])))


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("figures.toml")["leading"])) + "$")
