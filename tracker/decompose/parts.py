"""Cutting a measure with several notes into its parts, and off what does not belong to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.decompose.body import is_heading
from tracker.duties.items import read_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.decompose.body import Body, Span
    from tracker.decompose.outline import Node
    from tracker.duties.passages import Found

_CIRCLED = re.compile(r"[①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿]|[（(]\s*\d{1,2}\s*[)）]")


def pieces(body: Body, spans: list[Span], notes: list[Found]) -> Iterator[tuple[list[Span], Found]]:
    """Give what each note is about: the words before it, or those below its heading."""
    bounds = [_part_start(body, spans, notes, index) for index in range(len(notes))]
    for index, note in enumerate(notes):
        last = bounds[index + 1] if index + 1 < len(notes) else spans[-1][1]
        part = _cut(spans, bounds[index], last)
        yield (bounded(body, part, [note]) if index + 1 == len(notes) else part), note


def _part_start(body: Body, spans: list[Span], notes: list[Found], index: int) -> int:
    if index == 0:
        return spans[0][0]
    note, before = notes[index], notes[index - 1]
    line = body.text.rfind("\n", before.end, note.start) + 1
    between = body.text[before.end : line].strip() if line else ""
    if between and heads(body, before) and heads(body, note):
        return line
    return before.end


def heads(body: Body, note: Found) -> bool:
    """Whether a note stands behind a heading, and what it is about below it."""
    line = body.text.rfind("\n", 0, note.start) + 1
    words = body.text[line : note.start].strip()
    return bool(words) and is_heading(words)


def bounded(body: Body, spans: list[Span], notes: list[Found]) -> list[Span]:
    """Cut off the paragraphs behind the last note, unless the note stands behind a heading."""
    last = notes[-1]
    line_end = body.text.find("\n", last.end)
    before = "".join(body.text[a : min(b, last.start)] for a, b in spans if a < last.start)
    if line_end < 0 or heads(body, last) or not before.strip():
        return spans
    return _cut(spans, spans[0][0], line_end)


def _cut(spans: list[Span], start: int, end: int) -> list[Span]:
    cut = [(max(a, start), min(b, end)) for a, b in spans]
    return [(a, b) for a, b in cut if a < b]


def in_items(body: Body, node: Node, notes: list[Found]) -> bool:
    """Whether each note belongs to a part ①②③ of one measure."""
    words = body.text[node.start : notes[-1].end]
    if len(read_items(words)) < len(notes):
        return False
    start = node.start
    for note in notes:
        if not _CIRCLED.search(body.matched, start, note.start):
            return False
        start = note.end
    return True
