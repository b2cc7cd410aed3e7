"""Everything that reports of a round speak of, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.domain.document import DocumentRow
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow
    from tracker.ops.office import Office


@dataclass(frozen=True, slots=True)
class RoundContent:
    """The tasks that count, the round's entries by task id, units and documents."""

    tasks: tuple[TaskRow, ...] = ()
    entries: Mapping[int, EntryRow] = field(default_factory=dict)
    units: tuple[UnitRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()


def round_content(office: Office, ledger: LedgerRow, round_: RoundRow) -> RoundContent:
    """Return what is stored of a round."""
    with office.read() as view:
        return RoundContent(
            view.tasks(ledger.id),
            view.entries(round_.id),
            view.units(),
            view.documents(ledger.id),
        )
