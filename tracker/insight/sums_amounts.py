"""Quantities in statistical prose: value, unit, and how precisely they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from tracker.base.resources import load
from tracker.text.numerals import chinese_number, to_half_width

_FILE = "sums.toml"
PERCENT = "%"
POINTS = "个百分点"
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALES |= {"万亿": 10**12}
# one sign for one sign, so that places hold in the text as printed
_PLAIN = str.maketrans(
    "％﹪．：；項個萬億戶處畝噸條佔達總計約餘開辦結實啟動進應擬產級數類別為報縣鎮鄉區覆員萬間張場輛棟層",
    "%%.:;项个万亿户处亩吨条占达总计约余开办结实启动进应拟产级数类别为报县镇乡区覆员万间张场辆栋层",
)
_RATIO = re.compile(r"(?<![\d./])(\d{1,6})/(\d{1,6})(?![\d/])")


@dataclass(frozen=True, slots=True)
class Amount:
    """One quantity.

    Attributes:
        value: in the basic unit (元, 米 …); a share in points of a hundred.
        step: what one more in the last printed place is worth; 0 where it is counted exactly.
        unit: the basic unit; “%” of a share, empty of a bare number.
        size: how many basic units the printed unit holds (亿元: 10⁸).
        exact: it claims to be exact (no 约, 近, 余, 以上 …).
        printed: as printed, with its unit.
    """

    start: int
    end: int
    value: Fraction
    step: Fraction
    unit: str
    size: Fraction
    exact: bool
    printed: str

    @property
    def span(self) -> tuple[int, int]:
        """Its characters in the text."""
        return self.start, self.end

    @property
    def is_share(self) -> bool:
        """It is a percentage."""
        return self.unit == PERCENT


@cache
def words() -> dict[str, Any]:  # Any: values of TOML
    """Return the word lists of `resources/sums.toml`."""
    return load(_FILE)


def plain(text: str) -> str:
    """Return `text` in one width and one script where rules look; the length stays."""
    return to_half_width(text).translate(_PLAIN)


def ratios(text: str) -> list[tuple[int, int, int, int]]:
    """Return what is written as 35/39: start, end and both numbers."""
    return [(m.start(), m.end(), int(m[1]), int(m[2])) for m in _RATIO.finditer(text)]


@lru_cache(maxsize=256)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return the quantities of a plain text in order; dates, ordinals and ranges are none."""
    if not _ANY.search(text):
        return ()
    grammar = _grammar()
    found: list[Amount] = []
    inside = 0
    for match in grammar.number.finditer(text):
        if match.start() < inside:
            continue
        amount = _read(text, match, grammar)
        if amount is not None:
            found.append(amount)
            inside = amount.end
    return tuple(found)


def value_words(value: Fraction, like: Amount) -> str:
    """Return a value written in the printed unit of `like`, without the unit (7.5)."""
    return rounded_words(value / like.size, 4)


def rounded_words(value: Fraction, digits: int = 2) -> str:
    """Return a value rounded half up to some decimals, closing noughts left out."""
    number = (abs(value) * 10**digits * 2 + 1) // 2
    said = f"{number // 10**digits}.{number % 10**digits:0{digits}d}".rstrip("0").rstrip(".")
    return f"-{said}" if value < 0 and number else said


def number_words(amount: Amount) -> str:
    """Return an amount's number as printed, in Arabic figures, without the unit."""
    return value_words(amount.value, amount)


# 约 is also half of 签约 and 约谈
_ABOUT = (
    "(?<![签预合公节条违履契制解])约(?!谈|束|定)(?:有|占|为|计|共|共有)?[^，。；、:签预合履解]{0,6}"
)
_ANY = re.compile("[0-9一二三四五六七八九十两百千]")


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The patterns made from the word lists."""

    number: re.Pattern[str]
    never: re.Pattern[str]
    about_before: re.Pattern[str]
    about_after: re.Pattern[str]


def _listed(parts: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(parts, key=len, reverse=True))


@cache
def _grammar() -> _Grammar:
    lists = words()
    units = _listed([*lists["counted"], *lists["measured"], *lists["same"], "%"])
    number = (
        r"(?:百分之(?P<hundredth>[0-9.]+|[零一二三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?)"
        r"|(?P<arabic>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
        r"|(?P<spoken>[零〇一二两三四五六七八九十百千几数]+))"
        rf"(?P<gap>\s*(?P<more>多|余|来)?(?P<scale>万亿|百万|千万|[万亿百]|千(?!瓦|米|伏|克))?"
        rf"(?P<more2>多|余)?\s*(?P<unit>{units})?)"
    )
    about = lists["words"]
    return _Grammar(
        re.compile(number),
        re.compile(rf"\s*(?:{_listed(lists['never']['after'])})"),
        re.compile(
            rf"(?:{_listed(about['about_before'])}|每[^，。、]{{0,3}}"
            rf"|(?<![附最邻临])近|各|{_ABOUT})\s*$"
        ),
        re.compile(rf"\s*(?:{_listed(about['about_after'])})"),
    )


def _read(text: str, match: re.Match[str], grammar: _Grammar) -> Amount | None:
    start, unit = match.start(), match["unit"] or ""
    before = text[max(0, start - 9) : start]
    if match["hundredth"]:
        return _hundredth(text, match, before, grammar)
    if _is_no_quantity(text, match, before, unit, grammar):
        return None
    number = _value(match)
    if number is None and not unit:
        return None
    scale = _SCALES[match["scale"] or ""]
    base, factor, measured = _unit(unit)
    end = match.end() if unit or match["scale"] else _end_of_number(match)
    size = Fraction(scale * factor)
    value, digits = number if number is not None else (Fraction(0), 0)
    rounded = measured or scale > 1 or digits or unit == "%"
    exact = (
        number is not None
        and not match["more"]
        and not match["more2"]
        and not grammar.about_before.search(before)
        and not grammar.about_after.match(text, end)
        and not _in_range(text, start, end)
    )
    negative = before.endswith(("-", "－")) and not before[:-1][-1:].isdigit()
    return Amount(
        start - negative,
        end,
        (-value if negative else value) * size,
        size / 10**digits if rounded else Fraction(0),
        base,
        size,
        exact,
        text[start - negative : end],
    )


def _end_of_number(match: re.Match[str]) -> int:
    return match.end("arabic") if match["arabic"] else match.end("spoken")


def _hundredth(text: str, match: re.Match[str], before: str, grammar: _Grammar) -> Amount | None:
    said = match["hundredth"]
    whole, _, rest = said.partition("点")
    value: Fraction | None
    if said[0].isdigit():
        digits = len(said.partition(".")[2])
        value = Fraction(said) if re.fullmatch(r"\d+(\.\d+)?", said) else None
    else:
        digits = len(rest)
        number = chinese_number(whole)
        decimals = chinese_number(rest) if rest else 0
        value = None if number is None or decimals is None else Fraction(number)
        if value is not None and decimals:
            value += Fraction(decimals, 10**digits)
    if value is None:
        return None
    end = match.end("hundredth")
    about = grammar.about_before.search(before) or grammar.about_after.match(text, end)
    return Amount(
        match.start(),
        end,
        value,
        Fraction(1, 10**digits),
        PERCENT,
        Fraction(1),
        not about,
        text[match.start() : end],
    )


def _is_no_quantity(
    text: str, match: re.Match[str], before: str, unit: str, grammar: _Grammar
) -> bool:
    last, end = before[-1:] or " ", _end_of_number(match)
    following = text[match.end() : match.end() + 1]
    if match["spoken"]:
        return not unit or last in "第之每" or grammar.never.match(text, end) is not None
    if (last.isascii() and last.isalnum()) or last in "第.〔[/":
        return True
    if last == ":" and before[-2:-1].isdigit():
        return True
    if unit != POINTS and grammar.never.match(text, end) and not match["scale"]:
        return True
    return not unit and following.isascii() and (following.isalpha() or following in "/〕:+×-")


def _in_range(text: str, start: int, end: int) -> bool:
    """Whether it is one end of a range: 10—15户, 10户至15户."""
    ahead = re.match(r"\s*[-—~～–至到]{1,2}\s*\d", text[end : end + 6])
    behind = re.search(
        r"\d[^\d，。；、（）]{0,3}[-—~～–]{1,2}$|\d(?:至|到)$", text[max(0, start - 6) : start]
    )
    return bool(ahead or behind)


def _value(match: re.Match[str]) -> tuple[Fraction, int] | None:
    """Return the number before its scale, and its decimals; None for 几十 and the like."""
    if match["arabic"]:
        said = match["arabic"].replace(",", "")
        return Fraction(said), len(said.partition(".")[2])
    number = chinese_number(match["spoken"])
    return None if number is None else (Fraction(number), 0)


@cache
def _unit(unit: str) -> tuple[str, int, bool]:
    """Return the basic unit, how many of it one is, and whether it is measured, not counted."""
    lists = words()
    if unit in lists["measured"]:
        base, factor = lists["measured"][unit]
        return base, factor, True
    return lists["same"].get(unit, unit), 1, False
