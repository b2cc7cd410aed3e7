"""The context menu: one field of several tasks at once, and copying rows for Excel and WPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from tracker.domain.terms import COMPLETION_WORDS, Completion
from tracker.ops.browse import task_lines
from tracker.ops.tasks import TaskWords
from tracker.ui.ledger.clipboard import copied_rows, quoted, whole_text
from tracker.ui.ledger.editors import reading_of
from tracker.ui.ledger.words import HEADINGS, Column
from tracker.ui.widgets.menus import add, menu_point, popup

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from tracker.ui.kit import Kit
    from tracker.ui.ledger.clipboard import CopiedRows
    from tracker.ui.ledger.view import LedgerView

AT_ONCE = 300
"""Up to so many rows are copied at once; more are read in a worker first."""


class RowsMenu:
    """What can be done with the selected rows."""

    def __init__(self, kit: Kit, view: LedgerView) -> None:
        self._kit = kit
        self._view = view

    def open(self, at: QPoint) -> None:
        """Open the menu at a point of the list."""
        table = self._view.table
        if table.chosen_rows():
            popup(self.menu(), menu_point(table, at))

    def menu(self) -> QMenu:
        """Return the menu for the rows selected now; it says how many they are."""
        count = len(self._view.table.chosen_rows())
        menu = QMenu(self._view)
        if count == 1:
            self._add_own(menu)
        states = menu.addMenu(f"设状态（{count} 项）")
        for state, word in COMPLETION_WORDS.items():
            if state is not Completion.CLOSED:
                action = states.addAction(word)
                action.triggered.connect(lambda _=False, chosen=state: self.set_state(chosen))
        menu.addAction(f"设责任人（{count} 项）…").triggered.connect(self.set_persons)
        menu.addAction(f"设时限（{count} 项）…").triggered.connect(self.set_deadline)
        if count > 1:
            menu.addAction(f"合并（{count} 项）…").triggered.connect(self.merge)
        menu.addAction(f"开督办单（{count} 项）…").triggered.connect(self.new_slip)
        menu.addSeparator()
        copy = menu.addAction(f"复制（{count} 项）")
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.triggered.connect(self.copy)
        menu.addAction("连同表头复制").triggered.connect(lambda: self.copy(with_headings=True))
        column = self._column
        menu.addAction(f"只复制“{HEADINGS[column]}”").triggered.connect(
            lambda: self.copy_column(column)
        )
        return menu

    def _add_own(self, menu: QMenu) -> None:
        """Add what only one task can be given."""
        from tracker.ui import dialogs

        kit, window = self._kit, self._view.window()
        (code,) = self._view.chosen_codes()
        (line,) = self._view.model.lines(self._view.table.chosen_rows())
        is_open = line.completion is not Completion.CLOSED
        kit.hub.select(code)  # the forms are over the task in hand
        add(menu, "修改任务…", lambda: dialogs.open_edit_task(kit, window), key="F2")
        add(menu, "分解到月…", self.plan_milestones, key="Ctrl+M")
        if is_open:
            add(menu, "销号…", lambda: dialogs.open_close_task(kit, window), key="Ctrl+D")
            if line.deadline is not None:
                add(menu, "延期…", lambda: dialogs.open_extend_task(kit, window))
        else:
            add(menu, "恢复办理…", lambda: dialogs.open_reopen_task(kit, window))
        if not line.withdrawn:
            add(menu, "拆分…", lambda: dialogs.open_split_task(kit, window), enabled=is_open)
            add(menu, "撤回…", lambda: dialogs.open_withdraw_task(kit, window))
        menu.addSeparator()

    def set_state(self, state: Completion) -> None:
        """Give the selected tasks a state."""
        self._save(TaskWords(completion=state))

    def set_persons(self) -> None:
        """Ask for responsible persons and give them to the selected tasks."""
        names = self._kit.messages.ask_text("设责任人", "责任人（几位用顿号分开，留空为清除）：")
        if names is not None:
            self._save(TaskWords(persons=names))

    def set_deadline(self) -> None:
        """Ask for a deadline and give it to the selected tasks."""
        words = self._kit.messages.ask_text(
            "设时限", "时限（如 2026-09-30、9月底前、5个工作日，留空为清除）："
        )
        if words is not None:
            self._save(TaskWords(deadline=words))
            self._kit.messages.tell(f"时限{reading_of(words, self._kit.hub.today)}")

    def plan_milestones(self) -> None:
        """Open the form that breaks the selected task down by month."""
        from tracker.ui.dialogs import open_milestones

        open_milestones(self._kit, self._view.window(), self._view.chosen_codes()[0])

    def merge(self) -> None:
        """Open the form that merges the selected tasks."""
        from tracker.ui.dialogs import open_merge_tasks

        open_merge_tasks(self._kit, self._view.window(), self._view.chosen_codes())

    def new_slip(self) -> None:
        """Open the form for a slip about the selected tasks."""
        from tracker.ui.slips.new_slip import open_new_slip

        open_new_slip(self._kit, self._view.window(), self._view.chosen_codes())

    def _save(self, words: TaskWords) -> None:
        self._view.writer.save_many(self._view.chosen_ids(), words)

    def copy(self, *, with_headings: bool = False) -> None:
        """Put the selected rows on the clipboard."""
        rows = self._view.table.chosen_rows()
        if len(rows) <= AT_ONCE:
            lines, today = self._view.model.lines(rows), self._kit.hub.today
            self._put(copied_rows(lines, today, with_headings=with_headings))
            return
        hub = self._kit.hub
        office, today = hub.office, hub.today
        if office is None:
            return
        ids = self._view.chosen_ids()
        round_id = hub.round.id if hub.round else None
        self._kit.runner.read(
            "正在复制",
            lambda _progress: copied_rows(
                task_lines(office, ids, round_id, today), today, with_headings=with_headings
            ),
            self._put,
        )

    @property
    def _column(self) -> int:
        """The column of the chosen cell; where none was chosen, that of the entry."""
        current = self._view.table.currentIndex()
        return current.column() if current.isValid() else Column.ENTRY

    def copy_column(self, column: int) -> None:
        """Put one column of the selected rows on the clipboard, a line for each row."""
        today = self._kit.hub.today
        lines = self._view.model.lines(self._view.table.chosen_rows())
        cells = [whole_text(line, column, today) for line in lines]
        QGuiApplication.clipboard().setText("\r\n".join(map(quoted, cells)))
        self._kit.messages.tell(f"已复制 {len(cells):,} 格")

    def _put(self, rows: CopiedRows) -> None:
        if rows.count:
            QGuiApplication.clipboard().setMimeData(rows.mime())
            self._kit.messages.tell(f"已复制 {rows.count:,} 项，可粘贴到 Excel 或 WPS")
