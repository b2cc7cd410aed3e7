"""What typed words hold: names, parts, a deadline.

The language of assignment is loaded with the first words read, not with the window: its tables
of words cost a tenth of a second at the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.terms import Completion, Pace


def names_in(words: str) -> tuple[str, ...]:
    """Return the names of a typed list, to the letter."""
    from tracker.duties.units import split_names

    return split_names(words)


def parts_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the parts ①② of a text as (mark, words)."""
    from tracker.duties.items import read_items

    return read_items(text)


def deadline_in(text: str, today: date) -> Deadline | None:
    """Return the deadline that a task's own sentence states."""
    from tracker.duties.deadlines import find_deadline

    return find_deadline(text, today)


def deadline_of(words: str, today: date) -> Deadline | None:
    """Return what words typed as a deadline mean."""
    from tracker.duties.deadlines import read_deadline_cell

    return read_deadline_cell(words, today)


def state_in(words: str) -> tuple[Completion | None, Pace | None]:
    """Return what a state as printed means on both axes."""
    from tracker.tables.states import read_state

    return read_state(words)


def text_of(data: bytes, name: str) -> str:
    """Return the text of typed bytes in any encoding that a text file may have.

    Raises:
        FileProblem: it is no text; `name` says where it came from.
    """
    from tracker.files.decode import decode

    return decode(data, name)
