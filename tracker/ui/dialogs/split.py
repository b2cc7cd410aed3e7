"""Splitting a task into pieces, each with its own lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from tracker.ops.task_changes import split_task
from tracker.ops.tasks import TaskWords
from tracker.ui.dialogs.fields import Field, TextEdit, UnitsEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.dialogs.lookups import known_units

if TYPE_CHECKING:
    from tracker.domain.browse import TaskCard
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_MANY = 20
"""More pieces than this were cut too small to be meant."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: Field
    lead: Field


class SplitDialog(FormDialog):
    """Splits a task into new ones that stand in its place.

    Flow: the parts ①② (else the lines, else the sentences) are offered as pieces; mend them, give
    each its lead where it differs, Ctrl+Enter. An emptied piece is left out. What a piece does not
    say it takes from the task, which is withdrawn and kept.
    """

    def __init__(self, kit: Kit, card: TaskCard, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"拆分 {card.task.code}", "拆分", parent)
        self._card = card
        self._names: tuple[str, ...] = ()
        self._pieces: list[_Piece] = []
        self.hint.setText("Ctrl+Enter 保存 · Esc 关闭")
        self.add_words(card.task.text, quiet=False)
        self.add_words("清空的一项不计；没写牵头单位的沿用原任务的；原任务撤回并保留。")
        for text, lead in pieces_of(card):
            self._add_piece(text, lead)
        self._more = QPushButton("再加一项")
        self._more.setAutoDefault(False)
        self._more.clicked.connect(lambda: self._add_another())
        self.column.insertWidget(1, self._more, alignment=Qt.AlignmentFlag.AlignLeft)
        self.spare = self._more.sizeHint().height() + 12
        known_units(kit, self, self._use_names)
        if card.line.withdrawn:
            self.complain_generally(f"已经撤回的任务不能拆分：{card.line.withdrawn}")
            self.agree.setEnabled(False)

    def _add_piece(self, text: str, lead: str) -> None:
        place = len(self._pieces) + 1
        edit = UnitsEdit(lead, "牵头：" + ("、".join(self._card.task.roles.lead) or "同原任务"))
        edit.set_names(self._names)
        words = self.add_field(f"text{place}", f"第{place}项", TextEdit(2, text))
        self._pieces.append(_Piece(words, self.add_field(f"lead{place}", "牵头单位", edit)))

    def _add_another(self) -> None:
        self._add_piece("", "")
        self._grow()
        self._pieces[-1].text.input.setFocus()

    def _use_names(self, names: tuple[str, ...]) -> None:
        self._names = names
        for piece in self._pieces:
            if isinstance(piece.lead.input, UnitsEdit):
                piece.lead.input.set_names(names)

    def save(self) -> None:
        """Check and write."""
        if self._card.line.withdrawn:
            return
        pieces = [
            TaskWords(text=text, lead=self.text_of(f"lead{place}") or None)
            for place in range(1, len(self._pieces) + 1)
            if (text := self.text_of(f"text{place}"))
        ]
        if len(pieces) < 2:
            self.complain(f"text{len(self._pieces)}", "拆分至少要有两项")
            return
        office, code, hub = self.office(), self._card.task.code, self.kit.hub
        who, now = hub.who, hub.now
        self.write(
            "拆分任务",
            lambda _p: split_task(office, code, pieces, who=who, now=now),
            self._show_first,
        )

    def _show_first(self, outcome: Outcome[tuple[str, ...]]) -> None:
        self.finish(outcome)
        self.kit.hub.select(outcome.value[0])


def pieces_of(card: TaskCard) -> tuple[tuple[str, str], ...]:
    """Return the pieces to offer: text and lead of each, at least two."""
    if len(card.parts) > 1:
        return tuple((part.text, "、".join(part.roles.lead)) for part in card.parts)
    lines = [line.strip() for line in card.task.text.splitlines() if line.strip()]
    if len(lines) < 2:
        lines = [found.group().strip() for found in _SENTENCE.finditer(card.task.text)]
    if not 2 <= len(lines) <= _MANY:
        lines = [card.task.text, ""]
    return tuple((line, "") for line in lines)
