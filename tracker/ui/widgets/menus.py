"""Context menus: how they are made, opened by mouse or key, and hung on lists and rows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QMenu, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent

    from tracker.ui.theme import Theme

_RING = 3.0
_INSIDE = 4


def add(
    menu: QMenu,
    words: str,
    act: Callable[[], object],
    *,
    key: QKeySequence.StandardKey | str | None = None,
    enabled: bool = True,
) -> QAction:
    """Add an action to a menu.

    Args:
        key: the key that does the same without the menu; shown beside the words.
    """
    action = menu.addAction(words)
    if key is not None:
        action.setShortcut(QKeySequence(key))
    action.setEnabled(enabled)
    action.triggered.connect(lambda _checked=False: act())
    return action


def add_copy(menu: QMenu, words: str, text: str) -> None:
    """Add an action that puts a text on the clipboard, to the letter."""
    add(menu, words, lambda: QGuiApplication.clipboard().setText(text), enabled=bool(text))


def leave_menu_to_parent(widget: QWidget) -> None:
    """Let the labels within a widget have no menu of their own: the widget's opens over them."""
    for label in (widget, *widget.findChildren(QLabel)):
        if isinstance(label, QLabel):
            label.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)


def add_chosen_words(menu: QMenu, widget: QWidget) -> None:
    """Offer to copy what is selected with the mouse in one of the labels within a widget."""
    chosen = (label.selectedText() for label in widget.findChildren(QLabel))
    words = next((words for words in chosen if words), "")
    if words:
        add_copy(menu, "复制所选文字", words.replace("\u2029", "\n"))


def popup(menu: QMenu | None, at: QPoint) -> None:
    """Open a menu at a point of the screen; it goes when it is closed."""
    if menu is None:
        return
    if menu.isEmpty():
        menu.deleteLater()
        return
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)


def menu_point(view: QAbstractItemView, at: QPoint) -> QPoint:
    """Return where on the screen a list's menu belongs: at the mouse, or by the row in hand."""
    viewport = view.viewport()
    index, current = view.indexAt(at), view.currentIndex()
    chosen = view.selectionModel().isSelected(index) if index.isValid() else False
    if not chosen and current.isValid():
        box = view.visualRect(current)
        if box.isValid() and viewport.rect().intersects(box):
            wide = viewport.width()
            at = QPoint(min(box.left() + wide // 4, wide - 1), box.bottom())
    return viewport.mapToGlobal(at)


def add_menu_key(window: QWidget) -> None:
    """Let Shift+F10 open menus where the system does not see to it; Windows does."""
    if sys.platform == "win32":
        return
    key = QShortcut(QKeySequence("Shift+F10"), window)
    key.activated.connect(lambda: _ask_for_menu(window))


def _ask_for_menu(window: QWidget) -> None:
    widget = window.focusWidget() or window
    middle = widget.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(reason, middle, widget.mapToGlobal(middle))
    QGuiApplication.sendEvent(widget, event)


def one_stop(widgets: Iterable[QWidget]) -> None:
    """Let Tab stop at the first of these rows only; Up and Down reach the others."""
    for place, row in enumerate(each for each in widgets if isinstance(each, MenuRow)):
        policy = Qt.FocusPolicy.ClickFocus if place else Qt.FocusPolicy.StrongFocus
        row.setFocusPolicy(policy)


def hang_menu(view: QAbstractItemView, make: Callable[[], QMenu | None]) -> None:
    """Give a list a menu that right click, the Menu key and Shift+F10 open.

    Args:
        make: returns the menu for what is selected; None where nothing is.
    """
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(lambda at: popup(make(), menu_point(view, at)))


class MenuRow(QFrame):
    """A line of a panel that the keys reach, with a menu of what can be done with it.

    Up and Down go to the line before and behind; Enter opens the menu too.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        fill: Callable[[QMenu], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fill = fill
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_INSIDE, 1, _INSIDE, 1)
        self.column.setSpacing(2)

    def put(self, *widgets: QWidget) -> None:
        """Add widgets below each other; what is no button of theirs opens the row's menu."""
        for widget in widgets:
            self.column.addWidget(widget)
            leave_menu_to_parent(widget)

    def menu(self) -> QMenu:
        """Return the menu as it is now."""
        menu = QMenu(self)
        add_chosen_words(menu, self)
        self._fill(menu)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu."""
        by_mouse = event.reason() is event.Reason.Mouse
        popup(self.menu(), event.globalPos() if by_mouse else self._corner())
        event.accept()

    def _corner(self) -> QPoint:
        return self.mapToGlobal(QPoint(self._theme.size, min(self.height(), 2 * self._theme.size)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the lines, or open the menu."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self._go(step):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            popup(self.menu(), self._corner())
            return
        super().keyPressEvent(event)

    def _go(self, step: int) -> bool:
        parent = self.parentWidget()
        rows = parent.findChildren(MenuRow) if parent is not None else []
        place = rows.index(self) + step if self in rows else -1
        if not 0 <= place < len(rows):
            return False
        rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show a ring while the keys go here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.colours.of("accent"))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RING, _RING
            )
