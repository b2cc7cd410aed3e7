"""Format codes: their built-in numbers, their sections and the tokens in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

GENERAL = "General"
_LONG_DATE = 'yyyy"年"m"月"d"日"'
_MONTH_DAY = 'm"月"d"日"'
_YEAR_MONTH = 'yyyy"年"m"月"'
_NOON_MINUTES = '上午/下午h"时"mm"分"'
_NOON_SECONDS = '上午/下午h"时"mm"分"ss"秒"'
# Formats that a file names by number only, as a Chinese Excel shows them (ECMA-376 18.8.30).
_BUILTIN = (
    ((1,), "0"),
    ((2,), "0.00"),
    ((3,), "#,##0"),
    ((4,), "#,##0.00"),
    ((5, 6, 37, 38), "#,##0;-#,##0"),
    ((7, 8, 39, 40), "#,##0.00;-#,##0.00"),
    ((9,), "0%"),
    ((10,), "0.00%"),
    ((11,), "0.00E+00"),
    ((14,), "yyyy/m/d"),
    ((15,), "d-mmm-yy"),
    ((16,), "d-mmm"),
    ((17,), "mmm-yy"),
    ((18,), "h:mm AM/PM"),
    ((19,), "h:mm:ss AM/PM"),
    ((20,), "h:mm"),
    ((21,), "h:mm:ss"),
    ((22,), "yyyy/m/d h:mm"),
    ((27, 36, 50, 52, 57), _YEAR_MONTH),
    ((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    ((30,), "m-d-yy"),
    ((31,), _LONG_DATE),
    ((32,), 'h"时"mm"分"'),
    ((33,), 'h"时"mm"分"ss"秒"'),
    ((34, 55), _NOON_MINUTES),
    ((35, 56), _NOON_SECONDS),
    ((41,), '#,##0;-#,##0;"-"'),
    ((42,), '¥#,##0;-¥#,##0;"-"'),
    ((43,), '#,##0.00;-#,##0.00;"-"'),
    ((44,), '¥#,##0.00;-¥#,##0.00;"-"'),
    ((45,), "mm:ss"),
    ((46,), "[h]:mm:ss"),
    ((47,), "mm:ss.0"),
    ((48,), "##0.0E+0"),
    ((49,), "@"),
)
_CODES = {number: code for numbers, code in _BUILTIN for number in numbers}
_TOKEN = re.compile(
    r"""
     "(?P<quoted>[^"]*)"?
    |[\\!](?P<escaped>.)
    |_(?P<width>.) | \*(?P<fill>.)
    |\[(?P<bracket>[^\]]*)\]
    |(?P<general>General|G/通用格式)
    |(?P<noon>AM/PM|A/P|上午/下午)
    |(?P<exponent>E[+-])
    |(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|a{3,4})
    |(?P<digit>[0\#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%)
    |(?P<text>@) | (?P<end>;) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"(h+|m+|s+)$", re.IGNORECASE)
_SYSTEM_DATE = re.compile(r"\[\$-(?:[0-9a-f]*,?)?(?:f800|x-sysdate)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a format code: what kind it is and its words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format code, for some of the numbers only where it has a condition."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None

    def kinds(self) -> set[str]:
        """Return the kinds of its tokens."""
        return {token.kind for token in self.tokens}

    def is_date(self) -> bool:
        """Tell whether the section shows a date or a time."""
        return not self.kinds().isdisjoint({"date", "elapsed"})

    def is_calendar(self) -> bool:
        """Tell whether the section shows a year, a month or a day; minutes are marked `n`."""
        return any(token.kind == "date" and token.text[0] in "ymdea" for token in self.tokens)

    def holds(self, number: float) -> bool:
        """Tell whether `number` satisfies the section's condition."""
        if self.condition is None:
            return True
        sign, limit = self.condition
        return {
            "<": number < limit,
            "<=": number <= limit,
            ">": number > limit,
            ">=": number >= limit,
            "=": number == limit,
            "<>": number != limit,
        }[sign]


def builtin_format(number: int) -> str:
    """Return the format code that Excel's built-in format `number` stands for."""
    return _CODES.get(number, GENERAL)


@lru_cache(maxsize=512)
def sections_of(code: str) -> tuple[Section, ...]:
    """Return the sections of a format code, at least one."""
    code = _LONG_DATE if _SYSTEM_DATE.search(code) else code
    sections: list[Section] = []
    tokens: list[Token] = []
    condition: tuple[str, float] | None = None
    for found in _TOKEN.finditer(code):
        kind, text = found.lastgroup or "other", found[found.lastgroup or 0]
        if kind == "end":
            sections.append(Section(_mark_minutes(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            compared = _CONDITION.match(text)
            if compared:
                condition = compared[1], float(compared[2])
            elif _ELAPSED.match(text):
                tokens.append(Token("elapsed", text.lower()))
            elif text.startswith("$"):
                tokens.append(Token("literal", text[1:].partition("-")[0]))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(Token("literal", text))
        elif kind == "width":
            tokens.append(Token("literal", " "))
        elif kind != "fill":
            tokens.append(Token(kind, text.lower() if kind == "date" else text))
    sections.append(Section(_mark_minutes(tokens), condition))
    return tuple(sections)


def _mark_minutes(tokens: list[Token]) -> tuple[Token, ...]:
    """Tell minutes from months: m after hours or before seconds stands for minutes."""
    marked = list(tokens)
    clock = [i for i, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    for place, index in enumerate(clock):
        if tokens[index].kind == "date" and tokens[index].text in ("m", "mm"):
            before = tokens[clock[place - 1]].text if place else ""
            after = tokens[clock[place + 1]].text if place + 1 < len(clock) else ""
            if before.startswith("h") or after.startswith("s"):
                marked[index] = Token("date", "n" * len(tokens[index].text))
    return tuple(marked)
