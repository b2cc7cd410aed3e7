"""The window in which the office makes its layouts (版式)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.base.errors import UserError
from tracker.ops.layout_choice import standing_name
from tracker.ops.layouts import STANDARD, edit_layout
from tracker.ops.templates import is_template
from tracker.ui.layouts.columns_section import ColumnsSection
from tracker.ui.layouts.desk import DraftDesk
from tracker.ui.layouts.faults import faults
from tracker.ui.layouts.font_section import FontSection
from tracker.ui.layouts.keeping import Keeping
from tracker.ui.layouts.names import LayoutNames
from tracker.ui.layouts.paper_section import PaperSection
from tracker.ui.layouts.preview_pane import PreviewPane
from tracker.ui.layouts.rows_section import RowsSection
from tracker.ui.layouts.section import Section, UndoKeys
from tracker.ui.layouts.template_keeping import TemplateKeeping
from tracker.ui.layouts.template_page import TemplatePage
from tracker.ui.layouts.words_section import WordsSection
from tracker.ui.widgets.labels import hairline, quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from tracker.domain.layout import LayoutDraft
    from tracker.ops.templates import KeptTemplate
    from tracker.ui.kit import Kit

_KEYS = "Ctrl+S 保存 · Ctrl+Z 撤销 · Insert 加一栏 · Delete 去掉 · Alt+↑↓ 换位置 · PgDn 翻页"
GAP = 12
_LIST_EMS, _SETTINGS_EMS = 13, 32


class LayoutWindow(QDialog):
    """Layouts at the left, settings in the middle, the printed page at the right.

    Flow: choose a layout, change it and see the page follow, 保存; one that comes with the program
    is kept under a name of the office's own.

    Signals:
        left: the window closes; the name of the layout in hand as it is kept.
    """

    left = Signal(str)

    def __init__(self, kit: Kit, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle("版式")
        self.kit = kit
        begun = self._standing() if is_template(name) else name or self._standing()
        self.desk = DraftDesk(self._read(begun), self)
        self.keeping = Keeping(kit, self.desk, self)
        self.names = LayoutNames(kit)
        self.columns = ColumnsSection(self.desk, kit)
        self.paper = PaperSection(self.desk)
        self.fonts = FontSection(self.desk)
        self.words = WordsSection(self.desk)
        self.rows = RowsSection(self.desk)
        self.preview = PreviewPane(self.desk, kit)
        self.template: KeptTemplate | None = None
        self.templates = TemplateKeeping(kit, self)
        self.template_page = TemplatePage(kit)
        self._undo_keys = UndoKeys(self)
        self._lay_out()
        self._connect()
        self._show_names(self.desk.draft.name)
        self._show()
        self.columns.table.go_to(0)
        if is_template(name):
            self._take(name)

    @property
    def name(self) -> str:
        """The name of the layout or template in hand."""
        return self.template.layout if self.template is not None else self.desk.draft.name

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the settings, from above."""
        return (self.columns, self.paper, self.rows, self.words, self.fonts)

    def _lay_out(self) -> None:
        """Put the parts together from the outside: the style sheet goes anew through all that
        lies in a widget with each step by which it comes into another.
        """
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        self.names.setContentsMargins(0, 0, GAP, 0)
        self.preview.setContentsMargins(GAP, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(split, 1)
        self.middle = QStackedWidget()
        for part in (self.names, self.middle, self.preview):
            split.addWidget(part)
        split.setStretchFactor(2, 1)
        self._lay_out_settings()
        self.middle.addWidget(self.template_page)
        column.addWidget(hairline())
        column.addLayout(self._foot())
        self._split = split
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._undo_keys.guard(self.findChildren(QAbstractSpinBox))
        self._undo_keys.guard(self.findChildren(QLineEdit))
        self._undo_keys.guard(self.findChildren(QPlainTextEdit))

    def _lay_out_settings(self) -> None:
        area, inside = QScrollArea(), QWidget()
        self.middle.addWidget(area)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GAP, 0, GAP, 0)
        column.setSpacing(16)
        for section in self.sections:
            if section is not self.sections[0]:
                column.addWidget(hairline())
            column.addWidget(section)
        column.addStretch(1)
        self._inside = inside
        self._area = area

    def _foot(self) -> QHBoxLayout:
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.hint = quiet(_KEYS)
        self.undo_told = QPushButton("撤销")
        self.undo_told.setProperty("link", True)
        self.undo_told.hide()
        self._step = self._removed = ""
        self.undo_told.clicked.connect(lambda: self.keeping.take_back(self._step, self._removed))
        self.back, self.again = QPushButton("撤销一步"), QPushButton("重做")
        self.save_as, self.leave = QPushButton("另存为…"), QPushButton("关闭")
        self.save = QPushButton("保存")
        self.save.setProperty("primary", True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.hint)
        row.addWidget(self.told)
        row.addWidget(self.undo_told)
        row.addStretch(1)
        for button in (self.back, self.again, self.save_as, self.leave, self.save):
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        names, keeping = self.names, self.keeping
        self.desk.changed.connect(self._show)
        names.wanted.connect(self.open_layout)
        names.new.clicked.connect(lambda: self._leave_for(keeping.new))
        names.take.clicked.connect(lambda: self._leave_for(keeping.take))
        names.rename.clicked.connect(keeping.rename)
        names.remove.clicked.connect(self._remove)
        names.give.clicked.connect(self._give)
        names.stand.clicked.connect(keeping.stand)
        names.template.clicked.connect(lambda: self._leave_for(self.templates.take))
        self.template_page.give.clicked.connect(self._give)
        self.template_page.changed.connect(self._show)
        for keeper in (keeping, self.templates):
            keeper.kept.connect(self._on_kept)
            keeper.said.connect(self._say)
        self.save.clicked.connect(self._on_save)
        self.save_as.clicked.connect(lambda: keeping.save_as())
        self.back.clicked.connect(self.desk.undo)
        self.again.clicked.connect(self.desk.redo)
        self.leave.clicked.connect(self.reject)
        for keys, act in (
            ("Ctrl+S", self.save.click),
            ("Ctrl+Shift+S", self.save_as.click),
            ("Ctrl+Z", self.desk.undo),
            ("Ctrl+Y", self.desk.redo),
            ("Ctrl+Shift+Z", self.desk.redo),
            ("PgDown", lambda: self.preview.turn(1)),
            ("PgUp", lambda: self.preview.turn(-1)),
            ("Ctrl++", lambda: self.preview.zoom_by(1)),
            ("Ctrl+=", lambda: self.preview.zoom_by(1)),
            ("Ctrl+-", lambda: self.preview.zoom_by(-1)),
        ):
            QShortcut(QKeySequence(keys), self, act)

    # What is in hand

    def open_layout(self, name: str) -> None:
        """Take another layout in hand, after asking about what is not saved."""
        self._leave_for(lambda: self._take(name))
        self.names.show_current()

    def _take(self, name: str) -> None:
        found = (each for each in self.templates.templates if each.layout == name)
        self.template = next(found, None)
        self.preview.begin()
        self._say("")
        if self.template is not None:
            self.template_page.show_template(self.template)
            self.desk.open(self._read(self._standing()))
        else:
            self.desk.open(self._read(name))
            self.columns.table.go_to(0)
        self._show_names(self.name)

    def _on_save(self) -> None:
        self.save.setFocus()  # what is being typed in a field is taken first
        if self.desk.is_dirty and self.save.isEnabled():
            self.keeping.save()
        elif self.save.isEnabled():
            self._say("没有改动，不用保存")

    def _remove(self) -> None:
        self._removed = self.name
        if self.template is not None:
            self.templates.remove(self.template)
        else:
            self.keeping.remove()

    def _give(self) -> None:
        if self.template is not None:
            self.templates.give(self.template)
        else:
            self.keeping.give()

    def _read(self, name: str) -> LayoutDraft:
        office = self.kit.hub.office
        try:
            return edit_layout(name, office)
        except UserError as error:
            self.kit.messages.problem(error)
            return edit_layout(STANDARD)

    def _standing(self) -> str:
        hub = self.kit.hub
        if hub.office is None or hub.ledger is None:
            return STANDARD
        return standing_name(hub.office, hub.ledger)

    def _show_names(self, current: str) -> None:
        templates = self.templates.templates
        self.names.show_names(self.keeping.names, templates, self._standing(), current)

    def _on_kept(self, name: str) -> None:
        if not name:
            name = self._standing()
        if name != self.name or self.template is not None:
            self._take(name)
        self._show_names(name)

    def _show(self) -> None:
        """Show what is in hand everywhere, and what is to be mended."""
        self.middle.setCurrentIndex(int(self.template is not None))
        if self.template is not None:
            self._show_template(self.template)
        else:
            self._show_draft()

    def _show_template(self, template: KeptTemplate) -> None:
        self.preview.show_template(template.layout)
        for button in (self.save, self.save_as, self.back, self.again):
            button.setEnabled(False)
            button.setToolTip("模板的样子在 Excel 里改")
        self.names.give.setEnabled(True)
        self.setWindowTitle(f"版式 — 模板：{template.name}")

    def _show_draft(self) -> None:
        draft, found = self.desk.draft, faults(self.desk.draft)
        for section in self.sections:
            section.show_draft()
            section.show_faults(found)
        self.preview.show_draft(sound=not found)
        reason = f"请先改好：{found[0].words}" if found else ""
        for button in (self.save, self.save_as, self.names.give):
            button.setEnabled(not found)
            button.setToolTip(reason)
        self.back.setEnabled(self.desk.can_undo)
        self.again.setEnabled(self.desk.can_redo)
        star = "（有改动没有保存）" if self.desk.is_dirty else ""
        self.setWindowTitle(f"版式 — {draft.label}{star}")
        if self.desk.is_dirty:
            self._say(reason)

    def _say(self, sentence: str, step: str = "") -> None:
        """Say what was done in place of the keys; empty brings these back.

        Args:
            step: the label of the step that may be taken back from here.
        """
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        self.hint.setVisible(not sentence)
        self.undo_told.setVisible(bool(step))
        self._step = step

    # Leaving

    def _leave_for(self, then: Callable[[], object]) -> None:
        """Go on to something else, after asking about what is not saved."""
        if not self.desk.is_dirty:
            then()
            return
        answers = ("不保存",) if faults(self.desk.draft) else ("不保存", "保存")
        chosen = self.kit.messages.choose(
            f"版式“{self.desk.draft.label}”改了还没有保存", "不保存的话，改动就没有了。", answers
        )
        if chosen == 0:
            then()
        elif chosen == 1:
            self.keeping.save(then)

    def reject(self) -> None:
        """Close, after asking about what is not saved."""
        self._leave_for(self._close)

    def _close(self) -> None:
        self.left.emit(self.name)
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room there is, and give the settings what they need."""
        if not event.spontaneous():
            self._size()
        super().showEvent(event)

    def _size(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        screen = self.screen().availableGeometry()
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(min(100 * em, screen.width() - 40), min(58 * em, screen.height() - 60))
        self.names.setMinimumWidth(_LIST_EMS * em)
        least = self._inside.minimumSizeHint().width() + GAP
        self._area.setMinimumWidth(least)
        settings = max(min(_SETTINGS_EMS * em, self.width() // 3), least)
        self._split.setSizes([_LIST_EMS * em, settings, self.width()])
