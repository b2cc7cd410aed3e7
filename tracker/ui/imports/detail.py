"""The line in hand at full length: what is stored beside what the table says, and the choices."""

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

from tracker.ui.imports.lines import NOT_THERE, NOTHING
from tracker.ui.widgets.difference import NEW_SIDE, OLD_SIDE, DifferenceLabel

if TYPE_CHECKING:
    from tracker.ui.imports.lines import Line
    from tracker.ui.imports.review import Review
    from tracker.ui.kit import Kit

_FEWEST, _MOST = 4, 8


class LineDetail(QFrame):
    """Shows one line whole; buttons where the clerk must choose.

    Signals:
        decided: the number of the choice taken.
    """

    decided = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.buttons: list[QPushButton] = []
        self._title = QLabel()
        self._title.setProperty("heading", True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._why = QLabel()
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why.setWordWrap(True)
        self._why.hide()
        self._choices = QHBoxLayout()
        self._choices.setSpacing(8)
        self.old = DifferenceLabel(kit.theme, OLD_SIDE)
        self.new = DifferenceLabel(kit.theme, NEW_SIDE)
        self._old_word = QLabel("台账现有")
        self._new_word = QLabel("表中")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        top.addLayout(self._choices)
        column.addLayout(top)
        column.addWidget(self._why)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        for word, label in ((self._old_word, self.old), (self._new_word, self.new)):
            word.setProperty("quiet", True)
            side = QVBoxLayout()
            side.setSpacing(4)
            side.addWidget(word)
            side.addWidget(_scrolled(label), 1)
            sides.addLayout(side, 1)
        column.addLayout(sides, 1)

    def fit(self, height: int) -> None:
        """Take about a fifth of a page of this height."""
        line = self.fontMetrics().lineSpacing()
        lines = min(max(height // 5 // line, _FEWEST), _MOST)
        self.setFixedHeight(line * lines + 24)

    def show_line(self, review: Review | None, line: Line | None) -> None:
        """Show a line; nothing where there is none."""
        self._clear_choices()
        if review is None or line is None:
            self._title.setText("")
            self._why.hide()
            self.old.show_plain("")
            self.new.show_plain("")
            return
        title = " ".join(line.title.split())
        title = title if len(title) <= 40 else f"{title[:39]}…"
        place = f"表格第{line.row.origin.row}行"
        self._title.setText(f"{title}　·　{line.field}　·　{place}")
        self._why.setText(line.why if line.is_held else "")
        self._why.setVisible(line.is_held)
        self._title.setToolTip(line.row.task)
        self._show_texts(review, line)
        for number, words in enumerate(review.choices(line), 1):
            self._add_choice(number, words, chosen=review.chosen(line) == number)

    def _show_texts(self, review: Review, line: Line) -> None:
        if line.creation is not None:
            self.old.show_plain(NOT_THERE)
            self.new.show_texts("", line.new)
            return
        candidates = line.question.candidates if line.question is not None else ()
        if len(candidates) > 1 and review.answer(line) is None:
            listed = (f"{c.number} {c.text}（{'，'.join(c.reasons)}）" for c in candidates)
            self.old.show_plain("\n".join(listed))
            self.new.show_plain(line.new)
            return
        candidate = review.answer(line)
        old = candidate.text if candidate is not None else line.old
        if old:
            self.old.show_texts(old, line.new)
        else:
            self.old.show_plain(NOTHING)
        self.new.show_texts(old, line.new)

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


def _scrolled(label: QLabel) -> QScrollArea:
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    area = QScrollArea()
    area.setWidget(label)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
