"""The body of a document: its outline with the notes found in it, and the tasks cut from it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.decompose.marks import Style
from tracker.duties.passages import Found, find_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.outline import Node

Span = tuple[int, int]

_LONGEST_HEADING = 60
_STOPS = "。；;！!？?"
NO_UNITS = "没有写明责任单位，请确认"
"""The doubt about a task that stands without units among tasks that have some."""
HEADINGS_ONLY = (Style.ANNEX, Style.CHAPTER, Style.SECTION)


@dataclass(frozen=True, slots=True)
class Measure:
    """A task to be drafted.

    Attributes:
        node: the measure of the outline it comes from.
        part: which part of it, from 1; 0 where the measure is one task.
        spans: its words in the view's text, notes among them.
        notes: its assignment notes.
        shared: a note elsewhere that speaks of this task too (以上任务由…).
        heading: a line without a number above it, under which it stands.
        doubts: what was uncertain about its bounds.
    """

    node: Node
    part: int
    spans: tuple[Span, ...]
    notes: tuple[Found, ...]
    shared: tuple[Found, ...] = ()
    heading: Span | None = None
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class Body:
    """The document's body as the measures are looked for in it.

    Attributes:
        outside: spans that are no body, in order.
        notes: the notes of each node's own words, by the node's identity.
        with_notes: nodes that carry a note or stand above one that does.
    """

    text: str
    matched: str
    root: Node
    outside: Sequence[Span]
    notes: dict[int, list[Found]] = field(default_factory=dict)
    with_notes: set[int] = field(default_factory=set)
    _ends: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._ends = [end for _, end in self.outside]
        for node in self.root.walk():
            found = [
                note
                for span in self.own(node)
                for note in find_notes(self.text, self.matched, *span)
            ]
            if found:
                self.notes[id(node)] = found
                above: Node | None = node
                while above is not None and id(above) not in self.with_notes:
                    self.with_notes.add(id(above))
                    above = above.parent

    def own(self, node: Node) -> list[Span]:
        """Return the spans of the node's own words, without what is no body."""
        return self.clear(node.start, node.end)

    def clear(self, start: int, end: int) -> list[Span]:
        """Return the stretches of a span that belong to the body."""
        spans: list[Span] = []
        first = bisect_right(self._ends, start)
        for gap, stop in self.outside[first:]:
            if gap >= end:
                break
            spans.append((start, gap))
            start = stop
        spans.append((start, end))
        return [(a, b) for a, b in spans if a < b and self.text[a:b].strip()]

    def words(self, node: Node) -> str:
        """Return the node's own words in the form words are matched in."""
        return self.matched[node.start : node.end].strip()

    def end_below(self, node: Node) -> int:
        """Return where the last of the nodes below ends."""
        while node.children:
            node = node.children[-1]
        return node.end


def is_heading(words: str) -> bool:
    """Return whether words without a stop, and not many, may be a heading."""
    return len(words) <= _LONGEST_HEADING and not any(sign in words for sign in _STOPS)
