"""The deadline view (时限图): zoom, grouping, the chart, the way to the wall chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
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

from tracker.domain.grouping import GROUP_KEY_WORDS, GroupKey
from tracker.insight.timeline import Zoom
from tracker.ops.browse import task_lines
from tracker.ops.deadline_moves import move_deadline
from tracker.ops.gantt import read_gantt
from tracker.ui.gantt.chart import GanttChart
from tracker.ui.gantt.dragging import DeadlineDrag
from tracker.ui.gantt.tips import day_words, tip_words
from tracker.ui.widgets.folding import FoldingBar
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import popup

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QShowEvent

    from tracker.domain.browse import TaskLine
    from tracker.domain.history import Changes
    from tracker.printing.gantt_rows import GanttRows, Item
    from tracker.ui.kit import Kit

_KEYS = (
    "↑↓ 选择　Enter 修改　+ - 缩放　Home 今天　拖条尾或 Shift+←→ 改时限　←→ 收起、展开分组"
    "　Ctrl+滚轮 缩放　Shift+滚轮 左右移动"
)


class GanttView(QWidget):
    """Deadlines as bars over the days, in groups.

    Attributes:
        chart: the bars.
        zooms: the buttons 月, 季, 年 by zoom.
        grouping: the chooser of the groups, which are those of the ledger.

    Signals:
        loaded: the chart shows what the filter asks for.
        tasks_wanted: the task in hand is to be shown in the ledger.
    """

    loaded = Signal()
    tasks_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.chart = GanttChart(kit.theme, self)
        self.drag = DeadlineDrag(self.chart)
        self.zooms: dict[Zoom, QPushButton] = {}
        self.grouping = QComboBox()
        self.fold_button = QPushButton("全部收起")
        self.wall_button = QPushButton("挂图…")
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
        today.setToolTip("回到今天（Home）")
        for key, words in GROUP_KEY_WORDS.items():
            self.grouping.addItem(words, key)
        self.grouping.setToolTip("与台账同一分组")
        self.grouping.setCurrentIndex(self.grouping.findData(self.kit.hub.filter.group))
        self.wall_button.setToolTip("选纸张、拼接和栏目，预览后打印，或存为 PDF、SVG、PNG")
        left = (*self.zooms.values(), today, self.grouping, self.fold_button)
        bar = FoldingBar(left, (self.wall_button,))
        bar.setContentsMargins(12, 8, 12, 8)
        return bar

    def _connect(self) -> None:
        hub = self.kit.hub
        hub.opened.connect(self._forget)
        hub.filtered.connect(self._on_filtered)
        hub.refolded.connect(self._on_refolded)
        hub.changed.connect(self._on_changed)
        hub.selected.connect(self.chart.select)
        self.chart.picked.connect(hub.select)
        self.chart.zoomed.connect(self._on_zoomed)
        self.chart.tip_wanted.connect(self._on_tip_wanted)
        self.drag.moved.connect(self.move_deadline)
        self.chart.opened.connect(self.open_task)
        self.chart.menu_wanted.connect(self._on_menu_wanted)
        self.chart.refolded.connect(lambda: hub.fold(self.chart.folded))
        self.grouping.activated.connect(self._on_grouped)
        self.fold_button.clicked.connect(self._on_fold)
        self.wall_button.clicked.connect(self.open_wall)
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.chart)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy)

    # Reading

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
        office, wanted, today = hub.office, hub.filter, hub.today
        round_id = hub.round.id if hub.round else None
        known = self._known
        return lambda: read_gantt(office, wanted, round_id, today, known=known)

    def _on_read(self, rows: GanttRows) -> None:
        narrower = self._known is not None and len(rows) <= len(self._known)
        if not self._is_stale and not narrower:
            self._known = rows
        self.drag.leave()
        self.chart.show_rows(rows, "没有任务：请放宽筛选，或先导入、新增")
        self.chart.set_folded(self.kit.hub.folded)
        self.chart.select(self.kit.hub.code, unfold=False)
        self.fold_button.setEnabled(any(heading.title for heading in rows.headings))
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

    def _on_grouped(self, _row: int) -> None:
        # Qt gives back the plain word, which is no `GroupKey`
        self.kit.hub.narrow(group=GroupKey(self.grouping.currentData()))

    def _on_filtered(self) -> None:
        self.grouping.setCurrentIndex(self.grouping.findData(self.kit.hub.filter.group))
        self.reload()

    def _on_refolded(self) -> None:
        self.chart.set_folded(self.kit.hub.folded)
        self._name_fold_button()

    def _on_menu_wanted(self, item: Item, place: QPoint) -> None:
        from tracker.ui.gantt.menu import menu_of

        popup(menu_of(self, item), place)

    def _on_fold(self) -> None:
        if self._is_folded:
            self.chart.set_folded(frozenset())
        else:
            self.chart.fold_all()

    @property
    def _is_folded(self) -> bool:
        """Whether a group that is shown is folded."""
        return any(heading.title in self.chart.folded for heading in self.chart.rows.headings)

    def _name_fold_button(self) -> None:
        self.fold_button.setText("全部展开" if self._is_folded else "全部收起")

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
        reason = self.kit.messages.ask_text("改时限", f"改为{day_words(day)}，理由：")
        if reason is None:
            return
        self.kit.runner.write(
            "正在改时限",
            lambda _progress: move_deadline(office, code, day, reason, who=who, now=now),
            lambda outcome: self.kit.messages.tell(outcome.sentence),
        )

    def open_task(self) -> None:
        """Open the form that changes the task in hand."""
        from tracker.ui.dialogs import open_edit_task

        if self.kit.hub.code:
            open_edit_task(self.kit, self.window())

    def copy(self) -> None:
        """Put what the chart says of the task in hand on the clipboard."""
        rows, row = self.chart.rows, self.chart.selected_row
        if row is not None:
            cells = (rows.numbers[row], rows.titles[row], rows.units[row], rows.remaining[row])
            QGuiApplication.clipboard().setText("\t".join(cells))
            self.kit.messages.tell("已复制 1 项，可粘贴到 Excel 或 WPS")

    def open_wall(self) -> None:
        """Open the layout of the wall chart: paper, tiles, columns, preview."""
        from tracker.ui.gantt.wall_dialog import WallDialog

        if self.kit.hub.office is not None:
            WallDialog(self.kit, self.window()).open()
