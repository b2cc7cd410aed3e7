"""A review as JSON, to be put by, and back again to the letter."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tracker.domain.deadline import Deadline
from tracker.domain.draft import (
    DecomposedDocument,
    DocumentHead,
    DocumentKind,
    Draft,
    Figure,
    Member,
    Passage,
    Quote,
    Roster,
)
from tracker.domain.review import Review, ReviewDraft
from tracker.domain.table import Item, Roles
from tracker.domain.terms import Recurrence, Role

Json = dict[str, Any]  # Any: values of JSON


def dumped(document: DecomposedDocument, proposed: Review, review: Review) -> bytes:
    """Return the document as read, the review it began with, and what became of it as JSON."""
    found = {each.id: each.task for each in proposed.drafts}
    all_three = {"document": document, "proposed": found, "review": review}
    return json.dumps(all_three, ensure_ascii=False, default=_plain).encode()


def loaded(data: bytes) -> tuple[DecomposedDocument, dict[int, str | None], Review]:
    """Return document and review, and which task each draft was found to be at the beginning."""
    kept = json.loads(data)
    proposed = {int(draft_id): task for draft_id, task in kept["proposed"].items()}
    return _document(kept["document"]), proposed, _review(kept["review"])


def _plain(value: Any) -> Any:  # Any: whatever a review holds
    """Return what JSON has no form for: a value as its fields, a day, a set of texts."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return {name: getattr(value, name) for name in value.__slots__}


def _document(kept: Json) -> DecomposedDocument:
    head = kept["head"]
    return DecomposedDocument(
        DocumentKind(kept["kind"]),
        DocumentHead(head["title"], head["number"], head["issuer"], _day(head["date"])),
        tuple(_draft(each) for each in kept["drafts"]),
        tuple(
            Roster(r["body"], tuple(Member(**m) for m in r["members"]), Quote(**r["quote"]))
            for r in kept["rosters"]
        ),
        tuple(kept["warnings"]),
    )


def _review(kept: Json) -> Review:
    return Review(
        tuple(_review_draft(each) for each in kept["drafts"]),
        tuple((printed, unit) for printed, unit in kept["units"]),
        kept["next_id"],
    )


def _review_draft(kept: Json) -> ReviewDraft:
    return ReviewDraft(
        id=kept["id"],
        draft=_draft(kept["draft"]),
        task=kept["task"],
        chosen=kept["chosen"],
        dropped=kept["dropped"],
        kept=frozenset(kept["kept"]),
        origins=tuple(kept["origins"]),
        settled=frozenset(kept["settled"]),
    )


def _draft(kept: Json) -> Draft:
    return Draft(
        number=kept["number"],
        path=tuple(kept["path"]),
        title=kept["title"],
        text=kept["text"],
        quote=Quote(**kept["quote"]),
        roles=_roles(kept["roles"]),
        persons=tuple(kept["persons"]),
        deadline=_deadline(kept["deadline"]),
        items=tuple(_item(each) for each in kept["items"]),
        figures=tuple(Figure(**each) for each in kept["figures"]),
        full_names=tuple((name, full) for name, full in kept["full_names"]),
        passages=tuple(
            Passage(p["field"], p["value"], Quote(**p["quote"])) for p in kept["passages"]
        ),
        doubts=tuple(kept["doubts"]),
    )


def _item(kept: Json) -> Item:
    return Item(
        kept["mark"],
        kept["text"],
        _roles(kept["roles"]),
        tuple(kept["persons"]),
        _deadline(kept["deadline"]),
        kept["progress"],
    )


def _roles(kept: Json) -> Roles:
    return Roles(*(tuple(kept[role.value]) for role in Role))


def _deadline(kept: Json | None) -> Deadline | None:
    if kept is None:
        return None
    again = Recurrence(kept["recurrence"]) if kept["recurrence"] else None
    return Deadline(kept["text"], _day(kept["date"]), again, kept["day"], kept["doubtful"])


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
