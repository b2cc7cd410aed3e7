"""Where the fields of a draft come from, as spans of the text that was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.domain.draft import Passage
from tracker.domain.terms import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.body import Measure, Span
    from tracker.decompose.view import View
    from tracker.domain.deadline import Deadline
    from tracker.domain.table import Roles


def passages_of(
    view: View,
    measure: Measure,
    roles: Roles,
    persons: Sequence[str],
    deadline: Deadline | None,
) -> tuple[Passage, ...]:
    """Return the passages of a draft in the order they stand; what is not found has none."""
    notes = [(note.start, note.end) for note in (*measure.notes, *measure.shared)]
    wanted = [(role.value, name) for role in Role for name in roles.of(role)]
    wanted += [("persons", name) for name in persons]
    spans = notes or list(measure.spans)
    found = [_passage(view, kind, name, spans) for kind, name in wanted]
    if deadline is not None:
        found.append(_passage(view, "deadline", deadline.text, [*notes, *measure.spans]))
    found += [Passage("note", "", view.quote(*note)) for note in notes]
    found += [Passage("text", "", view.quote(*span)) for span in measure.spans]
    if measure.node.mark is not None and measure.part <= 1:
        mark = measure.node.mark
        found.append(Passage("number", mark.printed, view.quote(mark.start, mark.end)))
    known = [passage for passage in found if passage is not None]
    return tuple(sorted(known, key=lambda one: (one.quote.start, -one.quote.end)))


def _passage(view: View, kind: str, words: str, spans: Sequence[Span]) -> Passage | None:
    for start, end in spans:
        at = view.text.find(words, start, end)
        if at >= 0:
            return Passage(kind, words, view.quote(at, at + len(words)))
    spaced = re.compile(r"\s*".join(map(re.escape, words)))
    for start, end in spans:
        found = spaced.search(view.text, start, end)
        if found and words:
            return Passage(kind, words, view.quote(found.start(), found.end()))
    return None
