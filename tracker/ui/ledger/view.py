"""The ledger view (台账): the filter bar, the list of tasks, editing in place."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tracker.base.errors import UserError
from tracker.domain.terms import Completion
from tracker.ops.browse import counts, find_tasks
from tracker.ops.grouping import group_tasks
from tracker.ops.tasks import find_task
from tracker.ui.ledger.delegate import TaskDelegate
from tracker.ui.ledger.empty import EmptyHint
from tracker.ui.ledger.filter_bar import FilterBar
from tracker.ui.ledger.model import TaskModel
from tracker.ui.ledger.table import TaskTable
from tracker.ui.ledger.words import Column
from tracker.ui.widgets.keys import take_keys
from tracker.ui.widgets.lamp import rules_shown
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.side_rows import NOT_NARROWED, is_narrowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent

    from tracker.domain.browse import SideCounts, TaskLine
    from tracker.domain.grouping import TaskGroup
    from tracker.domain.history import Changes
    from tracker.ui.kit import Kit
    from tracker.ui.ledger.editors import CellEditor
    from tracker.ui.ledger.pasting import Paster
    from tracker.ui.ledger.rows_menu import RowsMenu
    from tracker.ui.ledger.writing import Writer

_KEYS = "↑↓ 选择　Enter 填写　F3 下一条　双击修改　Ctrl+C 复制　Ctrl+V 粘贴"
EDITABLE = (Column.ENTRY, Column.STATE, Column.DEADLINE)


class LedgerView(QWidget):
    """The list of the ledger's tasks. What acts on them is made when it is first wanted.

    Attributes:
        bar: the filter above the list.
        table: the list itself.
        model: what it shows.

    Signals:
        loaded: the list shows what the filter asks for.
        action_wanted: an action of the window by its name.
    """

    loaded = Signal()
    action_wanted = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.model = TaskModel(kit, self)
        self.bar = FilterBar(kit)
        self.table = TaskTable(kit)
        self._delegate = TaskDelegate(kit, self.model, self)
        self.table.show_with(self.model, self._delegate)
        self._empty = EmptyHint(self.table)
        self._empty.clear_wanted.connect(lambda: kit.hub.narrow(**NOT_NARROWED))
        self._empty.action_wanted.connect(self.action_wanted)
        self._lay_out()
        self._find = LatestRead(kit.runner, "查找任务", self._finding, self._on_found, self)
        self._count = LatestRead(kit.runner, "统计任务", self._counting, self._on_counted, self)
        self._is_count_due = False
        self._connect()
        self._on_opened()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QFrame()
        line.setProperty("line", True)
        keys = QLabel(_KEYS)
        keys.setProperty("quiet", True)
        keys.setContentsMargins(12, 4, 12, 4)
        column.addWidget(self.bar)
        column.addWidget(line)
        column.addWidget(self.table, 1)
        column.addWidget(keys)

    def _connect(self) -> None:
        hub = self._kit.hub
        hub.opened.connect(self._on_opened)
        hub.changed.connect(self._on_changed)
        hub.filtered.connect(self._on_filtered)
        hub.selected.connect(self._on_selected)
        hub.refolded.connect(self._on_refolded)
        self._kit.theme.changed.connect(self._on_theme)
        self.table.picked.connect(self._on_picked)
        self.table.edit_wanted.connect(self.edit)
        self.table.copy_wanted.connect(lambda: self._menu.copy())
        self.table.paste_wanted.connect(lambda: self._paster.paste())
        self.table.fold_wanted.connect(self.fold)
        self.table.clicked.connect(self._on_clicked)
        self.table.customContextMenuRequested.connect(lambda at: self._menu.open(at))
        following = QShortcut(QKeySequence(Qt.Key.Key_F3), self)
        following.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        following.activated.connect(self.next_task)

    @cached_property
    def writer(self) -> Writer:
        """What saves cells and fields of several tasks."""
        from tracker.ui.ledger.writing import Writer

        return Writer(self._kit, self.model, self)

    @cached_property
    def _menu(self) -> RowsMenu:
        from tracker.ui.ledger.rows_menu import RowsMenu

        return RowsMenu(self._kit, self)

    @cached_property
    def _paster(self) -> Paster:
        from tracker.ui.ledger.pasting import Paster

        return Paster(self._kit, self)

    # Reading

    def _finding(self) -> Callable[[], tuple[TaskGroup, ...]] | None:
        hub = self._kit.hub
        if hub.office is None:
            return None
        office, wanted, today = hub.office, hub.filter, hub.today
        round_id = hub.round.id if hub.round else None

        def find() -> tuple[TaskGroup, ...]:
            ids = find_tasks(office, wanted, round_id, today)
            return group_tasks(office, ids, wanted.group, round_id, today)

        return find

    def _counting(self) -> Callable[[], SideCounts] | None:
        hub = self._kit.hub
        if hub.office is None:
            return None
        office, today = hub.office, hub.today
        ledger_id = hub.ledger.id if hub.ledger else None
        round_id = hub.round.id if hub.round else None
        return lambda: counts(office, ledger_id, round_id, today)

    def _on_found(self, groups: tuple[TaskGroup, ...]) -> None:
        """Show the tasks found, with selection and place as they were."""
        chosen = set(self.chosen_ids())
        top = self._top_task()
        if self._kit.hub.filter.group and groups:
            self.model.show_groups(groups)
        else:
            self.model.set_ids(groups[0].ids if groups else ())
        self._size_headings()
        self._keep_place(top)
        self._keep_chosen(chosen)
        self._place_editor()
        self.bar.show_result(len(self.model.tasks))
        self._show_empty()
        if self._is_count_due:
            self._is_count_due = False
            self._count.ask()
        self.loaded.emit()

    def _on_counted(self, found: SideCounts) -> None:
        rules = rules_shown(found.lights)
        self._delegate.set_rules(rules)
        self.bar.show_counts(found, rules)
        self.table.measure(self._delegate)
        self._empty.total = found.total
        self._show_empty()

    def _size_headings(self) -> None:
        """Headings are lower than tasks."""
        rows = self.table.verticalHeader()
        for row, id_ in enumerate(self.model.ids):
            if id_ < 0:
                rows.resizeSection(row, self._delegate.group_height)

    def fold(self, row: int) -> None:
        """Fold a group, or open it again."""
        self.finish_editing()
        self.model.fold(row)
        self.table.setCurrentIndex(self.model.index(row, Column.NUMBER))

    def _on_refolded(self) -> None:
        """The model has folded its rows by now; what is typed in one that went is saved."""
        self._place_editor()
        self._size_headings()

    def _top_task(self) -> tuple[int, int] | None:
        """Return the task at the top of the viewport and how far it is scrolled out."""
        row = self.table.rowAt(0)
        if row < 0 or not self.table.verticalScrollBar().value():
            return None
        return self.model.ids[row], self.table.rowViewportPosition(row)

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.table.heading_at(index.row()) is not None:
            self.fold(index.row())

    def _keep_place(self, top: tuple[int, int] | None) -> None:
        row = self.model.row_of(top[0]) if top else None
        if top is not None and row is not None:
            place = self.table.verticalHeader().sectionPosition(row)
            self.table.verticalScrollBar().setValue(place - top[1])

    def _keep_chosen(self, chosen: set[int]) -> None:
        rows = [row for id_ in chosen if (row := self.model.row_of(id_)) is not None]
        if len(rows) > 1:
            self.table.choose_rows(rows)
            return
        row = self._row_of(self._kit.hub.code)
        if row is not None:
            if self.table.currentIndex().row() != row or not rows:
                self.table.take_row(row, scroll=not chosen)
        elif not self._kit.hub.code and self.model.ids:
            self.table.take_row(self._following(-1))

    def _following(self, row: int) -> int:
        """Return the next row that holds a task; behind the last one how many rows there are."""
        ids = self.model.ids
        return next((n for n in range(row + 1, len(ids)) if ids[n] >= 0), len(ids))

    def _row_of(self, code: str) -> int | None:
        hub = self._kit.hub
        if not code or hub.office is None:
            return None
        if self.model.knows(code):
            return self.model.row_of_code(code)
        try:
            return self.model.row_of(find_task(hub.office, code).id)
        except UserError:
            return None  # taken back by an undo: then nothing is selected

    def _show_empty(self) -> None:
        hub = self._kit.hub
        self._empty.show_for(
            shown=len(self.model.tasks),
            narrowed=is_narrowed(hub.filter),
            ledger=hub.ledger is not None,
            loading=self._find.is_running,
        )

    # What others did

    def _on_opened(self) -> None:
        self.finish_editing()
        self.model.clear()
        self.table.show_sort()
        if self.isVisible():
            self.table.setFocus()  # what had the keys may be hidden now, a button of the panel
        self._find.ask()
        self._is_count_due = True  # after the rows: both at once would hold each other up

    def _on_filtered(self) -> None:
        self.finish_editing()
        self.table.show_sort()
        self._find.ask()

    def _on_changed(self, _changes: Changes, initiator: object) -> None:
        self._count.ask()
        self.model.refresh()
        if initiator is not self:  # what was edited here stays in sight, even if filtered out now
            self._find.ask()

    def _on_selected(self, code: str) -> None:
        row = self._row_of(code)
        if row is None:
            self.table.leave_row()
        elif self.table.currentIndex().row() != row:
            self.table.take_row(row)
        self.table.viewport().update()

    def _on_theme(self) -> None:
        self._delegate.set_font(self.font())
        self.table.measure(self._delegate)
        self._size_headings()
        self.table.viewport().update()

    # What the user does

    def _on_picked(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self._kit.hub.select(line.code)

    def next_task(self) -> None:
        """Take the next task in hand; while an entry is being typed, save it and go on typing."""
        editor = self.table.editor
        column = editor.column if editor is not None else None
        self.finish_editing()
        row = self._following(self.table.currentIndex().row())
        if row >= len(self.model.ids):
            self._kit.messages.tell("已是最后一条")
            return
        self.table.take_row(row)
        if column is not None:
            self.edit(self.model.index(row, column))

    def edit(self, index: QModelIndex) -> None:
        """Open the editor of a cell; of a cell that is not edited here, that of the entry."""
        self.finish_editing()
        line = self.model.line(index.row())
        if line is None:
            return
        column = index.column() if index.column() in EDITABLE else Column.ENTRY
        problem = _why_not(line, column)
        if problem:
            self._kit.messages.tell(problem)
            return
        editor = self._editor(line, column)
        kept = self.writer.kept.get((line.code, column))
        if kept is not None:
            editor.set_text(kept)
        task = (line.id, line.code)
        editor.saved.connect(lambda words: self.writer.save_cell(task, column, words))
        self.table.open_editor(editor, self.model.index(index.row(), column))

    def replace_words(self) -> None:
        """Open the search for words in this round's texts."""
        from tracker.ui.cells.dialogs import ReplaceDialog

        self.finish_editing()
        ReplaceDialog(self._kit, self.model.tasks, self.chosen_ids(), self.window()).show()

    def _editor(self, line: TaskLine, column: int) -> CellEditor:
        from tracker.ui.ledger.editors import DeadlineEditor, ProgressEditor, StateEditor

        task, parent = (line.id, line.code), self.table.viewport()
        if column == Column.DEADLINE:
            words = line.deadline.text if line.deadline else ""
            return DeadlineEditor(task, column, words, self._kit.hub.today, parent)
        if column == Column.STATE:
            seen = self.model.states_seen()
            return StateEditor(task, column, line.entry_state, seen, parent)
        return ProgressEditor(task, column, line.entry_text, parent)

    def _place_editor(self) -> None:
        editor = self.table.editor
        if editor is None:
            return
        row = self.model.row_of(editor.task_id)
        if row is None:
            self.finish_editing()
        else:
            self.table.place_editor(self.model.index(row, editor.column))

    def finish_editing(self) -> None:
        """Save what is being typed, as leaving the editor does."""
        if self.table.editor is not None:
            self.table.editor.finish()

    def chosen_ids(self) -> tuple[int, ...]:
        """Return the tasks of the selected rows, from top to bottom."""
        return tuple(self.model.ids[row] for row in self.table.chosen_rows())

    def chosen_codes(self) -> tuple[str, ...]:
        """Return the codes of the selected rows, top to bottom; none of too many to read here."""
        from tracker.ui.ledger.rows_menu import AT_ONCE

        rows = self.table.chosen_rows()
        return tuple(line.code for line in self.model.lines(rows)) if len(rows) <= AT_ONCE else ()

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        """The keys go to the list."""
        super().showEvent(event)
        take_keys(self.table)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another view is shown: what was typed is saved."""
        self.finish_editing()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes away: what was typed is saved."""
        self.finish_editing()
        super().closeEvent(event)


def _why_not(line: TaskLine, column: int) -> str:
    """Return why a cell cannot be edited; empty where it can."""
    if line.withdrawn:
        return "已撤回或并入的任务不能修改"
    if column != Column.ENTRY and line.completion is Completion.CLOSED:
        return "已销号的任务请先“恢复办理”，再改状态和时限"
    return ""
