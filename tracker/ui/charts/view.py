"""The view 统计: four charts, each with its numbers, over the window's filter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.ops.charts import CHARTS, OF_TODAY, Charts, read_charts
from tracker.ops.ledgers import list_ledgers
from tracker.ops.rounds import choose_round, list_rounds
from tracker.ui.charts.giving import Giving
from tracker.ui.charts.menu import open_menu
from tracker.ui.charts.numbers import NumbersTable
from tracker.ui.widgets.folding import FoldingBar
from tracker.ui.widgets.labels import quiet
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from tracker.printing.chart_shapes import ChartShape
    from tracker.ui.charts.legend import Legend
    from tracker.ui.charts.menu import Offer
    from tracker.ui.charts.plots import BarPlot, TrendPlot
    from tracker.ui.kit import Kit

SHOWN = {
    "units": "单位状态",
    "documents": "文件亮灯",
    "lights": "专项亮灯",
    "trend": "完成率",
    "due": "到期分布",
    "late": "逾期任务",
}
"""The charts on the screen, with the words on their buttons."""
NOTHING = "还没有可统计的任务。请先导入表格，或新增事项。"
NO_ROUND = "还没有轮次，看不出各期的变化。请先新开一期。"
NONE_LATE = "✓ 没有逾期的任务。"

Found = tuple[str, tuple[str, ...], str]

_LOW = 14
"""In characters: below this height the numbers stand beside the chart in any case."""
_LOW_TREND = 27
"""The same for the line, which is not scrolled: three fifths of it hold the names of the rounds."""
_BESIDE = 1100
"""From this width in pixels on the numbers stand beside the chart, not below it."""


class ChartsView(QWidget):
    """One chart at a time with its legend, numbers and note.

    Attributes:
        is_wide: counts, not tasks: the panel of the task in hand gives its room to the numbers.

    Signals:
        tasks_wanted: the filter was narrowed to the tasks behind a bar; show the list.
    """

    tasks_wanted = Signal()
    is_wide = True

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._giving = Giving(kit)
        self._kind = next(iter(SHOWN))
        self._charts: Charts | None = None
        self._counted: Filter | None = None
        self._is_stale = True
        self._reading = LatestRead(kit.runner, "正在统计", self._make, self._take, self)
        self._lay_out()
        kit.hub.opened.connect(self._on_opened)
        kit.hub.filtered.connect(self._on_filtered)
        kit.hub.changed.connect(lambda _changes, _initiator: self.reload())
        kit.theme.changed.connect(self._show)

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._make_bar())
        self.banner = self._make_banner()
        column.addWidget(self.banner)
        column.addWidget(self._make_titles())
        self._legend_place = QVBoxLayout()
        column.addLayout(self._legend_place)
        self.empty = quiet(NOTHING)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.empty, 1)
        self.table = NumbersTable(self._kit.theme)
        self.table.picked.connect(self._on_cell)
        self.table.menu_wanted.connect(self._on_table_menu)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setStyleSheet("QScrollArea { background: palette(base); }")
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self._scroll)
        self.split.addWidget(self.table)
        column.addWidget(self.split, 1)
        self.note = quiet("")
        self.note.setWordWrap(True)
        column.addWidget(self.note)
        self._legend: Legend | None = None
        self._bars: BarPlot | None = None
        self._trend: TrendPlot | None = None

    def _make_bar(self) -> QWidget:
        self.choices = QButtonGroup(self)
        for place, (kind, words) in enumerate(SHOWN.items()):
            button = QPushButton(words)
            button.setToolTip(CHARTS[kind])
            button.setCheckable(True)
            button.setChecked(kind == self._kind)
            self.choices.addButton(button, place)
        self.choices.idClicked.connect(lambda place: self.show_kind(list(SHOWN)[place]))
        self.copy_picture = _button("复制图", "把图复制到剪贴板，可粘贴到文档", self._on_copy)
        self.copy_table = _button("复制表", "把数字复制到剪贴板，可粘贴到表格", self._on_copy_table)
        self.save = _button("存为图片…", "存为 PNG、SVG 或 PDF", self._on_save)
        saving = (self.copy_picture, self.copy_table, self.save)
        return FoldingBar(self.choices.buttons(), saving)

    def _make_titles(self) -> QWidget:
        self.titles = QWidget()
        row = QHBoxLayout(self.titles)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.heading = quiet("")
        row.addWidget(self.title)
        row.addWidget(self.heading, 1)
        return self.titles

    def _make_banner(self) -> QWidget:
        banner = QWidget()
        row = QHBoxLayout(banner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.narrowed = QLabel()
        row.addWidget(self.narrowed)
        self.widen = _button("统计全部", "清除筛选条件", self._on_widen)
        self.widen.setProperty("quiet", True)
        row.addWidget(self.widen)
        row.addStretch(1)
        banner.hide()
        return banner

    # Reading

    def _make(self) -> Callable[[], Charts] | None:
        hub = self._kit.hub
        if hub.office is None:
            return None
        office, wanted, today = hub.office, hub.filter, hub.today
        round_id = hub.round.id if hub.round else None
        self._counted = _without_codes(wanted)
        return lambda: read_charts(office, wanted, round_id, today)

    def _take(self, charts: Charts) -> None:
        self._charts = charts
        self._show()

    def reload(self) -> None:
        """Count again; put off until the view is in sight."""
        if self.isVisible():
            self._is_stale = False
            self._reading.ask()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Count what has changed while the view was out of sight."""
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def _on_opened(self) -> None:
        self._charts = None
        self.reload()

    def _on_filtered(self) -> None:
        if _without_codes(self._kit.hub.filter) != self._counted:
            self.reload()

    # Showing

    @property
    def kind(self) -> str:
        """Which chart is shown."""
        return self._kind

    @property
    def plot(self) -> BarPlot | TrendPlot | None:
        """The plot in sight; None before the first one."""
        return self._trend if self._kind == "trend" else self._bars

    def show_kind(self, kind: str) -> None:
        """Show another chart, one of `SHOWN`."""
        self._kind = kind
        self.choices.button(list(SHOWN).index(kind)).setChecked(True)
        self._show()

    def _show(self) -> None:
        if self._charts is None:
            return
        shape = self._charts.shape(self._kind)
        there = not shape.is_empty
        self.empty.setText(self._why_empty())
        self.empty.setVisible(not there)
        for part in (self.split, self.note, self.titles):
            part.setVisible(there)
        for button in (self.copy_picture, self.copy_table, self.save):
            button.setEnabled(there)
        self._show_banner(self._charts)
        if there:
            self.title.setText(shape.title)
            self.heading.setText(self._heading())
            self.note.setText(shape.note)
            self.table.show_numbers(self._charts.numbers(self._kind))
            self._show_plot(shape)
            self._share_out()
        if self._legend is not None:
            self._legend.setVisible(there and self._kind != "trend")

    def _why_empty(self) -> str:
        if self._kind == "trend":
            return NO_ROUND
        has_tasks = self._charts is not None and self._charts.units.total.total.number
        return NONE_LATE if self._kind == "late" and has_tasks else NOTHING

    def _show_plot(self, shape: ChartShape) -> None:
        """Show the plot; the first one loads pyqtgraph."""
        from tracker.printing.chart_shapes import BarChart
        from tracker.ui.charts.legend import Legend
        from tracker.ui.charts.plots import BarPlot, TrendPlot, look_of

        look = look_of(self._kit.theme)
        if self._legend is None:
            self._legend = Legend()
            self._legend_place.addWidget(self._legend)
        if isinstance(shape, BarChart):
            if self._bars is None:
                self._bars = BarPlot()
                self._bars.picked.connect(self._on_picked)
                self._bars.menu_wanted.connect(self._on_plot_menu)
            self._legend.show_series(shape.series, look)
            self._put(self._bars)
            self._bars.show_chart(shape, look)
        else:
            if self._trend is None:
                self._trend = TrendPlot()
                self._trend.picked.connect(self._on_picked)
                self._trend.menu_wanted.connect(self._on_plot_menu)
            self._put(self._trend)
            self._trend.show_chart(shape, look)

    def _put(self, plot: QWidget) -> None:
        """Put a plot into the scroll area; the other one is kept for later."""
        if self._scroll.widget() is not plot:
            kept = self._scroll.takeWidget()
            if kept is not None:
                kept.setParent(self)
                kept.hide()
            self._scroll.setWidget(plot)
            plot.show()

    def _show_banner(self, charts: Charts) -> None:
        self.banner.setVisible(charts.narrowed is not None)
        self.narrowed.setText(f"按台账的筛选条件，只统计其中 {charts.narrowed or 0:,} 项")

    def _heading(self) -> str:
        hub = self._kit.hub
        if self._kind in OF_TODAY or hub.ledger is None:
            return "全部在办专项"
        if hub.round is None:
            return hub.ledger.name
        if self._kind == "trend" or self._charts is None:
            return f"{hub.ledger.name}　第{hub.round.number}期"
        day = self._charts.as_of
        return f"{hub.ledger.name}　第{hub.round.number}期　截至{day.month}月{day.day}日"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers beside the chart where there is room."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Beside the chart the numbers take what they need, below it two fifths.

        Large text in a low window leaves neither of them a height, so they share the width.
        """
        low = _LOW_TREND if self._kind == "trend" else _LOW
        is_low = self.split.height() < low * self._kit.theme.size
        wide = self.width() >= _BESIDE or is_low
        self.split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        whole = self.split.width() if wide else self.split.height()
        wanted = self.table.needed_width() if wide else whole * 2 // 5
        numbers = min(wanted, whole // 2 if self.width() < _BESIDE else whole * 3 // 5)
        self.split.setSizes([whole - numbers, numbers])

    # What the user does

    def _on_cell(self, row: int, codes: tuple[str, ...], words: str) -> None:
        lines = self._charts.tally(self._kind).lines if self._charts else ()
        key = lines[row].key if self._kind in OF_TODAY and row < len(lines) else ""
        self._on_picked(key, codes, words)

    def _on_picked(self, key: str, codes: tuple[str, ...], words: str) -> None:
        """Narrow the shared filter to the tasks behind what was clicked."""
        if self._kind in OF_TODAY and not self._go_to_ledger(key):
            return
        self._kit.hub.narrow(codes=frozenset(codes), about=words)
        self.tasks_wanted.emit()

    def _go_to_ledger(self, key: str) -> bool:
        """Bring the ledger of a clicked bar into sight; a sum over all ledgers has none."""
        hub = self._kit.hub
        if hub.office is None or not key:
            return False
        if hub.ledger is None or str(hub.ledger.id) != key:
            ledger = next((x for x in list_ledgers(hub.office) if str(x.id) == key), None)
            if ledger is None:
                return False
            kept = {name: getattr(hub.filter, name) for name in _KEPT}
            rounds = list_rounds(hub.office, ledger)
            hub.show(hub.office, ledger, choose_round(hub.office, ledger, None) if rounds else None)
            hub.narrow(**kept)
        return True

    def _on_widen(self) -> None:
        plain = Filter(None)
        self._kit.hub.narrow(**{name: getattr(plain, name) for name in (*_KEPT, "codes", "about")})

    def _on_copy(self) -> None:
        if self._charts is not None:
            self._giving.copy_picture(self._charts, self._kind)

    def _on_copy_table(self) -> None:
        if self._charts is not None:
            self._giving.copy_numbers(self._charts, self._kind)

    def _on_save(self) -> None:
        self._giving.save(self._kind)

    def _on_plot_menu(self, found: Found | None, where: QPoint) -> None:
        see = [(f"查看任务：{found[2]}", lambda: self._on_picked(*found))] if found else []
        self.menu = open_menu(self, (*see, None, *self._for_all()), where)

    def _on_table_menu(self, index: QModelIndex, where: QPoint) -> None:
        self.menu = open_menu(self, (*self.table.offers(index), None, *self._for_all()), where)

    def _for_all(self) -> tuple[Offer, ...]:
        buttons = (self.copy_picture, self.copy_table, self.save)
        return tuple((button.text(), button.click) for button in buttons)


_KEPT = ("text", "lights", "unit_id", "section", "completion", "show")
"""What narrows the counts; the codes of a click do not."""


def _without_codes(wanted: Filter) -> Filter:
    return replace(wanted, codes=frozenset(), about="", sort=(), group=GroupKey.NONE)


def _button(name: str, hint: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(name)
    button.setToolTip(hint)
    button.clicked.connect(act)
    return button
