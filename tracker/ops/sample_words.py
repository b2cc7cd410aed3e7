"""The words of the sample office: relative days written out, rounds as tables, units' own words.

The texts lie in `resources/sample`. Their dates are relative, so that some deadlines have always
just passed and others are near, whenever the sample is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

AGAIN = "〃"
"""Stands for the words of the round before, reported once more."""

_DAY = re.compile(r"\{([+-]\d+)(底)?\}")
_LABEL = re.compile(r"(?m)^(\w{3,20})：")
_PER_ROUND = ("note", "state", "percent")
_LAST_ROUND_ONLY = ("problem", "next")


@dataclass(frozen=True, slots=True)
class SampleDays:
    """Turns the relative days of the sample's texts into dates.

    Attributes:
        today: the day the sample is made.
        issued: the day the tasks were given out.
    """

    today: date
    issued: date

    def day(self, offset: int) -> date:
        """Return the day so many days after today."""
        return self.today + timedelta(days=offset)

    def words(self, text: str) -> str:
        """Return a text with its {+30} and {+60底} written out.

        A date goes without its year only where today, the day of issue and the date itself lie
        in the same one.
        """
        return _DAY.sub(self._written, text)

    def _written(self, found: re.Match[str]) -> str:
        day = self.day(int(found[1]))
        year = "" if day.year == self.issued.year == self.today.year else f"{day.year}年"
        return f"{year}{day.month}月" + ("底" if found[2] else f"{day.day}日")


def sample_table(book: dict[str, Any], number: int, days: SampleDays) -> str:
    """Return the table of one round as text, as an office copies it out of its sheet.

    Args:
        book: a ledger of `resources/sample`.
        number: the round, from 1.
    """
    columns: dict[str, str] = book["columns"]
    lines = [days.words(book["title"]), "\t".join(["序号", *columns.values()])]
    for place, task in enumerate(book["task"], 1):
        cells = [_quoted(days.words(_cell(task, key, number))) for key in columns]
        lines.append("\t".join([str(place), *cells]))
    return "\n".join(lines) + "\n"


def note_of(task: dict[str, Any], number: int) -> str:
    """Return what a task's table says in a round; empty where nothing new was reported."""
    notes: Sequence[str] = task["notes"]
    note = notes[number - 1]
    return note_of(task, number - 1) if note == AGAIN else note


def words_by_unit(task: dict[str, Any], leads: Sequence[str]) -> dict[str, str]:
    """Return what each unit reported on the last round, by its name.

    A unit's words are its own (`said`), else what stands behind its name in the note, else the
    whole note where it is the only lead.
    """
    own: dict[str, str] = task.get("said", {})
    note = note_of(task, len(task["notes"]))
    pieces = _LABEL.split(note)
    labelled = {unit: words.strip() for unit, words in zip(pieces[1::2], pieces[2::2], strict=True)}
    if labelled or own or not note:
        return labelled | own
    return {leads[0]: note} if len(leads) == 1 else {}


def _cell(task: dict[str, Any], key: str, number: int) -> str:
    """Return a cell; the last table brings the problems, the next steps and the new deadlines."""
    is_last = number == len(task["notes"])
    if key == "note":
        return note_of(task, number)
    if key in _PER_ROUND:
        values: Sequence[str] = task.get(f"{key}s", ())
        return values[number - 1] if values else ""
    if key in _LAST_ROUND_ONLY and not is_last:
        return ""
    if key == "due" and is_last and "extend" in task:
        return str(task["extend"]["to"])
    return str(task.get(key, ""))


def _quoted(cell: str) -> str:
    """Return a cell as a sheet copies it: one with line breaks stands in quotes."""
    return '"' + cell.replace('"', '""') + '"' if "\n" in cell else cell
