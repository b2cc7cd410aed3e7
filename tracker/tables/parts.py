"""Cutting a grid into its tables: each with its header, the words above it and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.mapping import TASK
from tracker.domain.table import Skipped
from tracker.tables.beside import beside, narrowed
from tracker.tables.cells import squeezed
from tracker.tables.notices import is_meta, notice, without_continued
from tracker.tables.shapes import REPEATED_HEADER
from tracker.tables.title import Above, is_heading_like, read_above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.tables.header import Header
    from tracker.tables.matrix import Matrix

_REPEATED_TITLE = "重复的标题"
_OTHER_TITLE = "另一张表的标题"
_META = "填报信息"
_ABOVE = "表格上方的文字"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a grid: its header, what stands above it, and the rows below.

    Attributes:
        known: rows below that are settled already (repeated headers and titles), with the reason.
        left: the column in which it begins, where another table stands to its left.
    """

    matrix: Matrix
    header: Header
    above: Above
    rows: range
    known: dict[int, str]
    left: int = 0


def parts_of(
    matrix: Matrix, find: Callable[[Matrix, int], Header | None], step: Callable[[int], None]
) -> list[Part]:
    """Cut a grid into its tables; a header repeated at a page break belongs to the table.

    Args:
        matrix: the grid.
        find: returns the header that begins in a row, where one does.
        step: told of every row looked at.
    """
    headers: list[tuple[Header, Above]] = []
    known: list[dict[int, str]] = []
    row = below = 0
    while row < matrix.height:
        step(row)
        header = find(matrix, row)
        if not header:
            row += 1
            continue
        above = read_above(matrix, row, _floor(matrix, below, row) if headers else 0)
        repeated = bool(headers) and header.same_as(headers[-1][0])
        if headers:
            known[-1] |= _settled(header, above, headers[0][1].title, repeated=repeated)
        if not repeated:
            headers.append((header, above))
            known.append({})
        row = below = header.bottom + 1
    if not headers:
        return []
    ends = [header.top for header, _ in headers[1:]] + [matrix.height]
    return [
        part
        for (header, above), end, settled in zip(headers, ends, known, strict=True)
        for part in _side_by_side(
            Part(matrix, header, above, range(header.bottom + 1, end), settled)
        )
    ]


def _side_by_side(part: Part) -> list[Part]:
    """Take tables that stand beside each other apart; the words above belong to the first."""
    blocks = beside(part.header.columns)
    if len(blocks) == 1:
        return [part]
    fields = part.header.fields
    return [
        Part(
            part.matrix.between(block),
            narrowed(part.header, block),
            part.above if block is blocks[0] else Above(),
            part.rows,
            part.known,
            block.start,
        )
        for block in blocks
        if not fields or TASK in fields[block.start : block.stop]
    ]


def skipped_above(parts: list[Part], said: str) -> Iterable[Skipped]:
    """Return the lines above the first table of a grid of which the title does not say all.

    The title of a later sheet or table of a document is shown here.
    """
    title = squeezed(said)
    for part in parts:
        matrix = part.matrix
        for row in range(part.header.top):
            own = matrix.own(row)
            in_title = row in part.above.rows
            if not own or (in_title and squeezed(matrix.words(row)) in title):
                continue
            why = _OTHER_TITLE if in_title else why_above(matrix, row)
            yield Skipped(matrix.grid.numbers[row], why, matrix.words(row), matrix.grid.sheet)


def why_above(matrix: Matrix, row: int) -> str:
    """Return what a row above a table is."""
    own = matrix.own(row)
    if all(is_meta(piece.text) for piece in own):
        return _META
    return notice(own[0].text) or _ABOVE


def _floor(matrix: Matrix, below: int, top: int) -> int:
    """Return the row from which on lines head the table at `top`; the one above ends before it."""
    for row in range(top - 1, below - 1, -1):
        own = matrix.own(row)
        if len(own) > 1 and any(is_heading_like(piece.text) for piece in own):
            return row + 1
    return below


def _settled(header: Header, above: Above, title: str, *, repeated: bool) -> dict[int, str]:
    """Return the rows of a later header and its title, with the reason for passing them over."""
    same = bool(above.title) and without_continued(above.title) == squeezed(title)
    rows = dict.fromkeys(range(header.top, header.bottom + 1), REPEATED_HEADER) if repeated else {}
    if same:
        rows |= dict.fromkeys(above.rows, _REPEATED_TITLE)
    elif not repeated:
        rows |= dict.fromkeys(above.rows, _OTHER_TITLE)
    return rows
