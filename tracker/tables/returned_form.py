"""A form of ours that came back as it was sent, only filled in: read without asking what is what.

Most returned files are such forms. Whatever is not exactly one is left to `read_table`, which
reads tables of any layout and takes several times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.domain.form import FIXED, OPEN
from tracker.domain.mapping import RowKind, SheetMapping, SheetShape, TableShape
from tracker.domain.table import Origin, Table, TableRow
from tracker.tables.cells import squeezed
from tracker.tables.matrix import Piece
from tracker.tables.returned_cells import FIXED_BY_HEADING, OPEN_BY_HEADING
from tracker.tables.returned_words import SIGNED
from tracker.tables.values import percent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.files.grid import Cell, Grid
    from tracker.files.source import Source

_HEADINGS = (*FIXED.values(), *OPEN.values())
_SQUEEZED = [squeezed(heading) for heading in _HEADINGS]
_FIELDS = (
    "number", "extra", "task", "extra", "deadline", "previous",
    "progress", "status", "percent", "problems", "next_steps",
)  # fmt: skip
"""What our columns stand for, as `read_table` says it: the code is what tells a task."""
_CODE = re.compile(r"\d+-\d{3,}")
_MOST_ABOVE = 15
"""A form's headings stand in one of so many rows from the top."""
_FORM_HEADINGS = 4
"""A table with so many of our form's headings is our form."""
_FEWEST_HEADINGS = 3


def read_form(source: Source, is_label: Callable[[str], bool]) -> Table | None:
    """Return the table of a form that stands as it was sent; None where anything is otherwise.

    Args:
        source: a file with our stamp.
        is_label: tells whether a text is one that our form prints beside its table.
    """
    if len(source.grids) != 1 or source.flow.tables:
        return None
    grid = source.grids[0]
    top = _top(grid)
    if top is None or grid.hidden:
        return None
    body = range(top + 1, len(grid.rows))
    end = next((at for at in body if not _CODE.fullmatch(_text(grid, at, 0))), len(grid.rows))
    if any(merge.bottom > top and merge.top < end for merge in grid.merges):
        return None
    rows = [_row(grid, at) for at in range(top + 1, end)]
    whole = [row for row in rows if row is not None]
    if not whole or len(whole) < len(rows):
        return None
    above = all(map(is_label, _texts(grid.rows[:top])))
    below = [list(_texts((row,))) for row in grid.rows[end:]]
    if not above or not all(_is_signature(texts) for texts in below):
        return None
    kept = zip(_FIELDS, _HEADINGS, strict=True)
    columns = {field: heading for field, heading in kept if field not in ("extra", "previous")}
    return Table(columns=columns, rows=tuple(whole), shapes=(_shape(grid, top, end),))


def _top(grid: Grid) -> int | None:
    """Return the row of our headings, all of them in their order."""
    for at, row in enumerate(grid.rows[:_MOST_ABOVE]):
        if [squeezed(cell.text) for cell in row if cell.text] == _SQUEEZED:
            return at if len(row) == len(_SQUEEZED) else None
    return None


def _texts(rows: Sequence[Sequence[Cell]]) -> list[str]:
    return [cell.text for row in rows for cell in row if cell.text and not cell.text.isspace()]


def _is_signature(texts: Sequence[str]) -> bool:
    return not texts or any(SIGNED.match(text) for text in texts)


def _text(grid: Grid, row: int, column: int) -> str:
    cells = grid.rows[row]
    return cells[column].text.strip() if column < len(cells) else ""


def _row(grid: Grid, at: int) -> TableRow | None:
    """Return a row as `read_table` would; None where that needs a closer look."""
    cells = grid.rows[at]
    texts = [cell.text.strip() for cell in cells] + [""] * (len(_FIELDS) - len(cells))
    if len(texts) > len(_FIELDS) or any("<" in text or "&" in text for text in texts):
        return None
    code, number, task, role, _, before, progress, state, share, problems, next_steps = texts
    percent = percent_of(Piece(share, (at, _FIELDS.index("percent"))))
    if not task or (share and percent is None) or "续" in number:
        return None
    named = ((FIXED["number"], number), (FIXED["role"], role))
    return TableRow(
        task=task,
        number=code,
        status_text=state,
        percent=percent,
        progress=progress,
        problems=problems,
        next_steps=next_steps,
        rounds=((FIXED["before"], before),) if before else (),
        extra=tuple((heading, text) for heading, text in named if text),
        origin=Origin(grid.sheet, grid.numbers[at], 0),
    )


def _shape(grid: Grid, top: int, end: int) -> SheetShape:
    kinds = [RowKind.TITLE] * top + [RowKind.HEADER] + [RowKind.TASK] * (end - top - 1)
    kinds += [RowKind.SKIPPED] * (len(grid.rows) - end)
    reasons = dict.fromkeys(range(end, len(grid.rows)), "落款签字")
    mapping = SheetMapping(grid.sheet, grid.numbers[top], grid.numbers[top], _FIELDS)
    return SheetShape(grid.sheet, tuple(kinds), reasons, (TableShape(mapping, _HEADINGS),))


def is_our_form(table: Table) -> bool:
    """Tell whether a table has the headings of our form."""
    headings = {squeezed(heading) for heading in table.columns.values()}
    headings |= {squeezed(h) for row in table.rows[:1] for h, _ in (*row.extra, *row.rounds)}
    ours = headings & (FIXED_BY_HEADING.keys() | OPEN_BY_HEADING.keys())
    return len(ours) >= _FORM_HEADINGS


def mappings_by_code(source: Source) -> tuple[SheetMapping, ...]:
    """Say how to read a form of ours whose column of tasks was deleted: codes stand for them."""
    found = (_mapping_by_code(grid) for grid in source.grids)
    return tuple(mapping for mapping in found if mapping is not None)


def _mapping_by_code(grid: Grid) -> SheetMapping | None:
    for at, row in enumerate(grid.rows[:_MOST_ABOVE]):
        headings = [squeezed(cell.text) for cell in row]
        fields = [FIXED_BY_HEADING.get(h) or OPEN_BY_HEADING.get(h, "") for h in headings]
        if sum(map(bool, fields)) < _FEWEST_HEADINGS:
            continue
        key = next((f for f in ("code", "number") if f in fields), "")
        if not key or "task" in fields or not any(f in OPEN for f in fields):
            return None
        once = [f if fields.index(f) == place else "" for place, f in enumerate(fields)]
        named = tuple("task" if f == key else _column(f) for f in once)
        return SheetMapping(grid.sheet, grid.numbers[at], grid.numbers[at], named)
    return None


def _column(name: str) -> str:
    renamed = {"state": "status", "before": "previous", "code": "extra", "role": "extra"}
    return renamed.get(name, name) or "extra"
