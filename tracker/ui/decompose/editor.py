"""The fields of the draft in hand; each is taken over when the clerk leaves it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tracker.domain.draft_edit import (
    edit_deadline,
    edit_number,
    edit_path,
    edit_persons,
    edit_units,
    settle,
)
from tracker.domain.terms import ROLE_WORDS, Role
from tracker.ops.draft_words import edit_text, read_deadline
from tracker.ops.typed import names_in
from tracker.ui.decompose.doubts import without_doubts_on
from tracker.ui.decompose.keys import WHILE_TYPING, Command, command_of
from tracker.ui.decompose.words import deadline_reading
from tracker.ui.dialogs.fields import TextEdit, UnitsEdit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tracker.domain.draft import Draft
    from tracker.domain.review import Review, ReviewDraft
    from tracker.ui.decompose.desk import Desk
    from tracker.ui.kit import Kit

TEXT_LINES = 3
_BETWEEN = " ＞ "
_PARTED = re.compile("[＞>]")


class DraftEditor(QFrame):
    """Shows one draft in fields. Nothing is taken over that cannot be read back.

    Attributes:
        inputs: the fields by name: text, number, the roles, persons, deadline, path.

    Signals:
        left: the clerk wants to go back to the list.
        asked: a key asked for something (`Command`).
    """

    left = Signal()
    asked = Signal(object)

    def __init__(self, kit: Kit, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._id = 0
        self._each: ReviewDraft | None = None
        self.text = TextEdit(TEXT_LINES)
        self.inputs: dict[str, QWidget] = {"text": self.text}
        self.number = self._line("number")
        self.units = {role: UnitsEdit("") for role in Role}
        for role, edit in self.units.items():
            self.inputs[role.value] = edit
        self.persons = self._line("persons")
        self.deadline = self._line("deadline")
        self.deadline.setPlaceholderText("如 2026年9月底前、三季度末、每月25日前、长期坚持")
        self.path = self._line("path")
        self.path.setPlaceholderText("上级标题，如 一、产业发展 ＞ （一）招商引资")
        self.reading = QLabel()
        self.reading.setProperty("quiet", True)
        self._lay_out()
        self._connect()

    def _line(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        self.inputs[name] = edit
        return edit

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 4, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._label("任务内容", self.text), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, 0, 1, 1, 3)
        pairs = (
            ("序号", self.number, "责任人", self.persons),
            (*self._unit(Role.LEAD), *self._unit(Role.COOPERATING)),
            (*self._unit(Role.RESPONSIBLE), *self._unit(Role.GUIDING)),
        )
        for row, (first, one, second, other) in enumerate(pairs, 1):
            grid.addWidget(self._label(first, one), row, 0)
            grid.addWidget(one, row, 1)
            grid.addWidget(self._label(second, other), row, 2)
            grid.addWidget(other, row, 3)
        grid.addWidget(self._label("时限", self.deadline), 4, 0)
        grid.addWidget(self.deadline, 4, 1)
        grid.addWidget(self.reading, 4, 2, 1, 2)
        grid.addWidget(self._label("分组", self.path), 5, 0)
        grid.addWidget(self.path, 5, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)

    def _unit(self, role: Role) -> tuple[str, UnitsEdit]:
        return ROLE_WORDS[role], self.units[role]

    def _label(self, words: str, field: QWidget) -> QLabel:
        label = QLabel(words)
        label.setProperty("quiet", True)
        label.setBuddy(field)
        field.setAccessibleName(words)
        return label

    def _connect(self) -> None:
        for field in self.inputs.values():
            field.installEventFilter(self)
            if isinstance(field, QLineEdit):
                field.setMinimumWidth(60)
                field.editingFinished.connect(self.take_over)
        self.deadline.textChanged.connect(self._show_reading)

    def set_names(self, names: Iterable[str]) -> None:
        """Say which units are known, for completion."""
        known = list(names)
        for edit in self.units.values():
            edit.set_names(known)

    # What is shown

    def show_draft(self, each: ReviewDraft | None) -> None:
        """Show a draft; fields that the clerk is typing in are left as they are."""
        another = each is None or each.id != self._id
        if another:
            self.take_over()  # what was typed belongs to the draft before
        before, self._each = self._each, each
        self._id = each.id if each is not None else 0
        self.setEnabled(each is not None and not each.dropped)
        if each is None:
            for field in self.inputs.values():
                _put(field, "")
            return
        old = self._words(before.draft) if before is not None and not another else {}
        for name, words in self._words(each.draft).items():
            if another or old.get(name) != words or _words_in(self.inputs[name]) == old.get(name):
                _put(self.inputs[name], words)
        self._show_reading()

    def _words(self, draft: Draft) -> dict[str, str]:
        roles = draft.all_roles()
        words = {role.value: "、".join(roles.of(role)) for role in Role}
        due = draft.deadline.text if draft.deadline is not None else ""
        if draft.deadline is not None and not due and draft.deadline.date is not None:
            due = draft.deadline.date.isoformat()
        return words | {
            "text": draft.text,
            "number": draft.number,
            "persons": "、".join(draft.persons),
            "deadline": due,
            "path": _BETWEEN.join(draft.path),
        }

    def _show_reading(self) -> None:
        words = self.deadline.text().strip()
        each = self._each
        known = each.draft.deadline if each is not None else None
        if known is None or words != known.text:
            known = read_deadline(words, self._day()) if words else None
        text, wrong = deadline_reading(words, known)
        self.reading.setText(text)
        self.reading.setProperty("wrong", wrong)
        self.reading.setProperty("quiet", not wrong)
        self.reading.style().unpolish(self.reading)
        self.reading.style().polish(self.reading)

    def _day(self) -> date | None:
        plan = self._desk.plan
        return plan.decomposed.document.head.date if plan is not None else None

    # Taking over

    def take_over(self) -> bool:
        """Make what was typed a step of the review; tell whether nothing was wrong with it."""
        each = self._each
        if each is None or self._desk.of(each.id) is not each:
            return True
        shown = self._words(each.draft)
        typed = {name: _words_in(field) for name, field in self.inputs.items()}
        changed = [name for name, words in typed.items() if words != shown[name]]
        if not changed:
            return True

        def step(now: Review) -> Review:
            for name in changed:
                now = self._edited(now, each, name, typed[name])
            return now

        if self._desk.do(step):
            return True
        for name in changed:
            _put(self.inputs[name], shown[name])
        return False

    def _edited(self, now: Review, each: ReviewDraft, name: str, words: str) -> Review:
        if name == "text":
            return edit_text(now, each.id, words)
        if name == "number":
            return edit_number(now, each.id, words)
        if name == "persons":
            return edit_persons(now, each.id, names_in(words))
        if name == "path":
            return edit_path(now, each.id, _PARTED.split(words))
        if name == "deadline":
            return self._due(now, each, words)
        now = edit_units(now, each.id, Role(name), names_in(words))
        held = set(now.of(each.id).draft.all_roles().names())
        gone = [one for one in each.draft.all_roles().names() if one not in held]
        return self._calmed(now, each, gone)

    def _due(self, now: Review, each: ReviewDraft, words: str) -> Review:
        deadline = read_deadline(words, self._day()) if words.strip() else None
        now = edit_deadline(now, each.id, deadline)
        old = each.draft.deadline
        if old is None or (deadline is not None and deadline.doubtful):
            return now
        return self._calmed(now, each, [old.text])

    def _calmed(self, now: Review, each: ReviewDraft, gone: Iterable[str]) -> Review:
        """Settle the doubts about words that are gone; a draft without doubts is taken."""
        calmed = now.of(each.id)
        for words in gone:
            calmed = without_doubts_on(calmed, words)
        drafts = tuple(calmed if one.id == each.id else one for one in now.drafts)
        now = replace(now, drafts=drafts)
        return settle(now, each.id) if each.doubts and not calmed.doubts else now

    def typed_before(self) -> int | None:
        """Return which character of the text the cursor stands before, where it is typed in."""
        if not self.text.hasFocus():
            return None
        before = self.text.toPlainText()
        at = self.text.textCursor().position()
        return len(before.encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore"))

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the keys of the review to the page, and take the text over when it is left."""
        left = event.type() == QEvent.Type.FocusOut and watched is self.text
        if left and self.text.toPlainText().strip():  # else what comes next says what is wrong
            self.take_over()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        if isinstance(watched, UnitsEdit) and watched.popup.isVisible():
            return False
        command = command_of(event)
        if command is Command.LEAVE:
            self.take_over()
            self.left.emit()
            return True
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if command is Command.ACCEPT and entered and isinstance(watched, QLineEdit):
            self.take_over()
            self.left.emit()
            return True
        if command is Command.UNDO and _can_undo(watched):
            return False
        if command in WHILE_TYPING:
            if self.take_over():
                self.asked.emit(command)
            return True
        return False


def _can_undo(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return isinstance(field, QPlainTextEdit) and field.document().isUndoAvailable()


def _words_in(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else ""


def _put(field: QWidget, words: str) -> None:
    if _words_in(field) == words:
        return
    if isinstance(field, QLineEdit):
        field.setText(words)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(words)
