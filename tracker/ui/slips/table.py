"""The table of slips: its widths, its keys, and how a row is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from tracker.domain.slip import SlipState
from tracker.ui.slips.model import Column, SlipsModel
from tracker.ui.widgets.lamp import lamp_size, paint_lamp
from tracker.ui.widgets.line_delegate import SIDE, LineDelegate
from tracker.ui.widgets.lists import set_up_list

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.domain.slip import SlipLine
    from tracker.ui.kit import Kit

GAP = 4
_LEAST = {
    Column.CODE: "督〔2026〕3号",
    Column.KIND: "督办单",
    Column.UNIT: "县发改局",
    Column.ISSUED: "12月25日",
    Column.DUE: "不要求回复",
    Column.STATE: "● 待回复",
    Column.LATE: "逾期",
}
_MOST = {
    Column.CODE: "督提〔2026〕1234号",
    Column.UNIT: "某某县自然资源和规划局",
    Column.LATE: "逾期99个工作日",
}
_MATTER_LEAST = 8
"""How many characters of the matter stay in sight, else columns give way."""
_GIVING_WAY = (Column.ISSUED, Column.KIND, Column.DUE)


class SlipsTable(QTableView):
    """The slips.

    Signals:
        open_wanted: Enter or a double click on a row.
        search_wanted: the search field is asked for.
    """

    open_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, kit: Kit, model: SlipsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slips = model
        self.drawn = SlipDelegate(kit, self)
        self.setModel(model)
        self.setItemDelegate(self.drawn)
        set_up_list(self)
        self.setAccessibleName("已开的单子")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head = self.horizontalHeader()
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda _index: self.open_wanted.emit())
        model.modelReset.connect(self._share_width)
        self.fit()

    def fit(self) -> None:
        """Measure anew for another size or palette."""
        self.drawn.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self.drawn.row_height)
        self._share_width()
        self.viewport().update()

    def _share_width(self) -> None:
        widths = {column: self._wanted(column) for column in _LEAST}
        shown, line = set(Column), self.drawn.metrics.height()
        for column in _GIVING_WAY:
            if self._rest(widths, shown) >= _MATTER_LEAST * line:
                break
            shown.discard(column)
        widths[Column.MATTER] = self._rest(widths, shown)
        for column, width in widths.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, width)

    def _rest(self, widths: dict[Column, int], shown: set[Column]) -> int:
        taken = sum(w for column, w in widths.items() if column in shown and column in _LEAST)
        return max(self.viewport().width() - taken, 0)

    def _wanted(self, column: Column) -> int:
        """Return how wide a column must be for the words it holds."""
        advance = self.drawn.metrics.horizontalAdvance
        sign = "● " if column is Column.STATE else ""
        rows = range(self._slips.rowCount())
        held = {f"{sign}{self._slips.index(row, column).data()}" for row in rows}
        wide = max((advance(words) for words in held), default=0)
        if column in _MOST:
            wide = min(wide, advance(_MOST[column]))
        return max(wide, advance(_LEAST[column])) + 2 * SIDE + 4

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, / goes to the search; the rest is the table's own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit()
        elif event.key() == Qt.Key.Key_Slash:
            self.search_wanted.emit()
        else:
            super().keyPressEvent(event)


def look_of(line: SlipLine) -> tuple[str, str]:
    """Return the shape and the colour's name of a slip's state."""
    slip = line.slip
    if slip.state is SlipState.CLOSED:
        return "✓", "green"
    if slip.state is SlipState.REPLIED:
        return "◐", "accent"
    if line.late is not None:
        return "●", "red"
    return ("○", "amber") if slip.reply_due is not None else ("○", "grey")


class SlipDelegate(LineDelegate):
    """The painter of the slips; every row is one line high."""

    def paint_cell(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint what stands in a cell."""
        model = index.model()
        line = model.line(index.row()) if isinstance(model, SlipsModel) else None
        if line is None:
            return
        column = Column(index.column())
        if column is Column.STATE:
            inner = self._paint_lamp(painter, inner, line)
        painter.setPen(self.colour(self._pen(line, column)))
        self.paint_words(painter, inner, str(index.data() or ""))

    def _pen(self, line: SlipLine, column: Column) -> str:
        if column is Column.LATE:
            late = line.late
            return "red" if late and late.is_certain and not late.is_answered else "amber"
        if column is Column.STATE:
            return look_of(line)[1]
        if line.slip.state is SlipState.CLOSED or column in (Column.KIND, Column.ISSUED):
            return "quiet"
        return "text"

    def _paint_lamp(self, painter: QPainter, box: QRect, line: SlipLine) -> QRect:
        shape, colour = look_of(line)
        side = lamp_size(self.kit.theme.size)
        top = box.top() + (box.height() - side) / 2
        paint_lamp(painter, QRectF(box.left(), top, side, side), shape, self.colour(colour))
        return box.adjusted(int(side) + GAP, 0, 0, 0)
