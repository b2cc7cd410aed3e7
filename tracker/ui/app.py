"""Starting the window: the display, the application, fonts, Qt's own words in Chinese."""

from __future__ import annotations

import gc
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.paths import WINDOW_PROGRAM, command_name, resource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QApplication

    from tracker.ui.main_window import MainWindow
    from tracker.ui.recent import Choices

NO_DISPLAY = (
    "错误：这台机器没有图形界面，打不开窗口。请在有桌面的电脑上运行，"
    "或用 {program} demo --out 目录 直接生成示例报表\n"
)

TITLE_BAR = 40
"""What a system's frame takes of the height, at most."""


def has_display() -> bool:
    """Tell whether Qt could open a window; asked before Qt, which aborts where there is none."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_application(arguments: Sequence[str]) -> QApplication:
    """Return the application, speaking Chinese, with a Chinese font."""
    # Before Qt: once PySide6 is there, its import hook reads the source of every later module.
    import tracker.ops.browse, tracker.ops.history, tracker.ops.office  # noqa: E401, F401, I001

    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

    from tracker.printing.fonts import load_fonts
    from tracker.ui.qt_words import MoreChinese

    application = QApplication(list(arguments))
    application.setApplicationName(WINDOW_PROGRAM)
    set_icon(application)
    application.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)
    application.installTranslator(MoreChinese(application))
    load_fonts()
    return application


def set_icon(application: QApplication) -> None:
    """Give every window of the application the program's icon."""
    from PySide6.QtGui import QIcon

    application.setWindowIcon(QIcon(str(resource("icons/tracker.ico"))))


def run_window(arguments: Sequence[str], clock: Callable[[], datetime]) -> int:
    """Open the window and return when it is closed; the exit status.

    Args:
        arguments: the program's words; the first after its name may be a file to open: a
            database, or a table to import.
        clock: gives the present moment.
    """
    if not has_display():
        if sys.stderr is not None:
            sys.stderr.write(NO_DISPLAY.format(program=command_name()))
        return 1
    application, window = open_window(arguments, clock)
    last = window.place.last_file()
    if len(arguments) > 1:
        window.commands.take_file(Path(arguments[1]))
    elif last is not None:
        window.commands.open_path(last)
    status: int = application.exec()
    return status


def open_window(
    arguments: Sequence[str],
    clock: Callable[[], datetime],
    choices: Callable[[], Choices] | None = None,
) -> tuple[QApplication, MainWindow]:
    """Return the application and its window, shown, with nothing open yet.

    Args:
        arguments: the program's words.
        clock: gives the present moment.
        choices: gives what is remembered between starts; without it the user's own.
    """
    gc.disable()  # loading makes much and drops nothing
    application = make_application(arguments)
    from tracker.ui import crash
    from tracker.ui.main_window import MainWindow

    crash.install()
    window = MainWindow(application, _user(), clock, choices=choices() if choices else None)
    available = window.screen().availableSize()
    if available.width() <= window.width() or available.height() < window.height() + TITLE_BAR:
        window.showMaximized()  # else its foot would be below the edge of a small screen
    else:
        window.show()
    gc.freeze()  # what was loaded so far stays: no collection need look at it again
    gc.enable()
    return application, window


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, ImportError, KeyError):
        return "经办人"
