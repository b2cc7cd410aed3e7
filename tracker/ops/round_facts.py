"""Everything that reports of a round speak of, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.ops.edition_values import (
    closed_on,
    day_from,
    documents_from,
    edition_content,
    entries_from,
    ledger_from,
    tasks_from,
    units_from,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracker.domain.document import DocumentRow
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow
    from tracker.ops.office import Office
    from tracker.store.queries import View


@dataclass(frozen=True, slots=True)
class RoundContent:
    """The tasks that count, the round's entries by task id, units and documents.

    Attributes:
        closed_on: the day the round was closed; None while it is open.
        ledger: as it was on that day.
        as_of: the day on which a closed round counts what is past its date.
    """

    tasks: tuple[TaskRow, ...] = ()
    entries: Mapping[int, EntryRow] = field(default_factory=dict)
    units: tuple[UnitRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    closed_on: date | None = None
    ledger: LedgerRow | None = None
    as_of: date | None = None


def counted_on(round_: RoundRow, today: date) -> date:
    """Return the day on which a round that stands open counts what is past its date.

    It is the day up to which the round reports: what fell due since is no news of this round. As
    long as that day lies ahead it is today, for nobody is late before the time.
    """
    return min(round_.cut_off or today, today)


def round_content(office: Office, ledger: LedgerRow, round_: RoundRow) -> RoundContent:
    """Return what is stored of a round; of a closed one what it approved."""
    with office.read() as view:
        return content_from(view, ledger, round_)


def content_from(view: View, ledger: LedgerRow, round_: RoundRow) -> RoundContent:
    """Return what is stored of a round, from an open view."""
    stored = edition_content(view, round_.id)
    if stored is not None:
        return RoundContent(
            tasks_from(stored),
            entries_from(stored),
            units_from(stored),
            documents_from(stored),
            closed_on(stored),
            ledger_from(stored),
            day_from(stored["stats"]["as_of"]),
        )
    return RoundContent(
        view.tasks(ledger.id),
        view.entries(round_.id),
        view.units(),
        view.documents(ledger.id),
    )
