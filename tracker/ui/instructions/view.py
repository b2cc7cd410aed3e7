"""The list of single instructions, the most urgent first, with the stage each has reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeySequence, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.instruction import Stage
from tracker.domain.terms import Completion
from tracker.ops.instructions import list_instructions
from tracker.ui.detail.head import light_called
from tracker.ui.dialogs import (
    open_close_task,
    open_edit_task,
    open_extend_task,
    open_instruction,
    open_new_task,
    open_paste_instructions,
    open_reopen_task,
)
from tracker.ui.instructions.model import (
    LEADER,
    REMAINING,
    ROW_ROLE,
    STAGE,
    TASK,
    UNITS,
    InstructionsModel,
)
from tracker.ui.instructions.strip import STAGES, paint_strip, word_width
from tracker.ui.widgets.empty import EmptyList
from tracker.ui.widgets.lamp import lamp_colour, lamp_size, paint_lamp
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import add, add_copy, hang_menu

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from tracker.domain.history import Changes
    from tracker.domain.instruction import InstructionRow
    from tracker.ui.kit import Kit
    from tracker.ui.theme import Theme

PADDING = 8
_TASK_WIDTH = 12
"""How many characters of the task must stay in sight before the stages get their words."""


class InstructionsView(QWidget):
    """Instructions of all ledgers.

    A click takes one in hand; Enter, a double click or “办到下一环节…” takes it on.

    Signals:
        tasks_wanted: the instruction in hand is to be shown in the ledger.
    """

    tasks_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.model = InstructionsModel()
        self.model.setParent(self)
        self.table = _Table(kit)
        self.table.setModel(self.model)
        self.counts = QLabel()
        self.counts.setProperty("quiet", True)
        self.add_button = QPushButton("新增批示…")
        self.add_button.clicked.connect(self._add)
        self.paste_button = QPushButton("成批粘贴…")
        self.paste_button.setToolTip("从 Word、Excel 或聊天里复制多件批示，一次录入（Ctrl+V）")
        self.paste_button.clicked.connect(self.paste)
        self.advance_button = QPushButton("办到下一环节…")
        self.advance_button.setProperty("primary", True)
        self.advance_button.setEnabled(False)
        self.advance_button.clicked.connect(self._advance)
        self._empty = EmptyList(
            "还没有批示",
            "逐件录入，或把 Word、Excel、微信里的多件批示一次粘贴进来；不需要开新的一期。",
            ("新增批示…", self._add),
            ("成批粘贴…", self.paste),
        )
        self._build()
        self._read = LatestRead(kit.runner, "读取批示", self._lookup, self._show, self)
        hang_menu(self.table, self.menu)
        self.table.activated.connect(lambda _index: self._advance())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        kit.hub.opened.connect(self._read.ask)
        kit.hub.changed.connect(self._on_changed)
        kit.hub.selected.connect(self._on_selected)
        kit.theme.changed.connect(self._on_theme)
        self._on_theme()
        self._read.ask()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.setSpacing(8)
        top.addWidget(self.counts, 1)
        top.addWidget(self.add_button)
        top.addWidget(self.paste_button)
        top.addWidget(self.advance_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def menu(self) -> QMenu | None:
        """Return what can be done with the instruction in hand; None without one."""
        index = self.table.currentIndex()
        row = index.data(ROW_ROLE) if index.isValid() else None
        if row is None:
            return None
        kit, window, menu = self._kit, self.window(), QMenu(self.table)
        kit.hub.select(row.line.code)  # the forms are over the task in hand
        can_advance = self.advance_button.isEnabled()
        add(menu, "办到下一环节…", self._advance, key="Return", enabled=can_advance)
        add(menu, "修改批示…", lambda: open_edit_task(kit, window), key="F2")
        is_closed = row.line.completion is Completion.CLOSED
        if is_closed:
            add(menu, "恢复办理…", lambda: open_reopen_task(kit, window))
        else:
            add(menu, "销号…", lambda: open_close_task(kit, window), key="Ctrl+D")
            has_date = row.line.deadline is not None
            add(menu, "延期…", lambda: open_extend_task(kit, window), enabled=has_date)
        menu.addSeparator()
        add(menu, "在台账里查看", self.tasks_wanted.emit)
        words = row.instruction.text or row.line.text
        said = f"{row.instruction.leader}：{words}" if row.instruction.leader else words
        add_copy(menu, "复制批示原文", said)
        menu.addSeparator()
        add(menu, "新增批示…", self._add)
        return menu

    def _add(self) -> None:
        open_new_task(self._kit, self.window(), instruction=True)

    def paste(self) -> None:
        """Take the instructions on the clipboard, looked over in a dialog."""
        open_paste_instructions(self._kit, self.window())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes what is on the clipboard."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def _lookup(self) -> Callable[[], tuple[tuple[InstructionRow, ...], date]] | None:
        office, today = self._kit.hub.office, self._kit.hub.today
        if office is None:
            self._show(((), today))
            return None
        return lambda: (list_instructions(office, today), today)

    def _show(self, found: tuple[tuple[InstructionRow, ...], date]) -> None:
        rows, today = found
        code = self._kit.hub.code
        self.model.show_rows(rows, today)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        standing = [row for row in rows if row.instruction.stage is not Stage.CLOSED]
        late = sum(1 for row in standing if row.days_left is not None and row.days_left < 0)
        self.counts.setText(
            f"在办 {len(standing)} 件 · 逾期 {late} 件 · 已办结 {len(rows) - len(standing)} 件"
        )
        self._make_room()
        self._on_selected(code)

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._read.ask()

    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(ROW_ROLE) if current.isValid() else None
        self.advance_button.setEnabled(
            row is not None and row.instruction.stage not in (None, Stage.CLOSED)
        )
        if row is not None:
            self._kit.hub.select(row.line.code)

    def _on_selected(self, code: str) -> None:
        """Follow the task in hand; it need not be in this list."""
        place = self.model.place_of(code)
        chosen = self.table.selectionModel()
        if place is None:
            chosen.clear()
            self.advance_button.setEnabled(False)
        elif chosen.currentIndex().row() != place:
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
            rows = QItemSelectionModel.SelectionFlag.Rows
            chosen.setCurrentIndex(self.model.index(place, 0), how | rows)

    def _advance(self) -> None:
        if self.advance_button.isEnabled():
            open_instruction(self._kit, self.window())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the way to paste where there is no room; Ctrl+V and the form have it too."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        parts = (self.counts, self.add_button, self.paste_button, self.advance_button)
        needed = sum(part.sizeHint().width() + 8 for part in parts) + 24
        self.paste_button.setVisible(needed <= self.width())

    def _on_theme(self) -> None:
        self._make_room()
        head = self.table.verticalHeader()
        head.setDefaultSectionSize(2 * self.fontMetrics().lineSpacing() + 2 * PADDING)
        self.table.fit_columns()


class _Table(QTableView):
    """The table with its looks."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._theme = kit.theme
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setItemDelegate(_CellDelegate(kit.theme, self))
        self.horizontalHeader().setHighlightSections(False)

    def fit_columns(self) -> None:
        """Name every stage where the tasks leave room, else only the present one."""
        size = self._theme.size
        widths = {REMAINING: 7, LEADER: 6, UNITS: 9}
        for column, characters in widths.items():
            self.setColumnWidth(column, characters * size + 2 * PADDING)
        rest = self.viewport().width() - sum(map(self.columnWidth, widths))
        whole = round(len(STAGES) * word_width(self._theme)) + 2 * PADDING + 4
        short = 8 * size + 2 * PADDING
        self.setColumnWidth(STAGE, whole if rest - whole >= _TASK_WIDTH * size else short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for more words."""
        super().resizeEvent(event)
        self.fit_columns()

    def setModel(self, model: object) -> None:
        """Let the column of tasks take what the others leave."""
        super().setModel(model)  # type: ignore[arg-type]  # a model of Qt
        head = self.horizontalHeader()
        head.setSectionResizeMode(TASK, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(60)


class _CellDelegate(QStyledItemDelegate):
    """Paints two lines of words, the light with its word, and the strip of stages."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell in the palette in force."""
        row = index.data(ROW_ROLE)
        colours = self._theme.colours
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect)
        painter.fillRect(box, colours.of("accent_soft" if chosen else "surface"))
        painter.setPen(colours.of("line"))
        bottom = box.bottom() - 0.5
        painter.drawLine(QPointF(box.left(), bottom), QPointF(box.right(), bottom))
        inner = box.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        painter.setPen(colours.of("text"))
        if index.column() == REMAINING:
            self._paint_remaining(painter, inner, row, str(index.data()))
        elif index.column() == STAGE and row.instruction.stage is not None:
            paint_strip(painter, inner, row.instruction, self._theme, dates=False)
        elif index.column() == TASK:
            _paint_wrapped(painter, inner, str(index.data()).replace("\n", " "))
        else:
            _paint_lines(painter, inner, str(index.data()), colours.of("quiet"))
        painter.restore()

    def _paint_remaining(
        self, painter: QPainter, box: QRectF, row: InstructionRow, text: str
    ) -> None:
        light = light_called(row.line.light)
        colour = lamp_colour(light, self._theme)
        side = lamp_size(self._theme.size)
        line = painter.fontMetrics().lineSpacing()
        lamp = QRectF(box.left(), box.top() + (line - side) / 2, side, side)
        paint_lamp(painter, lamp, light.shape, colour)
        painter.setPen(colour)
        _paint_lines(painter, box.adjusted(side + 4, 0, 0, 0), text, self._quiet())

    def _quiet(self) -> QColor:
        return self._theme.colours.of("quiet")


def _paint_lines(painter: QPainter, box: QRectF, text: str, quiet: QColor) -> None:
    """Paint the first line in the pen's colour and a second one quietly, each cut to fit."""
    metrics = painter.fontMetrics()
    for place, words in enumerate(text.split("\n")[:2]):
        if place:
            painter.setPen(quiet)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        line = box.translated(0, place * metrics.lineSpacing())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignTop), shown)


def _paint_wrapped(painter: QPainter, box: QRectF, text: str) -> None:
    """Paint words in at most two lines, cut with an ellipsis."""
    metrics = painter.fontMetrics()
    layout = QTextLayout(text, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    cut = len(text)
    if first.isValid():
        first.setLineWidth(box.width())
        cut = first.textLength()
    layout.endLayout()
    top = int(Qt.AlignmentFlag.AlignTop)
    painter.drawText(box, top, text[:cut])
    if cut < len(text):
        rest = metrics.elidedText(text[cut:], Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box.adjusted(0, metrics.lineSpacing(), 0, 0), top, rest)
