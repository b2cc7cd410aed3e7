"""How alike two texts are, for matching rows and tasks."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from tracker.text.segments import fold

_BREAK = re.compile(r"[,。;:!?、.]+")
_SHORTEST_PART = 8
"""A text shorter than this inside another proves nothing (“加强领导” stands everywhere)."""
_PART_BASE, _PART_SHARE = 0.7, 0.25
"""What a text that is wholly part of the other is worth, and what more by its share of it."""


def likeness(a: str, b: str) -> float:
    """Return how alike `a` and `b` are, from 0 (nothing) to 1 (the same but for its layout).

    Reworded texts, texts with a clause moved and texts that were cut or went on score high.
    """
    return folded_likeness(fold(a), fold(b))


def folded_likeness(one: str, other: str, least: float = 0.0) -> float:
    """Return the likeness of two texts that `fold` has already been through.

    Args:
        one: a folded text.
        other: the other folded text.
        least: a likeness below this is of no interest and may come out lower than it is.
    """
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    whole = fuzz.ratio(one, other) / 100
    moved = fuzz.ratio(_sorted_clauses(one), _sorted_clauses(other)) / 100 * 0.95
    best = max(whole, moved)
    return min(max(best, _as_part(one, other, whole, max(best, least))), 0.999)


def _sorted_clauses(text: str) -> str:
    return "".join(sorted(clause for clause in _BREAK.split(text) if clause))


def _as_part(one: str, other: str, whole: float, least: float) -> float:
    """Return what the shorter text is worth as a part of the longer; 0 where below `least`."""
    short, long = sorted((one, other), key=lambda text: (len(text), text))
    if len(short) < _SHORTEST_PART:
        return 0.0
    weight = _PART_BASE + _PART_SHARE * len(short) / len(long)
    # No stretch of the longer text shares more signs in order than the whole of it does.
    shared = whole * (len(short) + len(long)) / 2
    if 2 * shared / (len(short) + shared) * weight < least - 1e-9:
        return 0.0
    return fuzz.partial_ratio(short, long) / 100 * weight
