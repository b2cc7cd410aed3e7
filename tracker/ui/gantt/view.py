"""The deadline view (时限图): zoom, grouping, the chart, and the picture to be saved."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from tracker.base.file_names import report_name
from tracker.insight.timeline import Zoom
from tracker.ops.browse import task_lines
from tracker.ops.deadline_moves import move_deadline
from tracker.ops.gantt import GROUP_WORDS, read_gantt
from tracker.ops.pictures import ENDINGS, KINDS, PAPERS, PictureWishes, write_picture
from tracker.ui.gantt.chart import GanttChart
from tracker.ui.gantt.dragging import DeadlineDrag
from tracker.ui.widgets.folding import FoldingBar
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from tracker.domain.browse import TaskLine
    from tracker.domain.history import Changes
    from tracker.insight.timeline import GroupBy
    from tracker.printing.gantt_rows import GanttRows, Step
    from tracker.ui.kit import Kit

_KINDS = "PNG 图片 (*.png);;SVG 矢量图 (*.svg);;PDF 挂图 (*.pdf)"
_KEYS = "↑↓ 选择　←→ 收起、展开分组　+ - 或 Ctrl+滚轮 缩放　Shift+滚轮 左右移动　拖条尾 改时限"


class GanttView(QWidget):
    """Deadlines as bars over the days, in groups.

    Attributes:
        chart: the bars.
        zooms: the buttons 月, 季, 年 by zoom.
        grouping, paper: the choosers.

    Signals:
        loaded: the chart shows what the filter asks for.
    """

    loaded = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.chart = GanttChart(kit.theme, self)
        self.drag = DeadlineDrag(self.chart)
        self.zooms: dict[Zoom, QPushButton] = {}
        self.grouping = QComboBox()
        self.paper = QComboBox()
        self.fold_button = QPushButton("全部收起")
        self.save_button = QPushButton("存为图片…")
        self._is_stale = True
        self._known: GanttRows | None = None
        self._tip: tuple[int, QPoint] | None = None
        self._lay_out()
        self._read = LatestRead(kit.runner, "读取时限图", self._reading, self._on_read, self)
        self._ask = LatestRead(kit.runner, "读取任务", self._asking, self._on_asked, self)
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        line = QFrame()
        line.setProperty("line", True)
        column.addWidget(line)
        column.addWidget(self.chart, 1)
        keys = QLabel(_KEYS)
        keys.setProperty("quiet", True)
        keys.setContentsMargins(12, 4, 12, 4)
        keys.setMinimumWidth(1)  # the hint gives way first in a narrow window
        column.addWidget(keys)

    def _bar(self) -> QWidget:
        group = QButtonGroup(self)
        for zoom in Zoom:
            button = QPushButton(zoom.word)
            button.setCheckable(True)
            button.setToolTip(f"按{zoom.word}显示")
            button.clicked.connect(lambda _=False, chosen=zoom: self.chart.zoom_to(chosen))
            group.addButton(button)
            self.zooms[zoom] = button
        self.zooms[self.chart.zoom].setChecked(True)
        today = QPushButton("今天")
        today.setObjectName("today")
        today.clicked.connect(self.chart.centre_today)
        for key, words in GROUP_WORDS.items():
            self.grouping.addItem(words, key)
        for paper in PAPERS:
            self.paper.addItem(f"PDF 用 {paper}", paper)
        self.paper.setCurrentIndex(PAPERS.index("A3"))
        self.paper.setToolTip("存为 PDF 时的纸张（横向）")
        left = (*self.zooms.values(), today, self.grouping, self.fold_button)
        bar = FoldingBar(left, (self.paper, self.save_button))
        bar.setContentsMargins(12, 8, 12, 8)
        return bar

    def _connect(self) -> None:
        hub = self.kit.hub
        hub.opened.connect(self._forget)
        hub.filtered.connect(self.reload)
        hub.changed.connect(self._on_changed)
        hub.selected.connect(self.chart.select)
        self.chart.picked.connect(hub.select)
        self.chart.zoomed.connect(self._on_zoomed)
        self.chart.tip_wanted.connect(self._on_tip_wanted)
        self.drag.moved.connect(self.move_deadline)
        self.grouping.currentIndexChanged.connect(self._on_grouped)
        self.fold_button.clicked.connect(self._on_fold)
        self.save_button.clicked.connect(self.save_picture)

    # Reading

    @property
    def group_by(self) -> GroupBy:
        """How the bars are grouped."""
        return cast("GroupBy", self.grouping.currentData())

    def reload(self) -> None:
        """Read the rows again; a view that is not in sight waits until it is shown."""
        self._is_stale = True
        if self.isVisible():
            self._read.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while another view was shown."""
        super().showEvent(event)
        if self._is_stale:
            self._read.ask()

    def _reading(self) -> Callable[[], GanttRows] | None:
        hub = self.kit.hub
        self._is_stale = False
        if hub.office is None:
            self.chart.clear()
            return None
        office, wanted, today, group_by = hub.office, hub.filter, hub.today, self.group_by
        round_id = hub.round.id if hub.round else None
        known = self._known
        return lambda: read_gantt(office, wanted, round_id, today, group_by, known=known)

    def _on_read(self, rows: GanttRows) -> None:
        narrower = self._known is not None and len(rows) <= len(self._known)
        if not self._is_stale and not narrower:
            self._known = rows
        self.chart.show_rows(rows, "没有任务：请放宽筛选，或先导入、新增")
        self.chart.select(self.kit.hub.code)
        self.fold_button.setEnabled(self.group_by != "none")
        self._name_fold_button()
        self.loaded.emit()

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._forget()

    def _forget(self) -> None:
        """The data is another now."""
        self._known = None
        self.reload()

    # What the user does

    def _on_zoomed(self) -> None:
        self.zooms[self.chart.zoom].setChecked(True)

    def _on_grouped(self) -> None:
        self.chart.set_folded(frozenset())
        self._forget()

    def _on_fold(self) -> None:
        if self.chart.folded:
            self.chart.set_folded(frozenset())
        else:
            self.chart.fold_all()
        self._name_fold_button()

    def _name_fold_button(self) -> None:
        self.fold_button.setText("全部展开" if self.chart.folded else "全部收起")

    def _on_tip_wanted(self, row: int, place: QPoint) -> None:
        self._tip = (self.chart.rows.ids[row], place)
        self._ask.ask()

    def _asking(self) -> Callable[[], tuple[TaskLine, ...]] | None:
        hub = self.kit.hub
        if hub.office is None or self._tip is None:
            return None
        office, ids, today = hub.office, (self._tip[0],), hub.today
        round_id = hub.round.id if hub.round else None
        return lambda: task_lines(office, ids, round_id, today)

    def _on_asked(self, lines: tuple[TaskLine, ...]) -> None:
        if lines and self._tip is not None and lines[0].id == self._tip[0]:
            steps = self.chart.rows.steps.get(lines[0].id, ())
            words = tip_words(lines[0], steps)
            QToolTip.showText(self._tip[1], words, self.chart.viewport())

    def move_deadline(self, code: str, day: date) -> None:
        """Ask for the reason and give a task another day; without one it stays."""
        hub = self.kit.hub
        office, who, now = hub.office, hub.who, hub.now
        if office is None:
            return
        reason = self.kit.messages.ask_text("改时限", f"改为{_day_words(day)}，理由：")
        if reason is None:
            return
        self.kit.runner.write(
            "正在改时限",
            lambda _progress: move_deadline(office, code, day, reason, who=who, now=now),
            lambda outcome: self.kit.messages.tell(outcome.sentence),
        )

    def save_picture(self) -> None:
        """Ask for a place and write what the filter shows as a picture."""
        hub = self.kit.hub
        if hub.office is None:
            return
        shown = hub.ledger.name if hub.ledger else ""
        name = report_name(shown, KINDS["gantt"], ".png", day=hub.today)
        answer = self.kit.messages.ask_save("存为图片", name, _KINDS)
        if not answer:
            return
        target = Path(answer)
        if target.suffix.lower() not in ENDINGS:
            target = target.with_name(target.name + ENDINGS[0])
        office, ledger, round_, today = hub.office, hub.ledger, hub.round, hub.today
        wishes = PictureWishes(hub.filter, self.group_by, self.paper.currentData())
        self.kit.runner.write_file(
            "正在存为图片",
            lambda progress: write_picture(
                office, "gantt", ledger, round_, target, today, wishes=wishes, progress=progress
            ),
            self._on_saved,
        )

    def _on_saved(self, path: Path) -> None:
        self.kit.messages.tell(f"已存为“{path.name}”", "打开", lambda: _open(path))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def tip_words(line: TaskLine, steps: Sequence[Step] = ()) -> str:
    """Return everything about a bar in words, as rich text, so that Qt wraps it."""
    units = "、".join(line.lead or line.responsible)
    deadline = line.deadline
    due = ""
    if deadline is not None:
        due = _day_words(deadline.date) if deadline.date else deadline.text
    first = line.first_deadline
    if first is not None:
        due += f"（原定{_day_words(first.date) if first.date else first.text}）"
    parts = [line.text, f"牵头单位：{units}" if units else "", f"时限：{due}" if due else ""]
    parts.append(line.reason)
    parts += [
        f"{step.state.shape} {_day_words(date.fromordinal(step.due))} {step.words}"
        f"（{step.state.word}）"
        for step in steps
    ]
    return "<p>" + "<br>".join(escape(part) for part in parts if part) + "</p>"


def _day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
