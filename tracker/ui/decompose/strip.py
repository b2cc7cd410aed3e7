"""What there is to decide about the draft in hand: doubts, questions, what would change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.proposal import NEW_TASK
from tracker.ui.decompose.doubts import dispute_of, doubts_of
from tracker.ui.decompose.words import FIELDS
from tracker.ui.widgets.difference import DifferenceLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.review import ReviewDraft
    from tracker.ops.draft_units import UnitQuestion
    from tracker.ops.drafts import DraftChange
    from tracker.ui.decompose.desk import Desk
    from tracker.ui.kit import Kit

_MOST_LINES = 9
_NOTHING = "（空）"


class DraftStrip(QScrollArea):
    """Lists what is open about one draft, each with the buttons that decide it.

    Attributes:
        buttons: the answers to the first question, in the order of the number keys.

    Signals:
        accepted: all doubts of the draft are looked at.
        answered: which stored task the draft is (its code or `NEW_TASK`).
        named: a printed name and the unit it stands for.
        kept: a field, and whether the stored task keeps its own.
    """

    accepted = Signal()
    answered = Signal(str)
    named = Signal(str, str)
    kept = Signal(str, bool)

    def __init__(self, kit: Kit, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: tuple[object, ...] = ()

    def show_draft(self, each: ReviewDraft | None) -> None:
        """Show what is open about a draft; nothing where there is none."""
        shown: tuple[object, ...] = (each, self._desk.now.units)
        if self._shown and all(a is b for a, b in zip(shown, self._shown, strict=True)):
            return
        self._shown = shown
        self.buttons = []
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(12, 4, 12, 4)
        self._column.setSpacing(4)
        if each is not None and not each.dropped:
            self._fill(each)
        self._column.addStretch(1)
        before = self.takeWidget()
        if before is not None:
            before.deleteLater()  # it may hold the very button that was clicked
        self.setWidget(page)
        self.setVisible(self._column.count() > 1)
        self.fit()

    def fit(self) -> None:
        """Take as much height as the contents need, but not the list's."""
        page = self.widget()
        above = self.parentWidget()
        if page is None or self.isHidden():
            return
        wide = self.viewport().width()
        needed = page.heightForWidth(wide) if page.hasHeightForWidth() else -1
        most = self._kit.theme.size * 2 * _MOST_LINES
        host = above.parentWidget() if above is not None else None
        if host is not None and host.height():
            most = min(most, host.height() // 3)
        self.setFixedHeight(min(needed if needed > 0 else page.sizeHint().height(), most))

    def _fill(self, each: ReviewDraft) -> None:
        if each.task is None:
            self._ask_task(each)
        for question in self._desk.unit_questions(each):
            self._ask_unit(question)
        doubts = [d for d in doubts_of(each) if self._desk.question_of(each, d) is None]
        for place, doubt in enumerate(doubts):
            button = None
            if place == 0:
                words = "认可 A" if len(doubts) == 1 else f"全部认可 A（{len(doubts)}）"
                button = self._button(words, self.accepted.emit)
            self._row(self._plain(f"▲ {doubt}", wrong=True), button)
        for change in self._desk.changes(each):
            self._show_change(each, change)

    # Rows

    def _ask_task(self, each: ReviewDraft) -> None:
        plan = self._desk.plan
        candidates = plan.candidates.get(each.id, ()) if plan is not None else ()
        self._row(self._plain("▲ 台账里有相近的任务，这一项是：", wrong=True))
        for number, found in enumerate(candidates, 1):
            label = DifferenceLabel(self._kit.theme)
            label.show_texts(found.task.text, each.draft.text)
            label.setToolTip("，".join(found.reasons))
            answer = partial(self.answered.emit, found.task.code)
            name = f"{number} 是第{found.task.number}项" if found.task.number else f"{number} 是它"
            self._row(label, self._button(name, answer, counts=True))
        last = self._button(
            f"{len(candidates) + 1} 都不是，新增",
            partial(self.answered.emit, NEW_TASK),
            counts=True,
        )
        self._row(self._plain("红色是台账里的，绿色是文件里的"), last)

    def _ask_unit(self, question: UnitQuestion) -> None:
        units = question.units
        near = "”“".join(units)
        words = f"▲ “{question.printed}”和“{near}”相近，是同一单位吗？"
        verb = "由{}承接" if question.gone else "是{}"
        words = f"▲ {question.gone}，由谁承接？" if question.gone else words
        counts = not self.buttons
        answers = [
            self._button(
                f"{number} {verb.format(unit)}" if counts else verb.format(unit),
                partial(self.named.emit, question.printed, unit),
                counts=counts,
            )
            for number, unit in enumerate(units, 1)
        ]
        own = f"{len(units) + 1} 不是" if counts else "不是"
        if not question.gone:
            itself = partial(self.named.emit, question.printed, question.printed)
            answers.append(self._button(own, itself, counts=counts))
        self._row(self._plain(words, wrong=True), *answers)

    def _show_change(self, each: ReviewDraft, change: DraftChange) -> None:
        label = DifferenceLabel(self._kit.theme)
        label.show_texts(change.old or _NOTHING, change.new or _NOTHING)
        name = FIELDS.get(change.field, change.field)
        box = QCheckBox(name)
        box.setChecked(change.field not in each.kept)
        box.setToolTip("勾选：按文件改；不勾：台账保持原样")
        box.toggled.connect(lambda taken: self.kept.emit(change.field, not taken))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        if change.disputed:
            settled = dispute_of(change) in each.settled
            mark = self._plain("台账里后来也改过" if settled else "▲ 台账里后来也改过", wrong=True)
            mark.setWordWrap(False)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def _row(self, label: QLabel, *buttons: QPushButton | None) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label, 1)
        for button in buttons:
            if button is not None:
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def _plain(self, words: str, *, wrong: bool = False) -> QLabel:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("wrong" if wrong else "quiet", True)
        return label

    def _button(
        self, words: str, act: Callable[[], object], *, counts: bool = False
    ) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("tight", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: act())
        if counts:
            self.buttons.append(button)
        return button
