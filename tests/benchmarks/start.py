"""From nothing to a window that shows the first rows of an office."""

from __future__ import annotations

from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.harness import Benchmark, Way

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tracker.ui.ledger.view import LedgerView
    from tracker.ui.main_window import MainWindow
    from tracker.ui.recent import Choices

NOW = datetime(2026, 3, 2, 9, 30)


def prepare(folder: Path, tasks: int) -> Path:
    """Return an office of so many tasks, made once in `folder`."""
    from tests.benchmarks.large_office import make_large_office

    path = folder / f"{tasks}.db"
    return path if path.exists() else make_large_office(path, tasks)


def ours(path: Path) -> float:
    """Open the window, open the office, wait for the first rows to be painted."""
    began = perf_counter()
    application, window, view = open_on(path)
    window.grab()
    taken = perf_counter() - began
    assert view.model.rowCount() == int(path.stem)
    settle(application, lambda: window.kit.runner.is_busy)
    return taken


def bare_with_page(path: Path) -> float:
    """Show an empty window of Qt and select one page of tasks through SQLAlchemy."""
    began = perf_counter()
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    import sqlalchemy.orm

    engine = sqlalchemy.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("select * from task limit 100")).all()
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    window.grab()
    application.processEvents()
    return perf_counter() - began


def bare(_path: Path) -> float:
    """Show an empty window of Qt."""
    began = perf_counter()
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    window.grab()
    application.processEvents()
    return perf_counter() - began


def open_on(path: Path) -> tuple[QApplication, MainWindow, LedgerView]:
    """Open the window on an office and wait until its list has rows."""
    from tracker.ui.app import open_window

    application, window = open_window(["x"], lambda: NOW, lambda: _choices_of(path))
    window.commands.open_path(path)
    settle(application, lambda: window.kit.hub.office is None)
    view: LedgerView = window.view("台账")
    settle(application, lambda: not view.model.rowCount())
    return application, window, view


def _choices_of(path: Path) -> Choices:
    """Return choices of no user, kept beside the office."""
    from PySide6.QtCore import QSettings

    from tracker.ui.recent import Choices

    return Choices(QSettings(f"{path}.ini", QSettings.Format.IniFormat))


def settle(application: QApplication, is_waiting: Callable[[], bool]) -> None:
    """Let the window work as long as it is waited for."""
    from PySide6.QtCore import QEventLoop

    # as `exec` does: the worker has the machine while there is nothing to do here
    while is_waiting():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


START = Benchmark(
    name="start",
    work="start to first rows",
    unit="s",
    prepare=prepare,
    ours=ours,
    peers=(Way("Qt + SQLAlchemy page", bare_with_page),),
    limit=Way("bare Qt window", bare),
    sizes=(1_000, 10_000, 100_000),
)
