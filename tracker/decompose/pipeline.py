"""From a read document to its drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.decompose.drafts import Drafting
from tracker.decompose.frame import read_frame
from tracker.decompose.head import read_head, year_of
from tracker.decompose.inside_tables import drafts_of, find_tables
from tracker.decompose.kinds import kind_of
from tracker.decompose.lines import lines_of
from tracker.decompose.measures import Layout, measures
from tracker.decompose.names import with_names
from tracker.decompose.outline import read_outline
from tracker.decompose.roster import read_rosters
from tracker.decompose.view import view_of
from tracker.domain.draft import DecomposedDocument, DocumentKind
from tracker.duties.reading import find_order_rule, not_listed_in
from tracker.duties.vocabulary import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.decompose.inside_tables import InsideTable
    from tracker.files.source import Source

_TASKLESS = (DocumentKind.ARTICLE, DocumentKind.REGULATION, DocumentKind.OTHER)


def decompose(
    source: Source, *, date: date | None = None, progress: Progress | None = None
) -> DecomposedDocument:
    """Return the drafts of a document, with its head, rosters and warnings."""
    if progress is not None:
        progress.step(f"正在分解“{source.name}”")
    text = source.flow.text
    tables = find_tables(source, lines_of(text))
    view = view_of(lines_of(_without(text, tables)))
    matched = plain(view.text)
    rosters = read_rosters(view, matched)
    frame = read_frame(view, matched, [index for found in rosters for index in found.blocks])
    root = read_outline(view.text, matched, frame.numbered_lists)
    outside = [(view.blocks[i].start, view.blocks[i].end) for i in sorted(frame.outside)]
    layout = Layout(view.text, matched, root, outside)
    noted = bool(layout.notes)
    head = read_head(view, matched, frame, root.end, date)
    reference = head.head.date or year_of(head.titles)
    kind = kind_of(head.titles, root, matched, noted=noted)
    warnings = [f"原文写明“{words}”，未逐项展开，请自行掌握" for words in not_listed_in(view.text)]
    drafting = Drafting(view, layout, reference, head.head.date, prose=not (noted or tables))
    drafting.first_leads = _first_leads(layout)
    found = measures(layout, unnoted=kind not in _TASKLESS and not tables)
    drafts = [drafting.draft(measure) for measure in found]
    for table in tables:
        drafts += drafts_of(table, table.read(reference), text)
    return DecomposedDocument(
        kind,
        head.head,
        tuple(with_names(sorted(drafts, key=lambda draft: draft.quote.start), text)),
        tuple(one.roster for one in rosters),
        tuple(dict.fromkeys(warnings)),
    )


def _first_leads(layout: Layout) -> bool:
    """Whether a sentence outside all notes says that the first of each list leads."""
    return any(
        find_order_rule(line) is not None
        for node in (layout.root, *layout.root.children)
        if id(node) not in layout.notes
        for line in layout.text[node.start : node.end].split("\n")
    ) or any(find_order_rule(layout.text[start:end]) for start, end in layout.outside)


def _without(text: str, tables: Sequence[InsideTable]) -> str:
    """Return the text with line ends in place of the tables, so that positions stay."""
    for table in tables:
        text = text[: table.start] + "\n" * (table.end - table.start) + text[table.end :]
    return text
