"""The table of columns: headings typed in place, widths spun, rows dragged or moved by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
)

from tracker.domain.layout import NARROWEST_MM
from tracker.ui.layouts.column_model import ALIGN, FIELD, HEADING, WIDTH, ColumnModel, plain
from tracker.ui.layouts.edits import move_column, remove_columns
from tracker.ui.layouts.words import ALIGN_WORDS
from tracker.ui.widgets.lists import set_up_list

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QKeyEvent, QWheelEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from tracker.ui.kit import Kit
    from tracker.ui.layouts.desk import DraftDesk

_Index = QModelIndex | QPersistentModelIndex
WIDEST_MM = 400.0


class CellDelegate(QStyledItemDelegate):
    """Gives each cell its editor: a line, a number to spin, a choice."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        if index.column() == WIDTH:
            return self._spin(parent)
        if index.column() == ALIGN:
            return self._choice(parent)
        line = QLineEdit(parent)
        line.setProperty("cell", True)
        line.textEdited.connect(lambda _text: self.commitData.emit(line))
        return line

    def _spin(self, parent: QWidget) -> QDoubleSpinBox:
        spin = QDoubleSpinBox(parent)
        spin.setProperty("cell", True)
        spin.setRange(NARROWEST_MM, WIDEST_MM)
        spin.setDecimals(1)
        spin.setKeyboardTracking(False)
        spin.lineEdit().setTextMargins(4, 0, 0, 0)
        spin.valueChanged.connect(lambda _value: self.commitData.emit(spin))
        return spin

    def _choice(self, parent: QWidget) -> QComboBox:
        choice = QComboBox(parent)
        choice.setProperty("cell", True)
        for align, words in ALIGN_WORDS.items():
            choice.addItem(words, align)
        choice.activated.connect(lambda _place: self._chosen(choice))
        return choice

    def _chosen(self, choice: QComboBox) -> None:
        self.commitData.emit(choice)
        self.closeEditor.emit(choice)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QDoubleSpinBox):
            if editor.value() != value:
                with QSignalBlocker(editor):
                    editor.setValue(value)
        elif isinstance(editor, QLineEdit) and plain(editor.text()) != value:
            editor.setText(value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        value: Any = None  # of the cell
        if isinstance(editor, QComboBox):
            value = editor.currentData()
        elif isinstance(editor, QDoubleSpinBox):
            value = editor.value()
        elif isinstance(editor, QLineEdit):
            value = editor.text()
        model.setData(index, value)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        editor.setGeometry(option.rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(40, option.fontMetrics.height() + 12)


class ColumnTable(QTableView):
    """Shows the columns of the layout in hand.

    Signals:
        add_wanted: the user pressed Insert.
    """

    add_wanted = Signal()

    def __init__(self, desk: DraftDesk, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kit = kit
        self.columns = ColumnModel(desk, kit, self)
        self.setModel(self.columns)
        self.setItemDelegate(CellDelegate(self))
        set_up_list(self)
        self.setObjectName("columns")
        self.setAccessibleName("栏目")
        self.setFrameShape(QFrame.Shape.NoFrame)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked
            | triggers.SelectedClicked
            | triggers.EditKeyPressed
            | triggers.AnyKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._place = (0, "")
        self.columns.modelAboutToBeReset.connect(self._keep_place)
        self.columns.modelReset.connect(self._restore_place)
        self.horizontalHeader().geometriesChanged.connect(self.updateGeometry)
        self.columns.moved.connect(self.go_to)
        kit.theme.changed.connect(self.viewport().update)
        self._size()

    @property
    def row(self) -> int:
        """The row in hand; -1 for none."""
        return self.currentIndex().row()

    def rows(self) -> set[int]:
        """Return the rows that are selected, else the one in hand."""
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        return chosen or ({self.row} if self.row >= 0 else set())

    def go_to(self, row: int, place: int = HEADING) -> None:
        """Take a row in hand."""
        row = min(row, self.columns.rowCount() - 1)
        if row >= 0:
            self.setCurrentIndex(self.columns.index(row, place))

    def move_by(self, by: int) -> None:
        """Move the column in hand up or down, which is left or right on paper."""
        row, to = self.row, self.row + by
        if row >= 0 and 0 <= to < self.columns.rowCount():
            place = self.currentIndex().column()
            self._desk.edit(move_column(self._desk.draft, row, to))
            self.go_to(to, place)

    def remove(self) -> None:
        """Take the selected columns out."""
        rows = self.rows()
        if rows:
            self._desk.edit(remove_columns(self._desk.draft, rows))
            self.go_to(min(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete, Insert and Alt with the arrows; letters begin to edit."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter comes here from an editor that is about to close
            return
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in moves:
            self.move_by(moves[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.remove()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row >= 0:
            if self.currentIndex().column() != FIELD:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as all rows, so that only the settings as a whole scroll."""
        rows = max(self.columns.rowCount(), 1)
        header = self.horizontalHeader().sizeHint().height()
        return QSize(200, header + rows * self.verticalHeader().defaultSectionSize() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the settings; all rows are in sight."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size()

    def _keep_place(self) -> None:
        row = max(self.row, 0)
        self._place = (row, self.columns.field(row))

    def _restore_place(self) -> None:
        self.updateGeometry()
        row, field = self._place
        known = self.columns.row_of(field)
        self.go_to(row if known is None else known)

    def _size(self) -> None:
        metrics = self.fontMetrics()
        em = metrics.horizontalAdvance("国")
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 12)
        header = self.horizontalHeader()
        header.setSectionResizeMode(HEADING, QHeaderView.ResizeMode.Stretch)
        for place, ems in ((FIELD, 8), (WIDTH, 5), (ALIGN, 5)):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(place, round(ems * em))
        self.updateGeometry()
