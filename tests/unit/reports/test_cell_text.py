"""Texts on their way into a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.cell_text import could_be_misread, is_plain_number, runs
from tracker.text.printable import printable


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("已完成", "已完成", 0),
        ("第一\r\n第二\r第三\n", "第一\n第二\n第三\n", 0),
        ("第一\x0b第二\x0c第三", "第一\n第二\n第三", 0),
        ("甲\t乙", "甲\t乙", 0),
        ("\x00甲\x07\ufffe\uffff\ud800乙\x1f", "甲乙", 6),
    ],
)
def test_only_what_xml_forbids_goes(text: str, kept: str, gone: int) -> None:
    assert printable(text) == (kept, gone)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+3",
        "-2",
        "@甲",
        "'甲",
        " =A1",
        "13.10",
        "01",
        "2024-9-30",
        "3/4",
        "(1)",
        "50%",
        "9月30日",
        "10:30",
        "1e5",
        "TRUE",
        "￥5",
        "1,280",
    ],
)
def test_what_excel_would_turn_into_something_else_is_told_apart(text: str) -> None:
    assert could_be_misread(text)


@pytest.mark.parametrize(
    "text", ["完成3项", "（二）", "第3条", "①推进", "13.2（续）", "A1", "已完成=100%"]
)
def test_plain_words_are_not_misread(text: str) -> None:
    assert not could_be_misread(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", True),
        ("0", True),
        ("120", True),
        ("03", False),
        ("13.10", False),
        ("", False),
        ("３", False),
        ("-1", False),
        ("1" * 20, False),
        ("3\n", False),
    ],
)
def test_only_a_number_shown_to_the_letter_is_stored_as_one(text: str, number: bool) -> None:
    assert is_plain_number(text) is number


def test_a_literal_escape_is_cut_in_two() -> None:
    assert runs("见_x0041__x000D_") == ["见_x00", "41__x00", "0D_"]
    assert runs("_x00410_ _xyz_") == ["_x00410_ _xyz_"]


@given(st.text(alphabet="_x0041Dd字", max_size=30))
def test_runs_lose_nothing(text: str) -> None:
    assert "".join(runs(text)) == text
