"""The table of numbers beside a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from tracker.ops.charts import Numbers
    from tracker.ui.charts.menu import Offer
    from tracker.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

CODES = Qt.ItemDataRole.UserRole
"""The tasks that a cell counts."""

_MEASURED = 200
"""So many rows in sight are measured for the widths of the columns; thousands would take long."""
_WIDEST, _WIDEST_ALONE = 15, 24
"""No column is wider than so many characters; a longer text is cut and stands in the tool tip."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class NumbersModel(QAbstractTableModel):
    """Words in the first column, numbers in the others; the last row may be the total."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.numbers: Numbers | None = None
        self._bold = QFont()
        self._bold.setBold(True)
        self._quiet = QColor()

    def show_numbers(self, numbers: Numbers | None, quiet: QColor) -> None:
        """Show another table; `quiet` is the colour of a zero."""
        self.beginResetModel()
        self.numbers = numbers
        self._quiet = quiet
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows, the total included."""
        return 0 if parent.isValid() or self.numbers is None else len(self.numbers.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many columns, the words included."""
        return 0 if parent.isValid() or self.numbers is None else len(self.numbers.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's variant
        """Return a cell, how it stands, and the tasks it counts."""
        if self.numbers is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        value = self.numbers.rows[row][column]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{value:,}" if isinstance(value, int) else value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column >= self.numbers.words else _LEFT
        if role == Qt.ItemDataRole.FontRole and self._is_total(row):
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and value == 0:
            return self._quiet
        if role == CODES:
            return self.numbers.codes[row][column]
        if role == Qt.ItemDataRole.ToolTipRole and self.numbers.codes[row][column]:
            words = value if self.numbers.is_list else self.numbers.about(row, column)
            return f"{words}\n双击或按回车查看任务"
        return None

    def about(self, index: QModelIndex) -> str:
        """Return in words what a cell counts."""
        return self.numbers.about(index.row(), index.column()) if self.numbers else ""

    def _is_total(self, row: int) -> bool:
        return self.numbers is not None and self.numbers.has_total and row == self.rowCount() - 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # Qt's variant
        """Return the headings, standing over their numbers."""
        if self.numbers is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.numbers.header[section].replace("·", "\n")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section >= self.numbers.words else _LEFT
        return None


class NumbersTable(QTableView):
    """The table; a double click or Enter on a number shows the tasks, Ctrl+C copies.

    Signals:
        picked: row, codes of the tasks behind a cell, and the cell in words.
        menu_wanted: the cell, which may be none, and where on the screen.
    """

    picked = Signal(int, object, str)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = NumbersModel(self)
        self.setModel(self.numbers)
        self._theme = theme
        self.setAccessibleName("统计数字")
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setStyleSheet(
            "QTableView::item { padding: 0 8px; } QTableView::corner { background: transparent; }"
        )
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_numbers(self, numbers: Numbers | None) -> None:
        """Show another table; the columns take what their words need."""
        self.numbers.show_numbers(numbers, self._theme.colours.of("grey"))
        height = round(self._theme.size * 1.9)
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(_MEASURED)
        header.setMinimumSectionSize(self._theme.size * 3)
        few = numbers is None or numbers.words == 1
        header.setMaximumSectionSize(self._theme.size * (_WIDEST_ALONE if few else _WIDEST))

    def needed_width(self) -> int:
        """Return the width that shows every column."""
        return self.horizontalHeader().length() + self.verticalScrollBar().sizeHint().width() + 4

    def copy_selection(self) -> None:
        """Copy what is selected, all where only one cell is, as a sheet takes it."""
        numbers = self.numbers.numbers
        if numbers is None:
            return
        chosen = self.selectedIndexes()
        if len(chosen) < 2:
            text = numbers.as_text()
        else:
            rows = sorted({index.row() for index in chosen})
            columns = sorted({index.column() for index in chosen})
            text = "\n".join("\t".join(str(numbers.rows[r][c]) for c in columns) for r in rows)
        QGuiApplication.clipboard().setText(text)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the cell under the mouse, or of the current one."""
        index = self.currentIndex()
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
        elif index.isValid():
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        self.menu_wanted.emit(index, where)

    def offers(self, index: QModelIndex) -> list[Offer]:
        """Return what can be done with a cell and with what is selected."""
        found: list[Offer] = []
        if index.isValid() and index.data(CODES):
            words = f"查看任务：{self.numbers.about(index)}"
            found.append((words, lambda: self._on_double_clicked(index)))
        if len(self.selectedIndexes()) > 1:
            found.append(("复制选中的数字\tCtrl+C", self.copy_selection))
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, Enter shows the tasks."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_double_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        codes = index.data(CODES) if index.isValid() else ()
        if codes and self.numbers.numbers is not None:
            self.picked.emit(index.row(), codes, self.numbers.about(index))
