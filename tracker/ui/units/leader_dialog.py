"""One leader: name, post, what he is in charge of, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from tracker.domain.unit_list import NO_DAY, PersonWords
from tracker.ops.instruction_lines import day_named
from tracker.ops.people import add_person, edit_person
from tracker.text.days import long_date
from tracker.ui.dialogs.fields import UnitsEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.units.basics_page import listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from tracker.base.errors import UserError
    from tracker.domain.person import PersonRow
    from tracker.ui.kit import Kit


class LeaderDialog(FormDialog):
    """Adds a leader, or edits one. Tasks that name him stay as they are."""

    def __init__(
        self,
        kit: Kit,
        known: Sequence[str],
        held: Sequence[str] = (),
        person: PersonRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = f"修改领导 — {person.name}" if person else "新增领导"
        super().__init__(kit, title, "保存" if person else "新增", parent)
        self._person = person
        note = "任务里写的责任领导不随之改；换人请用“调整分工”" if person else ""
        self.add_field("name", "姓名", QLineEdit(person.name if person else ""), note)
        self.add_field("post", "职务", QLineEdit(person.post if person else ""))
        charge = QLineEdit(person.charge if person else "")
        self.add_field("charge", "分管工作", charge, "如 负责发展改革、财政、税务方面工作")
        units = UnitsEdit("、".join(held))
        units.set_names(known)
        self.add_field("units", "分管单位", units)
        for key, name, day in (
            ("from", "任职起", person.valid_from if person else None),
            ("to", "任职止", person.valid_to if person else None),
        ):
            edit = QLineEdit(long_date(day) if day else "")
            edit.setPlaceholderText("如 2026年3月1日，可以不填")
            self.add_field(key, name, edit)

    def _day(self, key: str) -> date | str | None:
        """Return the day typed, `NO_DAY` for none, None after complaining."""
        typed = self.text_of(key)
        if not typed:
            return NO_DAY
        day = day_named(typed, self.kit.hub.today)
        if day is None:
            self.complain(key, "没有看懂这个日期，请写作 2026年3月1日")
        return day

    def save(self) -> None:
        """Check and write."""
        if not self.need("name"):
            return
        begun, ended = self._day("from"), self._day("to")
        if begun is None or ended is None:
            return
        words = PersonWords(
            name=self.text_of("name"),
            post=self.text_of("post"),
            charge=self.text_of("charge"),
            units=listed(self.text_of("units")),
            valid_from=begun,
            valid_to=ended,
        )
        office, who, now = self.office(), self.kit.hub.who, self.kit.hub.now
        if self._person is None:
            self.write(
                "新增领导", lambda _p: add_person(office, words, who=who, now=now), self.finish
            )
            return
        person_id = self._person.id
        self.write(
            "修改领导",
            lambda _p: edit_person(office, person_id, words, who=who, now=now),
            self.finish,
        )

    def field_of(self, error: UserError) -> str:
        """Refusals stand beside what they speak of."""
        if "止日" in error.what:
            return "to"
        return "units" if "单位" in error.what or "撤销" in error.what else "name"
