"""Percentages of a whole that add up to it: the largest remainder gets what rounding leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TENTHS = 1000
"""A whole in tenths of one per cent."""


def shares(parts: Sequence[int]) -> tuple[str, ...]:
    """Return each part's share of their sum in per cent with one decimal, adding up to 100.0.

    Each share is rounded down, then those with the largest remainders get a tenth more; of equal
    remainders the larger part, then the earlier one. Empty texts where the sum is 0.

    Raises:
        ValueError: a part is negative.
    """
    if any(part < 0 for part in parts):
        raise ValueError("shares of negative parts")
    whole = sum(parts)
    if whole == 0:
        return ("",) * len(parts)
    floors = [part * TENTHS // whole for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-(parts[i] * TENTHS % whole), -parts[i], i))
    for place in order[: TENTHS - sum(floors)]:
        floors[place] += 1
    return tuple(f"{tenths // 10}.{tenths % 10}" for tenths in floors)
