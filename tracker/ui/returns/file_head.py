"""The file in hand: whose it is and why, what was found about it, what can be done with it."""

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

from tracker.domain.returned import FINDING_WORDS, STANDING_WORDS, FindingKind, Standing
from tracker.ui.returns.file_lines import FileState
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tracker.domain.collection import CollectedFile
    from tracker.ui.kit import Kit
    from tracker.ui.returns.review import CollectReview

_MOST_LINES = 4


class FileHead(QFrame):
    """Shows one file.

    Attributes:
        claim, unlock, take, drop_words, leave_out, open: its buttons, shown where they are of use.
        found: the findings in plain words.

    Signals:
        claim_wanted, unlock_wanted, take_wanted, drop_wanted, leave_wanted, open_wanted: a
            button was clicked.
    """

    claim_wanted = Signal()
    unlock_wanted = Signal()
    take_wanted = Signal()
    drop_wanted = Signal()
    leave_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.about = quiet("")
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.found = QLabel()
        self.found.setWordWrap(True)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.found.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._area = QScrollArea()
        self._area.setWidget(self.found)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.claim = QPushButton("指定单位…")
        self.unlock = QPushButton("输入密码…")
        self.take = QPushButton()
        self.drop_words = QPushButton("文字都不用")
        self.leave_out = QPushButton("不收这份")
        self.open = QPushButton("打开来件")
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        buttons = (
            (self.unlock, self.unlock_wanted),
            (self.claim, self.claim_wanted),
            (self.take, self.take_wanted),
            (self.drop_words, self.drop_wanted),
            (self.open, self.open_wanted),
            (self.leave_out, self.leave_wanted),
        )
        for button, signal in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("tight", True)
            button.clicked.connect(signal)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.about)
        column.addWidget(self._area)

    def show_file(self, review: CollectReview | None, key: str) -> None:
        """Show a file of a review; nothing where there is none."""
        file = review.file(key) if review is not None else None
        self.setVisible(file is not None)
        if review is None or file is None:
            return
        state = review.state(key)
        self.title.setText(file.unit or file.name)
        self.title.setToolTip(file.name)
        self.about.setText("　·　".join(filter(None, _about(file))))
        self.found.setText("\n".join(_found(file)))
        self._area.setVisible(bool(self.found.text()))
        self._fit()
        self.unlock.setVisible(state is FileState.LOCKED)
        self.claim.setVisible(file.stamp is None or file.unit_id is None)
        self.claim.setText("指定单位…" if file.unit_id is None else "改单位…")
        is_taken = key in review.gathered.wanted.this_round
        is_old = any(r.kind is FindingKind.WRONG_ROUND for r in file.remarks)
        self.take.setVisible(is_old or is_taken)
        self.take.setText("不算本期" if is_taken else "算作本期")
        waiting = sum(not one.settled for one in file.unplaced)
        self.drop_words.setVisible(waiting > 1)
        for button in (self.unlock, self.claim):
            asked = review.asks(key) and button.isVisibleTo(self)
            button.setStyleSheet(
                f"QPushButton {{ border-color: {self._kit.theme.colours.accent};"
                f" color: {self._kit.theme.colours.accent}; }}"
                if asked
                else ""
            )

    def _fit(self) -> None:
        """Show a few lines of findings; the rest can be scrolled to."""
        most = self.fontMetrics().lineSpacing() * _MOST_LINES
        needed = self.found.heightForWidth(max(self.width() - 40, 100))
        self._area.setFixedHeight(min(needed, most) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._fit()


def _found(file: CollectedFile) -> list[str]:
    """Return the findings in words; whose it is stands above them already."""
    words = []
    for remark in file.remarks:
        if remark.kind is FindingKind.UNPLACED_TEXT:
            words.append(f"▲ {remark.detail}")
        elif remark.kind is not FindingKind.UNKNOWN_UNIT:
            words.append(f"▲ {FINDING_WORDS[remark.kind]}：{remark.detail}")
    return words


def _about(file: CollectedFile) -> tuple[str, ...]:
    at = file.saved_at
    saved = f"{at.month}月{at.day}日 {at:%H:%M} 保存" if at is not None else ""
    standing = STANDING_WORDS[file.standing] if file.standing is not Standing.CURRENT else ""
    return (file.name if file.unit else "", file.unit_reason, saved, standing)
