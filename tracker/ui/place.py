"""Where one was: the file, its ledger, the tab and the task in hand, from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.ops.ledgers import list_ledgers
from tracker.ops.tasks import find_task
from tracker.ui.preferences import REOPEN, Preferences
from tracker.ui.recent import LastPlace

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office
    from tracker.ui.main_window import MainWindow


class PlaceKeeper:
    """Notes where the window is when it closes, and brings a file opened again back there."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def keep(self) -> None:
        """Note the place; nothing of the sample or where no file is open."""
        hub, choices = self._window.kit.hub, self._window.choices
        office = hub.office
        if office is None or self._window.commands.samples.holds(office.path):
            choices.set_place(None)
            return
        ledger = hub.ledger.name if hub.ledger else ""
        place = LastPlace(office.path.resolve(), ledger, self._window.tab_in_sight, hub.code)
        choices.set_place(place)

    def last_file(self) -> Path | None:
        """Return the file that was open when the window was closed, if it is still there.

        None where the user wants to begin at the start page.
        """
        if not Preferences(self._window.choices).get(REOPEN):
            return None
        place = self._window.choices.place()
        return place.path if place is not None and place.path.is_file() else None

    def ledger_of(self, office: Office) -> LedgerRow | None:
        """Return the ledger that was in sight in this file."""
        place = self._place_in(office)
        if place is None:
            return None
        return next((row for row in list_ledgers(office) if row.name == place.ledger), None)

    def go_back(self, office: Office) -> None:
        """Show the tab and the task that were in sight in this file."""
        place = self._place_in(office)
        if place is None:
            return
        if place.tab in self._window.tab_names:
            self._window.view(place.tab)
        try:
            self._window.kit.hub.select(find_task(office, place.code).code if place.code else "")
        except UserError:
            return  # taken back since; the first task is in hand

    def _place_in(self, office: Office) -> LastPlace | None:
        place = self._window.choices.place()
        return place if place is not None and place.path == office.path.resolve() else None
