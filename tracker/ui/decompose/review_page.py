"""The review itself: the text on the left, the drafts on the right, and what is done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.ops.drafts import Standing
from tracker.ui.decompose.desk import Desk
from tracker.ui.decompose.filters import FilterBar
from tracker.ui.decompose.handling import Handling
from tracker.ui.decompose.keys import HINT, Command, command_of
from tracker.ui.decompose.menus import draft_menu
from tracker.ui.decompose.model import DraftModel, Sieve
from tracker.ui.decompose.none_found import NoneFound
from tracker.ui.decompose.panel import DraftPanel
from tracker.ui.decompose.places import Places
from tracker.ui.decompose.reading import NOTE_WORDS, about, notes_of, why_none, without_year
from tracker.ui.decompose.table import DraftTable
from tracker.ui.decompose.target_bar import TargetBar
from tracker.ui.decompose.text_panel import TextPanel
from tracker.ui.imports.notes_panel import NotesPanel
from tracker.ui.imports.steps import Steps
from tracker.ui.theme import SIZES
from tracker.ui.widgets.labels import hairline, quiet
from tracker.ui.widgets.menus import hang_menu

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from tracker.domain.review import ReviewDraft
    from tracker.ui.decompose.reading import Loaded, Target
    from tracker.ui.kit import Kit

_WIDE = 1280
"""Only from this width on, with the smallest text, there is room for the steps."""
TEXT_SHARE = 41
"""Of the width, in parts of a hundred."""


class ReviewPage(QWidget):
    """Shows a document under review.

    Attributes:
        loaded: what is under review; None for nothing.
        desk: its drafts as they are now.

    Signals:
        target_chosen: another ledger or date (`Target`).
        write_wanted, keep_wanted, cancelled: what the buttons at the foot say.
    """

    target_chosen = Signal(object)
    write_wanted = Signal()
    keep_wanted = Signal()
    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.loaded: Loaded | None = None
        self._from_text = False
        self._current = 0
        self.desk = Desk(kit, self)
        self.target = TargetBar(kit)
        self.notes = NotesPanel(NOTE_WORDS)
        self.text = TextPanel(kit)
        self.model = DraftModel(self.desk, self)
        self.table = DraftTable(kit, self.model)
        self.filters = FilterBar(kit, self.desk)
        self.panel = DraftPanel(kit, self.desk)
        self.none = NoneFound()
        self.handling = Handling(kit, self)
        self.keep = QPushButton("暂存")
        self.write = QPushButton()
        self.write.setProperty("primary", True)
        self._hint = quiet(HINT)
        self._steps = Steps(kit, 2)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(12)
        head.addWidget(self.target, 1)
        head.addWidget(self._steps)
        head.addWidget(self.notes.bar)
        column.addLayout(head)
        column.addWidget(self.notes)
        column.addWidget(hairline())
        self.sides = QSplitter(Qt.Orientation.Horizontal)
        self.sides.addWidget(self.text)
        self.sides.addWidget(self._right())
        self.sides.setChildrenCollapsible(False)
        column.addWidget(self.sides, 1)
        column.addWidget(hairline())
        column.addLayout(self._foot())

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(hairline())
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addWidget(self.panel)
        self.pages = QStackedWidget()
        self.pages.addWidget(right)
        self.pages.addWidget(self.none)
        return self.pages

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self._hint.setMinimumWidth(0)
        self._hint.setToolTip(HINT.replace("　", "\n"))
        row.addWidget(self._hint, 1)
        cancel = QPushButton("取消")
        cancel.clicked.connect(self.cancelled)
        row.addWidget(cancel)
        row.addWidget(self.keep)
        row.addWidget(self.write)
        return row

    def _connect(self) -> None:
        self.target.chosen.connect(self._on_target)
        self.filters.chosen.connect(self.show_sieve)
        self.filters.all.clicked.connect(self.handling.tick_all)
        hang_menu(self.table, lambda: draft_menu(self))
        self.table.moved.connect(self._on_moved)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_panel())
        self.table.edit_wanted.connect(self._edit)
        self.text.view.touched.connect(self._on_touched)
        self.text.take_wanted.connect(lambda: self.do(Command.TAKE))
        self.none.take_wanted.connect(lambda: self.do(Command.TAKE))
        self.panel.asked.connect(self.do)
        self.panel.editor.left.connect(self.close_editor)
        self.panel.strip.accepted.connect(lambda: self.do(Command.ACCEPT))
        self.panel.strip.answered.connect(self.handling.answer)
        self.panel.strip.named.connect(self.handling.name)
        self.panel.strip.kept.connect(self.handling.keep_field)
        self.keep.clicked.connect(lambda: self.do(Command.KEEP))
        self.write.clicked.connect(lambda: self.do(Command.WRITE))
        self.desk.stepped.connect(self._on_stepped)

    # What is shown

    def show_loaded(self, loaded: Loaded | None) -> None:
        """Show a document; None lets go of the last one."""
        self.loaded = loaded
        self._current = 0
        self.panel.close_editor()
        if loaded is None:
            self.desk.begin(None)
            self.text.show_document("", Places(""), frozenset(), "")
            self.show_sieve(Sieve.ALL)
            self._on_stepped()
            return
        self.target.show_loaded(loaded)
        self.notes.show_notes(notes_of(loaded.plan))
        text, plan = loaded.plan.decomposed.source.flow.text, loaded.plan
        self.text.show_document(text, loaded.places, loaded.kinds, about(plan))
        self.desk.begin(loaded.plan, loaded.review, loaded.known)
        self.none.show_reason(why_none(loaded.plan))
        again = any(fact.standing is Standing.SAME for fact in loaded.known.values())
        differs = again or loaded.plan.former is not None
        self.show_sieve(Sieve.DIFFERENT if differs else Sieve.ALL)
        self._on_stepped()

    def show_sieve(self, sieve: Sieve) -> None:
        """List what a button stands for."""
        self.close_editor()
        self.filters.choose(sieve)
        self.model.show(sieve)
        self.filters.count()
        row = self.model.row_of(self._current)
        if row is None and self.model.rowCount():
            row = 0
        if row is not None:
            self.table.go_to(row)
        self._show_panel()

    def current(self) -> ReviewDraft | None:
        """Return the draft in hand."""
        return self.model.draft(self.table.currentIndex().row())

    def go_to(self, draft_id: int) -> None:
        """Take a draft in hand; where it is not listed, list all."""
        row = self.model.row_of(draft_id)
        if row is None:
            each = self.desk.of(draft_id)
            self._current = draft_id
            self.show_sieve(Sieve.DROPPED if each is not None and each.dropped else Sieve.ALL)
        else:
            self.table.go_to(row)

    def _on_moved(self, row: int) -> None:
        each = self.model.draft(row)
        if each is not None:
            self._current = each.id
        self.text.view.show_current(each, scroll=not self._from_text)
        self._show_panel()

    def _on_touched(self, place: int) -> None:
        each = self.desk.at(place)
        if each is None:
            return
        self._from_text = True
        self.go_to(each.id)
        self._from_text = False

    def _on_stepped(self) -> None:
        """Show the review as it is now; the draft in hand stays in hand."""
        row = self.model.row_of(self._current)
        if row is None and self.model.rowCount():
            row = min(max(self.table.currentIndex().row(), 0), self.model.rowCount() - 1)
        if row is not None and row != self.table.currentIndex().row():
            self.table.go_to(row)
        self.text.view.show_drafts(self.desk.now.drafts)
        current = self.current()
        self.text.view.show_current(current, scroll=False)
        self.pages.setCurrentIndex(0 if self.desk.now.drafts else 1)
        if self.desk.plan is not None:
            self.target.show_without_year(without_year(self.desk.plan, self.desk.now))
        self._show_panel()
        self._count()

    def _show_panel(self) -> None:
        each = self.current()
        if each is not None:
            self._current = each.id
        self.panel.show_draft(each, len(self.table.rows()))

    def _count(self) -> None:
        written, waiting = self.desk.counts()
        self.write.setEnabled(bool(written))
        self.keep.setEnabled(self.loaded is not None)
        rest = f"（{waiting} 项存疑未选）" if waiting else ""
        nothing = "没有要写入的内容" if not waiting else f"{waiting} 项存疑未选"
        self.write.setText(f"写入台账 {written} 项{rest}" if written else nothing)

    # What is asked for

    def do(self, command: Command) -> None:
        """Do what a key or a button asks for."""
        if self.loaded is None or not self.isEnabled():
            return
        outward = {
            Command.WRITE: self._on_write,
            Command.KEEP: self._on_keep,
            Command.LEAVE: self._on_leave,
            Command.EDIT: self._toggle_editor,
        }
        if command in outward:
            outward[command]()
        else:
            self.handling.do(command)

    def _on_write(self) -> None:
        if self.panel.editor.take_over() and self.write.isEnabled():
            self.write_wanted.emit()

    def _on_keep(self) -> None:
        if self.panel.editor.take_over():
            self.keep_wanted.emit()

    def _on_leave(self) -> None:
        if self.panel.is_editing:
            self.close_editor()
        else:
            self.cancelled.emit()

    def _on_target(self, target: Target) -> None:
        self.panel.editor.take_over()
        self.target_chosen.emit(target)

    # Editing

    def _edit(self, column: int) -> None:
        self.panel.edit(column)

    def _toggle_editor(self) -> None:
        if self.panel.is_editing:
            self.close_editor()
        else:
            self._edit(-1)

    def close_editor(self) -> None:
        """Put the fields away and go back to the list."""
        if self.panel.is_editing:
            self.panel.close_editor()
            self.table.setFocus()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys at the foot work wherever no field needs them itself."""
        digit = event.key() - Qt.Key.Key_0
        answers = self.panel.strip.buttons
        if not event.modifiers() and 1 <= digit <= len(answers):
            answers[digit - 1].click()
            return
        command = command_of(event)
        if command is None:
            super().keyPressEvent(event)
        else:
            self.do(command)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width, unless the clerk did."""
        super().resizeEvent(event)
        wide = self.width()
        self._steps.setVisible(wide >= _WIDE * self._kit.theme.size // SIZES[0])
        if event.oldSize().width() != wide:
            left = wide * TEXT_SHARE // 100
            self.sides.setSizes([left, wide - left])
