"""The table widget: uniform rows, keys of its own, an editor over a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tracker.ui.ledger.columns import Columns
from tracker.ui.ledger.frozen import FrozenColumns
from tracker.ui.ledger.model import TaskModel
from tracker.ui.ledger.words import SORTS, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from tracker.ui.kit import Kit
    from tracker.ui.ledger.delegate import TaskDelegate
    from tracker.ui.ledger.editors import CellEditor
    from tracker.ui.ledger.model import ShownGroup

_FOLDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_AS_PRINTED = ("position", False)


class TaskTable(QTableView):
    """Shows the tasks.

    Signals:
        edit_wanted: a cell is to be edited (`QModelIndex`).
        copy_wanted: the chosen rows are to be copied.
        paste_wanted: what lies on the clipboard is to go into the chosen cells.
        fold_wanted: the group whose heading stands in a row is to be folded or opened.
        picked: the user took another row in hand.
    """

    edit_wanted = Signal(QModelIndex)
    copy_wanted = Signal()
    paste_wanted = Signal()
    fold_wanted = Signal(int)
    picked = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.editor: CellEditor | None = None
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.sectionClicked.connect(self._on_heading)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.columns = Columns(head, kit.choices, self)
        self.columns.changed.connect(self._fit)
        head.customContextMenuRequested.connect(self.columns.open_menu)
        self._frozen: FrozenColumns | None = None
        self.doubleClicked.connect(self.edit_wanted)

    def show_with(self, model: QAbstractItemModel, delegate: TaskDelegate) -> None:
        """Show a model, painted by the delegate."""
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.columns.start()
        self._frozen = FrozenColumns(self)
        self.measure(delegate)
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def measure(self, delegate: TaskDelegate) -> None:
        """Give rows and columns their sizes for the text size in force."""
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(delegate.group_height)
        vertical.setDefaultSectionSize(delegate.row_height)
        self.verticalScrollBar().setSingleStep(delegate.row_height // 2)
        metrics = delegate.lines.metrics
        samples = self.columns.samples().items()
        widths = {c: metrics.horizontalAdvance(words) + 20 for c, words in samples}
        widths[Column.LIGHT] = delegate.light_width
        self.columns.measure(widths, self._kit.theme.size)
        self._fit()
        self.show_sort()
        self.viewport().update()

    def _fit(self) -> None:
        self.columns.lay_out(self.viewport().width())
        if self._frozen is not None:
            self._frozen.place()

    def show_sort(self) -> None:
        """Show at the headings what the list is sorted by; the printed order shows nothing."""
        key, down = (*self._kit.hub.filter.sort, _AS_PRINTED)[0]
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        is_shown = key in SORTS and (key != "position" or down)
        self.horizontalHeader().setSortIndicator(SORTS.index(key) if is_shown else -1, order)

    def _on_heading(self, column: int) -> None:
        """Sort by a column; again: the other way; a third time: as printed.

        With the Shift key the column is sorted by within those sorted by before.
        """
        if not SORTS[column]:
            return
        more = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        wanted = sorted_by(self._kit.hub.filter.sort, SORTS[column], more=more)
        self._kit.hub.narrow(sort=wanted)

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.picked.emit(current.row())

    # Rows

    def heading_at(self, row: int) -> ShownGroup | None:
        """Return the heading that stands in a row, if one does."""
        model = self.model()
        return model.group(row) if isinstance(model, TaskModel) else None

    def chosen_rows(self) -> list[int]:
        """Return the selected rows from top to bottom, headings left out."""
        chosen = self.selectionModel().selection()  # an index a row is slow for thousands
        parts = [chosen.at(place) for place in range(chosen.count())]
        rows = {row for part in parts for row in range(part.top(), part.bottom() + 1)}
        model = self.model()
        ids = model.ids if isinstance(model, TaskModel) else ()
        return [row for row in sorted(rows) if not ids or ids[row] >= 0]

    def take_row(self, row: int, *, scroll: bool = True) -> None:
        """Make a row the only selected one."""
        column = max(self.currentIndex().column(), 0)
        index = self.model().index(row, column)
        kept = self.verticalScrollBar().value()
        self.setCurrentIndex(index)
        self.selectRow(row)
        if not scroll:
            self.verticalScrollBar().setValue(kept)

    def leave_row(self) -> None:
        """Select nothing; a click on any row, even the one left, takes it in hand again."""
        self.clearSelection()
        self.selectionModel().clearCurrentIndex()

    def choose_rows(self, rows: Iterable[int]) -> None:
        """Select several rows without scrolling; neighbours are selected as one stretch."""
        chosen = QItemSelection()
        last_column = self.model().columnCount() - 1
        for first, last in _stretches(sorted(rows)):
            top, bottom = self.model().index(first, 0), self.model().index(last, last_column)
            chosen.select(top, bottom)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # The editor over a cell

    def open_editor(self, editor: CellEditor, index: QModelIndex) -> None:
        """Show an editor over a cell and type into it."""
        self.editor = editor
        editor.closed.connect(self._on_closed)
        self.scrollTo(index)
        editor.place(self.visualRect(index), self.viewport().rect())
        editor.open()

    def place_editor(self, index: QModelIndex) -> None:
        """Move the open editor to where its cell is now."""
        if self.editor is not None:
            self.editor.place(self.visualRect(index), self.viewport().rect())

    def _on_closed(self) -> None:
        self.editor = None
        self.setFocus()

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits the entry, Ctrl+C copies the rows, Ctrl+V pastes into cells."""
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.key() in _FOLDING and self.heading_at(row) is not None:
            self.fold_wanted.emit(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if row >= 0:
                self.edit_wanted.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """An open editor stays over its cell."""
        super().resizeEvent(event)
        self._fit()
        if self.editor is not None:
            self.editor.place(self.editor.geometry(), self.viewport().rect())


def sorted_by(
    sort: tuple[tuple[str, bool], ...], key: str, *, more: bool = False
) -> tuple[tuple[str, bool], ...]:
    """Return the order after a click on a heading: upwards, downwards, then not by it.

    Args:
        sort: the order in force.
        key: what the heading sorts by.
        more: keep the other keys, and put a new one behind them.
    """
    if key == _AS_PRINTED[0] and sort[:1] == (_AS_PRINTED,) and not more:
        return ((key, True),)
    standing = [pair for pair in sort if pair != _AS_PRINTED]
    found = next((pair for pair in standing if pair[0] == key), None)
    if not more:
        standing = [found] if found is not None and standing[0] == found else []
    if found is None or found not in standing:
        standing = [*standing, (key, False)]
    elif not found[1]:
        standing[standing.index(found)] = (key, True)
    else:
        standing.remove(found)
    return tuple(standing) or (_AS_PRINTED,)


def _stretches(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Return first and last of each run of neighbouring rows."""
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = row
        elif row != last + 1:
            yield first, last
            first = row
        last = row
    if first is not None and last is not None:
        yield first, last
