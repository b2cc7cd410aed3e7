"""A large chart cut into tiles that are glued together: cut marks, overlap, and where each goes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tracker.printing.canvas import Sheet
from tracker.printing.looks import PAPER_LOOK
from tracker.printing.pdf import MM, Paper
from tracker.printing.texts import Face

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGE_MM = 9.0
"""Kept free on every side of a tile: printers print no farther, and the marks stand there."""
OVERLAP_MM = 10.0
"""So much of a tile is printed on the next one too: there they are glued."""
_MARK = 5.0 * MM
_LETTERS = 12.0
_SLACK = 0.5


@dataclass(frozen=True, slots=True)
class Tiling:
    """How a large chart is cut.

    Attributes:
        across, down: how many tiles stand beside and under each other.
        tile_width, tile_height: one sheet of the printer, in 1/96 inch.
    """

    across: int
    down: int
    tile_width: float
    tile_height: float

    @classmethod
    def of(cls, paper: str, tile: str, *, upright: bool) -> Tiling:
        """Return the tiles that make a chart of about the size of a paper.

        The paper is halved again and again, so that A1 is eight A4; edges and overlaps make the
        chart a little smaller than its name.
        """
        width, height = Paper(paper).unit_size()
        if upright:
            width, height = height, width
        long, short = Paper(tile).unit_size()
        across = down = 1
        while width * height > long * short * 1.5:
            if width >= height:
                width, across = width / 2, across * 2
            else:
                height, down = height / 2, down * 2
        lies = width >= height
        return cls(across, down, *((long, short) if lies else (short, long)))

    @property
    def inner(self) -> tuple[float, float]:
        """Width and height of what is printed on one tile."""
        edge = 2 * EDGE_MM * MM
        return self.tile_width - edge, self.tile_height - edge

    @property
    def step(self) -> tuple[float, float]:
        """How far the next tile's picture begins from this one's."""
        width, height = self.inner
        return width - OVERLAP_MM * MM, height - OVERLAP_MM * MM

    @property
    def width(self) -> float:
        """How wide the chart is when glued."""
        return self.step[0] * self.across + OVERLAP_MM * MM

    @property
    def height(self) -> float:
        """How high the chart is when glued."""
        return self.step[1] * self.down + OVERLAP_MM * MM

    def rows_for(self, used: float) -> int:
        """Return how many rows of tiles hold a chart of which so much is drawn on."""
        rows = ceil((used - OVERLAP_MM * MM - _SLACK) / self.step[1])
        return max(1, min(self.down, rows))


def tile_sheets(title: str, posters: Sequence[Sheet], tiling: Tiling) -> list[Sheet]:
    """Return the tiles of large charts, row by row; rows that hold nothing are left out."""
    sheets = []
    for number, poster in enumerate(posters, 1):
        rows = tiling.rows_for(poster.used)
        which = f"　第{number}幅" if len(posters) > 1 else ""
        for row in range(rows):
            for column in range(tiling.across):
                words = f"{title}{which}　第 {row + 1} 行第 {column + 1} 列"
                words += f"（共 {rows} 行 {tiling.across} 列）"
                tile = _Tile(poster, tiling, row, column, rows, words)
                sheets.append(
                    Sheet(tiling.tile_width, tiling.tile_height, partial(_draw_tile, tile=tile))
                )
    return sheets


@dataclass(frozen=True, slots=True)
class _Tile:
    poster: Sheet
    tiling: Tiling
    row: int
    column: int
    rows: int
    words: str


def _draw_tile(painter: QPainter, *, tile: _Tile) -> None:
    tiling, edge = tile.tiling, EDGE_MM * MM
    (width, height), (right, down) = tiling.inner, tiling.step
    box = QRectF(edge, edge, width, height)
    painter.save()
    painter.setClipRect(box)
    painter.translate(edge - tile.column * right, edge - tile.row * down)
    tile.poster.draw(painter)
    painter.restore()
    _draw_marks(painter, tile, box)
    face = Face(PAPER_LOOK.font(_LETTERS / PAPER_LOOK.size))
    below = QRectF(edge, box.bottom() + _MARK * 0.2, width - _MARK, face.line_height)
    words = tile.words + _how_to_glue(tile)
    face.draw(painter, below, words, QColor(PAPER_LOOK.text))


def _how_to_glue(tile: _Tile) -> str:
    if tile.column or tile.row:
        sides = "、".join(("左",) * bool(tile.column) + ("上",) * bool(tile.row))
        return f"　沿角线裁去{sides}边，压在前一张虚线内粘贴"
    return "　虚线以外为粘贴处"


def _draw_marks(painter: QPainter, tile: _Tile, box: QRectF) -> None:
    """Draw the corners to cut along, and in the edges where the next tile is laid over."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(PAPER_LOOK.text), 0.8))
    lines = []
    for x, outward in ((box.left(), -1), (box.right(), 1)):
        lines += [QLineF(x, y, x + outward * _MARK, y) for y in (box.top(), box.bottom())]
    for y, outward in ((box.top(), -1), (box.bottom(), 1)):
        lines += [QLineF(x, y, x, y + outward * _MARK) for x in (box.left(), box.right())]
    painter.drawLines(lines)
    pen = QPen(QColor(PAPER_LOOK.quiet), 0.8, Qt.PenStyle.DashLine)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    overlap = OVERLAP_MM * MM
    if tile.column < tile.tiling.across - 1:
        x = box.right() - overlap
        painter.drawLine(QPointF(x, box.top() - _MARK), QPointF(x, box.top()))
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + _MARK))
    if tile.row < tile.rows - 1:
        y = box.bottom() - overlap
        painter.drawLine(QPointF(box.left() - _MARK, y), QPointF(box.left(), y))
        painter.drawLine(QPointF(box.right(), y), QPointF(box.right() + _MARK, y))
