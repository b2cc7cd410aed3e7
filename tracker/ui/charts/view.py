"""The view 统计: four charts, each with its numbers, over the window's filter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
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

from tracker.base.file_names import report_name
from tracker.domain.browse import Filter
from tracker.ops.charts import CHARTS, Charts, chart_drawing, read_charts
from tracker.ops.ledgers import list_ledgers
from tracker.ops.pictures import PictureWishes, write_picture
from tracker.ops.rounds import choose_round, list_rounds
from tracker.ui.charts.numbers import NumbersTable
from tracker.ui.widgets.folding import FoldingBar
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from tracker.printing.chart_shapes import ChartShape
    from tracker.ui.charts.legend import Legend
    from tracker.ui.charts.plots import BarPlot, TrendPlot
    from tracker.ui.kit import Kit

SHOWN = ("units", "lights", "trend", "due")
PICTURE_KINDS = "PNG 图片 (*.png);;SVG 矢量图 (*.svg);;PDF 文件 (*.pdf)"
NOTHING = "还没有可统计的任务。请先导入表格，或新增事项。"
NO_ROUND = "还没有轮次，看不出各期的变化。请先新开一期。"

_BESIDE = 1100
"""From this width in pixels on the numbers stand beside the chart, not below it."""


class ChartsView(QWidget):
    """One chart at a time with its legend, numbers and note.

    Signals:
        tasks_wanted: the filter was narrowed to the tasks behind a bar; show the list.
    """

    tasks_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._kind = SHOWN[0]
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
        self.empty = QLabel(NOTHING)
        self.empty.setProperty("quiet", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.empty, 1)
        self.table = NumbersTable(self._kit.theme)
        self.table.picked.connect(self._on_cell)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setStyleSheet("QScrollArea { background: palette(base); }")
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self._scroll)
        self.split.addWidget(self.table)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        column.addWidget(self.split, 1)
        self.note = QLabel()
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        column.addWidget(self.note)
        self._legend: Legend | None = None
        self._bars: BarPlot | None = None
        self._trend: TrendPlot | None = None

    def _make_bar(self) -> QWidget:
        self.choices = QButtonGroup(self)
        for place, kind in enumerate(SHOWN):
            button = QPushButton(CHARTS[kind])
            button.setCheckable(True)
            button.setChecked(kind == self._kind)
            self.choices.addButton(button, place)
        self.choices.idClicked.connect(lambda place: self.show_kind(SHOWN[place]))
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
        self.heading = QLabel()
        self.heading.setProperty("quiet", True)
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
        self.choices.button(SHOWN.index(kind)).setChecked(True)
        self._show()

    def _show(self) -> None:
        if self._charts is None:
            return
        shape = self._charts.shape(self._kind)
        there = not shape.is_empty
        self.empty.setText(NO_ROUND if self._kind == "trend" else NOTHING)
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
            has_total = self._kind != "trend"
            self.table.show_numbers(self._charts.numbers(self._kind), has_total=has_total)
            self._show_plot(shape)
            self._share_out()
        if self._legend is not None:
            self._legend.setVisible(there and self._kind != "trend")

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
            self._legend.show_series(shape.series, look)
            self._put(self._bars)
            self._bars.show_chart(shape, look)
        else:
            if self._trend is None:
                self._trend = TrendPlot()
                self._trend.picked.connect(self._on_picked)
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
        if self._kind == "lights" or hub.ledger is None:
            return "全部在办专项"
        if hub.round is None:
            return hub.ledger.name
        day = hub.round.cut_off
        until = f"　截至{day.month}月{day.day}日" if day else ""
        return f"{hub.ledger.name}　第{hub.round.number}期{until}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers beside the chart where there is room."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Beside the chart the numbers take what they need, below it two fifths."""
        wide = self.width() >= _BESIDE
        self.split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        whole = self.split.width() if wide else self.split.height()
        wanted = self.table.needed_width() if wide else whole * 2 // 5
        numbers = min(wanted, whole * 3 // 5)
        self.split.setSizes([whole - numbers, numbers])

    # What the user does

    def _on_cell(self, row: int, codes: tuple[str, ...], words: str) -> None:
        lines = self._charts.tally(self._kind).lines if self._charts else ()
        key = lines[row].key if self._kind != "trend" and row < len(lines) else ""
        self._on_picked(key, codes, words)

    def _on_picked(self, key: str, codes: tuple[str, ...], words: str) -> None:
        """Narrow the shared filter to the tasks behind what was clicked."""
        if self._kind == "lights" and not self._go_to_ledger(key):
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
            from tracker.printing.charts import chart_image

            drawing = chart_drawing(self._charts, self._kind, self._picture_heading())
            QGuiApplication.clipboard().setImage(chart_image(drawing))
            self._kit.messages.tell(f"已复制“{CHARTS[self._kind]}”的图，可粘贴到文档")

    def _on_copy_table(self) -> None:
        if self._charts is not None:
            text = self._charts.numbers(self._kind).as_text()
            QGuiApplication.clipboard().setText(text)
            self._kit.messages.tell(f"已复制“{CHARTS[self._kind]}”的数字，可粘贴到表格")

    def _picture_heading(self) -> str:
        hub = self._kit.hub
        if self._kind == "lights" or hub.ledger is None:
            return ""
        return f"{hub.ledger.name}（第{hub.round.number}期）" if hub.round else hub.ledger.name

    def _picture_name(self) -> str:
        hub = self._kit.hub
        shown = None if self._kind == "lights" else hub.ledger
        number = hub.round.number if shown is not None and hub.round else None
        name, what = shown.name if shown else "", CHARTS[self._kind]
        return report_name(name, what, ".png", round_number=number, day=hub.today)

    def _on_save(self) -> None:
        hub = self._kit.hub
        if hub.office is None:
            return
        office, ledger, round_, today, kind = (
            hub.office,
            hub.ledger,
            hub.round,
            hub.today,
            self._kind,
        )
        name = self._picture_name()
        asked = self._kit.messages.ask_save("存为图片", name, PICTURE_KINDS)
        if not asked:
            return
        target = Path(asked)
        if not target.suffix:
            target = target.with_name(target.name + ".png")
        wishes = PictureWishes(wanted=hub.filter)

        def done(path: Path) -> None:
            self._kit.messages.tell(f"已存为 {path.name}", "打开", lambda: _open(path))

        self._kit.runner.write_file(
            "正在存为图片",
            lambda progress: write_picture(
                office, kind, ledger, round_, target, today, wishes=wishes, progress=progress
            ),
            done,
        )


_KEPT = ("text", "lights", "unit_id", "section", "completion", "show")
"""What narrows the counts; the codes of a click do not."""


def _without_codes(wanted: Filter) -> Filter:
    return replace(wanted, codes=frozenset(), about="", sort=())


def _button(name: str, hint: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(name)
    button.setToolTip(hint)
    button.clicked.connect(act)
    return button


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
