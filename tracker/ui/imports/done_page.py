"""The last step: what was written, what was passed over, the way back and on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.imports.foot import StepFoot
from tracker.ui.imports.reading import SKIPPED
from tracker.ui.widgets.empty import next_steps
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.ui.imports.reading import Loaded
    from tracker.ui.imports.writing import Written
    from tracker.ui.kit import Kit

_MOST_LINES = 12


class DonePage(QWidget):
    """Says what an import did.

    Attributes:
        written: what is shown; None for nothing.

    Signals:
        undo_wanted: take the import back.
        again_wanted: review the same file once more, after it was taken back.
        next_wanted: on to the next file.
        finished: the import is over.
        action_wanted: what comes next, an action of the window by its name.
    """

    undo_wanted = Signal()
    again_wanted = Signal()
    next_wanted = Signal()
    finished = Signal()
    action_wanted = Signal(str)

    NEXT = (
        ("新开下一期…", "new_round"),
        ("打印预览…", "preview_table"),
        ("发反馈表…", "send_forms"),
    )

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.written: Written | None = None
        self._waiting = 0
        self.title = QLabel()
        self.title.setProperty("big", True)
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.counts.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = QPushButton("撤销这次导入")
        self.again = QPushButton("重新核对这个文件")
        self._skipped_word = quiet("")
        self.skipped = QListWidget()
        self.skipped.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.skipped.setWordWrap(True)
        self.next = next_steps(self.NEXT, self.action_wanted)
        self.foot = StepFoot("Enter 继续　Esc 回到台账")
        self._lay_out()
        self.undo.clicked.connect(self.undo_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.foot.cancel.clicked.connect(self.finished)
        self.foot.forward.clicked.connect(self._on_forward)

    def _lay_out(self) -> None:
        ground = QFrame()
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(24, 24, 24, 24)
        inner.setSpacing(12)
        inner.addWidget(self.title)
        inner.addWidget(self.counts)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.undo)
        row.addWidget(self.again)
        row.addStretch()
        inner.addLayout(row)
        inner.addWidget(self.next)
        inner.addSpacing(8)
        inner.addWidget(self._skipped_word)
        inner.addWidget(self.skipped)
        inner.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(ground, 6)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.foot)
        self.foot.back.hide()

    def show_written(self, loaded: Loaded, written: Written, waiting: int) -> None:
        """Show what was done.

        Args:
            loaded: what was reviewed.
            written: what became of it.
            waiting: how many files are still to come.
        """
        self.written = written
        plan, proposal = loaded.review.plan, written.proposal
        name = plan.source.name or "粘贴的文字"
        self.title.setText(f"✓ “{name}”已写入" if written.step_id else f"“{name}”与台账一致")
        updated = len({change.task for change in proposal.update})
        cells = len(proposal.update)
        new, same = len(proposal.create), proposal.same
        said = [
            f"专项“{written.ledger}”第{written.round}期",
            f"新增 {new} 项，更新 {updated} 项（{cells} 格），一致 {same} 项",
        ]
        if proposal.conflict:
            said.append(f"▲ {len(proposal.conflict)} 项待定没有写入；再导入一次可以接着定")
        if written.remembered:
            said.append("已记住这种表头各栏的读法，下次自动使用")
        self.counts.setText("\n".join(said))
        self._show_skipped(loaded)
        self.undo.setVisible(bool(written.step_id))
        self.again.hide()
        self.foot.cancel.setText("回到台账")
        self.foot.cancel.setVisible(bool(waiting))
        self.foot.forward.setText(f"下一个文件（还有 {waiting} 个）" if waiting else "完成")
        self.next.setVisible(not waiting)
        self._waiting = waiting
        self.foot.forward.setFocus()

    def _show_skipped(self, loaded: Loaded) -> None:
        skipped = [note.text for note in loaded.notes if note.kind == SKIPPED]
        self._skipped_word.setText(f"跳过 {len(skipped)} 行")
        self.skipped.clear()
        self.skipped.addItems(skipped)
        lines = min(max(len(skipped), 1), _MOST_LINES)
        self.skipped.setFixedHeight((self.fontMetrics().lineSpacing() + 6) * lines + 4)
        for part in (self._skipped_word, self.skipped):
            part.setVisible(bool(skipped))

    def show_undone(self, sentence: str) -> None:
        """Say that the import was taken back."""
        self.title.setText("已撤销这次导入")
        self.counts.setText(f"{sentence}；台账回到导入之前。")
        self.undo.hide()
        self.next.hide()
        self.again.show()

    def _on_forward(self) -> None:
        if self._waiting:
            self.next_wanted.emit()
        else:
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Escape goes home."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_forward()
        elif event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
        else:
            super().keyPressEvent(event)
