"""Chips that are taken by mouse or key: dragged among each other and into other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from tracker.ui.detail.parts import ChipFlow
from tracker.ui.widgets.chips import GAP, PADDING, RADIUS, Chip, chip_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )

    from tracker.ui.theme import Theme

_FAINT = 0.35
_BAR = 2.0
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class MovableChips(ChipFlow):
    """One row of chips, of which one is in hand.

    Attributes:
        key: which row this is.
        current: the place of the chip in hand.

    Signals:
        drag_moved: a chip is being dragged (its place, the mouse on the screen).
        drag_ended: it was let go there.
        drag_left: the drag was given up.
        step_wanted: the chip in hand shall move among the others (-1, 1).
        row_wanted: it shall go to the row above or below (-1, 1).
        leave_wanted: the row above or below is to be in hand (-1, 1).
        remove_wanted: it shall be taken away.
        menu_wanted: its menu shall open at a point of the screen.
        keys_shown: whether the keys of the row are worth a hint.
    """

    drag_moved = Signal(int, QPoint)
    drag_ended = Signal(int, QPoint)
    drag_left = Signal()
    step_wanted = Signal(int)
    row_wanted = Signal(int)
    leave_wanted = Signal(int)
    remove_wanted = Signal()
    menu_wanted = Signal(QPoint)
    keys_shown = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        key: str,
        chips: Sequence[Chip],
        hint: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, chips, parent)
        self.key = key
        self.current = 0
        self.mark: int | None = None
        """Before which chip one would be let go."""
        self.dragged: int | None = None
        self.invitation = ""
        """What an empty row says while something is dragged."""
        self._hint = hint
        self._pressed: QPoint | None = None
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chips else Qt.FocusPolicy.NoFocus)
        self._name()

    @property
    def names(self) -> tuple[str, ...]:
        """What stands in the row."""
        return tuple(chip.text for chip in self.chips)

    def take(self, place: int) -> None:
        """Take a chip in hand."""
        self.current = max(0, min(place, len(self.chips) - 1))
        self._name()
        self.update()

    def _name(self) -> None:
        words = "、".join(self.names)
        self.setAccessibleName(words)
        if self.names:
            self.setAccessibleDescription(f"当前：{self.names[self.current]}。{self._hint}")

    # Where things are

    def place_at(self, point: QPoint) -> int | None:
        """Return the place of the chip under a point; None beside them."""
        for place, one in enumerate(self.placed()):
            if one.box.contains(QPointF(point)):
                return place
        return None

    def gap_at(self, point: QPoint) -> int:
        """Return before which chip one let go at a point would stand."""
        placed = self.placed()
        if not placed:
            return 0
        row = min(placed, key=lambda one: abs(one.box.center().y() - point.y())).box.top()
        inside = [place for place, one in enumerate(placed) if one.box.top() == row]
        for place in inside:
            if point.x() < placed[place].box.center().x():
                return place
        return inside[-1] + 1

    def box_of(self, place: int) -> QRectF:
        """Return where a chip stands."""
        return self.placed()[place].box

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the chip under the mouse in hand; it may be dragged from here."""
        place = self.place_at(event.position().toPoint())
        if place is not None:
            self.take(place)
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, once the mouse has moved far enough."""
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if self.dragged is None and way.manhattanLength() >= QApplication.startDragDistance():
            self.dragged = self.current
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()
        if self.dragged is not None:
            self.drag_moved.emit(self.dragged, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        dragged = self.dragged
        self.stop_drag()
        if dragged is not None:
            self.drag_ended.emit(dragged, event.globalPosition().toPoint())

    def stop_drag(self) -> None:
        """Forget that something is dragged."""
        self._pressed, self.dragged = None, None
        self.unsetCursor()
        self.update()

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose, with Alt they move; Up and Down go to the other rows."""
        key, alt = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.AltModifier
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        row = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if key == Qt.Key.Key_Escape and self.dragged is not None:
            self.stop_drag()
            self.drag_left.emit()
        elif side is not None:
            self.step_wanted.emit(side) if alt else self.take(self.current + side)
        elif row is not None:
            self.row_wanted.emit(row) if alt else self.leave_wanted.emit(row)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.take(0 if key == Qt.Key.Key_Home else len(self.chips) - 1)
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.menu_wanted.emit(self._corner())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the chip under the mouse, or of the one in hand."""
        if event.reason() is event.Reason.Mouse:
            place = self.place_at(event.pos())
            if place is None:
                event.ignore()
                return
            self.take(place)
            self.menu_wanted.emit(event.globalPos())
        elif self.chips:
            self.menu_wanted.emit(self._corner())
        event.accept()

    def _corner(self) -> QPoint:
        return self.mapToGlobal(self.box_of(self.current).bottomLeft().toPoint())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the keys to who came by key."""
        super().focusInEvent(event)
        self.update()
        if event.reason() in _BY_KEY:
            self.keys_shown.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the hint again, but not for the menu."""
        super().focusOutEvent(event)
        self.update()
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.keys_shown.emit(False)

    def event(self, event: QEvent) -> bool:
        """Name the chip under the mouse whole, and say what can be done with it."""
        if isinstance(event, QHelpEvent):
            place = self.place_at(event.pos())
            words = f"{self.names[place]}\n{self._hint}" if place is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    # Looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chips, the one in hand with a ring, and where one would be let go."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        placed = self.placed()
        if not placed and self.invitation:
            self._paint_invitation(painter)
        if self.dragged is not None and self.dragged < len(placed):
            faint = colours.of("panel")
            faint.setAlphaF(1 - _FAINT)
            painter.fillRect(placed[self.dragged].box, faint)
        elif self.hasFocus() and self.current < len(placed):
            painter.setPen(QPen(colours.of("accent"), _BAR))
            box = placed[self.current].box.adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self.mark is not None and placed:
            painter.fillRect(self._bar(self.mark), colours.of("accent"))

    def _bar(self, mark: int) -> QRectF:
        placed = self.placed()
        box = placed[min(mark, len(placed) - 1)].box
        x = box.left() - GAP if mark < len(placed) else box.right() + GAP / 2
        return QRectF(min(max(x, 0.0), self.width() - _BAR), box.top(), _BAR, box.height())

    def _paint_invitation(self, painter: QPainter) -> None:
        colours = self._theme.colours
        is_aimed = self.mark is not None
        name = "accent" if is_aimed else "quiet"
        painter.setPen(QPen(colours.of(name), 1, Qt.PenStyle.DashLine))
        if is_aimed:
            painter.setBrush(colours.of("accent_soft"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setFont(chip_font(self.font()))
        words = box.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.invitation)
