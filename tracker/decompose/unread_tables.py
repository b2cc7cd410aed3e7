"""What looks like a table of duties and could not be read as one: the clerk is told of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.tables.guessing import heads_duties
from tracker.tables.headings import classify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.lines import Line

_NUMBER = re.compile(r"[（(]?\d{1,3}[）)]?[.、．]?")
_RULED = re.compile(r"[\t|｜]")
_LEAST_CELLS, _MOST_CELLS = 3, 12
_LONGEST_HEADING = 14


def unread_tables(lines: Sequence[Line]) -> list[str]:
    """Return a sentence for each header of duties (序号, 责任单位) among lines no table took up.

    Args:
        lines: the lines of the document without the tables that were read.
    """
    found: list[str] = []
    for index in range(len(lines)):
        cells = _across(lines, index) or _down(lines, index)
        if cells and heads_duties(cells):
            shown = "｜".join(cells)
            found.append(f"原文有一处像表格（表头：{shown}），没有读出任务，请对照原文补录")
    return found


def _across(lines: Sequence[Line], index: int) -> list[str]:
    """Return the cells of a line that is cut by tabs, bars or blanks; nothing where it is not."""
    text = lines[index].text
    ruled = _RULED.search(text) is not None
    cells = [cell.strip() for cell in (_RULED.split(text) if ruled else text.split())]
    cells = [cell for cell in cells if cell]
    short = all(len(cell) <= _LONGEST_HEADING for cell in cells)
    if not (_LEAST_CELLS <= len(cells) <= _MOST_CELLS and short):
        return []
    return cells if ruled or _opens_row(lines, index + 1) else []


def _down(lines: Sequence[Line], first: int) -> list[str]:
    """Return the short lines from `first` to the next bare number."""
    head = classify(lines[first].text)
    if head is None or head.field != "number":
        return []
    cells: list[str] = []
    for line in lines[first : first + _MOST_CELLS]:
        if _NUMBER.fullmatch(line.text):
            return cells if len(cells) >= _LEAST_CELLS else []
        if len(line.text) > _LONGEST_HEADING:
            return []
        cells.append(line.text)
    return []


def _opens_row(lines: Sequence[Line], index: int) -> bool:
    words = lines[index].text.split() if index < len(lines) else []
    return bool(words) and _NUMBER.fullmatch(words[0]) is not None
