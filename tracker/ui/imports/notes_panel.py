"""What was skipped, what is doubtful and what else there is to know: counts that open a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from tracker.ui.imports.reading import DOUBT, SKIPPED, WARNING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = {WARNING: "注意 {} 条", DOUBT: "存疑 {} 处", SKIPPED: "跳过 {} 行"}
_MOST_LINES = 6


class Noted(Protocol):
    """A note of a kind."""

    @property
    def kind(self) -> str:
        """Which button counts it."""

    @property
    def text(self) -> str:
        """What it says."""


class NotesPanel(QWidget):
    """Buttons with counts; a click lists the notes of a kind, a second one closes the list.

    Args:
        words: for each kind what its button says, with a place for the count.

    Attributes:
        buttons: the button of each kind.
        list: the notes of the kind that is open.
    """

    def __init__(
        self, words: Mapping[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = _WORDS if words is None else words
        self._notes: tuple[Noted, ...] = ()
        self.buttons: dict[str, QPushButton] = {}
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for kind in self._words:
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("quiet", True)
            button.clicked.connect(lambda checked, kind=kind: self._open(kind if checked else ""))
            row.addWidget(button)
            self.buttons[kind] = button
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 0)
        column.addWidget(self.list)
        self.hide()

    def show_notes(self, notes: tuple[Noted, ...]) -> None:
        """Count the notes; open no list."""
        self._notes = notes
        for kind, button in self.buttons.items():
            count = sum(note.kind == kind for note in notes)
            button.setText(self._words[kind].format(count))
            button.setVisible(bool(count))
        self._open("")

    def _open(self, kind: str) -> None:
        for name, button in self.buttons.items():
            button.setChecked(name == kind)
        self.list.clear()
        self.list.addItems([note.text for note in self._notes if note.kind == kind])
        lines = min(max(self.list.count(), 2), _MOST_LINES)
        self.list.setFixedHeight((self.fontMetrics().lineSpacing() + 4) * lines + 4)
        self.setVisible(bool(kind))
