"""The second step: the sheet as it stands, its header and what each column was taken for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.mapping import ROW_WORDS, RowKind
from tracker.ui.imports.columns import Columns
from tracker.ui.imports.foot import StepFoot
from tracker.ui.imports.sheet_model import SheetModel
from tracker.ui.imports.sheet_view import GROUNDS, INKS, SheetView
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.domain.mapping import SheetMapping
    from tracker.ui.imports.reading import Opened
    from tracker.ui.kit import Kit

KEYS = "H 这一行是表头　Tab 到各栏的选择　Ctrl+Enter 下一步　Esc 取消"
_SHOWN_KINDS = (
    RowKind.TITLE,
    RowKind.HEADER,
    RowKind.SECTION,
    RowKind.TASK,
    RowKind.CONTINUED,
    RowKind.SKIPPED,
)
_MOST_SAID = 3
LAST_ROW = 9_999_999


class MappingPage(QWidget):
    """Shows how a file was read and lets the clerk say it better; each change is read at once.

    Attributes:
        columns: what was said so far; None while nothing is open.

    Signals:
        target_chosen: read it another way (`Target`).
        memory_wanted: show the tables whose columns are remembered.
        forward, back, cancelled: the ways on, back and out.
    """

    target_chosen = Signal(object)
    memory_wanted = Signal()
    forward = Signal()
    back = Signal()
    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.columns: Columns | None = None
        self.model = SheetModel(self)
        self.view = SheetView(kit, self.model)
        self.sheet = QComboBox()
        self.wanted = QCheckBox("读取这张工作表")
        self.table = QComboBox()
        self.top, self.bottom = QLineEdit(), QLineEdit()
        self.anew = QPushButton("按表头文字重新辨认")
        self.memory = QPushButton("记住的表头…")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.kinds: dict[RowKind, QPushButton] = {}
        self.foot = StepFoot(KEYS)
        self._told = ""
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._choices())
        words = QHBoxLayout()
        words.setContentsMargins(12, 8, 12, 8)
        words.setSpacing(8)
        words.addWidget(self.said, 1)
        for kind in _SHOWN_KINDS:
            button = QPushButton()
            button.setProperty("tight", True)
            button.setToolTip(f"到下一个{ROW_WORDS[kind]}")
            button.clicked.connect(lambda _=False, kind=kind: self.view.go_to_next(kind))
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.kinds[kind] = button
        column.addLayout(words)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 0)
        row.setSpacing(8)
        self._sheet_word = quiet("工作表")
        self._header_word = quiet("表头　第")
        self._to_word, self._row_word = quiet("行到第"), quiet("行")
        for box in (self.top, self.bottom):
            box.setValidator(QIntValidator(1, LAST_ROW, box))
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.editingFinished.connect(lambda box=box: self._on_rows(box))
        parts = (self._sheet_word, self.sheet, self.wanted, self.table, self._header_word)
        for part in (*parts, self.top, self._to_word, self.bottom, self._row_word):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.anew)
        row.addWidget(self.memory)
        return row

    def _connect(self) -> None:
        self.sheet.activated.connect(self._on_sheet)
        self.table.activated.connect(self._on_table)
        self.wanted.clicked.connect(self._on_wanted)
        self.anew.clicked.connect(self._on_anew)
        self.memory.clicked.connect(self.memory_wanted)
        self.view.heads.chosen.connect(self._on_field)
        self.view.header_shown.connect(self._on_header)
        self.view.cancel_wanted.connect(self.cancelled)
        self.view.forward_wanted.connect(self.foot.forward.click)
        self.foot.back.clicked.connect(self.back)
        self.foot.cancel.clicked.connect(self.cancelled)
        self.foot.forward.clicked.connect(self.forward)
        self._kit.theme.changed.connect(self._colour)
        self._colour()

    # What is shown

    @property
    def opened(self) -> Opened | None:
        """The file that is shown."""
        return self.columns.opened if self.columns is not None else None

    def show_opened(self, opened: Opened | None) -> None:
        """Show a file as it was read; None lets go of the last one."""
        if opened is None:
            self.columns = None
            self.model.show_sheet(None)
            return
        before = self.columns
        if before is not None and before.opened.source is opened.source:
            self.columns = Columns(opened, before.sheet, before.table)
            same = opened.look.sheets[self.columns.sheet] == self.model.sheet
        else:
            self._told = ""
            self.columns = Columns(opened)
            self.columns.sheet = self.columns.first_with_table
            same = False
        self._show_sheets(self.columns)
        self._show_sheet(anew=not same)

    def _show_sheets(self, columns: Columns) -> None:
        self.sheet.clear()
        look = columns.opened.look
        for sheet, shape in zip(look.sheets, look.shapes, strict=True):
            tasks = sum(kind is RowKind.TASK for kind in shape.kinds)
            words = f"{tasks} 项任务" if tasks else "没有读出任务"
            self.sheet.addItem(f"{sheet.sheet or '表格'}（{words}）")
        self.sheet.setCurrentIndex(columns.sheet)
        several = len(look.sheets) > 1
        for part in (self._sheet_word, self.sheet, self.wanted):
            part.setVisible(several)
        office = self._kit.hub.office
        self.memory.setVisible(office is not None)

    def _show_sheet(self, *, anew: bool) -> None:
        columns = self.columns
        if columns is None:
            return
        if anew:
            self.model.show_sheet(columns.opened.look.sheets[columns.sheet])
        found = columns.found
        mapping = found.mapping if found is not None else None
        self.model.show_shape(columns.shape, mapping.fields if mapping else ())
        self.view.heads.show_columns(
            mapping.fields if mapping else (), found.printed if found else ()
        )
        self._show_rows(columns, mapping)
        self.view.lay_out()
        if anew:
            top = self.model.row_of(mapping.top) if mapping is not None else 0
            self.view.begin_at(top or 0)
        self._show_words(columns)

    def _show_rows(self, columns: Columns, mapping: SheetMapping | None) -> None:
        """Show where the header stands."""
        top, bottom = (mapping.top, mapping.bottom) if mapping else (0, 0)
        for box, number in ((self.top, top), (self.bottom, bottom)):
            box.setText(str(number) if number else "")
        self.view.show_header(top, bottom)
        self.wanted.setChecked(not columns.is_left_out)
        tables = columns.shape.tables
        self.table.clear()
        self.table.addItems(
            [f"第{at}张表（第{t.mapping.top}行起）" for at, t in enumerate(tables, 1)]
        )
        self.table.setCurrentIndex(columns.table)
        self.table.setVisible(len(tables) > 1)

    def _show_words(self, columns: Columns) -> None:
        """Say what is wrong or doubtful, and count the rows."""
        counts = Counter(columns.shape.kinds)
        for kind, button in self.kinds.items():
            button.setText(f"{ROW_WORDS[kind]} {counts[kind]}")
            button.setVisible(bool(counts[kind]))
        table = columns.opened.look.table
        self.foot.forward.setEnabled(table is not None)
        count = len(table.rows) if table is not None else 0
        self.foot.forward.setText(f"下一步（读出 {count} 项）" if table is not None else "下一步")
        self._colour()

    def _words(self) -> tuple[str, str]:
        """Return what is said above the sheet and the colour it is said in."""
        if self.columns is None:
            return "", "text"
        opened = self.columns.opened
        problem, doubts = opened.look.problem, opened.doubts
        if problem is not None:
            shown = self.columns.found is not None
            words = f"{problem.what}。{problem.do}" if shown else f"{problem.what}。{_SHOW_HEADER}"
            return f"▲ {words}", "red"
        if self._told:
            return self._told, "text"
        if doubts:
            more = f"；等 {len(doubts)} 处" if len(doubts) > _MOST_SAID else ""
            return f"▲ 请核对各栏：{'；'.join(doubts[:_MOST_SAID])}{more}", "amber"
        if opened.is_remembered:
            return "按上次确认的各栏读取；改动后会按新的记住", "quiet"
        return "每栏上方可以改选它是什么；改动后马上重新读取", "quiet"

    def _colour(self) -> None:
        colours = self._kit.theme.colours
        words, colour = self._words()
        if unseen := self.model.unseen:
            shown = self.model.columnCount()
            words += f"；这里显示前 {shown} 栏，后面 {unseen} 栏也照常读取"
        self.said.setText(words)
        self.said.setStyleSheet(f"color: {getattr(colours, colour)};")
        for kind, button in self.kinds.items():
            ground, ink = getattr(colours, GROUNDS[kind]), getattr(colours, INKS[kind])
            button.setStyleSheet(
                f"QPushButton {{ background: {ground}; color: {ink}; border-color: {colours.line};"
                " padding: 0 8px; min-height: 22px; }"
            )
        signs = self.top.fontMetrics()
        for box in (self.top, self.bottom):
            box.setFixedWidth(signs.horizontalAdvance("00000") + 28)

    # What the clerk says

    def _on_sheet(self, index: int) -> None:
        if self.columns is not None and index != self.columns.sheet:
            self.columns = Columns(self.columns.opened, index)
            self._show_sheet(anew=True)

    def _on_table(self, index: int) -> None:
        if self.columns is not None and index != self.columns.table:
            self.columns.table = index
            self._show_sheet(anew=False)
            found = self.columns.found
            row = self.model.row_of(found.mapping.top) if found is not None else None
            self.view.go_to(row or 0)

    def _on_wanted(self) -> None:
        if self.columns is not None:
            self._read(self.columns.without_sheet(leave_out=not self.wanted.isChecked()))

    def _on_rows(self, typed: QLineEdit) -> None:
        """Read the rows typed; the other end follows where it would lie on the wrong side."""
        top, bottom = int(self.top.text() or 0), int(self.bottom.text() or 0)
        if typed is self.top:
            bottom = max(top, bottom)
        elif not top or top > bottom:
            top = bottom
        if top and bottom:
            self._on_header(top, bottom)

    def _on_header(self, top: int, bottom: int) -> None:
        if self.columns is None:
            return
        found = self.columns.found
        if found is None or (found.mapping.top, found.mapping.bottom) != (top, bottom):
            self._read(self.columns.with_header(top, bottom))

    def _on_field(self, column: int, name: str) -> None:
        if self.columns is None or self.columns.found is None:
            return
        fields = self.columns.found.mapping.fields
        if column < len(fields) and fields[column] == name:
            return
        mappings, told = self.columns.with_field(column, name)
        self._read(mappings, told)

    def _on_anew(self) -> None:
        if self.columns is not None:
            target = self.columns.opened.target
            mappings = self.columns.by_words()
            self._told = "已按表头文字重新辨认"
            self.target_chosen.emit(replace(target, mappings=mappings, use_memory=False))

    def _read(self, mappings: tuple[SheetMapping, ...], told: str = "") -> None:
        if self.columns is not None:
            self._told = told
            self.target_chosen.emit(replace(self.columns.opened.target, mappings=mappings))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys at the foot work beside the sheet too."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.foot.forward.click()
        else:
            super().keyPressEvent(event)


_SHOW_HEADER = "请在下面点到表头那一行，按 H 或用右键选“这一行是表头”，再核对各栏"
