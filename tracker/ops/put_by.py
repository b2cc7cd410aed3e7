"""Which reviews were put by (暂存): asked whenever a file is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.ops.office import Office

PREFIX = "review:"
"""How the settings that keep reviews begin."""


@dataclass(frozen=True, slots=True)
class SavedReview:
    """A review put by (暂存).

    Attributes:
        drafts: how many drafts it has, without the dropped ones.
        waiting: how many of them are not chosen yet.
    """

    id: str
    title: str
    ledger: str
    saved_at: datetime
    drafts: int
    waiting: int


def open_reviews(office: Office) -> tuple[SavedReview, ...]:
    """Return the reviews put by, the newest first."""
    with office.read() as view:
        kept = view.settings(PREFIX)
    found = [
        SavedReview(
            id=key.removeprefix(PREFIX),
            title=value["title"],
            ledger=value["ledger"],
            saved_at=datetime.fromisoformat(value["saved_at"]),
            drafts=value["drafts"],
            waiting=value["waiting"],
        )
        for key, value in kept.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.saved_at, each.id), reverse=True))
