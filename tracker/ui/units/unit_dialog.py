"""One unit: its names, whom it stands for, who is to be spoken to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit

from tracker.domain.unit_list import UnitWords
from tracker.ops.unit_list import add_unit, edit_unit
from tracker.ui.dialogs.fields import UnitsEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.units.basics_page import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from tracker.base.errors import UserError
    from tracker.domain.unit_list import UnitLine
    from tracker.ui.kit import Kit


class UnitDialog(FormDialog):
    """Adds a unit, or edits one.

    Flow: what is wrong is changed, Ctrl+Enter. A name that is corrected stays findable.
    """

    def __init__(
        self,
        kit: Kit,
        known: Sequence[str],
        line: UnitLine | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = f"修改单位 — {line.unit.name}" if line else "新增单位"
        super().__init__(kit, title, "保存" if line else "新增", parent)
        self._line = line
        unit = line.unit if line else None
        note = "只改正写错的字；单位更名请用“机构改革”，在办任务会随之改" if line else ""
        self.add_field("name", "全称", QLineEdit(unit.name if unit else ""), note)
        short = QLineEdit(unit.short_name if unit else "")
        self.add_field("short_name", "简称", short)
        names = QLineEdit("、".join(unit.names) if unit else "")
        self.add_field("names", "曾用名、别称", names, "用、隔开；表格里写作这些名称的也认得出")
        self.collective = QCheckBox("是几个单位的合称（如各镇人民政府）")
        self.collective.setChecked(bool(unit and unit.is_collective))
        self.add_field("collective", "", self.collective)
        members = UnitsEdit("、".join(line.members) if line else "")
        members.set_names(name for name in known if not unit or name != unit.name)
        self.members = self.add_field("members", "包括单位", members, "发反馈表时各家一份")
        self.add_field("contact", "联系人", QLineEdit(unit.contact if unit else ""))
        self.add_field("phone", "电话", QLineEdit(unit.phone if unit else ""))
        self.collective.toggled.connect(self.members.set_visible)
        self.members.set_visible(self.collective.isChecked())

    def save(self) -> None:
        """Check and write."""
        if not self.need("name"):
            return
        words = self._words()
        office, who, now = self.office(), self.kit.hub.who, self.kit.hub.now
        if self._line is None:
            self.write(
                "新增单位", lambda _p: add_unit(office, words, who=who, now=now), self.finish
            )
            return
        unit_id = self._line.unit.id
        self.write(
            "修改单位", lambda _p: edit_unit(office, unit_id, words, who=who, now=now), self.finish
        )

    def _words(self) -> UnitWords:
        is_collective = self.collective.isChecked()
        members = listed(self.text_of("members")) if is_collective else ()
        was = self._line.unit.is_collective if self._line else False
        return UnitWords(
            name=self.text_of("name"),
            short_name=self.text_of("short_name"),
            names=listed(self.text_of("names")),
            is_collective=is_collective if is_collective != was else None,
            contact=self.text_of("contact"),
            phone=self.text_of("phone"),
            members=members if is_collective or (self._line and self._line.members) else None,
        )

    def field_of(self, error: UserError) -> str:
        """Members that do not fit are complained about beside them, a taken name beside it."""
        if "合称" in error.what or "成员" in error.what:
            return "members"
        return "name" if "名单里" in error.what else super().field_of(error)
