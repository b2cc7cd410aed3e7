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
    one, other = fold(a), fold(b)
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    whole = fuzz.ratio(one, other) / 100
    moved = fuzz.ratio(_sorted_clauses(one), _sorted_clauses(other)) / 100 * 0.95
    return min(max(whole, moved, _as_part(one, other)), 0.999)


def _sorted_clauses(text: str) -> str:
    return "".join(sorted(clause for clause in _BREAK.split(text) if clause))


def _as_part(one: str, other: str) -> float:
    short, long = sorted((one, other), key=lambda text: (len(text), text))
    if len(short) < _SHORTEST_PART:
        return 0.0
    weight = _PART_BASE + _PART_SHARE * len(short) / len(long)
    return fuzz.partial_ratio(short, long) / 100 * weight
