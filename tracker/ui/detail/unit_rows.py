"""The rows of units and persons of the task in hand, and everything that moves them about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from tracker.domain.terms import ROLE_WORDS, Role
from tracker.ops.collectives import find_unit
from tracker.ops.unit_moves import move_person, move_unit, remove_person, remove_unit
from tracker.ui.detail.movable import MovableChips
from tracker.ui.detail.parts import words_label
from tracker.ui.widgets.chips import Chip, Tone
from tracker.ui.widgets.menus import add, add_copy, popup

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QGridLayout

    from tracker.domain.browse import TaskCard
    from tracker.domain.unit import UnitRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

SHORT_ROLES = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "责任",
    Role.COOPERATING: "配合",
    Role.GUIDING: "指导",
}
"""In the order in which they are shown."""
PERSONS = "persons"
UNIT_HINT = "拖动可调次序或改角色；右键更多"
PERSON_HINT = "拖动可调次序；右键更多"
UNIT_KEYS = "←/→ 选　Alt+←/→ 调次序　Alt+↑/↓ 改角色　Delete 移除　Enter 更多"
PERSON_KEYS = "←/→ 选　Alt+←/→ 调次序　Delete 移除　Enter 更多"


class UnitRows(QObject):
    """Keeps a row of chips for each role and one for the persons.

    Attributes:
        rows: by the role's value, or `PERSONS`.
        keys: says what the keys do, while they go to one of the rows.
    """

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self._code = ""
        self.rows: dict[str, MovableChips] = {}
        self.keys = QLabel()
        self._labels: dict[str, QLabel] = {}
        self._ghost: QLabel | None = None
        self._going: tuple[str, str] | None = None
        self._was_by_key = False

    # Showing

    def remember(self) -> None:
        """Note which chip has the keys before the rows are made anew."""
        for key, row in self.rows.items():
            if row.hasFocus() and row.names and self._going is None:
                self._go_with(key, row.names[row.current])
        self._drop_ghost()
        self.rows = {}

    def _go_with(self, key: str, name: str) -> None:
        """Let the keys follow a chip when the rows are made anew."""
        self._going = (key, name)
        self._was_by_key = self.keys.isVisible()

    def show_card(self, card: TaskCard, grid: QGridLayout) -> None:
        """Add a row for each role to a grid: those that are held, then the others, out of sight."""
        if card.task.code != self._code:
            self._going = None
        self._code = card.task.code
        self.rows, self._labels = {}, {}
        roles = card.task.roles
        held = [role for role in SHORT_ROLES if roles.of(role)]
        for role in (*held, *(role for role in SHORT_ROLES if role not in held)):
            tone = _tone(role, has_lead=bool(roles.lead))
            chips = [Chip(name, tone) for name in roles.of(role)]
            row = MovableChips(self._kit.theme, role.value, chips, UNIT_HINT)
            row.invitation = f"拖到这里改为{ROLE_WORDS[role]}"
            self._add(grid, SHORT_ROLES[role], row, is_shown=bool(chips))

    def show_persons(self, card: TaskCard, grid: QGridLayout) -> None:
        """Add the row of the persons."""
        if card.task.persons:
            chips = [Chip(name, Tone.OUTLINED) for name in card.task.persons]
            row = MovableChips(self._kit.theme, PERSONS, chips, PERSON_HINT)
            self._add(grid, "责任人", row, is_shown=True)

    def finish(self, grid: QGridLayout) -> None:
        """Add the line that says what the keys do."""
        self.keys = words_label("", quiet=True)
        self.keys.hide()
        grid.addWidget(self.keys, grid.rowCount(), 0, 1, 2)

    def give_back(self) -> None:
        """Give the keys back to the chip that had them, once the rows are in their window."""
        going = self._going
        if going is None or going[0] not in self.rows:
            return
        row = self.rows[going[0]]
        if row.names:
            row.take(row.names.index(going[1]) if going[1] in row.names else row.current)
            QTimer.singleShot(0, row, lambda: self._focus(row))  # it is not in sight before

    def _focus(self, row: MovableChips) -> None:
        self._going = None
        reason = Qt.FocusReason
        row.setFocus(reason.OtherFocusReason if self._was_by_key else reason.MouseFocusReason)

    def _add(self, grid: QGridLayout, name: str, row: MovableChips, *, is_shown: bool) -> None:
        label = QLabel(name)
        label.setProperty("quiet", True)
        label.setContentsMargins(0, 2, 0, 0)
        place = grid.rowCount()
        grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(row, place, 1)
        label.setVisible(is_shown)
        row.setVisible(is_shown)
        self.rows[row.key], self._labels[row.key] = row, label
        row.drag_moved.connect(lambda chip, at: self._drag(row, chip, at))
        row.drag_ended.connect(lambda chip, at: self._let_go(row, chip, at))
        row.drag_left.connect(self._end_drag)
        row.step_wanted.connect(lambda step: self._step(row, step))
        row.row_wanted.connect(lambda step: self._change_row(row, step))
        row.leave_wanted.connect(lambda step: self._leave(row, step))
        row.remove_wanted.connect(lambda: self._remove(row))
        row.menu_wanted.connect(lambda at: popup(self.menu(row), at))
        row.keys_shown.connect(lambda shown: self._show_keys(row, shown))

    def _show_keys(self, row: MovableChips, shown: bool) -> None:
        self.keys.setText(PERSON_KEYS if row.key == PERSONS else UNIT_KEYS)
        self.keys.setVisible(shown)

    # Dragging

    def _drag(self, row: MovableChips, chip: int, at: QPoint) -> None:
        for each in self.rows.values():
            if row.key != PERSONS and each.key != PERSONS and not each.names:
                each.show()
                self._labels[each.key].show()
        aim = self._aim(row, at)
        for each in self.rows.values():
            each.mark = aim[1] if aim is not None and each is aim[0] else None
            each.update()
        self._show_ghost(row, chip, at)

    def _aim(self, row: MovableChips, at: QPoint) -> tuple[MovableChips, int] | None:
        """Return the row under a point of the screen, and before which of its chips."""
        for each in self.rows.values():
            if not each.isVisible() or (row.key == PERSONS) != (each.key == PERSONS):
                continue
            point = each.mapFromGlobal(at)
            if each.rect().adjusted(-self._kit.theme.size * 4, -3, 0, 3).contains(point):
                return each, each.gap_at(point)
        return None

    def _show_ghost(self, row: MovableChips, chip: int, at: QPoint) -> None:
        if self._ghost is None:
            self._ghost = QLabel(row.window())
            self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._ghost.setPixmap(row.grab(row.box_of(chip).toAlignedRect()))
            self._ghost.adjustSize()
            self._ghost.show()
        self._ghost.move(row.window().mapFromGlobal(at) + QPoint(8, 8))
        self._ghost.raise_()

    def _drop_ghost(self) -> None:
        if self._ghost is not None:
            self._ghost.deleteLater()
            self._ghost = None

    def _end_drag(self) -> None:
        self._drop_ghost()
        for each in self.rows.values():
            each.mark = None
            each.update()
            if not each.names:
                each.hide()
                self._labels[each.key].hide()

    def _let_go(self, row: MovableChips, chip: int, at: QPoint) -> None:
        aim = self._aim(row, at)
        self._end_drag()
        if aim is None:
            return
        target, gap = aim
        place = gap - 1 if target is row and gap > chip else gap
        if target is not row or place != chip:
            self._move(row, chip, target.key, place)

    # Keys

    def _step(self, row: MovableChips, step: int) -> None:
        place = row.current + step
        if 0 <= place < len(row.names):
            self._move(row, row.current, row.key, place)

    def _change_row(self, row: MovableChips, step: int) -> None:
        key = self._role_beside(row, step)
        if key:
            self._move(row, row.current, key, len(self.rows[key].names))

    def _role_beside(self, row: MovableChips, step: int) -> str:
        keys = [role.value for role in SHORT_ROLES]
        place = keys.index(row.key) + step if row.key in keys else -1
        return keys[place] if 0 <= place < len(keys) else ""

    def _leave(self, row: MovableChips, step: int) -> None:
        shown = [each for each in self.rows.values() if each.names]
        place = shown.index(row) + step
        if 0 <= place < len(shown):
            shown[place].setFocus(Qt.FocusReason.TabFocusReason)

    # The menu

    def menu(self, row: MovableChips) -> QMenu:
        """Return the menu of the chip in hand of a row."""
        menu, name, last = QMenu(row), row.names[row.current], len(row.names) - 1
        for role in SHORT_ROLES if row.key != PERSONS else ():
            if role.value != row.key:
                self._add_role(menu, row, role)
        menu.addSeparator()
        step = self._step
        add(menu, "前移", lambda: step(row, -1), key="Alt+Left", enabled=row.current > 0)
        add(menu, "后移", lambda: step(row, 1), key="Alt+Right", enabled=row.current < last)
        add(menu, "移除", lambda: self._remove(row), key="Del")
        menu.addSeparator()
        if row.key != PERSONS:
            add(menu, "查看该单位的任务", lambda: self._show_tasks(name))
        add_copy(menu, "复制名称", name)
        return menu

    def _add_role(self, menu: QMenu, row: MovableChips, role: Role) -> None:
        keys = {self._role_beside(row, -1): "Alt+Up", self._role_beside(row, 1): "Alt+Down"}
        add(
            menu,
            f"改为{ROLE_WORDS[role]}",
            lambda: self._move(row, row.current, role.value, len(self.rows[role.value].names)),
            key=keys.get(role.value),
        )

    def _show_tasks(self, name: str) -> None:
        office, hub = self._kit.hub.office, self._kit.hub
        if office is None:
            return

        def show(unit: UnitRow) -> None:
            hub.narrow(unit_id=unit.id)
            self._kit.messages.tell(f"只看{unit.name}的任务")

        self._kit.runner.read("查找单位", lambda _progress: find_unit(office, name), show)

    # Writing

    def _move(self, row: MovableChips, chip: int, to_key: str, place: int) -> None:
        office, hub, code, name = self._kit.hub.office, self._kit.hub, self._code, row.names[chip]
        if office is None:
            return
        who, now = hub.who, hub.now
        self._go_with(to_key, name)
        if row.key == PERSONS:
            self._write(
                "调整责任人次序", lambda: move_person(office, code, name, place, who=who, now=now)
            )
            return
        role, to_role = Role(row.key), Role(to_key)
        self._write(
            "调整单位",
            lambda: move_unit(office, code, name, role, to_role, place, who=who, now=now),
        )

    def _remove(self, row: MovableChips) -> None:
        office, hub, code, key = self._kit.hub.office, self._kit.hub, self._code, row.key
        if office is None:
            return
        name, who, now = row.names[row.current], hub.who, hub.now
        if key == PERSONS:
            self._write("移除责任人", lambda: remove_person(office, code, name, who=who, now=now))
            return
        role = Role(key)
        self._write("移除单位", lambda: remove_unit(office, code, name, role, who=who, now=now))

    def _write(self, title: str, work: Callable[[], Outcome[str]]) -> None:
        self._kit.runner.write(
            title,
            lambda _progress: work(),
            lambda outcome: self._kit.messages.tell(outcome.sentence),
            initiator=self,
        )


def _tone(role: Role, *, has_lead: bool) -> Tone:
    if role is Role.LEAD or (role is Role.RESPONSIBLE and not has_lead):
        return Tone.FILLED
    return Tone.DASHED if role is Role.GUIDING else Tone.OUTLINED
