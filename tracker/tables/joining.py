"""The pieces into which page breaks cut a table of a document, put together to one grid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.duties.units import is_unit_like
from tracker.files.grid import EMPTY, Cell, Grid, Merge
from tracker.tables.cells import number_text, squeezed
from tracker.tables.headings import classify
from tracker.tables.notices import is_mark, is_meta, notice, without_continued
from tracker.tables.sections import is_numbered
from tracker.text.numerals import chinese_number, circled_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.tables.header import Header
    from tracker.tables.matrix import Matrix

OUTSIDE = 0
"""The row number of a line that stands outside the table."""

Line = tuple[str, ...]
"""A line beside a table: a paragraph, or the cells of a strip drawn as a table."""

_ENDS = tuple("。；;！!？?：:…）)")
_DIGITS = re.compile(r"\d+(?=\D*$)")
_PAGE_NOTICES = ("页码", "分隔线", "附件或续表标记")


@dataclass(frozen=True, slots=True)
class Piece:
    """A table as it stands in the document, its first header, and the lines since the last one."""

    grid: Grid
    matrix: Matrix
    header: Header | None
    lines: tuple[Line, ...]

    @property
    def body(self) -> range:
        """The rows below the header; all where there is none."""
        return range(self.header.bottom + 1 if self.header else 0, self.matrix.height)


@dataclass(frozen=True, slots=True)
class Joined:
    """A grid to be read as one table.

    Attributes:
        names: names of the grids it was made of.
        lines: rows of the grid that are lines of running text.
        remarks: what was joined or is doubtful, for the clerk to check.
    """

    grid: Grid
    names: tuple[str, ...]
    lines: frozenset[int] = frozenset()
    remarks: tuple[str, ...] = ()


def goes_on(pieces: Sequence[Piece], above: Iterable[Line], piece: Piece) -> bool:
    """Tell whether `piece` is the same table as `pieces`, which a page break has cut.

    Either its header is the same and nothing between gives it a title of its own, or it has none,
    as many columns, nothing but page marks between, and the numbers go on.
    """
    header = pieces[0].header
    if header is None:
        return False
    if piece.header is not None:
        titles = squeezed("".join(text for line in above for text in line))
        own = (tuple(p.text for p in piece.matrix.own(row)) for row in range(piece.header.top))
        between = (*piece.lines, *filter(None, own))
        return piece.header.same_as(header) and all(
            _belongs(text, titles) for line in between for text in line
        )
    return (
        piece.matrix.width == pieces[0].matrix.width
        and all(notice(text) in _PAGE_NOTICES for line in piece.lines for text in line)
        and not _is_strip(piece.matrix)
        and not heads_others(piece.matrix)
        and _numbers_go_on(pieces, piece, header)
    )


def _belongs(text: str, titles: str) -> bool:
    """Tell whether a line between two pieces gives the second no title of its own."""
    return (
        without_continued(text) in titles
        or is_mark(text)
        or is_meta(text)
        or is_numbered(text)
        or notice(text) != ""
    )


def _is_strip(matrix: Matrix) -> bool:
    """Tell a line of signatures, remarks or the like drawn as a table."""
    first = next((own for row in range(matrix.height) if (own := matrix.own(row))), ())
    return not first or is_meta(first[0].text) or notice(first[0].text) not in ("", "合计行")


def heads_others(matrix: Matrix) -> bool:
    """Tell whether the first row heads columns of its own: 单位, 任务总数, 完成率, no tasks."""
    first = next((own for row in range(matrix.height) if (own := matrix.own(row))), ())
    known = [heading for piece in first if (heading := classify(piece.text)) and heading.exact]
    figures = any(piece.text.strip().isdigit() for piece in first)
    return len({heading.field for heading in known}) > 1 and not figures


def _numbers_go_on(pieces: Sequence[Piece], piece: Piece, header: Header) -> bool:
    column = number_column(header)
    if column is None:
        return True
    last = next((n for p in reversed(pieces) for n in _numbers(p, reversed(p.body), column)), None)
    below = next(_numbers(piece, piece.body, column), None)
    if last is None or below is None:
        return True
    own = next(filter(None, map(piece.matrix.own, piece.body)))
    begins_section = len(own) == 1 and is_numbered(own[0].text)
    return below in (last, last + 1) or (begins_section and below == 1)


def number_column(header: Header) -> int | None:
    """Return the column of the numbers."""
    return next((c.index for c in header.columns if c.field == "number"), None)


def _numbers(piece: Piece, rows: Iterable[int], column: int) -> Iterator[int]:
    for row in rows:
        value = _value(piece.matrix.pieces[row][column].text)
        if value is not None:
            yield value


def _value(text: str) -> int | None:
    """Return the last number of “3”, “1.2”, “（三）”, “③”."""
    bare = number_text(without_continued(text)).strip("（）()、")
    digits = _DIGITS.search(bare)
    if digits is not None and len(digits[0]) < 7:
        return int(digits[0])
    return circled_number(bare) or chinese_number(bare)


def join(
    pieces: Sequence[Piece], above: Sequence[Line], below: Sequence[Line], *, named: bool
) -> Joined:
    """Return the pieces as one grid, with the lines above, between and below as rows.

    Args:
        pieces: the first has the header.
        above: lines above the first piece.
        below: lines below the last.
        named: whether the grid keeps its name, as one of several.
    """
    joiner = _Joiner(pieces[0])
    joiner.begin(above)
    for piece in pieces[1:]:
        joiner.add_lines(piece.lines)
        joiner.add(piece)
    joiner.add_lines(below)
    return joiner.joined(pieces, named=named)


class _Joiner:
    """The grid as it grows."""

    def __init__(self, first: Piece) -> None:
        self._first = first
        self._rows: list[tuple[Cell, ...]] = []
        self._numbers: list[int] = []
        self._merges: list[Merge] = []
        self._hidden: set[int] = set()
        self._lines: set[int] = set()
        self._remarks: list[str] = []
        self._counted = 0
        self._last = -1

    def begin(self, above: Sequence[Line]) -> None:
        """Add the first piece and the lines above it.

        The heading of a part stands above the header in a document, a section row below it in a
        table; so it is put below.
        """
        header = self._first.header
        at_top = header is not None and header.top == 0
        if at_top and above and len(above[-1]) == 1 and is_numbered(above[-1][0]):
            self.add_lines(above[:-1])
            self.add(self._first, section=above[-1])
        else:
            self.add_lines(above)
            self.add(self._first)

    def add_lines(self, lines: Iterable[Line]) -> None:
        """Add lines that stand outside the table."""
        for line in lines:
            self._lines.add(len(self._rows))
            self._rows.append(tuple(map(Cell, line)))
            self._numbers.append(OUTSIDE)

    def add(self, piece: Piece, section: Line | None = None) -> None:
        """Add a piece; `section` is put below its header."""
        places: dict[int, int] = {}
        for row, cells in enumerate(piece.grid.rows):
            if section is not None and row == piece.body.start:
                self.add_lines([section])
            places[row] = len(self._rows)
            self._rows.append(cells)
            self._numbers.append(self._counted + piece.grid.numbers[row])
        self._merges += (
            Merge(places[m.top], m.left, places[min(m.bottom, len(places) - 1)], m.right)
            for m in piece.grid.merges
            if m.top in places
        )
        self._hidden |= {places[row] for row in piece.grid.hidden if row in places}
        filled = [row for row in piece.body if piece.matrix.own(row)]
        if filled and self._last >= 0:
            self._mend(piece, filled, places)
        self._counted += max(piece.grid.numbers, default=0)
        self._last = places[filled[-1]] if filled else self._last

    def _mend(self, piece: Piece, filled: Sequence[int], places: dict[int, int]) -> None:
        """Join the first row of a piece to the row above where the page break tore it."""
        header = self._first.header
        column = number_column(header) if header else None
        row = filled[0]
        if header is None or column is None or not self._may_be_torn(piece, row, column):
            return
        below = {p.place[1]: p.text for p in piece.matrix.own(row)}
        above = {c: self._head(c) for c in range(piece.matrix.width)}
        following = filled[1:2]
        numbered = all(piece.matrix.at(next_, column) for next_ in following)
        number = self._numbers[places[row]]
        if not numbered or not _is_torn(
            header, {c: cell.text for c, (_, cell) in above.items()}, below
        ):
            self._remarks.append(f"第{number}行没有序号，可能是上一行在分页处断开的，请核对")
            return
        for at, text in below.items():
            head, cell = above[at]
            self._put(head, at, Cell(_sewn(cell.text, text)))
        self._rows[places[row]] = ()
        self._remarks.append(f"第{number}行是上一行在分页处断开的，已接到上一行，请核对")

    def _may_be_torn(self, piece: Piece, row: int, column: int) -> bool:
        matrix = piece.matrix
        own = matrix.own(row)
        alone = len(own) == 1 and (is_numbered(own[0].text) or notice(own[0].text) != "")
        merged = any((row, at) in matrix.heads for at in range(matrix.width))
        return (
            not alone
            and not merged
            and not matrix.at(row, column)
            and bool(self._head(column)[1].text.strip())
        )

    def _head(self, column: int) -> tuple[int, Cell]:
        """Return the row and cell that speak in a column of the last row."""
        row = self._last
        for merge in self._merges:
            if merge.left <= column <= merge.right and merge.top <= row <= merge.bottom:
                row = merge.top if merge.left == column else row
        cells = self._rows[row]
        return row, cells[column] if column < len(cells) else EMPTY

    def _put(self, row: int, column: int, cell: Cell) -> None:
        cells = list(self._rows[row])
        cells += [EMPTY] * (column + 1 - len(cells))
        cells[column] = cell
        self._rows[row] = tuple(cells)

    def joined(self, pieces: Sequence[Piece], *, named: bool) -> Joined:
        """Return what has grown."""
        name = self._first.grid.sheet
        grid = Grid(
            name if named else "",
            tuple(self._rows),
            tuple(self._numbers),
            tuple(self._merges),
            frozenset(self._hidden),
            ruled=True,
        )
        where = f"“{name}”" if named and name else ""
        remarks = tuple(f"{where}{remark}" for remark in self._remarks)
        return Joined(grid, tuple(p.grid.sheet for p in pieces), frozenset(self._lines), remarks)


def _is_torn(header: Header, above: Mapping[int, str], below: Mapping[int, str]) -> bool:
    """Tell whether a row is surely the rest of the one above.

    Sure is: some cell goes on in the middle of a sentence, another has nothing to go on with, and
    no task begins.
    """
    known = [c for c in header.columns if c.field and c.field != "number"]
    lacks = any(above[c.index].strip() and c.index not in below for c in known)
    goes_on_within = any(_is_open(above[at]) for at in below if above[at].strip())
    begins = any(
        c.index in below and not _is_open(above[c.index]) for c in known if c.field == "task"
    )
    return lacks and goes_on_within and not begins


def _is_open(text: str) -> bool:
    return not text.rstrip().endswith(_ENDS)


def _sewn(above: str, below: str) -> str:
    """Join the halves of a cell: in the middle of a sentence without a gap, else as lines."""
    if not above.strip():
        return below
    units = is_unit_like(above.rpartition("\n")[2]) and is_unit_like(below.partition("\n")[0])
    return f"{above}\n{below}" if units or not _is_open(above) else above + below
