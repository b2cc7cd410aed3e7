"""How alike two texts are, for matching rows and tasks."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from tracker.text.segments import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_BREAK = re.compile(r"[,。;:!?、.]+")
_SHORTEST_PART = 8
"""A text shorter than this inside another proves nothing (“加强领导” stands everywhere)."""
_PART_BASE, _PART_SHARE = 0.7, 0.25
"""What a text that is wholly part of the other is worth, and what more by its share of it."""
_MOVED = 0.95
"""What the same clauses in another order are worth."""


class Folded(NamedTuple):
    """A text that `fold` has been through, made ready: as it is, and with its clauses sorted."""

    text: str
    clauses: str

    @classmethod
    def of(cls, folded: str) -> Folded:
        """Make a folded text ready for comparing it with many."""
        return cls(folded, "".join(sorted(_BREAK.split(folded))))


def likeness(a: str, b: str) -> float:
    """Return how alike `a` and `b` are, from 0 (nothing) to 1 (the same but for its layout).

    Reworded texts, texts with a clause moved and texts that were cut or went on score high.
    """
    return folded_likeness(fold(a), fold(b))


def folded_likeness(a: str, b: str) -> float:
    """Return the likeness of two texts that `fold` has been through."""
    one, other = Folded.of(a), Folded.of(b)
    whole, moved = fuzz.ratio(a, b), fuzz.ratio(one.clauses, other.clauses)
    return _likeness(one, other, whole, moved, 0.0)


def likenesses(one: Folded, others: Sequence[Folded], least: Sequence[float]) -> list[float]:
    """Return how alike a text and each of many others are; quicker than one by one.

    Args:
        one: the text.
        others: the others.
        least: for each of them, below which likeness it is of no interest and may come out lower.
    """
    whole = _ratios(one.text, [other.text for other in others])
    moved = _ratios(one.clauses, [other.clauses for other in others])
    return list(map(_likeness, repeat(one), others, whole, moved, least))


def replaced(a: str, b: str) -> list[tuple[str, str, str]]:
    """Return the words of `a` in whose place `b` has others, those, and what follows in `a`."""
    from rapidfuzz.distance import Levenshtein

    return [
        (a[op.src_start : op.src_end], b[op.dest_start : op.dest_end], a[op.src_end :])
        for op in Levenshtein.opcodes(a, b)
        if op.tag == "replace"
    ]


def _ratios(text: str, others: list[str]) -> list[float]:
    import numpy
    from rapidfuzz import process

    found: list[float] = process.cdist([text], others, scorer=fuzz.ratio, dtype=numpy.float64)[
        0
    ].tolist()
    return found


def _likeness(one: Folded, other: Folded, whole: float, moved: float, least: float) -> float:
    """Return the likeness of two texts, given what they share as they are and clause by clause."""
    if one.text == other.text:
        return 1.0
    if not one.text or not other.text:
        return 0.0
    best = max(whole / 100, moved / 100 * _MOVED)
    return min(max(best, _as_part(one.text, other.text, whole / 100, max(best, least))), 0.999)


def _as_part(one: str, other: str, whole: float, least: float) -> float:
    """Return what the shorter text is worth as a part of the longer; 0 where below `least`."""
    size, other_size = len(one), len(other)
    least_size = min(size, other_size)
    if least_size < _SHORTEST_PART:
        return 0.0
    weight = _PART_BASE + _PART_SHARE * least_size / max(size, other_size)
    # No stretch of the longer text shares more signs in order than the whole of it does.
    shared = whole * (size + other_size) / 2
    if 2 * shared / (least_size + shared) * weight < least - 1e-9:
        return 0.0
    short, long = sorted((one, other), key=lambda text: (len(text), text))
    return fuzz.partial_ratio(short, long) / 100 * weight
