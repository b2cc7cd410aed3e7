"""From a read document to its drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.draft import DecomposedDocument, DocumentHead, DocumentKind

if TYPE_CHECKING:
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.files.source import Source


def decompose(
    source: Source, *, date: date | None = None, progress: Progress | None = None
) -> DecomposedDocument:
    """Return the drafts of a document, with its head, rosters and warnings."""
    if progress is not None:
        progress.step(f"正在分解“{source.name}”")
    return DecomposedDocument(DocumentKind.OTHER, DocumentHead(date=date))
