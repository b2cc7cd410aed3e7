"""Texts over all columns of a table: title, meta, groups, signature and legend."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.domain.terms import CONTINUED
from tracker.reports.continuation import round_up
from tracker.reports.looks import TALLEST_ROW
from tracker.reports.plan_lines import GAP, Across, part_look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.domain.content import Content
    from tracker.reports.looks import Layout, TextLook
    from tracker.reports.measure import Ruler


class AcrossLines:
    """Makes the lines of one table."""

    def __init__(self, layout: Layout, ruler: Ruler) -> None:
        self._layout = layout
        self._ruler = ruler
        self._widths = [column.points for column in layout.columns]
        self._total = sum(self._widths)

    def heading_height(self, headings: Sequence[str]) -> float:
        """Return the height of the row of headings."""
        look = self._layout.heading
        cells = list(zip(headings, self._widths, strict=True))
        return self._height(look, look.sizes[0], cells)

    def top(self, content: Content) -> Iterator[Across]:
        """Give what stands above the table."""
        for part, text in (("annex", content.annex), ("title", content.title)):
            if text:
                yield self._line(part, text)
        if len(content.meta) > 1:
            yield self._ends(content.meta)
        elif content.meta:
            yield self._line("meta", content.meta[0])

    def below(self, content: Content, tallest: float) -> list[Across]:
        """Return what stands below the table; no line is higher than `tallest`."""
        lines = self._signature(content.signature, tallest) if content.signature else []
        return lines + [
            line for text in content.legend for line in self._cut("legend", text, tallest)
        ]

    def group_line(self, text: str, tallest: float) -> list[Across]:
        """Return the line of a group, on several where it is very long; the last is repeated."""
        *before, last = self._cut("group_line", text, tallest)
        with_mark = self._line("group_line", self.again(last).text)
        return [*before, replace(last, height=max(last.height, with_mark.height))]

    def again(self, line: Across) -> Across:
        """Return the line of a group as it stands on the next page."""
        return replace(line, texts=(f"{line.text}{CONTINUED}",))

    def _line(self, part: str, text: str) -> Across:
        """Return one text in the largest size that keeps it on one line."""
        look = part_look(self._layout, part)
        fitting = (s for s in look.sizes if self._lines(text, self._total, s) == 1)
        size = next(fitting, look.sizes[-1])
        return Across(part, (text,), size, self._height(look, size, [(text, self._total)]))

    def _ends(self, meta: Sequence[str]) -> Across:
        """Return what stands under the title, the last of several at the right end."""
        left, last = GAP.join(meta[:-1]), meta[-1]
        look = self._layout.meta
        size, count = look.sizes[0], len(self._widths)
        if count == 1:
            return self._line("meta", GAP.join(meta))
        split = next(
            (
                k
                for k in range(count - 1, 0, -1)
                if self._lines(last, sum(self._widths[k:]), size) == 1
                and self._lines(left, sum(self._widths[:k]), size) == 1
            ),
            0,
        )
        if not split:
            return self._line("meta", GAP.join(meta))
        cells = [(left, sum(self._widths[:split])), (last, sum(self._widths[split:]))]
        return Across("meta", (left, last), size, self._height(look, size, cells), split)

    def _signature(self, texts: Sequence[str], tallest: float) -> list[Across]:
        """Return the signatures side by side, each with its share of the width."""
        look = self._layout.below
        share = self._total / len(texts)
        for size in look.sizes:
            # room to write a name behind each
            if all(self._lines(f"{text}　　　　", share, size) == 1 for text in texts):
                height = self._height(look, size, [("字", share)])
                return [Across("signature", tuple(texts), size, height)]
        return self._cut("signature", GAP.join(texts), tallest)

    def _cut(self, part: str, text: str, tallest: float) -> list[Across]:
        """Return a text in lines none of which is higher than `tallest`."""
        line = self._line(part, text)
        look = part_look(self._layout, part)
        pitch = self._ruler.pitch(look.font, line.size)
        most = max(1, int((min(tallest, TALLEST_ROW) - look.padding) / pitch) - 1)
        ends = self._ruler.line_ends(text, self._layout.room(self._total, line.size))
        if len(ends) <= most:
            return [line]
        cuts = [0, *ends[most - 1 : -1 : most], len(text)]
        pieces = (text[a:b] for a, b in pairwise(cuts))
        return [self._sized(part, piece, line.size) for piece in pieces if piece]

    def _sized(self, part: str, text: str, size: float) -> Across:
        look = part_look(self._layout, part)
        return Across(part, (text,), size, self._height(look, size, [(text, self._total)]))

    def _lines(self, text: str, points: float, size: float) -> int:
        return self._ruler.count_lines(text, self._layout.room(points, size))

    def _height(self, look: TextLook, size: float, cells: Sequence[tuple[str, float]]) -> float:
        lines = max(self._lines(text, points, size) for text, points in cells)
        height = lines * self._ruler.pitch(look.font, size) + look.padding
        return min(round_up(height), TALLEST_ROW)


def pad_apart(texts: Sequence[str], room: float, ruler: Ruler) -> str:
    """Return texts in one line of `room` em, each with its share of it."""
    share = room / len(texts)
    *first, last = texts
    return "".join(text + "　" * max(1, int(share - ruler.width(text))) for text in first) + last
