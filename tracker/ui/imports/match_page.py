"""The third step: which task each row of the table stands for, doubtful rows first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.base.errors import UserError
from tracker.ui.imports.foot import StepFoot
from tracker.ui.imports.match_detail import MatchDetail
from tracker.ui.imports.match_model import MatchModel
from tracker.ui.imports.match_table import KEYS, MatchTable
from tracker.ui.imports.matching import State
from tracker.ui.imports.menus import match_menu
from tracker.ui.widgets.labels import hairline, quiet
from tracker.ui.widgets.menus import hang_menu

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from tracker.ui.imports.reading import Loaded
    from tracker.ui.kit import Kit


class MatchPage(QWidget):
    """Shows the rows with their tasks and lets the clerk choose others.

    Attributes:
        loaded: what is shown; None for nothing.
        counters: how many rows stand how; each chooses whether they are listed.

    Signals:
        decided: something was said about a row.
        forward, back, cancelled: the ways on, back and out.
    """

    decided = Signal()
    forward = Signal()
    back = Signal()
    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.loaded: Loaded | None = None
        self.counters: dict[State, QPushButton] = {}
        self._waiting = 0
        self.model = MatchModel(self)
        self.table = MatchTable(kit, self.model)
        self.detail = MatchDetail(kit)
        self.foot = StepFoot(KEYS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._counter_row())
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addWidget(self.detail)
        column.addWidget(self.foot)
        self._connect()

    def _counter_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        for state in State:
            button = QPushButton()
            button.setCheckable(True)
            button.clicked.connect(self._show_lines)
            row.addWidget(button)
            self.counters[state] = button
        row.addStretch()
        row.addWidget(quiet("表中每一行对应台账里的哪一项；一项任务只能对应一行"))
        return row

    def _connect(self) -> None:
        hang_menu(self.table, lambda: match_menu(self))
        self.table.moved.connect(self._show_line)
        self.table.picked.connect(self._pick)
        self.table.search_wanted.connect(self.detail.search.setFocus)
        self.table.forward_wanted.connect(self.foot.forward.click)
        self.table.cancel_wanted.connect(self.cancelled)
        self.detail.picked.connect(self._pick)
        self.detail.task_picked.connect(self._decide)
        self.detail.left.connect(self.table.setFocus)
        self.model.decided.connect(self._on_decided)
        self.foot.back.clicked.connect(self.back)
        self.foot.cancel.clicked.connect(self.cancelled)
        self.foot.forward.clicked.connect(self.forward)
        self._kit.theme.changed.connect(self._colour)

    # What is shown

    def show_loaded(self, loaded: Loaded | None) -> None:
        """Show the rows of a table; None lets go of the last one."""
        self.loaded = loaded
        if loaded is None:
            self.model.show(None, ())
            self.detail.show_line(None, None)
            return
        for state, button in self.counters.items():
            button.setChecked(bool(loaded.matching.groups[state]))
        self._show_lines()
        self._count()

    def refresh(self) -> None:
        """Show again what was decided elsewhere."""
        if self.loaded is not None:
            row = self.table.currentIndex().row()
            self._show_lines()
            if 0 <= row < self.model.rowCount():
                self.table.go_to(row)
            self._count()

    def _counts(self) -> dict[State, int]:
        return self.loaded.matching.counts() if self.loaded is not None else {}

    def _show_lines(self) -> None:
        shown = {state for state, button in self.counters.items() if button.isChecked()}
        self.model.show(self.loaded.matching if self.loaded is not None else None, shown)
        if self.model.rowCount():
            self.table.go_to(0)
        else:
            self._show_line(-1)

    def _show_line(self, row: int) -> None:
        matching = self.loaded.matching if self.loaded is not None else None
        self.detail.show_line(matching, self.model.line(row))

    def _count(self) -> None:
        counts = self._counts()
        for state, button in self.counters.items():
            button.setText(f"{state.value} {counts.get(state, 0)}")
        self._waiting = waiting = counts.get(State.ASKED, 0)
        self.foot.forward.setText(f"下一步（{waiting} 项待定先不写入）" if waiting else "下一步")
        self._colour()

    def _colour(self) -> None:
        """The counter of what waits is red while something does."""
        self.detail.fit(self.height())
        button = self.counters[State.ASKED]
        colours = self._kit.theme.colours
        ground = f"background: {colours.red_soft};" if button.isChecked() else ""
        looks = f"QPushButton {{ color: {colours.red}; border-color: {colours.red}; {ground} }}"
        button.setStyleSheet(looks if self._waiting else "")

    # Deciding

    def _pick(self, number: int) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is None or self.loaded is None:
            return
        choices = self.loaded.matching.choices(line)
        if number == 0:
            self._decide(None)
        elif number <= len(choices):
            self._decide(choices[number - 1].code)

    def _decide(self, code: str | None) -> None:
        problem = self.model.decide(self.table.currentIndex().row(), code)
        if problem:
            what, _, do = problem.partition("；")
            self._kit.messages.problem(UserError("两行不能对到同一项任务", what, do))
        else:
            self.table.setFocus()

    def _on_decided(self) -> None:
        self._show_line(self.table.currentIndex().row())
        self._count()
        self.decided.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the row in hand its share."""
        super().resizeEvent(event)
        self.detail.fit(self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys at the foot work beside the list too."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.foot.forward.click()
        else:
            super().keyPressEvent(event)
