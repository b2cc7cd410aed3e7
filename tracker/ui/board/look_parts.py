"""What a look at a unit's return shows, put together piece by piece.

Every piece goes straight into the one page: a part that is built apart and put in afterwards is
styled once for each level it is put into, which holds the window up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from tracker.domain.collection import WITH_WORDS
from tracker.domain.returned import FINDING_WORDS, STANDING_WORDS, FindingKind, Standing
from tracker.domain.terms import RoundState
from tracker.ui.board.strip import TagLabel
from tracker.ui.board.words import Tag, moment_words
from tracker.ui.detail.parts import clear, link_button, words_label
from tracker.ui.widgets.difference import DifferenceLabel
from tracker.ui.widgets.labels import hairline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from tracker.domain.board import Board, BoardRow
    from tracker.domain.returned import Remark, ReturnedFileRow, Unplaced
    from tracker.domain.task import TaskRow
    from tracker.text.difference import Stretch
    from tracker.ui.theme import Theme

    Changes = Mapping[tuple[str, str], Sequence[Stretch]]

CHOOSE = "归到哪项任务…"
NO_USE = "与任务无关"
INDENT, SHOWN_FIRST = 12, 8
_LONGEST, _SHOWN = 30, 18
_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class LookParts(QObject):
    """Fills a page with the files of one unit.

    Attributes:
        limit: so many findings and passages of a file are shown before the rest is asked for.

    Signals:
        more_wanted: the rest is asked for.
        open_wanted, read_wanted: a file is to be opened, or to be read as its unit's
            (`ReturnedFileRow`).
        take_wanted: words are to be given to a task (file's id, place, code of the task).
        settle_wanted: words are of no use (file's id, place, why).
    """

    more_wanted = Signal()
    open_wanted = Signal(object)
    read_wanted = Signal(object)
    take_wanted = Signal(int, int, str)
    settle_wanted = Signal(int, int, str)

    def __init__(self, theme: Theme, column: QVBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = column
        self.limit = SHOWN_FIRST
        self._titles = QStringListModel(self)  # one for all choosers: there may be many of both
        self._offered: list[TaskRow] = []
        self._changes: Changes = {}

    def build(
        self, board: Board, row: BoardRow, tasks: Sequence[TaskRow], changes: Changes
    ) -> Iterator[None]:
        """Fill the page anew, a piece at each step.

        Args:
            changes: what differs between two texts of a remark, by these texts.
        """
        self._changes = changes
        self._offered = _offered(row, tasks)
        self._titles.setStringList([CHOOSE, *map(_title, self._offered)])
        clear(self._column)
        yield
        can_write = board.round.state is not RoundState.CLOSED
        for file in files_of(board, row):
            self._add_head(file, board, can_write=can_write)
            for remark in file.remarks[: self.limit]:
                yield
                self._add_remark(remark)
            self._add_more(len(file.remarks) - self.limit)
            if not file.remarks:
                self._column.addWidget(words_label("没有发现问题。", quiet=True))
            if file.unplaced:
                self._column.addWidget(words_label("没有归到任务的文字", heading=True))
            for place, words in enumerate(file.unplaced[: self.limit]):
                yield
                self._add_unplaced(file, place, words, can_write=can_write)
            self._add_more(len(file.unplaced) - self.limit)
            self._column.addWidget(hairline())
            yield
        for finding in row.findings:
            if finding.file_id is None:
                tag = TagLabel(self._theme, Tag(finding.words, "grey"))
                self._add_row(tag, words_label(finding.detail), stretch=1)
        self._column.addStretch(1)

    def _add_row(self, *widgets: QWidget, stretch: int, indent: int = 0) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(indent, 0, 0, 0)
        row.setSpacing(8)
        self._column.addLayout(row)
        for place, widget in enumerate(widgets):
            row.addWidget(widget, int(place == stretch))
            if isinstance(widget, TagLabel):
                row.setAlignment(widget, Qt.AlignmentFlag.AlignTop)

    def _add_more(self, rest: int) -> None:
        if rest > 0:
            more = link_button(f"再看其余 {rest} 处")
            more.clicked.connect(self.more_wanted)
            self._column.addWidget(more)

    def _add_head(self, file: ReturnedFileRow, board: Board, *, can_write: bool) -> None:
        opened = link_button("打开")
        opened.setAccessibleName(f"打开“{file.name}”")
        opened.clicked.connect(lambda: self.open_wanted.emit(file))
        links = [opened]
        if is_to_be_read(file) and can_write:
            again = link_button("重新读取")
            again.setToolTip("按认领的单位再读一遍，能归到任务的文字就归进去")
            again.clicked.connect(lambda: self.read_wanted.emit(file))
            links.insert(0, again)
        self._add_row(words_label(file.name, heading=True), *links, stretch=0)
        when = moment_words(file.received_at, board.today)
        saved = f" · {moment_words(file.saved_at, board.today)}存盘" if file.saved_at else ""
        told = f"{when}收{saved} · {STANDING_WORDS[file.standing]}"
        self._column.addWidget(words_label(told, quiet=True))

    def _add_remark(self, remark: Remark) -> None:
        colour = "grey" if remark.settled else "amber"
        tag = TagLabel(self._theme, Tag(FINDING_WORDS[remark.kind], colour))
        settled = f"（{remark.settled}）" if remark.settled else ""
        self._add_row(tag, words_label(f"{remark.detail}{settled}"), stretch=1)
        if remark.old or remark.new:
            label = DifferenceLabel(self._theme)
            label.setContentsMargins(INDENT, 0, 0, 0)
            label.show_parts(self._changes[remark.old, remark.new])
            self._column.addWidget(label)

    def _add_unplaced(
        self, file: ReturnedFileRow, place: int, words: Unplaced, *, can_write: bool
    ) -> None:
        said = f"{words.place} · {words.settled}" if words.settled else words.place
        for label in (words_label(said, quiet=True), words_label(words.text)):
            label.setContentsMargins(INDENT, 0, 0, 0)
            self._column.addWidget(label)
        if not words.settled and can_write:
            self._add_choices(file, place)

    def _add_choices(self, file: ReturnedFileRow, place: int) -> None:
        chooser = QComboBox()
        chooser.setSizeAdjustPolicy(_BY_LENGTH)  # else it would measure every task's words
        chooser.setMinimumContentsLength(_SHOWN)
        chooser.setModel(self._titles)
        take, drop = QPushButton("归入"), QPushButton("不用")
        take.setEnabled(False)
        chooser.currentIndexChanged.connect(lambda at: take.setEnabled(at > 0))
        take.clicked.connect(lambda: self._take(file, place, chooser.currentIndex()))
        why = QLineEdit(NO_USE)
        why.setAccessibleName("不归入任务的说明")
        drop.setToolTip("不归入任务，只记下说明；原文照样保留")
        drop.clicked.connect(lambda: self.settle_wanted.emit(file.id, place, why.text()))
        for button in (take, drop):
            button.setAutoDefault(False)
        self._add_row(chooser, take, why, drop, stretch=2, indent=INDENT)

    def _take(self, file: ReturnedFileRow, place: int, chosen: int) -> None:
        if chosen > 0:
            self.take_wanted.emit(file.id, place, self._offered[chosen - 1].code)


def files_of(board: Board, row: BoardRow) -> list[ReturnedFileRow]:
    """Return a unit's files, those that count first."""
    held = [file for file in board.files if file.id in row.files]
    return sorted(held, key=lambda f: (f.standing is Standing.EARLIER, -f.id))


def is_to_be_read(file: ReturnedFileRow) -> bool:
    """Return whether a file got its unit after it was read, and holds words still without one."""
    claimed = any(remark.kind is FindingKind.UNKNOWN_UNIT for remark in file.remarks)
    waits = any(not words.settled for words in file.unplaced)
    return claimed and waits and file.unit_id is not None and file.kind in WITH_WORDS


def _offered(row: BoardRow, tasks: Sequence[TaskRow]) -> list[TaskRow]:
    """Return the tasks words may be given to: the unit's own first."""
    own = [task for task in tasks if task.code in row.tasks]
    rest = (task for task in tasks if task.code not in row.tasks and not task.withdrawn)
    return [*own, *rest]


def _title(task: TaskRow) -> str:
    words = " ".join((task.title or task.text).split())
    cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return f"{task.number or task.code}　{cut}"
