"""Lists, extracts and the pack of the round in sight, from the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ui.exports import NO_ROUND

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tracker.ops.list_facts import ListFacts
    from tracker.ui.dialogs.papers import PapersDialog
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow


class MeetingPapers:
    """Opens the dialogs, once what is typed is saved and the round is read."""

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        self._window = window
        self._kit = kit

    def lists(self) -> None:
        """Show the lists of the round in sight."""
        from tracker.ui.dialogs.lists import ListsDialog

        self._open("正在列清单", ListsDialog)

    def extracts(self) -> None:
        """Show what each unit has to do with the round in sight."""
        from tracker.ui.dialogs.extracts import ExtractsDialog

        self._open("正在摘录", ExtractsDialog)

    def pack(self) -> None:
        """Ask what goes into the pack of the round in sight."""
        from tracker.ui.dialogs.pack import PackDialog

        self._open("正在清点材料", PackDialog)

    def _open(self, title: str, dialog: Callable[[Kit, ListFacts, QWidget], PapersDialog]) -> None:
        from tracker.ops.list_facts import list_facts

        hub = self._kit.hub
        office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now
        if office is None or ledger is None:
            return
        if round_ is None:
            self._kit.messages.problem(NO_ROUND)
            return
        self._window.finish_editing()

        def show(facts: ListFacts) -> None:
            dialog(self._kit, facts, self._window).show()

        self._kit.runner.write_file(
            title, lambda _progress: list_facts(office, ledger, round_, now), show
        )
