"""The line above a review: which ledger and round the table goes to, and its date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from tracker.base.errors import UserError
from tracker.domain.terms import ROUND_STATE_WORDS
from tracker.text.dates import find_dates
from tracker.ui.imports.reading import Target
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from datetime import date

    from tracker.ui.imports.reading import Loaded
    from tracker.ui.kit import Kit

LAST_ROUND = 999


class TargetBar(QWidget):
    """Shows the target of an import and lets the clerk choose another.

    Signals:
        chosen: another target (`Target`).
    """

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._target = Target()
        self.ledger = QComboBox()
        self.ledger.setEditable(True)
        self.ledger.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.ledger.setMinimumContentsLength(22)
        self.ledger.setToolTip("选已有的专项，或写一个新名称")
        self.round = QLineEdit()
        self.round.setValidator(QIntValidator(1, LAST_ROUND, self))
        self.round.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._state = quiet("")
        self.date = QLineEdit()
        self.date.setPlaceholderText("如 2026-9-30")
        self._hint = QLabel()
        self._lay_out()
        self.ledger.activated.connect(self._on_ledger)
        line = self.ledger.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._on_ledger)
        self.round.editingFinished.connect(self._on_round)
        self.date.editingFinished.connect(self._on_date)
        kit.theme.changed.connect(self._colour)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 0)
        row.setSpacing(8)
        parts = (quiet("导入到"), self.ledger, quiet("第"), self.round)
        rest = (self._state, quiet("表格日期"), self.date)
        for part in (*parts, quiet("期"), *rest):
            row.addWidget(part)
        row.addWidget(self._hint)
        row.addStretch()

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the target of a table that was read."""
        self._target = loaded.target
        for part in (self.ledger, self.round, self.date):
            part.blockSignals(True)
        names = [ledger.name for ledger in loaded.ledgers]
        self.ledger.clear()
        self.ledger.addItems(names)
        self.ledger.setCurrentText(loaded.target.ledger or "")
        self.round.setText(str(loaded.target.round or 1))
        day = loaded.review.plan.table.date
        self.date.setText(_day(day))
        for part in (self.ledger, self.round, self.date):
            part.blockSignals(False)
        is_new = loaded.target.ledger not in names
        standing = next((r for r in loaded.rounds if r.number == loaded.target.round), None)
        words = ROUND_STATE_WORDS[standing.state] if standing is not None else "新开一期"
        self._state.setText("新专项" if is_new else words)
        count = loaded.without_year
        self._hint.setText(f"有 {count} 项时限没写年份，请填表格日期" if count else "")
        self._hint.setVisible(bool(count))
        self._colour()

    def _on_ledger(self) -> None:
        name = self.ledger.currentText().strip()
        if name and name != self._target.ledger:
            self._choose(replace(self._target, ledger=name, round=None))

    def _on_round(self) -> None:
        number = int(self.round.text())
        if number != self._target.round:
            self._choose(replace(self._target, round=number))

    def _on_date(self) -> None:
        if not self.date.isModified():
            return
        self.date.setModified(False)
        text = self.date.text().strip()
        day = read_day(text)
        if text and day is None:
            why = "需要年、月、日，如 2026-9-30 或 2026年9月30日"
            self._kit.messages.problem(UserError(f"读不出日期“{text}”", why, "请改写后再试"))
        elif day != self._target.date:
            self._choose(replace(self._target, date=day))

    def _choose(self, target: Target) -> None:
        self._target = target
        self.chosen.emit(target)

    def _colour(self) -> None:
        signs = self.date.fontMetrics()
        self.date.setFixedWidth(signs.horizontalAdvance("2026年12月31日") + 28)
        self.round.setFixedWidth(signs.horizontalAdvance("999") + 28)
        self._hint.setStyleSheet(f"color: {self._kit.theme.colours.amber};")


def read_day(text: str) -> date | None:
    """Return the one full date in a text; None for anything else."""
    found = find_dates(text, cell=True)
    full = len(found) == 1 and found[0].year and found[0].day
    return found[0].last_day() if full else None


def _day(day: date | None) -> str:
    return f"{day.year}-{day.month}-{day.day}" if day is not None else ""
