"""The clerk's review of drafts: a frozen state, and the states it went through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.proposal import NEW_TASK

if TYPE_CHECKING:
    from tracker.domain.draft import Draft


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """One draft in review.

    Attributes:
        id: stays the same through every edit.
        task: code of the stored task that it is; `NEW_TASK` for a new one; None while the clerk
            has to say which.
        chosen: it will be stored.
        dropped: put aside; it is not stored, even where it is chosen.
        kept: fields in which the stored task stays as it is.
        origins: which of the drafts as read it is made of, by their place; empty for one that
            was made by hand.
        settled: doubts that the clerk has looked at.
    """

    id: int
    draft: Draft
    task: str | None = NEW_TASK
    chosen: bool = True
    dropped: bool = False
    kept: frozenset[str] = frozenset()
    origins: tuple[int, ...] = ()
    settled: frozenset[str] = frozenset()

    @property
    def doubts(self) -> tuple[str, ...]:
        """The doubts that still wait."""
        return tuple(doubt for doubt in self.draft.doubts if doubt not in self.settled)

    @property
    def will_be_stored(self) -> bool:
        """Whether storing the review takes this draft along."""
        return self.chosen and not self.dropped and self.task is not None


@dataclass(frozen=True, slots=True)
class Review:
    """All drafts of a document as they stand now, in the order of the document.

    Attributes:
        units: for names as printed the unit they stand for, as the clerk said; a name that
            stands for itself becomes a unit of its own.
        next_id: the id that the next new draft gets.
    """

    drafts: tuple[ReviewDraft, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    next_id: int = 1

    def of(self, draft_id: int) -> ReviewDraft:
        """Return the draft of that id.

        Raises:
            KeyError: there is none.
        """
        for each in self.drafts:
            if each.id == draft_id:
                return each
        raise KeyError(draft_id)

    def chosen(self) -> tuple[ReviewDraft, ...]:
        """Return the drafts that will be stored."""
        return tuple(each for each in self.drafts if each.will_be_stored)


@dataclass(frozen=True, slots=True)
class Steps:
    """The states of a review, for undo and redo in the screen."""

    states: tuple[Review, ...]
    at: int = 0

    @property
    def now(self) -> Review:
        """The state shown."""
        return self.states[self.at]

    def then(self, review: Review) -> Steps:
        """Return the steps with `review` as the newest; what was undone is forgotten."""
        if review == self.now:
            return self
        return Steps((*self.states[: self.at + 1], review), self.at + 1)

    def back(self) -> Steps:
        """Return the steps one state earlier; the same at the beginning."""
        return replace(self, at=max(0, self.at - 1))

    def forward(self) -> Steps:
        """Return the steps one state later; the same at the end."""
        return replace(self, at=min(len(self.states) - 1, self.at + 1))
