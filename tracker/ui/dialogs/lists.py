"""The lists of a round (清单): how many are on each, who is on it, written where it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QTableView,
    QVBoxLayout,
)

from tracker.base.file_names import report_name
from tracker.ops.lists import (
    DAYS_AHEAD,
    LIST_WORDS,
    ListKind,
    RoundList,
    export_list,
    list_columns,
    make_list,
)
from tracker.ui.dialogs.list_rows import ListRows
from tracker.ui.dialogs.papers import PapersDialog
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ops.list_facts import ListFacts
    from tracker.ops.lists import ExportedList
    from tracker.ui.kit import Kit

_MOST_DAYS = 366
_WIDE = {
    "task": 16.0,
    "progress": 18.0,
    "problems": 16.0,
    "next_steps": 16.0,
    "units": 8.0,
    "deadline": 8.5,
    "extra.late": 7.5,
    "number": 3.5,
}
_MEASURED = 300
_NARROW = 6.0
"""Widths of columns in Chinese characters."""


class ListsDialog(PapersDialog):
    """Shows the lists of a round and writes one.

    Flow: ↑↓ chooses a list, its rows are shown; 导出… asks for the place.

    Attributes:
        kinds: the lists with their counts.
        days: how far the list of what is due looks.
        rows, model: what stands in the list chosen.
        said: its counts in a sentence.
    """

    def __init__(self, kit: Kit, facts: ListFacts, parent: QWidget | None = None) -> None:
        self.kinds = QListWidget()
        self.days = QSpinBox()
        self.rows = QTableView()
        self.model = ListRows(self.rows)
        self.said = QLabel()
        super().__init__(kit, facts, "清单", "导出…", parent)
        self._lists: Mapping[ListKind, RoundList] = {}
        self._fill()
        self._read: LatestRead[Mapping[ListKind, RoundList]] = LatestRead(
            kit.runner, "正在列清单", self._counting, self._show_counts, self
        )
        self.kinds.setCurrentRow(0)
        self.kinds.currentRowChanged.connect(self._show_chosen)
        self.days.valueChanged.connect(self._on_days)
        self._read.ask()
        self.kinds.setFocus()
        open_at(self, 84, 40)

    def _fill(self) -> None:
        self.days.setRange(1, _MOST_DAYS)
        self.days.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet's padding is lost here
        self.days.setValue(DAYS_AHEAD)
        self.days.setPrefix("到期清单往后看 ")
        self.days.setSuffix(" 天")
        self.rows.setModel(self.model)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.verticalHeader().hide()
        self.rows.setWordWrap(True)
        self.rows.setShowGrid(False)
        self.rows.setAlternatingRowColors(True)
        self.said.setWordWrap(True)
        self.rows.verticalHeader().setDefaultSectionSize(3 * self.fontMetrics().lineSpacing())
        self.kinds.setSpacing(2)
        for kind in ListKind:
            item = QListWidgetItem(LIST_WORDS[kind])
            item.setData(Qt.ItemDataRole.UserRole, kind)
            self.kinds.addItem(item)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.kinds, 1)
        left.addWidget(self.days)
        self.kinds.setFixedWidth(self.em(15))
        self.days.setFixedWidth(self.em(15))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.said)
        right.addWidget(self.rows, 1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addLayout(left)
        both.addLayout(right, 1)
        self.column.addLayout(both, 1)

    def takes(self) -> tuple[QWidget, ...]:
        """Return the widgets that take nothing while it writes."""
        return (self.kinds, self.days)

    @property
    def kind(self) -> ListKind:
        """The list chosen."""
        item = self.kinds.currentItem() or self.kinds.item(0)
        return ListKind(item.data(Qt.ItemDataRole.UserRole))

    def _counting(self) -> Callable[[], Mapping[ListKind, RoundList]]:
        facts, days = self.facts, self.days.value()
        return lambda: {kind: make_list(facts, kind, days) for kind in ListKind}

    def _show_counts(self, lists: Mapping[ListKind, RoundList]) -> None:
        self._lists = lists
        for row, (kind, found) in enumerate(lists.items()):
            measure = "家" if kind is ListKind.MISSING else "项"
            self.kinds.item(row).setText(f"{LIST_WORDS[kind]}　{found.count}{measure}")
        self._show_chosen()

    def _on_days(self) -> None:
        self.kinds.setCurrentRow(list(ListKind).index(ListKind.DUE))
        self._read.ask()

    def _show_chosen(self) -> None:
        if self.kind not in self._lists:
            return
        content = self._lists[self.kind].content
        columns = list_columns(self.kind)
        self.said.setText("　".join(content.meta))
        # Every row is measured, which takes its time where there are very many.
        few = len(content.rows) <= _MEASURED
        mode = QHeaderView.ResizeMode.ResizeToContents if few else QHeaderView.ResizeMode.Fixed
        self.rows.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.model.show_rows(content.rows, columns)
        for column, (field, _) in enumerate(columns):
            self.rows.setColumnWidth(column, self.em(_WIDE.get(field, _NARROW)))
        self._widen_last(columns[-1][0])
        self.rows.verticalHeader().setSectionResizeMode(mode)

    def _widen_last(self, field: str) -> None:
        """Give the last column what is left; where that is too little, the list is scrolled."""
        last = self.model.columnCount() - 1
        used = sum(self.rows.columnWidth(column) for column in range(last))
        own = max(self.em(_WIDE.get(field, _NARROW)), self.rows.viewport().width() - used)
        self.rows.setColumnWidth(last, own)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        if self.model.columnCount():
            self._widen_last(list_columns(self.kind)[-1][0])

    def save(self) -> None:
        """Ask for the place and write the list."""
        office, kind, facts = self.kit.hub.office, self.kind, self.facts
        word, now, days = LIST_WORDS[kind], self.kit.hub.now, self.days.value()
        number = facts.round.number
        name = report_name(facts.ledger.name, word, ".xlsx", round_number=number, day=now.date())
        target = self.ask_table(f"导出{word}", name)
        if office is None or target is None:
            return
        self.write(
            f"正在导出{word}",
            lambda _progress: export_list(
                office, facts.ledger, facts.round, kind, target, now=now, days=days
            ),
            self._on_written,
        )

    def _on_written(self, written: ExportedList) -> None:
        said = "；".join((f"已导出 {written.path.name}", *written.warnings))
        self.tell_written(written.path, said)
