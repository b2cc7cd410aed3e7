"""Paints the drafts: two lines a row, the tick, the words, the units as chips, the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from tracker.ui.decompose.model import CHECK, DEADLINE, NUMBER, TASK, UNITS, DraftModel
from tracker.ui.decompose.words import (
    NO_UNITS,
    chips_of,
    deadline_pair,
    note_of,
    standing_word,
    title_of,
)
from tracker.ui.ledger.layout import TwoLines
from tracker.ui.widgets.chips import PlacedChip, chip_font, chip_height, paint_chips, place_chips
from tracker.ui.widgets.lists import RowDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tracker.domain.review import ReviewDraft
    from tracker.ui.kit import Kit

SIDE, TOP, CHIP_TOP = 8, 8, 6
_MOST_PLACED = 4096
_STANDING = {"新增": "green", "有变化": "accent", "待定": "red", "已删": "quiet", "一致": "quiet"}


class DraftDelegate(RowDelegate):
    """The painter of the list; keeps the layouts of the rows painted lately."""

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._placed: dict[tuple[object, ...], tuple[PlacedChip, ...]] = {}
        self._painters = {
            CHECK: self._paint_box,
            NUMBER: self._paint_number,
            TASK: self._paint_task,
            UNITS: self._paint_units,
            DEADLINE: self._paint_deadline,
        }
        self.set_font(QFont())

    def set_font(self, font: QFont) -> None:
        """Measure anew for another font or palette."""
        size = self._kit.theme.size
        self.lines, self.small = TwoLines(_sized(font, size)), TwoLines(_sized(font, size - 1))
        self._bold = TwoLines(_sized(font, size))
        self._bold.font.setBold(True)
        self._chip_font = chip_font(_sized(font, size))
        self._placed.clear()

    @property
    def row_height(self) -> int:
        """The height of every row: two lines and their air."""
        chips = 2 * chip_height(self._kit.theme.size) + 4 + 2 * CHIP_TOP
        return max(2 * self.lines.height + 2 * TOP, chips) + 1

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are alike."""
        return QSize(80, self.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        box: QRect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, self._colour("accent_soft" if is_chosen else "surface"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, self._colour("line"))
        model = index.model()
        each = model.draft(index.row()) if isinstance(model, DraftModel) else None
        if each is None or not isinstance(model, DraftModel):
            return
        painter.save()
        painter.setClipRect(box)
        inner = box.adjusted(SIDE, TOP, -SIDE // 2, -1)
        self._painters[index.column()](painter, inner, each, model)
        painter.restore()

    def _colour(self, name: str) -> QColor:
        return self._kit.theme.colours.of(name)

    # Cells

    def _paint_box(
        self, painter: QPainter, box: QRect, each: ReviewDraft, model: DraftModel
    ) -> None:
        side = self._kit.theme.size + 2
        frame = QRectF(box.left() + 0.5, box.top() + (self.lines.height - side) / 2, side, side)
        ticked = each.chosen and not each.dropped
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour("accent" if ticked else "grey"), 1))
        painter.setBrush(self._colour("accent" if ticked else "surface"))
        painter.drawRoundedRect(frame, 3, 3)
        if ticked:
            marks = (QPointF(0.24, 0.52), QPointF(0.42, 0.70), QPointF(0.76, 0.32))
            painter.setPen(QPen(self._colour("on_accent"), side / 8))
            painter.drawPolyline([frame.topLeft() + mark * side for mark in marks])

    def _paint_number(
        self, painter: QPainter, box: QRect, each: ReviewDraft, model: DraftModel
    ) -> None:
        width = box.width()
        self._write(painter, box, 0, self.lines.cut(each.draft.number, width), "text")
        word = standing_word(model.desk, each)
        name = _STANDING.get(word, "quiet")
        self._write(painter, box, 1, self.small.cut(word, width), name, self.small)

    def _paint_task(
        self, painter: QPainter, box: QRect, each: ReviewDraft, model: DraftModel
    ) -> None:
        title = self.lines.cut(title_of(each.draft), box.width())
        self._write(painter, box, 0, title, "quiet" if each.dropped else "text")
        if each.dropped:
            middle = box.top() + self.lines.height // 2
            wide = self.lines.metrics.horizontalAdvance(title)
            painter.drawLine(box.left(), middle, box.left() + wide, middle)
        note, name = note_of(model.desk, each)
        inset = SIDE // 2 if name == "red" else 0
        note = self.small.cut(note, box.width() - 2 * inset)
        if name == "red":
            wide = self.small.metrics.horizontalAdvance(note) + 2 * inset
            ground = QRectF(box.left(), self._second(box) + 1, wide, self.lines.height - 1)
            painter.setPen(self._colour("red_soft"))
            painter.setBrush(self._colour("red_soft"))
            painter.drawRoundedRect(ground, 3, 3)
        self._write(painter, box.adjusted(inset, 0, 0, 0), 1, note, name, self.small)

    def _paint_units(
        self, painter: QPainter, box: QRect, each: ReviewDraft, model: DraftModel
    ) -> None:
        whole = model.desk.meanings(each)
        key = (each.draft.roles, each.draft.items, tuple(whole.items()), box.width())
        placed = self._placed.get(key)
        if placed is None:
            if len(self._placed) > _MOST_PLACED:
                self._placed.clear()
            height = chip_height(self._kit.theme.size)
            chips = chips_of(each.draft, whole)
            placed = place_chips(chips, self._chip_font, box.width(), 2, height)
            self._placed[key] = placed
        if not placed:
            self._write(painter, box, 0, NO_UNITS, "quiet", self.small)
            return
        origin = (float(box.left()), float(box.top() - TOP + CHIP_TOP))
        paint_chips(painter, placed, origin, self._chip_font, self._kit.theme.colours)

    def _paint_deadline(
        self, painter: QPainter, box: QRect, each: ReviewDraft, model: DraftModel
    ) -> None:
        deadline, plan = each.draft.deadline, model.desk.plan
        day = plan.decomposed.document.head.date if plan is not None else None
        first, second = deadline_pair(deadline, day)
        doubtful = deadline is not None and deadline.doubtful
        lines = self._bold if doubtful else self.lines if deadline is not None else self.small
        name = "red" if doubtful else "text" if deadline is not None else "quiet"
        self._write(painter, box, 0, lines.cut(first, box.width()), name, lines)
        below = self.small.cut(second, box.width())
        self._write(painter, box, 1, below, "red" if doubtful else "quiet", self.small)

    # Text

    def _second(self, box: QRect) -> int:
        return box.top() + self.lines.height + 1

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        line: int,
        text: str,
        colour: str,
        lines: TwoLines | None = None,
    ) -> None:
        used = lines or self.lines
        metrics = used.metrics
        air = (self.lines.height - metrics.ascent() - metrics.descent()) // 2
        top = self._second(box) if line else box.top()
        painter.setFont(used.font)
        painter.setPen(self._colour(colour))
        painter.drawText(QPoint(box.left(), top + air + metrics.ascent()), text)


def _sized(font: QFont, size: int) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(size)
    return sized
