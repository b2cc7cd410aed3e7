"""反馈回收: the board of the round in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.domain.terms import RoundState
from tracker.domain.workdays import load_calendar
from tracker.ops.board import board as read_board
from tracker.ui.board.empty import EmptyBoard
from tracker.ui.board.filters import BoardFilters
from tracker.ui.board.head import HeadBar, ReturnBar, head_label
from tracker.ui.board.menu import BoardMenu
from tracker.ui.board.model import BoardModel
from tracker.ui.board.steps import BoardSteps
from tracker.ui.board.strip import UnclaimedStrip
from tracker.ui.board.table import KEYS, BoardTable
from tracker.ui.board.words import Line, Step, lines_of, moment_words
from tracker.ui.widgets.folding import FoldingBar
from tracker.ui.widgets.keys import take_keys
from tracker.ui.widgets.labels import hairline
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import hang_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from tracker.domain.board import Board
    from tracker.domain.history import Changes
    from tracker.ui.kit import Kit


class BoardView(QWidget):
    """Where every unit stands in a round: what is back, who is missing, what waits for a look.

    Attributes:
        is_wide: units, not tasks: the panel of the task in hand gives its room to the list.
        board: what is shown; None until it is read.

    Signals:
        loaded: another state of the round is shown.
        action_wanted: an action of the window by its name (`send_forms`, `collect_returns`,
            `close_round`, `reopen_round`, `new_round`).
        files_wanted: stored files are to be read as returns once more (a list of paths).
        tasks_wanted: the tasks of a unit are to be shown in the ledger.
    """

    is_wide = True
    loaded = Signal()
    action_wanted = Signal(str)
    files_wanted = Signal(object)
    tasks_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.board: Board | None = None
        self.model = BoardModel()
        self.model.setParent(self)
        self.steps = BoardSteps(kit, self)
        self.table = BoardTable(kit, self.model)
        self.filters = BoardFilters()
        self.strip = UnclaimedStrip(kit)
        self.empty = EmptyBoard(self.table)
        self.title, self.told = head_label(), QLabel()
        self.told.setProperty("quiet", True)
        self.bar = ReturnBar(kit.theme)
        self._make_buttons()
        self._menu = BoardMenu(self)
        self._build()
        self._read = LatestRead(kit.runner, "读取回收情况", self._lookup, self._show, self)
        self._connect()
        self._read.ask()

    def _make_buttons(self) -> None:
        self.send = QPushButton("发反馈表…")
        self.type = QPushButton("登记…")
        self.type.setToolTip("纸质、电话、微信报来的，登记为已报并录入文字")
        self.remind = QPushButton("复制催报短信")
        self.collect = QPushButton("收反馈表…")
        self.collect.setProperty("primary", True)
        self.dates = QPushButton("改截止日期…")
        self.notice = QPushButton("复制通报名单")
        self.notice.setToolTip("谁未报、谁迟报，写成可以放进通报的几句话")
        self.close_round = QPushButton("定稿…")
        for button in (self.dates, self.notice, self.close_round):
            button.setProperty("quiet", True)

    def _build(self) -> None:
        told = (self.title, self.bar, self.told)
        head = HeadBar(told, (self.send, self.type, self.remind, self.collect))
        bar = FoldingBar((self.filters,), (self.dates, self.notice, self.close_round))
        bar.setContentsMargins(12, 0, 12, 8)
        self._keys = QLabel(KEYS)
        self._keys.setProperty("quiet", True)
        self._keys.setContentsMargins(12, 4, 12, 4)
        self._keys.setMinimumWidth(1)  # the hint gives way first in a narrow window
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (head, bar, self.strip):
            column.addWidget(part)
        column.addWidget(hairline())
        column.addWidget(self.table, 1)
        column.addWidget(self._keys)

    def _connect(self) -> None:
        hub = self._kit.hub
        hub.opened.connect(self._on_opened)
        hub.changed.connect(self._on_changed)
        self._kit.theme.changed.connect(self.table.fit)
        for button, name in ((self.send, "send_forms"), (self.collect, "collect_returns")):
            button.clicked.connect(lambda _=False, wanted=name: self.action_wanted.emit(wanted))
        self.close_round.clicked.connect(self._on_close_round)
        self.notice.clicked.connect(lambda: self.steps.copy_notice(self.board))
        self.dates.clicked.connect(lambda: self.steps.change_due(self.board))
        self.type.clicked.connect(lambda: self.do(Step.TYPE))
        self.remind.clicked.connect(lambda: self.steps.copy_all(self.board))
        self.filters.changed.connect(self.model.narrow)
        self.filters.changed.connect(lambda *_: self._show_empty())
        self.strip.claim_wanted.connect(self.steps.claim)
        self.strip.open_wanted.connect(self.steps.open_file)
        self.empty.action_wanted.connect(self.action_wanted)
        self.empty.clear_wanted.connect(self.filters.clear)
        self.table.step_wanted.connect(self.do)
        self.table.search_wanted.connect(self.filters.search.setFocus)
        hang_menu(self.table, self._menu.menu)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())

    # Reading

    def _on_opened(self) -> None:
        self.filters.clear()
        self.board = None
        self.model.show_lines(())
        self._read.ask()

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._read.ask()

    def _lookup(self) -> Callable[[], Board] | None:
        hub = self._kit.hub
        office, ledger, round_, today = hub.office, hub.ledger, hub.round, hub.today
        if office is None or ledger is None or round_ is None:
            self._show_nothing()
            return None
        return lambda: read_board(office, ledger, round_, today)

    def _show_nothing(self) -> None:
        self.board = None
        self.model.show_lines(())
        self.title.setText("反馈回收")
        self.told.setText("")
        self.bar.hide()
        self.strip.hide()
        self._enable()
        self._show_empty()

    def _show(self, board: Board) -> None:
        chosen = [line.unit_id for line in self.chosen()]
        self.board = board
        self.model.show_lines(lines_of(board))
        self.table.choose(chosen)
        self.filters.show_counts(self.model.lines)
        self.strip.show_board(board)
        self.bar.show()
        self.bar.show_share(board.returned, board.expected)
        number = board.round.number
        self.title.setText(f"第{number}期反馈　已回收 {board.returned} / {board.expected}")
        self.told.setText(_dates(board))
        self._enable()
        self._show_empty()
        self.loaded.emit()

    def _show_empty(self) -> None:
        hub = self._kit.hub
        self.empty.show_for(
            board=self.board,
            has_ledger=hub.ledger is not None,
            has_round=hub.round is not None,
            shown=self.model.rowCount(),
        )
        self._keys.setVisible(self.model.rowCount() > 0)

    def showEvent(self, event: QShowEvent) -> None:
        """The keys go to the list."""
        super().showEvent(event)
        take_keys(self.table)

    # Doing

    @property
    def is_closed(self) -> bool:
        """Whether the round in sight is approved; nothing more is noted in it then."""
        return self.board is not None and self.board.round.state is RoundState.CLOSED

    def chosen(self) -> tuple[Line, ...]:
        """Return the selected units from top to bottom."""
        found = (self.model.line(row) for row in self.table.rows())
        return tuple(line for line in found if line is not None)

    def do(self, step: Step) -> None:
        """Carry a step out on the selected units, after asking what it needs."""
        if self.board is not None:
            self.steps.do(step, self.board, self.chosen())

    def show_tasks(self, line: Line) -> None:
        """Show a unit's tasks in the ledger."""
        self._kit.hub.narrow(unit_id=line.unit_id)
        self.tasks_wanted.emit()

    def _on_close_round(self) -> None:
        self.action_wanted.emit("reopen_round" if self.is_closed else "close_round")

    def _enable(self) -> None:
        board, is_open = self.board, self.board is not None and not self.is_closed
        late = len(board.missing) if board else 0
        self.remind.setText(f"复制催报短信（{late}家）" if late else "复制催报短信")
        self.remind.setEnabled(is_open and late > 0)
        self.send.setEnabled(is_open)
        self.collect.setEnabled(is_open)
        self.type.setEnabled(is_open and len(self.chosen()) == 1)
        self.dates.setVisible(is_open)
        for button in (self.notice, self.close_round):
            button.setVisible(board is not None)
        self._lead_on(to_send=board is not None and not board.by_form)
        number = board.round.number if board else 0
        words = f"重新打开第{number}期…" if self.is_closed else f"定稿第{number}期…"
        self.close_round.setText(words)

    def _lead_on(self, *, to_send: bool) -> None:
        """Make the next step the one blue button: sending before anything was sent."""
        for button, leads in ((self.send, to_send), (self.collect, not to_send)):
            if button.property("primary") is not leads:
                button.setProperty("primary", leads)
                button.style().unpolish(button)
                button.style().polish(button)


def _dates(board: Board) -> str:
    """Return until when returns are due, how long that has been, and whether forms went out."""
    if board.round.state is RoundState.CLOSED:
        return "已定稿；要改先重新打开"
    sent = "" if board.by_form else " · 还没有发反馈表"
    due, today = board.round.feedback_due, board.today
    if due is None:
        return f"没有写截止日期{sent}"
    words = f"截止 {moment_words(due, today)}"
    if today == due:
        words += "（今天）"
    elif today > due:
        calendar = load_calendar()
        days = calendar.workdays_between(due, today)
        words += f" · 已过{days}个工作日" if days > 0 else " · 已过"
        if not all(calendar.is_known(year) for year in range(due.year, today.year + 1)):
            words += "（只按周末推算）"
    return f"{words}{sent}"
