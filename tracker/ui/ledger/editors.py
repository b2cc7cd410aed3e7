"""Editing in place: small editors over a cell that save when they are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tracker.ops.deadline_words import understand_deadline
from tracker.ui.ledger.words import day_words, state_choices

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

STAYING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Reasons to lose the focus that are no leaving: another program, a list, a menu."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellEditor(QFrame):
    """An editor over a cell. It outlives resets of the model: it knows its task, not its row.

    Attributes:
        task_id, code: the task that is edited.
        column: the column that is edited.

    Signals:
        saved: it was left with other words than it began with.
        closed: it is over, saved or not.
    """

    saved = Signal(str)
    closed = Signal()

    def __init__(self, task: tuple[int, str], column: int, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.task_id, self.code = task
        self.column = column
        self.setObjectName("cell_editor")
        self.setAutoFillBackground(True)
        self._stored = words
        self._is_over = False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._hint = QLabel()
        self._hint.setProperty("quiet", True)
        self._hint.setContentsMargins(8, 2, 8, 4)
        self._field: QWidget = self

    def _install(self, field: QWidget, hint: str) -> None:
        self._field = field
        field.installEventFilter(self)
        self._box.addWidget(field)
        self._hint.setText(hint)
        self._box.addWidget(self._hint)
        self.setFocusProxy(field)

    @property
    def field(self) -> QWidget:
        """The widget that is typed into."""
        return self._field

    def text(self) -> str:
        """What is typed."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Begin with other words than the stored ones: what could not be saved before."""
        raise NotImplementedError

    def wanted_size(self, cell: QSize) -> QSize:
        """Return how large it wants to be over a cell of this size."""
        return QSize(cell.width(), self.sizeHint().height())

    def place(self, cell: QRect, inside: QRect) -> None:
        """Stand over the cell, wholly within `inside`."""
        size = self.wanted_size(cell.size()).boundedTo(inside.size())
        left = min(cell.left(), inside.right() - size.width() + 1)
        top = min(cell.top(), inside.bottom() - size.height() + 1)
        corner = QPoint(max(left, inside.left()), max(top, inside.top()))
        self.setGeometry(QRect(corner, size))

    def finish(self) -> None:
        """Save what was typed, if it is other words, and go away."""
        if self._is_over:
            return
        self._is_over = True
        if self.text() != self._stored:
            self.saved.emit(self.text())
        self._go()

    def cancel(self) -> None:
        """Go away and leave what is stored."""
        if not self._is_over:
            self._is_over = True
            self._go()

    def open(self) -> None:
        """Show it and type into it."""
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save and cancel by key; save when the focus goes elsewhere."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if self._is_leaving(event):
                self.finish()
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.cancel()
                return True
            if event.key() in _ENTER and self._is_saving_key(event):
                self.finish()
                return True
        return False

    def _is_leaving(self, event: QFocusEvent) -> bool:
        return event.reason() not in STAYING

    def _is_saving_key(self, _event: QKeyEvent) -> bool:
        return True


class ProgressEditor(CellEditor):
    """Several lines of text; Enter breaks the line, Ctrl+Enter saves."""

    LINES = 6
    LEAST_WIDTH = 360

    def __init__(self, task: tuple[int, str], column: int, words: str, parent: QWidget) -> None:
        super().__init__(task, column, words, parent)
        self._edit = QPlainTextEdit(words)
        self._edit.setTabChangesFocus(True)
        self._install(self._edit, "Ctrl+Enter 保存　Esc 取消　F3 存后下一条")
        self._edit.moveCursor(QTextCursor.MoveOperation.End)

    def text(self) -> str:
        """What is typed, to the letter."""
        return self._edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Begin with what could not be saved before."""
        self._edit.setPlainText(text)
        self._edit.moveCursor(QTextCursor.MoveOperation.End)

    def wanted_size(self, cell: QSize) -> QSize:
        """Room for some lines, wider than a narrow cell."""
        lines = self.LINES * self.fontMetrics().lineSpacing() + 24
        return QSize(max(cell.width(), self.LEAST_WIDTH), lines + self._hint.sizeHint().height())

    def _is_saving_key(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class DeadlineEditor(CellEditor):
    """A line for a date or “9月底前”; below it stands how it is read."""

    LEAST_WIDTH = 240

    def __init__(
        self, task: tuple[int, str], column: int, words: str, today: date, parent: QWidget
    ) -> None:
        super().__init__(task, column, words, parent)
        self._today = today
        self._edit = QLineEdit(words)
        self._edit.setPlaceholderText("2026-09-30、9月底前、5个工作日")
        self._install(self._edit, "")
        self._edit.textChanged.connect(self._on_typed)
        self._on_typed(words)
        self._edit.selectAll()

    def text(self) -> str:
        """What is typed."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Begin with what could not be saved before."""
        self._edit.setText(text)

    def wanted_size(self, cell: QSize) -> QSize:
        """Wide enough to say how it is read."""
        return QSize(max(cell.width(), self.LEAST_WIDTH), self.sizeHint().height())

    def reading(self) -> str:
        """How the words are read, as shown below them."""
        return self._hint.text()

    def _on_typed(self, words: str) -> None:
        self._hint.setText(reading_of(words, self._today))


def reading_of(words: str, today: date) -> str:
    """Return in Chinese how typed words are read as a deadline."""
    if not words.strip():
        return "留空：没有时限"
    found = understand_deadline(words, today)
    if found is None:
        return "读作：没有时限"
    if found.date is None and found.doubtful:
        return "看不懂，请写成 2026-09-30 或 9月底前"
    if found.date is None:
        return f"读作：{found.text}，不计到期日"
    unsure = "（待核）" if found.doubtful else ""
    return f"读作：{found.date.year}年{day_words(found.date, found.date)}{unsure}"


class StateEditor(CellEditor):
    """The office's words for states; another word may be typed."""

    LEAST_WIDTH = 140

    def __init__(
        self,
        task: tuple[int, str],
        column: int,
        words: str,
        choices: Iterable[str],
        parent: QWidget,
    ) -> None:
        super().__init__(task, column, words, parent)
        self._edit = QComboBox()
        self._edit.setMaxVisibleItems(20)
        self._edit.setEditable(True)
        self._edit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._edit.addItems(list(dict.fromkeys((*state_choices(), *choices))))
        # by index: Qt takes a text of the list without its index for a fresh choice
        self._edit.setCurrentIndex(self._edit.findText(words))
        self._edit.setEditText(words)
        self._install(self._edit, "Enter 保存　Esc 取消")
        line = self._edit.lineEdit()
        if line is not None:
            line.selectAll()
        self._edit.activated.connect(lambda _index: self.finish())

    def _is_leaving(self, event: QFocusEvent) -> bool:
        return super()._is_leaving(event) and not self._edit.view().isVisible()

    def open(self) -> None:
        """Show the words to choose from at once; Esc closes them, then a word can be typed."""
        super().open()
        self._edit.showPopup()

    def text(self) -> str:
        """The chosen or typed word."""
        return self._edit.currentText().strip()

    def set_text(self, text: str) -> None:
        """Begin with what could not be saved before."""
        self._edit.setCurrentText(text)

    def wanted_size(self, cell: QSize) -> QSize:
        """Wide enough for the words."""
        return QSize(max(cell.width(), self.LEAST_WIDTH), self.sizeHint().height())
