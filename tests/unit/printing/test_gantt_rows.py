from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.printing.gantt_rows import Axis, Heading, Item, Lines


def lines(sizes, folded=(), titled=True):
    headings, first = [], 0
    for n, size in enumerate(sizes):
        headings.append(Heading(f"组{n}" if titled else "", first, size))
        first += size
    return Lines(headings, 20.0, 30.0, frozenset(folded))


def test_headings_and_rows_stand_under_each_other():
    found = list(lines([2, 1]).between(0, 1000))
    assert found == [
        (Item(0, -1), 0),
        (Item(0, 0), 20),
        (Item(0, 1), 50),
        (Item(1, -1), 80),
        (Item(1, 2), 100),
    ]


def test_a_folded_group_shows_its_heading_only():
    folded = lines([2, 1], folded=["组0"])
    assert [item for item, _ in folded.between(0, 1000)] == [Item(0, -1), Item(1, -1), Item(1, 2)]
    assert folded.index_of(Item(0, 1)) is None


def test_without_groups_there_is_no_heading():
    found = [item for item, _ in lines([3], titled=False).between(0, 1000)]
    assert found == [Item(0, 0), Item(0, 1), Item(0, 2)]


def test_only_the_lines_in_sight_are_given():
    found = [item.row for item, _ in lines([100_000]).between(1_500_020, 1_500_100)]
    assert found == [50_000, 50_001, 50_002]


def test_nothing_stands_below_the_last_line():
    assert lines([1]).index_at(50.0) is None
    assert lines([1]).index_at(-1.0) is None
    assert lines([]).index_at(0.0) is None
    assert not list(lines([]).between(0, 100))


@given(st.lists(st.integers(0, 5), max_size=6), st.sets(st.integers(0, 5)), st.booleans())
def test_place_and_height_agree_for_every_line(sizes, folded, titled):
    made = lines(sizes, [f"组{n}" for n in folded], titled)
    y = 0.0
    for index in range(len(made)):
        item = made.item(index)
        assert made.top(index) == y
        assert made.index_at(y) == index
        assert made.index_at(y + made.item_height(item) - 0.01) == index
        assert made.index_of(item) == index
        if not item.is_heading:
            assert made.item_of_row(item.row) == item
        y += made.item_height(item)
    assert made.height == y


@pytest.mark.parametrize(("day", "left", "right"), [(100, 0.0, 4.0), (101, 4.0, 8.0)])
def test_a_day_ends_where_the_next_begins(day, left, right):
    axis = Axis(100, 80.0, 4.0)
    assert (axis.left(day), axis.right(day)) == (left, right)
    assert axis.within(axis.left(day) - 500) == 0
