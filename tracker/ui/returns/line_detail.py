"""The line in hand at full length: both texts, what else was reported, the choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.terms import FIELD_WORDS
from tracker.ui.returns.lines import NOTHING, What
from tracker.ui.widgets.difference import NEW_SIDE, OLD_SIDE, DifferenceLabel
from tracker.ui.widgets.labels import CutLabel, quiet

if TYPE_CHECKING:
    from tracker.ui.kit import Kit
    from tracker.ui.returns.lines import ReturnLine
    from tracker.ui.returns.review import CollectReview

_FEWEST, _MOST = 5, 10
_LONGEST = 44


class LineDetail(QFrame):
    """Shows one line whole; buttons where the clerk must choose.

    Attributes:
        buttons: one for each choice, in their order.

    Signals:
        decided: the number of the choice taken, 0 where it is taken back.
    """

    decided = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self.title = CutLabel("")  # a long one would push the list of files out of sight
        self.title.setProperty("heading", True)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(8)
        self.old = DifferenceLabel(kit.theme, OLD_SIDE)
        self.new = DifferenceLabel(kit.theme, NEW_SIDE)
        self.more = QLabel()
        self.more.setWordWrap(True)
        self.more.setTextFormat(Qt.TextFormat.PlainText)
        self.more.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._old_word, self._new_word = quiet(""), quiet("")
        self._more_word = quiet("")
        self._old_side = QWidget()
        self._more_side = QWidget()
        self._lay_out()
        kit.theme.changed.connect(lambda: self.fit(self.window().height()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        top.addLayout(self._choices)
        column.addLayout(top)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        middle = QWidget()
        parts = (
            (self._old_side, self._old_word, self.old, 3),
            (middle, self._new_word, self.new, 3),
            (self._more_side, self._more_word, self.more, 2),
        )
        for box, word, label, share in parts:
            side = QVBoxLayout(box)
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(4)
            side.addWidget(word)
            side.addWidget(_scrolled(label), 1)
            sides.addWidget(box, share)
        column.addLayout(sides, 1)

    def fit(self, height: int) -> None:
        """Take about a quarter of a page of this height."""
        line = self.fontMetrics().lineSpacing()
        lines = min(max(height // 4 // line, _FEWEST), _MOST)
        self.setFixedHeight(line * lines + 24)

    def show_line(self, review: CollectReview | None, line: ReturnLine | None) -> None:
        """Show a line; nothing where there is none."""
        self._clear_choices()
        if review is None or line is None:
            self.title.setText("")
            for label in (self.old, self.new):
                label.show_plain("")
            for word in (self._old_word, self._new_word):
                word.setText("")
            self._more_side.hide()
            return
        title = " ".join(line.title.split())
        title = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
        place = line.note.place if line.note is not None else ""
        self.title.setText("　·　".join(filter(None, (title, place))))
        self.title.setToolTip(line.title)
        self._show_texts(review, line)
        for number, words in enumerate(review.choices(line), 1):
            self._add_choice(number, words, chosen=review.chosen(line) == number)

    def _show_texts(self, review: CollectReview, line: ReturnLine) -> None:
        self._old_side.setVisible(line.what is not What.WORDS)
        self._old_word.setText(line.old_word)
        self._new_word.setText(line.new_word)
        if line.old:
            self.old.show_texts(line.old, line.new)
        else:
            self.old.show_plain(NOTHING)
        if line.what is What.WORDS:
            self.new.show_plain(line.new)
        elif line.new:
            self.new.show_texts(line.old, line.new)
        else:
            self.new.show_plain(NOTHING)
        is_dispute = line.what is What.DISPUTE
        self._more_word.setText("各处所说" if is_dispute else "一并报来的，和写入之后的核定稿")
        more = _more(review, line)
        self.more.setText(more)
        self._more_side.setVisible(bool(more))

    def _add_choice(self, number: int, words: str, *, chosen: bool) -> None:
        button = QPushButton(f"{number} {words}")
        button.setCheckable(True)
        button.setChecked(chosen)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.decided.emit(0 if chosen else number))
        self._choices.addWidget(button)
        self.buttons.append(button)

    def _clear_choices(self) -> None:
        for button in self.buttons:
            self._choices.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []


def _more(review: CollectReview, line: ReturnLine) -> str:
    """Return what else was reported on the task, and what its entry becomes."""
    said: list[str] = []
    conflict = line.conflict
    if conflict is not None and len(conflict.values) > 2:
        pairs = zip(conflict.sources, conflict.values, strict=True)
        return "\n".join(f"{source}：{value}" for source, value in pairs)
    target = review.target(line)
    if target:
        return f"归到：{review.gathered.title(target)}"
    if line.note is None:
        return ""
    note = line.note
    fields = {"problems": note.problems, "next_steps": note.next_steps}
    said += [f"{FIELD_WORDS[name]}：{words}" for name, words in fields.items() if words]
    own = {note.text, note.state, note.problems, note.next_steps, line.percent}
    for change in line.changes:
        if change.new not in own:
            said.append(f"核定稿{FIELD_WORDS[change.field]}：{change.new}")
    if line.note.by:
        said.append(f"填报人：{line.note.by}")
    return "\n".join(said)


def _scrolled(label: QLabel) -> QScrollArea:
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    area = QScrollArea()
    area.setWidget(label)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
