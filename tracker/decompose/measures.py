"""Which parts of the outline are tasks: measures with a note, parts of them, leaves without one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.decompose.marks import Style
from tracker.duties.items import read_items
from tracker.duties.passages import Found, find_notes
from tracker.duties.prose import is_anybody, prose_roles
from tracker.duties.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.decompose.outline import Node

Span = tuple[int, int]

_LONGEST_HEADING = 60
_STOPS = "。；;！!？?"
_HEADINGS_ONLY = (Style.ANNEX, Style.CHAPTER, Style.SECTION)
_CIRCLED = re.compile(r"[①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿]|[（(]\s*\d{1,2}\s*[)）]")


@dataclass(frozen=True, slots=True)
class Measure:
    """A task to be drafted.

    Attributes:
        node: the measure of the outline it comes from.
        part: which part of it, from 1; 0 where the measure is one task.
        spans: its words in the view's text, notes among them.
        notes: its assignment notes.
        doubts: what was uncertain about its bounds.
    """

    node: Node
    part: int
    spans: tuple[Span, ...]
    notes: tuple[Found, ...]
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class Layout:
    """The document as the measures are looked for in it.

    Attributes:
        outside: spans that are no body.
        notes: the notes of each node's own words, by the node's identity.
        with_notes: nodes that carry a note or stand above one that does.
    """

    text: str
    matched: str
    root: Node
    outside: Sequence[Span]
    notes: dict[int, list[Found]] = field(default_factory=dict)
    with_notes: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
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
        for first, last in self.outside:
            if last <= start or first >= end:
                continue
            spans.append((start, first))
            start = last
        spans.append((start, end))
        return [(a, b) for a, b in spans if self.text[a:b].strip()]

    def words(self, node: Node) -> str:
        """Return the node's own words in the form words are matched in."""
        return self.matched[node.start : node.end].strip()

    def end_below(self, node: Node) -> int:
        """Return where the last of the nodes below ends."""
        while node.children:
            node = node.children[-1]
        return node.end


def measures(layout: Layout, *, unnoted: bool) -> list[Measure]:
    """Return the tasks in the order they stand.

    Args:
        layout: the document.
        unnoted: the document is of a kind whose leaves are tasks even without any note.
    """
    if layout.with_notes:
        lifted = _lifted(layout)
        return list(_noted(layout, layout.root, lifted))
    if not unnoted:
        return []
    return list(_leaves(layout, layout.root)) or _paragraphs(layout)


def _paragraphs(layout: Layout) -> list[Measure]:
    """Return the paragraphs that say who does something, where nothing is numbered."""
    found: list[Measure] = []
    for start, end in layout.own(layout.root):
        position = start
        for line in layout.text[start:end].split("\n"):
            span = (position, position + len(line))
            position += len(line) + 1
            names = prose_roles(line, anywhere=True).names() if line.strip() else ()
            if any(not is_anybody(name) for name in names):
                found.append(Measure(layout.root, 0, (span,), ()))
    return found


def _noted(layout: Layout, top: Node, lifted: set[int]) -> Iterator[Measure]:
    """Give the tasks below `top` in a document with notes."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in lifted:
            yield _with_children(layout, node)
            continue
        own = layout.notes.get(id(node), [])
        below = any(id(child) in layout.with_notes for child in node.children)
        if own:
            yield from _parts(layout, node, own, fold=not below)
        elif not below and _is_left_out(layout, node):
            yield _whole(layout, node, ("没有写明责任单位，请确认",))
        if below:
            waiting += reversed(node.children)


def _is_left_out(layout: Layout, node: Node) -> bool:
    """Whether a measure without a note stands among brothers that carry one."""
    if node.mark is None or node.mark.style in _HEADINGS_ONLY:
        return False
    brothers = node.parent.children if node.parent is not None else []
    noted = [one for one in brothers if id(one) in layout.notes]
    return bool(noted) and bool(layout.words(node))


def _parts(layout: Layout, node: Node, notes: list[Found], *, fold: bool) -> Iterator[Measure]:
    """Give a measure with notes, cut behind each of them where there are several."""
    spans = layout.own(node)
    if fold and node.children:
        spans = layout.clear(node.start, layout.end_below(node))
    if len(notes) == 1 or _in_items(layout, node, notes):
        yield Measure(node, 0, tuple(_bounded(layout, spans, notes)), tuple(notes))
        return
    pieces = list(_pieces(layout, spans, notes))
    for count, (piece, note) in enumerate(pieces, 1):
        yield Measure(node, count if len(pieces) > 1 else 0, tuple(piece), (note,))


def _pieces(
    layout: Layout, spans: list[Span], notes: list[Found]
) -> Iterator[tuple[list[Span], Found]]:
    """Give what each note is about: the words before it, or those below its heading."""
    bounds = [_part_start(layout, spans, notes, index) for index in range(len(notes))]
    for index, note in enumerate(notes):
        last = bounds[index + 1] if index + 1 < len(notes) else spans[-1][1]
        part = _cut(spans, bounds[index], last)
        yield (_bounded(layout, part, [note]) if index + 1 == len(notes) else part), note


def _part_start(layout: Layout, spans: list[Span], notes: list[Found], index: int) -> int:
    if index == 0:
        return spans[0][0]
    note, before = notes[index], notes[index - 1]
    line = layout.text.rfind("\n", before.end, note.start) + 1
    between = layout.text[before.end : line].strip() if line else ""
    if between and _heads(layout, before) and _heads(layout, note):
        return line
    return before.end


def _heads(layout: Layout, note: Found) -> bool:
    """Whether a note stands behind a heading, and what it is about below it."""
    line = layout.text.rfind("\n", 0, note.start) + 1
    words = layout.text[line : note.start].strip()
    return bool(words) and _is_heading(words)


def _bounded(layout: Layout, spans: list[Span], notes: list[Found]) -> list[Span]:
    """Cut off the paragraphs behind the last note, unless the note stands behind a heading."""
    last = notes[-1]
    line_end = layout.text.find("\n", last.end)
    before = "".join(layout.text[a : min(b, last.start)] for a, b in spans if a < last.start)
    if line_end < 0 or _heads(layout, last) or not before.strip():
        return spans
    return _cut(spans, spans[0][0], line_end)


def _cut(spans: list[Span], start: int, end: int) -> list[Span]:
    cut = [(max(a, start), min(b, end)) for a, b in spans]
    return [(a, b) for a, b in cut if a < b]


def _in_items(layout: Layout, node: Node, notes: list[Found]) -> bool:
    """Whether each note belongs to a part ①②③ of one measure."""
    words = layout.text[node.start : notes[-1].end]
    if len(read_items(words)) < len(notes):
        return False
    start = node.start
    for note in notes:
        if not _CIRCLED.search(layout.matched, start, note.start):
            return False
        start = note.end
    return True


def _with_children(layout: Layout, node: Node) -> Measure:
    """Return a measure whose note stands behind the last of its points."""
    last = node.children[-1]
    notes = layout.notes[id(last)]
    spans = layout.clear(node.start, last.end)
    return Measure(node, 0, tuple(_bounded(layout, spans, notes)), tuple(notes))


def _whole(layout: Layout, node: Node, doubts: tuple[str, ...] = ()) -> Measure:
    end = layout.end_below(node)
    if not node.children:
        end = _closing_words(layout, node)
    return Measure(node, 0, tuple(layout.clear(node.start, end)), (), doubts)


def _closing_words(layout: Layout, node: Node) -> int:
    """Return where a last measure ends: before the words that close the whole document."""
    brothers = node.parent.children if node.parent is not None else [node]
    if brothers[-1] is not node:
        return node.end
    single = len(brothers) > 1 and all(_is_one_line(layout, one) for one in brothers[:-1])
    position = layout.text.find("\n", node.start, node.end)
    while 0 <= position < node.end:
        heading = _is_heading(layout.text[node.start : position])
        closes = _closings().match(layout.matched, position + 1) is not None
        if closes or (single and not heading):
            return position
        position = layout.text.find("\n", position + 1, node.end)
    return node.end


def _is_one_line(layout: Layout, node: Node) -> bool:
    return not node.children and "\n" not in layout.text[node.start : node.end].strip()


def _is_heading(words: str) -> bool:
    return len(words) <= _LONGEST_HEADING and not any(sign in words for sign in _STOPS)


def _lifted(layout: Layout) -> set[int]:
    """Return the measures whose one note stands behind their last point, and means them all."""
    last_only: list[Node] = []
    others = 0
    for node in layout.root.walk():
        children = node.children
        if len(children) < 2 or any(child.children for child in children):
            continue
        counts = [len(layout.notes.get(id(child), [])) for child in children]
        if id(node) not in layout.notes and counts[-1] == 1 and not any(counts[:-1]):
            last_only.append(node)
        elif sum(map(bool, counts)) > 1:
            others += 1
    often = len(last_only) > 1 and len(last_only) > others
    return {
        id(node)
        for node in last_only
        if node.mark is not None and (often or all(child.inline for child in node.children))
    }


def _leaves(layout: Layout, top: Node) -> Iterator[Measure]:
    """Give the measures of a document without notes: what has nothing numbered below it."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node.mark is not None and _is_general(layout, node):
            continue
        points = [child for child in node.children if _is_measure(child)]
        if points:
            waiting += reversed(points)
        elif _says_something(layout, node):
            yield _whole(layout, node)


def _is_measure(node: Node) -> bool:
    """Whether what is numbered stands by itself: no point (1) and no list within a paragraph."""
    style = node.mark.style if node.mark is not None else Style.CHAPTER
    return style < Style.FIGURE_BRACKET and not (node.inline and style >= Style.FIGURE)


def _says_something(layout: Layout, node: Node) -> bool:
    if node.mark is None or node.mark.style in _HEADINGS_ONLY:
        return False
    return bool(layout.words(node)) or bool(node.children)


def _is_general(layout: Layout, node: Node) -> bool:
    """Whether a heading says that no tasks stand below it (总体要求)."""
    heading = re.split(r"[。\n]", layout.words(node))[0]
    return len(heading) <= 30 and _general().search(heading) is not None


@cache
def _general() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("documents.toml")["sections"]["not_tasks"])))


@cache
def _closings() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("documents.toml")["sections"]["closings"])))
