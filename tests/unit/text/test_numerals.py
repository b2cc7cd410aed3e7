"""Numbers in Chinese, full-width and circled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.numerals import (
    chinese_number,
    circled,
    circled_number,
    number_in_chinese,
    to_half_width,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("两百", 200),
        ("〇", 0),
        ("二〇二六", 2026),
        ("１２", 12),
        (" 7 ", 7),
        ("一百二", None),
        ("十十", None),
        ("", None),
        ("甲", None),
    ],
)
def test_a_number_is_read_or_refused(text: str, value: int | None) -> None:
    assert chinese_number(text) == value


@given(st.integers(0, 10**8 - 1))
def test_a_number_spelt_out_reads_as_itself(value: int) -> None:
    assert chinese_number(number_in_chinese(value)) == value


@given(st.integers(1, 50))
def test_a_circled_number_reads_as_itself(value: int) -> None:
    assert circled_number(circled(value)) == value


def test_there_is_no_circled_number_beyond_fifty() -> None:
    assert circled_number("甲") is None
    with pytest.raises(ValueError, match="51"):
        circled(51)


@given(st.text())
def test_half_width_keeps_every_position(text: str) -> None:
    assert len(to_half_width(text, brackets=True)) == len(text)


def test_brackets_stay_unless_asked_for() -> None:
    assert to_half_width("（Ａ１）") == "（A1）"
    assert to_half_width("（Ａ１）", brackets=True) == "(A1)"
