"""The reminder (催报短信) to one unit: shown, reworded, copied, and counted as a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from tracker.domain.board import BoardState
from tracker.domain.returned import Call
from tracker.ops.reminders import AHEAD, reminder, stage_of, wordings
from tracker.ops.returns import add_call
from tracker.ui.board.words import call_words
from tracker.ui.dialogs.fields import TextEdit
from tracker.ui.dialogs.unit_form import UnitForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.domain.board import Board, BoardRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

_LINES = 6


class ReminderDialog(UnitForm):
    """Copies the reminder that is due to a unit.

    Flow: the wording that is due stands there, Ctrl+Enter copies it; with the box ticked it is
    noted as one 催办, so that the next reminder takes the next wording.
    """

    def __init__(
        self, kit: Kit, board: Board, row: BoardRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, row.unit, "催报", "复制", parent)
        self.hint.setText("Ctrl+Enter 复制 · Esc 关闭")
        self._board, self._row = board, row
        if board.claim_first:
            self.add_words(f"◐ {board.claim_first}", quiet=False)
        for call in row.calls[-3:]:
            self.add_words(call_words(call))
        self._stage = QComboBox()
        for wording in wordings():
            if (wording.stage == AHEAD) == (row.state is not BoardState.MISSING):
                self._stage.addItem(wording.name, wording.stage)
        self._stage.setCurrentIndex(max(self._stage.findData(stage_of(row)), 0))
        self.add_field("stage", "用语", self._stage)
        self._text = TextEdit(_LINES)
        self.add_field("text", "短信", self._text, "可以改字句；复制的就是这里的文字")
        self.add_field("whom", "发给谁", QLineEdit(row.contact or row.unit))
        self._counts = QCheckBox("记一次催办")
        self._counts.setChecked(True)
        self.add_field("counts", "", self._counts)
        self._stage.currentIndexChanged.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        stage = int(self._stage.currentData())
        self._text.setPlainText(reminder(self._board, self._row, stage))

    def is_dirty(self) -> bool:
        """A text that is not sent is no loss."""
        return False

    def finish(self, outcome: Outcome[Any]) -> None:
        """Say that it was copied as well."""
        self.kit.messages.tell(f"短信已复制，{outcome.sentence}")
        self.accept()

    def save(self) -> None:
        """Copy, and note it as a call where that is wanted."""
        if not self.need("text"):
            return
        if self._counts.isChecked() and not self.need("whom"):
            return
        QGuiApplication.clipboard().setText(self.text_of("text"))
        if not self._counts.isChecked():
            self.kit.messages.tell(f"已复制发给{self.unit}的催报短信，可以粘贴到短信或办公系统里")
            self.accept()
            return
        said = f"发短信：{self._stage.currentText()}"
        now, who = self.kit.hub.now, self.kit.hub.who
        self.carry_out("记催办", add_call, Call(now, self.text_of("whom"), said, who))
