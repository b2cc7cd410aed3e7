"""Wordings that the office edits: what sentences there are, and what may be filled into each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WordKind(StrEnum):
    """How a wording is written down and typed."""

    TEXT = "text"
    """One text."""
    PARTS = "parts"
    """Parts in a row; one that lacks what is filled in is left out."""
    LINES = "lines"
    """Paragraphs."""
    LISTED = "listed"
    """Paragraphs of parts."""
    SWITCH = "switch"
    """On or off."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One wording.

    Attributes:
        section: the part of the file it stands in; empty for the top.
        name: its name there.
        group: under which heading it is shown.
        label: what it says, in words.
        places: what may be filled in.
    """

    section: str
    name: str
    group: str
    label: str
    kind: WordKind
    places: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its name in the whole file."""
        return f"{self.section}.{self.name}" if self.section else self.name
