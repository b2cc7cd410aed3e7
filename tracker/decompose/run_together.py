"""Tables whose cells a copy ran together without any mark between them.

序号任务牵头单位完成时限1…县某局6月底前2… : the header is known by its words, the rows by their
numbers, the cells by what they hold: a date ends a row, names of units stand before it. What comes
out is a proposal, so each row carries a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.duties.deadlines import states_deadline
from tracker.duties.units import ends_as_unit
from tracker.duties.vocabulary import plain, unit_words
from tracker.files.grid import EMPTY, Cell, Grid
from tracker.tables.headings import classify

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = re.compile(r"序\s*号|编号")
_LONGEST_HEADING, _SHORTEST_HEADING = 10, 2
_LEAST_COLUMNS = 3
_LONGEST_DATE = 24
_LONGEST_NAME = 22
_UNIT_FIELDS = ("lead", "cooperating", "responsible", "guiding")
_MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class RunTogether:
    """A table found.

    Attributes:
        start, end: its span.
        grid: its cells.
        rows: where its rows begin, the header first.
    """

    start: int
    end: int
    grid: Grid
    rows: tuple[int, ...]


def find_run_together(text: str) -> list[RunTogether]:
    """Return the tables of `text` whose cells are run together, in order."""
    found: list[RunTogether] = []
    position = 0
    while head := _HEAD.search(text, position):
        position = head.end()
        names, body = _header(text, head.start())
        fields = _fields(names)
        if fields is None or not re.match(r"\s*1(?!\d)", text[body : body + 8]):
            continue
        stop = text.find("\n", body)
        stop = len(text) if stop < 0 else stop
        rows, end = _rows(text, body, stop, fields)
        if rows:
            cells = [names, *(row for _, row in rows)]
            grid = Grid("", tuple(map(_cells, cells)), tuple(range(1, len(cells) + 1)))
            starts = (head.start(), *(start for start, _ in rows))
            found.append(RunTogether(head.start(), end, grid, starts))
            position = end
    return found


def _cells(row: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(Cell(text) if text.strip() else EMPTY for text in row)


def _header(text: str, start: int) -> tuple[list[str], int]:
    """Return the headings that stand one behind the other from `start`, and where they end."""
    names: list[str] = []
    position = start
    while True:
        lengths = range(_LONGEST_HEADING, _SHORTEST_HEADING - 1, -1)
        length = next((n for n in lengths if _is_heading(text[position : position + n], n)), 0)
        if not length:
            return names, position
        names.append(text[position : position + length])
        position += length


def _is_heading(words: str, length: int) -> bool:
    if len(words) != length or re.search(r"\s|\d", words):
        return False
    heading = classify(words)
    return heading is not None and heading.exact


def _fields(names: Sequence[str]) -> list[str] | None:
    """Return what the columns stand for: number, task, units, perhaps a deadline; else None."""
    if len(names) < _LEAST_COLUMNS:
        return None
    headings = [classify(name) for name in names]
    fields = [heading.field if heading else "" for heading in headings]
    units = [field for field in fields if field in _UNIT_FIELDS]
    ordered = ["number", "task", *units, *(["deadline"] if "deadline" in fields else [])]
    return fields if units and fields == ordered else None


def _rows(
    text: str, start: int, stop: int, fields: Sequence[str]
) -> tuple[list[tuple[int, list[str]]], int]:
    rows: list[tuple[int, list[str]]] = []
    position = start
    while len(rows) < _MOST_ROWS:
        number = len(rows) + 1
        opening = re.compile(rf"\s*{number}[.、．]?(?!\d)").match(text, position, stop)
        if opening is None:
            break
        following = re.compile(rf"(?<!\d){number + 1}(?![\d.%％])")
        ends = [found.start() for found in following.finditer(text, opening.end(), stop)]
        for end in (*ends, stop):
            cells = _row(text[opening.end() : end].strip(), fields)
            if cells is not None:
                rows.append((position, [str(number), *cells]))
                position = end
                break
        else:
            break
    return rows, position


def _row(words: str, fields: Sequence[str]) -> list[str] | None:
    """Return the cells behind the number; None where the words do not end as a row does."""
    due = ""
    if fields[-1] == "deadline":
        start = _date_start(words)
        if start is None:
            return None
        words, due = words[:start].strip(), words[start:].strip("。；; ")
    columns = sum(field in _UNIT_FIELDS for field in fields)
    groups, start = _unit_groups(words)
    if not groups or len(groups) > columns or not words[:start].strip():
        return None
    units = [*groups, *[""] * (columns - len(groups))]
    return [words[:start].strip(), *units, *([due] if fields[-1] == "deadline" else [])]


def _date_start(words: str) -> int | None:
    """Return where the words about time begin that end a row."""
    bare = words.rstrip("。；; ")
    for start in range(max(len(bare) - _LONGEST_DATE, 1), len(bare) - 1):
        cut = bare[start - 1].isdigit() and bare[start].isdigit()
        if not cut and states_deadline(bare[start:]):
            return start
    return None


def _unit_groups(words: str) -> tuple[list[str], int]:
    """Return the lists of units at the end, the first one leftmost, and where they begin."""
    groups: list[str] = []
    end = start = len(words)
    while (begin := _name_start(words, start)) is not None:
        start = begin
        before = words[start - 1 : start]
        if before and before in "、，,":
            start -= 1
            continue
        groups.insert(0, words[start:end].strip("、，, "))
        end = start
        while start and words[start - 1].isspace():
            start -= 1
    if start < end and groups and not words[start:end].strip("、，, "):
        start = end
    return groups, end


def _name_start(words: str, end: int) -> int | None:
    """Return where the unit that ends at `end` begins: at 县, 区, 各 … or a known name."""
    openers = unit_words().regions | {"各"}
    for start in range(end - 2, max(end - _LONGEST_NAME, -1), -1):
        name = words[start:end]
        if re.search(r"[、，,；;。\s]", name):
            return None
        if plain(name[0]) in openers and len(name) > 2 and ends_as_unit(name):
            return start
        if plain(name) in unit_words().known and ends_as_unit(name):
            return start - 1 if plain(words[start - 1 : start]) in openers and start else start
    return None
