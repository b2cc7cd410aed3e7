"""A circular (通报) cut into pages: where each line stands, for paper and preview.

Line ends and page ends are reckoned as the Word document (`circular_docx`) sets them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from tracker.domain.page import Align, PlacedPicture, PrintedPage, Rule, TextBox
from tracker.reports.circular_parts import RED, CircularBlocks, imprint_lines, load_circular_look
from tracker.reports.letter_lines import HANGING
from tracker.reports.looks import POINTS_PER_MM
from tracker.reports.table_pages import table_pages
from tracker.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.domain.circular import Circular
    from tracker.domain.content import Content
    from tracker.reports.circular_parts import Block, CircularLook
    from tracker.reports.looks import Layout

_DASH = "—"
_SLACK = 0.01
_RED_BELOW = 4.0
"""How far below its paragraph the red line stands, in points."""
SPARE = 6.0
"""Points left free on a page that a picture or the imprint fills."""
IMPRINT_LINE = 1.4
"""The height of a line of the imprint, in its size."""


def circular_pages(
    circular: Circular,
    annexes: Sequence[tuple[Content, Layout]] = (),
    look: CircularLook | None = None,
) -> tuple[PrintedPage, ...]:
    """Return the pages that print a circular, its annexed tables and pictures behind it.

    Page numbers run through; odd ones stand at the right, even ones at the left. What stands at
    the foot of the last page (版记) is on an even one.
    """
    return _Pages(circular, look or load_circular_look()).cut(annexes)


class ImprintPlace(Enum):
    """Where the foot (版记) stands, which is on the last page, an even one."""

    BELOW_TEXT = 0
    NEXT_PAGE = 1
    BEHIND_EMPTY_PAGE = 2
    """Neither the empty page nor its own has a number (GB/T 9704-2012, 7.5)."""


def imprint_place(
    circular: Circular, annexes: Sequence[tuple[Content, Layout]], look: CircularLook
) -> ImprintPlace:
    """Tell where the foot of a circular stands."""
    return _Pages(circular, look).imprint_place(annexes)


def imprint_top(circular: Circular, look: CircularLook) -> float:
    """Return how far from the page's upper edge its foot (版记) begins, in points."""
    return _Pages(circular, look).imprint_top()


@dataclass(frozen=True, slots=True)
class _SetLine:
    """One line of a block: its text, its place across the page, how it is set."""

    text: str
    x: float
    width: float
    align: Align
    block: Block


@dataclass(slots=True)
class _Page:
    """A page being filled from above."""

    y: float
    boxes: list[TextBox] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)
    is_numbered: bool = True


class _Pages:
    """Fills pages with one circular."""

    def __init__(self, circular: Circular, look: CircularLook) -> None:
        self._circular = circular
        self._look = look
        self._blocks = CircularBlocks(circular, look)
        page = look.page
        self._left = page["left_mm"] * POINTS_PER_MM
        self._top = page["top_mm"] * POINTS_PER_MM
        self._end = self._top + look.height
        self._pages: list[_Page] = []

    def cut(self, annexes: Sequence[tuple[Content, Layout]]) -> tuple[PrintedPage, ...]:
        """Return the pages."""
        self._fill()
        own = len(self._pages)
        foot = self._look.page["footer_mm"]
        behind = [
            (page, layout.page.footer_mm)
            for content, layout in annexes
            for page in table_pages(content, _unnumbered(layout))
        ]
        for number, picture in enumerate(self._circular.pictures, 1):
            look = self._look.for_picture(picture)
            page = _Pages(self._circular, look).picture_page(number)
            behind.append((page, look.page["footer_mm"]))
        self._imprint(len(behind))
        pages = [(self._printed(page), foot if page.is_numbered else 0.0) for page in self._pages]
        pages[own:own] = behind
        return tuple(
            self._numbered(page, n, foot) if foot else page
            for n, (page, foot) in enumerate(pages, 1)
        )

    def picture_page(self, number: int) -> PrintedPage:
        """Return the page of one of the circular's pictures, not numbered yet."""
        page, picture = self._new_page(), self._circular.pictures[number - 1]
        for block in self._blocks.above_picture(number):
            self._set([block])
        width, height = picture.fitted(self._look.width, self._end - page.y - SPARE)
        x = self._left + (self._look.width - width) / 2
        page.pictures.append(PlacedPicture(x, page.y, width, height, picture.png))
        return self._printed(page)

    def imprint_place(self, annexes: Sequence[tuple[Content, Layout]]) -> ImprintPlace:
        """Return where the foot stands."""
        self._fill()
        tables = sum(len(table_pages(*annex)) for annex in annexes)
        return self._place(tables + len(self._circular.pictures))

    def _place(self, behind: int) -> ImprintPlace:
        low = self._pages[-1].y + self._look.page["line"]
        if (len(self._pages) + behind) % 2:
            return ImprintPlace.NEXT_PAGE
        if behind or low > self.imprint_top() + _SLACK:
            return ImprintPlace.BEHIND_EMPTY_PAGE
        return ImprintPlace.BELOW_TEXT

    def imprint_top(self) -> float:
        """Return where the foot of the last page begins."""
        rows = [self._imprint_rows(*line) for line in imprint_lines(self._circular)]
        return self._end - sum(map(len, rows)) * self._look.sizes["imprint"] * IMPRINT_LINE

    def _fill(self) -> None:
        """Set the text."""
        self._new_page()
        for chain in _chains(self._blocks.blocks()):
            self._set(chain)

    def _new_page(self) -> _Page:
        self._pages.append(_Page(self._top))
        return self._pages[-1]

    def _set(self, chain: Sequence[Block]) -> None:
        """Set blocks of which no page may separate one from the next one's first line."""
        lines = [list(self._lines(block)) for block in chain]
        together = [line for block in lines[:-1] for line in block] + lines[-1][:1]
        height = sum(line.block.line for line in together)
        page = self._pages[-1]
        fits_a_page = height <= self._look.height + _SLACK
        if page.y + height > self._end + _SLACK and fits_a_page and page.y > self._top:
            self._new_page()
        for line in (line for block in lines for line in block):
            self._line(line)

    def _line(self, line: _SetLine) -> None:
        page, block, look = self._pages[-1], line.block, self._look
        if page.y + block.line > self._end + _SLACK and page.y > self._top:
            page = self._new_page()
        if line.text:
            page.boxes.append(
                TextBox(
                    line.x,
                    page.y,
                    line.width,
                    block.line,
                    (line.text,),
                    look.fonts[block.font],
                    block.size,
                    block.line,
                    line.align,
                    look.fonts["red_head" if block.red else "latin"],
                    look.closer if block.on_grid else 0.0,
                    f"#{RED}" if block.red else "",
                )
            )
        page.y += block.line
        if block.ruled:
            y = page.y + _RED_BELOW
            page.rules.append(
                Rule(self._left, y, self._left + look.width, y, thick=1.5, colour=f"#{RED}")
            )

    def _lines(self, block: Block) -> Iterator[_SetLine]:
        """Yield a block's lines as wide as their letters are reckoned."""
        character = self._look.page["character"] if block.on_grid else block.size
        room = self._look.width / character
        first, further = block.indent, block.hanging
        text = printable(block.text)[0]
        rooms = (room - indent - block.right for indent in (first, further))
        lines = self._blocks.ruler.lines(text, *rooms)
        for number, words in enumerate(lines):
            begin = further if number else first
            align = _align(block.align, is_last=number == len(lines) - 1)
            width = self._look.width - (begin + block.right) * character
            if align is Align.JUSTIFY and words.endswith(tuple(HANGING)):
                over = self._blocks.ruler.width(words) - (room - begin - block.right)
                width += character * (over > 0)
            yield _SetLine(words, self._left + begin * character, width, align, block)

    def _imprint(self, behind: int) -> None:
        """Put 抄送 and 印发 at the foot of an even page, the last one.

        Args:
            behind: how many pages of tables and pictures stand behind the text.
        """
        lines = imprint_lines(self._circular)
        if not lines:
            return
        pitch = self._look.sizes["imprint"] * IMPRINT_LINE
        rows = [self._imprint_rows(*line) for line in lines]
        place = self._place(behind)
        for _ in range(place.value):
            self._new_page().is_numbered = place is ImprintPlace.NEXT_PAGE
        page = self._pages[-1]
        y, right = self.imprint_top(), self._left + self._look.width
        for number, texts in enumerate(rows):
            page.rules.append(Rule(self._left, y, right, y, thick=0.75 if number else 1.0))
            for row in texts:
                page.boxes.extend(replace(box, y=y) for box in row)
                y += pitch
        page.rules.append(Rule(self._left, y, right, y, thick=1.0))

    def _imprint_rows(self, left: str, right: str) -> list[tuple[TextBox, ...]]:
        """Return the boxes of each row that a line of the imprint takes, a character in."""
        look, size = self._look, self._look.sizes["imprint"]
        pitch = size * IMPRINT_LINE
        x, width = self._left + size, look.width - 2 * size
        ruler = self._blocks.ruler
        hanging = ruler.width(left[: left.find("：") + 1])
        rows: list[tuple[TextBox, ...]] = []
        for number, text in enumerate(ruler.lines(left, width / size, width / size - hanging)):
            indent = hanging * size if number else 0.0
            box = TextBox(
                x + indent,
                0.0,
                width - indent,
                pitch,
                (text,),
                look.fonts["body"],
                size,
                pitch,
                latin=look.fonts["latin"],
            )
            rows.append((box,))
        if right:
            rows[-1] = (*rows[-1], replace(rows[-1][0], lines=(right,), align=Align.RIGHT))
        return rows

    def _printed(self, page: _Page) -> PrintedPage:
        width, height = self._look.page["width_mm"], self._look.page["height_mm"]
        return PrintedPage(
            width * POINTS_PER_MM,
            height * POINTS_PER_MM,
            tuple(page.boxes),
            tuple(page.rules),
            tuple(page.pictures),
        )

    def _numbered(self, page: PrintedPage, number: int, foot: float) -> PrintedPage:
        """Return a page with its number: — 1 — a character from the right, even ones left.

        Args:
            foot: how far from the page's lower edge the number stands, in mm.
        """
        look = self._look
        size, font = look.sizes["page_number"], look.fonts["page_number"]
        middle = page.height - foot * POINTS_PER_MM - size / 2
        box = TextBox(
            self._left + size,
            middle - size,
            page.width - self._left - look.page["right_mm"] * POINTS_PER_MM - 2 * size,
            2 * size,
            (f"{_DASH} {number} {_DASH}",),
            font,
            size,
            2 * size,
            Align.RIGHT if number % 2 else Align.LEFT,
            font,
        )
        return replace(page, boxes=(*page.boxes, box))


def _chains(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield blocks that stay together: those that end no page with the one behind them."""
    chain: list[Block] = []
    for block in blocks:
        chain.append(block)
        if not block.with_next:
            yield chain
            chain = []
    if chain:
        yield chain


def _align(align: str, is_last: bool) -> Align:
    """Return how a line is set; the last of a paragraph is not filled to the margin."""
    if align == "both":
        return Align.LEFT if is_last else Align.JUSTIFY
    return Align(align)


def _unnumbered(layout: Layout) -> Layout:
    """Return a layout without its own page numbers: those of the circular run on."""
    return replace(layout, page=replace(layout.page, footer=""))
