"""Sentences, brackets and the key for comparing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.segments import fold, outer_pairs, sentences


def _cut(text: str, *, clauses: bool = False) -> list[str]:
    return [text[start:end] for start, end in sentences(text, clauses=clauses)]


def test_sentences_end_after_full_stops_and_at_line_breaks() -> None:
    assert _cut("修路。架桥！\n植树；清渠") == ["修路。", "架桥！", "植树；清渠"]


def test_a_semicolon_ends_a_clause_only_when_asked_for() -> None:
    assert _cut("修路；架桥。", clauses=True) == ["修路；", "架桥。"]


def test_a_stop_inside_quotes_or_brackets_ends_nothing() -> None:
    assert _cut("做到“快办。办好。”并公布。完") == ["做到“快办。办好。”并公布。", "完"]


def test_a_bracket_that_never_closes_swallows_nothing() -> None:
    assert _cut("修路（一期。架桥。") == ["修路（一期。", "架桥。"]


def test_only_the_outermost_pairs_are_returned() -> None:
    assert outer_pairs("甲（乙（丙）丁)戊“己”") == {1: 8, 9: 12}


@given(st.text(alphabet="甲乙。！？；（）“”\n 1"))
def test_sentences_leave_out_nothing_but_blanks(text: str) -> None:
    assert "".join("".join(_cut(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("修 建\n道路", "修建道路"),
        ("（一）Ａ１", "(一)a1"),
        ("“甲”", '"甲"'),
        ("甲—乙", "甲-乙"),
        ("二〇二六", "二零二六"),
    ],
)
def test_layout_and_width_do_not_count_in_comparing(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(alphabet='甲（）(),，“”"—- \n①ＡaＢ〇零…～·'))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
