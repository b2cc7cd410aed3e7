"""The document's text with the passages marked; only what is in sight is ever looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QToolTip

from tracker.ui.decompose.doubts import doubts_of
from tracker.ui.decompose.looks import format_of
from tracker.ui.decompose.marks import Mark, marks_of
from tracker.ui.decompose.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.domain.review import ReviewDraft
    from tracker.ui.kit import Kit

MARGIN = 16
BAR = 3
_FAINT = 110
_BEYOND = 12
"""So many paragraphs out of sight are marked too, so that scrolling shows no bare ones."""
_ABOVE = 3
"""How many lines stay in sight above a draft that is scrolled to."""


class DocumentView(QPlainTextEdit):
    """Shows a document; the text cannot be changed, only read, selected and pointed at.

    Signals:
        touched: the clerk pointed at a character of the text (its place as read).
    """

    touched = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._text = ""
        self._places = Places("")
        self._drafts: Sequence[ReviewDraft] = ()
        self._current: ReviewDraft | None = None
        self._marks: dict[int, tuple[ReviewDraft, tuple[Mark, ...]]] = {}
        self._is_guided = False
        self._is_marking = False
        self.setObjectName("document_text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("#document_text { border: 0; border-radius: 0; padding: 0; }")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName("文件原文")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(MARGIN)
        self.cursorPositionChanged.connect(self._on_cursor)
        # Not at once: marking lays lines out, which may move the scroll bar again.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._mark)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._soon.start())
        kit.theme.changed.connect(self._mark)

    # What is shown

    def show_text(self, text: str, places: Places) -> None:
        """Show another document; `places` says where its characters stand."""
        self._is_guided = True
        self._text = text
        self._places = places
        self._drafts, self._current = (), None
        self._marks.clear()
        self.setPlainText(self._places.shown)
        self._is_guided = False
        self._soon.start()

    def show_drafts(self, drafts: Sequence[ReviewDraft]) -> None:
        """Mark the passages of these drafts."""
        self._drafts = drafts
        self._soon.start()

    def show_current(self, each: ReviewDraft | None, *, scroll: bool) -> None:
        """Bring out a draft's passage; with `scroll` into sight."""
        self._current = each
        if each is not None and scroll:
            self._scroll_to(*self._places.span(each.draft.quote.start, each.draft.quote.end))
        self._soon.start()
        self.viewport().update()

    def _scroll_to(self, start: int, end: int) -> None:
        first, last = self._in_sight()
        if first <= start and end <= last:
            return
        block = self.document().findBlock(start)
        line = block.layout().lineForTextPosition(start - block.position())
        above = line.lineNumber() if line.isValid() else 0
        self.verticalScrollBar().setValue(max(block.firstLineNumber() + above - _ABOVE, 0))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        self._is_guided = True
        self.setTextCursor(cursor)
        self._is_guided = False

    # What the clerk points at

    def chosen_span(self) -> tuple[int, int] | None:
        """Return the selected stretch of the text as read; None where nothing is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._places.to_text(cursor.selectionStart())
        end = self._places.to_text(cursor.selectionEnd())
        return (start, end) if self._text[start:end].strip() else None

    def place(self) -> int:
        """Return the character of the text that the cursor stands before."""
        return self._places.to_text(self.textCursor().position())

    def _on_cursor(self) -> None:
        if not self._is_guided and not self.textCursor().hasSelection():
            self.touched.emit(self.place())

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what marked words stand for when the mouse rests on them."""
        if isinstance(event, QHelpEvent):
            words = self.words_at(event.pos())
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def words_at(self, point: QPoint) -> str:
        """Return what the marks under a point of the viewport say."""
        place = self._places.to_text(self.cursorForPosition(point).position())
        said = [
            mark.words
            for each in self._shown_drafts()
            for mark in self._marks_of(each)
            if mark.start <= place < mark.end and mark.words
        ]
        return "\n".join(dict.fromkeys(said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys of the review to the page."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        taken = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete}
        if event.key() in taken or (control and event.key() == Qt.Key.Key_K):
            event.ignore()
        else:
            super().keyPressEvent(event)

    # Marking

    def _in_sight(self) -> tuple[int, int]:
        """Return the first and the last position of the view in sight."""
        corner = QPoint(self.viewport().width() - 1, self.viewport().height() - 1)
        first = self.cursorForPosition(QPoint(0, 0)).position()
        return first, self.cursorForPosition(corner).position()

    def _shown_drafts(self, beyond: int = 0) -> list[ReviewDraft]:
        """Return the drafts in sight, or up to so many paragraphs beyond."""
        first, last = self._in_sight()
        if beyond:
            above = self.document().findBlockByNumber(
                max(self.document().findBlock(first).blockNumber() - beyond, 0)
            )
            below = self.document().findBlockByNumber(
                min(self.document().findBlock(last).blockNumber() + beyond, self.blockCount() - 1)
            )
            first, last = above.position(), below.position() + below.length() - 1
        start, end = self._places.to_text(first), self._places.to_text(last)
        return [
            each
            for each in self._drafts
            if each.draft.quote.start <= end and each.draft.quote.end >= start
        ]

    def _marks_of(self, each: ReviewDraft) -> tuple[Mark, ...]:
        kept = self._marks.get(each.id)
        if kept is None or kept[0] is not each:
            kept = (each, marks_of(each, self._text))
            self._marks[each.id] = kept
        return kept[1]

    def _mark(self) -> None:
        if self._is_marking:
            self._soon.start()
            return
        self._is_marking = True
        colours = self._kit.theme.colours
        selections = []
        looks: dict[str, QTextCharFormat] = {}
        for each in self._shown_drafts(_BEYOND):
            if each.dropped:
                continue
            for mark in self._marks_of(each):
                if mark.kind not in looks:
                    looks[mark.kind] = format_of(mark.kind, colours)
                selections.append(self._selection(mark.start, mark.end, looks[mark.kind]))
        self.setExtraSelections(selections)
        self._is_marking = False

    def _selection(self, start: int, end: int, looks: QTextCharFormat) -> QTextEdit.ExtraSelection:
        first, last = self._places.span(start, end)
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.format, selection.cursor = looks, cursor
        return selection

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less is in sight."""
        super().resizeEvent(event)
        self._soon.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Beside the lines of each draft stands a bar, so that what was not taken shows."""
        self._paint_ground()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        colours, in_sight = self._kit.theme.colours, self._in_sight()
        for each in self._shown_drafts():
            is_current = self._current is not None and each.id == self._current.id
            name = "red" if doubts_of(each) and not each.dropped else "grey"
            colour = colours.of("accent" if is_current else "line" if each.dropped else name)
            top, bottom = self._edges(each, in_sight)
            wide = BAR + 1 if is_current else BAR - 1
            painter.fillRect(QRectF(4, top + 1, wide, max(bottom - top - 2, 2)), colour)
        painter.end()

    def _paint_ground(self) -> None:
        """Bring the draft in hand out over its whole width."""
        if self._current is None or self._current not in self._shown_drafts():
            return
        top, bottom = self._edges(self._current, self._in_sight())
        colour = self._kit.theme.colours.of("accent_soft")
        colour.setAlpha(_FAINT)
        painter = QPainter(self.viewport())
        painter.fillRect(QRectF(0, top, self.viewport().width(), bottom - top), colour)
        painter.end()

    def _edges(self, each: ReviewDraft, in_sight: tuple[int, int]) -> tuple[float, float]:
        """Return the top and the bottom of a draft's passage in the viewport."""
        first, last = self._places.span(each.draft.quote.start, each.draft.quote.end)
        height = float(self.viewport().height())
        top = 0.0 if first < in_sight[0] else self._line(first)[0]
        bottom = height if last > in_sight[1] else self._line(max(last - 1, first))[1]
        return top, bottom

    def _line(self, position: int) -> tuple[float, float]:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        box = self.cursorRect(cursor)
        return float(box.top()), float(box.bottom())
