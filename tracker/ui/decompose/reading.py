"""Reading a document in a worker, and what the page needs to know beside its drafts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.draft import DOCUMENT_KIND_WORDS, DocumentKind
from tracker.domain.proposal import NEW_TASK
from tracker.ops.decompose import decompose_source
from tracker.ops.draft_words import read_deadline
from tracker.ops.drafts import propose_drafts
from tracker.ops.ledgers import list_ledgers
from tracker.text.dates import find_dates
from tracker.ui.decompose.doubts import quoted
from tracker.ui.decompose.facts import facts_of_all
from tracker.ui.decompose.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.domain.draft import DecomposedDocument, Draft
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.review import Review, ReviewDraft
    from tracker.ops.decompose import Decomposed
    from tracker.ops.drafts import DraftPlan
    from tracker.ops.import_table import Source
    from tracker.ops.office import Office
    from tracker.ui.decompose.facts import Facts

WARNING, MISSING, ROSTER = "注意", "上版", "名单"
NOTE_WORDS = {WARNING: "注意 {} 条", MISSING: "上版独有 {} 项", ROSTER: "名单 {} 份"}
WHY_NONE = {
    DocumentKind.ARTICLE: "这像是一篇新闻报道：说的是已经做了什么，没有交给哪个单位去办",
    DocumentKind.REGULATION: "这像是一份法规、办法：规定的是长期遵守的规矩，不是要限期办结的事",
    DocumentKind.PROGRESS_TABLE: "这像是一张进展表，请用“文件 → 导入表格”读取",
}
_WHY_ELSE = "文中没有编号的措施，也没有写明责任单位的句子"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a document goes and how it is read, as chosen on the page; None: not chosen."""

    ledger: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something the clerk should know about the document beside its drafts."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document under review.

    Attributes:
        review: how far its review is.
        ledgers: those of the office; none where no office is open.
        known: what is known of the drafts by their ids.
        places: where the text's characters stand in the view.
        kinds: what the passages of the text stand for.
        saved_id: under which id it was put by before; empty for a new one.
    """

    plan: DraftPlan
    review: Review
    target: Target
    ledgers: tuple[LedgerRow, ...]
    known: Mapping[int, Facts]
    places: Places
    kinds: frozenset[str]
    saved_id: str = ""

    @property
    def document(self) -> DecomposedDocument:
        """The document."""
        return self.plan.decomposed.document


def load(office: Office | None, source: Source, progress: Progress) -> Loaded:
    """Read, take apart and compare a document; runs in a worker."""
    decomposed = decompose_source(source, progress=progress)
    plan = propose_drafts(office, decomposed, progress=progress)
    return loaded(office, plan, plan.review, Target(plan.ledger))


def loaded(
    office: Office | None, plan: DraftPlan, review: Review, target: Target, saved_id: str = ""
) -> Loaded:
    """Return what the page shows of a plan."""
    ledgers = list_ledgers(office) if office is not None else ()
    chosen = replace(target, ledger=plan.ledger)
    drafts = [each.draft for each in review.drafts]
    text = plan.decomposed.source.flow.text
    return Loaded(
        plan,
        review,
        chosen,
        ledgers,
        facts_of_all(plan, review.drafts),
        Places(text, [draft.quote.start for draft in drafts]),
        frozenset(passage.field for draft in drafts for passage in draft.passages),
        saved_id,
    )


def read_again(
    office: Office | None, before: Loaded, review: Review, target: Target
) -> Callable[[Progress], Loaded]:
    """Return the work of comparing the same document with another ledger or date.

    Args:
        office: the opened office.
        before: the document as it is shown.
        review: the clerk's work on it so far; it is carried over.
        target: what was chosen.
    """

    def work(progress: Progress) -> Loaded:
        old = decomposed = before.plan.decomposed
        if target.date != before.target.date:
            decomposed = dated(old, target.date, progress)
        plan = propose_drafts(office, decomposed, ledger=target.ledger, progress=progress)
        carried = carry_over(old, review, plan)
        return loaded(office, plan, carried, target, before.saved_id)

    return work


def dated(old: Decomposed, day: date | None, progress: Progress) -> Decomposed:
    """Return the document read again with another date.

    One that was put by may be taken apart otherwise by now; then the drafts stay, and only the
    deadlines that could not be read are read again.
    """
    again = decompose_source(old.source, date=day, progress=progress)
    if len(again.document.drafts) == len(old.document.drafts):
        return again
    drafts = tuple(_due_again(draft, day) for draft in old.document.drafts)
    head = replace(old.document.head, date=day)
    return replace(old, document=replace(old.document, head=head, drafts=drafts))


def _due_again(draft: Draft, day: date | None) -> Draft:
    deadline = draft.deadline
    if deadline is None or not deadline.doubtful:
        return draft
    found = read_deadline(deadline.text, day)
    if found is None or found.doubtful:
        return draft
    doubts = tuple(doubt for doubt in draft.doubts if deadline.text not in quoted(doubt))
    return replace(draft, deadline=found, doubts=doubts)


# What the clerk did outlives another reading


def carry_over(before: Decomposed, review: Review, plan: DraftPlan) -> Review:
    """Return a review of a new plan that keeps what the clerk did in the review before.

    Drafts that were left alone are taken from the new plan; edited ones stay, with the deadline
    of the new reading where theirs was not edited.
    """
    old = before.document.drafts
    fresh = {each.origins[0]: each for each in plan.review.drafts if each.origins}
    used: set[int] = set()
    drafts = []
    for each in review.drafts:
        first = each.origins[0] if each.origins else -1
        found = fresh.get(first) if first not in used else None
        used.add(first)
        drafts.append(_carried(each, old, found))
    return replace(review, drafts=tuple(drafts))


def _carried(each: ReviewDraft, old: tuple[Draft, ...], found: ReviewDraft | None) -> ReviewDraft:
    """Return a draft in the new plan; later pieces of a split one are new tasks as before."""
    if found is None:
        return replace(each, task=NEW_TASK, kept=frozenset())
    each = replace(each, task=found.task, kept=found.kept)
    if len(each.origins) != 1:
        return each
    was, now, draft = old[each.origins[0]], found.draft, each.draft
    if draft == was:
        draft = now
    elif draft.deadline == was.deadline:
        gone = set(was.doubts) - set(now.doubts)
        doubts = tuple(doubt for doubt in draft.doubts if doubt not in gone)
        draft = replace(draft, deadline=now.deadline, doubts=doubts)
    chosen = each.chosen or (bool(was.doubts) and not draft.doubts)
    return replace(each, draft=draft, chosen=chosen)


# Beside the drafts


def notes_of(plan: DraftPlan) -> tuple[Note, ...]:
    """Return everything about a document that is no draft."""
    document = plan.decomposed.document
    told = (*plan.decomposed.source.warnings, *document.warnings)
    notes = [Note(WARNING, warning) for warning in dict.fromkeys(told)]
    for row in plan.missing:
        words = f"{row.number}　{row.title or row.text}".strip()
        notes.append(Note(MISSING, f"{words}（这一版没有这一项；台账里保持不变）"))
    for roster in document.rosters:
        people = "、".join(_member(m.name, m.post, m.role) for m in roster.members)
        notes.append(Note(ROSTER, f"{roster.body or '名单'}：{people}"))
    return tuple(notes)


def _member(name: str, post: str, role: str) -> str:
    more = "，".join(part for part in (role, post) if part)
    return f"{name}（{more}）" if more else name


def without_year(plan: DraftPlan, review: Review) -> int:
    """Return how many deadlines could not be read because nothing says their year."""
    if plan.decomposed.document.head.date is not None:
        return 0
    deadlines = (each.draft.deadline for each in review.drafts if not each.dropped)
    return sum(
        any(found.year is None for found in find_dates(deadline.text, cell=True))
        for deadline in deadlines
        if deadline is not None and deadline.doubtful and deadline.date is None
    )


def about(plan: DraftPlan) -> str:
    """Return a document's number, name and kind, in a line."""
    source, document = plan.decomposed.source, plan.decomposed.document
    parts = [document.head.number, source.name or "粘贴的文字", DOCUMENT_KIND_WORDS[document.kind]]
    return "　·　".join(part for part in parts if part)


def why_none(plan: DraftPlan) -> str:
    """Return why no task was found in a document."""
    return WHY_NONE.get(plan.decomposed.document.kind, _WHY_ELSE)
