"""References to cells as old rows give way to new ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.template_refs import (
    Area,
    RowShift,
    shifted_area,
    shifted_areas,
    shifted_formula,
)

SHIFT = RowShift(5, 14, 25)
"""Ten rows give way to twenty-five: what stands below moves down by fifteen."""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A1:C4", "A1:C4"),
        ("A1", "A1"),
        ("A15", "A30"),
        ("A15:B20", "A30:B35"),
        ("A5:C14", "A5:C29"),
        ("A4:C14", "A4:C29"),
        ("A5:C20", "A5:C35"),
        ("A1:C9", "A1:C29"),
        ("A9:C20", "A5:C35"),
        ("A6:C14", "A5:C29"),
        ("A7:C8", ""),
        ("A7", ""),
        ("$A$5:$C$14", "A5:C29"),
        ("A:C", "A:C"),
    ],
)
def test_areas_stretch_move_or_go(old, new):
    assert shifted_area(old, SHIFT) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A5:C7 A8:C14", "A5:C29"),
        ("A5:C7 A9:C9 E5:E14", "E5:E29"),
        ("A2 A5:A14 A16", "A2 A31 A5:A29"),
        ("B6", ""),
    ],
)
def test_pieces_of_the_same_columns_count_together(old, new):
    assert shifted_areas(old, SHIFT) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SUM(B5:B14)", "SUM(B5:B29)"),
        ("COUNTA($B$5:$B$14)-1", "COUNTA($B$5:$B$29)-1"),
        ("SUM(表!B5:B14)", "SUM(表!B5:B29)"),
        ("SUM('表'!B5:B14)", "SUM('表'!B5:B29)"),
        ("SUM(别处!B5:B14)", "SUM(别处!B5:B14)"),
        ("B15+B3", "B30+B3"),
        ("SUM(5:14)", "SUM(5:29)"),
        ("SUM(B:B)", "SUM(B:B)"),
        ('IF(A15="B5:B14","是","否")', 'IF(A30="B5:B14","是","否")'),
        ("SUM(B5:B14,D5:D14)/2", "SUM(B5:B29,D5:D29)/2"),
        ("VLOOKUP(A15,$A$5:$F$14,3,0)", "VLOOKUP(A30,$A$5:$F$29,3,0)"),
        ("合计区+1", "合计区+1"),
        ("LOG10(B15)", "LOG10(B30)"),
    ],
)
def test_formulas_say_the_same_of_the_new_rows(old, new):
    shifted = shifted_formula(old, "表", "表", SHIFT)
    assert shifted.text == new
    assert shifted.lost == ()
    assert shifted.touched is (old != new)


@pytest.mark.parametrize(("old", "lost"), [("B7*2", "B7"), ("SUM(B7:B8)", "B7:B8")])
def test_what_spoke_of_single_old_rows_is_told(old, lost):
    shifted = shifted_formula(old, "表", "表", SHIFT)
    assert shifted.text == old
    assert shifted.lost == (lost,)


@pytest.mark.parametrize(
    "old", ["表!$A$1:$F$14", "'表'!$A$1:$F$14,'表'!$5:$14", "OFFSET(表!$A$1,0,0,COUNTA(表!$A:$A))"]
)
def test_names_list_areas_of_any_sheet(old):
    new = shifted_formula(old, "", "表", SHIFT).text
    assert new == old.replace("14", "29")


def test_a_sheets_name_may_hold_a_quote():
    new = shifted_formula("SUM('甲''乙'!A5:A14)", "", "甲'乙", SHIFT).text
    assert new == "SUM('甲''乙'!A5:A29)"


shifts = st.builds(
    lambda first, old, new: RowShift(first, first + old - 1, new),
    st.integers(2, 30),
    st.integers(0, 30),
    st.integers(1, 60),
)


@given(shifts, st.integers(1, 80), st.integers(0, 40))
def test_rows_outside_keep_their_distance_to_the_table(shift, top, extent):
    bottom = top + extent
    span = shift.span(top, bottom)
    if bottom < shift.first:
        assert span == (top, bottom)
    elif top > shift.last:
        assert span == (top + shift.delta, bottom + shift.delta)
        assert top + shift.delta > shift.new_last
    elif span is not None:
        assert span[0] == min(top, shift.first)
        assert span[1] >= shift.new_last


@given(shifts, st.integers(1, 80), st.integers(0, 40))
def test_as_many_rows_as_before_change_nothing_that_covers_the_table(shift, top, extent):
    same = RowShift(shift.first, shift.last, max(shift.old_rows, 1))
    if same.old_rows and (top <= same.first or top > same.last):
        area = str(Area("B", top, "C", max(top + extent, same.last if top <= same.last else 0)))
        assert shifted_area(area, same) == area
