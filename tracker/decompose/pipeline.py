"""From a read document to its drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.decompose.drafts import Drafting
from tracker.decompose.frame import read_frame
from tracker.decompose.head import read_head
from tracker.decompose.kinds import kind_of
from tracker.decompose.measures import Layout, measures
from tracker.decompose.outline import read_outline
from tracker.decompose.roster import read_rosters
from tracker.decompose.view import view_of
from tracker.domain.draft import DecomposedDocument, DocumentKind
from tracker.duties.vocabulary import plain

if TYPE_CHECKING:
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.files.source import Source

_TASKLESS = (DocumentKind.ARTICLE, DocumentKind.REGULATION, DocumentKind.OTHER)


def decompose(
    source: Source, *, date: date | None = None, progress: Progress | None = None
) -> DecomposedDocument:
    """Return the drafts of a document, with its head, rosters and warnings."""
    if progress is not None:
        progress.step(f"正在分解“{source.name}”")
    view = view_of(source.flow.text)
    matched = plain(view.text)
    rosters = read_rosters(view, matched)
    frame = read_frame(view, matched, [index for found in rosters for index in found.blocks])
    root = read_outline(view.text, matched, frame.numbered_lists)
    outside = [(view.blocks[i].start, view.blocks[i].end) for i in sorted(frame.outside)]
    layout = Layout(view.text, matched, root, outside)
    noted = bool(layout.notes)
    head = read_head(view, matched, frame, root.end, date)
    kind = kind_of(head.titles, root, matched, noted=noted)
    drafting = Drafting(view, layout, head.head.date, prose=not noted)
    found = measures(layout, unnoted=kind not in _TASKLESS)
    drafts = tuple(drafting.draft(measure) for measure in found)
    return DecomposedDocument(
        kind,
        head.head,
        drafts,
        tuple(found.roster for found in rosters),
        tuple(dict.fromkeys(drafting.warnings)),
    )
