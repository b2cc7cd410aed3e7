"""How long a frame of the deadline view takes, however many tasks there are."""

from __future__ import annotations

import statistics
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.harness import Benchmark, Way

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

WIDTH, HEIGHT = 1366, 768
_PLACES = 12  # frames at so many places between top and bottom
_ROWS_IN_SIGHT = 24


def prepare(folder: Path, tasks: int) -> Path:
    """Return a path whose name tells how many tasks; the rows are made on the spot."""
    return folder / str(tasks)


def ours(path: Path) -> float:
    """Scroll the deadline view."""
    from tests.helpers.timelines import timeline_rows
    from tracker.ui.gantt.chart import GanttChart
    from tracker.ui.theme import Theme

    chart = GanttChart(Theme(_application()))
    chart.resize(WIDTH, HEIGHT)
    chart.show_rows(timeline_rows(int(path.name)))
    bar = chart.verticalScrollBar()

    def move(place: int) -> None:
        bar.setValue(bar.maximum() * place // _PLACES)

    return _frame(chart, move)


def bar_graph(path: Path) -> float:
    """Scroll pyqtgraph's bars, as many and at the same size of the window."""
    import pyqtgraph

    from tests.helpers.timelines import timeline_rows

    _application()
    tasks = int(path.name)
    rows = timeline_rows(tasks)
    plot = pyqtgraph.PlotWidget(background="w")
    plot.resize(WIDTH, HEIGHT)
    widths = [end - start for start, end in zip(rows.starts, rows.ends, strict=True)]
    item = pyqtgraph.BarGraphItem(
        x0=list(rows.starts), y=list(range(tasks)), height=0.6, width=widths, brush="#23774a"
    )
    plot.addItem(item)

    def move(place: int) -> None:
        # as far as the chart shows it: the bars in sight, the others outside
        first = (tasks - _ROWS_IN_SIGHT) * place // _PLACES
        plot.setYRange(first, first + _ROWS_IN_SIGHT, padding=0)

    return _frame(plot, move)


def drawn_bare(path: Path) -> float:
    """Draw the words and bars of the rows in sight into an image, nothing laid out."""
    from PySide6.QtGui import QImage, QPainter

    from tests.helpers.timelines import timeline_rows

    _application()
    rows = timeline_rows(int(path.name))
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)

    def draw(first: int) -> None:
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        for line in range(min(_ROWS_IN_SIGHT, len(rows.titles))):
            row, y = first + line, 30 * line + 20
            for x, words in ((4, rows.numbers), (60, rows.titles), (300, rows.units)):
                painter.drawText(x, y, words[row])
            painter.fillRect(500, y - 12, rows.ends[row] - rows.starts[row], 16, 0x23774A)
            painter.drawText(1200, y, rows.remaining[row])
        painter.end()

    last = max(0, len(rows.titles) - _ROWS_IN_SIGHT)
    draw(0)
    times = []
    for place in range(1, _PLACES):
        start = perf_counter()
        draw(last * place // _PLACES)
        times.append((perf_counter() - start) * 1000)
    return statistics.median(times)


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    from tracker.ui.app import make_application

    running = QApplication.instance()
    return running if isinstance(running, QApplication) else make_application(["benchmark"])


def _frame(widget: QWidget, move: Callable[[int], None]) -> float:
    """Return the median time of a frame painted into an image, each at another place."""
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    for place in (0, _PLACES):  # the first frames load fonts
        move(place)
        QWidget.render(widget, image)
    times = []
    for place in range(1, _PLACES):
        move(place)
        start = perf_counter()
        QWidget.render(widget, image)  # pyqtgraph's view has a `render` of another meaning
        times.append((perf_counter() - start) * 1000)
    return statistics.median(times)


FRAMES = Benchmark(
    name="gantt_frames",
    work="frame of the deadline view",
    unit="ms",
    prepare=prepare,
    ours=ours,
    peers=(Way("pyqtgraph bars", bar_graph),),
    limit=Way("rows in sight drawn", drawn_bare),
    sizes=(1_000, 10_000, 100_000),
)
