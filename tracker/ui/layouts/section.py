"""What the sections of the layout window share: a heading, fields, faults in words, undo keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from tracker.ui.layouts.desk import DraftDesk
    from tracker.ui.layouts.faults import Fault

_STEPS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class Section(QWidget):
    """A part of the settings; shows the draft in hand and edits it.

    Attributes:
        places: what `Fault.place` it answers for.
    """

    places: ClassVar[tuple[str, ...]] = ()

    def __init__(self, title: str, desk: DraftDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.title = QLabel(title)
        self.title.setProperty("heading", True)
        self.complaint = QLabel()
        self.complaint.setProperty("wrong", True)
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addLayout(self.grid)
        column.addWidget(self.complaint)

    def show_draft(self) -> None:
        """Show the draft in hand; subclasses fill their fields."""

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Say in words what is to be mended here."""
        words = [fault.words for fault in faults if fault.place in self.places]
        self.complaint.setText("\n".join(f"▲ {each}" for each in words))
        self.complaint.setVisible(bool(words))

    def add_row(self, label: str, *widgets: QWidget) -> None:
        """Put a label and widgets side by side."""
        row = self.grid.rowCount()
        name = QLabel(label)
        name.setProperty("quiet", True)
        name.setMinimumWidth(name.fontMetrics().horizontalAdvance("国国国国"))
        self.grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in widgets:
            line.addWidget(widget)
        if not any(_grows(widget) for widget in widgets):
            line.addStretch(1)
        self.grid.addLayout(line, row, 1)
        if widgets and not widgets[0].accessibleName():
            widgets[0].setAccessibleName(label)


class Choice(QComboBox):
    """A list of words to choose from, each standing for a value; leaves the wheel to the page."""

    def __init__(self, name: str, items: Sequence[tuple[str, object]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.fill(items)

    def fill(self, items: Sequence[tuple[str, object]]) -> None:
        """Offer other values."""
        with QSignalBlocker(self):
            self.clear()
            for words, value in items:
                self.addItem(words, value)

    def show_value(self, value: object, words: str) -> None:
        """Show a value; one that is not on the list joins it."""
        with QSignalBlocker(self):
            place = self.place_of(value)
            if place < 0:
                self.addItem(words, value)
                place = self.count() - 1
            self.setCurrentIndex(place)

    def place_of(self, value: object) -> int:
        """Return where a value stands; -1 where it does not."""
        values = (self.itemData(place) for place in range(self.count()))
        return next((place for place, each in enumerate(values) if each == value), -1)

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()


class UndoKeys(QObject):
    """Lets Ctrl+Z and Ctrl+Y reach the window's edits out of fields that would keep them."""

    def guard(self, widgets: Iterable[QWidget]) -> None:
        """Watch fields."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            pressed: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
            if any(pressed.matches(step) for step in _STEPS):
                event.ignore()
                return True
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QAbstractSpinBox):
            event.ignore()  # scrolls the settings; a number spun by chance would go unseen
            return True
        return super().eventFilter(watched, event)


def _grows(widget: QWidget) -> bool:
    return widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
