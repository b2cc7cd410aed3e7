"""The headings above a task, as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.text.segments import sentences

if TYPE_CHECKING:
    from tracker.decompose.body import Body
    from tracker.decompose.outline import Node


def heading_of(body: Body, node: Node) -> str:
    """Return the mark and the first sentence of a node, without an assignment note."""
    if node.mark is None:
        return ""
    end = node.end
    for note in body.notes.get(id(node), ())[:1]:
        end = min(end, note.start)
    text = body.text[node.mark.start : end]
    first = text.split("\n", 1)[0].strip()
    mark = len(body.text[node.mark.start : node.start])
    for _, last in sentences(first[mark:])[:1]:
        return first[: mark + last]
    return first
