"""Ranges copied from a sheet come apart into their cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.cells import cells_of


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("已完成", (("已完成",),)),
        ("a\tb\r\nc\td\r\n", (("a", "b"), ("c", "d"))),
        ("a\t\n\td", (("a", ""), ("", "d"))),
        ('"一行\n二行"\tb', (("一行\n二行", "b"),)),
        ('"说“""好""”"', (('说“"好"”',),)),
        ('"没有合上\n下一行', (('"没有合上',), ("下一行",))),
        ('"引"后面还有字\tb', (('"引"后面还有字', "b"),)),
        ("", (("",),)),
    ],
)
def test_a_copied_range_comes_apart_into_its_cells(text, cells):
    assert cells_of(text) == cells


@given(st.lists(st.lists(st.text('甲"\t\n ', max_size=6), min_size=1, max_size=4), min_size=1))
def test_what_is_written_with_quotes_is_read_back(rows):
    text = "\n".join(
        "\t".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows
    )
    assert cells_of(text) == tuple(map(tuple, rows))
