"""Fields of dialogs: a label, an input, and beneath it what is wrong or how it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QObject, QStringListModel, Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDateEdit,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tracker.text.pinyin import is_typed, sounds_like

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from PySide6.QtGui import QKeyEvent

_LAST_NAME = re.compile(r"[^、，,;；\s]*$")


class Field(QObject):
    """One row of a form: label, input, note.

    Attributes:
        label: at the left.
        input: what is typed into.
        box: the input with the note beneath it, for the layout.
        enter_moves: plain Enter goes to the next field also in a field of several lines.
    """

    def __init__(self, name: str, widget: QWidget, note: str, *, enter_moves: bool = False) -> None:
        super().__init__(widget)
        self.label = QLabel(name)
        self.label.setBuddy(widget)
        self.input = widget
        self.enter_moves = enter_moves
        widget.setAccessibleName(name)
        self.box = QWidget()
        column = QVBoxLayout(self.box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(widget)
        self.note = QLabel()
        self.note.setWordWrap(True)
        column.addWidget(self.note)
        self._usual = note
        self.tell(note)

    def tell(self, words: str) -> None:
        """Write a quiet note beneath the field."""
        self._show(words, is_wrong=False)

    def complain(self, words: str) -> None:
        """Write beneath the field what is wrong with it."""
        self._show(words, is_wrong=True)

    def calm(self) -> None:
        """Take a complaint back."""
        if self.note.property("wrong"):
            self.tell(self._usual)

    def set_visible(self, visible: bool) -> None:
        """Show or hide the whole row."""
        self.label.setVisible(visible)
        self.box.setVisible(visible)

    def _show(self, words: str, *, is_wrong: bool) -> None:
        self.note.setProperty("wrong", is_wrong)
        self.note.setProperty("quiet", not is_wrong)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        self.note.setText(f"▲ {words}" if is_wrong else words)
        self.note.setVisible(bool(words))


class TextEdit(QPlainTextEdit):
    """Several lines; Tab leaves it."""

    def __init__(self, lines: int, text: str = "", hint: str = "") -> None:
        self._lines = lines
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(hint)
        self.ensurePolished()
        self._fit()

    def _fit(self) -> None:
        frame = 2 * self.frameWidth() + 2 * int(self.document().documentMargin()) + 8
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + frame)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the lines when the text size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()


class DayEdit(QDateEdit):
    """A date, typed or picked from a calendar."""

    def __init__(self, day: date) -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        self.setDisplayFormat("yyyy年M月d日")
        self.setCalendarPopup(True)

    @property
    def value(self) -> date:
        """The date shown."""
        shown = self.date()
        found: date = shown.toPython()  # type: ignore[assignment]  # typed as object
        return found

    @value.setter
    def value(self, day: date) -> None:
        self.setDate(QDate(day.year, day.month, day.day))


class UnitsEdit(QLineEdit):
    """Names of units, one after the other; the last one is completed from the known ones.

    What is typed may stand anywhere in a name, or be its pinyin or the initials (slj → 县水利局).
    """

    def __init__(self, text: str = "", hint: str = "") -> None:
        super().__init__(text)
        self.setPlaceholderText(hint or "多个单位用、隔开")
        self._known: tuple[str, ...] = ()
        self._model = QStringListModel(self)
        self.completer_ = QCompleter(self._model, self)
        self.completer_.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup = QListView()
        self.completer_.setPopup(self.popup)
        self.completer_.setWidget(self)
        self.completer_.activated.connect(self._take)
        self.textEdited.connect(self._offer)

    def set_names(self, names: Iterable[str]) -> None:
        """Say which names are known."""
        self._known = tuple(dict.fromkeys(names))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that choose a suggestion to the list of suggestions."""
        if self.popup.isVisible() and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Escape,
        ):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _begun(self) -> str:
        found = _LAST_NAME.search(self.text()[: self.cursorPosition()])
        return found.group() if found else ""

    def _offer(self) -> None:
        begun = self._begun()
        found = suggestions(begun, self._known) if begun and begun not in self._known else []
        if not found:
            self.popup.hide()
            return
        self._model.setStringList(found)
        self.completer_.complete()
        self.popup.setCurrentIndex(self.completer_.completionModel().index(0, 0))

    def _take(self, name: str) -> None:
        place = self.cursorPosition()
        start = place - len(self._begun())
        self.setText(self.text()[:start] + name + self.text()[place:])
        self.setCursorPosition(start + len(name))


def suggestions(begun: str, names: Iterable[str]) -> list[str]:
    """Return the names that hold what was begun or sound like it, those beginning with it first."""
    sounds = is_typed(begun)
    found = [name for name in names if begun in name or (sounds and sounds_like(begun, name))]
    return sorted(found, key=lambda name: not name.startswith(begun))
