"""The tab of leaders: the list, edited in place, ordered by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.reform import ReformKind
from tracker.ops.collectives import list_units
from tracker.ops.people import edit_person, list_people, order_people, remove_person
from tracker.ui.units.leader_dialog import LeaderDialog
from tracker.ui.units.leader_model import EDITABLE, Column, LeaderModel
from tracker.ui.units.typed_delegate import TypedDelegate
from tracker.ui.widgets.chips import Chip, Tone, chip_font, chip_height, paint_chips, place_chips
from tracker.ui.widgets.labels import quiet
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.lists import set_up_list
from tracker.ui.widgets.menus import add, hang_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

    from tracker.domain.person import PersonRow
    from tracker.domain.unit import UnitRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit
    from tracker.ui.units.doors import Doors

_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EMS = {Column.NUMBER: 3.2, Column.NAME: 6, Column.POST: 11, Column.TIME: 13}
_Found = tuple[tuple["PersonRow", ...], tuple["UnitRow", ...]]


class LeadersTab(QWidget):
    """The leaders and what they are in charge of."""

    def __init__(self, kit: Kit, doors: Doors) -> None:
        super().__init__()
        self.kit, self._doors = kit, doors
        self._units: tuple[UnitRow, ...] = ()
        self.model = LeaderModel(self)
        self.table = LeaderTable(kit, self.model)
        self.new, self.change = QPushButton("新增领导…"), QPushButton("调整分工…")
        self.empty = quiet("还没有登记领导。登记后，分管的单位随机构改革更换，调整分工时可以选。")
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (self.new, self.change):
            button.setAutoDefault(False)
            button.setProperty("tight", True)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(
            quiet("在这里改姓名、职务不影响任务；接任、换人用“调整分工”，在办任务随之改。")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self._read: LatestRead[_Found] = LatestRead(
            kit.runner, "读取领导", self._reading, self._show, self
        )
        self.model.typed.connect(lambda who, words: self._do("修改领导", edit_person, who, words))
        self.model.ordered.connect(lambda ids: self._do("调整领导顺序", order_people, ids))
        self.table.new_wanted.connect(self.add_person)
        self.table.open_wanted.connect(self.open_person)
        self.table.remove_wanted.connect(self.remove_person)
        self.new.clicked.connect(self.add_person)
        self.change.clicked.connect(self.hand_over)
        hang_menu(self.table, self.menu)

    def refresh(self) -> None:
        """Read the list anew."""
        self._read.ask()

    def _reading(self) -> Callable[[], _Found] | None:
        office = self.kit.hub.office
        return None if office is None else lambda: (list_people(office), list_units(office))

    def _show(self, found: _Found) -> None:
        people, self._units = found
        first = not self.model.people
        self.model.show_people(people, {unit.id: unit.name for unit in self._units})
        self.empty.setVisible(not people)
        if first:
            self.table.go_to(0)

    @property
    def person(self) -> PersonRow | None:
        """The leader in hand."""
        return self.model.person(self.table.currentIndex().row())

    def _do(self, title: str, op: Callable[..., Outcome[Any]], *arguments: object) -> None:
        office, who, now = self.kit.hub.office, self.kit.hub.who, self.kit.hub.now
        if office is not None:
            self.kit.runner.write(
                title,
                lambda _progress: op(office, *arguments, who=who, now=now),
                lambda outcome: self.kit.messages.tell(outcome.sentence),
                failed=self.refresh,
            )

    def _names(self) -> tuple[str, ...]:
        return tuple(unit.name for unit in self._units if not unit.is_abolished)

    def add_person(self) -> None:
        """Ask for a new leader."""
        LeaderDialog(self.kit, self._names(), (), None, self.window()).open()

    def open_person(self) -> None:
        """Edit the leader in hand."""
        person = self.person
        if person is not None:
            held = self.model.units_of(person)
            LeaderDialog(self.kit, self._names(), held, person, self.window()).open()

    def remove_person(self) -> None:
        """Take the leader in hand out of the list."""
        if (person := self.person) is not None:
            self._do("删除领导", remove_person, person.id)

    def hand_over(self) -> None:
        """Open the wizard in which another leader takes over."""
        person = self.person
        names = (person.name,) if person is not None and person.valid_to is None else ()
        self._doors.reform(ReformKind.CHARGE, names)

    def menu(self) -> QMenu | None:
        """Return what can be done with the leader in hand."""
        person = self.person
        if person is None:
            return None
        menu, standing = QMenu(self), person.valid_to is None
        add(menu, "修改…", self.open_person, key="Return")
        add(menu, "上移", lambda: self.table.move_by(-1), key="Alt+Up", enabled=standing)
        add(menu, "下移", lambda: self.table.move_by(1), key="Alt+Down", enabled=standing)
        add(menu, "调整分工…", self.hand_over, enabled=standing)
        menu.addSeparator()
        add(menu, f"删除“{person.name}”", self.remove_person, key="Del")
        return menu


class LeaderTable(QTableView):
    """The leaders.

    Signals:
        new_wanted, remove_wanted, open_wanted: Insert, Delete, Enter.
    """

    new_wanted = Signal()
    remove_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, kit: Kit, model: LeaderModel) -> None:
        super().__init__()
        self._people = model
        self.setModel(model)
        set_up_list(self)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.drawn = _Delegate(kit, model, self)
        self.setItemDelegate(self.drawn)
        self.setAccessibleName("领导名单")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self._place: int | None = None
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._restore_place)
        self.doubleClicked.connect(self._on_double)
        kit.theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Measure anew for another size or palette."""
        self.drawn.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self.drawn.row_height)
        self._share_width()
        self.viewport().update()

    def _share_width(self) -> None:
        em = self.drawn.metrics.horizontalAdvance("国")
        rest = self.viewport().width() - sum(round(ems * em) for ems in _EMS.values())
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, ems in _EMS.items():
            self.setColumnWidth(column, round(ems * em))
        charge = max(rest * 2 // 5, 6 * em)
        self.setColumnWidth(Column.CHARGE, charge)
        self.setColumnWidth(Column.UNITS, max(rest - charge, 8 * em))

    def go_to(self, row: int, column: int = Column.NAME) -> None:
        """Take a row in hand."""
        if 0 <= row < self._people.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            here = self._people.index(row, column)
            self.selectionModel().setCurrentIndex(here, flags.ClearAndSelect | flags.Rows)

    def move_by(self, by: int) -> None:
        """Move the leader in hand up or down."""
        row = self.currentIndex().row()
        self._people.move(row, row - 1 if by < 0 else row + 2)

    def _keep_place(self) -> None:
        person = self._people.person(self.currentIndex().row())
        self._place = person.id if person else None

    def _restore_place(self) -> None:
        row = self._people.row_of(self._place) if self._place is not None else None
        self.go_to(row or 0)

    def _on_double(self, index: QModelIndex) -> None:
        if index.column() not in EDITABLE:
            self.open_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table."""
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter comes here from an editor that is about to close
            return
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_by(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Insert:
            self.new_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif key in _ENTER:
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(TypedDelegate):
    """Paints a leader in one line, his units as chips; one who has left in grey."""

    def __init__(self, kit: Kit, model: LeaderModel, parent: QObject) -> None:
        self._people = model
        super().__init__(kit, parent)

    def paint_cell(self, painter: QPainter, inner: QRect, index: _Index) -> None:
        """Paint what stands in a cell."""
        person, column = self._people.person(index.row()), Column(index.column())
        if person is None:
            return
        if column is Column.UNITS and person.units:
            font, height = chip_font(self.font), chip_height(self.kit.theme.size)
            chips = [Chip(name, Tone.OUTLINED) for name in self._people.units_of(person)]
            placed = place_chips(chips, font, inner.width(), 1, height)
            top = inner.top() + (inner.height() - height) / 2
            paint_chips(painter, placed, (inner.left(), top), font, self.kit.theme.colours)
            return
        soft = person.valid_to is not None or column in (Column.NUMBER, Column.TIME)
        painter.setPen(self.colour("quiet" if soft else "text"))
        self.paint_words(painter, inner, str(index.data() or ""))
