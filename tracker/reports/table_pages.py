"""A printed table cut into pages: where each text and line stands, for paper and preview."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.domain.page import Align, PrintedPage, Rule, TextBox
from tracker.reports.looks import POINTS_PER_MM
from tracker.reports.measure import Ruler
from tracker.reports.plan_lines import Across
from tracker.reports.table_plan import plan_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.content import Content
    from tracker.reports.continuation import Marks
    from tracker.reports.looks import Layout, TextLook
    from tracker.reports.plan_lines import Line, PlacedRow
    from tracker.reports.table_plan import TablePlan


def table_pages(content: Content, layout: Layout) -> tuple[PrintedPage, ...]:
    """Return the pages that print a table: heading on each, no row over two of them.

    Heights and line ends are those of the workbook (`situation_xlsx`), so that both fill the same
    pages.
    """
    return _Pages(plan_table(content, layout)).drawn()


@dataclass(slots=True)
class _Page:
    """A page being drawn from above."""

    y: float
    boxes: list[TextBox] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


class _Pages:
    """Draws the pages of one table."""

    def __init__(self, plan: TablePlan) -> None:
        self._plan = plan
        self._layout = layout = plan.layout
        self._ruler = Ruler()
        page = layout.page
        self._top = page.top_mm * POINTS_PER_MM
        self._widths = [column.points for column in layout.columns]
        self._total = sum(self._widths)
        room = (page.width_mm - page.left_mm - page.right_mm) * POINTS_PER_MM
        self._left = page.left_mm * POINTS_PER_MM + max(0.0, room - self._total) / 2

    def drawn(self) -> tuple[PrintedPage, ...]:
        """Return the pages."""
        return tuple(
            self._finished(self._page(lines, number), number)
            for number, lines in enumerate(self._plan.pages, 1)
        )

    def _page(self, lines: Sequence[Line], number: int) -> _Page:
        page = _Page(self._top)
        for text in self._plan.top if number == 1 else ():
            self._across(page, text)
        self._heading(page)
        below = 0
        for place, line in enumerate(lines):
            if isinstance(line, Across):
                self._across(page, line)
            else:
                below = line.span - 1 if line.span else below - 1
                self._row(page, line, lines[place : place + line.span], goes_on=below > 0)
        return page

    def _across(self, page: _Page, line: Across) -> None:
        """Draw a text over all columns; several stand side by side."""
        look = line.look(self._layout)
        if line.part == "group_line":
            self._framed(page, line.height)
            self._text(page, look, line, line.text, self._layout.cell.side_padding)
        elif line.split:
            first, last = line.texts
            self._text(page, replace(look, align="right"), line, last)
            self._text(page, look, line, first)
        elif line.part == "signature":
            share = self._total / len(line.texts)
            for place, text in enumerate(line.texts):
                self._text(page, look, line, text, place * share)
        else:
            self._text(page, look, line, line.text)
        page.y += line.height

    def _text(
        self, page: _Page, look: TextLook, line: Across, text: str, left: float = 0.0
    ) -> None:
        lines = self._broken(text, self._total, line.size)
        pitch = self._ruler.pitch(look.font, line.size)
        place = (self._left + left, page.y, self._total - left, line.height)
        page.boxes.append(TextBox(*place, lines, look.font, line.size, pitch, Align(look.align)))

    def _heading(self, page: _Page) -> None:
        look, height = self._layout.heading, self._plan.heading_height
        page.rules.append(self._rule(page.y))
        aligns = [Align(look.align)] * len(self._widths)
        self._cells(page, look, self._plan.headings, aligns, [height] * len(self._widths))
        page.y += height
        page.rules.append(self._rule(page.y))

    def _row(self, page: _Page, row: PlacedRow, spanned: Sequence[Line], *, goes_on: bool) -> None:
        """Draw a row; the cell of its group may stand over those below it too."""
        aligns = [Align(column.align) for column in self._layout.columns]
        heights = [row.height] * len(self._widths)
        column = self._plan.group_column
        if column is not None and row.span:
            heights[column] = sum(line.height for line in spanned)
        self._cells(page, self._layout.body, row.texts, aligns, heights, row.marks)
        page.y += row.height
        if column is None or not goes_on:
            page.rules.append(self._rule(page.y))
        else:
            page.rules += self._rules_beside(page.y, column)

    def _cells(
        self,
        page: _Page,
        look: TextLook,
        texts: Sequence[str],
        aligns: Sequence[Align],
        heights: Sequence[float],
        marks: Sequence[Marks] = (),
    ) -> None:
        """Draw the cells of a row: their texts and the lines between them."""
        size, padding = look.sizes[0], self._layout.cell.side_padding
        pitch = self._ruler.pitch(look.font, size)
        x, height = self._left, min(heights)
        page.rules.append(Rule(x, page.y, x, page.y + height))
        for place, (text, width) in enumerate(zip(texts, self._widths, strict=True)):
            if text:
                lines = self._broken(text, width, size)
                inside = (x + padding, page.y, width - 2 * padding, heights[place])
                box = TextBox(*inside, lines, look.font, size, pitch, aligns[place])
                new = marks[place] if marks else ()
                page.boxes.append(replace(box, marks=new) if new else box)
            x += width
            page.rules.append(Rule(x, page.y, x, page.y + height))

    def _framed(self, page: _Page, height: float) -> None:
        """Draw the lines round a cell over all columns; the one above stands there already."""
        for x in (self._left, self._left + self._total):
            page.rules.append(Rule(x, page.y, x, page.y + height))
        page.rules.append(self._rule(page.y + height))

    def _rule(self, y: float) -> Rule:
        return Rule(self._left, y, self._left + self._total, y)

    def _rules_beside(self, y: float, column: int) -> list[Rule]:
        """Return a line below all columns but one."""
        start = self._left + sum(self._widths[:column])
        end = start + self._widths[column]
        sides = ((self._left, start), (end, self._left + self._total))
        return [Rule(a, y, b, y) for a, b in sides if a < b]

    def _broken(self, text: str, width: float, size: float) -> tuple[str, ...]:
        ends = self._ruler.line_ends(text, self._layout.room(width, size))
        starts = [0, *ends[:-1]]
        return tuple(text[start:end] for start, end in zip(starts, ends, strict=True))

    def _finished(self, page: _Page, number: int) -> PrintedPage:
        look = self._layout.page
        count = len(self._plan.pages)
        foot = look.footer.replace("&P", str(number)).replace("&N", str(count))
        size = float(look.footer_size)
        pitch = self._ruler.pitch(look.footer_font, size)
        y = look.height_mm * POINTS_PER_MM - look.footer_mm * POINTS_PER_MM - pitch
        align = Align.CENTER
        if look.sides:
            align = Align.RIGHT if number % 2 else Align.LEFT
        place = (self._left, y, self._total, pitch)
        box = TextBox(*place, (foot,), look.footer_font, size, pitch, align)
        return PrintedPage(
            look.width_mm * POINTS_PER_MM,
            look.height_mm * POINTS_PER_MM,
            (*page.boxes, box),
            tuple(page.rules),
        )
