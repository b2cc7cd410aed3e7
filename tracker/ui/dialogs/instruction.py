"""Taking a single instruction on: sent, replied, reported, closed, or back (退回重办)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from tracker.domain.instruction import STAGE_WORDS, Instruction, Stage
from tracker.ops.instructions import advance
from tracker.ui.detail.words import long_day
from tracker.ui.dialogs.close_task import CLOSING_KEYS, add_closing_fields, read_closing
from tracker.ui.dialogs.fields import DayEdit, TextEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.instructions.strip import STAGES, StageStrip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.base.errors import UserError
    from tracker.domain.browse import TaskCard
    from tracker.ui.kit import Kit


class InstructionDialog(FormDialog):
    """Takes an instruction to a stage.

    Flow: the strip shows how far it is; the next stage and today stand there already, so Ctrl+Enter
    is enough. An earlier stage sends it back and needs a remark. 已办结 asks for what a closing
    (销号) needs.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"批示办理 {card.task.code}", "确定", parent)
        self._card = card
        self._instruction = card.instruction or Instruction()
        self._add_source()
        strip = StageStrip(kit.theme)
        strip.show_instruction(self._instruction)
        self.add_wide(strip)
        self._stage = QComboBox()
        for stage in STAGES:
            if stage is not self._instruction.stage:
                self._stage.addItem(STAGE_WORDS[stage], stage)
        self._stage.setCurrentIndex(max(self._stage.findData(self._next()), 0))
        self.add_field("stage", "办到", self._stage)
        self._day = DayEdit(kit.hub.today)
        self.add_field("on", "日期", self._day)
        self.add_field("remark", "备注", TextEdit(2), "退回前面的环节时写明理由")
        add_closing_fields(self)
        self._stage.currentIndexChanged.connect(self._show_closing)
        self._show_closing()
        if words := self._obstacle():
            self.complain_generally(words)
            self.agree.setEnabled(False)

    def _add_source(self) -> None:
        source = self._instruction
        day = f"　{long_day(source.on)}" if source.on else ""
        self.add_words(f"{source.leader}{day}")
        self.add_words(source.text or self._card.task.text, quiet=False)

    def _next(self) -> Stage | None:
        stage = self._instruction.stage
        if stage is None:
            return None
        return STAGES[min(STAGES.index(stage) + 1, len(STAGES) - 1)]

    def _wanted(self) -> Stage:
        return Stage(self._stage.currentData())

    def _obstacle(self) -> str:
        if self._instruction.stage is None:
            return "这项任务不是单项批示"
        if self._instruction.stage is Stage.CLOSED:
            return "已经办结；要再办理请用“恢复办理”"
        return ""

    def _show_closing(self) -> None:
        closing = self._wanted() is Stage.CLOSED
        for key in CLOSING_KEYS:
            self.fields[key].set_visible(closing)
        self.fields["remark"].set_visible(not closing)
        if self.isVisible():
            self._grow()

    def save(self) -> None:
        """Check and write."""
        stage, standing = self._wanted(), self._instruction.stage
        if self._obstacle() or standing is None:
            return
        if STAGES.index(stage) < STAGES.index(standing) and not self.text_of("remark"):
            self.complain("remark", "退回前面的环节需要写明理由")
            return
        on = self._day.value
        closing = read_closing(self, on) if stage is Stage.CLOSED else None
        if stage is Stage.CLOSED and closing is None:
            return
        office, code, hub = self.office(), self._card.task.code, self.kit.hub
        who, now, remark = hub.who, hub.now, self.text_of("remark")
        self.write(
            "批示办理",
            lambda _p: advance(office, code, stage, on, remark, who=who, now=now, closing=closing),
            self.finish,
        )

    def field_of(self, error: UserError) -> str:
        """A day before the stage before is a matter of the date."""
        return "on" if "日期" in error.what else super().field_of(error)
