"""The icon in the tray: where the user wants it, it tells once a day what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tracker.base.paths import resource
from tracker.ops.due import whats_due
from tracker.ui import preferences as keys
from tracker.ui.preferences import Preferences
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tracker.ops.due import LedgerDue
    from tracker.ui.kit import Kit

LOOK_EVERY_MS = 10 * 60_000
FIRST_LOOK_MS = 20_000
"""How long after the icon appears is looked first: the start is over then."""
FROM_HOUR = 8
"""Nobody is told before so many o'clock."""
_MOST_TOLD = 4


def has_tray() -> bool:
    """Return whether the system has a tray for icons."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The icon with its menu.

    Attributes:
        icon: None while the user wants none.

    Signals:
        window_wanted: the window is to come back.
        today_wanted: and to show what is due today.
        leave_wanted: the program is to end.
        told: what was told, for whoever wants to know.

    Args:
        is_available: says whether there is a tray; without it the system is asked.
    """

    window_wanted = Signal()
    today_wanted = Signal()
    leave_wanted = Signal()
    told = Signal(str)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget | None = None,
        *,
        is_available: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._kept = Preferences(kit.choices)
        self._is_available = is_available or has_tray
        self.icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._read = LatestRead(kit.runner, "看有什么到期", self._reading, self._tell, self)

    @property
    def keeps_window(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        return self.icon is not None and self._is_available() and self._kept.get(keys.STAY)

    def apply(self) -> None:
        """Show the icon or take it away, as the user wants it."""
        wanted = self._kept.get(keys.TRAY) and self._is_available()
        if wanted and self.icon is None:
            self._appear()
        elif not wanted and self.icon is not None:
            self.vanish()

    def _appear(self) -> None:
        self._menu = QMenu()
        for words, signal in (
            ("打开窗口", self.window_wanted),
            ("今日", self.today_wanted),
            ("退出", self.leave_wanted),
        ):
            self._menu.addAction(words, signal.emit)
        self.icon = QSystemTrayIcon(QIcon(str(resource("icons/tracker.ico"))), self)
        self.icon.setToolTip("责任分解落实台账")
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.today_wanted)
        self.icon.show()
        self._timer.start()
        QTimer.singleShot(FIRST_LOOK_MS, self, self.look)

    def vanish(self) -> None:
        """Take the icon away."""
        self._timer.stop()
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def look(self) -> None:
        """Look what is due, unless it was told today or the day has not begun."""
        now = self._kit.hub.now
        day = now.date().isoformat()
        told = day in (self._kept.get(keys.TOLD_ON), self._kept.get(keys.QUIET_ON))
        if self.icon is not None and now.hour >= FROM_HOUR and not told:
            self._read.ask()

    def _reading(self) -> Callable[[], tuple[LedgerDue, ...]] | None:
        hub = self._kit.hub
        office, today, days = hub.office, hub.today, self._kept.get(keys.DAYS_AHEAD)
        return None if office is None else lambda: whats_due(office, today, days)

    def _tell(self, found: tuple[LedgerDue, ...]) -> None:
        if self.icon is None or not found:
            return
        lines = [f"{due.ledger.name}：{due.sentence()}" for due in found[:_MOST_TOLD]]
        if len(found) > _MOST_TOLD:
            lines.append(f"另有 {len(found) - _MOST_TOLD} 个专项")
        words = "\n".join(lines)
        self._kept.put(keys.TOLD_ON, self._kit.hub.today.isoformat())
        self.icon.showMessage("今日提醒", words, QSystemTrayIcon.MessageIcon.Information)
        self.told.emit(words)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.window_wanted.emit()
