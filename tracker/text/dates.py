"""Date expressions: finding them in a text and working out the last day they cover."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from tracker.text.numerals import chinese_number, to_half_width

_CN = "〇零○一二三四五六七八九十"
_YEARS = {
    "今年": 0,
    "本年度": 0,
    "本年": 0,
    "当年": 0,
    "明年": 1,
    "次年": 1,
    "去年": -1,
    "上年": -1,
}
_MONTHS = {"本月": 0, "当月": 0, "下月": 1, "下个月": 1}
_PARTS = {"上": 1, "中": 2, "下": 3}

# Two digits are a year only before a month, a quarter or 底: “15年期” is a term, not a year.
_PART_OF_YEAR = r"(?:\d{1,2}\s*月|[底末]|[上下]半年|第?[一二三四1-4]季度)"
_YEAR = (
    rf"(?:(?:(?<!\d)(?P<year>(?:19|20)\d{{2}}|\d{{2}}(?=\s*年\s*{_PART_OF_YEAR}))"
    rf"|(?<![{_CN}])(?P<year_cn>[〇零○一二三四五六七八九]{{4}}))\s*年度?"
    rf"|(?P<year_word>{'|'.join(_YEARS)}))"
)
_MONTH = (
    rf"(?:(?<!\d)(?P<month>\d+)|(?<![{_CN}])(?P<month_cn>十[一二]?|[一二三四五六七八九]))\s*月份?"
    rf"(?:\s*(?P<third>[上中下])旬|\s*(?P<day>\d+|[{_CN}]{{1,3}})\s*[日号])?"
)
_PERIOD = r"(?P<half>[上下])半年|(?:第|前)?(?P<quarter>[一二三四1-4])季度"
_SPOKEN = re.compile(rf"(?:{_YEAR}\s*)?(?:{_PERIOD}|{_MONTH})|{_YEAR.replace('(?P<', '(?P<only_')}")
_YEAR_END = re.compile(rf"(?<![\d{_CN}百两几数半每全多学近历青少周整])年(?=[底末内终])")
_MONTH_WORD = re.compile(rf"(?P<word>{'|'.join(_MONTHS)})(?:\s*(?P<day>\d{{1,2}})\s*[日号])?")
_FIGURES = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<sep>[-/.])(?P<month>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2}))?"
    r"(?![\d])(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
)
_EIGHT = re.compile(
    r"(?<![\d.A-Za-z])(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?![\d.])"
)
_WORDS_OF_DATES = re.compile(r"[年月季]")
_FIGURES_OF_DATES = re.compile(r"(?:19|20)\d\d")
_MONTH_DAY = re.compile(r"(?<![\d.])(?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2})|\.(?P<day2>\d{2}))")


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date or period as a text names it.

    Attributes:
        start, end: where it stands in the text.
        year, month, day: as written; None where the text leaves them out.
        quarter, half: 1 to 4, 1 to 2, for a quarter or half of the year.
        third: 1 to 3 for 上旬 中旬 下旬 of the month.
        year_shift: 今年 0, 明年 1, 去年 -1, against the year of the document.
        month_shift: 本月 0, 下月 1, against the document's month.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    third: int | None = None
    year_shift: int | None = None
    month_shift: int | None = None

    @property
    def damaged(self) -> bool:
        """Whether no calendar holds such a date (13月, 2月30日, 20225月)."""
        if self.month is None:
            return False
        if not 1 <= self.month <= 12:
            return True
        # 2024 stands for a leap year: without a year, 29 February may be right.
        return (
            self.day is not None
            and not 1 <= self.day <= monthrange(self.year or 2024, self.month)[1]
        )

    @property
    def is_whole_year(self) -> bool:
        """It names a year and no part of it."""
        parts = (self.month, self.quarter, self.half, self.month_shift)
        return self.year is not None and not any(part is not None for part in parts)

    def own_year(self, reference: date | None = None) -> int | None:
        """Return the year the phrase itself states, 今年 and 明年 read against `reference`."""
        if self.year is None and self.year_shift is not None and reference is not None:
            return reference.year + self.year_shift
        return self.year

    def last_day(self, year: int | None = None, reference: date | None = None) -> date | None:
        """Return the last day of the period; None where the year is unknown or it is damaged.

        Args:
            year: the year to take where the phrase states none.
            reference: the day against which 今年, 明年, 本月 and 下月 are read.
        """
        if self.month_shift is not None:
            return self._in_month_of(reference, self.month_shift)
        stated = self.own_year(reference)
        used = year if stated is None and self.year_shift is None else stated
        if used is None or self.damaged:
            return None
        month = self.month or (self.quarter or 0) * 3 or (self.half or 0) * 6 or 12
        last = monthrange(used, month)[1]
        day = self.day or {1: 10, 2: 20}.get(self.third or 0, last)
        return date(used, month, day) if day <= last else None

    def _in_month_of(self, reference: date | None, shift: int) -> date | None:
        if reference is None:
            return None
        years, month = divmod(reference.month - 1 + shift, 12)
        year, last = reference.year + years, monthrange(reference.year + years, month + 1)[1]
        day = self.day or last
        return date(year, month + 1, day) if 1 <= day <= last else None


def find_dates(text: str, *, cell: bool = False) -> tuple[DatePhrase, ...]:
    """Return the date phrases in the order they stand, damaged ones too.

    Args:
        text: any text; spans hold in it.
        cell: the text is a cell for dates, so “2026.9” and “9/30” are dates, not figures.
    """
    plain = to_half_width(text)
    found: list[DatePhrase] = []
    taken = 0
    for match in sorted(_matches(plain, cell), key=lambda m: (m.start(), -m.end())):
        if match.start() >= taken and match.group():
            phrase = _phrase(match)
            found.append(phrase)
            taken = phrase.end
    return tuple(found)


def parse_day(text: str) -> DatePhrase | None:
    """Return the date phrase that is the whole of `text`; None where it is not just that."""
    stripped = text.strip()
    for phrase in find_dates(stripped, cell=True):
        if phrase.start == 0 and phrase.end == len(stripped):
            return phrase
    return None


def _matches(plain: str, cell: bool) -> list[re.Match[str]]:
    # Most texts hold no date at all; these two tell so at once.
    patterns = [_SPOKEN, _YEAR_END, _MONTH_WORD] if _WORDS_OF_DATES.search(plain) else []
    patterns += [_FIGURES, _EIGHT] if _FIGURES_OF_DATES.search(plain) else []
    found = [match for pattern in patterns for match in pattern.finditer(plain)]
    if cell:
        return found + list(_MONTH_DAY.finditer(plain))
    # In a sentence “2026.9” may well be an amount; three parts are needed to be a date.
    return [m for m in found if m.re is not _FIGURES or m["day"] is not None]


def _phrase(match: re.Match[str]) -> DatePhrase:
    parts = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    if "word" in parts:
        shift = _MONTHS[parts["word"]]
        return DatePhrase(start, end, day=_number(parts.get("day")), month_shift=shift)
    if match.re is _SPOKEN:
        return _spoken(start, end, parts)
    numbers = {name: int(parts[name]) for name in ("year", "month", "day") if name in parts}
    if "day2" in parts:
        numbers["day"] = int(parts["day2"])
    return DatePhrase(start, end, **numbers)


def _spoken(start: int, end: int, parts: dict[str, str]) -> DatePhrase:
    parts = {name.removeprefix("only_"): value for name, value in parts.items()}
    return DatePhrase(
        start,
        end,
        year=_year(parts.get("year") or parts.get("year_cn")),
        month=_number(parts.get("month") or parts.get("month_cn")),
        day=_number(parts.get("day")),
        quarter=_number(parts.get("quarter")),
        half={"上": 1, "下": 2}.get(parts.get("half", "")),
        third=_PARTS.get(parts.get("third", "")),
        year_shift=_YEARS.get(parts.get("year_word", "")),
    )


def _year(text: str | None) -> int | None:
    value = _number(text)
    return value + 2000 if value is not None and value < 100 else value


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    value = chinese_number(text)
    # A run of numerals that is no number is a damaged day, not a missing one.
    return -1 if value is None else value
