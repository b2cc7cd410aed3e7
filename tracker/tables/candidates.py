"""Which stored texts are worth comparing with a new one, found by the pairs of signs they share.

Comparing every row with every task takes minutes for thousands of them; texts that share no two
neighbouring signs are not alike.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy
    from numpy.typing import NDArray

_SHORT = 12
"""A text up to this length is known by its single signs as well."""
_MOST = 25
"""How many texts are worth comparing closely; the like ones are always among the first."""
_BUDGET = 4_000
"""How many shared signs are counted for one text, the rare ones first: what stands in every text
tells none from the others."""
_PREFERRED = 4
"""What a text counts for besides, where something other than its words speaks for it."""


class Candidates:
    """Finds the folded texts that share most with a given one."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        import numpy

        holders: dict[str, list[int]] = defaultdict(list)
        self._count = 0
        for index, text in texts:
            self._count = max(self._count, index + 1)
            for gram in _grams(text):
                holders[gram].append(index)
        ordered = sorted(holders, key=lambda gram: (len(holders[gram]), gram))
        self._rank = {gram: rank for rank, gram in enumerate(ordered)}
        self._holders = [numpy.array(holders[gram], dtype=numpy.intp) for gram in ordered]

    def of(self, text: str, preferred: Sequence[int] = ()) -> list[int]:
        """Return the indexes of the texts most worth comparing, the likeliest first.

        Args:
            text: a folded text.
            preferred: indexes that something other than their words speaks for.
        """
        import numpy

        rarest: list[NDArray[numpy.intp]] = []
        counted = 0
        for rank in sorted(self._rank[gram] for gram in _grams(text) if gram in self._rank):
            rarest.append(self._holders[rank])
            counted += len(rarest[-1])
            if counted > _BUDGET:
                break
        if not rarest:
            return []
        holders = numpy.concatenate(rarest)
        shared = numpy.bincount(holders, minlength=self._count)
        if preferred:
            favoured = numpy.array(preferred, dtype=numpy.intp)
            shared[favoured] += _PREFERRED * (shared[favoured] > 0)
        return _highest(shared, holders)


def _highest(shared: NDArray[numpy.intp], holders: NDArray[numpy.intp]) -> list[int]:
    """Return the texts with the highest counts, of like ones those that share the rarest signs."""
    import numpy

    # Shared counts are small numbers: how many texts have each tells which are high enough.
    having = numpy.bincount(shared)[:0:-1].cumsum()
    least = len(having) - int(numpy.searchsorted(having, _MOST))
    high = holders[shared[holders] >= max(least, 1)]
    found, first = numpy.unique(high, return_index=True)
    order = numpy.lexsort((first, -shared[found]))
    best: list[int] = found[order][:_MOST].tolist()
    return best


def _grams(text: str) -> set[str]:
    grams = {text[at : at + 2] for at in range(len(text) - 1)}
    return grams | set(text) if len(text) <= _SHORT else grams
