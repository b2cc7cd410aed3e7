"""Ledgers (专项) and rounds (轮次) as they come out of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.terms import LedgerState, RoundState


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One ledger.

    Attributes:
        office: who fills in the printed table (填报单位); empty where it is not printed.
        table_title: the title its 落实情况表 is printed under.
        tasks: how many tasks count (withdrawn and merged ones do not).
    """

    id: int
    name: str
    year: int | None
    kind: str
    rhythm: str
    state: LedgerState
    office: str
    table_title: str
    tasks: int


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round of a ledger; `number` counts within the ledger."""

    id: int
    ledger_id: int
    number: int
    cut_off: date | None
    feedback_due: date | None
    state: RoundState
    circular_number: str
