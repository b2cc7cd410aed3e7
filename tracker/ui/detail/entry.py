"""This round's entry (本期落实情况) as an editor, beside last round's with the change marked."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from tracker.domain.terms import COMPLETION_WORDS, RoundState
from tracker.ops.entries import EntryWords, write_entry
from tracker.ui.detail.parts import words_label
from tracker.ui.detail.words import round_words, short_day
from tracker.ui.widgets.difference import OLD_SIDE, DifferenceLabel, mark_new
from tracker.ui.widgets.menus import (
    add,
    add_chosen_words,
    add_copy,
    leave_menu_to_parent,
    popup,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent

    from tracker.base.errors import UserError
    from tracker.domain.browse import TaskCard, TaskLine
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

FEWEST_LINES, MOST_LINES = 3, 14


class EntryEditor(QPlainTextEdit):
    """A text that grows with what is typed.

    Signals:
        left: the cursor left it, or Ctrl+Enter was pressed; save now.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, fewest: int = FEWEST_LINES) -> None:
        super().__init__(parent)
        self._fewest = fewest
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("本期落实情况")
        self.setPlaceholderText("填写本期落实情况")
        self.textChanged.connect(self.fit)

    def fit(self) -> None:
        """Take the height of the text, within limits."""
        block = self.document().firstBlock()
        height, lines = 0.0, 0
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            lines += max(block.lineCount(), 1)
            block = block.next()
        line = height / lines if lines and height else self.fontMetrics().lineSpacing()
        shown = max(self._fewest * line, min(height, MOST_LINES * line))
        # A bar that comes and goes while the height is found leaves lines broken for its width.
        is_long = height > MOST_LINES * line
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if is_long else policy.ScrollBarAlwaysOff
        )
        rim = max(self.height() - self.viewport().height(), 0)  # less before it is laid out
        frame = rim + 2 * self.document().documentMargin()
        wanted = round(shown + frame)
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when the cursor goes elsewhere, but not for a menu over the window."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Ctrl+Enter."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return
        super().keyPressEvent(event)


class EntryPart(QWidget):
    """The entry of the round in sight, saved when it is left, and the one before it."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._code = ""
        self._round = 0
        self._saved = ""
        self._writes = 0
        self._old: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.RichText)
        column.addWidget(self.heading)
        self.editor = EntryEditor()
        self.editor.left.connect(self.save)
        self.editor.textChanged.connect(self._mark)
        column.addWidget(self.editor)
        self.note = words_label("", quiet=True)
        column.addWidget(self.note)
        self._extras = words_label("")
        column.addWidget(self._extras)
        column.addSpacing(4)
        self._before_heading = QLabel()
        self._before_heading.setTextFormat(Qt.TextFormat.RichText)
        column.addWidget(self._before_heading)
        self.before = DifferenceLabel(kit.theme, OLD_SIDE)
        column.addWidget(self.before)
        leave_menu_to_parent(self)
        kit.theme.changed.connect(self._on_theme)

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that no write was started for."""
        return bool(self._code) and self.editor.toPlainText().strip() != self._saved.strip()

    def show_card(self, card: TaskCard) -> None:
        """Show a task's entry; what is being typed into the same entry stays."""
        number = card.round.number if card.round else 0
        is_same = (self._code, self._round) == (card.task.code, number)
        typed = is_same and self.is_dirty
        self._code, self._round = card.task.code, number
        self._old = card.before.entry.text if card.before else None
        text = card.entry.text if card.entry else ""
        if not is_same or not (typed or self._writes):  # a read may be older than what is saved
            self._saved = text
            if not is_same or self.editor.toPlainText().strip() != text.strip():
                self.editor.setPlainText(text)
        self._show_round(card)
        self._show_before(card)
        self._mark()

    def _show_round(self, card: TaskCard) -> None:
        has_round = card.round is not None
        closed = card.round is not None and card.round.state is RoundState.CLOSED
        self.setVisible(has_round or card.instruction is None)
        self.editor.setReadOnly(closed or not has_round)
        self.editor.setVisible(has_round)
        name = round_words(card.round) if card.round else "还没有轮次，请先新开一期"
        quiet = self._kit.theme.colours.quiet
        cut_off = card.round.cut_off if card.round else None
        if cut_off is not None:
            name += f" · 截至{short_day(cut_off, self._kit.hub.today)}"
        if closed:
            name += " · 已定稿，不能再改"
        self.heading.setText(f'<b>本期落实情况</b> <span style="color:{quiet}">{name}</span>')
        self._say(_carried_words(card.line))
        entry = card.entry
        extras = [] if entry is None else [
            ("存在问题", entry.problems),
            ("下步打算", entry.next_steps),
            ("备注", entry.remark),
            *entry.extra,
        ]  # fmt: skip
        words = "\n".join(f"{name}：{text}" for name, text in extras if text)
        self._extras.setText(words)
        self._extras.setVisible(bool(words))

    def _show_before(self, card: TaskCard) -> None:
        before = card.before
        self._before_heading.setVisible(before is not None)
        self.before.setVisible(before is not None)
        if before is not None:
            quiet = self._kit.theme.colours.quiet
            name = "上年" if before.ledger else "上期"
            where = escape(" ".join(filter(None, (before.ledger, round_words(before.round)))))
            self._before_heading.setText(
                f'<b>{name}</b> <span style="color:{quiet}">{where}</span>'
            )

    def _mark(self) -> None:
        """Mark what is new here and what was dropped there, while typing too."""
        if self._old is None:
            self.editor.setExtraSelections([])
            return
        typed = self.editor.toPlainText()
        mark_new(self.editor, self._old, self._kit.theme.colours)
        # Nothing was dropped as long as nothing is written.
        self.before.show_texts(self._old, typed if typed.strip() else self._old)

    def take_words(self, words: str) -> bool:
        """Put words into the entry as if they were typed; tell whether it can be changed now."""
        if not self.editor.isVisibleTo(self) or self.editor.isReadOnly():
            return False
        cursor = self.editor.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(words)
        self.editor.setTextCursor(cursor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the round before says; the field itself has its own menu."""
        if self._old is None:
            event.ignore()
            return
        menu, old = QMenu(self), self._old
        add_chosen_words(menu, self)
        enabled = self.editor.isVisibleTo(self) and not self.editor.isReadOnly()
        add(menu, "填入本期落实情况", lambda: self.take_words(old), enabled=enabled)
        add_copy(menu, "复制上期的情况", old)
        popup(menu, event.globalPos())
        event.accept()

    def _on_theme(self) -> None:
        self._mark()
        self.editor.fit()

    def _say(self, words: str, *, is_wrong: bool = False) -> None:
        self.note.setProperty("wrong", is_wrong)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def save(self) -> None:
        """Start writing what was typed; nothing where nothing was."""
        office = self._kit.hub.office
        if office is None or not self.is_dirty or self.editor.isReadOnly():
            return
        code, number, text, before = self._code, self._round, self.editor.toPlainText(), self._saved
        who, now = self._kit.hub.who, self._kit.hub.now
        self._saved = text
        self._writes += 1

        def done(outcome: Outcome[str]) -> None:
            self._writes -= 1
            self._kit.messages.tell(outcome.sentence)

        def refuse(error: UserError) -> None:
            self._writes -= 1
            if not isValid(self):
                self._kit.messages.problem(error)
            elif (self._code, self._round) == (code, number):
                self._saved = before
                self._say(f"▲ 没有保存：{error}", is_wrong=True)
            else:
                self._kit.messages.problem(error)

        self._kit.runner.write(
            "保存落实情况",
            lambda _progress: write_entry(
                office, code, EntryWords(progress=text), who=who, now=now, round_number=number
            ),
            done,
            initiator=self,
            refused=refuse,
        )


def _carried_words(line: TaskLine) -> str:
    """Return what to say of an entry taken over; nothing more is waited for once a task is over."""
    if not line.carried or line.withdrawn:
        return ""
    if line.is_open:
        return "≈ 沿用上期，本期还没有更新"
    return f"{COMPLETION_WORDS[line.completion]}，沿用上期的情况"
