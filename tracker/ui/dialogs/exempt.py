"""Freeing a unit from reporting in this round (免报)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.returns import mark_exempt
from tracker.ui.dialogs.fields import TextEdit
from tracker.ui.dialogs.unit_form import UnitForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit


class ExemptDialog(UnitForm):
    """Says why a unit need not report this round.

    Flow: the reason, Ctrl+Enter. The unit is then neither expected nor chased.
    """

    def __init__(self, kit: Kit, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(kit, unit, "本期免报", "免报", parent)
        self.hint.setText("Ctrl+Enter 保存 · Esc 关闭")
        self.add_words(unit, quiet=False)
        self.add_words(f"第{self.round.number}期不再要求它报送，也不催报；随时可以取消免报。")
        self.add_field("reason", "理由", TextEdit(2, "", "如 本期没有新增任务，已在季度会上说明"))

    def save(self) -> None:
        """Check and write."""
        if self.need("reason"):
            self.carry_out("本期免报", mark_exempt, self.text_of("reason"))
