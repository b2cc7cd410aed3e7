"""From a read file to the progress table in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tracker.base.collecting import uncollected
from tracker.domain.table import Origin, Skipped, Table
from tracker.tables.build import RowBuilder
from tracker.tables.documents import prepared_tables
from tracker.tables.guessing import guess_warnings
from tracker.tables.joining import Joined
from tracker.tables.layout import Layout, layout_by, layout_of
from tracker.tables.mapping import finder, left_out_warnings, wanted_tables
from tracker.tables.matrix import Matrix
from tracker.tables.notices import is_meta, notice
from tracker.tables.parts import Part, parts_of, skipped_above, why_above
from tracker.tables.problems import no_sheet, no_table, no_table_in
from tracker.tables.readings import Readings
from tracker.tables.rows import UNPLACED, Body, read_body
from tracker.tables.sewing import sewn
from tracker.tables.shapes import (
    Kinds,
    joined_shapes,
    mapping_warnings,
    table_shape,
    unread,
)
from tracker.tables.title import stated_date, years_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.base.progress import Progress
    from tracker.domain.mapping import Remembered, SheetMapping, SheetShape, TableShape
    from tracker.domain.table import TableRow
    from tracker.files.grid import Grid
    from tracker.files.source import Source

_SIGNED = ("落款日期", "落款签字")
_MOST_SHOWN = 5
_STEP_ROWS = 200


@uncollected()
def read_table(
    source: Source,
    *,
    date: date | None = None,
    sheet: str | None = None,
    mappings: Sequence[SheetMapping] = (),
    remembered: Sequence[Remembered] = (),
    progress: Progress | None = None,
) -> Table:
    """Read the progress table of a file.

    Args:
        source: the file as read.
        date: the table's own date, where the user gives one; years are taken from it.
        sheet: read this sheet only.
        mappings: where the clerk says the headers stand and what the columns stand for; a sheet
            that is not among them is read by its own words.
        remembered: how tables were read that the clerk confirmed earlier; used where the
            headings are the same.
        progress: told now and then how far it is; may cancel it.

    Raises:
        NoTable: there is no table in the file, or no column holds its tasks.
        UserError: there is no such sheet, or a mapping does not fit it.
        Cancelled: the user asked to stop.
    """
    every, remarks = _tables(source, sheet)
    tables = wanted_tables(every, mappings)
    pace = _Pace(progress, sum(len(table.grid.rows) for table in tables))
    found = [_Found.of(table, mappings, remembered, pace) for table in tables]
    parts = [part for each in found for part in each.parts]
    if not parts:
        raise no_table(source)
    warnings = [*source.warnings]
    warnings += (no_table_in(e.matrix.grid) for e in found if not e.parts and _has_words(e.matrix))
    warnings += remarks
    date = date or _own_date(parts)
    title, readings = _title_of(parts), Readings()
    for each in found:
        for part in each.parts:
            each.results.append(_read_part(part, date, title, readings, pace))
    read = [result for each in found for result in each.results]
    for result in read:
        warnings += result.warnings
    rows = tuple(row for result in read for row in result.rows)
    if not rows:
        warnings.append("找到了表头，但表头下面没有任务")
    return Table(
        title=title,
        columns=_columns(read),
        date=date,
        rows=rows,
        skipped=(
            *(skipped for each in found for skipped in skipped_above(each.parts[:1], title)),
            *(skipped for result in read for skipped in result.skipped),
        ),
        warnings=tuple(dict.fromkeys((*warnings, *left_out_warnings(every, tables)))),
        shapes=_shapes(every, found),
    )


def sheets_of(source: Source) -> tuple[Grid, ...]:
    """Return the sheets of a file as `read_table` sees them, the pieces of a table joined."""
    return tuple(table.grid for table in _tables(source, None)[0])


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet with its tables and what was read of them."""

    matrix: Matrix
    parts: list[Part]
    results: list[_Result] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        table: Joined,
        mappings: Sequence[SheetMapping],
        remembered: Sequence[Remembered],
        pace: _Pace,
    ) -> _Found:
        """Find the tables of a sheet."""
        matrix = Matrix.of(table.grid, table.lines)
        given = [mapping for mapping in mappings if mapping.sheet == table.grid.sheet]
        return cls(matrix, parts_of(matrix, finder(matrix, given or None, remembered), pace.step))

    def shape(self) -> SheetShape:
        """Return what each row was taken for."""
        kinds = Kinds()
        for part in self.parts:
            kinds.add_header(part.header.top, part.header.bottom, part.above.rows)
        for row, why in self._above():
            kinds.skip(row, why)
        for part, result in zip(self.parts, self.results, strict=True):
            kinds.add_body(part.matrix, part.rows, part.known, result.body)
        return kinds.shape(self.matrix, joined_shapes(result.shape for result in self.results))

    def _above(self) -> Iterable[tuple[int, str]]:
        """Yield the rows above the first table that are none of its title, with the reason."""
        for part in self.parts[:1]:
            for row in range(part.header.top):
                if self.matrix.own(row) and row not in part.above.rows:
                    yield row, why_above(self.matrix, row)


def _shapes(every: list[Joined], found: list[_Found]) -> tuple[SheetShape, ...]:
    read = {id(each.matrix.grid): each.shape() for each in found}
    return tuple(read.get(id(table.grid)) or unread(table.grid) for table in every)


class _Pace:
    """Tells how far the reading is: each row of the file is looked at three times."""

    def __init__(self, progress: Progress | None, rows: int) -> None:
        self._progress = progress
        self._total = 3 * rows
        self._done = 0

    def step(self, _row: int) -> None:
        """Count one row; the user may stop here."""
        if self._progress is not None and self._done % _STEP_ROWS == 0:
            self._progress.step("正在读出表格", self._done, self._total)
        self._done += 1


def _tables(source: Source, sheet: str | None) -> tuple[list[Joined], list[str]]:
    """Return the grids to read, with what was mended in them."""
    if source.flow.tables:
        ready = prepared_tables(source)
        tables = [table for table in ready.tables if sheet is None or sheet in table.names]
        if not tables and sheet is not None:
            raise no_sheet(source, sheet)
        told = [f"表格之外还有 {ready.unused} 段文字，没有作为表格读取"] if ready.unused else []
    else:
        tables, told = [_mended(source, grid) for grid in _chosen(source, sheet)], []
    return tables, [*(remark for table in tables for remark in table.remarks), *told]


def _mended(source: Source, grid: Grid) -> Joined:
    """Sew the rows of a text that line breaks have torn; sheets keep their cells whole."""
    if source.kind != "text":
        return Joined(grid, (grid.sheet,))
    mended, remarks = sewn(Matrix.of(grid, _prose_lines(source, grid)))
    return Joined(mended, (grid.sheet,), _prose_lines(source, mended), remarks)


def _chosen(source: Source, sheet: str | None) -> tuple[Grid, ...]:
    if sheet is None:
        return source.grids
    chosen = tuple(grid for grid in source.grids if grid.sheet == sheet)
    if not chosen:
        raise no_sheet(source, sheet)
    return chosen


def _has_words(matrix: Matrix) -> bool:
    return any(matrix.filled)


def _prose_lines(source: Source, grid: Grid) -> frozenset[int]:
    """Return the rows of a text that are lines of prose: no tab and no bar cuts them."""
    if source.kind != "text":
        return frozenset()
    lines = source.flow.text.split("\n")
    return frozenset(
        row
        for row, number in enumerate(grid.numbers)
        if len(grid.rows[row]) <= 1
        and not (number <= len(lines) and ("\t" in lines[number - 1] or "|" in lines[number - 1]))
    )


def _title_of(parts: list[Part]) -> str:
    return next((part.above.title for part in parts if part.above.title), "")


def _own_date(parts: list[Part]) -> date | None:
    """Return the date the table states: its own, else that of a line below, else 截至."""
    own = next((part.above.own_date for part in parts if part.above.own_date), None)
    return own or _date_below(parts) or next((p.above.up_to for p in parts if p.above.up_to), None)


def _date_below(parts: list[Part]) -> date | None:
    """Return the date of the signature below the last row."""
    last = [part for part in parts if part.rows == parts[-1].rows]
    for row in reversed(parts[-1].rows):
        own = next((own for part in last if (own := part.matrix.own(row))), ())
        if own and (is_meta(own[0].text) or notice(own[0].text) in _SIGNED):
            day = next(filter(None, (stated_date(piece.text) for piece in own)), None)
            if day:
                return day
    return None


@dataclass(frozen=True, slots=True)
class _Result:
    layout: Layout
    body: Body
    shape: TableShape
    rows: tuple[TableRow, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]


def _read_part(
    part: Part, day: date | None, title: str, readings: Readings, pace: _Pace
) -> _Result:
    matrix = part.matrix
    body_rows = [row for row in part.rows if row not in part.known]
    header = part.header
    if header.fields:
        layout = layout_by(header.fields, header.columns, matrix, body_rows)
    else:
        layout = layout_of(header.columns, matrix, body_rows)
    body = read_body(matrix, layout, part.rows, part.known, pace.step)
    reference = day or _year_alone(matrix, layout, body_rows, part.above.title or title)
    sheet = matrix.grid.sheet
    rows = []
    for record in body.records:
        pace.step(record.first.row)
        builder = RowBuilder(record, layout, reference, readings)
        origin = Origin(sheet, matrix.grid.numbers[record.first.row], part.left)
        rows.append(builder.build(origin))
    shape = table_shape(matrix, header, layout, body_rows)
    guessed = () if header.fields else guess_warnings(header.columns)
    choice = mapping_warnings(matrix, header, layout, body_rows)
    warnings = (*_warnings(matrix, body), *guessed, *choice)
    return _Result(layout, body, shape, tuple(rows), tuple(body.skipped), warnings)


def _year_alone(matrix: Matrix, layout: Layout, rows: list[int], title: str) -> date | None:
    """Return the first day of the year in the title, else of the only year among the deadlines."""
    column = layout.single.get("deadline")
    texts = [matrix.pieces[row][column].text for row in rows] if column is not None else []
    for years in (years_in([title]), years_in(set(texts))):
        if len(years) == 1:
            return date(min(years), 1, 1)
    return None


def _warnings(matrix: Matrix, body: Body) -> Iterable[str]:
    where = f"工作表“{matrix.grid.sheet}”" if matrix.grid.sheet else ""
    hidden = [r.first.row for r in body.records if r.first.row in matrix.grid.hidden]
    if hidden:
        yield f"{where}有 {len(hidden)} 项任务在隐藏的行里，已一并读入"
    if body.unplaced:
        shown = "；".join(body.unplaced[:_MOST_SHOWN])
        more = f"等 {len(body.unplaced)} 处" if len(body.unplaced) > _MOST_SHOWN else ""
        yield f"{where}{UNPLACED}：{shown}{more}"


def _columns(read: list[_Result]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for result in read:
        for name, heading in result.layout.names.items():
            columns.setdefault(name, heading)
    return dict(sorted(columns.items(), key=lambda item: _ORDER.index(item[0])))


_ORDER = (
    "number", "section", "task", "lead", "responsible", "cooperating", "guiding", "persons",
    "deadline", "status", "percent", "progress", "problems", "next_steps", "note",
)  # fmt: skip
