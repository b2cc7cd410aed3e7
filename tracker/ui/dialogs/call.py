"""One call or message that chased a unit (催办记录)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from tracker.domain.returned import Call
from tracker.ops.returns import add_call
from tracker.ui.dialogs.fields import TextEdit
from tracker.ui.dialogs.unit_form import UnitForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit


class CallDialog(UnitForm):
    """Keeps whom one spoke to and what he said.

    Flow: whom (the unit's contact stands there), what he said, Ctrl+Enter. The moment and the
    caller are the present ones. It counts as one 催办 of the unit.
    """

    def __init__(
        self, kit: Kit, unit: str, whom: str = "", said: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, unit, "电话记录", "记下", parent)
        self.add_words(unit, quiet=False)
        self.add_field("whom", "找的谁", QLineEdit(whom), "如 办公室 李主任 138…")
        self.add_field("said", "对方怎么说", TextEdit(2, said, "如 今天下班前报来"))

    def save(self) -> None:
        """Check and write."""
        if self.text_of("said") or self.need("whom"):
            now, who = self.kit.hub.now, self.kit.hub.who
            call = Call(now, self.text_of("whom"), self.text_of("said"), who)
            self.carry_out("记催办", add_call, call)
