"""Which stored texts are worth comparing with a new one, found by the pairs of signs they share.

Comparing every row with every task takes minutes for thousands of them; texts that share no two
neighbouring signs are not alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_SHORT = 12
"""A text up to this length is known by its single signs as well."""
_MOST = 25
"""How many texts are worth comparing closely; the like ones are always among the first."""
_BUDGET = 10_000
"""How many shared signs are counted for one text, the rare ones first: what stands in every text
tells none from the others."""
_PREFERRED = 4
"""What a text counts for besides, where something other than its words speaks for it."""


class Candidates:
    """Finds the folded texts that share most with a given one."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, text in texts:
            for gram in _grams(text):
                self._holders[gram].append(index)

    def of(self, text: str, preferred: Collection[int] = ()) -> list[int]:
        """Return the indexes of the texts most worth comparing, the likeliest first.

        Args:
            text: a folded text.
            preferred: indexes that something other than their words speaks for.
        """
        lists = sorted(filter(None, map(self._holders.get, _grams(text))), key=len)
        shared: Counter[int] = Counter()
        counted = 0
        for holders in lists:
            shared.update(holders)
            counted += len(holders)
            if counted > _BUDGET:
                break
        for index in preferred:
            if index in shared:
                shared[index] += _PREFERRED
        return [index for index, _ in shared.most_common(_MOST)]


def _grams(text: str) -> set[str]:
    grams = {text[at : at + 2] for at in range(len(text) - 1)}
    return grams | set(text) if len(text) <= _SHORT else grams
