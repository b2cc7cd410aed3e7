"""Dialogs over one unit in a round: what they know of it, and how they write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit


class UnitForm(FormDialog):
    """A form over one unit in the round in sight.

    Attributes:
        unit: the unit's name.
        ledger, round: where it reports.
    """

    def __init__(
        self, kit: Kit, unit: str, name: str, verb: str, parent: QWidget | None = None
    ) -> None:
        hub = kit.hub
        if hub.ledger is None or hub.round is None:
            raise LookupError("no round is in sight")
        super().__init__(kit, f"{name} — {unit}", verb, parent)
        self.unit = unit
        self.ledger: LedgerRow = hub.ledger
        self.round: RoundRow = hub.round

    def carry_out(
        self,
        title: str,
        op: Callable[..., Outcome[Any]],  # Any: what an op gives is not needed here
        *arguments: object,
        **named: object,
    ) -> None:
        """Write through an op that takes office, ledger, round, unit and these arguments."""
        office, ledger, round_, unit = self.office(), self.ledger, self.round, self.unit
        who, now = self.kit.hub.who, self.kit.hub.now
        self.write(
            title,
            lambda _p: op(office, ledger, round_, unit, *arguments, **named, who=who, now=now),
            self.finish,
        )
