"""The window: start to first painted rows, and a keystroke in the filter to painted rows.

Peer and limit of the start: a bare Qt window, `import sqlalchemy.orm` and one SELECT of a page.
Run with `python -m tests.benchmarks.window`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.large_office import make_large_office

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000, 100_000)
RUNS = 5

BARE = """
import sys, time
began = time.perf_counter()
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
import sqlalchemy.orm
engine = sqlalchemy.create_engine("sqlite:///" + sys.argv[1])
with engine.connect() as connection:
    connection.execute(sqlalchemy.text("select * from task limit 100")).all()
window = QWidget()
window.resize(1366, 768)
window.show()
window.grab()
print(time.perf_counter() - began)
"""

OURS = """
import sys, time
began = time.perf_counter()
from datetime import datetime
from pathlib import Path
from tracker.ui.app import open_window
import tracker.ops.browse
from PySide6.QtCore import QEventLoop, QSettings
from tracker.ui.recent import Choices
settings = QSettings(sys.argv[1] + ".ini", QSettings.Format.IniFormat)
application, window = open_window(["x"], lambda: datetime(2026, 3, 2, 9, 30), Choices(settings))
window.commands.open_path(Path(sys.argv[1]))
while window.kit.hub.office is None:
    application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
view = window.view("台账")
while not view.model.rowCount():
    application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
window.grab()
print(time.perf_counter() - began)
while window.kit.runner.is_busy:
    application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
times = []
for text in ("老桥", "县第7局", "惠及", "", "老桥"):
    begun = time.perf_counter()
    window.kit.hub.narrow(text=text)
    while view._find.is_running:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
    view.grab()
    times.append(time.perf_counter() - begun)
print(sorted(times)[len(times) // 2])
"""


def seconds(script: str, path: Path) -> list[float]:
    """Run a script in a process of its own; return the numbers it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return [float(line) for line in ran.stdout.split()]


def main() -> None:
    """Measure and print."""
    print(f"{'tasks':>8} {'start':>8} {'bare':>8} {'ratio':>6} {'filter':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = make_large_office(Path(folder) / f"{size}.db", size)
            bare = statistics.median(seconds(BARE, path)[0] for _ in range(RUNS))
            ours = [seconds(OURS, path) for _ in range(RUNS)]
            start = statistics.median(times[0] for times in ours)
            typed = statistics.median(times[1] for times in ours)
            print(
                f"{size:>8} {start:>7.3f}s {bare:>7.3f}s {start / bare:>6.2f} "
                f"{typed * 1000:>7.1f}ms"
            )


if __name__ == "__main__":
    main()
