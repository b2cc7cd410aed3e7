"""The tab of reforms: what was carried out, from when, by what, and which tasks it touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from tracker.domain.reform import REFORM_WORDS
from tracker.ops.reforms import list_reforms
from tracker.text.days import long_date
from tracker.ui.units.lines import Line, LinesTable
from tracker.ui.widgets.labels import quiet
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.reform import ReformRow
    from tracker.ui.kit import Kit
    from tracker.ui.units.doors import Doors

_NONE = "还没有办理过机构改革。更名、合并、拆分、撤销，移交任务，调整分工，都在“机构改革…”里办。"
_COLUMNS = (
    ("生效日期", 9),
    ("事项", 6),
    ("改革", 0),
    ("依据", 13),
    ("任务", 4),
    ("经办", 6),
)


class ReformsTab(QWidget):
    """The reforms, the latest first.

    Attributes:
        table: the list; words: the one in hand in full.
        see: shows its tasks in the ledger.
    """

    def __init__(self, kit: Kit, doors: Doors) -> None:
        super().__init__()
        self.kit, self._doors = kit, doors
        self.reforms: tuple[ReformRow, ...] = ()
        self.table = LinesTable(kit, "改革经过", _COLUMNS)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setContentsMargins(8, 8, 8, 8)
        self.empty = quiet(_NONE)
        self.empty.setWordWrap(True)
        self.see = QPushButton("在台账里看涉及的任务")
        self.see.setAutoDefault(False)
        self.see.setProperty("tight", True)
        self.see.clicked.connect(self._on_see)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        split.addWidget(self.words)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.empty)
        column.addWidget(split, 1)
        column.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        self._read: LatestRead[tuple[ReformRow, ...]] = LatestRead(
            kit.runner, "读取改革", self._reading, self._show, self
        )
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._show_words()

    def refresh(self) -> None:
        """Read the list anew."""
        self._read.ask()

    def _reading(self) -> Callable[[], tuple[ReformRow, ...]] | None:
        office = self.kit.hub.office
        return None if office is None else lambda: list_reforms(office)

    def _show(self, reforms: tuple[ReformRow, ...]) -> None:
        self.reforms = reforms
        self.table.show_lines([reform_line(row) for row in reforms])
        self.empty.setVisible(not reforms)
        if reforms:
            self.table.selectRow(0)
        self._show_words()

    @property
    def reform(self) -> ReformRow | None:
        """The reform in hand."""
        row = self.table.currentIndex().row()
        return self.reforms[row] if 0 <= row < len(self.reforms) else None

    def _on_row(self) -> None:
        if isValid(self.table):  # it is emptied when the window goes
            self._show_words()

    def _show_words(self) -> None:
        reform = self.reform
        self.see.setEnabled(reform is not None and bool(reform.tasks))
        if reform is None:
            self.words.clear()
            return
        told = f"{reform.words}。\n{reform.by} 于 {reform.at:%Y-%m-%d %H:%M} 办理"
        if reform.tasks:
            told += f"，涉及 {len(reform.tasks)} 项任务：{'、'.join(reform.tasks)}"
        self.words.setText(told)

    def _on_see(self) -> None:
        reform = self.reform
        if reform is not None:
            self._doors.show_codes(reform.tasks, REFORM_WORDS[reform.kind])


def reform_line(row: ReformRow) -> Line:
    """Return a reform as a line."""
    change = f"{'、'.join(row.old)} → {'、'.join(row.new)}" if row.new else "、".join(row.old)
    count = str(len(row.tasks)) if row.tasks else ""
    word = REFORM_WORDS[row.kind]
    return Line((long_date(row.on), word, change, row.basis, count, row.by), tip=row.words)
