"""The review itself: target, counters, the lines with their decisions, and 应用."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.base.errors import UserError
from tracker.ui.imports.detail import LineDetail
from tracker.ui.imports.foot import StepFoot
from tracker.ui.imports.lines import Result
from tracker.ui.imports.menus import review_menu
from tracker.ui.imports.model import ReviewModel
from tracker.ui.imports.notes_panel import NotesPanel
from tracker.ui.imports.reading import about
from tracker.ui.imports.table import KEYS, ReviewTable
from tracker.ui.imports.target_bar import TargetBar
from tracker.ui.widgets.labels import hairline, quiet
from tracker.ui.widgets.menus import hang_menu

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from tracker.ui.imports.reading import Loaded
    from tracker.ui.kit import Kit

SHOWN_AT_FIRST = frozenset({Result.WAITING, Result.UPDATE, Result.CREATE})


class ReviewPage(QWidget):
    """Shows a table under review.

    Attributes:
        loaded: what is under review; None for nothing.

    Signals:
        target_chosen: another ledger, round or date (`Target`).
        apply_wanted: what is checked shall be written.
        columns_wanted: the clerk wants to see how the columns were read.
        back: one step back.
        cancelled: the import is given up.
    """

    target_chosen = Signal(object)
    apply_wanted = Signal()
    columns_wanted = Signal()
    back = Signal()
    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.loaded: Loaded | None = None
        self.target = TargetBar(kit)
        self.notes = NotesPanel()
        self.counters: dict[Result, QPushButton] = {}
        self.model = ReviewModel(self)
        self.table = ReviewTable(kit, self.model)
        self.detail = LineDetail(kit)
        self.foot = StepFoot(KEYS)
        self.apply = self.foot.forward
        self.memory = QPushButton("按上次确认的各栏读取（更改）")
        self.memory.setProperty("link", True)
        self._about = quiet("")
        self.corner = self._corner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.target, self.notes):
            column.addWidget(part)
        column.addLayout(self._counter_row())
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addWidget(self.detail)
        column.addWidget(self.foot)
        self._connect()

    def _connect(self) -> None:
        self.target.chosen.connect(self.target_chosen)
        self.table.moved.connect(self._show_line)
        self.table.decided.connect(self._decide)
        self.table.apply_wanted.connect(self.apply.click)
        self.table.cancel_wanted.connect(self.cancelled)
        self.detail.decided.connect(self._decide)
        self.apply.clicked.connect(self.apply_wanted)
        self.foot.back.clicked.connect(self.back)
        self.foot.cancel.clicked.connect(self.cancelled)
        self.memory.clicked.connect(self.columns_wanted)
        self.model.decided.connect(self._on_decided)
        hang_menu(self.table, lambda: review_menu(self))
        self._kit.theme.changed.connect(self._colour)
        self._colour()

    def _corner(self) -> QWidget:
        """Return what stands beside the steps: the file, and what else there is to know."""
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._about)
        row.addWidget(self.notes.bar)
        return corner

    def _counter_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        for result in Result:
            button = QPushButton()
            button.setCheckable(True)
            button.clicked.connect(self._show_lines)
            row.addWidget(button)
            self.counters[result] = button
        row.addStretch()
        row.addWidget(self.memory)
        row.addWidget(quiet("尚未写入；应用后可撤销"))
        return row

    # What is shown

    def show_loaded(self, loaded: Loaded | None) -> None:
        """Show a table; None lets go of the last one."""
        self.loaded = loaded
        if loaded is None:
            self.model.show(None, ())
            self._show_line(-1)
            return
        plan = loaded.review.plan
        self.target.show_loaded(loaded)
        self._about.setText(about(plan))
        self.notes.show_notes(loaded.notes)
        self.memory.setVisible(loaded.opened.is_remembered)
        there = {result for result in Result if loaded.review.lines({result})}
        for result, button in self.counters.items():
            button.setChecked(result in SHOWN_AT_FIRST & there)
        if not SHOWN_AT_FIRST & there:
            self.counters[Result.SAME].setChecked(True)
        self._show_lines()
        self._count()

    def refresh(self) -> None:
        """Show again what was decided in the step before."""
        row = self.table.currentIndex().row()
        self._show_lines()
        if 0 <= row < self.model.rowCount():
            self.table.go_to(row)
        self._count()

    def _show_lines(self) -> None:
        shown = [result for result, button in self.counters.items() if button.isChecked()]
        self.model.show(self.loaded.review if self.loaded is not None else None, shown)
        if self.model.rowCount():
            self.table.go_to(0)
        else:
            self._show_line(-1)
        self._colour()

    def _show_line(self, row: int) -> None:
        review = self.loaded.review if self.loaded is not None else None
        self.detail.show_line(review, self.model.line(row))

    def _on_decided(self) -> None:
        self._show_line(self.table.currentIndex().row())
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys at the foot work beside the list too, where no field needs them itself."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the line in hand its share."""
        super().resizeEvent(event)
        self.detail.fit(self.height())

    def _count(self) -> None:
        if self.loaded is None:
            return
        review = self.loaded.review
        for result, number in review.counts().items():
            self.counters[result].setText(f"{result.value} {number}")
        written, waiting = review.to_write(), review.waiting()
        teaches = self.teaches
        self.apply.setEnabled(bool(written) or teaches)
        if not written and teaches:
            self.apply.setText("只记住各栏的读法")
        elif not written and not waiting:
            self.apply.setText("没有要写入的内容")
        else:
            rest = f"（{waiting} 项待定先不写入）" if waiting else ""
            self.apply.setText(f"应用 {written} 项{rest}")
        self._colour()

    def _colour(self) -> None:
        """The counter of what waits is red while something does."""
        self.detail.fit(self.height())
        waits = self.loaded is not None and bool(self.loaded.review.waiting())
        button = self.counters[Result.WAITING]
        colours = self._kit.theme.colours
        ground = f"background: {colours.red_soft};" if button.isChecked() else ""
        looks = f"QPushButton {{ color: {colours.red}; border-color: {colours.red}; {ground} }}"
        button.setStyleSheet(looks if waits else "")

    @property
    def teaches(self) -> bool:
        """Whether there are columns to be remembered though no cell is to be written."""
        if self.loaded is None or self._kit.hub.office is None:
            return False
        return any(not mapping.is_left_out for mapping in self.loaded.target.mappings)

    # Deciding

    def _decide(self, choice: int) -> None:
        row = self.table.currentIndex().row()
        if self.model.line(row) is None:
            return
        problem = self.model.decide(row, choice)
        if problem:
            do = "请先把那一行改选，再选这一行"
            self._kit.messages.problem(UserError("两行不能对到同一项任务", problem, do))
