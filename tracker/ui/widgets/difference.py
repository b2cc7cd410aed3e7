"""How a change looks, wherever two versions of a text meet: new green, dropped red and struck.

Without colour the new stays underlined and the dropped struck.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit, QWidget

from tracker.text.difference import Kind, difference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFont

    from tracker.text.difference import Stretch
    from tracker.ui.theme import Colours, Theme

BOTH = frozenset(Kind)
NEW_SIDE = frozenset({Kind.SAME, Kind.NEW})
OLD_SIDE = frozenset({Kind.SAME, Kind.DROPPED})


def difference_html(
    parts: Iterable[Stretch], colours: Colours, kinds: frozenset[Kind] = BOTH
) -> str:
    """Return the difference as rich text for a label, a tool tip or a delegate.

    Args:
        kinds: which stretches are shown: `BOTH`, the `NEW_SIDE` or the `OLD_SIDE`.
    """
    styles = {
        Kind.SAME: "",
        Kind.NEW: f"background:{colours.green_soft};color:{colours.green};"
        "text-decoration:underline",
        Kind.DROPPED: f"background:{colours.red_soft};color:{colours.red};"
        "text-decoration:line-through",
    }
    shown = (
        f'<span style="{styles[kind]}">{_escaped(text)}</span>' if styles[kind] else _escaped(text)
        for kind, text in parts
        if kind in kinds
    )
    return f'<span style="white-space:pre-wrap">{"".join(shown)}</span>'


def difference_document(
    parts: Iterable[Stretch],
    colours: Colours,
    font: QFont,
    width: float,
    kinds: frozenset[Kind] = BOTH,
) -> QTextDocument:
    """Return the difference laid out in `width`, for a delegate to measure and to draw."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(f"body {{ color: {colours.text}; }}")
    document.setHtml(f"<body>{difference_html(parts, colours, kinds)}</body>")
    document.setTextWidth(width)
    return document


def mark_new(editor: QPlainTextEdit, old: str, colours: Colours) -> None:
    """Mark in an editor what is not in `old`; the text itself is not touched."""
    selections = []
    place = 0
    for kind, text in difference(old, editor.toPlainText()):
        if kind is Kind.DROPPED:
            continue
        length = len(text.encode("utf-16-le")) // 2  # Qt counts UTF-16 units
        if kind is Kind.NEW:
            selections.append(_selection(editor, place, place + length, colours))
        place += length
    editor.setExtraSelections(selections)


def _selection(
    editor: QPlainTextEdit, start: int, end: int, colours: Colours
) -> QTextEdit.ExtraSelection:
    looks = QTextCharFormat()
    looks.setBackground(colours.of("green_soft"))
    looks.setForeground(colours.of("green"))
    looks.setFontUnderline(True)
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    selection = QTextEdit.ExtraSelection()
    selection.format, selection.cursor = looks, cursor
    return selection


class DifferenceLabel(QLabel):
    """A label that shows what changed between two texts and follows the palette."""

    def __init__(
        self, theme: Theme, kinds: frozenset[Kind] = BOTH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kinds = kinds
        self._parts: tuple[Stretch, ...] = ()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.changed.connect(self._draw)

    def show_texts(self, old: str, new: str) -> None:
        """Show the change from `old` to `new`."""
        self.show_parts(difference(old, new))

    def show_parts(self, parts: Iterable[Stretch]) -> None:
        """Show a change that was found already; long texts are compared in a worker."""
        self._parts = tuple(parts)
        self._draw()

    def show_plain(self, text: str) -> None:
        """Show one text, with nothing to compare it with."""
        self.show_texts(text, text)

    def _draw(self) -> None:
        self.setText(difference_html(self._parts, self._theme.colours, self._kinds))


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
