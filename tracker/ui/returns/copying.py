"""A text for each of many units, to be copied one after the other or all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from tracker.ui.kit import Kit

KEYS = "C 复制并到下一家　Shift+C 复制全部　↑↓ 选单位　Enter 完成"
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class CopyText:
    """A text for a unit; `beside` stands behind its name in the list."""

    unit: str
    text: str
    beside: str = ""


class CopyPanel(QWidget):
    """Units on the left, the text of the one in hand on the right.

    Args:
        what: what the texts are (“发送说明”).
        verb: on the button that copies one.

    Attributes:
        head: a sentence above the list.
        list: the units; those whose text was copied bear a tick.
        text: of the unit in hand.

    Signals:
        finished: Enter or Escape was pressed.
    """

    finished = Signal()

    def __init__(self, kit: Kit, what: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._what = what
        self._texts: tuple[CopyText, ...] = ()
        self.head = quiet("")
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.copy_one = QPushButton(verb)
        self.copy_all = QPushButton("复制全部")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.head)
        line.addStretch()
        line.addWidget(self.copy_all)
        line.addWidget(self.copy_one)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(self.list, 2)
        sides.addWidget(self.text, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addLayout(sides, 1)
        self.copy_one.clicked.connect(self._copy_one)
        self.copy_all.clicked.connect(self._copy_all)
        self.list.currentRowChanged.connect(self._show_text)
        self.list.installEventFilter(self)

    def show_texts(self, head: str, texts: Sequence[CopyText]) -> None:
        """Show texts, none of them copied yet."""
        self.head.setText(head)
        self._texts = tuple(texts)
        self.list.clear()
        self.list.addItems([_words(one, is_copied=False) for one in texts])
        if texts:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _show_text(self, row: int) -> None:
        there = 0 <= row < len(self._texts)
        self.text.setPlainText(self._texts[row].text if there else "")

    def _copy_one(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._texts):
            QGuiApplication.clipboard().setText(self._texts[row].text)
            self._mark([row])
            self._kit.messages.tell(f"已复制给{self._texts[row].unit}的{self._what}")
            self.list.setFocus()

    def _copy_next(self) -> None:
        self._copy_one()
        if self.list.currentRow() + 1 < self.list.count():
            self.list.setCurrentRow(self.list.currentRow() + 1)

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(_BETWEEN.join(one.text for one in self._texts))
        self._mark(range(len(self._texts)))
        self._kit.messages.tell(f"已复制 {len(self._texts)} 家的{self._what}")
        self.list.setFocus()

    def _mark(self, rows: Iterable[int]) -> None:
        for row in rows:
            self.list.item(row).setText(_words(self._texts[row], is_copied=True))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list would take letters for the beginning of a unit's name."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)  # type: ignore[arg-type]  # Qt's type of a key press
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """C copies, Enter or Escape ends."""
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_C and self._texts:
            self._copy_all() if shift else self._copy_next()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.finished.emit()
        else:
            return False
        return True


def _words(one: CopyText, *, is_copied: bool) -> str:
    parts = (f"✓ {one.unit}" if is_copied else one.unit, one.beside, "已复制" if is_copied else "")
    return "　".join(filter(None, parts))
