"""The tables of a year: which columns they print, and how rounds stand in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.content import EXTRA
from tracker.reports.looks import (
    PIXELS_PER_MM,
    POINTS_PER_PIXEL,
    TALLEST_ROW,
    ColumnLook,
    load_layout,
)
from tracker.reports.measure import Ruler

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.domain.content import ContentRow
    from tracker.reports.looks import Layout

_YEAR, _UNITS, _UNIT = "year", "units_year", "unit_year"
_ROUNDS = "progress"
_TALLEST = TALLEST_ROW / 2
"""A row that takes more than half a page leaves much of the page before it empty."""
_WIDENED = ("extra.days", "units")
_LEFT_OUT = frozenset({"cooperating", "persons", "remark"})


def has_columns_by_round(entries: Sequence[Sequence[str]]) -> bool:
    """Return whether each round gets a column of its own in the 年度总表.

    There must be room for that many, and no row may get higher than one can be.

    Args:
        entries: for each task what each round says.
    """
    rounds = max(map(len, entries), default=0)
    layout = load_layout(_YEAR)
    pixels = next(c.pixels for c in layout.columns if c.field == _ROUNDS)
    least = float(load(f"layouts/{_YEAR}.toml")["rounds"]["least_mm"]) * PIXELS_PER_MM
    if not 0 < rounds <= pixels // least:
        return False
    look, ruler = layout.body, Ruler()
    pitch = ruler.pitch(look.font, look.sizes[0])
    room = layout.room(pixels // rounds * POINTS_PER_PIXEL, look.sizes[0])
    most = (_TALLEST - look.padding) // pitch
    return all(ruler.count_lines(words, room) <= most for said in entries for words in said)


def round_field(place: int) -> str:
    """Return the name of the further cell that holds the entry of a round."""
    return f"round{place}"


def year_layout(rows: Sequence[ContentRow], rounds: Sequence[str]) -> Layout:
    """Return the layout of the 年度总表.

    Args:
        rows: what it prints; columns that none of them fills are left out.
        rounds: the headings of the rounds, where each has a column of its own; else none.
    """
    layout = load_layout(_YEAR)
    empty = {field for field in _LEFT_OUT if not any(row.text(field) for row in rows)}
    spare = sum(column.pixels for column in layout.columns if column.field in empty)
    columns: list[ColumnLook] = []
    for column in layout.columns:
        if column.field == _ROUNDS:
            wide = replace(column, pixels=column.pixels + spare)
            columns += _by_round(wide, rounds) if rounds else [wide]
        elif column.field not in empty:
            columns.append(column)
    group = "section" if any(row.group for row in rows) else ""
    return replace(layout, columns=tuple(columns), group=group)


def _by_round(column: ColumnLook, rounds: Sequence[str]) -> Iterable[ColumnLook]:
    pixels = column.pixels // len(rounds)
    for place, heading in enumerate(rounds, 1):
        yield ColumnLook(f"{EXTRA}{round_field(place)}", heading, pixels, column.align)


def units_layout(rows: Sequence[ContentRow]) -> Layout:
    """Return the layout of the table of all units; columns without a figure are left out."""
    layout = load_layout(_UNITS)
    empty = {
        column.field
        for column in layout.columns
        if column.field.startswith(EXTRA)
        and not any(row.text(column.field).strip("0") for row in rows)
    }
    spare = sum(column.pixels for column in layout.columns if column.field in empty)
    wide = [field for field in _WIDENED if field not in empty]
    more = spare // len(wide)
    kept = (column for column in layout.columns if column.field not in empty)
    columns = (replace(c, pixels=c.pixels + more) if c.field in wide else c for c in kept)
    return replace(layout, columns=tuple(columns))


def unit_layout() -> Layout:
    """Return the layout of one unit's record, in groups."""
    return replace(load_layout(_UNIT), group="section")
