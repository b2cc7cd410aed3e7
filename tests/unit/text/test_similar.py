"""How alike two texts are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.similar import likeness

_TASK = "加快推进城北污水处理厂二期建设，完善配套管网，确保按期通水"


@pytest.mark.parametrize(
    ("other", "least"),
    [
        ("加快推进城北污水处理厂二期建设,完善配套管网,确保按期通水", 1.0),
        ("加快城北污水处理厂二期工程建设，完善配套管网，确保如期通水", 0.8),
        ("完善配套管网，确保按期通水，加快推进城北污水处理厂二期建设", 0.9),
        ("3.重点工程。" + _TASK + "，并做好沿线群众工作。", 0.75),
        ("加快推进城北污水处理厂二期建设", 0.75),
    ],
)
def test_the_same_task_in_other_words_is_alike(other: str, least: float) -> None:
    assert likeness(_TASK, other) >= least


@pytest.mark.parametrize("other", ["", "组织春季植树活动，新增绿地三百亩", "按期通水"])
def test_another_text_is_not_alike(other: str) -> None:
    assert likeness(_TASK, other) < 0.5


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_both_ways_and_within_bounds(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1


@given(st.text())
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert likeness(text, text) == 1


@pytest.mark.parametrize(("a", "b"), [("", "!"), ("!", "?"), ("", "。。")])
def test_signs_alone_are_like_nothing(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a) == 0
