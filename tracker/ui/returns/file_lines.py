"""The files that came back, as the list on the left shows them; without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """What a chip's colour means; the value is the colour's name."""

    WRONG = "red"
    LOOK = "amber"
    SAME = "violet"
    PLAIN = "grey"


@dataclass(frozen=True, slots=True)
class FileChip:
    """A finding in a word or two.

    Attributes:
        tip: the whole of it.
    """

    text: str
    tone: Tone
    tip: str = ""


class FileState(Enum):
    """What a file needs first; the value is the word beside its name. The order is the list's."""

    LOCKED = "要密码"
    UNREADABLE = "读不出"
    UNKNOWN = "不知哪个单位"
    WAITING = "待定"
    EMPTY = "空白"
    READ = "可写入"
    SAME = "一致"
    COPY = "盖章件"
    EARLIER = "已有更晚的一份"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the list.

    Attributes:
        key: what it is known by: the hash of its bytes.
        unit: whose it is; empty where nobody knows.
        why: how that is known, or why it cannot be read.
        filled: rows with words in them; `rows`: all rows meant for the unit.
    """

    key: str
    name: str
    unit: str
    why: str
    state: FileState
    filled: int = 0
    rows: int = 0
    chips: tuple[FileChip, ...] = ()

    @property
    def title(self) -> str:
        """The unit, or the file's name where nobody knows it."""
        return self.unit or self.name

    @property
    def amount(self) -> str:
        """How much is filled in, in words."""
        return f"填 {self.filled}/{self.rows}" if self.rows else ""
