"""A number as a list level of a document shows it: 三, ③, iii, C, 03."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.text.numerals import circled, number_in_chinese

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 99_999_999
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST_ROMAN = 3999
_LETTERS = 26
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_OLD = str.maketrans("零一二三四五六七八九十百千万", "零壹貳參肆伍陸柒捌玖拾佰仟萬")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_DIGITS_RING = str.maketrans("0123456789", "○一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE_RINGS = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_PADDED = re.compile(r"(0*)1\b")


def shown_number(value: int, style: str, pattern: str = "") -> str:
    """Return `value` in a list's number format; one that is not known gives plain digits.

    Args:
        value: the count.
        style: the format's name in the file (`w:numFmt`).
        pattern: how a `custom` format writes one, two, three (“001, 002, 003, ...”).
    """
    if style == "custom":
        zeros = _PADDED.match(pattern.strip())
        return str(value).zfill(len(zeros[0]) if zeros else 1)
    write = _STYLES.get(style)
    if write is None or not 0 < value <= _LARGEST:
        return "" if style == "none" else str(value)
    return write(value)


def _roman(value: int) -> str:
    if value > _MOST_ROMAN:
        return str(value)
    signs = []
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        signs.append(sign * count)
    return "".join(signs)


def _letter(value: int) -> str:
    """Word counts Y, Z, AA, BB, not AA, AB."""
    times, place = divmod(value - 1, _LETTERS)
    return chr(ord("A") + place) * min(times + 1, 100)


def _counted(value: int) -> str:
    """Word's counting without words for hundreds: 九十九, 一○○."""
    return number_in_chinese(value) if value < 100 else str(value).translate(_DIGITS_RING)


def _japanese(value: int) -> str:
    return re.sub("一(?=[十百千])|零", "", number_in_chinese(value))


def _from(signs: str, *, again: bool = False) -> Callable[[int], str]:
    """Return a writer that takes the signs in turn, then from the start or plain digits."""

    def write(value: int) -> str:
        if again or value <= len(signs):
            return signs[(value - 1) % len(signs)]
        return str(value)

    return write


def _run_of(first: str, count: int) -> Callable[[int], str]:
    return _from("".join(chr(ord(first) + i) for i in range(count)))


def _ring(value: int) -> str:
    return circled(value) if value <= 50 else str(value)


def _cycle(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]


_STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: str(value).zfill(2),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda value: _letter(value).lower(),
    "chineseCounting": _counted,
    "taiwaneseCounting": _counted,
    "chineseCountingThousand": number_in_chinese,
    "taiwaneseCountingThousand": number_in_chinese,
    "japaneseCounting": _japanese,
    "koreanCounting": number_in_chinese,
    "ideographDigital": lambda value: str(value).translate(_DIGITS),
    "japaneseDigitalTenThousand": lambda value: str(value).translate(_DIGITS),
    "taiwaneseDigital": lambda value: str(value).translate(_DIGITS_RING),
    "chineseLegalSimplified": lambda value: number_in_chinese(value).translate(_LEGAL),
    "ideographLegalTraditional": lambda value: number_in_chinese(value).translate(_LEGAL_OLD),
    "japaneseLegal": lambda value: number_in_chinese(value).translate(_LEGAL_OLD),
    "ideographTraditional": _from(_STEMS, again=True),
    "ideographZodiac": _from(_BRANCHES, again=True),
    "ideographZodiacTraditional": _cycle,
    "ideographEnclosedCircle": _from(_CHINESE_RINGS),
    "decimalEnclosedCircle": _ring,
    "decimalEnclosedCircleChinese": _ring,
    "decimalEnclosedParen": _run_of("⑴", 20),
    "decimalEnclosedFullstop": _run_of("⒈", 20),
    "decimalFullWidth": lambda value: str(value).translate(_WIDE),
    "decimalFullWidth2": lambda value: str(value).translate(_WIDE),
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": lambda value: f"{value}{_ending(value)}",
}


def _ending(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
