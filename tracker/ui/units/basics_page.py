"""The second page of the wizard: which units become which, from when, and by what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLabel, QLineEdit, QWidget

from tracker.domain.reform import REFORM_WORDS, NewUnit, ReformKind
from tracker.domain.unit import UnitNames
from tracker.ui.dialogs.fields import DayEdit, Field, UnitsEdit
from tracker.ui.units.draft import Basics
from tracker.ui.units.new_units import NewUnitsEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.base.errors import UserError
    from tracker.domain.unit import UnitRow
    from tracker.ui.kit import Kit

_PARTED = re.compile(r"[、，,;；\s]+")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ALL, UNITS, TASKS = range(3)
SCOPES = ("全部工作，原领导的任职到此为止", "只交接一部分分管单位", "只交接勾选的任务")
_OLD = {
    ReformKind.RENAME: "原单位",
    ReformKind.MERGE: "合并哪些单位",
    ReformKind.SPLIT: "拆分哪个单位",
    ReformKind.ABOLISH: "撤销哪个单位",
    ReformKind.HAND_OVER: "移出单位",
    ReformKind.CHARGE: "原领导",
}
_NEW = {
    ReformKind.RENAME: "新名称",
    ReformKind.MERGE: "合并为",
    ReformKind.SPLIT: "拆分为",
    ReformKind.ABOLISH: "由谁承接",
    ReformKind.HAND_OVER: "接收单位",
}
_NEW_NOTES = {
    ReformKind.RENAME: "在办任务里的全称、简称分别换成新的；已定稿的轮次不变",
    ReformKind.MERGE: "可以是新名称，也可以是其中一个单位的名称",
    ReformKind.SPLIT: "名单里已有的单位也可以；原单位保留的，把它写在里面",
    ReformKind.ABOLISH: "可以写几个，下一步逐项选定；没有单位承接的不填",
}
_LINES = {
    ReformKind.RENAME: (1, 1),
    ReformKind.MERGE: (1, 1),
    ReformKind.SPLIT: (2, 20),
    ReformKind.ABOLISH: (1, 20),
    ReformKind.HAND_OVER: (1, 1),
}


class BasicsPage(QWidget):
    """Asks what changes into what.

    Attributes:
        fields: by key: old, new, leader, scope, units, on, basis.

    Signals:
        left: Enter in the last field.
    """

    left = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._kind = ReformKind.RENAME
        self._names = UnitNames()
        self._units: dict[int, UnitRow] = {}
        self._standing: tuple[str, ...] = ()
        self._people: tuple[str, ...] = ()
        self.fields: dict[str, Field] = {}
        self.old, self.new = UnitsEdit(), NewUnitsEdit()
        self.leader, self.units = UnitsEdit("", "姓名"), UnitsEdit()
        self.scope = QComboBox()
        self.scope.addItems(SCOPES)
        self.on = DayEdit(kit.hub.today)
        self.on.setMaximumDate(self.on.date())
        self.basis = QLineEdit()
        self.basis.setPlaceholderText("文号或会议，如 某编发〔2026〕3号、县委常委会第6次会议")
        self._bases = QStringListModel(self)
        self.trouble = QLabel()
        self._lay_out()
        self.scope.currentIndexChanged.connect(self._show_fields)
        self.new.changed.connect(lambda: self.fields["new"].calm())
        self.show_kind(ReformKind.RENAME)

    def _lay_out(self) -> None:
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(4, 8, 4, 4)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(12)
        self.grid.setColumnStretch(1, 1)
        for key, name, widget, note in (
            ("old", "原单位", self.old, ""),
            ("leader", "接任领导", self.leader, "名单里没有的会登记进去"),
            ("new", "新名称", self.new, ""),
            ("scope", "交接什么", self.scope, ""),
            ("units", "分管单位", self.units, "这些单位牵头或负责、由原领导挂名的任务随之交接"),
            ("on", "生效日期", self.on, "不能晚于今天"),
            ("basis", "依据", self.basis, ""),
        ):
            self._add(key, name, widget, note)
        self.trouble.setProperty("wrong", True)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.grid.addWidget(self.trouble, self.grid.rowCount(), 0, 1, 2)
        self.grid.setRowStretch(self.grid.rowCount(), 1)
        completer = QCompleter(self._bases, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.basis.setCompleter(completer)
        self.new.left.connect(lambda: self._go_on(self.new))

    def _add(self, key: str, name: str, widget: QWidget, note: str) -> None:
        field = Field(name, widget, note)
        self.fields[key] = field
        row = self.grid.rowCount()
        field.label.setContentsMargins(0, self._kit.theme.size // 2, 0, 0)
        self.grid.addWidget(field.label, row, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(field.box, row, 1)
        if widget is not self.new:
            widget.installEventFilter(self)
        if isinstance(widget, QLineEdit):
            widget.textChanged.connect(field.calm)
            widget.textChanged.connect(self.trouble.hide)

    # Showing

    def know(
        self, units: Sequence[UnitRow], people: Sequence[str], bases: Sequence[str] = ()
    ) -> None:
        """Take the list of units and of leaders, and what earlier reforms were based on."""
        self._names = UnitNames.of(units)
        self._units = {unit.id: unit for unit in units}
        self._standing = tuple(unit.name for unit in units if not unit.is_abolished)
        self._people = tuple(people)
        self._bases.setStringList(list(dict.fromkeys(filter(None, bases))))
        self.new.set_names(self._standing)
        self.units.set_names(self._standing)
        self.leader.set_names(self._people)
        self.old.set_names(self._people if self._is_charge else self._standing)

    @property
    def _is_charge(self) -> bool:
        return self._kind is ReformKind.CHARGE

    def show_kind(self, kind: ReformKind) -> None:
        """Ask what this kind of reform needs; what is typed stays where it fits."""
        if (kind is ReformKind.CHARGE) != self._is_charge:
            self.old.clear()
        self._kind = kind
        self.old.set_names(self._people if self._is_charge else self._standing)
        many = kind is ReformKind.MERGE
        hint = "姓名" if self._is_charge else "两个以上，用、隔开" if many else "单位名称"
        self.old.setPlaceholderText(f"{hint}，可用拼音首字母")
        self.fields["old"].label.setText(_OLD[kind])
        if kind in _NEW:
            self.fields["new"].label.setText(_NEW[kind])
            self.fields["new"].tell(_NEW_NOTES.get(kind, ""))
            self.new.ask_for(*_LINES[kind])
        self.trouble.hide()
        self._show_fields()

    def _show_fields(self) -> None:
        charge = self._is_charge
        shown = {
            "new": not charge,
            "leader": charge,
            "scope": charge,
            "units": charge and self.scope.currentIndex() == UNITS,
        }
        for key, field in self.fields.items():
            field.set_visible(shown.get(key, True))

    def fill(self, old: Sequence[str]) -> None:
        """Put the units that change into their field."""
        self.old.setText("、".join(old))

    def focus(self) -> None:
        """Let the keys go to the first field that is empty."""
        order = [self.old, self.leader if self._is_charge else self.new.lines[0][0], self.basis]
        empty = (edit for edit in order if not edit.text().strip())
        next(empty, self.basis).setFocus()

    # Reading

    def basics(self) -> Basics | None:
        """Return what is typed, or None after complaining about the first thing missing."""
        charge, kind = self._is_charge, self._kind
        old = listed(self.old.text())
        new = () if charge else tuple(self._known(unit) for unit in self.new.names())
        scope = self.scope.currentIndex()
        basics = Basics(
            kind=kind,
            old=old if charge else tuple(self._own_name(name) for name in old),
            new=new,
            on=self.on.value,
            basis=self.basis.text().strip(),
            leader="".join(listed(self.leader.text())[:1]) if charge else "",
            units=listed(self.units.text()) if charge and scope == UNITS else (),
            some=kind is ReformKind.HAND_OVER or (charge and scope == TASKS),
        )
        return None if self._lacks(basics) else basics

    def _lacks(self, basics: Basics) -> bool:
        word = "领导" if self._is_charge else "单位"
        if not basics.old:
            return self._complain("old", f"请写明{self.fields['old'].label.text()}")
        if basics.kind is not ReformKind.MERGE and len(basics.old) > 1:
            return self._complain("old", f"{REFORM_WORDS[basics.kind]}一次只办一个{word}")
        if basics.kind is ReformKind.MERGE and len(set(basics.old)) < 2:
            return self._complain("old", "请至少写明两个单位，用、隔开")
        if not self._is_charge:
            for name in basics.old:
                if self._names.find(name) is None:
                    return self._complain("old", f"单位名单里没有“{name}”")
            least = {ReformKind.SPLIT: 2, ReformKind.ABOLISH: 0}.get(basics.kind, 1)
            if len(basics.new) < least:
                said = "请至少写明两个单位" if least == 2 else "请写明单位名称"
                return self._complain("new", said)
        elif not basics.leader:
            return self._complain("leader", "请写明由哪位领导接任")
        elif self.scope.currentIndex() == UNITS and not basics.units:
            return self._complain("units", "请写明交接哪些分管单位")
        if not basics.basis:
            return self._complain("basis", "请写明文号或会议，日后查得到")
        return False

    def _complain(self, key: str, words: str) -> bool:
        self.fields[key].complain(words)
        self.fields[key].input.setFocus()
        return True

    def refuse(self, error: UserError) -> None:
        """Say why it cannot be done like this."""
        self.trouble.setText(f"▲ {error}")
        self.trouble.show()

    def _own_name(self, name: str) -> str:
        """Return a unit's own name for any of its names; an unknown name stays."""
        found = self._names.find(name)
        return self._units[found].name if found is not None else name

    def _known(self, unit: NewUnit) -> NewUnit:
        """Return a unit that is to be by its own name where it stands in the list already."""
        if self._kind is ReformKind.RENAME:
            return unit
        found = self._names.find(unit.name)
        if found is None or self._units[found].is_abolished:
            return unit
        return NewUnit(self._units[found].name, unit.short_name)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field, and on from the last one."""
        if event.type() == QEvent.Type.KeyPress:
            key, modifiers = event.key(), event.modifiers()  # type: ignore[attr-defined]  # a key
            choosing = isinstance(watched, UnitsEdit) and watched.popup.isVisible()
            if key in _ENTER and not choosing and not modifiers:
                self._go_on(watched)
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, watched: QObject) -> None:
        shown = [f.input for f in self.fields.values() if f.box.isVisibleTo(self)]
        place = next(n for n, widget in enumerate(shown) if widget is watched)
        if place + 1 < len(shown):
            shown[place + 1].setFocus()
        else:
            self.left.emit()

    def keep_day(self) -> None:
        """Do not let the day lie beyond the present one, which may be another by now."""
        today = self._kit.hub.today
        self.on.setMaximumDate(QDate(today.year, today.month, today.day))


def listed(words: str) -> tuple[str, ...]:
    """Return the names of a typed list, each once."""
    return tuple(dict.fromkeys(name for name in _PARTED.split(words) if name))
