"""The tables whose columns are remembered: looked at, and forgotten."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tracker.domain.mapping import COLUMN_WORDS, EXTRA
from tracker.ops.table_memory import forget_tables, list_remembered
from tracker.ui.widgets.labels import quiet
from tracker.ui.widgets.menus import add, add_copy, hang_menu

if TYPE_CHECKING:
    from tracker.domain.mapping import Remembered
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

HEADINGS = ("各栏（表头＝读作）", "确认时的文件", "日期")
_ABOUT = "导入时表头与其中一种相同的，按上次确认的各栏读取。忘掉之后按表头文字重新辨认；可以撤销。"


class MemoryDialog(QDialog):
    """Lists what is remembered.

    Attributes:
        tables: what is listed.
        list: a row for each.
        forget: forgets the selected rows.
    """

    def __init__(self, kit: Kit, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._office = office
        self.tables: tuple[Remembered, ...] = ()
        self.setWindowTitle("记住的表头")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QTableWidget(0, len(HEADINGS))
        self.list.setHorizontalHeaderLabels(list(HEADINGS))
        self.list.verticalHeader().hide()
        self.list.setShowGrid(False)
        self.list.setWordWrap(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.list.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.none = QLabel("还没有记住的表头。导入时在“表头与各栏”一步确认或改过的，会记在这里。")
        self.none.setWordWrap(True)
        self.forget = QPushButton("忘掉选中的")
        self.leave = QPushButton("关闭")
        self.leave.setDefault(True)
        self._lay_out()
        self.forget.clicked.connect(self._forget)
        hang_menu(self.list, self._menu)
        self.leave.clicked.connect(self.accept)
        self.list.itemSelectionChanged.connect(self._enable)
        sign = self.fontMetrics().horizontalAdvance("国")
        self.resize(sign * 56, sign * 28)
        self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        about = quiet(_ABOUT)
        about.setWordWrap(True)
        column.addWidget(about)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.forget)
        row.addStretch()
        row.addWidget(self.leave)
        column.addLayout(row)

    def _show(self) -> None:
        self.tables = list_remembered(self._office)
        self.list.setRowCount(len(self.tables))
        for row, one in enumerate(self.tables):
            for column, words in enumerate((_columns(one), one.file, _day(one.day))):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.list.setItem(row, column, item)
        self.list.resizeRowsToContents()
        self.list.setVisible(bool(self.tables))
        self.none.setVisible(not self.tables)
        self._enable()

    def _menu(self) -> QMenu | None:
        chosen = self._selected()
        if not chosen:
            return None
        menu = QMenu(self.list)
        add(menu, f"忘掉选中的（{len(chosen)} 个）", self._forget)
        add_copy(menu, "复制各栏的读法", "\n".join(_columns(one) for one in chosen))
        return menu

    def _enable(self) -> None:
        self.forget.setEnabled(bool(self._selected()))

    def _selected(self) -> list[Remembered]:
        rows = sorted({index.row() for index in self.list.selectedIndexes()})
        return [self.tables[row] for row in rows]

    def _forget(self) -> None:
        office, tables = self._office, self._selected()
        who, now = self._kit.hub.who, self._kit.hub.now
        self.setEnabled(False)

        messages = self._kit.messages

        def done(outcome: Outcome[int]) -> None:
            messages.tell(outcome.sentence)
            over()
            if isValid(self):
                self._show()

        def over() -> None:
            if isValid(self):
                self.setEnabled(True)

        self._kit.runner.write(
            "正在忘掉表头",
            lambda _progress: forget_tables(office, tables, who=who, now=now),
            done,
            initiator=self,
            failed=over,
        )


def _columns(one: Remembered) -> str:
    printed = one.printed or one.headings
    pairs = zip(printed, one.fields, strict=False)
    return "　".join(
        f"{heading or '（空）'}＝{COLUMN_WORDS[name]}"
        for heading, name in pairs
        if heading or name != EXTRA
    )


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"
