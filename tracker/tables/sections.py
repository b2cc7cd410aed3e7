"""Section rows (“一、经济发展（10项）”) and the section a row stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.domain.terms import CONTINUED

_LEVELS = (
    re.compile(r"^第[一二三四五六七八九十百\d]+(?:部分|篇|编|章)"),
    re.compile(
        r"^[一二三四五六七八九十]{1,3}(?:[、.．]|(?=[\s　]))"
        r"|^[IVXⅠ-Ⅻ]{1,4}[、.．]|^第[一二三四五六七八九十\d]+[类节]"
    ),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
)
_PLAIN_LEVEL = 1
_COUNTED = re.compile(r"[（(]共?\s*\d+\s*[项条个件]\s*[）)]$")
_PROSE = re.compile(r"[。；;！!，,：:]$|。")
_LONGEST = 40
_JOINT = "／"


def is_numbered(text: str) -> bool:
    """Tell whether a text begins like the heading of a part, or gives the count of its tasks."""
    text = text.strip()
    if _PROSE.search(text) or len(text) > 2 * _LONGEST:
        return False
    return any(level.match(text) for level in _LEVELS) or _COUNTED.search(text) is not None


def is_short_heading(text: str) -> bool:
    """Tell whether a text across the table may be a heading at all: short and no prose."""
    text = text.strip()
    return len(text) <= _LONGEST and not _PROSE.search(text)


def _level(text: str) -> int:
    found = (level for level, pattern in enumerate(_LEVELS) if pattern.match(text.strip()))
    return next(found, _PLAIN_LEVEL)


@dataclass(slots=True)
class Sections:
    """The headings above the row being read, outermost first, and those without a task yet."""

    _open: list[tuple[int, str]] = field(default_factory=list)
    _waiting: list[tuple[int, str]] = field(default_factory=list)
    _entered: bool = False

    def enter(self, row: int, text: str) -> None:
        """Begin the part that `text` heads, or go on with it at the top of a page (（续）)."""
        text = text.strip().removesuffix(CONTINUED).rstrip()
        level = _level(text)
        self._open = [(above, words) for above, words in self._open if above < level]
        self._open.append((level, text))
        self._waiting.append((row, text))
        self._entered = True

    def path(self) -> str:
        """Return the headings in force."""
        return _JOINT.join(text for _, text in self._open)

    def used(self) -> None:
        """Note that a task stands below the headings in force."""
        if not self._entered:
            return
        self._entered = False
        kept = {text for _, text in self._open}
        self._waiting = [(row, text) for row, text in self._waiting if text not in kept]

    def unused(self) -> list[tuple[int, str]]:
        """Return the headings under which no task came, with their rows."""
        return list(self._waiting)


def joined_section(*parts: str) -> str:
    """Return a section from the headings above a row and its own section column."""
    return _JOINT.join(dict.fromkeys(part for part in parts if part))
