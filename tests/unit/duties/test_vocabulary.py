"""Patterns for lists of words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tracker.duties.vocabulary import any_of, spaced_any_of

_WORDS = st.lists(st.text("甲乙丙^-]", min_size=1, max_size=4), min_size=1, max_size=8)
_TEXT = st.text("甲乙丙丁^-]", max_size=30)


@given(_WORDS, _TEXT)
def test_the_pattern_finds_what_a_plain_list_finds_the_longest_first(
    words: list[str], text: str
) -> None:
    longest_first = sorted(set(words), key=len, reverse=True)
    plain_list = re.compile("|".join(map(re.escape, longest_first)))
    assert re.findall(any_of(tuple(words)), text) == plain_list.findall(text)


@given(_WORDS)
def test_blanks_between_the_letters_part_no_word(words: list[str]) -> None:
    pattern = re.compile(spaced_any_of(tuple(words)))
    assert all(pattern.fullmatch(" \n".join(word)) for word in words)


def test_words_that_end_alike_share_their_ending() -> None:
    assert len(any_of(tuple(f"{level}级领导" for level in "省市县区州镇"))) < 20
