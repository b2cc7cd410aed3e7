"""Tells how long the GUI thread was kept from its events."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer


class Pulse:
    """Ticks every 10 ms in the GUI thread and keeps the longest gap between two ticks.

    Attributes:
        longest: the longest gap so far, in seconds.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> float:
        """End the ticking and return the longest gap."""
        self._timer.stop()
        return self.longest
