"""From a read document to its drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.progress import Progress
from tracker.decompose.body import Body
from tracker.decompose.drafts import Drafting
from tracker.decompose.frame import Frame, read_frame
from tracker.decompose.head import Head, read_head, year_of
from tracker.decompose.inside_tables import InsideTable, drafts_of, find_tables
from tracker.decompose.kinds import kind_of
from tracker.decompose.lines import lines_of
from tracker.decompose.measures import measures
from tracker.decompose.names import with_names
from tracker.decompose.outline import read_outline
from tracker.decompose.roster import FoundRoster, read_rosters
from tracker.decompose.unread_tables import unread_tables
from tracker.decompose.view import View, view_of
from tracker.domain.draft import DecomposedDocument, DocumentHead, DocumentKind
from tracker.duties.reading import find_order_rule, not_listed_in
from tracker.duties.vocabulary import plain
from tracker.text.segments import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.draft import Draft
    from tracker.domain.table import Table
    from tracker.files.source import Source

_TASKLESS = (DocumentKind.ARTICLE, DocumentKind.REGULATION, DocumentKind.OTHER)
_UNKNOWN = (DocumentKind.ARTICLE, DocumentKind.OTHER)
_STEP = 50


def decompose(
    source: Source, *, date: date | None = None, progress: Progress | None = None
) -> DecomposedDocument:
    """Return the drafts of a document, with its head, rosters and warnings.

    Args:
        source: the file or pasted text as read.
        date: the document's own date, where the user gives one.
        progress: told now and then how far it is; may cancel.
    """
    progress = progress or Progress()
    progress.step("正在分清文件的层次")
    parts = _Parts.of(source)
    found = read_head(parts.view, parts.body.matched, parts.frame, parts.body.root.end, date)
    reference = found.head.date or year_of(found.titles)
    tables = [(table, table.read(reference)) for table in parts.tables]
    kind = _kind(parts, found, tables)
    drafts = _from_text(parts, kind, found.head.date, reference, progress)
    drafts, repeated = _with_tables(
        drafts, tables, source.flow.text, first_leads=bool(tables) and _first_leads(parts.body)
    )
    warnings = [
        f"原文写明“{one}”，未逐项展开，请自行掌握" for one in not_listed_in(parts.view.text)
    ]
    warnings += [remark for _, read in tables for remark in read.warnings]
    warnings += parts.unread
    if repeated:
        warnings.append(f"正文与表格重复的 {repeated} 项任务只列一次")
    ordered = sorted(drafts, key=lambda draft: draft.quote.start)
    return DecomposedDocument(
        kind,
        _head(found.head, tables),
        tuple(with_names(ordered, source.flow.text)),
        tuple(one.roster for one in parts.rosters),
        tuple(dict.fromkeys(warnings)),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The document with its parts told apart."""

    view: View
    frame: Frame
    body: Body
    rosters: list[FoundRoster]
    tables: list[InsideTable]
    unread: list[str]

    @classmethod
    def of(cls, source: Source) -> _Parts:
        """Tell the parts of a document apart."""
        text = source.flow.text
        lines = lines_of(text)
        tables = find_tables(source, lines)
        lines = lines_of(_without(text, tables)) if tables else lines
        view = view_of(lines)
        matched = plain(view.text)
        rosters = read_rosters(view, matched)
        frame = read_frame(view, matched, [index for one in rosters for index in one.blocks])
        root = read_outline(view.text, matched, frame.numbered_lists)
        outside = [(view.blocks[i].start, view.blocks[i].end) for i in sorted(frame.outside)]
        return cls(
            view,
            frame,
            Body(view.text, matched, root, outside),
            rosters,
            tables,
            unread_tables(lines),
        )

    @property
    def assigns(self) -> bool:
        """Whether notes or tables name units, so that sentences need not."""
        return bool(self.body.notes) or bool(self.tables)


def _kind(parts: _Parts, found: Head, tables: Sequence[tuple[InsideTable, Table]]) -> DocumentKind:
    kind = kind_of(found.titles, parts.body.root, parts.body.matched, noted=bool(parts.body.notes))
    if kind in _UNKNOWN and tables:
        reports = any("progress" in read.columns for _, read in tables)
        return DocumentKind.PROGRESS_TABLE if reports else DocumentKind.PLAN
    return kind


def _from_text(
    parts: _Parts,
    kind: DocumentKind,
    issued: date | None,
    reference: date | None,
    progress: Progress,
) -> list[Draft]:
    """Return the drafts of the measures in the running text."""
    unnoted = kind not in _TASKLESS and not parts.tables
    found = measures(parts.body, unnoted=unnoted)
    drafting = Drafting(parts.view, parts.body, reference, issued, prose=not parts.assigns)
    drafting.first_leads = _first_leads(parts.body)
    drafts: list[Draft] = []
    for count, measure in enumerate(found):
        if not count % _STEP:
            progress.step("正在读出任务", count, len(found))
        drafts.append(drafting.draft(measure))
    return drafts


def _with_tables(
    drafts: list[Draft],
    tables: Sequence[tuple[InsideTable, Table]],
    text: str,
    *,
    first_leads: bool,
) -> tuple[list[Draft], int]:
    """Add the rows of the tables; a task that the text holds word for word is not added again."""
    if not tables:
        return drafts, 0
    known = {fold(draft.text) for draft in drafts} | {fold(draft.title) for draft in drafts}
    rows = [
        draft
        for table, read in tables
        for draft in drafts_of(table, read, text, first_leads=first_leads)
    ]
    fresh = [draft for draft in rows if fold(draft.text).rstrip(".。") not in known]
    return [*drafts, *fresh], len(rows) - len(fresh)


def _head(head: DocumentHead, tables: Sequence[tuple[InsideTable, Table]]) -> DocumentHead:
    title = head.title or next((read.title for _, read in tables if read.title), "")
    return DocumentHead(title, head.number, head.issuer, head.date)


def _first_leads(body: Body) -> bool:
    """Whether a sentence outside all notes says that the first of each list leads."""
    spans = [
        (node.start, node.end)
        for node in (body.root, *body.root.children)
        if id(node) not in body.notes
    ]
    return any(
        find_order_rule(line) is not None
        for start, end in (*spans, *body.outside)
        for line in body.text[start:end].split("\n")
    )


def _without(text: str, tables: Sequence[InsideTable]) -> str:
    """Return the text with line ends in place of the tables, so that positions stay."""
    pieces: list[str] = []
    position = 0
    for table in tables:
        pieces += [text[position : table.start], "\n" * (table.end - table.start)]
        position = table.end
    return "".join([*pieces, text[position:]])
