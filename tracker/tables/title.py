"""The words above a table: its title and its date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.tables.cells import squeezed
from tracker.tables.notices import is_date_line, is_mark, is_meta, is_rule
from tracker.text.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tracker.tables.matrix import Matrix

_MARKDOWN = re.compile(r"^\s*#{1,6}\s+|\*\*")
_MARK_BEFORE = re.compile(
    r"^(?:附件|附表)\s*[\d一二三四五六七八九十\-－]*\s*(?:[：:]\s*|[.．、]\s*|\s+)"
)
_BRACKETED = re.compile(r"^[（(【〔\[].*[）)】〕\]]$")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、])"
)
_PROSE = re.compile(r"[。；;！!：:，,]$|。.")
_DOCUMENT_NUMBER = re.compile(r"[〔\[【（(]20\d\d[〕\]】）)]\d+号$|文件$")
_TABLE_WORD = re.compile(
    r"(?:表|台账|清单|一览|汇总|情况|通报|方案|要点|任务|进展|分工|分解|事项)"
    r"(?:[（(【〔].*[）)】〕])?$"
)
_WHOLE = re.compile(
    r"(?:表|台账|清单|一览|汇总|通报|通知|方案|办公室|政府|委员会|局|督查室|督查考核办|领导小组|指挥部|办)"
    r"(?:[（(【〔].*[）)】〕])?$"
)
_LONGEST_TITLE = 80
_PAIRS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"), ("〔", "〕"))

_UP_TO = re.compile(r"截[至止]")
_LONGEST_UP_TO = 40


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a table: its title, the dates it gives, and the rows read for them."""

    title: str = ""
    own_date: date | None = None
    up_to: date | None = None
    rows: frozenset[int] = frozenset()


def read_above(matrix: Matrix, top: int, floor: int) -> Above:
    """Read the rows from `floor` up to the header at `top`."""
    rows = [row for row in range(top - 1, floor - 1, -1) if matrix.own(row)]
    cells = {row: [_bare(piece.text) for piece in matrix.own(row)] for row in rows}
    texts = [text for row in rows for text in cells[row]]
    title, used = _title({row: _title_text(cells[row]) for row in rows})
    own = (stated_date(text) for text in texts if _gives_date(text))
    up_to = (up_to_date(text) for text in (*texts, title) if len(text) <= _LONGEST_UP_TO)
    return Above(title, next(filter(None, own), None), next(filter(None, up_to), None), used)


def stated_date(text: str) -> date | None:
    """Return the first full date in a text (“2026年9月30日”, “2026-9-30”)."""
    days = (d.last_day() for d in find_dates(text, cell=True) if d.year and d.day)
    return next((day for day in days if day), None)


def up_to_date(text: str) -> date | None:
    """Return the day of “截至2026年9月底” and the like; None without 截至 or without a year."""
    start = _UP_TO.search(text)
    if not start:
        return None
    dates = find_dates(text[start.end() :], cell=True)
    return (
        dates[0].last_day() if dates and dates[0].year and dates[0].start <= len("时间：") else None
    )


def years_in(texts: Iterable[str]) -> set[int]:
    """Return the years that the texts name."""
    return {d.year for text in texts for d in find_dates(text, cell=True) if d.year}


def is_heading_like(text: str) -> bool:
    """Tell whether a line may be a title: short, no prose, no mark, no date, no meta line."""
    words = squeezed(text)
    return (
        1 < len(words) <= _LONGEST_TITLE
        and not any(test(text) for test in (is_mark, is_meta, is_date_line, is_rule))
        and not any(p.search(words) for p in (_PROSE, _BRACKETED, _NUMBERED, _DOCUMENT_NUMBER))
    )


def _bare(text: str) -> str:
    return _MARKDOWN.sub("", text).strip()


def _gives_date(text: str) -> bool:
    return is_date_line(text) or (is_meta(text) and not _UP_TO.search(text))


def _title_text(cells: list[str]) -> str:
    """Return the words of a row that may be a title; a meta cell may stand beside it."""
    words = [text for text in cells if not is_meta(text)]
    return words[0] if len(words) == 1 and is_heading_like(_unmarked(words[0])) else ""


def _title(texts: dict[int, str]) -> tuple[str, frozenset[int]]:
    likely = [row for row, text in texts.items() if text]
    if not likely:
        return "", frozenset()
    near = (row for row in likely[:3] if _TABLE_WORD.search(squeezed(_unmarked(texts[row]))))
    lines = [next(near, likely[0])]
    while lines[0] - 1 in likely and _goes_over(texts[lines[0] - 1], texts[lines[0]]):
        lines.insert(0, lines[0] - 1)
    return "".join(_unmarked(texts[row]) for row in lines), frozenset(lines)


def _unmarked(text: str) -> str:
    """Take “附件1：” off the title that follows it on the same line."""
    rest = _MARK_BEFORE.sub("", text).strip()
    return rest or text


def _goes_over(first: str, second: str) -> bool:
    """Tell whether a title is broken between two adjacent lines."""
    if is_mark(first) or first != _unmarked(first):
        return False
    words = squeezed(first)
    if any(words.count(a) > words.count(b) for a, b in _PAIRS):
        return True
    return not _WHOLE.search(words) and _TABLE_WORD.search(squeezed(second)) is not None
