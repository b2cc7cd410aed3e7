"""The first step: files chosen, dropped or pasted, how far they are, what is being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.imports.foot import StepFoot
from tracker.ui.imports.waiting import Stand

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.ui.imports.waiting import Queue
    from tracker.ui.kit import Kit
    from tracker.ui.run import Running

_MARKS = {
    Stand.WAITING: "○",
    Stand.HERE: "●",
    Stand.WRITTEN: "✓",
    Stand.UNCHANGED: "✓",
    Stand.SKIPPED: "–",
    Stand.FAILED: "▲",
}
_WIDTH = 40


class FilePage(QWidget):
    """Lists the files of an import and takes more of them.

    Signals:
        files_wanted: the clerk wants to choose files.
        paste_wanted: the clerk wants to paste a table.
        cancelled: the import is given up.
        forward: on to the file in hand.
    """

    files_wanted = Signal()
    paste_wanted = Signal()
    cancelled = Signal()
    forward = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.choose = QPushButton("选择文件…")
        self.paste = QPushButton("粘贴表格")
        self.list = QListWidget()
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name = QLabel()
        self.name.setProperty("heading", True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.state = QLabel()
        self.state.setProperty("quiet", True)
        self.bar = QProgressBar()
        self.foot = StepFoot("文件可以直接拖到这里，一次可以选几个　Esc 取消")
        self.cancel = self.foot.cancel
        self.foot.back.hide()
        self._ground = QFrame()
        self._has_files = self._is_reading = False
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.choose.clicked.connect(self.files_wanted)
        self.paste.clicked.connect(self.paste_wanted)
        self.cancel.clicked.connect(self.cancelled)
        self.foot.forward.clicked.connect(self.forward)
        self._kit.runner.moved.connect(self._on_moved)
        self._kit.theme.changed.connect(self._colour)
        self._colour()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._ground)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setSpacing(12)
        words = QLabel("把表格拖到这里，或者")
        words.setProperty("heading", True)
        kinds = QLabel(
            "Excel、WPS、Word、PDF、网页、CSV、文本都可以；只读取和核对，应用之前不写入台账"
        )
        kinds.setProperty("quiet", True)
        kinds.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(words)
        row.addWidget(self.choose)
        row.addWidget(self.paste)
        row.addStretch()
        inner.addLayout(row)
        inner.addWidget(kinds)
        inner.addWidget(self.list, 1)
        for part in (self.name, self.state, self.bar):
            inner.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        middle = QHBoxLayout()
        middle.setContentsMargins(12, 12, 12, 12)
        middle.addStretch(1)
        middle.addWidget(self._ground, 6)
        middle.addStretch(1)
        column.addLayout(middle, 1)
        column.addWidget(self.foot)

    def show_queue(self, queue: Queue) -> None:
        """List the files."""
        self.list.clear()
        for number, one in enumerate(queue.files, 1):
            said = one.said or one.stand.value
            self.list.addItem(f"{_MARKS[one.stand]}　{number}　{one.name}　　{said}")
        self.list.setVisible(bool(queue.files))
        self._has_files = queue.is_running or bool(queue.waiting)
        self._show_ways()

    def show_reading(self, name: str) -> None:
        """Say which file is being read; empty for none."""
        self.name.setText(f"正在读取“{name}”" if name else "")
        self.state.setText("只读取和核对，不写入台账" if name else "")
        self.bar.setRange(0, 0)
        for part in (self.name, self.state, self.bar):
            part.setVisible(bool(name))
        self._is_reading = bool(name)
        self._show_ways()
        if name:
            self.cancel.setFocus()

    def _show_ways(self) -> None:
        """The one blue button leads on, or where there is nothing yet to the choice of files."""
        leads_on = self._has_files and not self._is_reading
        self.foot.forward.setEnabled(leads_on)
        for button, primary in ((self.choose, not self._has_files), (self.foot.forward, True)):
            button.setProperty("primary", primary)
            button.style().unpolish(button)
            button.style().polish(button)
        self.foot.forward.setVisible(self._has_files)

    def _on_moved(self, running: Running) -> None:
        progress = running.progress
        if self.bar.isVisible() and progress.text:
            self.state.setText(progress.text)
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)

    def _colour(self) -> None:
        colours = self._kit.theme.colours
        self._ground.setObjectName("drop")
        self._ground.setStyleSheet(
            f"QFrame#drop {{ background: {colours.surface}; border: 1px dashed {colours.grey};"
            " border-radius: 5px; }"
        )
        self.bar.setMaximumWidth(self.fontMetrics().horizontalAdvance("国") * _WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
