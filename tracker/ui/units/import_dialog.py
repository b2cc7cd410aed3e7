"""Another list of units, compared with ours: new, changed, and rows to be asked about."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.ops.unit_table import apply_unit_import
from tracker.ui.units.lines import Line, LinesTable
from tracker.ui.widgets.labels import quiet, side_by_side
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from tracker.domain.unit_list import UnitImport, UnitRead
    from tracker.ui.kit import Kit


class Answer(Enum):
    """What a row that is near one of our units is."""

    LATER = "暂不写入"
    SAME = "是同一单位"
    NEW = "是新单位"


class UnitImportDialog(QDialog):
    """Shows what a list would change.

    Flow: look at what is new and what changes, answer the rows that are near one of ours (select
    them, 是同一单位 or 是新单位), 写入. One step, to be undone.

    Attributes:
        answers: by row of the sheet.
        asked, create, update, faults: the lists.
    """

    def __init__(self, kit: Kit, plan: UnitImport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"导入单位名单 — {plan.source}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._kit, self._plan = kit, plan
        self.answers = {row.row: Answer.LATER for row, _, _ in plan.asked}
        self.tabs = QTabWidget()
        self.asked = LinesTable(
            kit,
            "要您判断的",
            (("行", 3), ("表里写作", 13), ("名单里有", 13), ("为什么像", 0), ("怎么办", 7)),
        )
        self.asked.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.create_ = LinesTable(
            kit, "新单位", (("行", 3), ("全称", 0), ("简称", 8), ("联系人", 7), ("电话", 9))
        )
        self.update_ = LinesTable(
            kit, "有改动的", (("单位", 13), ("栏目", 5), ("现在", 13), ("改为", 0))
        )
        self.faults = LinesTable(kit, "读不了的", (("说明", 0),))
        self.agree, self.leave = QPushButton(), QPushButton("取消")
        self._lay_out()
        self._fill()
        self.agree.clicked.connect(self._write)
        self.leave.clicked.connect(self.reject)
        open_at(self, 70, 36)

    def _lay_out(self) -> None:
        plan = self._plan
        self.agree.setProperty("primary", True)
        self.agree.setDefault(True)
        self.leave.setAutoDefault(False)
        self._asked_page = asked = QWidget()  # kept where it is not shown
        inner = QVBoxLayout(asked)
        inner.setContentsMargins(8, 8, 8, 0)
        inner.setSpacing(8)
        buttons: list[QWidget | None] = [QLabel("选中的行")]
        for answer in (Answer.SAME, Answer.NEW, Answer.LATER):
            button = QPushButton(answer.value)
            button.setProperty("tight", True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, each=answer: self.answer(each))
            buttons.append(button)
        inner.addLayout(side_by_side(*buttons, None))
        inner.addWidget(self.asked, 1)
        for page, words, count in (
            (asked, "要您判断", len(plan.asked)),
            (self.create_, "新增", len(plan.create)),
            (self.update_, "改动", len(plan.update)),
            (self.faults, "提示", len(plan.faults)),
        ):
            if count:
                self.tabs.addTab(page, f"{words}（{count}）")
        same = quiet(f"{plan.same} 行与名单一致。" if plan.same else "空着的格不清掉原来的内容。")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        if self.tabs.count():
            column.addWidget(self.tabs, 1)
        else:
            column.addWidget(QLabel("这份名单与现有的完全一致，没有要写入的。"))
            column.addStretch(1)
        column.addLayout(side_by_side(same, None, self.leave, self.agree))

    def _fill(self) -> None:
        plan = self._plan
        self.create_.show_lines(
            [
                Line((str(row.row), row.name, row.short_name, row.contact, row.phone))
                for row in plan.create
            ]
        )
        self.update_.show_lines(
            [Line((cell.unit, cell.field, cell.old, cell.new)) for cell in plan.update]
        )
        self.faults.show_lines([Line((fault,), colour="amber") for fault in plan.faults])
        self._show_asked()

    def _show_asked(self) -> None:
        kept = sorted(index.row() for index in self.asked.selectionModel().selectedRows())
        self.asked.show_lines(
            [self._line(row, unit, reason) for row, unit, reason in self._plan.asked]
        )
        flags = QItemSelectionModel.SelectionFlag
        for row in kept or [0]:
            index = self.asked.model_.index(row, 0)
            self.asked.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)
        waiting = sum(answer is Answer.LATER for answer in self.answers.values())
        written = len(self._plan.create) + len(self.answers) - waiting
        cells = len({cell.unit for cell in self._plan.update})
        parts = [f"新增或并入 {written} 家"] if written else []
        parts += [f"改 {cells} 家"] if cells else []
        self.agree.setText(f"写入（{'、'.join(parts)}）" if parts else "写入")
        self.agree.setEnabled(bool(parts))

    def _line(self, row: UnitRead, unit: str, reason: str) -> Line:
        answer = self.answers[row.row]
        colour = "quiet" if answer is Answer.LATER else "text"
        return Line((str(row.row), row.name, unit, reason, answer.value), row.row, None, colour)

    def answer(self, answer: Answer) -> None:
        """Say what the selected rows are."""
        for index in self.asked.selectionModel().selectedRows():
            row, _, _ = self._plan.asked[index.row()]
            self.answers[row.row] = answer
        self._show_asked()

    def _write(self) -> None:
        office, who, now = self._kit.hub.office, self._kit.hub.who, self._kit.hub.now
        if office is None:
            return
        plan = self._plan
        ours = {row.row: unit for row, unit, _ in plan.asked}
        same = {row: ours[row] for row, each in self.answers.items() if each is Answer.SAME}
        new = [row for row, each in self.answers.items() if each is Answer.NEW]
        self._kit.runner.write(
            "导入单位名单",
            lambda _progress: apply_unit_import(office, plan, same=same, new=new, who=who, now=now),
            lambda outcome: self._kit.messages.tell(outcome.sentence),
        )
        self.accept()
