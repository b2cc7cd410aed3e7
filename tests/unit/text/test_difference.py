from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.difference import Kind, difference

NEAR = st.text(alphabet="已完成投资项目，。；123.5%①a B\n二十", max_size=60)


def marked(old: str, new: str) -> str:
    marks = {Kind.SAME: "{}", Kind.NEW: "+{}+", Kind.DROPPED: "-{}-"}
    return "".join(marks[kind].format(text) for kind, text in difference(old, new))


def joined(parts: object, *kinds: Kind) -> str:
    return "".join(text for kind, text in parts if kind in kinds)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("", "已开工。", "+已开工。+"),
        ("已开工。", "", "-已开工。-"),
        ("已开工。", "已开工。", "已开工。"),
        ("完成1.4公里。", "完成2.4公里。", "完成-1.4-+2.4+公里。"),
        ("占43.8%，推进中。", "占43.9%，推进中。", "占-43.8%-+43.9%+，推进中。"),
        ("投资1,200万元", "投资1,300万元", "投资-1,200万-+1,300万+元"),
        ("摸底二十三户", "摸底二十五户", "摸底-二十三-+二十五+户"),
        ("建成G318线", "建成G320线", "建成-G318-+G320+线"),
        ("甲已办结。丙在办。", "甲已办结。乙已进场。丙在办。", "甲已办结。+乙已进场。+丙在办。"),
        ("完成建设", "完工建造", "完-成建设-+工建造+"),
    ],
)
def test_a_change_is_marked_word_by_word(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


@given(st.text(), st.text())
def test_the_stretches_give_back_both_texts(old: str, new: str) -> None:
    parts = difference(old, new)
    assert joined(parts, Kind.SAME, Kind.NEW) == new
    assert joined(parts, Kind.SAME, Kind.DROPPED) == old


@given(NEAR, NEAR)
def test_the_stretches_of_like_texts_give_back_both(old: str, new: str) -> None:
    parts = difference(old, new)
    assert joined(parts, Kind.SAME, Kind.NEW) == new
    assert joined(parts, Kind.SAME, Kind.DROPPED) == old


@given(NEAR)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(kind is Kind.SAME for kind, _ in difference(text, text))


@given(NEAR, NEAR)
def test_no_number_is_cut(old: str, new: str) -> None:
    parts = difference(old, new)
    for text, kinds in ((new, (Kind.SAME, Kind.NEW)), (old, (Kind.SAME, Kind.DROPPED))):
        place = 0
        for kind, stretch in parts:
            if kind not in kinds:
                continue
            place += len(stretch)
            assert not re.match(r"[0-9a-zA-Z]", text[place : place + 1]) or not re.match(
                r"[0-9a-zA-Z]", text[place - 1 : place]
            )


@given(NEAR, NEAR)
def test_neighbouring_stretches_are_of_different_kinds(old: str, new: str) -> None:
    kinds = [kind for kind, _ in difference(old, new)]
    assert all(one is not other for one, other in pairwise(kinds))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("的" * 2000, "的一" * 1000),
        ("的，" * 1000, "的，一，" * 500),
        ("已完成投资三成，" * 250, "未完成投资五成，" * 250),
        ("".join(chr(0x4E00 + i * 7 % 300) for i in range(2000)), "甲乙丙丁" * 500),
    ],
)
def test_texts_of_two_thousand_characters_take_no_noticeable_time(old: str, new: str) -> None:
    start = time.perf_counter()
    difference(old, new)
    assert time.perf_counter() - start < 0.5
