"""After sending: where the forms lie, and the covering note of each unit to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.ui.imports.foot import StepFoot
from tracker.ui.returns.copying import KEYS, CopyPanel, CopyText

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.ops.forms import Sent
    from tracker.ui.kit import Kit

_HEAD = "发送说明：复制后贴到工作群、OA 或短信里，再附上反馈表"


class SendDonePage(QWidget):
    """Says what was sent.

    Attributes:
        sent: what is shown; None for nothing.
        notes: the covering notes.

    Signals:
        folder_wanted, index_wanted: the folder or the list of forms shall be opened.
        finished: over.
    """

    folder_wanted = Signal()
    index_wanted = Signal()
    finished = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sent: Sent | None = None
        self.title = QLabel()
        self.title.setProperty("big", True)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.folder = QPushButton("打开文件夹")
        self.index = QPushButton("打开发出清单")
        self.notes = CopyPanel(kit, "发送说明", "复制这一条")
        self.foot = StepFoot(KEYS)
        self.foot.back.hide()
        self.foot.cancel.hide()
        self.foot.forward.setText("完成")
        self._lay_out()
        self.folder.clicked.connect(self.folder_wanted)
        self.index.clicked.connect(self.index_wanted)
        self.notes.finished.connect(self.finished)
        self.foot.forward.clicked.connect(self.finished)

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 20, 24, 12)
        inner.setSpacing(12)
        inner.addWidget(self.title)
        inner.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder)
        row.addWidget(self.index)
        row.addStretch()
        inner.addLayout(row)
        inner.addSpacing(4)
        inner.addWidget(self.notes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addWidget(self.foot)

    def show_sent(self, sent: Sent) -> None:
        """Show what was sent."""
        self.sent = sent
        self.title.setText(f"✓ 已生成 {len(sent.notes)} 家的反馈表")
        folder = sent.index_path.parent
        said = [f"存放在 {folder}，其中“{sent.index_path.name}”列出每家的任务数、联系人和期限"]
        if sent.renewed:
            said.append(f"其中 {len(sent.renewed)} 家是重发，请对方用新表填")
        if sent.unresolved:
            names = "、".join(f"“{one.printed}”" for one in sent.unresolved)
            said.append(f"▲ {names}没有指定单位，这次没有发；指定后可以再发一次")
        if sent.without_unit:
            said.append(f"▲ {len(sent.without_unit)} 项任务没有单位，没有发")
        said += [f"▲ {words}" for words in sent.warnings]
        self.said.setText("\n".join(said))
        self.notes.show_texts(_HEAD, [CopyText(one.unit, one.text) for one in sent.notes])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Escape ends."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.finished.emit()
        else:
            super().keyPressEvent(event)
