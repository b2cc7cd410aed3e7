"""A unit's return looked at: what was found, with both texts; words without a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.collection import WITH_WORDS
from tracker.domain.returned import FINDING_WORDS, STANDING_WORDS, FindingKind, Standing
from tracker.domain.terms import RoundState
from tracker.ops.board import board as read_board
from tracker.ops.returns import check_file, settle_unplaced, take_unplaced
from tracker.ops.tasks import list_tasks
from tracker.text.difference import difference
from tracker.ui.board.strip import TagLabel
from tracker.ui.board.words import Tag, moment_words
from tracker.ui.detail.parts import clear, link_button, row_of, words_label
from tracker.ui.widgets.difference import DifferenceLabel
from tracker.ui.widgets.labels import hairline
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.domain.board import Board, BoardRow
    from tracker.domain.history import Changes
    from tracker.domain.returned import Remark, ReturnedFileRow, Unplaced
    from tracker.domain.task import TaskRow
    from tracker.ops.outcome import Outcome
    from tracker.text.difference import Stretch
    from tracker.ui.kit import Kit

    Changed = dict[tuple[str, str], tuple[Stretch, ...]]
    _Found = tuple[Board, tuple[TaskRow, ...], Changed]

WIDTH, HEIGHT = 56, 42
"""How large the window is, in signs of the text."""
NO_USE = "与任务无关"
CHOOSE = "归到哪项任务…"
_LONGEST, _SHOWN = 30, 18
_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


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
        self._offered: list[TaskRow] = []
        self._changes: Changed = {}
        self._titles = QStringListModel(self)  # one for all choosers: there may be many of both
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(f"核对来件 — {row.unit}")
        size = kit.theme.size
        room = self.screen().availableGeometry()
        self.resize(min(WIDTH * size, room.width() - 40), min(HEIGHT * size, room.height() - 60))
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(8)
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
        self._read = LatestRead(kit.runner, "读取来件", self._lookup, self._show, self)
        kit.hub.changed.connect(self._on_changed)
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
        self._board, tasks, self._changes = found
        row = next((r for r in self._board.rows if r.unit_id == self._row.unit_id), None)
        if row is not None:
            self._row = row
        self._offered = self._offer(tasks)
        self._titles.setStringList([CHOOSE, *map(_title, self._offered)])
        place = self._area.verticalScrollBar().value()
        clear(self._column)
        for file in self.files():
            self._column.addWidget(self._file(file))
        self._add_general()
        self._column.addStretch(1)
        self.checked.setEnabled(bool(self._unseen()) and not self._is_closed)
        # Not before the new parts have their places.
        QTimer.singleShot(0, self, lambda: self._area.verticalScrollBar().setValue(place))

    def files(self) -> list[ReturnedFileRow]:
        """Return the unit's files, those that count first."""
        held = [file for file in self._board.files if file.id in self._row.files]
        return sorted(held, key=lambda f: (f.standing is Standing.EARLIER, -f.id))

    @property
    def _is_closed(self) -> bool:
        return self._board.round.state is RoundState.CLOSED

    def _unseen(self) -> list[ReturnedFileRow]:
        return [f for f in self.files() if any(not remark.settled for remark in f.remarks)]

    def _add_general(self) -> None:
        """Add what was found of no file: tasks left blank, words as last round."""
        rest = [finding for finding in self._row.findings if finding.file_id is None]
        for finding in rest:
            self._column.addWidget(
                row_of(
                    TagLabel(self._kit.theme, Tag(finding.words, "grey")),
                    words_label(finding.detail),
                    stretch=1,
                )
            )

    # One file

    def _file(self, file: ReturnedFileRow) -> QWidget:
        holder = QFrame()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        opened = link_button("打开")
        opened.setAccessibleName(f"打开“{file.name}”")
        opened.clicked.connect(lambda: self.open_wanted.emit(file))
        links = [opened]
        if is_to_be_read(file) and not self._is_closed:
            again = link_button("重新读取")
            again.setToolTip("按认领的单位再读一遍，能归到任务的文字就归进去")
            again.clicked.connect(lambda: self.read_wanted.emit(file))
            again.clicked.connect(self.reject)
            links.insert(0, again)
        column.addWidget(row_of(words_label(file.name, heading=True), *links, stretch=0))
        when = moment_words(file.received_at, self._board.today)
        saved = f" · {moment_words(file.saved_at, self._board.today)}存盘" if file.saved_at else ""
        told = f"{when}收{saved} · {STANDING_WORDS[file.standing]}"
        column.addWidget(words_label(told, quiet=True))
        for remark in file.remarks:
            column.addWidget(self._remark(remark))
        if not file.remarks:
            column.addWidget(words_label("没有发现问题。", quiet=True))
        if file.unplaced:
            column.addWidget(words_label("没有归到任务的文字", heading=True))
        for place, words in enumerate(file.unplaced):
            column.addWidget(self._unplaced(file, place, words))
        column.addWidget(hairline())
        return holder

    def _remark(self, remark: Remark) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        colour = "grey" if remark.settled else "amber"
        tag = TagLabel(self._kit.theme, Tag(FINDING_WORDS[remark.kind], colour))
        settled = f"（{remark.settled}）" if remark.settled else ""
        column.addWidget(row_of(tag, words_label(f"{remark.detail}{settled}"), stretch=1))
        if remark.old or remark.new:
            label = DifferenceLabel(self._kit.theme)
            label.show_parts(self._changes[remark.old, remark.new])
            label.setContentsMargins(12, 0, 0, 0)
            column.addWidget(label)
        return holder

    def _unplaced(self, file: ReturnedFileRow, place: int, words: Unplaced) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(12, 0, 0, 4)
        column.setSpacing(4)
        said = f"{words.place} · {words.settled}" if words.settled else words.place
        column.addWidget(words_label(said, quiet=True))
        column.addWidget(words_label(words.text))
        if not words.settled and not self._is_closed:
            column.addWidget(self._choices(file, place))
        return holder

    def _choices(self, file: ReturnedFileRow, place: int) -> QWidget:
        chooser = QComboBox()
        chooser.setSizeAdjustPolicy(_BY_LENGTH)  # else it would measure every task's words
        chooser.setMinimumContentsLength(_SHOWN)
        chooser.setModel(self._titles)
        take = QPushButton("归入")
        take.setEnabled(False)
        chooser.currentIndexChanged.connect(lambda at: take.setEnabled(at > 0))
        take.clicked.connect(lambda: self._take(file, place, chooser.currentIndex()))
        why = QLineEdit(NO_USE)
        why.setAccessibleName("不归入任务的说明")
        drop = QPushButton("不用")
        drop.setToolTip("不归入任务，只记下说明；原文照样保留")
        drop.clicked.connect(lambda: self._settle(file, place, why.text()))
        for button in (take, drop):
            button.setAutoDefault(False)
        return row_of(chooser, take, why, drop, stretch=2)

    def _offer(self, tasks: Sequence[TaskRow]) -> list[TaskRow]:
        """Return the tasks words may be given to: the unit's own first."""
        own = [task for task in tasks if task.code in self._row.tasks]
        rest = (task for task in tasks if task.code not in self._row.tasks and not task.withdrawn)
        return [*own, *rest]

    # Writing

    def _check(self) -> None:
        for file in self._unseen():
            self._write("核对来件", check_file, file.id)

    def _take(self, file: ReturnedFileRow, place: int, chosen: int) -> None:
        self._write("归入任务", take_unplaced, file.id, place, self._offered[chosen - 1].code)

    def _settle(self, file: ReturnedFileRow, place: int, words: str) -> None:
        self._write("处理未归文字", settle_unplaced, file.id, place, words)

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


def is_to_be_read(file: ReturnedFileRow) -> bool:
    """Return whether a file got its unit after it was read, and holds words still without one."""
    claimed = any(remark.kind is FindingKind.UNKNOWN_UNIT for remark in file.remarks)
    waits = any(not words.settled for words in file.unplaced)
    return claimed and waits and file.unit_id is not None and file.kind in WITH_WORDS


def _title(task: TaskRow) -> str:
    words = " ".join((task.title or task.text).split())
    cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return f"{task.number or task.code}　{cut}"
