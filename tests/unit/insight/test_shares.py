"""Shares add up to the whole, whatever the parts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.insight.shares import shares


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((1, 1, 1), ("33.4", "33.3", "33.3")),
        ((16, 10), ("61.5", "38.5")),
        ((3, 12), ("20.0", "80.0")),
        ((0, 5), ("0.0", "100.0")),
        ((0, 0), ("", "")),
        ((), ()),
    ],
)
def test_shares_are_those_one_would_state(parts, expected):
    assert shares(parts) == expected


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_shares_add_up_and_none_is_a_tenth_off(parts):
    found = shares(parts)
    if not sum(parts):
        assert set(found) == {""}
        return
    assert sum(map(Decimal, found)) == Decimal(100)
    for part, share in zip(parts, found, strict=True):
        assert abs(Decimal(share) - Decimal(part) * 100 / sum(parts)) < Decimal("0.1")


def test_a_negative_part_is_refused():
    with pytest.raises(ValueError, match="negative"):
        shares([3, -1])
