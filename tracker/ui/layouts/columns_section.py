"""The columns: which are printed, in which order, how wide, and how much paper they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from tracker.ui.layouts.column_model import HEADING
from tracker.ui.layouts.column_table import ColumnTable
from tracker.ui.layouts.edits import add_column, addable
from tracker.ui.layouts.section import Section
from tracker.ui.layouts.words import BLANK, field_words, mm

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tracker.ui.kit import Kit
    from tracker.ui.layouts.desk import DraftDesk

_SLACK_MM = 0.05


class UsedBar(QWidget):
    """Shows how much of the paper's width the columns take; red and longer where it is too much."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._used, self._room = 0.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kit.theme.changed.connect(self.update)

    def show_width(self, used: float, room: float) -> None:
        """Show another width."""
        self._used, self._room = used, max(room, 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._kit.theme.colours
        over = self._used > self._room + _SLACK_MM
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.of("grey_soft"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), 8), 3, 3)
        share = min(self._used / self._room, 1.0)
        painter.setBrush(colours.of("red" if over else "accent"))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * share, 8), 3, 3)
        painter.end()


class ColumnsSection(Section):
    """The table of columns with its buttons.

    Flow: 加一栏 (Insert), type its heading, move it (Alt+↑↓ or drag), set its width.
    """

    places: ClassVar[tuple[str, ...]] = ("columns",)

    def __init__(self, desk: DraftDesk, kit: Kit) -> None:
        super().__init__("栏目", desk)
        self.table = ColumnTable(desk, kit)
        self.add = QPushButton("加一栏 ▾")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.add.clicked.connect(self.open_menu)
        self.remove = QPushButton("去掉")
        self.remove.clicked.connect(self.table.remove)
        self.up, self.down = QPushButton("上移"), QPushButton("下移")
        self.up.clicked.connect(lambda: self.table.move_by(-1))
        self.down.clicked.connect(lambda: self.table.move_by(1))
        self.fit = QPushButton("按纸宽分配")
        self.fit.setToolTip("各栏按现在的比例变宽或变窄，正好占满纸面")
        self.fit.clicked.connect(lambda: desk.edit(desk.draft.fitted()))
        self.bar = UsedBar(kit)
        self.used = QLabel()
        self._lay_out()
        self.table.add_wanted.connect(self.open_menu)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self.table.columns.modelReset.connect(self._enable)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.add, self.remove, self.up, self.down):
            button.setProperty("tight", True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.fit.setProperty("tight", True)
        buttons.addWidget(self.fit)
        width = QHBoxLayout()
        width.setSpacing(8)
        width.addWidget(self.bar, 1)
        width.addWidget(self.used)
        self.grid.addWidget(self.table, 0, 0, 1, 2)
        self.grid.addLayout(buttons, 1, 0, 1, 2)
        self.grid.addLayout(width, 2, 0, 1, 2)

    def show_draft(self) -> None:
        """Show how wide the columns are together."""
        draft = self.desk.draft
        over = draft.used_mm > draft.room_mm + _SLACK_MM
        words = f"已用 {mm(draft.used_mm)} / {mm(draft.room_mm)} 毫米"
        self.used.setText(f"▲ {words}，太宽" if over else words)
        self.used.setProperty("quiet", not over)
        self.used.setProperty("wrong", over)
        self.used.style().unpolish(self.used)
        self.used.style().polish(self.used)
        self.bar.show_width(draft.used_mm, draft.room_mm)
        self._enable()

    def open_menu(self) -> None:
        """Offer the columns that are not printed yet."""
        self.menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def put_in(self, field: str) -> None:
        """Add a column behind the one in hand; its heading can be typed at once."""
        at = self.table.row + 1 if self.table.row >= 0 else len(self.desk.draft.columns)
        self.desk.edit(add_column(self.desk.draft, field, at))
        self.table.go_to(at)
        self.table.setFocus()
        if field == BLANK:
            self.table.edit(self.table.columns.index(at, HEADING))

    def _fill_menu(self) -> None:
        self.menu.clear()
        for field in addable(self.desk.draft):
            if field == BLANK:
                self.menu.addSeparator()
            action = self.menu.addAction(field_words(field))
            action.triggered.connect(lambda _checked=False, name=field: self.put_in(name))

    def _enable(self) -> None:
        row, count = self.table.row, self.table.columns.rowCount()
        self.remove.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)
        self.fit.setEnabled(count > 0)
