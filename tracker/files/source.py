"""What a read file gives to the layers above."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.files.flow import Flow
    from tracker.files.grid import Grid


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a pasted text, read.

    Attributes:
        name: the file's name; empty for pasted text.
        kind: `text`, `csv`, or a `Kind` of `files.sniff`, by content.
        flow: its running text; for sheets the non-empty rows, cells joined by tabs.
        grids: its tables; for text one grid of all its lines, cut at tabs.
        warnings: what could not be read as the file shows it, in the user's words.
        properties: custom properties (our own stamp among them).
        content: the file's bytes, kept as the original.
    """

    name: str
    kind: str
    flow: Flow
    grids: tuple[Grid, ...]
    warnings: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
