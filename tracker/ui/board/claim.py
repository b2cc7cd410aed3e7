"""Saying whose a returned file is (认领)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from tracker.domain.returned import FileKind
from tracker.ops.returns import claim_file
from tracker.ui.dialogs.fields import UnitsEdit
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.domain.board import Board
    from tracker.domain.returned import ReturnedFileRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

_SHOWN = 160


class ClaimDialog(FormDialog):
    """Names the unit of a file that nobody knows.

    Flow: the first signs of the unit's name bring up the rest, Enter.

    Signals:
        claimed: the file is a unit's now (`ReturnedFileRow`); its words can be read as that
            unit's.
    """

    claimed = Signal(object)

    def __init__(
        self, kit: Kit, board: Board, file: ReturnedFileRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, "指定单位", "指定", parent)
        self._file = file
        self.add_words(file.name, quiet=False)
        for remark in file.remarks:
            self.add_words(remark.detail)
        for words in file.unplaced[:3]:
            text = " ".join(words.text.split())
            cut = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
            self.add_words(f"{words.place}：{cut}")
        self._unit = UnitsEdit(hint="输入单位名称里的字，从列表里选")
        self._unit.set_names(row.unit for row in board.rows)
        self.add_field("unit", "是哪个单位报的", self._unit)
        if file.kind in (FileKind.SCAN, FileKind.UNREADABLE):
            self.add_words("这份来件程序读不出文字，指定单位以后请录入，或请单位另报电子表。")

    def save(self) -> None:
        """Check and write."""
        if not self.need("unit"):
            return
        office, file, unit = self.office(), self._file, self.text_of("unit")
        who, now = self.kit.hub.who, self.kit.hub.now
        self.write(
            "指定单位",
            lambda _p: claim_file(office, file.id, unit, who=who, now=now),
            self._done,
        )

    def field_of(self, error: Any) -> str:  # Any: as the base class has it, a UserError
        """Whatever is refused speaks of the unit."""
        return "unit"

    def _done(self, outcome: Outcome[str]) -> None:
        self.claimed.emit(self._file)
        self.finish(outcome)
