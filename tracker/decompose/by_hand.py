"""A stretch of a document that the clerk marked becomes one draft, whatever it looks like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.decompose.body import Body, Measure
from tracker.decompose.drafts import Drafting
from tracker.decompose.lines import lines_of
from tracker.decompose.outline import read_outline
from tracker.decompose.view import view_of
from tracker.duties.passages import find_notes
from tracker.duties.vocabulary import plain

if TYPE_CHECKING:
    from datetime import date

    from tracker.decompose.outline import Node
    from tracker.domain.draft import Draft


def draft_of_stretch(
    text: str, start: int, end: int, *, day: date | None, prose: bool
) -> Draft | None:
    """Return the draft of `text[start:end]`; None where no words stand there.

    Args:
        text: the document as read.
        start: where the stretch begins.
        end: where it ends.
        day: the document's date.
        prose: sentences assign, for the document has no notes.
    """
    view = view_of(lines_of(_alone(text, start, end)))
    if not view.text.strip():
        return None
    matched = plain(view.text)
    body = Body(view.text, matched, read_outline(view.text, matched), [])
    node = _opening(body.root)
    span = (node.start, len(view.text))
    if not view.text[node.start :].strip():
        node, span = body.root, (0, len(view.text))
    notes = tuple(find_notes(view.text, matched, *span))
    drafting = Drafting(view, body, day, day, prose=prose)
    draft = drafting.draft(Measure(node, 0, (span,), notes))
    return draft if draft.text.strip() else _as_it_stands(draft, view.text)


def _alone(text: str, start: int, end: int) -> str:
    """Return the stretch in its place, with nothing but a blank line before it."""
    if start == 0:
        return text[:end]
    return " " * (start - 1) + "\n" + text[start:end]


def _opening(root: Node) -> Node:
    """Return the numbered measure that the stretch opens with, else the whole."""
    first = root.children[0] if root.children else None
    if first is None or first.mark is None or first.mark.start > 0:
        return root
    return first


def _as_it_stands(draft: Draft, words: str) -> Draft:
    """A stretch that is nothing but a note or a number: its words are the task's."""
    text = words.strip()
    return replace(draft, number="", title=text.split("\n", 1)[0], text=text)
