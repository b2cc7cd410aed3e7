"""The office's own words around the table: its placeholders, and another round's period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.tables.notices import is_date_line
from tracker.text.dates import find_dates
from tracker.text.days import long_date
from tracker.text.numerals import chinese_number, to_half_width

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tracker.domain.content import Content
    from tracker.reports.template_value import RoundWords, Template
    from tracker.text.dates import DatePhrase

_PLACEHOLDER = re.compile(r"[{｛](标题|期|截至|填报单位|日期|专项|项数)[}｝]")
_ROUND = re.compile(r"第\s*([\d０-９一二三四五六七八九十百〇零]{1,4})\s*[期轮]")
_LONGEST_SHOWN = 40
_UP_TO = re.compile(r"截[至止]")


def placeholders(content: Content, words: RoundWords) -> dict[str, str]:
    """Return what each placeholder says."""
    return {
        "标题": content.title,
        "期": "" if words.number is None else str(words.number),
        "截至": long_date(words.cut_off) if words.cut_off else "",
        "填报单位": words.office,
        "日期": long_date(words.day) if words.day else "",
        "专项": words.ledger,
        "项数": str(len(content.rows)),
    }


def has_placeholder(text: str) -> bool:
    """Tell whether a text holds one of the placeholders."""
    return _PLACEHOLDER.search(text) is not None


def replaced(text: str, values: dict[str, str]) -> str:
    """Return `text` with its placeholders said."""
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], text)


def empty_placeholders(text: str, values: dict[str, str]) -> Iterable[str]:
    """Yield the placeholders of a text that nothing is known for."""
    return (found.group(0) for found in _PLACEHOLDER.finditer(text) if not values[found.group(1)])


def period_warnings(template: Template, words: RoundWords) -> list[str]:
    """Say where the words around the table name another round or day than this one."""
    told = []
    for row, texts in (*template.above.items(), *template.below.items()):
        is_above = row <= template.bottom
        for text in texts:
            if has_placeholder(text) or not (is_above or _names_the_day(text)):
                continue
            if why := _difference(text, words):
                where = "表头" if is_above else "表下"
                told.append(f"模板{where}第{row}行写的是“{_short(text)}”，{why}")
    return told


def _names_the_day(text: str) -> bool:
    return _UP_TO.search(text) is not None or is_date_line(text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _difference(text: str, words: RoundWords) -> str:
    for found in _ROUND.finditer(text):
        named = to_half_width(found.group(1))
        number = int(named) if named.isdecimal() else chinese_number(named)
        if words.number is not None and number not in (None, words.number):
            return f"本期是第{words.number}期，请核对"
    cut_off = words.cut_off
    days = [day for day in (cut_off, words.day) if day is not None]
    spoken = [each for each in find_dates(text, cell=True) if _is_spoken(each, text)]
    if cut_off is not None and any(all(_is_other(each, day) for day in days) for each in spoken):
        return f"本期截至{long_date(cut_off)}，请核对"
    return ""


def _is_spoken(phrase: DatePhrase, text: str) -> bool:
    """Tell whether a date is one for sure: “3-02” in a line of its own may be any number."""
    return phrase.year is not None or any(
        sign in text[phrase.start : phrase.end] for sign in "月季年"
    )


def _is_other(phrase: DatePhrase, day: date) -> bool:
    quarter = (day.month - 1) // 3 + 1
    pairs = (
        (phrase.year, day.year),
        (phrase.month, day.month),
        (phrase.day, day.day),
        (phrase.quarter, quarter),
    )
    return any(named is not None and named != own for named, own in pairs)
