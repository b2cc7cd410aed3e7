"""A unit's page: who to speak to, its tasks, its returns, what was said to it, its reforms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from tracker.domain.light_rules import light_rules
from tracker.domain.terms import COMPLETION_WORDS, RoundState
from tracker.ops.browse import task_lines
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office_choices import light_set
from tracker.ops.unit_page import unit_page
from tracker.text.days import long_date
from tracker.ui.ledger.words import deadline_pair
from tracker.ui.units.lines import Line, LinesTable
from tracker.ui.widgets.folding import FoldingBar
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from tracker.domain.browse import TaskLine
    from tracker.domain.light_rules import LightRules
    from tracker.domain.unit_list import ContactNote, UnitPage, UnitReturn
    from tracker.ui.kit import Kit


_TABS = ("任务", "反馈", "往来", "改革")


class Found(NamedTuple):
    """What the page shows: the unit's page, its tasks' lines, names of ledgers, the lights."""

    page: UnitPage
    lines: tuple[TaskLine, ...]
    ledgers: dict[int, str]
    lights: LightRules


class UnitCard(QWidget):
    """Shows one unit.

    Attributes:
        head, about: its names, and who is to be spoken to.
        see, extract, call, reform: the doors.
        tasks, returns, contacts, reforms: the lists.

    Signals:
        task_wanted: a task of the list, by its line (`TaskLine`).
        tasks_wanted: all its tasks, by unit id and the ids of their ledgers.
        extract_wanted, call_wanted, reform_wanted: the unit's page (`UnitPage`).
    """

    task_wanted = Signal(object)
    tasks_wanted = Signal(int, object)
    extract_wanted = Signal(object)
    call_wanted = Signal(object)
    reform_wanted = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._unit_id: int | None = None
        self.found: Found | None = None
        self.head, self.about = QLabel(), QLabel()
        self.see, self.extract = QPushButton("在台账里看"), QPushButton("单位摘录…")
        self.call, self.reform = QPushButton("记催办…"), QPushButton("机构改革…")
        self.tabs = QTabWidget()
        self.tasks = LinesTable(
            kit, "任务", (("灯", 6.3), ("序号", 4.2), ("任务", 0), ("时限", 8.5), ("状态", 4.8))
        )
        self.returns = LinesTable(
            kit, "历次反馈", (("轮次", 0), ("状态", 4.5), ("迟报", 8), ("应报", 6.5), ("项数", 4))
        )
        self.contacts = LinesTable(kit, "往来", (("日期", 6.5), ("事由", 5), ("内容", 0)))
        self.reforms = LinesTable(kit, "改革经过", (("日期", 9), ("改革", 0)))
        self._lay_out()
        self._read: LatestRead[Found] = LatestRead(
            kit.runner, "读取单位", self._reading, self._show, self
        )
        self.see.clicked.connect(self._on_see)
        self.extract.clicked.connect(lambda: self._wanted(self.extract_wanted))
        self.call.clicked.connect(lambda: self._wanted(self.call_wanted))
        self.reform.clicked.connect(lambda: self._wanted(self.reform_wanted))
        self.tasks.opened.connect(self.task_wanted)
        self.show_unit(None)

    def _lay_out(self) -> None:
        self.head.setProperty("heading", True)
        self.about.setProperty("quiet", True)
        for label in (self.head, self.about):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for button in (self.see, self.extract, self.call, self.reform):
            button.setProperty("tight", True)
            button.setAutoDefault(False)
        for table, words in (
            (self.tasks, "任务"),
            (self.returns, "反馈"),
            (self.contacts, "往来"),
            (self.reforms, "改革"),
        ):
            self.tabs.addTab(table, words)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.tabBar().setExpanding(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.about)
        column.addWidget(FoldingBar((self.see, self.extract), (self.call, self.reform)))
        column.addWidget(self.tabs, 1)

    # Reading

    def show_unit(self, unit_id: int | None) -> None:
        """Show another unit; None where none is in hand."""
        self._unit_id = unit_id
        if unit_id is None:
            self.found = None
            self._empty()
        else:
            self._read.ask()

    def refresh(self) -> None:
        """Read the unit anew."""
        if self._unit_id is not None:
            self._read.ask()

    def _reading(self) -> Callable[[], Found] | None:
        office, unit_id, today = self._kit.hub.office, self._unit_id, self._kit.hub.today
        if office is None or unit_id is None:
            return None

        def work() -> Found:
            page = unit_page(office, unit_id, today)
            lines = task_lines(office, page.tasks, None, today)
            ledgers = {row.id: row.name for row in list_ledgers(office)}
            return Found(page, lines, ledgers, light_set(office))

        return work

    def _empty(self) -> None:
        self.head.setText("请在左边选一个单位")
        self.about.clear()
        for button in (self.see, self.extract, self.call, self.reform):
            button.setEnabled(False)
        for table in (self.tasks, self.returns, self.contacts, self.reforms):
            table.show_lines(())
        self._name_tabs((0, 0, 0, 0))

    # Showing

    def _show(self, found: Found) -> None:
        if found.page.line.unit.id != self._unit_id:
            return
        self.found = found
        page, hub = found.page, self._kit.hub
        unit = page.line.unit
        self.head.setText(unit.name + (f"（{page.line.state}）" if page.line.state else ""))
        self.about.setText("\n".join(about_words(page)))
        self.tasks.show_lines([self._task(line) for line in found.lines])
        several = len({each.ledger for each in page.returns}) > 1
        self.returns.show_lines([return_line(each, several=several) for each in page.returns])
        self.contacts.show_lines([_contact(note) for note in page.contacts])
        self.reforms.show_lines([_reform(row.on, row.words) for row in page.reforms])
        counts = (len(found.lines), len(page.returns), len(page.contacts), len(page.reforms))
        self._name_tabs(counts)
        is_open = hub.round is not None and hub.round.state is not RoundState.CLOSED
        self.see.setEnabled(bool(found.lines))
        self.extract.setEnabled(bool(found.lines) and hub.round is not None)
        self.call.setEnabled(is_open and not unit.is_abolished)
        self.reform.setEnabled(not unit.is_abolished)

    def _name_tabs(self, counts: Sequence[int]) -> None:
        for place, (words, count) in enumerate(zip(_TABS, counts, strict=True)):
            self.tabs.setTabText(place, f"{words} {count}" if count else words)

    def _task(self, line: TaskLine) -> Line:
        rules = self.found.lights if self.found else light_rules()
        light = next((x for x in rules.lights if x.key == line.light), rules.undated)
        due, left = deadline_pair(line, self._kit.hub.today)
        words = " ".join(line.text.split())
        cells = (
            light.word,
            line.number or line.code,
            words,
            due,
            COMPLETION_WORDS[line.completion],
        )
        ledger = self.found.ledgers.get(line.ledger_id, "") if self.found else ""
        tip = "\n".join(part for part in (ledger, line.text, left) if part)
        return Line(cells, line, light, "text" if line.is_open else "quiet", tip)

    def _wanted(self, signal: object) -> None:
        if self.found is not None:
            signal.emit(self.found.page)  # type: ignore[attr-defined]  # a bound signal

    def _on_see(self) -> None:
        if self.found is not None:
            ledgers = [line.ledger_id for line in self.found.lines]
            self.tasks_wanted.emit(self.found.page.line.unit.id, ledgers)


def about_words(page: UnitPage) -> list[str]:
    """Return what is known of a unit, a line for each kind of thing."""
    unit = page.line.unit
    first = [f"简称 {unit.short_name}"] if unit.short_name else []
    first += [f"曾用名 {'、'.join(unit.names)}"] if unit.names else []
    spoken = " ".join(part for part in (unit.contact, unit.phone) if part)
    second = [f"联系人 {spoken}"] if spoken else ["没有登记联系人"]
    second += [f"分管领导 {'、'.join(page.leaders)}"] if page.leaders else []
    members = [f"包括 {'、'.join(page.line.members)}"] if page.line.members else []
    counted = f"在办 {page.line.open} 项，其中牵头 {page.line.lead} 项"
    late = sum(bool(each.late) for each in page.returns)
    if page.returns:
        counted += f"；近 {len(page.returns)} 次反馈，迟报 {late} 次"
    return ["　".join(line) for line in (first, second, members, [counted]) if line]


def return_line(row: UnitReturn, *, several: bool) -> Line:
    """Return a round as a line."""
    ledger = f"{row.ledger}　" if several else ""
    due = f"{row.due.month}月{row.due.day}日" if row.due is not None else ""
    filled = f"{row.filled}/{row.asked}" if row.asked else ""
    cells = (f"{ledger}第{row.round}期", row.state, row.late, due, filled)
    return Line(cells, colour="red" if row.late else "text")


def _contact(note: ContactNote) -> Line:
    day = f"{note.at.month}月{note.at.day}日"
    words = "：".join(part for part in (note.whom, note.said) if part)
    return Line((day, note.what, words), tip=f"{note.ledger}\n{words}".strip())


def _reform(on: date, words: str) -> Line:
    return Line((long_date(on), words), tip=words)
