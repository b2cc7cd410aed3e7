"""How the wall chart was laid out last, kept as a line of text."""

from __future__ import annotations

from tracker.domain.wall_chart import (
    NO_WALL_WISHES,
    PAPERS,
    TILES,
    WallColumn,
    WallWishes,
)

_USUAL_PAPER = "A3"
_PARTS = 5


def written(paper: str, wishes: WallWishes) -> str:
    """Return a paper and a layout as text."""
    flags = ["1" if flag else "0" for flag in (wishes.upright, wishes.fit)]
    return "|".join((paper, *flags, wishes.tiles, ",".join(wishes.columns)))


def read(kept: str) -> tuple[str, WallWishes]:
    """Return what was kept; the usual where it is nothing or was written by another version."""
    parts = kept.split("|")
    if len(parts) != _PARTS or parts[0] not in PAPERS:
        return _USUAL_PAPER, NO_WALL_WISHES
    paper, upright, fit, tiles, names = parts
    columns = tuple(column for column in WallColumn if column.value in names.split(","))
    if WallColumn.TASK not in columns:
        return paper, NO_WALL_WISHES
    return paper, WallWishes(columns, upright == "1", fit == "1", tiles if tiles in TILES else "")
