"""A unit's return looked at: what was found, with both texts; words without a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.terms import RoundState
from tracker.ops.board import board as read_board
from tracker.ops.returns import check_file, settle_unplaced, take_unplaced
from tracker.ops.tasks import list_tasks
from tracker.text.difference import difference
from tracker.ui.board.look_parts import LookParts, files_of
from tracker.ui.widgets.labels import hairline
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.domain.board import Board, BoardRow
    from tracker.domain.history import Changes
    from tracker.domain.returned import ReturnedFileRow
    from tracker.domain.task import TaskRow
    from tracker.ops.outcome import Outcome
    from tracker.text.difference import Stretch
    from tracker.ui.kit import Kit

    _Found = tuple[Board, tuple[TaskRow, ...], dict[tuple[str, str], tuple[Stretch, ...]]]

WIDTH, HEIGHT = 56, 42
"""How large the window is, in signs of the text."""
ALL = 100_000
_TURN_MS = 10
"""So long the page is filled before the window gets its turn."""


class LookDialog(QDialog):
    """Everything that was found about the files of one unit, and what can be done about it.

    Signals:
        open_wanted: a file is to be opened (`ReturnedFileRow`).
        read_wanted: a file that was claimed since is to be read as its unit's.
    """

    open_wanted = Signal(object)
    read_wanted = Signal(object)

    def __init__(self, kit: Kit, board: Board, row: BoardRow, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._board, self._row = board, row
        self._building: Iterator[None] = iter(())
        self._place = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(f"核对来件 — {row.unit}")
        size = kit.theme.size
        room = self.screen().availableGeometry()
        self.resize(min(WIDTH * size, room.width() - 40), min(HEIGHT * size, room.height() - 60))
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._content)
        self._area.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)  # the area has just switched it on
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        outer.addWidget(hairline())
        outer.addLayout(self._foot())
        self.parts = LookParts(kit.theme, column, self)
        self._read = LatestRead(kit.runner, "读取来件", self._lookup, self._show, self)
        self._connect()
        self._read.ask()

    def _foot(self) -> QHBoxLayout:
        hint = QLabel("处理过的都留痕，可以撤销 · Esc 关闭")
        hint.setProperty("quiet", True)
        self.checked = QPushButton("都看过了")
        self.checked.setProperty("primary", True)
        self.checked.setToolTip("这家来件的发现都看过了；未归文字仍要逐段处理")
        self.checked.clicked.connect(self._check)
        leave = QPushButton("关闭")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(8)
        row.addWidget(hint, 1)
        row.addWidget(leave)
        row.addWidget(self.checked)
        return row

    def _connect(self) -> None:
        self._kit.hub.changed.connect(self._on_changed)
        self.parts.more_wanted.connect(self._on_more_wanted)
        self.parts.open_wanted.connect(self.open_wanted)
        self.parts.read_wanted.connect(self._on_read_wanted)
        self.parts.take_wanted.connect(
            lambda file_id, place, code: self._write(
                "归入任务", take_unplaced, file_id, place, code
            )
        )
        self.parts.settle_wanted.connect(
            lambda file_id, place, words: self._write(
                "处理未归文字", settle_unplaced, file_id, place, words
            )
        )

    def _on_more_wanted(self) -> None:
        self.parts.limit = ALL
        self._read.ask()

    def _on_read_wanted(self, file: ReturnedFileRow) -> None:
        self.read_wanted.emit(file)
        self.reject()

    # Reading

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._read.ask()

    def _lookup(self) -> Callable[[], _Found] | None:
        hub = self._kit.hub
        office, ledger, round_, today = hub.office, hub.ledger, self._board.round, hub.today
        if office is None or ledger is None:
            return None
        unit_id = self._row.unit_id

        def read() -> _Found:
            board = read_board(office, ledger, round_, today)
            remarks = (r for f in board.files if f.unit_id == unit_id for r in f.remarks)
            changes = {(r.old, r.new): difference(r.old, r.new) for r in remarks if r.old or r.new}
            return board, list_tasks(office, ledger), changes

        return read

    def _show(self, found: _Found) -> None:
        self._board, tasks, changes = found
        row = next((r for r in self._board.rows if r.unit_id == self._row.unit_id), None)
        self._row = row or self._row
        is_closed = self._board.round.state is RoundState.CLOSED
        self.checked.setEnabled(bool(self._unseen()) and not is_closed)
        self._place = self._area.verticalScrollBar().value()
        self._building = self.parts.build(self._board, self._row, tasks, changes)
        self._go_on()

    def _go_on(self) -> None:
        """Fill the page for a moment, then let the window live before the rest."""
        spent = QElapsedTimer()
        spent.start()
        for _ in self._building:
            if spent.elapsed() > _TURN_MS:
                QTimer.singleShot(0, self, self._go_on)
                return
        # Not before the new parts have their places.
        QTimer.singleShot(0, self, lambda: self._area.verticalScrollBar().setValue(self._place))

    def _unseen(self) -> list[ReturnedFileRow]:
        files = files_of(self._board, self._row)
        return [f for f in files if any(not remark.settled for remark in f.remarks)]

    # Writing

    def _check(self) -> None:
        for file in self._unseen():
            self._write("核对来件", check_file, file.id)

    def _write(self, title: str, op: Callable[..., Outcome[Any]], *arguments: object) -> None:
        hub = self._kit.hub
        office, who, now = hub.office, hub.who, hub.now
        if office is None:
            return
        self._kit.runner.write(
            title,
            lambda _p: op(office, *arguments, who=who, now=now),
            lambda outcome: self._kit.messages.tell(outcome.sentence),
        )


def open_look(
    kit: Kit,
    board: Board,
    row: BoardRow,
    open_file: Callable[[ReturnedFileRow], None],
    read_file: Callable[[ReturnedFileRow], None],
    parent: QWidget | None = None,
) -> LookDialog:
    """Open the window over a unit's returns and return it."""
    dialog = LookDialog(kit, board, row, parent)
    dialog.open_wanted.connect(open_file)
    dialog.read_wanted.connect(read_file)
    dialog.open()
    return dialog
