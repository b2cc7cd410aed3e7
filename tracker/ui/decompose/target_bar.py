"""The line above a review: which ledger the tasks go to, and the document's own date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from tracker.base.errors import UserError
from tracker.ui.decompose.reading import Target
from tracker.ui.imports.target_bar import read_day
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from datetime import date

    from tracker.ui.decompose.reading import Loaded
    from tracker.ui.kit import Kit


_ADJUST = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_WIDEST = 30
"""Signs of a ledger's name that the field shows at most."""


class TargetBar(QWidget):
    """Shows the target of a decomposed document and lets the clerk choose another.

    Signals:
        chosen: another target (`Target`).
    """

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._target = Target()
        self._day: date | None = None
        self.ledger = QComboBox()
        self.ledger.setEditable(True)
        self.ledger.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.ledger.setMinimumContentsLength(8)
        self.ledger.setSizeAdjustPolicy(_ADJUST)
        self.ledger.setToolTip("选已有的专项，或写一个新名称")
        self.ledger.setAccessibleName("写入专项")
        self._state = quiet("")
        self.date = QLineEdit()
        self.date.setPlaceholderText("2026-9-30")
        self.date.setToolTip("没写年份的时限按文件日期推算；改后重新读一遍时限")
        self.date.setAccessibleName("文件日期")
        self.hint = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(quiet("写入"))
        row.addWidget(self.ledger, 2)
        for part in (self._state, quiet("文件日期"), self.date):
            row.addWidget(part)
        row.addWidget(self.hint)
        row.addStretch(1)
        self.ledger.activated.connect(self._on_ledger)
        line = self.ledger.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._on_ledger)
        self.date.editingFinished.connect(self._on_date)
        kit.theme.changed.connect(self._colour)
        self._colour()

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the target of a document that was read."""
        self._target = loaded.target
        self._day = loaded.document.head.date
        for part in (self.ledger, self.date):
            part.blockSignals(True)
        names = [ledger.name for ledger in loaded.ledgers]
        self.ledger.clear()
        self.ledger.addItems(names)
        self.ledger.setCurrentText(loaded.target.ledger or "")
        self.ledger.setToolTip(loaded.target.ledger or "")
        line = self.ledger.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
        day = self._day
        self.date.setText(f"{day.year}-{day.month}-{day.day}" if day is not None else "")
        for part in (self.ledger, self.date):
            part.blockSignals(False)
        self._state.setText("新专项" if loaded.target.ledger not in names else "已有专项")

    def show_without_year(self, count: int) -> None:
        """Say how many deadlines need the document's date."""
        self.hint.setText(f"{count} 项时限没写年份，请填文件日期" if count else "")
        self.hint.setVisible(bool(count))

    def _on_ledger(self) -> None:
        name = self.ledger.currentText().strip()
        if name and name != self._target.ledger:
            self._choose(replace(self._target, ledger=name))

    def _on_date(self) -> None:
        if not self.date.isModified():
            return
        self.date.setModified(False)
        text = self.date.text().strip()
        day = read_day(text)
        if text and day is None:
            why = "需要年、月、日，如 2026-9-30 或 2026年9月30日"
            self._kit.messages.problem(UserError(f"读不出日期“{text}”", why, "请改写后再试"))
        elif day != self._target.date and day != self._day:
            self._choose(replace(self._target, date=day))

    def _choose(self, target: Target) -> None:
        self._target = target
        self.chosen.emit(target)

    def _colour(self) -> None:
        signs = self.date.fontMetrics()
        self.ledger.setMaximumWidth(signs.horizontalAdvance("国") * _WIDEST)
        self.date.setFixedWidth(signs.horizontalAdvance("2026-12-31") + 28)
        self.hint.setStyleSheet(f"color: {self._kit.theme.colours.amber};")
