"""结转到新年度: which tasks go on, under which name and numbers, and what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.carry import MUST_DATE, CarryChoice
from tracker.ops.carry_over import carry_over
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from tracker.domain.carry import CarriedOver, CarryLine, CarryPlan
    from tracker.domain.ledger import LedgerRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

_CODE = Qt.ItemDataRole.UserRole
_STAYS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_MAY_GO = _STAYS | Qt.ItemFlag.ItemIsUserCheckable
_HEADINGS = ("序号", "任务", "单位", "状态", "提醒")
_ROWS = 14
_PORTION = 400
"""So many rows are added between two events of the window."""
_LONGEST = 60
_REMARK, _REMARK_SHARE = 22, 30
"""The remark takes so many characters, but no more of the width in per cent than this."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


class CarryList(QWidget):
    """The tasks of the old ledger with boxes to tick.

    Signals:
        changed: other tasks are ticked.
    """

    changed = Signal()

    def __init__(self, kit: Kit, plan: CarryPlan) -> None:
        super().__init__()
        self._kit = kit
        self._lines = {line.task.code: line for line in plan.lines}
        self._proposed = frozenset(plan.proposed)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(_HEADINGS)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setAccessibleName("要结转的任务")
        self.tree.setMinimumHeight(_ROWS * (kit.theme.size + 10))
        self._chosen = set(self._proposed)
        self._rows: list[tuple[QTreeWidgetItem, CarryLine]] = []
        self._set_widths()
        self.tree.setMouseTracking(True)
        self.tree.itemEntered.connect(self._tell_whole)
        self.tree.itemChanged.connect(self._on_changed)
        self.all_shown = QCheckBox("也列出已销号、已结转和调整/取消的")
        self.all_shown.toggled.connect(self._show_rows)
        self.usual = QPushButton("恢复默认勾选")
        self.none = QPushButton("全不选")
        self.usual.clicked.connect(lambda: self._tick(self._proposed))
        self.none.clicked.connect(lambda: self._tick(frozenset()))
        self.count = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tree, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.count, self.all_shown, self.none, self.usual):
            row.addWidget(widget, int(widget is self.count))
        for button in (self.usual, self.none):
            button.setAutoDefault(False)
        column.addLayout(row)
        self._fill()
        self._tell()

    @property
    def codes(self) -> tuple[str, ...]:
        """The tasks that are ticked, in printed order."""
        return tuple(code for code in self._lines if code in self._chosen)

    def _fill(self) -> None:
        """Add the next rows; all at once would hold the window up."""
        start = len(self._rows)
        lines = list(self._lines.values())[start : start + _PORTION]
        added = [(self._item(line), line) for line in lines]
        self._rows += added
        self.tree.blockSignals(True)
        self.tree.addTopLevelItems([item for item, _line in added])
        self._hide(added)
        self.tree.blockSignals(False)
        if len(self._rows) < len(self._lines):
            QTimer.singleShot(0, self, self._fill)

    def _item(self, line: CarryLine) -> QTreeWidgetItem:
        task = line.task
        words = " ".join(task.text.split())
        cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        units = "、".join(task.roles.lead or task.roles.responsible)
        doubts = "；".join(line.doubts)
        item = QTreeWidgetItem([task.number or task.code, cut, units, line.state, doubts])
        item.setData(0, _CODE, task.code)
        if line.may_go:
            is_in = task.code in self._chosen
            item.setCheckState(0, Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
        item.setFlags(_MAY_GO if line.may_go else _STAYS)
        return item

    def _tell_whole(self, item: QTreeWidgetItem, column: int) -> None:
        """Give a cell under the pointer its whole words as a tip."""
        line = self._lines[str(item.data(0, _CODE))]
        if column:
            whole = line.task.text if column == 1 else item.text(column)
            item.setToolTip(column, whole)

    def _set_widths(self) -> None:
        head, size = self.tree.header(), self._kit.theme.size
        head.setStretchLastSection(False)
        most = self.width() * _REMARK_SHARE // 100
        for place, characters in enumerate((5, 0, 8, 5, _REMARK)):
            fixed = QHeaderView.ResizeMode.Interactive
            stretch = QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, fixed if characters else stretch)
            if characters:
                width = characters * (size + 1) + 16
                is_remark = characters == _REMARK
                self.tree.setColumnWidth(place, min(width, most) if is_remark else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the tasks their room."""
        super().resizeEvent(event)
        self._set_widths()

    def _show_rows(self) -> None:
        """Show what is unfinished or ticked; the rest on wish."""
        self._hide(self._rows)

    def _hide(self, rows: Sequence[tuple[QTreeWidgetItem, CarryLine]]) -> None:
        usual = self._proposed | self._chosen
        are_all = self.all_shown.isChecked()
        for item, line in rows:
            hidden = not (are_all or line.task.code in usual)
            if item.isHidden() != hidden:
                item.setHidden(hidden)

    def _tick(self, codes: frozenset[str]) -> None:
        self._chosen = set(codes)
        self.tree.blockSignals(True)
        for item, line in self._rows:
            if line.may_go:
                is_in = line.task.code in codes
                item.setCheckState(0, Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
        self.tree.blockSignals(False)
        self.tree.viewport().update()
        self._on_ticked()

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0:  # the others only get their tips
            code = str(item.data(0, _CODE))
            if item.checkState(0) is Qt.CheckState.Checked:
                self._chosen.add(code)
            else:
                self._chosen.discard(code)
            self._on_ticked()

    def _on_ticked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        chosen = [self._lines[code] for code in self.codes]
        past = sum(any(MUST_DATE in doubt for doubt in line.doubts) for line in chosen)
        words = f"已选 {len(chosen)} 项，共 {len(self._lines)} 项"
        self.count.setText(words + (f"；{past} 项已过时限" if past else ""))


class CarryDialog(FormDialog):
    """Takes the unfinished over into a new year's ledger.

    Flow: name and year stand there, untick what does not go on, 结转. One step, to be undone.
    """

    def __init__(
        self,
        kit: Kit,
        ledger: LedgerRow,
        plan: CarryPlan,
        opened: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, "结转到新年度", "结转", parent)
        self._ledger = ledger
        self._opened = opened
        self.hint.setText("Ctrl+Enter 结转 · Esc 关闭")
        year = (ledger.year or kit.hub.today.year) + 1
        self.add_words(f"从“{ledger.name}”结转；原专项不作改动，结转后可以撤销。", quiet=False)
        self.add_field("name", "新专项", QLineEdit(next_name(ledger, year)))
        self.add_field("year", "年度", QLineEdit(str(year)))
        self.numbers = QComboBox()
        self.numbers.addItem("从1起重新编号", False)
        self.numbers.addItem("沿用原来的序号", True)
        self.add_field("numbers", "序号", self.numbers)
        self.list = CarryList(kit, plan)
        self.list.changed.connect(self._name_button)
        self.add_wide(self.list)
        self.add_words(
            "时限照原样带过去，已过的也不改，请结转后逐项核定新时限；"
            "落实情况、销号、佐证留在原专项，在新任务里可以查看。"
        )
        self._name_button()

    def _name_button(self) -> None:
        count = len(self.list.codes)
        self.agree.setText(f"结转 {count} 项" if count else "结转")
        self.agree.setEnabled(count > 0)

    def showEvent(self, event: object) -> None:
        """Be wide enough for the list."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event
        size = self.kit.theme.size
        room = self.screen().availableGeometry()
        self.resize(max(self.width(), min(76 * size, room.width() - 40)), self.height())

    def save(self) -> None:
        """Check and write."""
        if not self.need("name"):
            return
        words = self.text_of("year")
        year = int(words) if words.isdecimal() and words.isascii() else None
        if words and (year is None or not _FIRST_YEAR <= year <= _LAST_YEAR):
            self.complain("year", "请写四位数的年度，如 2027；不分年度的可以不写")
            return
        codes = self.list.codes
        if not codes:
            self.complain_generally("还没有勾选要结转的任务")
            return
        office, ledger, name, hub = self.office(), self._ledger, self.text_of("name"), self.kit.hub
        who, now = hub.who, hub.now
        choice = CarryChoice(codes, bool(self.numbers.currentData()))
        self.write(
            "结转",
            lambda _p: carry_over(office, ledger, name, year, choice=choice, who=who, now=now),
            self._done,
        )

    def _done(self, outcome: Outcome[CarriedOver]) -> None:
        self.finish(outcome)
        self._opened(outcome.value.ledger)

    def field_of(self, error: object) -> str:
        """A refused name is complained about beside it."""
        return "name" if "专项" in str(error).split("。")[0] else ""


def next_name(ledger: LedgerRow, year: int) -> str:
    """Return a name for the ledger of the next year: 2027年… after 2026年…."""
    name, old = ledger.name, str(year - 1)
    return name.replace(old, str(year)) if old in name else f"{year}年{name}"
