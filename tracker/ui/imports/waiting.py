"""The files of an import, one after the other; knows nothing of Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.base.progress import Progress
    from tracker.ops.import_table import Source


LONGEST_NAME = 30


def short_name(name: str) -> str:
    """Return a file's name with its middle left out where it is long; its ending stays."""
    half = LONGEST_NAME // 2
    return name if len(name) <= LONGEST_NAME else f"{name[:half]}…{name[1 - half :]}"


class Stand(Enum):
    """How far a file is; the value is the word in the list."""

    WAITING = "等待"
    HERE = "正在核对"
    WRITTEN = "已写入"
    UNCHANGED = "没有变动"
    SKIPPED = "跳过"
    FAILED = "没有读出"


@dataclass(slots=True)
class Arrival:
    """A file or pasted text that was handed over.

    Attributes:
        read: reads it in a worker; gets the progress and the password of a locked file.
        said: what became of it, in the user's words.
    """

    name: str
    read: Callable[[Progress, str | None], Source]
    stand: Stand = Stand.WAITING
    said: str = ""


class Queue:
    """Files in the order they came; one at a time is in hand."""

    def __init__(self) -> None:
        self.files: list[Arrival] = []
        self._at = -1

    def add(self, files: Iterable[Arrival]) -> None:
        """Put files at the end."""
        self.files += files

    def clear(self) -> None:
        """Forget all files."""
        self.files, self._at = [], -1

    @property
    def current(self) -> Arrival | None:
        """The file in hand."""
        return self.files[self._at] if 0 <= self._at < len(self.files) else None

    @property
    def place(self) -> int:
        """Which file is in hand, from 1."""
        return self._at + 1

    @property
    def waiting(self) -> int:
        """How many files are still to come."""
        return sum(one.stand is Stand.WAITING for one in self.files)

    @property
    def is_running(self) -> bool:
        """Whether a file is in hand that nothing has become of yet."""
        current = self.current
        return current is not None and current.stand is Stand.HERE

    def settle(self, stand: Stand, said: str = "") -> None:
        """Say what became of the file in hand."""
        current = self.current
        if current is not None:
            current.stand, current.said = stand, said

    def take_next(self) -> Arrival | None:
        """Take the next waiting file in hand; None where there is none."""
        for at, one in enumerate(self.files):
            if one.stand is Stand.WAITING:
                self._at = at
                one.stand = Stand.HERE
                return one
        return None
