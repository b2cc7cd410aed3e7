"""Looking at the names of all drafts together: elided prefixes, near misses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.duties.offices import full_names, near_misses, whole_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.draft import Draft


def with_names(drafts: Sequence[Draft], text: str) -> list[Draft]:
    """Return the drafts with what elided names stand for, and doubts about odd spellings.

    Args:
        drafts: the drafts of a document.
        text: the text the quotes are spans of.
    """
    known = whole_names(name for draft in drafts for name in _own(draft))
    full = [full_names(_own(draft), _note_text(draft, text), known) for draft in drafts]
    odd = near_misses(
        [
            names.get(name, name)
            for draft, names in zip(drafts, full, strict=True)
            for name in _own(draft)
        ]
    )
    return [_named(draft, names, odd) for draft, names in zip(drafts, full, strict=True)]


def _own(draft: Draft) -> tuple[str, ...]:
    return draft.all_roles().names()


def _note_text(draft: Draft, text: str) -> str:
    """Return the notes of a draft; the whole passage where none is known."""
    spans = [one.quote for one in draft.passages if one.field == "note"] or [draft.quote]
    return "\n".join(text[span.start : span.end] for span in spans)


def _named(draft: Draft, full: dict[str, str], odd: dict[str, str]) -> Draft:
    asked = tuple(
        f"“{name}”与“{odd[whole]}”是否同一单位，请确认"
        for name in _own(draft)
        if (whole := full.get(name, name)) in odd
    )
    if not full and not asked:
        return draft
    doubts = tuple(dict.fromkeys((*draft.doubts, *asked)))
    return replace(draft, full_names=tuple(full.items()), doubts=doubts)
