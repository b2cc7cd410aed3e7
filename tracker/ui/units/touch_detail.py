"""The task in hand of a reform: its words, its units before and after, who may take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QTextCursor
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

from tracker.ui.units.changes import unit_difference
from tracker.ui.widgets.difference import DifferenceLabel

if TYPE_CHECKING:
    from tracker.ui.kit import Kit
    from tracker.ui.units.draft import ReformDesk, TouchRow

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINES = 1


class TouchDetail(QScrollArea):
    """Shows one task; its cell of units can be written where it says more than a list.

    Attributes:
        cell: the cell of units as the clerk writes it.
        rewrite: opens it; `usual` takes back what was written; `same` leaves it as it is.

    Signals:
        writing: the field is opened, which needs room, or closed.
    """

    writing = Signal(bool)

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
        self.same = QPushButton("单位栏照旧，不用改")
        self.same.clicked.connect(self._leave_as_it_is)
        self._lay_out()
        self.show_row(None)

    def _lay_out(self) -> None:
        for button in (self.rewrite, self.same, self.usual):
            button.setProperty("link", True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else the field would close under it
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.rewrite)
        row.addWidget(self.same)
        row.addWidget(self.usual)
        row.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(4)
        for widget in (self.words, self.doubts, self.change, self.cell):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    @property
    def is_writing(self) -> bool:
        """Whether the cell of units is being written."""
        return self._is_writing

    def show_row(self, row: TouchRow | None) -> None:
        """Show another task; None where none is in hand."""
        if self._is_writing and row is not None and self._row and row.code == self._row.code:
            self._row = row
            return
        self._end()
        self._row = row
        shown = (self.words, self.change, self.rewrite, self.same, self.usual, self.doubts)
        for widget in shown:
            widget.setVisible(row is not None)
        self.cell.hide()
        if row is None:
            return
        self.words.setText(f"{row.number or row.code}　{row.text}")
        if row.chosen:
            self.change.show_parts(unit_difference(row.before, row.after))
        else:
            self.change.show_plain(row.before)
        self.doubts.setText("\n".join(f"▲ {doubt}" for doubt in row.doubts))
        self.doubts.setVisible(bool(row.doubts))
        written = row.code in self._desk.choices.cells
        self.rewrite.setVisible(row.has_cell)
        self.usual.setVisible(written)
        self.same.setVisible(row.needs_cell and not written)
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
        self.cell.moveCursor(QTextCursor.MoveOperation.End)
        self.change.hide()
        self.rewrite.hide()
        self._shown_words = words
        self.writing.emit(True)

    def _end(self, *, keep: bool = True, sure: bool = False) -> None:
        """Close the field; what was written is kept, and with `sure` what was left alone too."""
        if not self._is_writing:
            return
        self._is_writing = False
        self.writing.emit(False)
        row, words = self._row, self.cell.toPlainText()
        self.cell.hide()
        changed = sure or words != self._shown_words
        if keep and row is not None and changed and words.strip():
            self._desk.write_cell(row.code, words)

    def finish_editing(self) -> None:
        """Keep what is being written."""
        self._end()

    def _leave_as_it_is(self) -> None:
        if self._row is not None:
            self._end(keep=False)
            self._desk.write_cell(self._row.code, self._row.before)

    def _take_back(self) -> None:
        if self._row is not None:
            self._end(keep=False)
            self._desk.write_cell(self._row.code, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter and leaving the field keep what was written, Esc drops it."""
        if event.type() == QEvent.Type.KeyPress:
            key, modifiers = event.key(), event.modifiers()  # type: ignore[attr-defined]  # a key
            if key in _ENTER and modifiers & Qt.KeyboardModifier.ControlModifier:
                self._close(keep=True, sure=True)
                return True
            if key == Qt.Key.Key_Escape:
                self._close(keep=False)
                return True
        elif event.type() == QEvent.Type.FocusOut and self._is_writing:
            self._close(keep=True)
        return super().eventFilter(watched, event)

    def _close(self, *, keep: bool, sure: bool = False) -> None:
        row = self._row
        self._end(keep=keep, sure=sure)
        self.show_row(row)
