"""What a setting is: its words, what it is changed with, and how it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.text.pinyin import is_typed, sounds_like

if TYPE_CHECKING:
    from collections.abc import Callable

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Kept(Generic[V]):
    """A value that is kept somewhere and has a default."""

    get: Callable[[], V]
    put: Callable[[V], object]
    default: V

    @property
    def is_other(self) -> bool:
        """Whether another value than the default is in force."""
        return self.get() != self.default

    def restore(self) -> None:
        """Set the default again."""
        self.put(self.default)


@dataclass(frozen=True, slots=True)
class Choice(Kept[str]):
    """One of several; `options` are pairs of a value and its word."""

    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tick(Kept[bool]):
    """Yes or no; `word` stands beside the box."""

    word: str


@dataclass(frozen=True, slots=True)
class Number(Kept[int]):
    """A number with a word behind it."""

    least: int
    most: int
    suffix: str


@dataclass(frozen=True, slots=True)
class Line(Kept[str]):
    """A line of text; `hint` stands in the empty field."""

    hint: str


@dataclass(frozen=True, slots=True)
class Folder(Kept[str]):
    """A folder, or none; `ask` returns another one, None when the user thinks better of it."""

    none: str
    ask: Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Doors:
    """Buttons that lead to where it is changed, as pairs of words and what they do."""

    buttons: tuple[tuple[str, Callable[[], object]], ...]


Control = Choice | Tick | Number | Line | Folder | Doors


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting.

    Attributes:
        why: in a line what it does, and when where that is not at once.
        words: other words it is searched by.
        in_file: kept in the opened file and one step of its trace; there must be one.
    """

    key: str
    group: str
    name: str
    why: str
    control: Control
    words: str = ""
    in_file: bool = False

    def matches(self, query: str) -> bool:
        """Tell whether all words of a query are in it, as signs or as pinyin."""
        text = f"{self.name} {self.why} {self.words} {self.group}".lower()
        spoken = f"{self.name} {self.words} {self.group}"
        return all(
            word in text or (is_typed(word) and sounds_like(word, spoken))
            for word in query.lower().split()
        )
