"""Where the window of units and the wizard lead: the ledger, extracts, calls, printing."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from shiboken6 import isValid

from tracker.ui.exports import documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.browse import TaskLine
    from tracker.domain.reform import ReformKind
    from tracker.domain.unit_list import UnitPage
    from tracker.ops.list_facts import ListFacts
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow
    from tracker.ui.units.window import UnitsWindow

_LOOKED_AT = 50
"""So many tasks tell in which ledger they stand."""
NOT_NARROWED: dict[str, object] = {
    "text": "",
    "lights": frozenset(),
    "unit_id": None,
    "section": None,
    "completion": frozenset(),
    "show": None,
    "codes": frozenset(),
    "about": "",
}


class Doors:
    """Opens what belongs to units, from the menu and from one another.

    Attributes:
        window: the main window.
    """

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        self.window, self.kit = window, kit
        self._units: UnitsWindow | None = None

    # Windows

    def show_units(self) -> None:
        """Show the window of units and leaders, or bring it to the front."""
        if self.kit.hub.office is None:
            return
        self.window.finish_editing()
        # Its code is loaded in a worker: that takes longer than a window may stand still.
        self.kit.runner.read(
            "打开单位与领导",
            lambda _progress: import_module("tracker.ui.units.window"),
            lambda _module: self._show_units(),
        )

    def _show_units(self) -> None:
        from tracker.ui.units.window import UnitsWindow

        if self.kit.hub.office is None:
            return
        if self._units is None or not isValid(self._units):
            self._units = UnitsWindow(self.kit, self, self.window)
        self._units.show()
        self._units.raise_()
        self._units.activateWindow()

    def reform(
        self, kind: ReformKind | None = None, old: Sequence[str] = (), new: str = ""
    ) -> None:
        """Open the wizard, with what is known already."""
        from tracker.ui.units.wizard import ReformWizard

        if self.kit.hub.office is None:
            return
        self.window.finish_editing()
        above = self._units if self._units is not None and isValid(self._units) else None
        parent = above if above is not None and above.isVisible() else self.window
        print_breakdown = self.window.commands.export_breakdown
        wizard = ReformWizard(self.kit, print_breakdown, parent, kind=kind, old=old)
        if new:
            wizard.basics.new.fill((new,))
        wizard.open()

    # The ledger

    def show_task(self, line: TaskLine) -> None:
        """Show a task in the ledger and take it in hand."""
        self._choose_ledger(line.ledger_id)
        self.kit.hub.narrow(**NOT_NARROWED)
        self._to_front()
        self.kit.hub.select(line.code)

    def show_tasks(self, unit_id: int, ledgers: Sequence[int]) -> None:
        """Show all tasks of a unit in the ledger in sight, else in the one with most of them."""
        here = self.kit.hub.ledger.id if self.kit.hub.ledger else None
        if ledgers and here not in ledgers:
            self._choose_ledger(Counter(ledgers).most_common(1)[0][0])
        self.kit.hub.narrow(**{**NOT_NARROWED, "unit_id": unit_id})
        self._to_front()

    def show_codes(self, codes: Sequence[str], about: str) -> None:
        """Show these tasks, in the ledger in sight or in that of the first of them."""
        from tracker.ops.tasks import find_task

        office, ledger = self.kit.hub.office, self.kit.hub.ledger
        if office is None or not codes:
            return
        ledgers = [find_task(office, code).ledger_id for code in codes[:_LOOKED_AT]]
        if ledger is None or ledger.id not in ledgers:
            self._choose_ledger(Counter(ledgers).most_common(1)[0][0])
        self.kit.hub.narrow(**{**NOT_NARROWED, "codes": frozenset(codes), "about": about})
        self._to_front()

    def _choose_ledger(self, ledger_id: int) -> None:
        ledger = self.kit.hub.ledger
        if ledger is None or ledger.id != ledger_id:
            self.window.commands.choose_ledger(ledger_id)

    def _to_front(self) -> None:
        self.window.view("台账")
        self.window.raise_()
        self.window.activateWindow()

    # Papers and calls

    def extract(self, page: UnitPage) -> None:
        """Open the extracts of the round in sight with this unit chosen."""
        from tracker.ops.list_facts import list_facts
        from tracker.ui.dialogs.extracts import ExtractsDialog

        hub = self.kit.hub
        office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now
        if office is None or ledger is None or round_ is None:
            return
        parent = self._units or self.window

        def show(facts: ListFacts) -> None:
            dialog = ExtractsDialog(self.kit, facts, parent if isValid(parent) else self.window)
            dialog.search.setText(page.line.unit.name)
            dialog.show()

        self.kit.runner.write_file(
            "正在摘录", lambda _progress: list_facts(office, ledger, round_, now), show
        )

    def call(self, page: UnitPage) -> None:
        """Note a call to this unit in the round in sight."""
        from tracker.ui.dialogs.call import CallDialog

        if self.kit.hub.round is None:
            return
        unit = page.line.unit
        whom = " ".join(part for part in (unit.contact, unit.phone) if part)
        CallDialog(self.kit, unit.name, whom, "", self._units or self.window).open()

    def ask_target(self, title: str, name: str, kinds: str, endings: Sequence[str]) -> Path | None:
        """Ask where to write a file; a name without an ending that can be written gets one."""
        asked = self.kit.messages.ask_save(title, str(documents() / name), kinds)
        if not asked:
            return None
        target = Path(asked)
        known = target.suffix.lower() in endings
        return target if known else target.with_name(target.name + endings[0])

    def tell_written(self, path: Path) -> None:
        """Say that a file was written, with a link that opens it."""
        url = QUrl.fromLocalFile(str(path))
        self.kit.messages.tell(f"已导出 {path.name}", "打开", lambda: QDesktopServices.openUrl(url))
