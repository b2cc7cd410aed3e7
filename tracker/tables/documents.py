"""The tables of a document with the lines around them, made ready to be read like sheets.

A document has its title, 填报单位 and date above a table as paragraphs, and a page break may cut
one table into several. Here each table gets those lines as rows of its own, and the pieces of a
table become one grid again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.duties.units import is_unit_like
from tracker.tables.header import header_at
from tracker.tables.joining import Joined, Piece, goes_on, heads_others, join
from tracker.tables.matrix import Matrix
from tracker.tables.notices import continues_remark, is_date_line, is_mark, is_meta, notice
from tracker.tables.sections import is_numbered
from tracker.tables.title import is_heading_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.grid import Grid
    from tracker.files.source import Source
    from tracker.tables.joining import Line

_MOST_ABOVE = 10
_MOST_BELOW = 12
_MOST_HEAD = 5
_SMALL = 3
_LONGEST_LEAD = 40
_BELOW = ("合计行", "说明", "落款签字")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The tables of a document, ready to be read.

    Attributes:
        tables: each with its lines around it.
        unused: how many paragraphs belong to no table.
    """

    tables: tuple[Joined, ...]
    unused: int


@dataclass(slots=True)
class _Group:
    """The pieces of one table; the lines above the first and below the last."""

    pieces: list[Piece]
    above: list[Line]
    below: list[Line]


def prepared_tables(source: Source) -> Prepared:
    """Return the tables of a document with the lines that belong to them.

    Args:
        source: a document; its flow tells where the tables stand.
    """
    groups: list[_Group] = []
    lines: list[Line] = []
    unused = 0
    for texts, grid in _cut(source):
        lines += texts
        matrix = Matrix.of(grid)
        found = (header_at(matrix, row) for row in range(matrix.height))
        piece = Piece(grid, matrix, next(filter(None, found), None), tuple(lines))
        if groups and goes_on(groups[-1].pieces, groups[-1].above, piece):
            groups[-1].pieces.append(piece)
        elif piece.header is None and matrix.height <= _SMALL and not heads_others(matrix):
            # A strip with 填报单位 and date, or with the signatures, drawn as a table.
            lines += _as_lines(matrix)
            continue
        else:
            above = _above(lines)
            rest = lines[: len(lines) - len(above)]
            head = _head(rest) if not groups and not any(map(_is_title, above)) else []
            unused += _give_below(groups, rest, at_end=False) - len(head)
            groups.append(_Group([piece], head + above, []))
        lines = []
    lines += _after(source)
    unused += _give_below(groups, lines, at_end=True)
    named = len(groups) > 1
    joined = tuple(join(g.pieces, g.above, g.below, named=named) for g in groups)
    return Prepared(joined, unused)


def _cut(source: Source) -> Iterator[tuple[list[Line], Grid]]:
    """Yield each table with the lines between it and the one before."""
    end = 0
    for place in sorted(source.flow.tables, key=lambda place: place.start):
        if place.start < end:
            continue  # a table inside another one speaks in its cell
        yield _lines_of(source.flow.text[end : place.start]), source.grids[place.grid]
        end = place.end


def _after(source: Source) -> list[Line]:
    return _lines_of(source.flow.text[max(place.end for place in source.flow.tables) :])


def _lines_of(text: str) -> list[Line]:
    return [(line,) for line in text.split("\n") if line.strip()]


def _as_lines(matrix: Matrix) -> list[Line]:
    rows = (tuple(piece.text for piece in matrix.own(row)) for row in range(matrix.height))
    return [row for row in rows if row]


def _above(lines: list[Line]) -> list[Line]:
    """Return the lines at the end that may head a table: title, mark, date, section."""
    first = len(lines)
    while first > 0 and len(lines) - first < _MOST_ABOVE:
        line = lines[first - 1]
        leads = first == len(lines) and len(line[0]) <= _LONGEST_LEAD and line[0].endswith("：")
        if not leads and not all(_heads(text) for text in line):
            break
        first -= 1
    return lines[first:]


def _head(lines: list[Line]) -> list[Line]:
    """Return the title of the document, where the lines right above its table hold none."""
    for first, line in enumerate(lines[:_MOST_HEAD]):
        if _is_title(line):
            last = first + 1
            while last < len(lines) and _is_title(lines[last]) and last - first < 2:
                last += 1
            return lines[first:last]
    return []


def _is_title(line: Line) -> bool:
    return len(line) == 1 and is_heading_like(line[0])


def _heads(text: str) -> bool:
    return (
        is_heading_like(text)
        or is_numbered(text)
        or is_meta(text)
        or is_mark(text)
        or is_date_line(text)
    )


def _give_below(groups: list[_Group], lines: list[Line], *, at_end: bool) -> int:
    """Give the lines at the beginning to the table before; return how many are left."""
    if not groups:
        return len(lines)
    count = 0
    in_remark = False
    for line in lines[:_MOST_BELOW]:
        why = notice(line[0])
        follows = in_remark and continues_remark(line[0])
        closes = at_end and (is_meta(line[0]) or is_date_line(line[0]) or is_unit_like(line[0]))
        if why not in _BELOW and not follows and not closes:
            break
        in_remark = why == "说明" or follows
        count += 1
    groups[-1].below = lines[:count]
    return len(lines) - count
