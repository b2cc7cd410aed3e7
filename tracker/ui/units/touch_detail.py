"""The task in hand of a reform: its words, its units before and after, who may take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.widgets.difference import DifferenceLabel

if TYPE_CHECKING:
    from tracker.ui.kit import Kit
    from tracker.ui.units.draft import ReformDesk, TouchRow

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINES = 2


class TouchDetail(QScrollArea):
    """Shows one task; its cell of units can be written where it says more than a list.

    Attributes:
        cell: the cell of units as the clerk writes it.
        rewrite: opens it; `usual` takes back what was written.
    """

    def __init__(self, kit: Kit, desk: ReformDesk) -> None:
        super().__init__()
        self._desk = desk
        self._row: TouchRow | None = None
        self._is_writing = False
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.change = DifferenceLabel(kit.theme)
        self.doubts = QLabel()
        self.doubts.setTextFormat(Qt.TextFormat.PlainText)
        self.doubts.setWordWrap(True)
        self.doubts.setProperty("doubt", True)
        self.cell = QPlainTextEdit()
        self.cell.setAccessibleName("改后的单位栏")
        self.cell.setTabChangesFocus(True)
        self.cell.installEventFilter(self)
        self.rewrite = QPushButton("改写单位栏（F2）")
        self.rewrite.clicked.connect(self.begin)
        self.usual = QPushButton("按程序改写的")
        self.usual.clicked.connect(self._take_back)
        self._lay_out()
        self.show_row(None)

    def _lay_out(self) -> None:
        for button in (self.rewrite, self.usual):
            button.setProperty("link", True)
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.rewrite)
        row.addWidget(self.usual)
        row.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(4)
        for widget in (self.words, self.change, self.cell, self.doubts):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def show_row(self, row: TouchRow | None) -> None:
        """Show another task; None where none is in hand."""
        if self._is_writing and row is not None and self._row and row.code == self._row.code:
            self._row = row
            return
        self._end()
        self._row = row
        for widget in (self.words, self.change, self.rewrite, self.usual, self.doubts):
            widget.setVisible(row is not None)
        self.cell.hide()
        if row is None:
            return
        self.words.setText(f"{row.number or row.code}　{row.text}")
        if row.chosen:
            self.change.show_texts(row.before, row.after)
        else:
            self.change.show_plain(row.before)
        self.doubts.setText("\n".join(f"▲ {doubt}" for doubt in row.doubts))
        self.doubts.setVisible(bool(row.doubts))
        written = row.code in self._desk.choices.cells
        self.rewrite.setVisible(row.has_cell)
        self.usual.setVisible(written)
        if row.needs_cell and not written:
            self._open(row.after or row.before)

    # Writing the cell

    def begin(self) -> None:
        """Let the clerk write the cell of units."""
        row = self._row
        if row is None or not row.has_cell:
            return
        if not self._is_writing:
            self._open(self._desk.choices.cells.get(row.code, row.after or row.before))
        self.cell.setFocus()

    def _open(self, words: str) -> None:
        self._is_writing = True
        self.cell.setPlainText(words)
        self.cell.setFixedHeight((_LINES + 1) * self.cell.fontMetrics().lineSpacing() + 12)
        self.cell.show()
        self.rewrite.hide()
        self._shown_words = words

    def _end(self, *, keep: bool = True) -> None:
        """Close the field; what was written is kept."""
        if not self._is_writing:
            return
        self._is_writing = False
        row, words = self._row, self.cell.toPlainText()
        self.cell.hide()
        changed = words != self._shown_words or (row is not None and row.needs_cell)
        if keep and row is not None and changed and words.strip() and words != row.before:
            self._desk.write_cell(row.code, words)

    def finish_editing(self) -> None:
        """Keep what is being written."""
        self._end()

    def _take_back(self) -> None:
        if self._row is not None:
            self._is_writing = False
            self._desk.write_cell(self._row.code, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter and leaving the field keep what was written, Esc drops it."""
        if event.type() == QEvent.Type.KeyPress:
            key, modifiers = event.key(), event.modifiers()  # type: ignore[attr-defined]  # a key
            if key in _ENTER and modifiers & Qt.KeyboardModifier.ControlModifier:
                self._close(keep=True)
                return True
            if key == Qt.Key.Key_Escape:
                self._close(keep=False)
                return True
        elif event.type() == QEvent.Type.FocusOut and self._is_writing:
            self._close(keep=True)
        return super().eventFilter(watched, event)

    def _close(self, *, keep: bool) -> None:
        row = self._row
        self._end(keep=keep)
        self.show_row(row)
