"""What a sheet was taken for, row by row and column by column, for the clerk to see."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from tracker.domain.mapping import (
    COLUMN_WORDS,
    EXTRA,
    SINGLE,
    TASK,
    RowKind,
    SheetMapping,
    SheetShape,
    TableShape,
)
from tracker.tables.header import columns_between, has_task
from tracker.tables.layout import fields_of, layout_of
from tracker.tables.mapping import known_headings, printed_headings
from tracker.tables.matrix import Matrix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.files.grid import Grid
    from tracker.tables.header import Column, Header
    from tracker.tables.layout import Layout
    from tracker.tables.rows import Body

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_FEWEST = 2
_MOST_NAMED = 3
REPEATED_HEADER = "重复的表头"


@dataclass(slots=True)
class Kinds:
    """What the rows of a sheet were taken for, as it comes to light."""

    of: dict[int, RowKind] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)

    def skip(self, row: int, why: str) -> None:
        """Note a row that is passed over."""
        self.of[row] = RowKind.SKIPPED
        self.reasons[row] = why

    def add_header(self, top: int, bottom: int, title: Iterable[int]) -> None:
        """Note a header and its title."""
        self.of |= dict.fromkeys(title, RowKind.TITLE)
        self.of |= dict.fromkeys(range(top, bottom + 1), RowKind.HEADER)

    def add_body(self, matrix: Matrix, rows: range, known: Mapping[int, str], body: Body) -> None:
        """Note the rows below a header: tasks, what goes on with them, headings, the rest."""
        for record in body.records:
            for part in record.parts:
                for line in part:
                    self.of[line.row] = RowKind.CONTINUED
            self.of[record.first.row] = RowKind.TASK
        skipped = {(s.row, s.text): s.why for s in body.skipped}
        for row in rows:
            if row in self.of or not matrix.own(row):
                continue
            why = known.get(row) or skipped.get((matrix.grid.numbers[row], matrix.words(row)), "")
            if why == REPEATED_HEADER:
                self.of[row], self.reasons[row] = RowKind.HEADER, why
            elif why:
                self.skip(row, why)
            else:
                self.of[row] = RowKind.SECTION

    def shape(self, matrix: Matrix, tables: Sequence[TableShape]) -> SheetShape:
        """Return the shape of the whole sheet."""
        rest = RowKind.BLANK if tables else RowKind.UNREAD
        kinds = tuple(
            self.of.get(row, rest if matrix.own(row) else RowKind.BLANK)
            for row in range(matrix.height)
        )
        return SheetShape(matrix.grid.sheet, kinds, self.reasons, tuple(tables))


def table_shape(matrix: Matrix, header: Header, layout: Layout, rows: Sequence[int]) -> TableShape:
    """Return how a table was read, with what is doubtful in it."""
    numbers = matrix.grid.numbers
    fields = fields_of(layout, matrix.width)
    return TableShape(
        SheetMapping(matrix.grid.sheet, numbers[header.top], numbers[header.bottom], fields),
        printed_headings(header.columns),
        known_headings(header.columns),
        () if header.fields else _doubts(matrix, header, layout, rows),
        header.is_remembered,
    )


def joined_shapes(shapes: Iterable[TableShape]) -> list[TableShape]:
    """Return one shape for each header: tables side by side are told from one row of headings."""
    joined: dict[tuple[int, int], TableShape] = {}
    for shape in shapes:
        place = shape.mapping.top, shape.mapping.bottom
        joined[place] = _both(joined[place], shape) if place in joined else shape
    return list(joined.values())


def _both(left: TableShape, right: TableShape) -> TableShape:
    pairs = zip(left.mapping.fields, right.mapping.fields, strict=True)
    fields = tuple(b if a == EXTRA else a for a, b in pairs)
    return replace(
        left,
        mapping=replace(left.mapping, fields=fields),
        printed=_either(left.printed, right.printed),
        headings=_either(left.headings, right.headings),
        doubts=(*left.doubts, *right.doubts),
    )


def _either(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a or b for a, b in zip_longest(one, other, fillvalue=""))


def _doubts(matrix: Matrix, header: Header, layout: Layout, rows: Sequence[int]) -> tuple[str, ...]:
    """Return what the headings alone do not settle."""
    by_place = {column.index: column for column in header.columns}
    doubts = []
    task = by_place[layout.task]
    label = layout.labels
    if task.field != TASK:
        doubts.append(f"没有认出任务一栏，暂以“{label[task.index]}”一栏为任务")
    elif task.heading and not task.heading.exact:
        doubts.append(f"“{label[task.index]}”一栏大概是任务，请核对")
    fewest = max(_FEWEST, len(_with_words(matrix, rows, layout.task)) // 2)
    twins: dict[int, list[str]] = {}
    for index in layout.extra:
        column = by_place[index]
        twin = _twin(column, layout)
        if twin is not None:
            twins.setdefault(twin, []).append(f"“{label[index]}”")
        elif column.heading is None and len(_with_words(matrix, rows, index)) >= fewest:
            doubts.append(f"没有认出“{label[index]}”一栏，暂另存一栏")
    for twin, like in twins.items():
        named = "".join(like[:_MOST_NAMED])
        named += f"等 {len(like)} 栏" if len(like) > _MOST_NAMED else ""
        doubts.append(f"{named}与“{label[twin]}”一栏相似，只取了“{label[twin]}”，别的另存一栏")
    return tuple(doubts)


def _twin(column: Column, layout: Layout) -> int | None:
    """Return the column that gives what this one seems to give too."""
    if column.field == TASK:
        return layout.task
    return layout.single.get(column.field) if column.field in SINGLE else None


def _with_words(matrix: Matrix, rows: Sequence[int], column: int) -> list[int]:
    """Return the rows that say something in words in a column; figures alone are none."""
    return [row for row in rows if _WORDS.search(matrix.pieces[row][column].text)]


def shapes_at(grids: Sequence[Grid], mappings: Sequence[SheetMapping]) -> tuple[SheetShape, ...]:
    """Return the sheets with the headers the clerk has shown, before a table can be read.

    Args:
        grids: the sheets.
        mappings: headers with what their columns stand for; where that is not said, it is
            guessed from the headings.
    """
    return tuple(
        _shape_at(grid, [m for m in mappings if m.sheet == grid.sheet and not m.is_left_out])
        for grid in grids
    )


def _shape_at(grid: Grid, mappings: Sequence[SheetMapping]) -> SheetShape:
    places = {number: row for row, number in enumerate(grid.numbers) if number}
    there = [m for m in mappings if places.get(m.top, 1) <= places.get(m.bottom, 0)]
    if not there:
        return unread(grid)
    matrix = Matrix.of(grid)
    kinds = Kinds()
    tables = []
    for mapping in there:
        top, bottom = places[mapping.top], places[mapping.bottom]
        kinds.add_header(top, bottom, ())
        columns = columns_between(matrix, top, bottom)
        fields = mapping.fields or _guessed(columns, matrix, range(bottom + 1, matrix.height))
        tables.append(
            TableShape(
                replace(mapping, fields=fields), printed_headings(columns), known_headings(columns)
            )
        )
    kinds.of |= {row: RowKind.UNREAD for row in range(matrix.height) if row not in kinds.of}
    return kinds.shape(matrix, tables)


def _guessed(columns: tuple[Column, ...], matrix: Matrix, rows: range) -> tuple[str, ...]:
    """Return what the headings say; a second column for what one can give is kept apart."""
    if has_task(columns):
        return fields_of(layout_of(columns, matrix, rows), matrix.width)
    fields: list[str] = []
    for column in columns:
        known = column.field in COLUMN_WORDS
        taken = column.field in SINGLE and column.field in fields
        fields.append(column.field if known and not taken else EXTRA)
    return tuple(fields)


def unread(grid: Grid) -> SheetShape:
    """Return the shape of a sheet that the clerk leaves out."""
    return SheetShape(grid.sheet, (RowKind.UNREAD,) * len(grid.rows))


def mapping_warnings(
    matrix: Matrix, header: Header, layout: Layout, rows: Sequence[int]
) -> Iterator[str]:
    """Yield what came of the clerk's choice of columns, now or earlier."""
    where = f"工作表“{matrix.grid.sheet}”" if matrix.grid.sheet else ""
    if header.is_remembered:
        yield f"{where}按上次确认的各栏读取"
    if layout.speakers:
        named = "、".join(f"“{layout.labels[at]}”" for at in layout.speakers[:_MOST_NAMED])
        more = f"等 {len(layout.speakers)} 栏" if len(layout.speakers) > _MOST_NAMED else ""
        yield f"{where}{named}{more}各读作这个单位的进展"
    ignored = [at for at in layout.ignored if any(matrix.pieces[row][at] for row in rows)]
    if ignored:
        named = "、".join(f"“{layout.labels[at]}”" for at in ignored)
        yield f"{where}按选择没有读取的栏：{named}"
