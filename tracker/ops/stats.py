"""Every count of a round (`stats`); of a closed round as they were when it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.insight.owners import UnitBook
from tracker.insight.round_stats import round_stats
from tracker.ops.board import board_of
from tracker.ops.round_facts import counted_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracker.domain.board import Board
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office
    from tracker.store.queries import View


def read_stats(
    office: Office, ledger: LedgerRow, round_: RoundRow, today: date
) -> Mapping[str, Any]:  # Any: a JSON document
    """Return the counts under the keys of the `stats` command."""
    with office.read() as view:
        stored: dict[str, Any] | None = view.edition_part(round_.id, "stats")
        if stored is not None:
            return stored
        return stats_of(view, ledger, round_, today)


def stats_of(
    view: View, ledger: LedgerRow, round_: RoundRow, today: date, shown: Board | None = None
) -> dict[str, Any]:  # Any: a JSON document
    """Return the counts as they are now, from an open view.

    They speak of the day that `counted_on` gives.

    Args:
        shown: the round's board, where it is known already.
    """
    book = UnitBook.of(view.units())
    as_of = counted_on(round_, today)
    counted = round_stats(view.tasks(ledger.id), view.entries(round_.id), as_of, book)
    on_board = shown or board_of(view, ledger, round_, today)
    return {
        "ledger": ledger.name,
        "round": round_.number,
        **counted.as_json(),
        "returns": {
            "due": on_board.expected,
            "returned": on_board.returned,
            "late": len(on_board.late),
            "missing": [row.unit for row in on_board.missing],
        },
        "note": counted.note,
    }
