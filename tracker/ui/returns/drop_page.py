"""Where returned files are dropped or chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.ui.imports.foot import StepFoot
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ui.kit import Kit

_KINDS = (
    "Excel、WPS、Word 的反馈表都可以，改过名、另存过、挪过列的也认得；"
    "没用我们的表、自己写的情况说明按文字对到任务；扫描件作盖章件存档"
)
_SAFE = "只读取和核对，写入之前台账不变；同一份收两次不会重复"


class DropPage(QWidget):
    """Takes files and folders.

    Signals:
        files_wanted, folder_wanted: the clerk wants to choose.
        cancelled: given up.
    """

    files_wanted = Signal()
    folder_wanted = Signal()
    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.ledger = quiet("")
        self.files = QPushButton("选择文件…")
        self.files.setProperty("primary", True)
        self.folder = QPushButton("选择文件夹…")
        self._ground = QFrame()
        self._ground.setObjectName("drop")
        self.foot = StepFoot("文件和文件夹可以直接拖到这里，一次可以拖很多　Esc 取消")
        self.foot.back.hide()
        self.foot.forward.hide()
        self._lay_out()
        self.files.clicked.connect(self.files_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.foot.cancel.clicked.connect(self.cancelled)
        kit.theme.changed.connect(self._colour)
        self._colour()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._ground)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setSpacing(12)
        inner.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        words = QLabel("把收到的文件或整个文件夹拖到这里，或者")
        words.setProperty("heading", True)
        row.addStretch()
        for part in (words, self.files, self.folder):
            row.addWidget(part)
        row.addStretch()
        inner.addLayout(row)
        for text in (_KINDS, _SAFE):
            label = quiet(text)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inner.addWidget(label)
        inner.addStretch(2)
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 0)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.ledger)
        head.addStretch()
        middle = QHBoxLayout()
        middle.setContentsMargins(12, 12, 12, 12)
        middle.addWidget(self._ground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addWidget(self.foot)

    def show_round(self, ledger: LedgerRow, round_: RoundRow) -> None:
        """Name the round that the files belong to."""
        self.title.setText(f"收反馈表　第{round_.number}期")
        self.ledger.setText(ledger.name)
        self.files.setFocus()

    def _colour(self) -> None:
        colours = self._kit.theme.colours
        self._ground.setStyleSheet(
            f"QFrame#drop {{ background: {colours.surface}; border: 1px dashed {colours.grey};"
            " border-radius: 5px; }"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
