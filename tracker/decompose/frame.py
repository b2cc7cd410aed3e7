"""What stands around the body of a document: head, signature, lists of annexes, page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.duties.units import ends_as_unit
from tracker.duties.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.view import View

_DAY = re.compile(
    r"(?:(?:19|20)\d{2}|[二一][〇零○Ｏ0O一二三四五六七八九]{3})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*日"
)
_PRINTED = re.compile(r".{0,40}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*印发")
_ANNEX_LIST = re.compile(r"附\s*件\s*\d{0,2}\s*[：:]\s*\S")
_LISTED = re.compile(r"(\d{1,2})\s*[.．、]")
_LONGEST_LISTED = 60
_LONGEST_ISSUER = 40


@dataclass(frozen=True, slots=True)
class Frame:
    """The blocks that are no body.

    Attributes:
        outside: numbers of blocks that belong to no task: signature, copies, list of annexes.
        numbered_lists: spans of the view in which numbers count annexes, not measures.
        days: numbers of the blocks that are nothing but a date.
    """

    outside: frozenset[int]
    numbered_lists: tuple[tuple[int, int], ...]
    days: tuple[int, ...]


def read_frame(view: View, matched: str, taken: Sequence[int] = ()) -> Frame:
    """Return what stands around the body.

    Args:
        view: the document.
        matched: its text in the form words are matched in.
        taken: numbers of blocks that are read elsewhere (rosters, tables).
    """
    texts = [matched[block.start : block.end] for block in view.blocks]
    outside: set[int] = set(taken)
    lists: list[tuple[int, int]] = []
    days = tuple(index for index, text in enumerate(texts) if _DAY.fullmatch(text.strip("（）() ")))
    for index, text in enumerate(texts):
        if _closing().match(text) or _PRINTED.fullmatch(text):
            outside.add(index)
        elif _ANNEX_LIST.match(text):
            last = _list_end(texts, index)
            outside.update(range(index, last + 1))
            lists.append((view.blocks[index].start, view.blocks[last].end))
    for index in days:
        outside |= _signature(texts, index)
    lists += [(view.blocks[index].start, view.blocks[index].end) for index in taken]
    return Frame(frozenset(outside), tuple(lists), days)


def _list_end(texts: list[str], first: int) -> int:
    """Return the last block of a list of annexes: 附件：1.… 2.… 3.…"""
    counted = _LISTED.search(texts[first])
    number = int(counted[1]) if counted else 1
    last = first
    for index in range(first + 1, len(texts)):
        found = _LISTED.match(texts[index])
        short = len(texts[index]) <= _LONGEST_LISTED and "。" not in texts[index]
        if not (found and short and int(found[1]) == number + 1):
            break
        number += 1
        last = index
    return last


def _signature(texts: list[str], day: int) -> set[int]:
    """Return the date and the lines above it that name who signs."""
    found = {day}
    for index in range(day - 1, max(day - 5, -1), -1):
        text = texts[index].strip()
        short = len(text) <= _LONGEST_ISSUER and not re.search(r"[。；：:]", text)
        if not (short and all(ends_as_unit(name) for name in text.split())):
            break
        found.add(index)
    return found


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("documents.toml")["frame"]["closing"])))
