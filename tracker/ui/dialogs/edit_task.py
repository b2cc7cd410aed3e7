"""Changing a task: its words, units, persons, deadline and state, and this round's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tracker.domain.terms import COMPLETION_WORDS, ROLE_WORDS, Completion, Role, RoundState
from tracker.ops.entries import EntryWords
from tracker.ops.tasks import TaskWords, edit_task
from tracker.ui.detail.words import reading, round_words
from tracker.ui.dialogs.deadline_field import add_deadline
from tracker.ui.dialogs.fields import TextEdit, UnitsEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.dialogs.lookups import known_units

if TYPE_CHECKING:
    from tracker.base.errors import UserError
    from tracker.domain.browse import TaskCard
    from tracker.ui.kit import Kit

TASK_KEYS = (
    "text", "number", "section", "lead", "cooperating", "responsible", "guiding", "persons",
    "deadline",
)  # fmt: skip
ENTRY_KEYS = ("state", "problems", "next_steps", "note")
ENTRY_NAMES = {
    "state": "办理状态",
    "percent": "完成率",
    "problems": "存在问题",
    "next_steps": "下步打算",
    "note": "备注",
}


class EditTaskDialog(FormDialog):
    """Changes the fields of one task, and its figures in the round in sight, as one step.

    Flow: change what is wrong, Ctrl+Enter. Only what was changed is written. A closed task keeps
    its state; a later deadline that is to keep the first one is given by 延期.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"修改任务 {card.task.code}", "保存", parent)
        self._card = card
        task = card.task
        self.add_field("text", "任务内容", TextEdit(4, task.text))
        self.add_field("number", "序号", QLineEdit(task.number))
        self.add_field("section", "分类", QLineEdit(task.section))
        note = f"原表写作：{task.units_text}；改动单位后不再照原样打印" if task.units_text else ""
        for role in Role:
            names = "、".join(task.roles.of(role))
            edit = UnitsEdit(names)
            self.add_field(role.value, ROLE_WORDS[role], edit, note if role is Role.LEAD else "")
        self.add_field("persons", "责任人", QLineEdit("、".join(task.persons)))
        due = task.deadline.text if task.deadline else ""
        started = card.instruction.on if card.instruction else None
        note = "推迟时限请用“延期”，原时限会保留"
        add_deadline(self, "时限", due, note, lambda: started)
        self._add_completion()
        self._has_entry = card.round is not None and card.round.state is not RoundState.CLOSED
        if self._has_entry:
            self._add_entry()
        self._before = {key: self.text_of(key) for key in self._typed_keys()}
        known_units(kit, self, self._use_names)

    def _typed_keys(self) -> tuple[str, ...]:
        return (*TASK_KEYS, *ENTRY_KEYS, "percent") if self._has_entry else TASK_KEYS

    def _use_names(self, names: tuple[str, ...]) -> None:
        for role in Role:
            edit = self.fields[role.value].input
            if isinstance(edit, UnitsEdit):
                edit.set_names(names)

    def _add_completion(self) -> None:
        self._completion = QComboBox()
        standing = self._card.task.completion
        for completion in Completion:
            if completion is not Completion.CLOSED or standing is Completion.CLOSED:
                self._completion.addItem(COMPLETION_WORDS[completion], completion)
        self._completion.setCurrentText(COMPLETION_WORDS[standing])
        self._completion.setEnabled(standing is not Completion.CLOSED)
        note = "已销号；要再办理请用“恢复办理”" if standing is Completion.CLOSED else ""
        self.add_field("completion", "完成情况", self._completion, note)

    def _add_entry(self) -> None:
        card = self._card
        if card.round is not None:
            heading = self.add_words(f"{round_words(card.round)}的填报", quiet=False)
            heading.setProperty("heading", True)
        entry = card.entry
        percent = entry.percent if entry else None
        values = {
            "state": entry.state_text if entry else "",
            "percent": f"{percent:g}" if percent is not None else "",
            "problems": entry.problems if entry else "",
            "next_steps": entry.next_steps if entry else "",
            "note": entry.remark if entry else "",
        }
        for key, name in ENTRY_NAMES.items():
            multi = key in ("problems", "next_steps")
            widget = TextEdit(2, values[key]) if multi else QLineEdit(values[key])
            self.add_field(key, name, widget, "百分数，如 65.6" if key == "percent" else "")

    def save(self) -> None:
        """Check and write what was changed."""
        changed = {
            key: typed for key, old in self._before.items() if (typed := self.text_of(key)) != old
        }
        percent = self._percent(changed.pop("percent", None))
        if not self._is_sound(changed) or percent is False:
            return
        words = self._task_words(changed)
        entry = EntryWords(
            state=changed.get("state"),
            percent=None if percent is None else float(percent),
            problems=changed.get("problems"),
            next_steps=changed.get("next_steps"),
            note=changed.get("note"),
        )
        if not words and not entry:
            self.accept()
            return
        office, code, hub = self.office(), self._card.task.code, self.kit.hub
        who, now = hub.who, hub.now
        round_number = self._card.round.number if self._card.round else None
        self.write(
            "修改任务",
            lambda _p: edit_task(
                office, code, words, who=who, now=now, entry=entry, round_number=round_number
            ),
            self.finish,
        )

    def _task_words(self, changed: dict[str, str]) -> TaskWords:
        wanted = Completion(self._completion.currentData())
        return TaskWords(
            text=changed.get("text"),
            number=changed.get("number"),
            section=changed.get("section"),
            lead=changed.get("lead"),
            cooperating=changed.get("cooperating"),
            responsible=changed.get("responsible"),
            guiding=changed.get("guiding"),
            persons=changed.get("persons"),
            deadline=changed.get("deadline"),
            completion=wanted if wanted is not self._card.task.completion else None,
        )

    def _is_sound(self, changed: dict[str, str]) -> bool:
        if not self.need("text"):
            return False
        if "deadline" in changed:
            understood, words = reading(changed["deadline"], self.kit.hub.today)
            if not understood:
                self.complain("deadline", words)
                return False
        return True

    def _percent(self, typed: str | None) -> float | bool | None:
        """Return the typed rate; None where it was not changed, False where it cannot be."""
        if typed is None:
            return None
        try:
            return float(typed.rstrip("%％"))
        except ValueError:
            self.complain("percent", "请填数字，如 65.6；不能清空，可填 0")
            return False

    def field_of(self, error: UserError) -> str:
        """Tell the fields whose refusals the op words for themselves."""
        return "text" if "任务内容" in error.what else super().field_of(error)
