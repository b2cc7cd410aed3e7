"""A document becomes drafts of tasks; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.collecting import uncollected
from tracker.decompose.pipeline import decompose

if TYPE_CHECKING:
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.domain.draft import DecomposedDocument
    from tracker.files.source import Source


@dataclass(frozen=True, slots=True)
class Decomposed:
    """A document read and taken apart; `document`'s quotes are spans of `source.flow.text`."""

    source: Source
    document: DecomposedDocument


def decompose_source(
    source: Source, *, date: date | None = None, progress: Progress | None = None
) -> Decomposed:
    """Take a document apart.

    Args:
        source: the file or pasted text as read.
        date: the document's own date, where the user gives one; it goes before the printed one.
        progress: told now and then how far it is; may cancel.

    Raises:
        Cancelled: the user asked to stop.
    """
    with uncollected():
        return Decomposed(source, decompose(source, date=date, progress=progress))
