"""How long a frame of the deadline view takes, however many tasks there are.

`python -m tests.benchmarks.gantt_frames` prints the ratios: each size against 1,000 tasks, and
against pyqtgraph's `BarGraphItem` with as many bars at the same size of the window.
"""

from __future__ import annotations

import os
import statistics
import sys
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication, QWidget

    from tracker.printing.gantt_rows import GanttRows

SIZES = (1_000, 10_000, 100_000)
WIDTH, HEIGHT = 1366, 768
_PLACES = 12  # frames at so many places between top and bottom


@dataclass(frozen=True)
class FrameRow:
    """One line of the table; times in milliseconds.

    Attributes:
        against_least: the frame against that of the smallest size.
        against_bars: the frame against that of `BarGraphItem` at this size.
    """

    tasks: int
    frame: float
    bars: float
    against_least: float
    against_bars: float


def measure_frames(sizes: tuple[int, ...] = SIZES) -> list[FrameRow]:
    """Return one line for each number of tasks."""
    application = _application()
    rows: list[FrameRow] = []
    for tasks in sizes:
        frame = _gantt_frame(application, tasks)
        bars = _bar_graph_frame(tasks)
        least = rows[0].frame if rows else frame
        rows.append(FrameRow(tasks, frame, bars, frame / least, frame / bars))
    return rows


def _application() -> QApplication:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tracker.ui.app import make_application

    running = QApplication.instance()
    return running if isinstance(running, QApplication) else make_application(["benchmark"])


def _gantt_frame(application: QApplication, tasks: int) -> float:
    from tests.helpers.timelines import timeline_rows
    from tracker.ui.gantt.chart import GanttChart
    from tracker.ui.theme import Theme

    chart = GanttChart(Theme(application))
    chart.resize(WIDTH, HEIGHT)
    rows: GanttRows = timeline_rows(tasks)
    chart.show_rows(rows)
    bar = chart.verticalScrollBar()

    def move(place: int) -> None:
        bar.setValue(bar.maximum() * place // _PLACES)

    return _frame(chart, move)


def _bar_graph_frame(tasks: int) -> float:
    import pyqtgraph

    from tests.helpers.timelines import timeline_rows

    rows = timeline_rows(tasks)
    plot = pyqtgraph.PlotWidget(background="w")
    plot.resize(WIDTH, HEIGHT)
    widths = [end - start for start, end in zip(rows.starts, rows.ends, strict=True)]
    item = pyqtgraph.BarGraphItem(
        x0=list(rows.starts), y=list(range(tasks)), height=0.6, width=widths, brush="#23774a"
    )
    plot.addItem(item)

    def move(place: int) -> None:
        # as far as the chart shows it: some twenty bars in sight, the others outside
        first = (tasks - 20) * place // _PLACES
        plot.setYRange(first, first + 20, padding=0)

    return _frame(plot, move)


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


def main() -> None:
    """Print the table."""
    lines = [f"{'tasks':>8} {'frame ms':>9} {'bars ms':>9} {'x 1,000':>8} {'x bars':>8}"]
    lines += [
        f"{row.tasks:>8} {row.frame:>9.1f} {row.bars:>9.1f}"
        f" {row.against_least:>8.2f} {row.against_bars:>8.2f}"
        for row in measure_frames()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
