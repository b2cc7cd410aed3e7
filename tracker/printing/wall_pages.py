"""Which lines of the wall chart stand on which sheet: no line is cut, no heading stands alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.printing.gantt_rows import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.printing.gantt_rows import Heading

_FEWEST_LINES = 2  # of a row that goes on over pages; less is not begun at the foot of one


@dataclass(frozen=True, slots=True)
class Placed:
    """A line on a sheet; of a row that goes on over sheets, which lines of its words."""

    item: Item
    height: float
    cut: tuple[int, int] | None = None


@dataclass(slots=True)
class Page:
    """The lines of one sheet.

    Attributes:
        goes_on: the first heading goes on from the sheet before.
    """

    goes_on: bool = False
    lines: list[Placed] = field(default_factory=list)
    height: float = 0.0

    def put(self, item: Item, height: float, cut: tuple[int, int] | None = None) -> None:
        """Append a line."""
        self.lines.append(Placed(item, height, cut))
        self.height += height


@dataclass(frozen=True, slots=True)
class Measures:
    """How high things are.

    Attributes:
        heading: the height of a heading by its place and whether it goes on; 0 for none.
        lines: how many lines a row takes.
        row: the height of a row, or of a piece of one, by its place and its lines.
        lines_in: how many lines a piece of a row of that height holds.
    """

    heading: Callable[[int, bool], float]
    lines: Callable[[int], int]
    row: Callable[[int, int], float]
    lines_in: Callable[[float], int]


def paginate(headings: Sequence[Heading], measures: Measures, room: float) -> list[Page]:
    """Return the sheets with so much room for lines; infinite room gives one."""
    pages = _Pages(measures, room)
    for place, heading in enumerate(headings):
        pages.begin(place, heading)
        for row in range(heading.first, heading.first + heading.tasks):
            pages.add(Item(place, row))
    return [page for page in pages.made if page.lines]


class _Pages:
    """Sheets while they fill."""

    def __init__(self, measures: Measures, room: float) -> None:
        self._measures = measures
        self._room = room
        self.made = [Page()]

    def begin(self, place: int, heading: Heading) -> None:
        """Put a heading with its first row; both together where they fit on one sheet."""
        height = self._measures.heading(place, False)
        if not height:
            return
        lines = self._measures.lines(heading.first) if heading.tasks else 0
        first = self._measures.row(heading.first, lines) if heading.tasks else 0.0
        least = min(first, self._measures.row(heading.first, _FEWEST_LINES) if lines else first)
        need = first if height + first <= self._room else least
        if self.made[-1].lines and self.made[-1].height + height + need > self._room:
            self.made.append(Page())
        self.made[-1].put(Item(place, -1), height)

    def add(self, item: Item) -> None:
        """Put a row; one that no sheet could hold goes on over sheets."""
        lines = self._measures.lines(item.row)
        height = self._measures.row(item.row, lines)
        if self.made[-1].height + height <= self._room:
            self.made[-1].put(item, height)
        elif self._measures.heading(item.heading, True) + height <= self._room:
            self._turn(item)
            self.made[-1].put(item, height)
        else:
            self._cut(item, lines)

    def _cut(self, item: Item, lines: int) -> None:
        first = 0
        while first < lines:
            left = self._room - self.made[-1].height
            fitting = min(self._measures.lines_in(left), lines - first)
            is_fresh = self._is_fresh()
            if fitting < min(_FEWEST_LINES, lines - first) and not is_fresh:
                self._turn(item)
                continue
            end = first + max(fitting, 1)
            self.made[-1].put(item, self._measures.row(item.row, end - first), (first, end))
            first = end
            if first < lines:
                self._turn(item)

    def _is_fresh(self) -> bool:
        return all(line.item.is_heading for line in self.made[-1].lines)

    def _turn(self, item: Item) -> None:
        """Go on on a new sheet, under the same heading."""
        height = self._measures.heading(item.heading, True)
        self.made.append(Page(goes_on=bool(height)))
        if height:
            self.made[-1].put(Item(item.heading, -1), height)
