"""What all views of a window share: the opened office, the round, the filter, the selection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.domain.browse import Filter

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from tracker.domain.history import Changes
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office


class Hub(QObject):
    """The one state of a window. Views listen to its signals and ask it; they never ask each other.

    Attributes:
        office: the opened file; None on the start page.
        ledger: the ledger in sight; None where the file has none yet.
        round: the round in sight; None where the ledger has none yet.
        filter: what the views show.
        code: the task in hand; empty for none.
        folded: titles of the groups that are folded, in every list that shows groups.

    Signals:
        opened: another office, ledger or round is in sight; reload everything.
        changed: a step was done; the changes, and the object that started it.
        filtered: the filter is another now.
        selected: another task is in hand.
        refolded: other groups are folded now.
    """

    opened = Signal()
    changed = Signal(object, object)
    filtered = Signal()
    selected = Signal(str)
    refolded = Signal()

    def __init__(
        self, who: str, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.who = who
        self._clock = clock
        self.office: Office | None = None
        self.ledger: LedgerRow | None = None
        self.round: RoundRow | None = None
        self.filter = Filter(ledger_id=None)
        self.code = ""
        self.folded: frozenset[str] = frozenset()

    @property
    def now(self) -> datetime:
        """The present moment; the only place of the window that asks for it."""
        return self._clock()

    @property
    def today(self) -> date:
        """The present day."""
        return self._clock().date()

    def show(
        self, office: Office | None, ledger: LedgerRow | None, round_: RoundRow | None
    ) -> None:
        """Bring an office, a ledger and a round into sight."""
        self.office, self.ledger, self.round = office, ledger, round_
        self.filter = Filter(ledger.id if ledger else None, group=self.filter.group)
        self.code = ""
        self.folded = frozenset()
        self.opened.emit()

    def narrow(self, **fields: object) -> None:
        """Change fields of the filter, for example `text` or `lights`."""
        changed = replace(self.filter, **fields)  # type: ignore[arg-type]  # fields of Filter
        if changed != self.filter:
            if changed.group != self.filter.group:
                self.folded = frozenset()
            self.filter = changed
            self.filtered.emit()

    def fold(self, titles: frozenset[str]) -> None:
        """Fold these groups and open all others."""
        if titles != self.folded:
            self.folded = titles
            self.refolded.emit()

    def select(self, code: str) -> None:
        """Take another task in hand."""
        if code != self.code:
            self.code = code
            self.selected.emit(code)

    def tell(self, changes: Changes, initiator: object = None) -> None:
        """Tell every view what a step touched."""
        if changes:
            self.changed.emit(changes, initiator)
