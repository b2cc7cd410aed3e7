"""What an op gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from tracker.domain.history import Changes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """The result of an op.

    Attributes:
        value: what the caller asked for.
        changes: which rows were touched; each screen decides from it whether to refresh.
        sentence: what happened, in the user's words.
    """

    value: T
    changes: Changes
    sentence: str
