"""The running text of a file: the whole string and its paragraphs as slices of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `flow.text[start:end]`, line ends left out."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table of a document stands: `flow.text[start:end]` holds its rows.

    Attributes:
        grid: index of the table among the source's grids.
    """

    grid: int
    start: int
    end: int


@dataclass(frozen=True)
class Flow:
    """Text as read (`\\r\\n` as `\\n`), its non-empty lines, and where its tables stand.

    A table's rows are lines of the text as well, cells joined by tabs.
    """

    text: str
    tables: tuple[TablePlace, ...] = ()

    @classmethod
    def of(cls, text: str, tables: tuple[TablePlace, ...] = ()) -> Flow:
        """Take a text as a flow."""
        return cls(text, tables)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the lines; blank ones are no paragraphs."""
        # Made when asked for: of a workbook of ten thousand rows nobody does.
        paragraphs, start = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                paragraphs.append(Paragraph(line, start, start + len(line)))
            start += len(line) + 1
        return tuple(paragraphs)
