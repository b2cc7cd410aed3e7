"""The text as it was meant: paragraphs whole again, with the way back to the text as read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.decompose.wrapping import Layout
from tracker.domain.draft import Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.decompose.lines import Line


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading line: `view.text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """The text without the line ends that only the page made.

    Attributes:
        text: the blocks, a line end between each.
        blocks: where they stand in `text`.
    """

    text: str
    blocks: tuple[Block, ...]
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Return where the sign at `position` stands in the text as read."""
        piece = max(bisect_right(self._starts, position) - 1, 0)
        return self._origins[piece] + position - self._starts[piece]

    def quote(self, start: int, end: int) -> Quote:
        """Return the span of the text as read that `text[start:end]` was taken from."""
        if not self._starts or end <= start:
            return Quote(0, 0)
        return Quote(self.origin(start), self.origin(end - 1) + 1)


def view_of(lines: Sequence[Line]) -> View:
    """Join the lines that page and line breaks have torn."""
    return _joined(_grouped(lines))


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    layout = Layout.of(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and layout.goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _joined(groups: Iterable[Sequence[Line]]) -> View:
    letters: list[str] = []
    blocks: list[Block] = []
    starts: list[int] = []
    origins: list[int] = []
    length = 0
    for group in groups:
        if blocks:
            letters.append("\n")
            length += 1
        first = length
        for line in group:
            for piece, origin in line.pieces:
                starts.append(length)
                origins.append(origin)
                letters.append(piece)
                length += len(piece)
        blocks.append(Block(first, length))
    return View("".join(letters), tuple(blocks), tuple(starts), tuple(origins))
