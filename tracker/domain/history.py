"""The trace (留痕): steps in the user's words and what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the journal.

    Attributes:
        kind: `do`, `undo` or `redo`.
        barrier: why it cannot be undone; empty where it can.
    """

    id: int
    label: str
    who: str
    at: datetime
    kind: str
    barrier: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step touched, as row ids by table, so that a screen can tell whether to refresh."""

    rows: tuple[tuple[str, frozenset[int | str]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)

    def of(self, table: str) -> frozenset[int | str]:
        """Return the ids touched in `table` (`task`, `entry`, `round`, `unit` …)."""
        return dict(self.rows).get(table, frozenset())
