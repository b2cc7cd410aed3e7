"""Before sending: who gets a form, for whom a collective name stands, in what shape, where to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.imports.foot import StepFoot
from tracker.ui.imports.notes_panel import NotesPanel
from tracker.ui.returns.collectives_panel import CollectivesPanel
from tracker.ui.returns.send_model import SendModel
from tracker.ui.returns.send_table import KEYS, SendTable
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ui.kit import Kit
    from tracker.ui.returns.sending import Sending

_WITHOUT, _EXEMPT = "without", "exempt"
_LONGEST = 26


@dataclass(frozen=True, slots=True)
class _Note:
    kind: str
    text: str


class SendChoosePage(QWidget):
    """Shows what would be sent.

    Signals:
        changed: cooperating units are wanted or no longer wanted.
        name_wanted, skipped: a collective name is to be settled (its unit id).
        folder_wanted: the clerk wants another folder.
        send_wanted: the forms are to be made.
        cancelled: given up.
    """

    changed = Signal()
    name_wanted = Signal(int)
    skipped = Signal(int)
    folder_wanted = Signal()
    send_wanted = Signal()
    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._sending: Sending | None = None
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.dates = quiet("")
        self.notes = NotesPanel(
            {_WITHOUT: "▲ {} 项任务没有单位，不会发出", _EXEMPT: "{} 家本期免报"}
        )
        self.cooperating = QCheckBox("配合单位也填")
        self.word = QCheckBox("同时生成 Word 表")
        self.contact = QLineEdit()
        self.contact.setPlaceholderText("如 李明 0456-1234567")
        self.contact.setToolTip("印在发送说明里，单位有问题找谁；记住，下次不用再填")
        self.folder = QLabel()
        self.folder.setTextFormat(Qt.TextFormat.PlainText)
        self.other = QPushButton("更改…")
        self.collectives = CollectivesPanel(kit)
        self.model = SendModel(self)
        self.table = SendTable(kit, self.model)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.foot = StepFoot(KEYS)
        self.foot.back.hide()
        self.send = self.foot.forward
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.dates)
        head.addStretch()
        head.addWidget(self.notes.bar)
        ways = QHBoxLayout()
        ways.setContentsMargins(12, 0, 12, 8)
        ways.setSpacing(12)
        for part in (self.cooperating, self.word, quiet("联系人"), self.contact):
            ways.addWidget(part)
        ways.addStretch()
        ways.addWidget(quiet("存放到"))
        ways.addWidget(self.folder)
        ways.addWidget(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.notes)
        column.addLayout(ways)
        column.addWidget(self.collectives)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.cooperating.clicked.connect(self._on_cooperating)
        self.word.clicked.connect(self._on_word)
        self.contact.textEdited.connect(self._on_contact)
        self.other.clicked.connect(self.folder_wanted)
        self.collectives.name_wanted.connect(self.name_wanted)
        self.collectives.skipped.connect(self.skipped)
        self.model.ticked.connect(self.count)
        self.table.send_wanted.connect(self.send.click)
        self.table.cancel_wanted.connect(self.cancelled)
        self.send.clicked.connect(self.send_wanted)
        self.foot.cancel.clicked.connect(self.cancelled)
        self._kit.theme.changed.connect(self._show_collectives)

    # What is shown

    def show_round(self, ledger: LedgerRow, round_: RoundRow, today: date) -> None:
        """Name the round that the forms are for, and say where its day has passed."""
        self.title.setText(f"发反馈表　第{round_.number}期")
        dates = ((round_.cut_off, "截至{}"), (round_.feedback_due, "{}前报回"))
        said = [words.format(f"{day.month}月{day.day}日") for day, words in dates if day]
        name = ledger.name if len(ledger.name) <= _LONGEST else f"{ledger.name[: _LONGEST - 1]}…"
        due = round_.feedback_due
        if due is None:
            said.append("▲ 没有定报回的日期")
        elif due < today:
            said.append("▲ 报回的日期已经过了")
        self.dates.setText("　·　".join([name, *said]))

    def show_folder(self, folder: Path) -> None:
        """Say where the forms go."""
        words = str(folder)
        self.folder.setText(words if len(words) <= _LONGEST * 2 else f"…{words[-_LONGEST * 2 :]}")
        self.folder.setToolTip(words)

    def show_sending(self, sending: Sending) -> None:
        """Show a plan with what was chosen so far."""
        self._sending = sending
        self.cooperating.setChecked(sending.cooperating)
        self.word.setChecked(sending.word)
        self.contact.setText(sending.contact)
        self.model.show(sending)
        self._show_collectives()
        self.notes.show_notes(_notes(sending))
        is_empty = not sending.recipients
        self.table.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        self.empty.setText(_why_empty(sending))
        self.count()
        if not is_empty:
            self.table.setCurrentIndex(self.model.index(0, 1))
            self.table.setFocus()

    def _show_collectives(self) -> None:
        if self._sending is not None:
            self.collectives.show_sending(self._sending)

    def count(self) -> None:
        """Say on the button how many forms would be made."""
        if self._sending is None:
            return
        chosen, waiting = len(self._sending.chosen), self._sending.waiting
        rest = f"（{waiting} 个统称先不发）" if waiting else ""
        self.send.setText(f"生成 {chosen} 份反馈表{rest}" if chosen else "没有要发的单位")
        self.send.setEnabled(bool(chosen))

    # Choosing

    def _on_cooperating(self, checked: bool) -> None:
        if self._sending is not None:
            self._sending.cooperating = checked
            self.changed.emit()

    def _on_word(self, checked: bool) -> None:
        if self._sending is not None:
            self._sending.word = checked

    def _on_contact(self, words: str) -> None:
        if self._sending is not None:
            self._sending.contact = words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys at the foot work beside the table too."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.send.click()
        else:
            super().keyPressEvent(event)


def _notes(sending: Sending) -> tuple[_Note, ...]:
    if sending.prepared is None:
        return ()
    plan = sending.prepared.plan
    without = (f"{task.number} {task.text}".strip() for task in plan.without_unit)
    return (
        *(_Note(_WITHOUT, words) for words in without),
        *(_Note(_EXEMPT, unit) for unit in plan.exempt),
    )


def _why_empty(sending: Sending) -> str:
    if sending.waiting:
        return "还没有要填报的单位。请先在上面指定统称代表的单位。"
    return (
        "没有要填报的单位：任务都已销号或撤回，或者没有牵头、责任单位。\n"
        "请先在任务里填上单位（F2 修改任务），再发反馈表。"
    )
