"""Two lines of a long difference still show what changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.difference import Kind, Stretch, difference
from tracker.ui.imports.excerpt import excerpt

NEW_SIDE = (Kind.SAME, Kind.NEW)
LONG = "沿线各村已完成入户摸底和登记造册工作，" * 8


def words(parts):
    return "".join(text for _, text in parts)


def test_a_short_text_is_shown_whole():
    parts = difference("已建成3处。", "已建成5处。")
    assert words(excerpt(parts, NEW_SIDE, 40)) == "已建成5处。"


def test_line_ends_become_blanks():
    assert words(excerpt((Stretch(Kind.SAME, "一\n二\r\n三"),), NEW_SIDE, 40)) == "一 二 三"


@pytest.mark.parametrize("place", [0, 4, 8])
def test_a_change_stays_in_sight_wherever_it_stands(place):
    at = place * len(LONG) // 8
    old = f"{LONG[:at]}累计投入12万元。{LONG[at:]}"
    new = f"{LONG[:at]}累计投入35万元。{LONG[at:]}"
    shown = excerpt(difference(old, new), NEW_SIDE, 50)
    assert "35" in words(shown)
    assert len(words(shown)) <= 50


def test_a_long_text_without_a_change_keeps_its_beginning():
    shown = words(excerpt((Stretch(Kind.SAME, LONG),), NEW_SIDE, 20))
    assert shown == f"{LONG[:19]}…"


@given(old=st.text("甲乙丙，1", max_size=80), new=st.text("甲乙丙，1", max_size=80))
def test_an_excerpt_never_needs_more_room_than_there_is(old, new):
    assert len(words(excerpt(difference(old, new), NEW_SIDE, 24))) <= 24
