"""What the clerk does about units: each step asks what it needs and hands the rest to an op."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from tracker.domain.collection import WITH_WORDS
from tracker.ops.chasing import note_reminders, save_returned_file
from tracker.ops.reminders import notice_list, reminders, stage_of, wordings
from tracker.ops.returns import move_due, unmark_exempt, unmark_reported
from tracker.ui.board.menu import CHASED, can_do
from tracker.ui.board.words import CHASE, Line, Step
from tracker.ui.widgets.stored_files import NO_PROGRAM, TemporaryCopies

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.domain.board import Board, BoardRow
    from tracker.domain.returned import ReturnedFileRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.board.view import BoardView
    from tracker.ui.kit import Kit


_TAKEN_BACK: dict[Step, tuple[str, Callable[..., Outcome[Any]]]] = {
    Step.LIFT: ("取消免报", unmark_exempt),
    Step.UNTYPE: ("取消登记", unmark_reported),
    Step.UNDUE: ("取消延期", partial(move_due, due=None)),
}


class BoardSteps(QObject):
    """One method for each `Step`.

    Attributes:
        copies: where stored files are opened.
    """

    def __init__(self, kit: Kit, view: BoardView) -> None:
        super().__init__(view)
        self._kit = kit
        self._view = view
        self.copies = TemporaryCopies()

    def do(self, step: Step, board: Board, lines: tuple[Line, ...]) -> None:
        """Carry a step out on the selected units; what cannot be done is left alone."""
        if step is Step.NEXT:
            action = lines[0].action if len(lines) == 1 else None
            if action is None:
                return
            step = action.step
        if not can_do(step, lines, is_closed=self._view.is_closed):
            return
        line = lines[0]
        if step is Step.COPY:
            self.copy(board, tuple(one.row for one in lines if one.row.state in CHASED))
        elif step is Step.TASKS:
            self._view.show_tasks(line)
        elif step in _TAKEN_BACK:
            self._take_back(step, line.row)
        elif step is Step.OPEN:
            self._open_latest(board, line.row)
        else:
            self._open_dialog(step, board, line.row)

    # Dialogs

    def _open_dialog(self, step: Step, board: Board, row: BoardRow) -> None:
        kit, window = self._kit, self._view.window()
        if step is Step.REMIND:
            from tracker.ui.dialogs.reminder import ReminderDialog

            ReminderDialog(kit, board, row, window).open()
        elif step is Step.CALL:
            from tracker.ui.dialogs.call import CallDialog

            CallDialog(kit, row.unit, row.contact, parent=window).open()
        elif step is Step.DUE:
            from tracker.ui.dialogs.move_due import MoveDueDialog

            MoveDueDialog(kit, row.unit, row.due, window).open()
        elif step is Step.EXEMPT:
            from tracker.ui.dialogs.exempt import ExemptDialog

            ExemptDialog(kit, row.unit, window).open()
        elif step is Step.TYPE:
            from tracker.ui.dialogs.report_by_hand import open_report_by_hand

            open_report_by_hand(kit, row, lambda: self._open_latest(board, row), window)
        elif step is Step.LOOK:
            self._look(board, row)

    def _look(self, board: Board, row: BoardRow) -> None:
        from tracker.ui.board.look import open_look

        open_look(self._kit, board, row, self.open_file, self.read_again, self._view.window())

    def claim(self, file: ReturnedFileRow) -> None:
        """Ask whose a file is."""
        from tracker.ui.board.claim import ClaimDialog

        board = self._view.board
        if board is not None:
            dialog = ClaimDialog(self._kit, board, file, self._view.window())
            dialog.claimed.connect(self._on_claimed)
            dialog.open()

    def _on_claimed(self, file: ReturnedFileRow) -> None:
        """Read a file as its unit's right away; what is unreadable is typed off instead."""
        if file.kind in WITH_WORDS:
            self.read_again(file)

    # Chasing

    def copy_all(self, board: Board | None) -> None:
        """Copy the reminders to all that are missing."""
        if board is not None:
            self.copy(board, board.missing)

    def copy_notice(self, board: Board | None) -> None:
        """Copy who did not report, or late, as the circular says it."""
        if board is not None and self._may_chase(board):
            QGuiApplication.clipboard().setText(notice_list(replace(board, at=self._kit.hub.now)))
            self._kit.messages.tell("已复制通报名单，可以粘贴到通报里")

    def change_due(self, board: Board | None) -> None:
        """Ask until when all units are to report."""
        if board is not None:
            from tracker.ui.dialogs.round_due import RoundDueDialog

            RoundDueDialog(self._kit, board.round, self._view.window()).open()

    def copy(self, board: Board, rows: tuple[BoardRow, ...]) -> None:
        """Copy the reminders to these units, and offer to note them as calls."""
        if not rows or not self._may_chase(board):
            return
        QGuiApplication.clipboard().setText(reminders(board, rows))
        whose = rows[0].unit if len(rows) == 1 else f"{len(rows)}家"
        self._kit.messages.tell(
            f"已复制{whose}的催报短信", "记一次催办", lambda: self._log(board, rows)
        )

    def _may_chase(self, board: Board) -> bool:
        """Ask while a file without a unit may be the very one that is missed."""
        if not board.unclaimed:
            return True
        why = "其中可能就有要催的单位报来的；催错了收不回来。"
        return self._kit.messages.confirm(board.claim_first, why, "仍然复制")

    def _log(self, board: Board, rows: tuple[BoardRow, ...]) -> None:
        office, who, now = self._kit.hub.office, self._kit.hub.who, self._kit.hub.now
        if office is None:
            return
        named = {wording.stage: wording.name for wording in wordings()}
        said = {row.unit: f"发短信：{named.get(stage_of(row), CHASE)}" for row in rows}
        self._kit.runner.write(
            "记催办",
            lambda _p: note_reminders(office, board.round, said, who=who, now=now),
            self._tell,
        )

    def _take_back(self, step: Step, row: BoardRow) -> None:
        hub = self._kit.hub
        office, ledger, round_, who, now = hub.office, hub.ledger, hub.round, hub.who, hub.now
        if office is None or ledger is None or round_ is None:
            return
        title, op = _TAKEN_BACK[step]
        self._kit.runner.write(
            title, lambda _p: op(office, ledger, round_, row.unit, who=who, now=now), self._tell
        )

    def _tell(self, outcome: Outcome[Any]) -> None:
        self._kit.messages.tell(outcome.sentence)

    # Files

    def _open_latest(self, board: Board, row: BoardRow) -> None:
        held = [file for file in board.files if file.id in row.files]
        if held:
            self.open_file(held[-1])

    def open_file(self, file: ReturnedFileRow) -> None:
        """Open a returned file as a copy; the one that is kept stays as it came in."""

        def opened(path: Path) -> None:
            if not self.copies.open(path):
                self._kit.messages.tell(NO_PROGRAM)

        self._copy(f"打开“{file.name}”", file, opened)

    def read_again(self, file: ReturnedFileRow) -> None:
        """Have a stored file read once more; it is known by its content."""
        self._copy(f"读取“{file.name}”", file, lambda path: self._view.files_wanted.emit([path]))

    def _copy(self, title: str, file: ReturnedFileRow, then: Callable[[Path], None]) -> None:
        office = self._kit.hub.office
        if office is None:
            return

        def write(path: Path) -> None:
            save_returned_file(office, file, path)

        self._kit.runner.read(title, lambda _p: self.copies.place(file.name, write), then)
