"""The marks that number headings and measures: 一、（一）1.（1）第一条 任务一：."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from tracker.text.numerals import chinese_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_CN = "[一二三四五六七八九十百零〇两]"


class Style(IntEnum):
    """How a mark is written, the outermost first."""

    ANNEX = 0
    CHAPTER = 1
    SECTION = 2
    WORD = 3
    CHINESE = 4
    CHINESE_BRACKET = 5
    ARTICLE = 6
    FIGURE = 7
    POINT = 8
    FIGURE_BRACKET = 9
    HALF_BRACKET = 10


class Place(IntEnum):
    """Where a mark stands, the surest first."""

    OPENS_BLOCK = 0
    AFTER_STOP = 1
    GLUED = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark, or what looks like one.

    Attributes:
        value: its number; for 1.2 the last figure.
        above: for 1.2 the figure before the dot.
        risky: a digit follows the dot, so it may be 9.3 as well as 9. 3月.
        printed: the number as the contract gives it: without a closing dot or 、.
        start, end: its span in the text; `end` is where the words begin.
    """

    style: Style
    value: int
    printed: str
    start: int
    end: int
    place: Place
    above: int = 0
    risky: bool = False


_PATTERNS: dict[Style, str] = {
    Style.ANNEX: r"附\s*[件表]\s*(?P<n0>\d{0,2})(?=\s*(?:[：:]|$|\n))",
    Style.CHAPTER: (
        rf"第\s*(?P<n1>{_CN}{{1,4}}|\d{{1,2}})\s*(?:编|章|部分)(?=[\s：:、，,]|[^的规中]|$)"
    ),
    Style.SECTION: rf"第\s*(?P<n2>{_CN}{{1,4}}|\d{{1,2}})\s*节(?=[\s：:、]|[^的课]|$)",
    Style.WORD: (
        r"(?:重点)?(?:任务|措施|行动|工程|举措|专项|事项|议题|议定事项)[^\S\n]*"
        rf"(?P<n3>{_CN}{{1,3}}|\d{{1,3}})[^\S\n]*(?:[：:、]|[.．](?!\d))"
    ),
    Style.CHINESE: rf"(?P<n4>{_CN}{{1,4}})\s*(?:[、．](?!{_CN}{{1,2}}[、期级类线产])|\.(?!\d))",
    Style.CHINESE_BRACKET: rf"[（(〔]\s*(?P<n5>{_CN}{{1,4}})\s*[）)〕][、．.]?",
    Style.ARTICLE: rf"第\s*(?P<n6>{_CN}{{1,5}}|\d{{1,3}})\s*条(?=[\s：:、]|[^款规第中之的和至])",
    Style.POINT: (
        r"(?P<above>\d{1,2})[.．](?P<n8>\d{1,2})(?!\d|\s*[%％万亿元年月个倍])\s*[、.．]?"
        r"\s*(?=[^\d\s.．%％])"
    ),
    Style.FIGURE: (r"(?<![\d.．])(?P<n7>\d{1,3})\s*(?:、(?!\d{1,3}\s*[、.．])|[．.]|,(?=[^\d\s]))"),
    Style.FIGURE_BRACKET: r"[（(]\s*(?P<n9>\d{1,3})\s*[）)][、．.]?",
    Style.HALF_BRACKET: r"(?P<n10>\d{1,2})\s*[）)](?=[^\s，。、；）)])",
}
_FIRST = r"附第重任措行工举专事议一二三四五六七八九十百零〇两\d（(〔"
"""What a mark may begin with: most letters need no closer look."""
_NAMED = {f"s{style.value}": style for style in Style}
_REFERENCE_FOLLOWS = re.compile(
    r"\s*[至到\-—~～、和及与或]?\s*[（(第][\d一二三四五六七八九十]+[）)]"
    r"|\s*(?:项(?!目)|条(?![件例线])|款(?!项)|类(?![别型])|点(?![位对面])|者|号|小项)"
)
_AMOUNT = re.compile(r"\s*\d+\s*[万亿%％‰倍.．]|\d+\s*个?百分点|\d+\s*(?:公里|米|吨|亩|平方|版|折)")
_FIGURE = re.compile(r"\s*\d+")
_DATE_AHEAD = re.compile(r"\s*(?:(?:19|20)\d\d\s*年|\d{1,2}\s*月)")
_BARE = re.compile(r"(?m)^(\d{1,2})[^\S\n]+(?=[一-鿿])")
_RISK_TAKEN = re.compile(r"(?:19|20)\d\d\s*年|\d{1,2}\s*月|\d{1,2}\s*[家个项条户所座处]")
_FIGURE_FOLLOWS = re.compile(r"\d|\s*\d{1,2}\s*月|\s*\d{1,2}[.．]")
_STOPS = "。；;！？!?：:）)】]〕”’"
_FIGURE_BEFORE = re.compile(r"[第条款项、和及与至到]\s*$")
_REFERENCE_BEFORE = re.compile(
    r"(?:第|[条款项]|附件|上述|下列|前述|按照|根据|依照|参照|[见之、和及与至到])\s*$"
)


def opens_with_mark(text: str) -> bool:
    """Return whether `text`, as words are matched, begins with what looks like a mark."""
    found = _any_mark().match(text)
    if found is None:
        return False
    return (
        not text[found.end() : found.end() + 1].isdigit()
        or _RISK_TAKEN.match(text, found.end()) is not None
    )


def find_marks(text: str) -> list[Mark]:
    """Return everything in `text` that looks like a mark, in the order it stands.

    Args:
        text: blocks with a line end between each, in the form words are matched in.
    """
    marks: list[Mark] = []
    position = 0
    pattern = _any_mark()
    while found := pattern.search(text, position):
        position = found.end()
        mark = _mark(text, found)
        if mark is not None:
            marks.append(mark)
        elif found.end() > found.start() + 1:
            position = found.start() + 1
    return marks


def bare_marks(text: str, points: Sequence[Mark]) -> list[Mark]:
    """Return the headings above numbers such as 2.1 that carry a bare number (2 重点任务)."""
    wanted = {mark.above for mark in points if mark.style is Style.POINT}
    return [
        Mark(Style.FIGURE, int(found[1]), found[1], found.start(), found.end(), Place.OPENS_BLOCK)
        for found in _BARE.finditer(text)
        if int(found[1]) in wanted
    ]


def _mark(text: str, found: re.Match[str]) -> Mark | None:
    style = _style(found)
    value = chinese_number(found[f"n{style.value}"] or "0")
    place = _place(text, found.start())
    if value is None or place is None or not _is_plausible(style, place, value):
        return None
    if style is Style.WORD and place is not Place.OPENS_BLOCK and found.group()[-1] not in "：:":
        # “重点任务1、” inside a line is a heading with a number behind it
        return None
    risky = style is Style.FIGURE and _FIGURE_FOLLOWS.match(text, found.end()) is not None
    if risky and not _may_be_mark(text, found, place):
        return None
    if place is not Place.OPENS_BLOCK and _is_reference(text, found):
        return None
    end = found.end()
    while end < len(text) and text[end].isspace() and text[end] != "\n":
        end += 1
    printed = "".join(found.group().split()).rstrip("、．.,：:")
    above = int(found["above"] or 0) if style is Style.POINT else 0
    return Mark(style, value, printed, found.start(), end, place, above, risky)


def _may_be_mark(text: str, found: re.Match[str], place: Place) -> bool:
    """Tell “9.3月底前” and “2.2021年” from 1.2万: what follows must be a date or count things."""
    if found.group()[-1] == "、":
        following = _FIGURE.match(text, found.end())
        # 6、7月 are two months, 6、2026年 a number and a year
        return (
            following is not None
            and int(following.group()) != int(found["n7"]) + 1
            and (place is Place.OPENS_BLOCK or _DATE_AHEAD.match(text, found.end()) is not None)
        )
    if place is Place.OPENS_BLOCK:
        return _AMOUNT.match(text, found.end()) is None
    return _DATE_AHEAD.match(text, found.end()) is not None


def _is_reference(text: str, found: re.Match[str]) -> bool:
    """Tell 按照第（二）项 and （一）至（三） from a mark."""
    start = found.start()
    figure = _style(found) is Style.FIGURE
    pattern = _FIGURE_BEFORE if figure else _REFERENCE_BEFORE
    before = pattern.search(text, max(start - 4, 0), start)
    return before is not None or _REFERENCE_FOLLOWS.match(text, found.end()) is not None


def _style(found: re.Match[str]) -> Style:
    return _NAMED[found.lastgroup or ""]


def _place(text: str, start: int) -> Place | None:
    at = start
    while at and text[at - 1].isspace() and text[at - 1] != "\n":
        at -= 1
    if not at or text[at - 1] == "\n":
        return Place.OPENS_BLOCK
    return Place.AFTER_STOP if text[at - 1] in _STOPS else Place.GLUED


def _is_plausible(style: Style, place: Place, value: int) -> bool:
    """What may stand inside a paragraph: 2023. is a year, 附件1 a reference."""
    if style in (Style.ANNEX, Style.SECTION, Style.POINT):
        return place is Place.OPENS_BLOCK
    if style is Style.HALF_BRACKET:
        return place is not Place.GLUED and value > 0
    return value > 0


@cache
def _any_mark() -> re.Pattern[str]:
    order = sorted(_PATTERNS, key=lambda style: (style is Style.FIGURE, style.value))
    either = "|".join(f"(?P<s{style.value}>{_PATTERNS[style]})" for style in order)
    return re.compile(f"(?=[{_FIRST}])(?:{either})")
