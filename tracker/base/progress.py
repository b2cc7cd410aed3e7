"""Progress of long work: the worker reports, the screen polls, cancel is an exception."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.base.errors import Cancelled


@dataclass(slots=True)
class Progress:
    """The state of one piece of long work, shared by the worker and whoever watches it.

    Attributes:
        text: what is being done now, in the user's words.
        done: steps finished.
        total: steps in all; 0 where it is not known.
        cancel_wanted: set by the watcher; the next `step` raises `Cancelled`.
    """

    text: str = ""
    done: int = 0
    total: int = 0
    cancel_wanted: bool = False

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Record where the work stands; raise `Cancelled` if the user asked to stop."""
        self.text, self.done, self.total = text, done, total
        if self.cancel_wanted:
            raise Cancelled
