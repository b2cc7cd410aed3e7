"""What menus and buttons do with tasks: each opens the dialog that asks for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow


class TaskCommands(QObject):
    """One method for each action on the tasks in hand and on what is approved of them."""

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        super().__init__(window)
        self._window = window
        self._kit = kit

    def find(self) -> None:
        """Put the cursor into the search field."""
        self._window.tools.search.setFocus()
        self._window.tools.search.selectAll()

    def replace_words(self) -> None:
        """Look for words in this round's texts and replace them."""
        from tracker.ui.ledger.view import LedgerView

        view = self._window.view("台账")
        if isinstance(view, LedgerView):
            view.replace_words()

    def new_task(self) -> None:
        """Open the dialog for new tasks."""
        self._open_dialog("open_new_task")

    def edit_task(self) -> None:
        """Open the dialog for the task in hand."""
        self._open_dialog("open_edit_task")

    def extend_task(self) -> None:
        """Extend the deadline of the task in hand."""
        self._open_dialog("open_extend_task")

    def plan_milestones(self) -> None:
        """Break the task in hand down by month (分解到月)."""
        self._open_dialog("open_milestones")

    def split_task(self) -> None:
        """Split the task in hand."""
        self._open_dialog("open_split_task")

    def merge_tasks(self) -> None:
        """Merge the selected tasks, or the one in hand with others, into one."""
        self._open_dialog("open_merge_tasks", self._window.chosen_codes())

    def withdraw_task(self) -> None:
        """Withdraw the task in hand."""
        self._open_dialog("open_withdraw_task")

    def close_task(self) -> None:
        """Close the task in hand (销号)."""
        self._open_dialog("open_close_task")

    def reopen_task(self) -> None:
        """Open the task in hand again."""
        self._open_dialog("open_reopen_task")

    def revisit_task(self) -> None:
        """Note a look at the closed task in hand (回访)."""
        self._open_dialog("open_revisit")

    def new_slip(self) -> None:
        """Issue a slip about the selected tasks, or the one in hand."""
        from tracker.ui.slips.new_slip import open_new_slip

        codes = self._window.chosen_codes() or (self._kit.hub.code,)
        open_new_slip(self._kit, self._window, codes)

    def attach_evidence(self) -> None:
        """Ask for files and keep them with the task in hand."""
        self._window.furnished_detail().evidence.choose()

    def close_round(self) -> None:
        """Approve the round in sight (定稿)."""
        self._window.finish_editing()
        self._open_dialog("open_close_round")

    def reopen_round(self) -> None:
        """Open the approved round in sight again."""
        self._open_dialog("open_reopen_round")

    def _open_dialog(self, name: str, *more: object) -> None:
        from tracker.ui import dialogs

        getattr(dialogs, name)(self._kit, self._window, *more)
