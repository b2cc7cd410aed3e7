"""Numbers as offices write them: full-width, Chinese and circled."""

from __future__ import annotations

import re
from functools import cache

_FULL_WIDTH = {ord(c): ord(c) - 0xFEE0 for c in "０１２３４５６７８９"}
_FULL_WIDTH |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
# Looking for such a sign is ten times as fast as translating a text that has none.
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_BRACKETS = str.maketrans("（）［］｛｝", "()[]{}")

_DIGITS = "零一二三四五六七八九"
_SPELLINGS = str.maketrans("〇○Ｏ两", "零零零二")
_ONE = "[一二三四五六七八九]"
_SECTION = f"(?:{_ONE}千)?零?(?:{_ONE}百)?零?(?:{_ONE}?十)?零?{_ONE}?"
_SPOKEN = re.compile(rf"(?:(?P<high>{_SECTION})万)?(?P<low>{_SECTION})")

# Unicode keeps the circled numbers in three places.
_CIRCLED = (
    {n: chr(0x2460 + n - 1) for n in range(1, 21)}
    | {n: chr(0x3251 + n - 21) for n in range(21, 36)}
    | {n: chr(0x32B1 + n - 36) for n in range(36, 51)}
)
_CIRCLED_VALUES = {mark: n for n, mark in _CIRCLED.items()}


def to_half_width(text: str, *, brackets: bool = False) -> str:
    """Return `text` with half-width digits and letters, and brackets too if asked.

    The length stays the same, so positions found in the result hold in `text`.
    """
    folded = text.translate(_FULL_WIDTH) if _WIDE.search(text) else text
    return folded.translate(_BRACKETS) if brackets else folded


def chinese_number(text: str) -> int | None:
    """Return the value of a number in Chinese or in plain digits; None where it is none.

    Reads 十二, 一百零三, 二〇二六, 〇, 12 and full-width digits; “一百二” is no number here, since
    it may mean 102 or 120.
    """
    plain = to_half_width(text.strip()).translate(_SPELLINGS)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if plain and all(c in _DIGITS for c in plain):
        return int("".join(str(_DIGITS.index(c)) for c in plain))
    found = _SPOKEN.fullmatch(plain)
    if not plain or found is None:
        return None
    value = _section_value(found["high"] or "") * 10000 + _section_value(found["low"])
    return value if plain in _spellings(value) else None


def number_in_chinese(value: int) -> str:
    """Return `value` (0 to 99999999) spelt out: 12 → 十二, 103 → 一百零三."""
    if not 0 <= value < 10**8:
        raise ValueError(f"out of range: {value}")
    spelt = _spelt(value)
    return spelt[1:] if spelt.startswith("一十") else spelt


def circled(n: int) -> str:
    """Return the circled number of `n` (1 to 50): 1 → ①.

    Raises:
        ValueError: there is no such sign.
    """
    if n not in _CIRCLED:
        raise ValueError(f"no circled number for {n}")
    return _CIRCLED[n]


def circled_number(mark: str) -> int | None:
    """Return the value of a circled number (① to ㊿); None for anything else."""
    return _CIRCLED_VALUES.get(mark)


@cache
def _spellings(value: int) -> frozenset[str]:
    return frozenset({_spelt(value), number_in_chinese(value)})


def _section_value(section: str) -> int:
    value, digit = 0, 0
    for sign in section:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        else:
            value += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
    return value + digit


def _spelt(value: int) -> str:
    if value == 0:
        return "零"
    high, low = divmod(value, 10000)
    if not high:
        return _spelt_section(low)
    gap = "零" if 0 < low < 1000 else ""
    return _spelt_section(high) + "万" + gap + (_spelt_section(low) if low else "")


def _spelt_section(value: int) -> str:
    parts: list[str] = []
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            parts.append(_DIGITS[digit] + unit)
        elif parts and value and parts[-1] != "零":
            parts.append("零")
    return "".join(parts)
