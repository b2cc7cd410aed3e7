"""The user's own choices with their defaults; each is kept by the system between starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.recent import Choices

T = TypeVar("T", str, bool, int)


@dataclass(frozen=True, slots=True)
class Preference(Generic[T]):
    """One choice.

    Attributes:
        key: under which it is kept.
        read: returns its value from the kept text; None where that makes no sense.
    """

    key: str
    default: T
    read: Callable[[str], T | None]


def _flag(key: str, *, default: bool) -> Preference[bool]:
    return Preference(key, default, lambda text: {"true": True, "false": False}.get(text))


def _number(key: str, default: int, least: int, most: int) -> Preference[int]:
    def read(text: str) -> int | None:
        return int(text) if text.isdecimal() and least <= int(text) <= most else None

    return Preference(key, default, read)


def _words(key: str) -> Preference[str]:
    return Preference(key, "", lambda text: text)


LOOKS = ("system", "light", "dark")
DAYS_LEAST, DAYS_MOST = 1, 60

LOOK = Preference("look", LOOKS[0], lambda text: text if text in LOOKS else None)
WHO = _words("who")
REOPEN = _flag("reopen", default=True)
REMIND = _flag("remind", default=False)
DAYS_AHEAD = _number("days_ahead", 7, DAYS_LEAST, DAYS_MOST)
TRAY = _flag("tray", default=False)
STAY = _flag("stay_in_tray", default=False)
SECOND_COPY = _words("second_copy")

QUIET_ON = _words("quiet_on")
"""The day on which the user wants no more reminding, as written in ISO 8601."""
TOLD_ON = _words("told_on")
"""The last day on which the tray has told what is due."""


class Preferences:
    """Reads and keeps the choices."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def get(self, wanted: Preference[T]) -> T:
        """Return a choice, its default where none was made or what is kept makes no sense."""
        kept = self._choices.kept(wanted.key)
        value = wanted.read(kept) if kept else None
        return wanted.default if value is None else value

    def put(self, wanted: Preference[T], value: T) -> None:
        """Keep a choice."""
        text = str(value).lower() if isinstance(value, bool) else str(value)
        self._choices.keep(wanted.key, text)

    @property
    def dark(self) -> bool | None:
        """Whether the dark palette was chosen; None follows the system."""
        return {"light": False, "dark": True}.get(self.get(LOOK))
