"""Light, number and task stay in sight while the list is scrolled sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from tracker.ui.ledger.words import FROZEN, Column

if TYPE_CHECKING:
    from tracker.ui.ledger.table import TaskTable


class FrozenColumns(QTableView):
    """A second view over the left end of the list, with the same model and selection.

    It is there only while the list is scrolled sideways.
    """

    def __init__(self, table: TaskTable) -> None:
        super().__init__(table)
        self._table = table
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self.setObjectName("frozen_columns")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(table.horizontalHeader().sectionClicked)
        for column in Column:
            self.setColumnHidden(column, column not in FROZEN)
        self._follow()
        self.hide()

    def _follow(self) -> None:
        table = self._table
        down = table.verticalScrollBar()
        down.valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(down.setValue)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.place())
        table.verticalHeader().sectionResized.connect(
            lambda row, _before, height: self.setRowHeight(row, height)
        )
        self.doubleClicked.connect(table.doubleClicked)
        self.clicked.connect(table.clicked)
        self.customContextMenuRequested.connect(table.customContextMenuRequested)

    @staticmethod
    def _take_heights(rows: QHeaderView, mine: QHeaderView) -> None:
        """Make the rows as high as those of the list when the text has another size."""
        sizes = (rows.defaultSectionSize(), rows.minimumSectionSize())
        if (mine.defaultSectionSize(), mine.minimumSectionSize()) == sizes:
            return
        mine.setDefaultSectionSize(sizes[0])
        mine.setMinimumSectionSize(sizes[1])
        for row in range(rows.count()):
            if mine.sectionSize(row) != rows.sectionSize(row):
                mine.resizeSection(row, rows.sectionSize(row))

    def place(self) -> None:
        """Stand over the left end of the list, if it is scrolled away."""
        table = self._table
        if not table.horizontalScrollBar().value():
            self.hide()
            return
        self._take_heights(table.verticalHeader(), self.verticalHeader())
        for column in FROZEN:
            self.setColumnWidth(column, table.columnWidth(column))
        head = table.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(head)
        width = sum(table.columnWidth(column) for column in FROZEN)
        edge = table.frameWidth()
        self.setGeometry(edge, edge, width, head + table.viewport().height())
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.show()
        self.raise_()
