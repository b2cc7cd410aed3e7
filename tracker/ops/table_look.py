"""A first look at a table, for the page that shows its header and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.files.grid import Cell as _Cell
from tracker.files.grid import Grid as _Grid
from tracker.ops.table_memory import list_remembered
from tracker.tables.pipeline import read_table, sheets_of
from tracker.tables.shapes import shapes_at

if TYPE_CHECKING:
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.domain.mapping import SheetMapping, SheetShape
    from tracker.domain.table import Table
    from tracker.files.source import Source
    from tracker.ops.office import Office

Sheet = _Grid
"""A sheet of a file: cells, rows as the file counts them, merged areas."""

Cell = _Cell
"""A cell of a sheet."""

_FEWEST_ROWS = 2
_FEWEST_CELLS = 2


@dataclass(frozen=True, slots=True)
class Look:
    """What a table looks like before it is compared with anything.

    Attributes:
        sheets: the sheets with their cells.
        shapes: for each sheet its headers and what its rows were taken for.
        table: what was read; None where it cannot be read yet.
        problem: why it cannot.
    """

    sheets: tuple[Sheet, ...]
    shapes: tuple[SheetShape, ...]
    table: Table | None
    problem: UserError | None = None

    @property
    def may_hold_table(self) -> bool:
        """Whether some sheet has rows with several cells, in which the clerk may show a header."""
        return any(
            sum(sum(bool(c.text.strip()) for c in row) >= _FEWEST_CELLS for row in sheet.rows)
            >= _FEWEST_ROWS
            for sheet in self.sheets
        )


def look_at(
    source: Source,
    date: date | None = None,
    mappings: tuple[SheetMapping, ...] = (),
    *,
    office: Office | None = None,
    use_memory: bool = True,
    progress: Progress | None = None,
) -> Look:
    """Read a table as the clerk says; where that is not possible yet, say why.

    Args:
        source: the file as read.
        date: the table's own date.
        mappings: headers and columns as the clerk said; a header without fields gets those that
            its headings suggest.
        office: knows how tables were read that were confirmed earlier.
        use_memory: read a table with headings once confirmed as it was read then.
        progress: told how far the reading is; may cancel it.
    """
    sheets = sheets_of(source)
    remembered = list_remembered(office) if office is not None and use_memory else ()
    try:
        table = read_table(
            source, date=date, mappings=mappings, remembered=remembered, progress=progress
        )
    except UserError as problem:
        return Look(sheets, shapes_at(sheets, mappings), None, problem)
    return Look(sheets, table.shapes, table)
