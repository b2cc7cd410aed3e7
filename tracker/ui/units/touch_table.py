"""The table of the tasks a reform touches: how it is painted, its keys and its menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from tracker.domain.reform import NOBODY
from tracker.text.difference import Kind, Stretch
from tracker.ui.units.changes import unit_difference
from tracker.ui.units.draft import NOBODY_WORDS
from tracker.ui.units.touch_model import Column, TouchModel
from tracker.ui.widgets.boxes import paint_box
from tracker.ui.widgets.chips import Chip, Tone, chip_font, chip_height, paint_chips, place_chips
from tracker.ui.widgets.difference import difference_document
from tracker.ui.widgets.line_delegate import LineDelegate
from tracker.ui.widgets.lists import set_up_list
from tracker.ui.widgets.menus import add, popup

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from tracker.ui.kit import Kit
    from tracker.ui.units.draft import ReformDesk, TouchRow

_AROUND = 8
"""Characters shown before the first change of a long cell."""
_LONGEST = 120
_EMS = {
    Column.TICK: 3,
    Column.LEDGER: 9,
    Column.NUMBER: 4.5,
    Column.ROLE: 5.4,
    Column.TAKES: 15,
    Column.DOUBTS: 12,
}
_NARROW = 4
_TIGHT = {Column.TAKES: 12, Column.DOUBTS: 3.6}
_ROOM = 78
"""Characters of width below which the ledger's name gives way and the others are tight."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TouchTable(QTableView):
    """The tasks.

    1…9 give the selected tasks to a successor or take them back, 0 lets nobody take them, Delete
    forgets the choice, Space ticks, Enter opens the menu.

    Signals:
        search_wanted: the field of the words is asked for.
        cell_wanted: the cell of units of the task in hand is to be written.
    """

    search_wanted = Signal()
    cell_wanted = Signal()

    def __init__(self, kit: Kit, desk: ReformDesk, model: TouchModel) -> None:
        super().__init__()
        self._kit, self._desk, self._touches = kit, desk, model
        self.successors: tuple[str, ...] = ()
        self.setModel(model)
        set_up_list(self)
        self.drawn = _Delegate(kit, desk, model, self)
        self.setItemDelegate(self.drawn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName("涉及的任务")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self._open_menu(at))
        self.doubleClicked.connect(lambda _index: self.cell_wanted.emit())
        kit.theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Measure anew for another size, palette or kind of reform."""
        self.drawn.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self.drawn.row_height)
        self._share_width()
        self.viewport().update()

    def _share_width(self) -> None:
        em = self.drawn.metrics.horizontalAdvance("国")
        wide, head = self.viewport().width(), self.horizontalHeader()
        ledgers = {row.ledger for row in self._touches.rows}
        doubtful = any(row.doubts for row in self._touches.rows)
        hidden = {
            Column.TICK: not self._desk.basics.some,
            Column.LEDGER: len(ledgers) < 2 or wide < _ROOM * em,
            Column.TAKES: not self._desk.is_choosing,
            Column.DOUBTS: not doubtful,
        }
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rest = wide
        tight = _TIGHT if wide < _ROOM * em else {}
        for column, ems in _EMS.items():
            width = round(tight.get(column, ems) * em)
            self.setColumnHidden(column, hidden.get(column, False))
            self.setColumnWidth(column, width)
            rest -= 0 if hidden.get(column, False) else width
        task = max(rest * 2 // 5, 8 * em)
        self.setColumnWidth(Column.TASK, task)
        self.setColumnWidth(Column.CHANGE, max(rest - task, 10 * em))
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if rest < 18 * em else policy.ScrollBarAlwaysOff
        )

    def chosen(self) -> list[str]:
        """Return the codes of the selected tasks, from above."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return self._touches.codes(places)

    def go_to(self, at: int) -> None:
        """Take a row in hand."""
        if 0 <= at < self._touches.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            here = self._touches.index(at, Column.TASK)
            # The view's own way would heed keys that are still held down (Ctrl+Enter).
            self.selectionModel().setCurrentIndex(here, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(here)

    def give(self, name: str) -> None:
        """Give the selected tasks to a successor, or take them back."""
        if self._desk.is_choosing and (codes := self.chosen()):
            self._desk.toggle(codes, name, self.successors)

    def tick(self) -> None:
        """Let the selected tasks go over, or stay."""
        if self._desk.basics.some and (codes := self.chosen()):
            self._desk.tick(codes)

    # The menu

    def menu(self) -> QMenu | None:
        """Return what can be done with the selected tasks."""
        codes = self.chosen()
        if not codes:
            return None
        menu = QMenu(self)
        if self._desk.is_choosing:
            for key, name, words in self.answers():
                action = add(menu, words, partial(self.give, name), key=key)
                action.setCheckable(True)
                action.setChecked(all(name in self._desk.taken_by(code) for code in codes))
            menu.addSeparator()
            add(menu, "恢复为未选定", lambda: self._desk.clear(codes), key="Del")
        if self._desk.basics.some:
            add(menu, "勾选／不勾选", self.tick, key="Space")
        row = self._touches.row(self.currentIndex().row())
        if row is not None and row.has_cell:
            add(menu, "改写单位栏", self.cell_wanted.emit, key="F2")
        return menu

    def answers(self) -> tuple[tuple[str, str, str], ...]:
        """Return key, name and words of everything that may be chosen for a task."""
        named = zip("123456789", self.successors, strict=False)
        rest = [("", name) for name in self.successors[9:]]
        found = [(key, name, name) for key, name in (*named, *rest)]
        return (*found, ("0", NOBODY, NOBODY_WORDS))

    def _open_menu(self, at: QPoint) -> None:
        popup(self.menu(), self.viewport().mapToGlobal(at))

    def _open_menu_here(self) -> None:
        index = self.currentIndex()
        place = Column.TAKES if self._desk.is_choosing else Column.TASK
        box = self.visualRect(index.siblingAtColumn(place))
        self._open_menu(box.bottomLeft())

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick by a click in the column of the boxes; open the answers by one on the chips."""
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() is Qt.MouseButton.LeftButton
        row = self._touches.row(index.row()) if index.isValid() else None
        if row is not None and is_left and index.column() == Column.TICK:
            self._desk.tick([row.code])
            return
        answers = is_left and index.isValid() and index.column() == Column.TAKES
        if answers and self.selectionModel().isRowSelected(index.row()):
            self._open_menu_here()
            return
        super().mousePressEvent(event)
        if answers and not event.modifiers():
            self._open_menu_here()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        answers = {answer: name for answer, name, _words in self.answers() if answer}
        if plain and self._desk.is_choosing and event.text() in answers:
            self.give(answers[event.text()])
        elif key == Qt.Key.Key_Delete and self._desk.is_choosing:
            self._desk.clear(self.chosen())
        elif key == Qt.Key.Key_Space and self._desk.basics.some:
            self.tick()
        elif key == Qt.Key.Key_F2:
            self.cell_wanted.emit()
        elif key in _ENTER and not event.modifiers():
            self._open_menu_here()
        elif key == Qt.Key.Key_Slash:
            self.search_wanted.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(LineDelegate):
    """Paints a task in one line; the change as new beside dropped words."""

    def __init__(self, kit: Kit, desk: ReformDesk, model: TouchModel, parent: TouchTable) -> None:
        self._desk, self._touches = desk, model
        super().__init__(kit, parent)

    def paint_cell(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint what stands in a cell."""
        row, column = self._touches.row(index.row()), Column(index.column())
        if row is None:
            return
        ticked = self._touches.is_ticked(row)
        if column is Column.TICK:
            paint_box(painter, QRectF(inner), self.font, self.kit.theme.colours, checked=ticked)
        elif column is Column.CHANGE and ticked:
            self._paint_change(painter, inner, row)
        elif column is Column.TAKES:
            self._paint_takers(painter, inner, row)
        else:
            soft = column in (Column.LEDGER, Column.ROLE) or not ticked
            pen = "amber" if column is Column.DOUBTS else "quiet" if soft else "text"
            painter.setPen(self.colour(pen))
            words = row.before if column is Column.CHANGE else str(index.data() or "")
            if column is Column.DOUBTS and words:
                narrow = inner.width() < _NARROW * self.metrics.height()
                words = "▲" if narrow else f"▲ {words}"
            self.paint_words(painter, inner, " ".join(words.split()))

    def _paint_change(self, painter: QPainter, inner: QRect, row: TouchRow) -> None:
        before, after = (" ".join(text.split()) for text in (row.before, row.after))
        if not row.chosen:
            start = max(0, before.find(row.units[0]) - _AROUND)
            painter.setPen(self.colour("quiet"))
            self.paint_words(painter, inner, f"{_cut(before, start)} → ？")
            return
        parts = list(unit_difference(before, after))
        if parts and parts[0].kind is Kind.SAME and len(parts) > 1:
            start = max(0, len(parts[0].text) - _AROUND)
            parts[0] = Stretch(Kind.SAME, _cut(parts[0].text, start))
        document = difference_document(parts, self.kit.theme.colours, self.font, 1e6)
        top = inner.top() + (inner.height() - document.size().height()) / 2
        painter.translate(inner.left(), top)
        document.drawContents(painter)

    def _paint_takers(self, painter: QPainter, inner: QRect, row: TouchRow) -> None:
        names = self._desk.taken_by(row.code)
        if not names:
            painter.setPen(self.colour("red"))
            self.paint_words(painter, inner, "▲ 请选定 ▾")
            return
        if names == (NOBODY,):
            painter.setPen(self.colour("amber"))
            self.paint_words(painter, inner, NOBODY_WORDS)
            return
        font, height = chip_font(self.font), chip_height(self.kit.theme.size)
        chips = [Chip(name, Tone.FILLED) for name in names]
        placed = place_chips(chips, font, inner.width(), 1, height)
        top = inner.top() + (inner.height() - height) / 2
        paint_chips(painter, placed, (inner.left(), top), font, self.kit.theme.colours)


def _cut(text: str, start: int) -> str:
    return ("…" if start else "") + text[start:][:_LONGEST]
