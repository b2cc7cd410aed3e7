"""What a column's heading stands for, by the lists in `resources/columns.toml`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from tracker.base.resources import load

PERIOD_WORD = (
    r"(?:(?:20\d\d年?)?(?:\d{1,2}(?:[-—~至]\d{1,2})?月份?|第?[一二三四1-4]季度|上半年|下半年|全年|"
    r"[上中下]旬|[上下]半月|第[一二三四五六七八九十\d]+[轮期次周])(?:\d{1,2}日)?[底末初]?)"
)
_PERIOD = re.compile(rf"(?:截[至止]到?)?{PERIOD_WORD}(?:止|为止)?")
_YEAR = re.compile(r"(?:截[至止]到?)?20\d\d年?(?:度)?")
_LEADING = re.compile(
    rf"^(?:{_PERIOD.pattern}|{_YEAR.pattern}|截[至止]目前|截[至止](?=\D)|目前|本[月期周次轮]|当前|最新)"
)
_UNIT_NOTE = re.compile(r"\((?:计量)?单位[:：][^()]*\)")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_BRACKETS = str.maketrans("", "", "()[]【】〔〕<>《》*#:“”\"'")
_FIRST_OF_TWO = re.compile(r"及其|[及和与暨、/]")
_SENTENCE = re.compile(r"[。;!?]")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means.

    Attributes:
        field: the section of `columns.toml`.
        rank: place of the word in its list.
        exact: the heading is the word itself, not a longer text around it.
        period: it names a month, quarter or round.
    """

    field: str
    rank: int = 0
    exact: bool = True
    period: bool = False


@cache
def _lists() -> tuple[dict[str, tuple[str, int]], dict[str, tuple[str, int]]]:
    """Return the words to be found whole and the words to be found inside, with their fields."""
    whole: dict[str, tuple[str, int]] = {}
    inside: dict[str, tuple[str, int]] = {}
    for name, lists in load("columns.toml").items():
        if name == "stand_in":
            continue
        words = list(lists.get("words", ()))
        for rank, word in enumerate([*words, *lists.get("exact", ())]):
            whole.setdefault(normal(word), (name, rank))
        for rank, word in enumerate(words):
            inside.setdefault(normal(word), (name, rank))
    return whole, inside


@cache
def _stand_ins() -> tuple[str, ...]:
    lists = load("columns.toml")["stand_in"]
    return tuple(normal(word) for word in (*lists["words"], *lists["exact"]))


def normal(text: str) -> str:
    """Return a heading without spaces, line breaks and （单位：…）, brackets half-width."""
    text = unicodedata.normalize("NFKC", "".join(text.split()))
    return _UNIT_NOTE.sub("", text)


def _variants(text: str) -> tuple[str, ...]:
    """Return the heading as it reads with the words in brackets and without them."""
    text = normal(text)
    flat = text.translate(_BRACKETS)
    outside = _BRACKETED.sub("", text).translate(_BRACKETS)
    return tuple(dict.fromkeys(v for v in (flat, outside) if v))


def is_period(text: str) -> bool:
    """Tell whether a heading only names a month, quarter or round (“7月”, “第一季度”)."""
    return any(_PERIOD.fullmatch(v) for v in _variants(text))


def stand_in_rank(text: str) -> int | None:
    """Return how well a heading may stand for the task where no column is named after it."""
    ranks = [_stand_ins().index(v) for v in _variants(text) if v in _stand_ins()]
    return min(ranks, default=None)


@lru_cache(maxsize=4096)
def classify(text: str) -> Heading | None:
    """Return what a heading stands for; None for a sentence and for unknown words."""
    variants = _variants(text)
    if not variants or _SENTENCE.search(variants[-1]) or len(variants[-1]) > _LONGEST:
        return None
    whole, _ = _lists()
    for variant in variants:
        if variant in whole:
            return Heading(*whole[variant], period=_names_period(text))
    return _trimmed(variants[-1], text) or _two_things(variants[-1], text)


def _trimmed(variant: str, text: str) -> Heading | None:
    """Read “截至9月底进展情况” and “2026年工作任务”, then a word inside a longer heading."""
    whole, _ = _lists()
    short = _LEADING.sub("", variant)
    period = _names_period(text)
    if short in whole:
        return Heading(*whole[short], period=period)
    if _FIRST_OF_TWO.search(variant):
        return None
    found = _inside(short)
    return Heading(*found, exact=False, period=period) if found else None


def _two_things(variant: str, text: str) -> Heading | None:
    """Read “进展情况及存在问题” by the first of its two things."""
    whole, _ = _lists()
    for part in _FIRST_OF_TWO.split(variant):
        short = _LEADING.sub("", part)
        found = whole.get(part) or whole.get(short) or _inside(short)
        if found:
            return Heading(*found, exact=False, period=_names_period(text))
    return None


def _inside(text: str) -> tuple[str, int] | None:
    """Return the field of the longest word in `text` that makes up enough of it."""
    _, inside = _lists()
    best = max(
        ((len(word), text.rindex(word) + len(word), word) for word in inside if word in text),
        default=None,
    )
    if not best:
        return None
    length, end, word = best
    share = 3 if end == len(text) else 2
    return inside[word] if length * share >= len(text) else None


def _names_period(text: str) -> bool:
    return _PERIOD.search(normal(text)) is not None
