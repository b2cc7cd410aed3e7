"""What is asked of a reader of one format, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.base.progress import Progress
    from tracker.files.flow import Flow
    from tracker.files.grid import Grid


@dataclass(frozen=True, slots=True)
class Request:
    """What the user wants read.

    Attributes:
        name: the file's name, for messages; empty for pasted text.
        suffix: its ending with the dot; a hint only.
        sheet: read only this sheet of a workbook; a hidden one too.
        password: what opens a locked file.
        progress: told now and then how far the reading is; may cancel it.
    """

    name: str
    suffix: str = ""
    sheet: str | None = None
    password: str | None = None
    progress: Progress | None = None

    def step(self, words: str, done: int = 0, total: int = 0) -> None:
        """Tell how far the reading is."""
        if self.progress is not None:
            self.progress.step(words, done, total)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file's bytes.

    Attributes:
        flow: the running text; for sheets the non-empty rows, cells joined by tabs.
        grids: its tables in the order in which they stand.
        warnings: what could not be read as the file shows it, in the user's words.
        properties: custom properties (our own stamp among them).
        kind: set where the reader itself tells formats apart (a text or a csv).
    """

    flow: Flow
    grids: tuple[Grid, ...]
    warnings: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
