"""New tasks (新增事项), one after the other from the keyboard; leaders' instructions too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.ops.instructions import InstructionWords, new_instruction
from tracker.ops.tasks import TaskWords, new_task
from tracker.ui.detail.words import reading
from tracker.ui.dialogs.deadline_field import add_deadline
from tracker.ui.dialogs.fields import DayEdit, TextEdit, UnitsEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.dialogs.lookups import known_units

if TYPE_CHECKING:
    from datetime import date

    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

SOURCE_KEYS = ("leader", "instruction", "instructed_on")
_HINT = "Enter 下一格，末格保存并新增下一项 · Ctrl+Enter 保存 · Shift+Enter 换行 · Esc 关闭"


class NewTaskDialog(FormDialog):
    """Takes tasks one after the other.

    Flow: type or paste the task, Enter, units, Enter … Enter in the last field (or Ctrl+Enter
    anywhere) saves; the form empties, counts what was added and waits for the next one. With
    领导批示 ticked it asks for leader, words and day, and makes a single instruction, which goes
    to the ledger of instructions and needs no round; a span of days counts from its day.
    """

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, "新增事项", "保存并新增下一项", parent)
        self.added = 0
        self.hint.setText(_HINT)
        self.hint.setWordWrap(True)
        self.leave.setText("关闭")
        self._place = self.add_words("")
        self._text = TextEdit(3, hint="一句话，或粘贴一整段")
        self.add_field("text", "任务内容", self._text, enter_moves=True)
        self._lead, self._cooperating = UnitsEdit(), UnitsEdit()
        self.add_field("lead", "牵头单位", self._lead)
        self.add_field("cooperating", "配合单位", self._cooperating)
        self.add_field("persons", "责任人", QLineEdit())
        add_deadline(self, "时限", note="不填时从任务内容中读取", start=self._start)
        self.is_instruction = QCheckBox("这是领导批示：单项办理，不分期")
        self.add_wide(self.is_instruction)
        self._add_source()
        self.is_instruction.toggled.connect(self._show_source)
        self._show_source(False)
        known_units(kit, self, self._use_names)

    def _add_source(self) -> None:
        self.add_field("leader", "批示领导", QLineEdit())
        words = TextEdit(2, hint="批示原文，逐字录入")
        self.add_field("instruction", "批示原文", words, enter_moves=True)
        self._day = DayEdit(self.kit.hub.today)
        self.add_field("instructed_on", "批示日期", self._day)
        self._day.dateChanged.connect(self._read_again)

    def _use_names(self, names: tuple[str, ...]) -> None:
        self._lead.set_names(names)
        self._cooperating.set_names(names)

    def _start(self) -> date | None:
        return self._day.value if self.is_instruction.isChecked() else None

    def _read_again(self) -> None:
        edit = self.fields["deadline"].input
        if isinstance(edit, QLineEdit):
            edit.textChanged.emit(edit.text())

    def _show_source(self, wanted: bool) -> None:
        for key in SOURCE_KEYS:
            self.fields[key].set_visible(wanted)
        ledger = self.kit.hub.ledger
        if wanted:
            self._place.setText("记入“单项批示”；任务内容不填时以批示原文为任务。")
        elif ledger is not None:
            self._place.setText(f"记入“{ledger.name}”。")
        else:
            self._place.setText("还没有专项，只能录入领导批示。")
        self._read_again()
        if self.isVisible():
            self._grow()
            if wanted:
                self.fields["leader"].input.setFocus()

    def save(self) -> None:
        """Check, write, and open the next empty form."""
        if not self._is_complete():
            return
        office, ledger, hub = self.office(), self.kit.hub.ledger, self.kit.hub
        who, now, words = hub.who, hub.now, self._words()
        if self.is_instruction.isChecked():
            source = InstructionWords(
                self.text_of("leader"), self._day.value, self.text_of("instruction")
            )
            self.write(
                "新增批示",
                lambda _p: new_instruction(office, None, words, source, who=who, now=now),
                self._next,
            )
        elif ledger is not None:
            self.write(
                "新增事项",
                lambda _p: new_task(office, ledger, words, who=who, now=now),
                self._next,
            )

    def _words(self) -> TaskWords:
        return TaskWords(
            text=self.text_of("text"),
            lead=self.text_of("lead") or None,
            cooperating=self.text_of("cooperating") or None,
            persons=self.text_of("persons") or None,
            deadline=self.text_of("deadline") or None,
        )

    def _is_complete(self) -> bool:
        instructed = self.is_instruction.isChecked()
        if instructed and not self.need("leader"):
            return False
        if not self.text_of("text") and not (instructed and self.text_of("instruction")):
            return self.need("text")
        if not instructed and self.kit.hub.ledger is None:
            self.complain_generally("还没有专项，请先在“文件”里新建专项，或勾选领导批示")
            return False
        understood, words = reading(self.text_of("deadline"), self.kit.hub.today, self._start())
        if not understood:
            self.complain("deadline", words)
        return understood

    def _next(self, outcome: Outcome[str]) -> None:
        self.added += 1
        self.kit.messages.tell(outcome.sentence)
        for field in self.fields.values():
            if isinstance(field.input, QLineEdit | TextEdit):
                field.input.clear()
        self._show_source(self.is_instruction.isChecked())
        self._place.setText(f"{self._place.text()}　✓ 已新增 {self.added} 项")
        self.forget_typing()
        self._text.setFocus()
