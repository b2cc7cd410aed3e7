"""Small lists beside a unit: tasks, returns, what was said, reforms; one line each, read only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHeaderView, QTableView

from tracker.ui.widgets.lamp import lamp_colour, lamp_size, paint_lamp
from tracker.ui.widgets.line_delegate import LineDelegate
from tracker.ui.widgets.lists import heading, set_up_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

    from tracker.domain.light_rules import Light
    from tracker.ui.kit import Kit

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEAST = 7
"""Characters that the widest column keeps."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        cells: its words, a cell for each heading.
        key: what it stands for.
        light: painted before the first cell.
        colour: name of the words' colour in the palette.
        tip: its words in full.
    """

    cells: tuple[str, ...]
    key: object = None
    light: Light | None = None
    colour: str = "text"
    tip: str = ""


class LinesModel(QAbstractTableModel):
    """Lines under headings."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """The headings."""
        return heading(self._headings, section, orientation, role)

    def data(
        self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # whatever Qt can hold
        """A cell in words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip or line.cells[index.column()]
        return None


class LinesTable(QTableView):
    """Shows lines; Enter or a double click opens one.

    Args:
        columns: headings and their widths in Chinese characters; 0 takes what is left, and where
            that is too little, the last columns are left out.

    Signals:
        opened: the key of the line.
    """

    opened = Signal(object)

    def __init__(self, kit: Kit, name: str, columns: Sequence[tuple[str, float]]) -> None:
        super().__init__()
        self._kit = kit
        self._widths = [width for _, width in columns]
        self.model_ = LinesModel([words for words, _ in columns], self)
        self.setModel(self.model_)
        set_up_list(self)
        self.drawn = _Delegate(kit, self.model_, self)
        self.setItemDelegate(self.drawn)
        self.setAccessibleName(name)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        kit.theme.changed.connect(self.fit)
        self.fit()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.model_.show_lines(lines)

    def fit(self) -> None:
        """Measure anew for another size or palette."""
        self.drawn.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self.drawn.row_height)
        self._share_width()
        self.viewport().update()

    def _share_width(self) -> None:
        em = self.drawn.metrics.horizontalAdvance("国")
        widths = {place: round(width * em) for place, width in enumerate(self._widths)}
        wide = self.viewport().width()
        shown = dict(widths)
        for place in sorted(widths, reverse=True):
            if wide - sum(shown.values()) >= _LEAST * em:
                break
            if place and widths[place]:
                shown.pop(place)
        rest = max(wide - sum(shown.values()), _LEAST * em)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for place, width in widths.items():
            self.setColumnHidden(place, place not in shown)
            self.setColumnWidth(place, width or rest)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.model_.lines):
            self.opened.emit(self.model_.lines[row].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the line in hand."""
        if event.key() in _ENTER:
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class _Delegate(LineDelegate):
    """Paints a line, its light first."""

    def __init__(self, kit: Kit, model: LinesModel, parent: QObject) -> None:
        self._lines = model
        super().__init__(kit, parent)

    def paint_cell(self, painter: QPainter, inner: QRect, index: _Index) -> None:
        """Paint what stands in a cell."""
        line = self._lines.lines[index.row()]
        painter.setPen(self.colour(line.colour))
        if line.light is not None and index.column() == 0:
            colour = lamp_colour(line.light, self.kit.theme)
            side = lamp_size(self.kit.theme.size)
            top = inner.top() + (inner.height() - side) / 2
            paint_lamp(painter, QRectF(inner.left(), top, side, side), line.light.shape, colour)
            painter.setPen(colour)
            inner = inner.adjusted(int(side) + 4, 0, 0, 0)
        self.paint_words(painter, inner, " ".join(line.cells[index.column()].split()))
