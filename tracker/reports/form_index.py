"""The index of what was sent (发出清单): a row for each unit, with the text that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.content import ContentRow
from tracker.reports.looks import load_layout
from tracker.reports.situation_xlsx import write_situation_xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.content import Content

_NAME = "sent"


@dataclass(frozen=True, slots=True)
class SentRow(ContentRow):
    """One unit of the index.

    Attributes:
        tasks: how many tasks, and their numbers.
        file: the names of its files, one a line.
        note: the covering note.
    """

    unit: str = ""
    tasks: str = ""
    file: str = ""
    contact: str = ""
    phone: str = ""
    due: str = ""
    note: str = ""


def write_index_xlsx(content: Content, target: Path) -> tuple[str, ...]:
    """Write the index, whose rows are `SentRow`s, and return warnings in the user's words."""
    return write_situation_xlsx(content, load_layout(_NAME), target)
