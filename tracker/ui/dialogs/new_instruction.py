"""Leaders' instructions (批示), one after the other from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from tracker.ops.collectives import names_to_offer
from tracker.ops.instruction_lines import day_named, read_instructions
from tracker.ops.instructions import InstructionWords, list_instructions, new_instruction
from tracker.ops.people import list_people
from tracker.ops.tasks import TaskWords
from tracker.text.days import long_date
from tracker.ui.detail.words import reading
from tracker.ui.dialogs.deadline_field import add_deadline
from tracker.ui.dialogs.fields import TextEdit, UnitsEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QFocusEvent

    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

MORE_KEYS = ("cooperating", "persons", "text")
_HINT = "Enter 下一格，末格保存并录下一件 · Ctrl+Enter 保存 · Shift+Enter 换行 · Esc 关闭"
_WEEKDAYS = "一二三四五六日"
_NO_DAY = "看不出是哪一天；请写成 3月1日、3.1、昨天 或 2026-3-1"


class DayWordsEdit(QLineEdit):
    """A day in words; all of it is marked when the cursor comes, so that typing replaces it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark what stands there."""
        super().focusInEvent(event)
        self.selectAll()


class NewInstructionDialog(FormDialog):
    """Takes instructions one after the other.

    Flow: leader, day, the words, lead unit, deadline; Enter in the deadline (or Ctrl+Enter
    anywhere) saves, and the form waits for the next words: leader and day stay as they were.
    Names of leaders and units are offered by words or pinyin. What is seldom wanted is behind a
    box; many at once are pasted in another dialog.
    """

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, "新增批示", "保存并录下一件", parent)
        self.added = 0
        self.hint.setText(_HINT)
        self.hint.setWordWrap(True)
        self.leave.setText("关闭")
        self._place = quiet("")
        self.paste = QPushButton("成批粘贴…")
        self.paste.setToolTip("从 Word、Excel 或聊天里复制多件批示，一次录入")
        self.paste.setAutoDefault(False)
        self.paste.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.paste.clicked.connect(self._paste_several)
        self._add_head()
        self._leader, self._lead = UnitsEdit(hint="姓名或职务"), UnitsEdit()
        self.add_field("leader", "批示领导", self._leader)
        self._day = DayWordsEdit(long_date(kit.hub.today))
        self.add_field("instructed_on", "批示日期", self._day)
        self._day.textChanged.connect(self._show_day)
        self._words = TextEdit(3, hint="批示原文，逐字录入或粘贴")
        self.add_field("instruction", "批示原文", self._words, enter_moves=True)
        self._words.textChanged.connect(self._count_pasted)
        self.add_field("lead", "牵头单位", self._lead)
        add_deadline(self, "时限", note="不填时从原文中读取", start=self._start)
        self.more = QCheckBox("还要填配合单位、责任人，或另拟任务内容")
        self.more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.add_wide(self.more)
        self._cooperating = UnitsEdit()
        self.add_field("cooperating", "配合单位", self._cooperating)
        self.add_field("persons", "责任人", QLineEdit())
        note = "不填时以批示原文为任务"
        self.add_field("text", "任务内容", TextEdit(2), note, enter_moves=True)
        self.more.toggled.connect(self._show_more)
        self._show_more(False)
        self._show_place()
        self._show_day()
        self._learn()

    def _add_head(self) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._place, 1)
        line.addWidget(self.paste)
        self.add_wide(row)

    def _show_place(self) -> None:
        done = f"　✓ 已新增 {self.added} 件" if self.added else ""
        self._place.setText(f"记入“单项批示”，单项办理，不分期。{done}")

    def _learn(self) -> None:
        """Read who instructed before and which units there are."""
        office, today = self.kit.hub.office, self.kit.hub.today
        if office is None:
            return

        def work(_progress: object) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
            rows = sorted(list_instructions(office, today), key=lambda row: -row.line.id)
            spoke = [row.instruction.leader for row in rows if row.instruction.leader]
            serving = (person.name for person in list_people(office) if person.serves_on(today))
            leaders = tuple(dict.fromkeys((*spoke, *serving)))
            return "".join(spoke[:1]), leaders, names_to_offer(office)

        self.kit.runner.read("读取单位", work, self._use_names)

    def _use_names(self, names: tuple[str, tuple[str, ...], tuple[str, ...]]) -> None:
        if not isValid(self):
            return
        last, leaders, units = names
        self._leader.set_names(leaders)
        for edit in (self._lead, self._cooperating):
            edit.set_names(units)
        if last and not self.is_dirty() and not self._leader.text():
            self._leader.setText(last)
            self._leader.selectAll()
            self.forget_typing()

    # What is read while it is typed

    def _start(self) -> date | None:
        return day_named(self._day.text(), self.kit.hub.today)

    def _show_day(self) -> None:
        day = self._start()
        field = self.fields["instructed_on"]
        if day is None:
            field.complain(_NO_DAY)
        else:
            field.tell(f"读作 {long_date(day)}，星期{_WEEKDAYS[day.weekday()]}")
        deadline = self.fields.get("deadline")
        if deadline is not None and isinstance(deadline.input, QLineEdit):
            deadline.input.textChanged.emit(deadline.input.text())

    def _count_pasted(self) -> None:
        """Offer to take apart what looks like several instructions."""
        words = self._words.toPlainText()
        several = 0
        if "\n" in words:
            several = len(read_instructions(words, self.kit.hub.today))
        note = f"像是 {several} 件批示；要分开录入，请点“成批粘贴…”" if several > 1 else ""
        self.fields["instruction"].tell(note)

    def _show_more(self, wanted: bool) -> None:
        for key in MORE_KEYS:
            self.fields[key].set_visible(wanted)
        if self.isVisible():
            self._grow()
            if wanted:
                self._cooperating.setFocus()

    # Saving

    def save(self) -> None:
        """Check, write, and open the next form."""
        if not self._is_complete():
            return
        office, hub, typed = self.office(), self.kit.hub, self._typed()
        source = InstructionWords(
            self.text_of("leader"), self._start(), self.text_of("instruction")
        )
        who, now = hub.who, hub.now
        self.write(
            "新增批示",
            lambda _p: new_instruction(office, None, typed, source, who=who, now=now),
            self._next,
        )

    def _typed(self) -> TaskWords:
        more = self.more.isChecked()
        return TaskWords(
            text=(more and self.text_of("text")) or None,
            lead=self.text_of("lead") or None,
            cooperating=(more and self.text_of("cooperating")) or None,
            persons=(more and self.text_of("persons")) or None,
            deadline=self.text_of("deadline") or None,
        )

    def _is_complete(self) -> bool:
        if not self.need("leader"):
            return False
        if self._start() is None:
            self.complain("instructed_on", _NO_DAY)
            return False
        if not (self.more.isChecked() and self.text_of("text")) and not self.need("instruction"):
            return False
        understood, words = reading(self.text_of("deadline"), self.kit.hub.today, self._start())
        if not understood:
            self.complain("deadline", words)
        return understood

    def _next(self, outcome: Outcome[str]) -> None:
        self.added += 1
        self.kit.messages.tell(outcome.sentence)
        for key in ("instruction", "lead", "deadline", *MORE_KEYS):
            field = self.fields[key].input
            if isinstance(field, QLineEdit | TextEdit):
                field.clear()
        self._show_place()
        self.forget_typing()
        self._words.setFocus()
        self._learn()

    def _paste_several(self) -> None:
        from tracker.ui.instructions.paste import PasteInstructionsDialog

        words = self._words.toPlainText()
        dialog = PasteInstructionsDialog(
            self.kit, words if "\n" in words else "", self._leader.text(), self.parentWidget()
        )
        self.forget_typing()
        self.reject()
        dialog.open()
