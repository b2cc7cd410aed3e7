"""The table of the board and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from tracker.ui.board.delegate import BoardDelegate
from tracker.ui.board.model import BoardModel, Column
from tracker.ui.board.words import Step
from tracker.ui.widgets.line_delegate import SIDE
from tracker.ui.widgets.lists import set_up_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit

KEYS = (
    "Enter 办理　C 复制短信　T 电话记录　D 登记已报　Y 延期　M 免报　L 核对　O 打开来件"
    "　W 看任务　/ 查找　右键 更多"
)
STEP_KEYS = {
    Qt.Key.Key_Return: Step.NEXT,
    Qt.Key.Key_Enter: Step.NEXT,
    Qt.Key.Key_C: Step.COPY,
    Qt.Key.Key_T: Step.CALL,
    Qt.Key.Key_D: Step.TYPE,
    Qt.Key.Key_Y: Step.DUE,
    Qt.Key.Key_M: Step.EXEMPT,
    Qt.Key.Key_L: Step.LOOK,
    Qt.Key.Key_O: Step.OPEN,
    Qt.Key.Key_W: Step.TASKS,
}
_LEAST = {
    Column.UNIT: "县发改局",
    Column.TASKS: "任务",
    Column.STATE: "● 未到期",
    Column.RECEIVED: "9月25日 16:20",
    Column.FILLED: "填写",
    Column.CALLS: "催办",
    Column.ACTION: "看差异",
}
_MOST = {Column.UNIT: "某某县自然资源和规划局", Column.RECEIVED: "12月25日 16:20 迟报"}
"""The words a column has room for, at least and at most; between them it fits what it holds. What
is left goes to findings and files.
"""
_FINDINGS_SHARE = 60
_FINDINGS_LEAST, _BOTH_LEAST = 5, 17
"""How much room findings need, alone and beside the files, in lines of the text."""
_GIVING_WAY = (Column.FILE, Column.CALLS, Column.TASKS)
"""What a narrow window leaves out first; the tool tip of the unit tells it all."""


class BoardTable(QTableView):
    """Units of a round.

    Signals:
        step_wanted: a key or the link of a row asks for a `Step` on the selected units.
        search_wanted: the search field is asked for.
    """

    step_wanted = Signal(object)
    search_wanted = Signal()

    def __init__(self, kit: Kit, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.drawn = BoardDelegate(kit, self)
        self.setModel(model)
        self.setItemDelegate(self.drawn)
        set_up_list(self)
        self.setAccessibleName("各单位报送情况")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        head = self.horizontalHeader()
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._on_double_click)
        model.modelReset.connect(self._share_width)
        self.fit()

    def rows(self) -> list[int]:
        """Return the selected rows."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def choose(self, units: Iterable[int]) -> None:
        """Select units again after the list was read anew."""
        places = [place for unit in units if (place := self._model.place_of(unit)) is not None]
        chosen = QItemSelection()
        for place in places:
            index = self._model.index(place, 0)
            chosen.select(index, index)
        model, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        if places:
            model.setCurrentIndex(self._model.index(places[0], 0), flag.NoUpdate)
        model.select(chosen, flag.ClearAndSelect | flag.Rows)

    def fit(self) -> None:
        """Measure anew for another size or palette."""
        self.drawn.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self.drawn.row_height)
        self._share_width()
        self.viewport().update()

    def _share_width(self) -> None:
        widths = {column: self._wanted(column) for column in _LEAST}
        shown = self._shown(widths)
        rest = self._rest(widths, shown)
        share = _FINDINGS_SHARE if Column.FILE in shown else 100
        widths[Column.FINDINGS] = rest * share // 100
        widths[Column.FILE] = rest - widths[Column.FINDINGS]
        for column, width in widths.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, width)

    def _shown(self, widths: dict[Column, int]) -> set[Column]:
        """Return the columns there is room for beside the findings."""
        shown, line = set(Column), self.drawn.metrics.height()
        for column in _GIVING_WAY:
            needed = _BOTH_LEAST if Column.FILE in shown else _FINDINGS_LEAST
            if self._rest(widths, shown) >= needed * line:
                break
            shown.discard(column)
        return shown

    def _rest(self, widths: dict[Column, int], shown: set[Column]) -> int:
        taken = sum(width for column, width in widths.items() if column in shown)
        return max(self.viewport().width() - taken, 0)

    def _wanted(self, column: Column) -> int:
        """Return how wide a column must be for the words it holds."""
        advance = self.drawn.metrics.horizontalAdvance
        sign = "● " if column is Column.STATE else ""
        held = {f"{sign}{line.words(column)}" for line in self._model.lines}
        wide = max((advance(words) for words in held), default=0)
        if column in _MOST:
            wide = min(wide, advance(_MOST[column]))
        return max(wide, advance(_LEAST[column])) + 2 * SIDE + 2

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.column() != Column.ACTION:  # there the first click has done it
            self.step_wanted.emit(Step.NEXT)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be clicked."""
        super().mouseMoveEvent(event)
        linked = self._is_link(self.indexAt(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if linked else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a row's link does what it says."""
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() == Qt.MouseButton.LeftButton and self._is_link(index):
            self.selectRow(index.row())
            self.step_wanted.emit(Step.NEXT)

    def _is_link(self, index: QModelIndex) -> bool:
        line = self._model.line(index.row()) if index.isValid() else None
        return index.column() == Column.ACTION and line is not None and line.action is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Carry out the letters; the rest is the table's own."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        key = Qt.Key(event.key())
        if plain and key in STEP_KEYS:
            self.step_wanted.emit(STEP_KEYS[key])
        elif plain and key == Qt.Key.Key_Slash:
            self.search_wanted.emit()
        else:
            super().keyPressEvent(event)
