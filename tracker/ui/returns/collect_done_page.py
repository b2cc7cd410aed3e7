"""After collecting: what was written, who is still missing, the reminder of each to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.ui.imports.foot import StepFoot
from tracker.ui.returns.copying import KEYS, CopyPanel, CopyText
from tracker.ui.widgets.empty import next_steps

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.domain.board import Missing
    from tracker.ui.kit import Kit
    from tracker.ui.returns.writing import Collected


class CollectDonePage(QWidget):
    """Says what collecting did.

    Attributes:
        collected: what is shown; None for nothing.
        missing: the reminders of the units that are missing.

    Signals:
        undo_wanted: take it back.
        again_wanted: read the same files once more.
        more_wanted: more files shall be read.
        finished: over.
        action_wanted: what comes next, an action of the window by its name.
    """

    undo_wanted = Signal()
    again_wanted = Signal()
    more_wanted = Signal()
    finished = Signal()
    action_wanted = Signal(str)

    NEXT = (
        ("导出落实情况表…", "export_table"),
        ("打印预览…", "preview_table"),
        ("定稿…", "close_round"),
    )

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.collected: Collected | None = None
        self.title = QLabel()
        self.title.setProperty("big", True)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = QPushButton("撤销这次收表")
        self.again = QPushButton("重新核对这些来件")
        self.more = QPushButton("再收一批…")
        self.next = next_steps(self.NEXT, self.action_wanted)
        self.claim_first = QLabel()
        self.claim_first.setWordWrap(True)
        self.claim_first.setProperty("wrong", True)
        self.missing = CopyPanel(kit, "催报", "复制催报")
        self.foot = StepFoot(KEYS)
        self.foot.back.hide()
        self.foot.cancel.hide()
        self.foot.forward.setText("完成")
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.undo.clicked.connect(self.undo_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.more.clicked.connect(self.more_wanted)
        self.missing.finished.connect(self.finished)
        self.foot.forward.clicked.connect(self.finished)

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 20, 24, 12)
        inner.setSpacing(12)
        inner.addWidget(self.title)
        inner.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.undo, self.again, self.more):
            row.addWidget(button)
        row.addStretch()
        inner.addLayout(row)
        inner.addWidget(self.next)
        inner.addWidget(self.claim_first)
        inner.addWidget(self.missing, 1)
        self._rest = QWidget()
        inner.addWidget(self._rest, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addWidget(self.foot)

    def show_collected(self, collected: Collected) -> None:
        """Show what was done."""
        self.collected = collected
        self.title.setText("✓ 已收进台账" if collected.steps else "没有变化")
        self.said.setText("\n".join(collected.said))
        self.undo.setVisible(bool(collected.steps))
        self.next.show()
        self.again.hide()
        self._show_missing(collected.missing, collected.claim_first)

    def show_undone(self, sentence: str) -> None:
        """Say that it was taken back."""
        self.title.setText("已撤销这次收表")
        self.said.setText(f"{sentence}；台账回到收表之前。")
        self.undo.hide()
        self.next.hide()
        self.again.show()
        self._show_missing((), "")

    def _show_missing(self, missing: tuple[Missing, ...], claim_first: str) -> None:
        self.claim_first.setText(f"▲ {claim_first}" if claim_first else "")
        self.claim_first.setVisible(bool(claim_first and missing))
        for part in (self.missing, self.foot.hint):
            part.setVisible(bool(missing))
        self._rest.setVisible(not missing)
        head = f"▲ 还有 {len(missing)} 家过了期限没有报来；催报的话如下，可以复制"
        texts = [CopyText(one.unit, one.reminder, _late(one)) for one in missing]
        self.missing.show_texts(head, texts)
        if not missing:
            self.foot.forward.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Escape ends."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.finished.emit()
        else:
            super().keyPressEvent(event)


def _late(one: Missing) -> str:
    days = one.working_days_late
    return f"逾期{days}个工作日" if days else "刚过期限"
