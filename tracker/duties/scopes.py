"""Scopes: the words that say which parts an assignment is about (第①、②项, ①至③, 其余各项)."""

from __future__ import annotations

import re
from functools import cache

from tracker.duties.items import mark_number
from tracker.duties.vocabulary import any_of, role_words
from tracker.text.numerals import chinese_number, circled, number_in_chinese

_CIRCLED = r"[①-⑳㉑-㉟㊱-㊿]"
_SIGN = r"[①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿]"
_BRACKETED = r"[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]"
_BARE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ONE_OF = re.compile(rf"{_SIGN}|{_BRACKETED}|{_BARE}")
_TO = r"[-—–~～至到]+"
_MOST_PARTS = 50


def match_scope(text: str, at: int) -> tuple[int, tuple[str, ...]] | None:
    """Return the length of the scope that begins at `at` and the marks it names.

    The marks are empty for 其余各项 and the like. Ranges are spelt out: ①-③ gives ①②③.
    """
    numbered, others = _patterns()
    found = numbered.match(text, at)
    if found and _is_scope(text, found):
        return found.end() - at, _marks(found["marks"])
    found = others.match(text, at)
    return (found.end() - at, ()) if found and _is_fresh(text, at) else None


def _is_scope(text: str, found: re.Match[str]) -> bool:
    """Tell 第1、2项 and a leading （一） from numbers that belong to a name."""
    first = found["marks"].lstrip()[0]
    if re.match(_SIGN, first):
        return True
    if first in "（(":
        return bool(found["ordinal"] or found["measure"]) or _is_fresh(text, found.start())
    return bool(found["ordinal"] and found["measure"])


def _is_fresh(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in "、，,；;。：:\n \t　"


def _marks(text: str) -> tuple[str, ...]:
    marks: list[str] = []
    position = 0
    for found in _ONE_OF.finditer(text):
        between = text[position : found.start()]
        if marks and re.search(_TO, between):
            marks += _range(marks[-1], found.group())
        marks.append(found.group())
        position = found.end()
    return tuple(dict.fromkeys(marks))


def _range(first: str, last: str) -> list[str]:
    """Return the marks between both, written as `first` is."""
    low, high = mark_number(first), mark_number(last)
    if low is None or high is None or not 0 < high - low < _MOST_PARTS:
        return []
    return [_like(first, low, n) for n in range(low + 1, high)]


def _like(sample: str, value: int, n: int) -> str:
    if re.match(_CIRCLED, sample):
        return circled(n)
    if len(sample) == 1 and re.match(_SIGN, sample):
        return chr(ord(sample) + n - value)
    inner = sample.strip("（）()").strip()
    spelt = (
        str(n) if chinese_number(inner) is not None and inner.isdigit() else number_in_chinese(n)
    )
    return sample.replace(inner, spelt)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = role_words()
    measure = rf"(?:{any_of(words.measures)}(?![目件例项型别])(?:任务|工作|内容|事项)?)"
    one = rf"(?:{_SIGN}|{_BRACKETED}|{_BARE})"
    joint = rf"(?:\s*(?:[、，,和及与]|{_TO})\s*第?\s*)"
    more = rf"(?:{joint}{one}|\s*(?:{_SIGN}|{_BRACKETED}))*"
    numbered = rf"(?P<ordinal>第)?\s*(?P<marks>{one}{more})\s*(?P<measure>{measure})?\s*[：:]?"
    parts = rf"(?:各|几)?{measure}|任务|事项|工作|内容|部分"
    others = (
        rf"{any_of(words.others)}(?:(?:{parts})均?\s*[：:]?|均?(?=由))"
        rf"|[前后][一二三四五两\d]+{measure}"
    )
    return re.compile(numbered), re.compile(others)
