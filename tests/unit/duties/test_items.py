"""Parts ①②③ of a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.duties.items import mark_number, read_items
from tracker.text.numerals import circled


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("加快：①修路；②架桥；③植树。", [("①", "修路"), ("②", "架桥"), ("③", "植树")]),
        ("①项目建设。②条件改善 ", [("①", "项目建设"), ("②", "条件改善")]),
        ("(1)修路；（2）架桥。", [("(1)", "修路"), ("（2）", "架桥")]),
        ("⑴修路⑵架桥", [("⑴", "修路"), ("⑵", "架桥")]),
        ("①修路，含(1)桥梁(2)涵洞；②植树", [("①", "修路，含(1)桥梁(2)涵洞"), ("②", "植树")]),
        ("东片：①修路，同第②项；②架桥", [("①", "修路，同第②项"), ("②", "架桥")]),
    ],
)
def test_marks_that_run_from_one_begin_parts(text: str, items: list[tuple[str, str]]) -> None:
    assert list(read_items(text)) == items


@pytest.mark.parametrize(
    "text",
    ["", "修路。", "①修路", "②修路③架桥", "见附件(1)和(3)", "第①、②项由水利局牵头", "(2)甲(1)乙"],
)
def test_other_marks_are_no_parts(text: str) -> None:
    assert read_items(text) == ()


@pytest.mark.parametrize(
    ("mark", "number"),
    [
        ("①", 1),
        ("㊿", 50),
        ("(3)", 3),
        ("（十二）", 12),
        ("⑵", 2),
        ("❸", 3),
        ("4", 4),
        ("甲", None),
    ],
)
def test_a_mark_has_its_number(mark: str, number: int | None) -> None:
    assert mark_number(mark) == number


@given(
    st.lists(
        st.text(alphabet="甲乙丙，：", min_size=1).filter(lambda t: t.strip("，：")), min_size=2
    )
)
def test_the_words_of_every_part_are_kept(words: list[str]) -> None:
    text = "；".join(circled(n) + word for n, word in enumerate(words[:50], 1))
    assert [word for _, word in read_items(text)] == words[:50]
