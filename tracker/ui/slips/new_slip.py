"""Issuing a slip: kind, unit, tasks, and every sentence of it before it gets its number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit

from tracker.base.errors import UserError
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.domain.slip_words import kind_words
from tracker.ops.slip_words import MOST_DAYS
from tracker.ops.slips import new_slip, propose_slip
from tracker.ui.detail.words import long_day
from tracker.ui.dialogs.fields import DayEdit, TextEdit, UnitsEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.dialogs.lookups import known_units, open_with_lines
from tracker.ui.slips.picker import TaskPicker
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from tracker.domain.browse import TaskLine
    from tracker.domain.slip import SlipProposal
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

_WORDS = (
    ("basis", "依据"),
    ("matter", "事项"),
    ("ask", "要求"),
    ("issuer", "签发人"),
    ("clerk", "经办人"),
    ("phone", "联系电话"),
)
_LATEST_NUMBER = 99999
OWN_WORDS = "这一栏已自行改写，增减任务后不再自动更新，请核对"
_ANY = "…"
"""Stands for a unit that is not named yet."""


class NewSlipDialog(FormDialog):
    """Issues a slip.

    Flow: kind, unit, tasks (those selected stand there); the sentences are proposed from the
    ledger and may be changed word by word; what was typed is not proposed over. Ctrl+Enter gives
    it its number; then the place for the Word file is asked for.

    Signals:
        issued: a slip's number.
    """

    issued = Signal(str)

    def __init__(
        self,
        kit: Kit,
        lines: Sequence[TaskLine] = (),
        kind: SlipKind = SlipKind.SUPERVISION,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, "新开单子", "开单", parent)
        self._proposed: dict[str, str] = {}
        self._typed: set[str] = set()  # of days and number: those of the clerk's own
        self._is_wanted = False  # to be issued as soon as the sentences are there
        self._kind = QComboBox()
        for each in SlipKind:
            self._kind.addItem(kind_words(each).word, each.value)
        self._kind.setCurrentIndex(list(SlipKind).index(kind))
        self.add_field("kind", "种类", self._kind)
        self._unit = UnitsEdit(_only_unit(lines), "一个单位")
        self.add_field("unit", "接收单位", self._unit)
        self.picker = TaskPicker(kit, lines)
        self.add_field("tasks", "任务", self.picker)
        self._doubts = QLabel()
        self._doubts.setProperty("wrong", True)
        self._doubts.setWordWrap(True)
        self._doubts.hide()
        self.add_wide(self._doubts)
        self._add_day_fields()
        self._add_text_fields()
        known_units(kit, self, self._unit.set_names)
        self._read = LatestRead(kit.runner, "拟写单子", self._lookup, self._take, self)
        self._listen()
        self._read.ask()

    def _add_day_fields(self) -> None:
        self._day = DayEdit(self.kit.hub.today)
        self.add_field("on", "开单日期", self._day)
        self._days = QLineEdit()
        self._days.setValidator(QIntValidator(0, MOST_DAYS, self))
        self.add_field("days", "几个工作日回复", self._days, "0 为不要求回复")
        self._number = QLineEdit()
        self._number.setValidator(QIntValidator(1, _LATEST_NUMBER, self))
        self.add_field("number", "号数", self._number)

    def _add_text_fields(self) -> None:
        self._signature = QLineEdit()
        self._signature.setPlaceholderText("如 某县人民政府督查室；印在标题和落款")
        self.add_field("signature", "发文机关", self._signature)
        for key, name in _WORDS:
            lines = {"matter": 4, "ask": 2}.get(key)
            self.add_field(key, name, TextEdit(lines) if lines else QLineEdit())

    def _listen(self) -> None:
        self._kind.currentIndexChanged.connect(self._on_kind)
        self.picker.changed.connect(self._on_tasks)
        self._day.dateChanged.connect(lambda _day: self._read.ask())
        for key, edit in (("days", self._days), ("number", self._number)):
            edit.textEdited.connect(lambda text, key=key: self._on_typed(key, text))
        for edit in (self._unit, self._days, self._number, self._signature):
            edit.textEdited.connect(lambda _text: self._read.ask())
        self._unit.completer_.activated.connect(lambda _name: self._read.ask())

    def _on_typed(self, key: str, text: str) -> None:
        if text:
            self._typed.add(key)
        else:
            self._typed.discard(key)

    def _on_kind(self) -> None:
        """Another kind counts its own numbers."""
        self._typed.discard("number")
        self._read.ask()

    def _on_tasks(self) -> None:
        if not self.text_of("unit"):
            self._unit.setText(_only_unit(self.picker.lines))
        self._read.ask()

    # What is proposed

    def _choice(self) -> SlipChoice:
        days, number = self.text_of("days"), self.text_of("number")
        signature = self._signature.text()
        return SlipChoice(
            kind=SlipKind(self._kind.currentData()),
            unit=self.text_of("unit"),
            tasks=self.picker.codes,
            issued_on=self._day.value,
            days=int(days) if days and "days" in self._typed else None,
            number=int(number) if number and "number" in self._typed else None,
            signature=signature if "signature" in self._proposed else None,
        )

    def _lookup(self) -> Callable[[], tuple[SlipProposal | None, str]]:
        office, hub, choice = self.office(), self.kit.hub, self._choice()
        ledger, who, today = hub.ledger, hub.who, hub.today

        def read() -> tuple[SlipProposal | None, str]:
            said = ""
            # The sentences are the same for a unit that is still to be named, or cannot be.
            for unit in filter(None, (choice.unit, _ANY)):
                named = replace(choice, unit=unit)
                try:
                    return propose_slip(office, ledger, named, who=who, today=today), said
                except UserError as error:
                    said = str(error)
            return None, said

        return read

    def _take(self, found: tuple[SlipProposal | None, str]) -> None:
        held, problem = found
        if held is not None:
            self._show_proposal(held, problem)
        else:
            self._say((problem,))
        if self._is_wanted:
            self.save()

    def _show_proposal(self, held: SlipProposal, problem: str) -> None:
        was_dirty = self.is_dirty()
        labels = kind_words(held.kind).labels
        for key in ("matter", "ask"):
            self.fields[key].label.setText(labels[key])
        texts = {key: str(getattr(held.words, key)) for key, _name in _WORDS}
        texts["signature"] = held.words.signature
        texts["days"], texts["number"] = str(held.days or 0), str(held.number)
        for key, text in texts.items():
            if key not in self._typed:
                self._offer(key, text)
        until = f"{long_day(held.reply_due)}前回复" if held.reply_due else "不要求回复"
        self.fields["days"].tell(f"{until}（0 为不要求回复）{_after(held.caution)}")
        self.fields["number"].tell(f"编为 {held.code}；号数给出后不再重用")
        self._say((problem,) if problem else () if held.unit == _ANY else held.doubts)
        if not was_dirty:
            self.forget_typing()
        self._grow()

    def _offer(self, key: str, text: str) -> None:
        """Write a proposed text into its field, unless the clerk wrote there."""
        edit, earlier = self._edit(key), self._proposed.get(key, "")
        shown = edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()
        is_own = shown not in ("", earlier, text)
        if key in ("matter", "basis") and (not is_own or text != earlier):
            self.fields[key].tell(OWN_WORDS if is_own else "")
        if not is_own and shown != text:
            if edit.hasFocus():
                return  # the clerk is writing there
            if isinstance(edit, QLineEdit):
                edit.setText(text)
            else:
                edit.setPlainText(text)
        self._proposed[key] = text

    def _edit(self, key: str) -> QLineEdit | QPlainTextEdit:
        found = self.fields[key].input
        if not isinstance(found, QLineEdit | QPlainTextEdit):
            raise TypeError(f"field {key!r} holds no text")
        return found

    def _say(self, doubts: Sequence[str]) -> None:
        self._doubts.setText("\n".join(f"▲ {doubt}" for doubt in doubts))
        self._doubts.setVisible(bool(doubts))

    # Saving

    def save(self) -> None:
        """Check and write, once what was typed last is in the sentences."""
        self._is_wanted = self._read.is_running
        if self._is_wanted or not self.need("unit", "days", "number", "matter"):
            return
        office, hub, choice = self.office(), self.kit.hub, self._choice()
        ledger, who, now = hub.ledger, hub.who, hub.now
        typed = {key: self.text_of(key) for key, _name in _WORDS}

        def work() -> Outcome[str]:
            held = propose_slip(office, ledger, choice, who=who, today=now.date())
            words = replace(held.words, **typed)
            return new_slip(office, ledger, choice, words, who=who, now=now)

        self.write("新开单子", lambda _progress: work(), self._on_issued)

    def _on_issued(self, outcome: Outcome[str]) -> None:
        self.issued.emit(outcome.value)
        self.finish(outcome)

    def field_of(self, error: UserError) -> str:
        """Say beside the field what a refused slip is about."""
        if "合称" in error.what or "单位" in error.what:
            return "unit"
        return "number" if "用过" in error.what else super().field_of(error)


def open_new_slip(kit: Kit, parent: QWidget | None = None, codes: Sequence[str] = ()) -> None:
    """Open the form for a new slip, about these tasks where any are named."""
    from tracker.ui.slips.files import save_slip

    def make(lines: Sequence[TaskLine]) -> NewSlipDialog:
        dialog = NewSlipDialog(kit, lines, parent=parent)
        dialog.issued.connect(lambda code: save_slip(kit, code))
        return dialog

    if kit.hub.office is not None:
        open_with_lines(kit, make, codes)


def _only_unit(lines: Sequence[TaskLine]) -> str:
    """Return the unit that all the tasks have in common as the only one; "" where none is."""
    units = {line.lead or line.responsible for line in lines}
    held = next(iter(units)) if len(units) == 1 else ()
    return held[0] if len(held) == 1 else ""


def _after(caution: str) -> str:
    return f"\n▲ {caution}" if caution else ""
