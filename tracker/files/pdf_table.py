"""Ruled tables of a PDF page → grids: cells by their borders, characters by where they stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from tracker.files.grid import EMPTY, Cell, Grid, Merge
from tracker.files.pdf_text import cell_text

_CLOSE = 2.5


@dataclass(frozen=True, slots=True)
class Found:
    """A table as drawn; places in points from the page's top left corner.

    Attributes:
        cells: left, top, right, bottom of each cell, and the characters in it.
    """

    top: float
    cells: tuple[tuple[tuple[float, float, float, float], tuple[dict[str, Any], ...]], ...]


def tables_of(
    page: Any, characters: list[dict[str, Any]]
) -> tuple[list[Found], list[dict[str, Any]]]:
    """Return the tables of a page, and the characters that stand in none of them.

    Args:
        page: of pdfplumber.
        characters: of the page.
    """
    found: list[Found] = []
    rest = characters
    for table in page.find_tables():
        boxes = [tuple(map(float, box)) for box in table.cells]
        inside: dict[int, list[dict[str, Any]]] = {}
        outside = []
        for char in rest:
            place = _place(char, boxes)
            if place is None:
                outside.append(char)
            else:
                inside.setdefault(place, []).append(char)
        if len(boxes) < 2 or len(inside) < 2:
            continue  # a frame around a text is no table
        cells = tuple((box, tuple(inside.get(place, ()))) for place, box in enumerate(boxes))
        found.append(Found(float(table.bbox[1]), cells))  # type: ignore[arg-type]
        rest = outside
    return found, rest


def _place(char: dict[str, Any], boxes: list[tuple[float, ...]]) -> int | None:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    for place, (left, top, right, bottom) in enumerate(boxes):
        if left <= x <= right and top <= y <= bottom:
            return place
    return None


def grid_of(table: Found, name: str) -> Grid:
    """Return the grid of a table; a cell over several rows or columns is a merged one."""
    columns = _edges([box[0] for box, _ in table.cells])
    rows = _edges([box[1] for box, _ in table.cells])
    cells: list[list[Cell]] = [[EMPTY] * len(columns) for _ in rows]
    merges = []
    for (left, top, right, bottom), characters in table.cells:
        first_row, first_column = _index(rows, top), _index(columns, left)
        last_row = _index(rows, bottom - 2 * _CLOSE)
        last_column = _index(columns, right - 2 * _CLOSE)
        cells[first_row][first_column] = Cell(cell_text(characters, left, right))
        if last_row > first_row or last_column > first_column:
            merges.append(Merge(first_row, first_column, last_row, last_column))
    return Grid(
        name,
        tuple(map(tuple, cells)),
        tuple(range(1, len(rows) + 1)),
        tuple(sorted(merges, key=_corner)),
    )


def _corner(merge: Merge) -> tuple[int, int]:
    return merge.top, merge.left


def _edges(places: list[float]) -> list[float]:
    """Return the distinct edges; lines a hair apart are one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _CLOSE:
            edges.append(place)
    return edges


def _index(edges: list[float], place: float) -> int:
    return max(bisect_right(edges, place + _CLOSE) - 1, 0)
