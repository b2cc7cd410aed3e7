"""Files that came back and of which nobody knows whose they are: shown before all units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.returned import FileKind
from tracker.domain.terms import RoundState
from tracker.ui.board.words import Tag, moment_words
from tracker.ui.detail.parts import clear, link_button, words_label
from tracker.ui.widgets.chips import chip_font, chip_height
from tracker.ui.widgets.labels import CutLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tracker.domain.board import Board
    from tracker.domain.returned import ReturnedFileRow
    from tracker.ui.kit import Kit
    from tracker.ui.theme import Theme

MOST_SHOWN = 3
"""So many files are in sight at once; more are scrolled to."""
_KINDS = {FileKind.SCAN: "扫描件", FileKind.UNREADABLE: "读不出"}


class TagLabel(QWidget):
    """One finding as a chip."""

    def __init__(self, theme: Theme, tag: Tag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tag = tag
        self.setAccessibleName(tag.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        font = chip_font(self.font())
        font.setPixelSize(self._theme.size - 1)
        self.setFont(font)
        wide = self.fontMetrics().horizontalAdvance(self._tag.words) + 14
        return QSize(wide, chip_height(self._theme.size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the palette in force."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.of(f"{self._tag.colour}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setPen(colours.of(self._tag.colour))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._tag.words)


class UnclaimedStrip(QFrame):
    """Lists files without a unit; hidden where there is none.

    Signals:
        claim_wanted: the unit of a file is to be said (`ReturnedFileRow`).
        open_wanted: a file is to be opened (`ReturnedFileRow`).
    """

    claim_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._shown: Board | None = None
        self._head = words_label("", heading=True)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._rows)
        self._area.viewport().setAutoFillBackground(False)
        self._rows.setAutoFillBackground(False)  # the area has just switched it on
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 0, 12, 8)
        outer.setSpacing(4)
        outer.addWidget(self._head)
        outer.addWidget(self._area)
        kit.theme.changed.connect(self._fit)
        self.hide()

    def show_board(self, board: Board) -> None:
        """Show the files of a round that have no unit."""
        self._shown = board
        clear(self._column)
        self.setVisible(bool(board.unclaimed))
        self._head.setText(board.claim_first)
        for file in board.unclaimed:
            self._column.addWidget(self._row(file, board))
        self._fit()

    def _row(self, file: ReturnedFileRow, board: Board) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(TagLabel(self._kit.theme, Tag(_KINDS.get(file.kind, "待认领"), "amber")))
        row.addWidget(CutLabel(file.name), 1)
        why = "；".join(dict.fromkeys(remark.detail for remark in file.remarks if remark.detail))
        when = f"{moment_words(file.received_at, board.today)}收"
        row.addWidget(CutLabel(f"{when}　{why}" if why else when, is_quiet=True), 2)
        claim, opened = link_button("指定单位…"), link_button("打开")
        opened.setAccessibleName(f"打开“{file.name}”")
        claim.setAccessibleName(f"指定“{file.name}”的单位")
        claim.clicked.connect(lambda: self.claim_wanted.emit(file))
        opened.clicked.connect(lambda: self.open_wanted.emit(file))
        claim.setVisible(board.round.state is not RoundState.CLOSED)
        row.addWidget(claim)
        row.addWidget(opened)
        return holder

    def _fit(self) -> None:
        count = len(self._shown.unclaimed) if self._shown else 0
        line = self._kit.theme.size + 14
        self._area.setFixedHeight(min(count, MOST_SHOWN) * line)
