"""A user's hands: real clicks and keys through the window system, each of them counted.

What is pressed goes to the window in front as the system would deliver it, so a dialog that blocks
the window blocks these hands too. A filter on the application counts what arrives at windows:
clicks, keys that are no text, characters typed, and the questions that were answered. A key
counts as a character only where a field takes it; a digit that decides something is a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

CLICK_SECONDS, KEY_SECONDS, CHARACTER_SECONDS, QUESTION_SECONDS = 1.2, 0.5, 0.25, 4.0
"""Assumed: a click with the way to it, a key, a character typed, a file chosen or a word given."""

_HELD = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt}
"""Held while another key is pressed: together they are one."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What hands did."""

    clicks: int = 0
    keys: int = 0
    characters: int = 0
    questions: int = 0

    def __sub__(self, other: Counts) -> Counts:
        return Counts(
            self.clicks - other.clicks,
            self.keys - other.keys,
            self.characters - other.characters,
            self.questions - other.questions,
        )

    @property
    def minutes(self) -> float:
        """How long it takes, thinking left out."""
        seconds = self.clicks * CLICK_SECONDS + self.keys * KEY_SECONDS
        seconds += self.characters * CHARACTER_SECONDS + self.questions * QUESTION_SECONDS
        return seconds / 60

    def __str__(self) -> str:
        return (
            f"{self.clicks} clicks, {self.keys} keys, {self.characters} characters,"
            f" {self.questions} questions, {self.minutes:.1f} min"
        )


class Hands(QObject):
    """Clicks, presses and types, and counts it.

    Args:
        application: whose windows are counted.
        window: where the keys go when no other window is in front.
        settle: waits until the program is at rest.
        asked: the questions that were put so far, answered elsewhere.
    """

    def __init__(
        self,
        application: QApplication,
        window: QWidget,
        settle: Callable[[], object],
        asked: list[str],
    ) -> None:
        super().__init__()
        self._application, self._window = application, window
        self._settle, self._asked = settle, asked
        self._clicks = self._keys = self._characters = 0
        application.installEventFilter(self)

    @property
    def counts(self) -> Counts:
        """What was done since the beginning."""
        return Counts(self._clicks, self._keys, self._characters, len(self._asked))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Count what arrives at windows, and what an input method commits."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._characters += len(event.commitString())
        elif kind == QEvent.Type.Shortcut:  # such a key arrives at no window
            self._keys += 1
        elif not watched.isWindowType():
            return False
        elif kind == QEvent.Type.MouseButtonPress:
            self._clicks += 1
        elif (
            kind == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() not in _HELD
        ):
            is_text = _is_text(event) and self._takes_text()
            self._characters += is_text
            self._keys += not is_text
        return False

    # Acting

    def click(self, widget: QWidget, at: QPoint | None = None, *, settle: bool = True) -> None:
        """Click a widget where it is seen, or a place in it."""
        assert widget.isVisible(), f"{widget} is out of sight"
        assert widget.isEnabled(), f"{widget} cannot be clicked"
        place = widget.mapTo(widget.window(), at or widget.rect().center())
        QTest.mouseClick(
            widget.window().windowHandle(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place,
        )
        if settle:
            self._settle()

    def press(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        settle: bool = True,
    ) -> None:
        """Press a key in the window in front."""
        QTest.keyClick(self._front(), key, modifiers)
        if settle:
            self._settle()

    def control(self, key: Qt.Key) -> None:
        """Press a key together with Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, words: str) -> None:
        """Type words: Chinese as an input method gives it, the rest key by key."""
        for sign in words:
            focus = self._focus()
            assert focus is not None, "nothing takes what is typed"
            if sign.isascii():
                QTest.keyClick(self._front(), sign)
            else:
                committed = QInputMethodEvent()
                committed.setCommitString(sign)
                QApplication.sendEvent(focus, committed)
        self._settle()

    def drop(self, widget: QWidget, paths: Iterable[Path]) -> bool:
        """Drop files on a widget; counted as one click. Return whether they were taken."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        return self.drop_data(widget, data)

    def drop_data(self, widget: QWidget, data: QMimeData) -> bool:
        """Drop anything on a widget or on whatever around it takes it."""
        self._clicks += 1
        where = QPointF(widget.rect().center())
        left = Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        target: QWidget | None = widget
        while target is not None:
            if target.acceptDrops():
                enter = QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, data, left, none)
                enter.setAccepted(False)
                QApplication.sendEvent(target, enter)
                if enter.isAccepted():
                    drop = QDropEvent(where, Qt.DropAction.CopyAction, data, left, none)
                    QApplication.sendEvent(target, drop)
                    self._settle()
                    return True
            if target.isWindow():
                break
            target = target.parentWidget()
        self._settle()
        return False

    def leave(self) -> None:
        """Count no longer."""
        self._application.removeEventFilter(self)

    def _focus(self) -> QWidget | None:
        """Return what takes the keys in the window in front, beneath a list of suggestions."""
        front = QApplication.activeModalWidget() or QApplication.activeWindow() or self._window
        return front.window().focusWidget()

    def _takes_text(self) -> bool:
        focus = self._focus()
        takes = Qt.WidgetAttribute.WA_InputMethodEnabled
        return focus is not None and focus.testAttribute(takes)

    def _front(self) -> QWindow:
        popup = QApplication.activePopupWidget()
        front = popup or QApplication.activeModalWidget() or QApplication.activeWindow()
        shown = (front or self._window).window()
        if popup is None and QGuiApplication.focusWindow() is not shown.windowHandle():
            # The offscreen platform gives a closed list or dialog's place to nobody.
            shown.activateWindow()
            QApplication.processEvents()
        return shown.windowHandle()


def _is_text(event: QKeyEvent) -> bool:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & held
