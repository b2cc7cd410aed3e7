"""Paints the rows of the ledger: two lines each, lights, chips, all from the line's values."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tracker.domain.light_rules import light_rules
from tracker.domain.terms import Completion
from tracker.ui.ledger.layout import TwoLines
from tracker.ui.ledger.words import (
    NOT_FILLED,
    Column,
    deadline_pair,
    entry_words,
    further_words,
    state_pair,
)
from tracker.ui.widgets.chips import (
    PlacedChip,
    chip_font,
    chip_height,
    paint_chips,
    place_chips,
    unit_chips,
)
from tracker.ui.widgets.lamp import lamp_colour, lamp_size, paint_lamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from tracker.domain.browse import TaskLine
    from tracker.domain.light_rules import Light, LightRules
    from tracker.ui.kit import Kit
    from tracker.ui.ledger.model import ShownGroup, TaskModel

SIDE, TOP = 8, 8
CHIP_TOP = 6
MOST_PLACED = 4096
MOST_WIDE = 10_000


class TaskDelegate(QStyledItemDelegate):
    """The painter of the list; asks the model for lines, the theme for colours."""

    def __init__(self, kit: Kit, model: TaskModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._model = model
        self._lights: dict[str, Light] = {}
        self.set_rules(light_rules())
        self._painters: dict[int, Callable[[QPainter, QRect, TaskLine], None]] = {
            Column.LIGHT: self._paint_light,
            Column.NUMBER: self._paint_number,
            Column.TASK: self._paint_task,
            Column.UNITS: self._paint_units,
            Column.DEADLINE: self._paint_deadline,
            Column.ENTRY: self._paint_entry,
            Column.STATE: self._paint_state,
        }
        self._painters |= {
            column: partial(self._paint_further, column=column)
            for column in Column
            if column not in self._painters
        }
        self._colours: dict[str, QColor] = {}
        self._placed: dict[tuple[object, ...], tuple[PlacedChip, ...]] = {}
        self.set_font(QFont())

    def set_rules(self, rules: LightRules) -> None:
        """Paint the lights of another rule set."""
        self._lights = {light.key: light for light in rules.lights}
        self._undated = rules.undated

    def set_font(self, font: QFont) -> None:
        """Measure anew for another font, size or palette."""
        font = QFont(font)
        font.setPixelSize(self._kit.theme.size)
        small = QFont(font)
        small.setPixelSize(self._kit.theme.size - 1)
        self.lines = TwoLines(font)
        self.small_lines = TwoLines(small)
        self._chip_font = chip_font(font)
        self._colours.clear()
        self._placed.clear()

    @property
    def row_height(self) -> int:
        """The height of every row: two lines and their air."""
        chips = 2 * chip_height(self._kit.theme.size) + 4 + 2 * CHIP_TOP
        return max(2 * self.lines.height + 2 * TOP, chips) + 1

    @property
    def light_width(self) -> int:
        """The width that the longest word of a light needs."""
        words = max(self.lines.metrics.horizontalAdvance(x.word) for x in self._lights.values())
        return words + int(lamp_size(self._kit.theme.size)) + 2 * SIDE + 8

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
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, self._colour("accent_soft" if is_chosen else "surface"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, self._colour("line"))
        group = self._model.group(index.row())
        if group is not None:
            self._paint_group(painter, box, group)
            return
        line = self._model.line(index.row())
        if line is None:
            return
        if index.column() == Column.LIGHT and line.code == self._kit.hub.code:
            painter.fillRect(box.left(), box.top(), 3, box.height() - 1, self._colour("accent"))
        inner = box.adjusted(SIDE, TOP, -SIDE // 2, -1)
        self._painters[index.column()](painter, inner, line)
        if state & QStyle.StateFlag.State_HasFocus:  # Enter, Ctrl+V and the menu are about this one
            painter.setPen(self._colour("accent"))
            painter.drawRect(box.adjusted(0, 0, -1, -2))

    def _colour(self, name: str) -> QColor:
        """Return a colour in force; kept until the theme changes, for a page asks for hundreds."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = self._kit.theme.colours.of(name)
        return found

    # Cells

    def _light(self, line: TaskLine) -> Light:
        return self._lights.get(line.light) or self._undated

    def _paint_light(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        light = self._light(line)
        colour = lamp_colour(light, self._kit.theme)
        side = lamp_size(self._kit.theme.size)
        top = box.top() + (self.lines.height - side) / 2
        paint_lamp(painter, QRectF(box.left() + 2, top, side, side), light.shape, colour)
        words = box.adjusted(int(side) + 8, 0, 0, 0)
        painter.setPen(colour)
        self._draw(painter, words, self.lines, (self.lines.cut(light.word, words.width()), ""))

    def _paint_number(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        painter.setPen(self._colour("text"))
        first, second = self.lines.broken(line.number, box.width())
        for place, text in enumerate((first, second)):
            start = box.right() - self.lines.metrics.horizontalAdvance(text) - SIDE // 2
            self._line(painter, QPoint(max(start, box.left()), box.top()), self.lines, place, text)

    def _paint_task(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        is_over = bool(line.withdrawn) or line.completion is Completion.CLOSED
        painter.setPen(self._colour("quiet" if is_over else "text"))
        self._draw(painter, box, self.lines, self.lines.broken(line.text, box.width()), found=True)

    def _paint_units(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        key = (line.lead, line.cooperating, line.responsible, line.guiding, box.width())
        placed = self._placed.get(key)
        if placed is None:
            if len(self._placed) > MOST_PLACED:
                self._placed.clear()
            height = chip_height(self._kit.theme.size)
            placed = place_chips(unit_chips(line), self._chip_font, box.width(), 2, height)
            self._placed[key] = placed
        if not placed:
            painter.setPen(self._colour("quiet"))
            self._draw(painter, box, self.lines, ("（没有单位）", ""))
            return
        origin = (float(box.left()), float(box.top() - TOP + CHIP_TOP))
        paint_chips(painter, placed, origin, self._chip_font, self._kit.theme.colours)

    def _paint_deadline(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        first, second = deadline_pair(line, self._kit.hub.today)
        painter.setPen(self._colour("text" if line.deadline else "quiet"))
        width = box.width()
        self._draw(painter, box, self.lines, (self.lines.cut(first, width), ""))
        painter.setPen(lamp_colour(self._light(line), self._kit.theme))
        cut = self.small_lines.cut(second, width)
        self._line(painter, self._second(box), self.small_lines, 0, cut)

    def _paint_entry(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        is_quiet = line.carried or not line.entry_text
        painter.setPen(self._colour("quiet" if is_quiet else "text"))
        text = entry_words(line) or (NOT_FILLED if line.is_open else "")
        self._draw(painter, box, self.lines, self.lines.broken(text, box.width()), found=True)

    def _paint_state(self, painter: QPainter, box: QRect, line: TaskLine) -> None:
        first, second = state_pair(line)
        painter.setPen(self._colour("text"))
        width = box.width()
        words = (self.lines.cut(first, width), "") if second else self.lines.broken(first, width)
        self._draw(painter, box, self.lines, words)
        painter.setPen(self._colour("quiet"))
        self._line(painter, self._second(box), self.small_lines, 0, second)

    def _paint_further(self, painter: QPainter, box: QRect, line: TaskLine, column: int) -> None:
        painter.setPen(self._colour("text"))
        text = further_words(line, column)
        self._draw(painter, box, self.lines, self.lines.broken(text, box.width()), found=True)

    def _paint_group(self, painter: QPainter, box: QRect, group: ShownGroup) -> None:
        """Paint a heading over the whole row: each cell shows its own stretch of the words."""
        painter.fillRect(box.adjusted(0, 0, 0, -1), self._colour("grey_soft"))
        font = QFont(self.lines.font)
        font.setBold(True)
        mark = "▸" if group.folded else "▾"
        row = QRect(SIDE, box.top(), MOST_WIDE, box.height())
        painter.save()
        painter.setClipRect(box)
        painter.setFont(font)
        painter.setPen(self._colour("text"))
        words = f"{mark} {group.label}　{group.count} 项"
        painter.drawText(row, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()

    @property
    def group_height(self) -> int:
        """The height of a heading."""
        return self.lines.height + TOP + 1

    # Text

    def _second(self, box: QRect) -> QPoint:
        return box.topLeft() + QPoint(0, self.lines.height)

    def _draw(
        self,
        painter: QPainter,
        box: QRect,
        lines: TwoLines,
        pair: tuple[str, str],
        *,
        found: bool = False,
    ) -> None:
        """Draw two lines; with `found` the words searched for are marked."""
        words = self._kit.hub.filter.text.split() if found else []
        for place, text in enumerate(pair):
            top = box.top() + place * lines.height
            for start, end in lines.spans(text, words):
                mark = QRect(box.left() + start, top, end - start, lines.height)
                painter.fillRect(mark, self._colour("amber_soft"))
            self._line(painter, box.topLeft(), lines, place, text)

    def _line(
        self, painter: QPainter, corner: QPoint, lines: TwoLines, place: int, text: str
    ) -> None:
        if text:
            painter.setFont(lines.font)
            air = (lines.height - _height(lines.metrics)) // 2
            base = corner.y() + place * lines.height + air + lines.metrics.ascent()
            painter.drawText(corner.x(), base, text)


def _height(metrics: QFontMetrics) -> int:
    return metrics.ascent() + metrics.descent()
