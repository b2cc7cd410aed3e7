"""What a report prints: fixed once, so that Excel, Word, PDF and screen cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One task as it is printed; texts are the clerk's, to the letter.

    Attributes:
        number: the printed number (“3”, “13.2”, “（二）”).
        task: the whole text of the task.
        units: the units that are printed, one per line.
        progress: the approved text of the round.
        section, lead, cooperating, persons, deadline: cells of the 责任分解表.
        state: the state in the office's own words, else where the task stands.
        light: shape and word, to be read without colour (“● 逾期5天”).
        before: what the round before printed.
        group: the heading of the group the row stands in, where the layout groups.
        new: by field the stretches (start, end) of a text that the round before did not print,
            to be marked.
        extra: further cells by name; a column prints one as `extra.<name>`.
    """

    number: str = ""
    task: str = ""
    units: tuple[str, ...] = ()
    progress: str = ""
    section: str = ""
    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    deadline: str = ""
    responsible: tuple[str, ...] = ()
    guiding: tuple[str, ...] = ()
    state: str = ""
    light: str = ""
    percent: str = ""
    problems: str = ""
    next_steps: str = ""
    remark: str = ""
    before: str = ""
    group: str = ""
    new: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def lines(self, column: str) -> tuple[str, ...]:
        """Return what a column prints, a name on each line where it stacks names.

        Raises:
            AttributeError: there is no such column.
        """
        if column.startswith(EXTRA):
            return (self.extra.get(column.removeprefix(EXTRA), ""),)
        value: str | tuple[str, ...] = getattr(self, column)
        return value if isinstance(value, tuple) else (value,)

    def text(self, column: str) -> str:
        """Return the whole text that a column prints."""
        return "\n".join(self.lines(column))


EXTRA = "extra."
"""How the name of a column begins that prints one of the further cells."""
STACKED = frozenset({"units", "lead", "cooperating", "persons", "responsible", "guiding"})
"""Cells that hold a name on each line."""


@dataclass(frozen=True, slots=True)
class Content:
    """A whole table as it is printed.

    Attributes:
        title: the title above the table.
        annex: the mark in the top left corner (“附件”, “附件2”); empty for none.
        meta: what stands under the title (“填报单位：…”, “截止日期：…”); the last of two or more
            stands at the right end of the line.
        headings: the column headings; empty means those of the layout.
        rows: the tasks in the order printed.
        signature: what stands on one line below the table, spread over its width
            (“填表人：”, “审核人：”).
        legend: lines below the table that explain its marks and lights.
        properties: our stamp, kept in the file so that a returned one is recognised.
        created: written into the file as the time it was made; None leaves a fixed one.
    """

    title: str
    annex: str = ""
    meta: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[ContentRow, ...] = ()
    signature: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    created: datetime | None = None
