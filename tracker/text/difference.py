"""What changed between two texts, word by word: numbers and Latin words are never cut."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence


class Kind(StrEnum):
    """Where a stretch of text stands: in both texts, only in the new one, only in the old one."""

    SAME = "same"
    NEW = "new"
    DROPPED = "dropped"


class Stretch(NamedTuple):
    """A stretch of text and where it stands."""

    kind: Kind
    text: str


_WORD = "0-9０-９A-Za-zＡ-Ｚａ-ｚ"
_TOKEN = re.compile(
    rf"[{_WORD}]+(?:[.,:/'．，：-][{_WORD}]+)*(?:[%％‰℃]|[万亿])?"
    r"|[〇零一二三四五六七八九十百千万亿]{2,}"
    r"|\s+|[\s\S]"
)
_CLAUSE_END = frozenset("，。；：！？,;\n")
_TOO_MANY_PAIRS = 20_000
"""Pairs of equal words in one place beyond which looking for the longest runs takes seconds."""


def difference(old: str, new: str) -> tuple[Stretch, ...]:
    """Return the stretches of both texts in reading order, what was dropped before what is new.

    Joining the same and new stretches gives `new`, joining the same and dropped ones gives `old`.
    """
    before = tuple(word.group() for word in _TOKEN.finditer(old))
    after = tuple(word.group() for word in _TOKEN.finditer(new))
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    middle = _by_clauses(before[head : len(before) - tail], after[head : len(after) - tail])
    edits = [_Edit(before[:head]), *middle, _Edit(before[len(before) - tail :])]
    return tuple(_stretches(_without_splinters(_joined(edits))))


class _Edit(NamedTuple):
    """What stayed, or else what was dropped and what is new in one place; in words."""

    same: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return with how many equal words both begin."""
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count


def _by_clauses(before: Sequence[str], after: Sequence[str]) -> Iterator[_Edit]:
    """Align whole clauses first: a moved or added clause does not tear the others apart."""
    olds, news = _clauses(before), _clauses(after)
    for is_same, i, j, k, m in _aligned(olds, news):
        dropped, new = _flat(olds[i:j]), _flat(news[k:m])
        if is_same:
            yield _Edit(same=dropped)
        else:
            yield from _by_words(dropped, new)


def _by_words(dropped: Sequence[str], new: Sequence[str]) -> Iterator[_Edit]:
    for is_same, i, j, k, m in _aligned(dropped, new):
        if is_same:
            yield _Edit(same=tuple(dropped[i:j]))
        else:
            yield _Edit(dropped=tuple(dropped[i:j]), new=tuple(new[k:m]))


def _aligned(
    one: Sequence[Hashable], other: Sequence[Hashable]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Give the stretches of both in order, and whether they are the same.

    The longest runs read best; where words repeat without end, the fast way must do.
    """
    ours, theirs = Counter(one), Counter(other)
    pairs = sum(count * theirs[word] for word, count in ours.items())
    if pairs > _TOO_MANY_PAIRS:
        for step in LCSseq.opcodes(one, other):
            same = step.tag == "equal"
            yield same, step.src_start, step.src_end, step.dest_start, step.dest_end
    else:
        for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            yield tag == "equal", i, j, k, m


def _clauses(words: Sequence[str]) -> list[tuple[str, ...]]:
    clauses: list[tuple[str, ...]] = []
    start = 0
    for place, word in enumerate(words, 1):
        if word in _CLAUSE_END or place == len(words):
            clauses.append(tuple(words[start:place]))
            start = place
    return clauses


def _flat(clauses: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for clause in clauses for word in clause)


def _joined(edits: Iterable[_Edit]) -> list[_Edit]:
    """Put neighbours of one kind together, so that what stayed and what changed take turns."""
    joined: list[_Edit] = []
    for edit in edits:
        if not any(edit):
            continue
        if joined and bool(joined[-1].same) == bool(edit.same):
            last = joined.pop()
            edit = _Edit(*(mine + yours for mine, yours in zip(last, edit, strict=True)))
        joined.append(edit)
    return joined


def _without_splinters(edits: list[_Edit]) -> list[_Edit]:
    """Give up words that stayed between two changes as long as they: nobody reads a patchwork."""
    kept: list[_Edit] = []
    for edit in edits:
        kept.append(edit)
        while len(kept) >= 3 and not edit.same and _is_splinter(*kept[-3:]):
            earlier, splinter, later = kept[-3:]
            edit = _Edit(
                dropped=earlier.dropped + splinter.same + later.dropped,
                new=earlier.new + splinter.same + later.new,
            )
            kept[-3:] = [edit]
    return kept


def _is_splinter(earlier: _Edit, middle: _Edit, later: _Edit) -> bool:
    size = len(middle.same)
    return size <= _size(earlier) and size <= _size(later)


def _size(edit: _Edit) -> int:
    """Return the lesser side of a change; nothing is torn apart where words only came or went."""
    return min(len(edit.dropped), len(edit.new))


def _stretches(edits: Iterable[_Edit]) -> Iterator[Stretch]:
    for edit in edits:
        for kind, words in zip((Kind.SAME, Kind.DROPPED, Kind.NEW), edit, strict=True):
            if words:
                yield Stretch(kind, "".join(words))
