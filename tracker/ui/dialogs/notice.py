"""The notice (责任分解通知) before it is written: its text, the table behind it, its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.letters import notice_letter
from tracker.ui.dialogs.letter import LetterDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tracker.ops.letters import Letter
    from tracker.ui.kit import Kit


class NoticeDialog(LetterDialog):
    """Shows the notice that sends the 责任分解表 of the ledger in sight round."""

    def __init__(
        self, kit: Kit, export: Callable[[Letter], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, "责任分解通知", export, parent)
        self._office, self._ledger = kit.hub.office, kit.hub.ledger
        self.table = self.option("后附责任分解表", on=True)
        self.reload()

    def work(self) -> Callable[[], Letter] | None:
        """Return what composes the notice."""
        office, ledger = self._office, self._ledger
        if office is None or ledger is None:
            return None
        now, with_table = self.kit.hub.now, self.table.isChecked()
        return lambda: notice_letter(office, ledger, now, with_table=with_table)
