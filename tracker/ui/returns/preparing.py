"""Reading what is needed before forms are sent, in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.board import board
from tracker.ops.collectives import list_units
from tracker.ops.forms import kept_contact, plan_forms
from tracker.ui.returns.sending import Prepared, recipients_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office


def prepare(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    cooperating: bool,
    named: Mapping[tuple[int, int], tuple[int, ...]],
    today: date,
) -> Prepared:
    """Return the plan of a round's forms and what is shown beside it."""
    plan = plan_forms(office, ledger, round_, cooperating=cooperating, named=named)
    units = list_units(office)
    rows = board(office, ledger, round_, today).rows
    sent = {row.unit_id: row.sent_at for row in rows if row.sent_at is not None}
    return Prepared(plan, recipients_of(plan, units, sent), units, kept_contact(office))
