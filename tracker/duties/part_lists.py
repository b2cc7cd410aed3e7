"""Lists of units that close the parts of a measure: ①…（县甲局）；②…（某公司）。"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from tracker.duties.reading import names_in
from tracker.duties.unit_lists import is_unit_list
from tracker.duties.units import ends_as_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Span = tuple[int, int]

_PART = re.compile(r"[①-⑳⑴-⒇❶-❿]|[（(]\d{1,2}[）)]")
_STOP = re.compile(r"[。；;\n]|\s*(?:[①-⑳⑴-⒇❶-❿]|[（(]\d{1,2}[）)]|$)")
_WORD = re.compile(r"[，。；、\s\d]")
_LONGEST_WORD = 12
_LONGEST_LIST, _LONGEST_PART = 300, 1000
# 乡镇企业（园区） tells which ones, 备车（某某公司） who does it.
_SHORTEST_NAME, _LEVELS = 4, "省市县区州旗各镇乡"
_ANY_UNIT = ("单位", "部门")


def lists_of_other_parts(
    text: str, matched: str, closes: Mapping[int, int], found: Sequence[Span]
) -> list[Span]:
    """Return the brackets that close a part of a line as a note found closes another part.

    Args:
        text: the text.
        matched: the same in the form words are matched in.
        closes: where each bracket of the stretch in question closes.
        found: the notes found in it, in order.
    """
    starts = [start for start, _ in found]
    lines = {
        text.rfind("\n", 0, at) for at in starts if _is_list(text, matched, at, closes.get(at))
    }
    if not lines:
        return []
    return [
        (at, close + 1)
        for at, close in closes.items()
        if text.rfind("\n", 0, at) in lines
        and not _is_within(at, starts, found)
        and _is_list(text, matched, at, close)
    ]


def _is_within(at: int, starts: list[int], found: Sequence[Span]) -> bool:
    before = bisect_right(starts, at)
    return before > 0 and at < found[before - 1][1]


def _is_list(text: str, matched: str, at: int, close: int | None) -> bool:
    """Whether a bracket holds nothing but names and closes a part."""
    if close is None or close - at > _LONGEST_LIST or not _STOP.match(matched, close + 1):
        return False
    first = max(at - _LONGEST_PART, 0)
    line = max(text.rfind("\n", first, at) + 1, first)
    if _PART.search(matched, line, at) is None:
        return False
    word = _WORD.split(text[max(at - _LONGEST_WORD, line) : at])[-1]
    # 供电所（国网某公司） is one unit with its other name; 走访驻军单位（某局） is not
    alias = ends_as_unit(word) and not word.endswith(_ANY_UNIT)
    inner = text[at + 1 : close]
    named = all(len(name) >= _SHORTEST_NAME or name[0] in _LEVELS for name in names_in(inner))
    return bool(word) and not alias and named and is_unit_list(inner)
