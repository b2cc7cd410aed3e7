"""Sections whose paragraphs begin 第一，… 第二，…: each opens with a heading of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.decompose.body import NO_UNITS, Measure, is_heading
from tracker.text.segments import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.decompose.body import Body, Span
    from tracker.decompose.outline import Node

_ORDINAL = re.compile(r"第[一二三四五六七八九十]{1,2}[，,、]")
_LONGEST = 45
_EDGES = "。；;，, \n\t　"


def under_ordinals(body: Body, node: Node, found: Iterable[Measure]) -> Iterator[Measure]:
    """Give the measures of a node, those of 第一，… paragraphs below the sentence that opens them.

    The node's own heading line is none of their words.
    """
    heads = _heads(body, node)
    if not heads:
        yield from found
        return
    parts = [part for measure in found for part in _apart(body, measure, heads)]
    for count, part in enumerate(parts, 1):
        yield replace(part, part=count if len(parts) > 1 else 0)


def _heads(body: Body, node: Node) -> list[Span]:
    """Return the sentences that open the paragraphs, where a heading line stands above them."""
    own = body.text[node.start : node.end]
    first, _, below = own.partition("\n")
    if not is_heading(first.strip()) or not _ORDINAL.match(below):
        return []
    heads: list[Span] = []
    start = node.start + len(first) + 1
    for line in below.split("\n"):
        if _ORDINAL.match(line):
            opening = sentences(line)[0][1]
            heads.append((start, start + (opening if opening <= _LONGEST else 0)))
        start += len(line) + 1
    return heads


def _apart(body: Body, measure: Measure, heads: list[Span]) -> Iterator[Measure]:
    """Give a measure without the headings in it; what stands before one is a measure too.

    An empty heading stands for a paragraph that is all task: the section's is above it still.
    """
    note = measure.notes[0].start if measure.notes else measure.spans[-1][1]
    at = bisect_right(heads, (note, note)) - 1
    if at < 0:
        yield measure
        return
    start, end = heads[at]
    rest = _clip(measure.spans, heads[0][0], start) if start > measure.spans[0][0] else ()
    if _says(body, rest):
        above = heads[at - 1] if at and heads[at - 1][0] < heads[at - 1][1] else None
        rest = _clip(rest, above[1] if above else 0, start)
        if _says(body, rest):
            above = above or (start, start)
            yield Measure(measure.node, 0, rest, (), heading=above, doubts=(NO_UNITS,))
    own = _clip(measure.spans, end, measure.spans[-1][1])
    if start < end and _says(body, _clip(own, end, note)):
        yield replace(measure, spans=own, heading=(start, end))
    else:
        own = _clip(measure.spans, start, measure.spans[-1][1])
        yield replace(measure, spans=own, heading=(start, start))


def _clip(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    clipped = ((max(a, start), min(b, end)) for a, b in spans)
    return tuple((a, b) for a, b in clipped if a < b)


def _says(body: Body, spans: Iterable[Span]) -> bool:
    return any(body.text[a:b].strip(_EDGES) for a, b in spans)
