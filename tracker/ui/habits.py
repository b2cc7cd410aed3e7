"""What the user's own choices change in the window: settings, reminder, tray, second backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tracker.ui import preferences as keys
from tracker.ui.preferences import Preferences

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow
    from tracker.ui.reminding import ReminderBar
    from tracker.ui.tray import Tray

TRAY_AFTER_MS = 1500
"""The icon in the tray comes when the window is there."""
_STAYS = "窗口已收到托盘；点图标再打开，要退出请用“文件→退出”"


class Habits(QObject):
    """Nothing of it is made before it is wanted.

    Attributes:
        bar: the line that reminds; None while none is wanted.
        tray: the icon in the tray; None while none is wanted.

    Args:
        login: the user's name as the system has it.
    """

    def __init__(self, window: MainWindow, login: str) -> None:
        super().__init__(window)
        self._window = window
        self._login = login
        self._kept = Preferences(window.choices)
        self._is_leaving = False
        self._has_told = False
        self.bar: ReminderBar | None = None
        self.tray: Tray | None = None
        if self._kept.get(keys.TRAY):
            QTimer.singleShot(TRAY_AFTER_MS, self, self.apply_tray)

    # Settings

    def open_settings(self) -> None:
        """Open the window of settings; a door to another window closes it."""
        from tracker.ui.settings.catalogue import Catalogue
        from tracker.ui.settings.window import SettingsWindow
        from tracker.ui.tray import has_tray

        window = self._window

        def act(method: str) -> None:
            if method != "backup":
                settings.accept()
            window.actions_by_name[method].trigger()

        found = Catalogue(window.kit, act, self._login, has_tray=has_tray())
        settings = SettingsWindow(window.kit, found.entries(), window)
        settings.changed.connect(self._on_changed)
        settings.open()

    def _on_changed(self, key: str) -> None:
        if key in (keys.TRAY.key, keys.STAY.key):
            self.apply_tray()
        elif key == keys.DAYS_AHEAD.key and self.bar is not None:
            self.bar.ask()

    # Reminding

    def remind(self) -> None:
        """Tell what is due in the file that was opened, where the user wants it."""
        if self.bar is not None or not self._kept.get(keys.REMIND):
            return
        from tracker.ui.reminding import ReminderBar

        window = self._window
        self.bar = ReminderBar(window.kit)
        self.bar.tasks_wanted.connect(lambda: window.view("台账"))
        self.bar.view_wanted.connect(window.view)
        self.bar.ledger_wanted.connect(window.commands.choose_ledger)
        window.above_tabs.addWidget(self.bar)
        self.bar.ask()

    # The tray

    def apply_tray(self) -> None:
        """Show the icon in the tray or take it away, as the user wants it."""
        if self.tray is None:
            from tracker.ui.tray import Tray

            self.tray = Tray(self._window.kit, self._window)
            self.tray.window_wanted.connect(self.bring_back)
            self.tray.today_wanted.connect(self._on_today)
            self.tray.leave_wanted.connect(self.leave)
        self.tray.apply()

    @property
    def keeps_window(self) -> bool:
        """Whether closing the window leaves it in the tray; never when the system shuts down."""
        is_kept = self.tray is not None and self.tray.keeps_window
        return is_kept and not self._is_leaving and not _app().isSavingSession()

    def put_away(self) -> None:
        """Hide the window; the first time the tray says where it is."""
        QApplication.setQuitOnLastWindowClosed(False)  # else the manual's window would end it
        self._window.hide()
        if self.tray is not None and self.tray.icon is not None and not self._has_told:
            self._has_told = True
            calm = QSystemTrayIcon.MessageIcon.NoIcon
            self.tray.icon.showMessage("还在运行", _STAYS, calm)

    def bring_back(self) -> None:
        """Show the window in front of others."""
        QApplication.setQuitOnLastWindowClosed(True)
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def _on_today(self) -> None:
        self.bring_back()
        if self._window.kit.hub.office is not None and not self._window.is_reviewing:
            self._window.view("今日")

    def leave(self) -> None:
        """Close the window for good; it comes back first, as it may have to ask."""
        if self._window.isHidden():
            self.bring_back()
        self._is_leaving = True
        if self._window.close() and self.tray is not None:
            self.tray.vanish()
        self._is_leaving = False

    # Backup

    def copy_backup(self, backup: Path) -> None:
        """Put a second copy of a backup where the user wants one, and tell of both."""
        from tracker.ops.upkeep import copy_backup

        said = f"已备份到 {backup.parent.name}/{backup.name}"
        kept, messages = self._kept.get(keys.SECOND_COPY), self._window.kit.messages
        if not kept:
            messages.tell(said)
            return
        folder = Path(kept)
        self._window.kit.runner.read(
            "正在另存备份",
            lambda _progress: copy_backup(backup, folder),
            lambda copy: messages.tell(f"{said}；另存到 {copy.parent}"),
            failed=lambda: messages.tell(f"{said}；没有另存"),
        )


def _app() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app
