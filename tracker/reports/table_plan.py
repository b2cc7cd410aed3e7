"""A printed table planned once: which rows stand on which page, so that all formats agree.

Workbook, document and our own pages print the same plan. Where something must stand together —
a group's line with its first row, the signature with the last one, a cell over the rows of its
group, a row higher than one of Excel's — the pages end where the plan says; else each program
ends its pages by itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.terms import CONTINUED
from tracker.reports.across_lines import AcrossLines
from tracker.reports.continuation import GROUP, Paginator, round_up
from tracker.reports.looks import TALLEST_ROW
from tracker.reports.measure import Ruler
from tracker.reports.plan_lines import FilledPage, GroupCell, PlacedRow

if TYPE_CHECKING:
    from tracker.domain.content import Content, ContentRow
    from tracker.reports.continuation import PrintedRow
    from tracker.reports.looks import Layout
    from tracker.reports.plan_lines import Across, Line

PLACED_SHARE = 0.98
"""How much of the paper is filled where pages end as planned: no program may need more."""
_HELD_BACK = 6.0
"""Points at the foot of every page that are left empty: LibreOffice cannot fill them."""
BORDERS = 4.0
"""Points that the borders of a page's rows may take in Word, beside the rows."""
_CLEAR = 1.5
"""Points by which a row has to be too high for a page, that every program moves it on; one that
makes the columns fit the paper prints all a little smaller as well (`PLACED_SHARE`)."""
_FEW_LINES = 3
"""A row that begins on a page begins with so many lines at least."""
_MOST_BESIDE = 0.4
"""Share of a page that may have to stand beside a row."""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What stands where.

    Attributes:
        layout: the layout as it is printed, its columns perhaps a little narrower.
        placed: whether the pages must end as planned.
        top: what stands above the table.
        pages: the lines below the heading, page by page; one page at least.
        group_column: the column whose cells stand over all rows of a group, from 0.
    """

    layout: Layout
    placed: bool
    top: tuple[Across, ...]
    headings: tuple[str, ...]
    heading_height: float
    pages: tuple[tuple[Line, ...], ...]
    group_column: int | None = None

    @property
    def body_height(self) -> float:
        """Return the height that a page may fill, in points."""
        whole = self.layout.page.body_height
        return min(whole - _HELD_BACK, whole * PLACED_SHARE if self.placed else whole)

    @property
    def has_tall_rows(self) -> bool:
        """Whether a row is higher than a sheet's can be, so that it takes several of them."""
        return any(line.height > TALLEST_ROW for page in self.pages for line in page)


def plan_table(content: Content, layout: Layout) -> TablePlan:
    """Return the plan of a table."""
    if not (layout.group or content.signature or content.legend):
        plan = _Planner(content, layout, placed=False).plan()
        if not plan.has_tall_rows:
            return _ended_alike(plan)
    return _ended_alike(_Planner(content, layout.narrowed(PLACED_SHARE), placed=True).plan())


def _ended_alike(plan: TablePlan) -> TablePlan:
    """Return the plan with no page that another program would fill further.

    A row that just fits into the points held back would stand a page earlier there: a row above
    it is made a little higher.
    """
    fitted = plan.layout.page.body_height / PLACED_SHARE
    enough = (plan.body_height + BORDERS if plan.placed else fitted) + _CLEAR
    pages = list(plan.pages)
    used = plan.heading_height + sum(line.height for line in plan.top)
    for number, following in enumerate(plan.pages[1:]):
        page = pages[number]
        filled = used + sum(line.height for line in page)
        beside = following[0].height if following else math.inf
        missing = round_up(max(0.0, enough - filled - beside))
        if missing and filled + missing <= plan.body_height:
            pages[number] = _heightened(page, missing)
        used = plan.heading_height
    return replace(plan, pages=tuple(pages))


def _heightened(page: tuple[Line, ...], more: float) -> tuple[Line, ...]:
    """Return the lines of a page, the last one that can be higher made so."""
    for place in range(len(page) - 1, -1, -1):
        line = page[place]
        if isinstance(line, PlacedRow) and line.height + more <= TALLEST_ROW:
            higher = replace(line, height=line.height + more)
            return (*page[:place], higher, *page[place + 1 :])
    return page


class _Planner:
    """Fills pages from the first row to the last."""

    def __init__(self, content: Content, layout: Layout, placed: bool) -> None:
        self._content = content
        self._layout = layout
        self._ruler = Ruler()
        self._across = AcrossLines(layout, self._ruler)
        headings = content.headings or layout.headings
        self._heading = self._across.heading_height(headings)
        top = tuple(self._across.top(content))
        fields = [column.field for column in layout.columns]
        merged = layout.group and layout.merged and GROUP in fields
        self._column = fields.index(GROUP) if merged else None
        self._plan = TablePlan(layout, placed, top, headings, self._heading, (), self._column)
        self._end = self._plan.body_height
        spare = layout.page.body_height - self._end
        self._paginator = Paginator(layout, self._ruler, self._heading + spare, math.inf)
        self._most_beside = (self._end - self._heading) * _MOST_BESIDE
        self._pages = [FilledPage(sum(line.height for line in top) + self._heading)]

    def plan(self) -> TablePlan:
        """Return the plan."""
        kept, rest = self._below()
        under = sum(line.height for line in kept)
        rows = self._content.rows
        group: str | None = None
        for row, left in zip(rows, range(len(rows) - 1, -1, -1), strict=True):
            self._row(row, begins=row.group != group, below=0.0 if left else under)
            group = row.group
        for line in kept:
            self._page.add(line)
        for line in rest:
            self._add(line)
        self._page.end_group()
        return replace(self._plan, pages=tuple(tuple(page.lines) for page in self._pages))

    @property
    def _page(self) -> FilledPage:
        return self._pages[-1]

    def _add(self, line: Across) -> None:
        if self._page.height() + line.height > self._end:
            self._new_page()
        self._page.add(line)

    def _new_page(self) -> None:
        self._page.end_group()
        self._pages.append(FilledPage(self._heading))

    def _below(self) -> tuple[list[Across], list[Across]]:
        """Return what stands under the last row on its page, and what is too much for that."""
        lines = self._across.below(self._content, self._most_beside)
        kept, height = 0, 0.0
        for line in lines:
            height += line.height
            if height > self._most_beside:
                break
            kept += 1
        return lines[:kept], lines[kept:]

    def _row(self, row: ContentRow, *, begins: bool, below: float) -> None:
        """Put a row where it fits, with the line of its group above it where that begins."""
        line = self._group_line(row, begins)
        above = line.height if line is not None else 0.0
        whole = self._column is not None and self._needed(row.group) > self._most_beside
        pieces = self._pieces(row, above + below, whole and begins)
        for place, piece in enumerate(pieces):
            first, last = begins and not place, place == len(pieces) - 1
            cell = None if whole and begins else self._cell(row.group, not first, whole)
            room = (above if first else 0.0) + (below if last else 0.0)
            if self._page.height_with(piece, cell) + room > self._end and self._may_end:
                self._new_page()
                if line is not None and not first:
                    self._page.add(self._across.again(line))
            if line is not None and first:
                self._page.add(line)
            self._page.add_row(piece, cell)

    @property
    def _may_end(self) -> bool:
        """Whether the page holds more than a heading, so that the next one has more room."""
        return self._page.has_lines or (len(self._pages) == 1 and bool(self._plan.top))

    def _group_line(self, row: ContentRow, begins: bool) -> Across | None:
        """Return the line above the rows of a group; what is too long for one stands before."""
        if not self._layout.group or not row.group or self._column is not None:
            return None
        *before, line = self._across.group_line(row.group, self._most_beside)
        for part in before if begins else ():
            self._add(part)
        return line

    def _pieces(self, row: ContentRow, beside: float, whole: bool) -> list[PrintedRow]:
        """Return the rows that print `row`; the title never stands on a page without one."""
        pieces = self._paginator.rows(row, beside, whole)
        top = self._page.used - self._heading
        if self._page.has_lines or len(self._pages) > 1 or not top:
            return pieces
        if self._page.used + beside + pieces[0].height <= self._end:
            return pieces
        if self._paginator.most_lines(beside + top) < _FEW_LINES:
            return pieces
        return self._paginator.rows(row, beside + top, whole)

    def _cell(self, group: str, again: bool, whole: bool) -> GroupCell | None:
        """Return the cell that stands over the rows of a group.

        Args:
            again: it stood on the page before.
            whole: it is too high to stand in one piece; its first row printed its text.
        """
        if self._column is None:
            return None
        text = group
        if whole:
            text = CONTINUED
        elif again and group:
            text = f"{group}\n{CONTINUED}"
        return GroupCell(self._column, group, text, self._needed(text))

    def _needed(self, text: str) -> float:
        """Return the height of a text in the column of the groups."""
        if self._column is None or not text:
            return 0.0
        look, column = self._layout.body, self._layout.columns[self._column]
        room = self._layout.room(column.points, look.sizes[0])
        lines = self._ruler.count_lines(text, room)
        return round_up(lines * self._ruler.pitch(look.font, look.sizes[0]) + look.padding)
