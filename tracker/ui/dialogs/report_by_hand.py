"""A return that no program reads (纸质、电话、微信、扫描件): its words on each task, typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tracker.domain.board import BoardState
from tracker.domain.form_words import states
from tracker.domain.returned import WAY_WORDS, ByHand, Way
from tracker.ops.notes import NoteWords
from tracker.ops.returns import mark_reported, type_report
from tracker.ops.tasks import list_tasks
from tracker.ui.detail.parts import link_button, words_label
from tracker.ui.dialogs.fields import DayEdit, TextEdit
from tracker.ui.dialogs.unit_form import UnitForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.board import BoardRow
    from tracker.domain.task import TaskRow
    from tracker.ui.kit import Kit

_LONGEST = 90
TYPED_LATER = "进展文字（没有的先留空，以后再录；照原话录入，程序不改一个字）"
TYPE_OFF = "对着来件录入进展（照原话录入，程序不改一个字）"
NO_TASKS = "这家本期没有在办的任务，只登记报送情况。"


@dataclass(frozen=True, slots=True)
class TaskToReport:
    """A task of the unit, and whether it said something about it already."""

    code: str
    number: str
    text: str
    is_filled: bool


class TaskWordsEdit(QWidget):
    """What the unit says on one task: words, state, percentage."""

    def __init__(self, task: TaskToReport, parent: QWidget) -> None:
        super().__init__(parent)
        self.task = task
        self.text = TextEdit(2, "", "进展，照原话录入；没有说到的留空")
        self.state = QComboBox()
        self.state.addItem("状态")
        self.state.addItems(list(states()))
        self.percent = QLineEdit()
        self.percent.setPlaceholderText("完成率 %")
        self.percent.setFixedWidth(self.percent.fontMetrics().horizontalAdvance("完成率 100%国"))
        name = task.number or task.code
        for part, words in ((self.text, "进展"), (self.state, "状态"), (self.percent, "完成率")):
            part.setAccessibleName(f"第{name}项{words}")
        title = " ".join(task.text.split())
        cut = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
        again = "　（已有原报，再录一条以后面的为准）" if task.is_filled else ""
        label = words_label(f"{name}　{cut}{again}")
        label.setToolTip(task.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.text)
        side = QHBoxLayout()
        side.setSpacing(8)
        column.addLayout(side)
        side.addWidget(self.state)
        side.addWidget(self.percent)
        side.addStretch(1)

    def contents(self) -> tuple[str, str, str]:
        """Return what is typed: words, state, percentage."""
        state = self.state.currentText() if self.state.currentIndex() else ""
        return self.text.toPlainText().strip(), state, self.percent.text().strip()

    def words(self) -> NoteWords | None:
        """Return what the unit says; None where nothing is typed.

        Raises:
            ValueError: the percentage is none.
        """
        text, state, percent = self.contents()
        if not any((text, state, percent)):
            return None
        return NoteWords(text, state, _percent(percent))


class TaskWordsForm(UnitForm):
    """A form with a place for words on each of a unit's tasks."""

    def add_tasks(self, tasks: tuple[TaskToReport, ...], words: str) -> None:
        """Add a place for each task below a sentence."""
        self.hint.setText("Ctrl+Enter 保存 · Esc 关闭")
        self.edits = tuple(TaskWordsEdit(task, self._body) for task in tasks)
        self.add_words(words)
        for edit in self.edits:
            self.add_wide(edit)
            for part in (edit.text, edit.state, edit.percent):
                part.installEventFilter(self)

    def reports(self) -> dict[str, NoteWords] | None:
        """Return what was typed by task; None, after a complaint, where it is not right."""
        found = {}
        for edit in self.edits:
            try:
                words = edit.words()
            except ValueError:
                number = edit.task.number or edit.task.code
                self.complain_generally(f"第{number}项的完成率应是0到100之间的数")
                edit.percent.setFocus()
                return None
            if words is not None:
                found[edit.task.code] = words
        return found

    def _state(self) -> tuple[str, ...]:
        return (*super()._state(), *("\t".join(edit.contents()) for edit in self.edits))


class ReportByHandDialog(TaskWordsForm):
    """Notes that a unit reported without a file, with what it said.

    Flow: how, when, who gave it, a remark; then the words on each task as far as there are any;
    Ctrl+Enter. Without words on tasks the unit counts as 已报（待录入） and is not chased.
    """

    def __init__(
        self,
        kit: Kit,
        row: BoardRow,
        tasks: tuple[TaskToReport, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, row.unit, "登记已报", "登记", parent)
        self._way = QComboBox()
        for way, words in WAY_WORDS.items():
            self._way.addItem(words, way)
        self.add_field("way", "怎么报的", self._way)
        self._day = DayEdit(kit.hub.today)
        self._day.setMaximumDate(self._day.date())
        self.add_field("on", "哪天", self._day)
        self.add_field("given_by", "谁报的", QLineEdit(row.contact), "如 办公室李主任")
        note = "如 原件存第3号卷；口头说明月底补报纸质件"
        self.add_field("word", "说明", QLineEdit(), note)
        self.add_tasks(tasks, TYPED_LATER if tasks else NO_TASKS)

    def save(self) -> None:
        """Check and write."""
        if not self.need("given_by"):
            return
        reports = self.reports()
        if reports is None:
            return
        way = Way(self._way.currentData())
        marked = ByHand(way, self._day.value, self.text_of("given_by"), self.text_of("word"))
        self.carry_out("登记已报", mark_reported, marked, reports)


class TypeReportDialog(TaskWordsForm):
    """Types off what a unit sent as a scan or as a file that no program reads.

    Flow: open the file beside it, the words on each task, Ctrl+Enter.

    Signals:
        open_wanted: the file is to be opened.
    """

    open_wanted = Signal()

    def __init__(
        self,
        kit: Kit,
        row: BoardRow,
        tasks: tuple[TaskToReport, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, row.unit, "录入来件", "录入", parent)
        self._file_id = row.files[-1] if row.files else None
        opened = link_button("打开来件")
        opened.clicked.connect(self.open_wanted)
        self.add_wide(opened)
        self.add_tasks(tasks, TYPE_OFF if tasks else NO_TASKS)

    def save(self) -> None:
        """Check and write."""
        reports = self.reports()
        if reports is None:
            return
        if not reports:
            self.complain_generally("还没有录入文字；没有文字要录的，请用“登记已报”写明情况")
            return
        self.carry_out("录入来件", type_report, reports, file_id=self._file_id)


def open_report_by_hand(
    kit: Kit, row: BoardRow, open_file: Callable[[], None], parent: QWidget | None = None
) -> None:
    """Read the unit's tasks and open the form over them.

    Args:
        open_file: opens what came in from the unit.
    """
    office, ledger = kit.hub.office, kit.hub.ledger
    if office is None or ledger is None:
        return

    def show(tasks: tuple[TaskRow, ...]) -> None:
        by_code = {task.code: task for task in tasks}
        held = tuple(
            TaskToReport(code, by_code[code].number, by_code[code].text, code in row.filled)
            for code in row.tasks
            if code in by_code
        )
        is_file = row.state is BoardState.TO_TYPE and bool(row.files) and not row.by_hand
        if not is_file:
            ReportByHandDialog(kit, row, held, parent).open()
            return
        dialog = TypeReportDialog(kit, row, held, parent)
        dialog.open_wanted.connect(open_file)
        dialog.open()

    kit.runner.read("读取任务", lambda _p: list_tasks(office, ledger), show)


def _percent(typed: str) -> float | None:
    plain = typed.replace("％", "%").removesuffix("%").strip()
    if not plain:
        return None
    found = float(plain)
    if not 0 <= found <= 100:
        raise ValueError(typed)
    return found
