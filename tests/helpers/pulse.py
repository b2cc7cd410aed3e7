"""Tells how long the GUI thread was kept from its events by this program.

A gap counts for no more than the processor time this process used in it, so that other programs
on a busy machine are no stall of ours.
"""

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
        self._last, self._used = time.perf_counter(), time.process_time()
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, used = time.perf_counter(), time.process_time()
        self.longest = max(self.longest, min(now - self._last, used - self._used))
        self._last, self._used = now, used

    def stop(self) -> float:
        """End the ticking and return the longest gap."""
        self._timer.stop()
        return self.longest
