"""How alike two texts are, for matching rows and tasks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from tracker.text.segments import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy
    from numpy.typing import NDArray

_BREAK = re.compile(r"[,。;:!?、.]+")
_SHORTEST_PART = 8
"""A text shorter than this inside another proves nothing (“加强领导” stands everywhere)."""
_PART_BASE, _PART_SHARE = 0.7, 0.25
"""What a text that is wholly part of the other is worth, and what more by its share of it."""
_MOVED = 0.95
"""What the same clauses in another order are worth."""
_NOT_QUITE, _SAME = 0.999, 0.99
"""What two texts are worth at most that are not the same; from where it is looked at closely."""


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
    return Texts([b]).likenesses(Folded.of(a), [0], [0.0])[0]


class Texts:
    """Many folded texts, made ready for being compared with one after another."""

    def __init__(self, folded: Iterable[str]) -> None:
        """Take the texts; they are known by their place."""
        import numpy

        self._texts = [Folded.of(text) for text in folded]
        self._sizes = numpy.array([len(one.text) for one in self._texts], dtype=numpy.float64)

    def likenesses(self, one: Folded, at: list[int], least: list[float]) -> list[float]:
        """Return how alike a text and some of these are; quicker than one by one.

        Args:
            one: the text.
            at: the places of the others.
            least: for each of them, below which likeness it is of no interest and may come out
                lower.
        """
        import numpy

        others = [self._texts[place] for place in at]
        if not one.text or not at:
            return [float(one.text == other.text) for other in others]
        whole = _ratios(one.text, [other.text for other in others])
        best = whole / 100
        if one.clauses:  # signs alone have no clauses that could have moved
            moved = _ratios(one.clauses, [other.clauses for other in others])
            best = numpy.maximum(best, moved * _MOVED / 100)
        sizes, size = self._sizes[at], len(one.text)
        smaller = numpy.minimum(sizes, size)
        weight = _PART_BASE + _PART_SHARE * smaller / numpy.maximum(sizes, size)
        # No stretch of the longer text shares more signs in order than the whole of it does.
        shared = whole / 100 * (sizes + size) / 2
        bound = 2 * shared / (smaller + shared + (smaller == 0)) * weight
        worth = (smaller >= _SHORTEST_PART) & (bound >= numpy.maximum(best, least) - 1e-9)
        likes: list[float] = numpy.minimum(best, _NOT_QUITE).tolist()
        for index in numpy.flatnonzero(worth).tolist():
            part = _as_part(one.text, others[index].text, weight[index])
            likes[index] = min(max(likes[index], part), _NOT_QUITE)
        return [
            1.0 if like > _SAME and one.text == other.text else like
            for like, other in zip(likes, others, strict=True)
        ]


def replaced(a: str, b: str) -> list[tuple[str, str, str]]:
    """Return the words of `a` in whose place `b` has others, those, and what follows in `a`."""
    from rapidfuzz.distance import Levenshtein

    return [
        (a[op.src_start : op.src_end], b[op.dest_start : op.dest_end], a[op.src_end :])
        for op in Levenshtein.opcodes(a, b)
        if op.tag == "replace"
    ]


def _ratios(text: str, others: list[str]) -> NDArray[numpy.float64]:
    import numpy
    from rapidfuzz import process

    ratios: list[NDArray[numpy.float64]] = list(
        process.cdist([text], others, scorer=fuzz.ratio, dtype=numpy.float64)
    )
    return ratios[0]


def _as_part(one: str, other: str, weight: float) -> float:
    """Return what the shorter text is worth as a part of the longer."""
    short, long = sorted((one, other), key=lambda text: (len(text), text))
    return fuzz.partial_ratio(short, long) / 100 * float(weight)
