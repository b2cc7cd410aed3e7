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
class Flow:
    """Text as read (`\\r\\n` as `\\n`) and its non-empty lines."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def of(cls, text: str) -> Flow:
        """Split `text` at line ends; blank lines give no paragraph."""
        paragraphs, start = [], 0
        for line in text.split("\n"):
            if line.strip():
                paragraphs.append(Paragraph(line, start, start + len(line)))
            start += len(line) + 1
        return cls(text, tuple(paragraphs))
