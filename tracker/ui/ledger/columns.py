"""Which columns the list shows, in which order and how wide; remembered between starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QMenu

from tracker.ui.ledger.words import FROZEN, HEADINGS, STANDARD, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtCore import QPoint

    from tracker.ui.recent import Choices

_SAMPLES = {
    Column.NUMBER: "100",
    Column.DEADLINE: "2026年12月31日",
    Column.STATE: "正在推进",
    Column.SECTION: "一、重点工作",
    Column.PERSONS: "欧阳建国",
    Column.PERCENT: "100%",
}
"""Words that give the columns of short words their width."""
_MOST_UNITS, _LEAST_UNITS = 13, 8
"""Characters in the column of units, with room to spare and without."""
_TEXTS = (Column.TASK, Column.ENTRY, Column.PROBLEMS, Column.NEXT_STEPS, Column.REMARK)
_LEAST_TEXT, _READABLE_TEXT = 7, 14
"""Characters in a column of running text at least; where there is less room, the list is scrolled.
The standard columns rather get narrow than make the list wider than its window."""
_NARROWEST = 24


class Columns(QObject):
    """Lays out the columns of a heading and follows what the user does to them.

    Signals:
        changed: columns are shown, hidden, moved or wider now.
    """

    changed = Signal()

    def __init__(self, head: QHeaderView, choices: Choices, parent: QObject) -> None:
        super().__init__(parent)
        self._head = head
        self._choices = choices
        self._widths: dict[Column, int] = {}
        self._own: dict[Column, int] = {}
        self._size = 13
        self._is_laying_out = False
        head.setSectionsMovable(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setMinimumSectionSize(_NARROWEST)
        head.sectionMoved.connect(self._on_moved)
        head.sectionResized.connect(self._on_resized)

    # What is shown

    def start(self) -> None:
        """Show what was chosen the last time, else the standard columns."""
        known = {column.name: column for column in Column}
        kept = [(known[n], width) for n, width in self._choices.columns() if n in known]
        chosen = [c for c, _ in kept] if set(FROZEN) <= {c for c, _ in kept} else list(STANDARD)
        self._own = {column: width for column, width in kept if width}
        self._arrange(chosen)

    def shown(self) -> tuple[Column, ...]:
        """Return the columns in sight from left to right."""
        order = (Column(self._head.logicalIndex(v)) for v in range(self._head.count()))
        return tuple(column for column in order if not self._head.isSectionHidden(column))

    def show_only(self, columns: Iterable[Column]) -> None:
        """Show these columns from left to right and remember it."""
        wanted = [*FROZEN, *(column for column in columns if column not in FROZEN)]
        self._arrange(wanted)
        self._keep()

    def reset(self) -> None:
        """Show the standard columns in their own widths."""
        self._own.clear()
        self.show_only(STANDARD)

    def _arrange(self, wanted: list[Column]) -> None:
        self._is_laying_out = True
        for column in Column:
            self._head.setSectionHidden(column, column not in wanted)
        for place, column in enumerate(wanted):
            self._head.moveSection(self._head.visualIndex(column), place)
        self._is_laying_out = False
        self.changed.emit()

    def menu(self) -> QMenu:
        """Return the menu of the heading: a tick for each column."""
        menu = QMenu(self._head)
        shown = self.shown()
        for column in Column:
            action = menu.addAction(HEADINGS[column])
            action.setCheckable(True)
            action.setChecked(column in shown)
            action.setEnabled(column not in FROZEN)
            action.toggled.connect(lambda on, chosen=column: self._turn(chosen, on=on))
        menu.addSeparator()
        menu.addAction("恢复默认的列").triggered.connect(self.reset)
        return menu

    def open_menu(self, at: QPoint) -> None:
        """Open the menu at a point of the heading."""
        menu = self.menu()
        menu.exec(self._head.mapToGlobal(at))
        menu.deleteLater()

    def _turn(self, column: Column, *, on: bool) -> None:
        others = [shown for shown in self.shown() if shown is not column]
        self.show_only([*others, column] if on else others)

    # Widths

    def measure(self, words: Mapping[Column, int], size: int) -> None:
        """Take the widths that the words of short columns need, and the size of the text."""
        self._widths, self._size = dict(words), size

    def samples(self) -> Mapping[Column, str]:
        """Return the words that give the columns of short words their width."""
        return _SAMPLES

    def lay_out(self, room: int) -> None:
        """Share the width: the short columns, then the units, then the texts alike."""
        shown = self.shown()
        fixed = {
            column: self._own.get(column) or self._widths.get(column, 0)
            for column in shown
            if column in self._own or (column in self._widths and column not in _TEXTS)
        }
        rest = room - sum(fixed.values())
        if Column.UNITS in shown and Column.UNITS not in fixed:
            most, least = _MOST_UNITS * self._size, _LEAST_UNITS * self._size
            fixed[Column.UNITS] = min(max(round(rest * 0.32), least), most)
            rest -= fixed[Column.UNITS]
        least_text = _LEAST_TEXT if set(shown) <= set(STANDARD) else _READABLE_TEXT
        texts = [column for column in shown if column in _TEXTS and column not in fixed]
        for place, column in enumerate(texts):
            share = rest // (len(texts) - place)
            fixed[column] = max(share, least_text * self._size)
            rest -= fixed[column]
        self._is_laying_out = True
        for column, width in fixed.items():
            self._head.resizeSection(column, width)
        self._is_laying_out = False

    def _on_resized(self, column: int, _before: int, width: int) -> None:
        if self._is_laying_out or not width:
            return
        self._own[Column(column)] = width
        self._keep()
        self.changed.emit()

    def _on_moved(self, _column: int, _before: int, _after: int) -> None:
        if self._is_laying_out:
            return
        # Light, number and task stay on the left, whatever was dragged over them
        self._arrange([*FROZEN, *(c for c in self.shown() if c not in FROZEN)])
        self._keep()

    def _keep(self) -> None:
        self._choices.set_columns((c.name, self._own.get(c, 0)) for c in self.shown())
