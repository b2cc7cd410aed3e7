"""Chinese words found by how they are typed: pinyin, its initials, or a mix (fgj, fagaij)."""

from __future__ import annotations

import re
from functools import cache

_TYPED = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_SECONDS = ("zh", "ch", "sh")
"""Initials of two letters; typists write one of them (shj, sj)."""


def is_typed(word: str) -> bool:
    """Return whether a word may be meant as pinyin: two Latin letters or more, nothing else."""
    return _TYPED.fullmatch(word) is not None


def sounds_like(typed: str, text: str) -> bool:
    """Return whether letters spell a stretch of a text, each character whole or by its initials.

    The last character may be begun only (`fagaij` → 发改局). Every reading of a character counts
    (重 is zhong and chong). Latin letters of the text stand for themselves.
    """
    letters = typed.lower()
    return any(_spells(letters, text, start) for start in range(len(text)))


def _spells(letters: str, text: str, start: int) -> bool:
    """Tell whether all letters are used up by characters from `start` on."""
    left = {letters}
    for character in text[start:]:
        following: set[str] = set()
        for rest in left:
            for sound in _sounds(character):
                if sound.startswith(rest):
                    return True
                if rest.startswith(sound):
                    following.add(rest[len(sound) :])
        if not following:
            return False
        left = following
    return False


@cache
def _sounds(character: str) -> tuple[str, ...]:
    """Return what a character may be typed as: whole, by its initials, by its first letter."""
    if not "\u3400" <= character <= "\u9fff":
        return (character.lower(),) if character.isascii() and character.isalnum() else ()
    from pypinyin import Style, pinyin

    sounds: set[str] = set()
    for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
        sounds |= {reading, reading[0]}
        sounds |= {pair for pair in _SECONDS if reading.startswith(pair)}
    return tuple(sorted(sounds))
