"""The wall chart (挂图): title, legend and header on every sheet, every word of a task whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.wall_chart import NO_WALL_WISHES
from tracker.printing.canvas import Sheet
from tracker.printing.looks import PAPER_LOOK
from tracker.printing.wall_layout import WallLayout
from tracker.printing.wall_tiles import Tiling, tile_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.base.progress import Progress
    from tracker.domain.wall_chart import WallWishes
    from tracker.printing.gantt_rows import Axis, GanttRows
    from tracker.printing.pdf import Paper

    MakeAxis = Callable[[int, float, float, float], Axis]

LEAST_SIZE = 9.0
"""The smallest letters on paper, in 1/96 inch: 6.75 points, a little above 小六号."""
_LARGEST = 1.6
"""How much larger than usual letters may grow to fill a sheet."""
_POINTS = 72 / 96
_FINEST = 0.35
"""So far a picture may be made smaller than a screen shows it, to fit into one PNG."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A chart that was laid out.

    Attributes:
        points: how large the letters are.
        posters: how many charts it takes to hold everything.
        tiling: how each of them is cut into the sheets; None where it is one sheet itself.
    """

    sheets: Sequence[Sheet]
    points: float
    posters: int
    tiling: Tiling | None = None


@dataclass(frozen=True, slots=True)
class GanttDrawing:
    """The wall chart of the deadline view.

    Attributes:
        make_axis: gives the time above the bars from first day, width, width of a day, text size.
        paper: a picture of one piece (PNG, SVG) is as wide as this paper.
        wishes: how it is laid out.
        progress: told while it is laid out and drawn.
    """

    title: str
    rows: GanttRows
    make_axis: MakeAxis
    paper: str = "A3"
    wishes: WallWishes = NO_WALL_WISHES
    progress: Progress | None = None

    def whole(self) -> Sheet:
        """Return everything on one surface: as wide as the paper, as high as it takes."""
        from tracker.printing.pdf import Paper

        paper = Paper(self.paper)
        width, height = self._sheet(paper)
        layout = self._layout(paper, width, height)
        (page,) = layout.pages(float("inf"))
        total = layout.head_height + page.height + 2 * layout.margin
        least = min(1.0, max(_FINEST, LEAST_SIZE / layout.size))
        return Sheet(width, total, partial(layout.draw, page=page), least)

    def pages(self, paper: Paper) -> Sequence[Sheet]:
        """Return it on sheets of that paper, or on the tiles it is glued together from."""
        return self.laid_out(paper).sheets

    def laid_out(self, paper: Paper) -> LaidOut:
        """Return the sheets, as `pages` does, with what is to be said of them."""
        tiling = self.tiling(paper)
        if tiling is None:
            posters, points = self._posters(paper, *self._sheet(paper))
            return LaidOut(posters, points, len(posters))
        posters, points = self._posters(paper, tiling.width, tiling.height, margin=0.0)
        return LaidOut(tile_sheets(self.title, posters, tiling), points, len(posters), tiling)

    def tiling(self, paper: Paper) -> Tiling | None:
        """Return how the chart is cut into tiles; None where whole sheets are printed."""
        tiles = self.wishes.tiles_for(paper.value)
        return Tiling.of(paper.value, tiles, upright=self.wishes.upright) if tiles else None

    def _sheet(self, paper: Paper) -> tuple[float, float]:
        width, height = paper.unit_size()
        return (height, width) if self.wishes.upright else (width, height)

    def _posters(
        self, paper: Paper, width: float, height: float, margin: float | None = None
    ) -> tuple[list[Sheet], float]:
        layout = self._layout(paper, width, height, margin)
        pages = layout.pages(height)
        count, unit = len(pages), "页" if margin is None else "幅"
        sheets = [
            Sheet(
                width,
                height,
                partial(
                    layout.draw, page=page, foot=f"第{number}{unit}　共{count}{unit}", height=height
                ),
                used=layout.used(page) if margin == 0.0 else 0.0,
            )
            for number, page in enumerate(pages, 1)
        ]
        return sheets, layout.size * _POINTS

    def _layout(
        self, paper: Paper, width: float, height: float, margin: float | None = None
    ) -> WallLayout:
        """Return the layout in letters of the size that the wishes ask for."""

        def made(size: float) -> WallLayout:
            return WallLayout(self, replace(PAPER_LOOK, size=size), width, margin)

        usual = paper.text_size
        if not self.wishes.fit:
            return made(usual)
        small, large = int(LEAST_SIZE), int(usual * _LARGEST)
        best = made(float(small))
        fewest = len(best.pages(height))
        while small < large:  # the largest letters under which no more sheets are needed
            middle = (small + large + 1) // 2
            tried = made(float(middle))
            if len(tried.pages(height)) <= fewest:
                small, best = middle, tried
            else:
                large = middle - 1
        return best
