"""A printed table cut into pages: where each text and line stands, for paper and preview."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.domain.page import Align, PrintedPage, Rule, TextBox
from tracker.reports.continuation import Paginator, round_up
from tracker.reports.looks import POINTS_PER_MM
from tracker.reports.measure import Ruler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.content import Content
    from tracker.reports.continuation import PrintedRow
    from tracker.reports.looks import Layout, TextLook

_GAP = "　　"


def table_pages(content: Content, layout: Layout) -> tuple[PrintedPage, ...]:
    """Return the pages that print a table: heading on each, no row over two of them.

    Heights and line ends are those of the workbook (`situation_xlsx`), so that both fill the same
    pages.
    """
    return _Pages(content, layout).cut()


@dataclass(slots=True)
class _Page:
    """A page being filled from above."""

    y: float
    boxes: list[TextBox] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    rows: int = 0


class _Pages:
    """Fills pages with one table."""

    def __init__(self, content: Content, layout: Layout) -> None:
        self._content = content
        self._layout = layout
        self._ruler = Ruler()
        page = layout.page
        self._top = page.top_mm * POINTS_PER_MM
        self._end = (page.height_mm - page.bottom_mm) * POINTS_PER_MM
        self._widths = [column.points for column in layout.columns]
        room = (page.width_mm - page.left_mm - page.right_mm) * POINTS_PER_MM
        self._left = page.left_mm * POINTS_PER_MM + max(0.0, room - sum(self._widths)) / 2
        self._pages: list[_Page] = []

    def cut(self) -> tuple[PrintedPage, ...]:
        """Return the pages."""
        page = self._new_page()
        self._title_block(page)
        height = self._heading_height()
        self._heading(page, height)
        paginator = Paginator(self._layout, self._ruler, height)
        for row in self._content.rows:
            for printed in paginator.rows(row):
                if page.y + printed.height > self._end and page.rows:
                    page = self._new_page()
                    self._heading(page, height)
                self._row(page, printed)
        return tuple(self._finished(page, n) for n, page in enumerate(self._pages, 1))

    def _new_page(self) -> _Page:
        page = _Page(self._top)
        self._pages.append(page)
        return page

    def _title_block(self, page: _Page) -> None:
        content, layout = self._content, self._layout
        if content.annex:
            self._line(page, layout.annex, content.annex)
        self._line(page, layout.title, content.title)
        if len(content.meta) > 1:
            last = replace(layout.meta, align="right")
            self._line(page, last, content.meta[-1], move=False)
            self._line(page, layout.meta, _GAP.join(content.meta[:-1]))
        elif content.meta:
            self._line(page, layout.meta, content.meta[0])

    def _line(self, page: _Page, look: TextLook, text: str, *, move: bool = True) -> None:
        """Write one line over all columns, in the largest size that keeps it on one line."""
        total = sum(self._widths)
        fitting = (s for s in look.sizes if len(self._broken(text, total, s)) == 1)
        size = next(fitting, look.sizes[-1])
        lines = self._broken(text, total, size)
        pitch = self._ruler.pitch(look.font, size)
        height = round_up(len(lines) * pitch + look.padding)
        page.boxes.append(
            TextBox(
                self._left, page.y, total, height, lines, look.font, size, pitch, Align(look.align)
            )
        )
        if move:
            page.y += height

    def _heading_height(self) -> float:
        look = self._layout.heading
        cells = zip(self._headings, self._widths, strict=True)
        lines = max(len(self._broken(text, width, look.sizes[0])) for text, width in cells)
        return round_up(lines * self._ruler.pitch(look.font, look.sizes[0]) + look.padding)

    @property
    def _headings(self) -> Sequence[str]:
        return self._content.headings or self._layout.headings

    def _heading(self, page: _Page, height: float) -> None:
        look = self._layout.heading
        page.rules.append(self._across(page.y))
        aligns = [Align(look.align)] * len(self._widths)
        self._cells(page, look, self._headings, aligns, height)

    def _row(self, page: _Page, printed: PrintedRow) -> None:
        aligns = [Align(column.align) for column in self._layout.columns]
        self._cells(page, self._layout.body, printed.texts, aligns, printed.height)
        page.rows += 1

    def _cells(
        self,
        page: _Page,
        look: TextLook,
        texts: Sequence[str],
        aligns: Sequence[Align],
        height: float,
    ) -> None:
        size, padding = look.sizes[0], self._layout.cell.side_padding
        pitch = self._ruler.pitch(look.font, size)
        x = self._left
        page.rules.append(Rule(x, page.y, x, page.y + height))
        for text, width, align in zip(texts, self._widths, aligns, strict=True):
            lines = self._broken(text, width, size)
            inside = (x + padding, page.y, width - 2 * padding, height)
            if text:
                page.boxes.append(TextBox(*inside, lines, look.font, size, pitch, align))
            x += width
            page.rules.append(Rule(x, page.y, x, page.y + height))
        page.y += height
        page.rules.append(self._across(page.y))

    def _across(self, y: float) -> Rule:
        return Rule(self._left, y, self._left + sum(self._widths), y)

    def _broken(self, text: str, width: float, size: float) -> tuple[str, ...]:
        ends = self._ruler.line_ends(text, self._layout.room(width, size))
        starts = [0, *ends[:-1]]
        return tuple(text[start:end] for start, end in zip(starts, ends, strict=True))

    def _finished(self, page: _Page, number: int) -> PrintedPage:
        look = self._layout.page
        foot = look.footer.replace("&P", str(number)).replace("&N", str(len(self._pages)))
        size = float(look.footer_size)
        pitch = self._ruler.pitch(look.footer_font, size)
        y = look.height_mm * POINTS_PER_MM - look.footer_mm * POINTS_PER_MM - pitch
        width = sum(self._widths)
        box = TextBox(
            self._left, y, width, pitch, (foot,), look.footer_font, size, pitch, Align.CENTER
        )
        return PrintedPage(
            look.width_mm * POINTS_PER_MM,
            look.height_mm * POINTS_PER_MM,
            (*page.boxes, box),
            tuple(page.rules),
        )
