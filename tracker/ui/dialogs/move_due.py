"""Moving one unit's own cut-off (本期延期)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.returns import move_due
from tracker.ui.detail.words import long_day
from tracker.ui.dialogs.fields import DayEdit, TextEdit
from tracker.ui.dialogs.unit_form import UnitForm

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit


class MoveDueDialog(UnitForm):
    """Gives one unit more time in this round; the others keep the round's day.

    Flow: the day, the reason, Ctrl+Enter.
    """

    def __init__(
        self, kit: Kit, unit: str, standing: date | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, unit, "报送延期", "延期", parent)
        self._standing = standing
        self.add_words(unit, quiet=False)
        words = f"现在的截止：{long_day(standing)}" if standing else "这一期没有写截止日期"
        self.add_words(f"{words}。只改这一家，别的单位不变。")
        self._day = DayEdit(max(standing or kit.hub.today, kit.hub.today))
        self.add_field("due", "延到", self._day)
        self.add_field("reason", "理由", TextEdit(2))

    def save(self) -> None:
        """Check and write."""
        if self._day.value == self._standing:
            self.complain("due", "这就是现在的截止日期，请另选一天")
            return
        if self.need("reason"):
            self.carry_out("报送延期", move_due, self._day.value, self.text_of("reason"))
