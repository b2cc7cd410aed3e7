"""The running text of a file: the whole string and its paragraphs as slices of it."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Flow:
    """Text as read (`\\r\\n` as `\\n`), its non-empty lines, and where its tables stand.

    A table's rows are lines of the text as well, cells joined by tabs.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[TablePlace, ...] = ()

    @classmethod
    def of(cls, text: str, tables: tuple[TablePlace, ...] = ()) -> Flow:
        """Split `text` at line ends; blank lines give no paragraph."""
        paragraphs, start = [], 0
        for line in text.split("\n"):
            if line.strip():
                paragraphs.append(Paragraph(line, start, start + len(line)))
            start += len(line) + 1
        return cls(text, tuple(paragraphs), tables)
