"""Drafts of a document compared with what is stored: what is new, changes, or is missing."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.draft import DocumentKind
from tracker.domain.draft_edit import begin_review
from tracker.domain.proposal import NEW_TASK
from tracker.domain.table import Roles
from tracker.domain.terms import Role
from tracker.domain.unit import UnitNames, name_key
from tracker.ops.draft_match import Found, Known, match_drafts, missing_codes
from tracker.ops.draft_rows import cells_of, row_of, stored_cells
from tracker.ops.draft_units import UnitsFound, find_units
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.tables.cells import squeezed
from tracker.text.segments import fold
from tracker.text.similar import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.base.progress import Progress
    from tracker.domain.document import DocumentRow, Reading
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.review import Review, ReviewDraft
    from tracker.domain.task import TaskRow
    from tracker.files.source import Source
    from tracker.ops.decompose import Decomposed
    from tracker.ops.draft_units import UnitQuestion
    from tracker.ops.office import Office
    from tracker.store.queries import View

SAME_TITLE = 0.9
"""Titles as alike as this, with the same figures, may head two versions of one document."""
_FIGURES = re.compile(r"\d+")


class Standing(StrEnum):
    """How a draft stands to what is stored."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"


STANDING_WORDS = {
    Standing.NEW: "新增",
    Standing.SAME: "一致",
    Standing.CHANGED: "有变化",
    Standing.DOUBTFUL: "待定",
}


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A cell of a stored task that the draft would change.

    Attributes:
        field: number, section, task, lead, cooperating, responsible, guiding, persons, deadline
            (`FIELD_WORDS` names them).
        disputed: both the document and the stored cell changed since the document was taken in;
            the stored one stays unless the clerk says otherwise.
    """

    field: str
    old: str
    new: str
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class DraftCandidate:
    """A stored task that a draft may be, with the reasons in the user's words."""

    task: TaskRow
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """Drafts compared with what is stored; nothing is written.

    Attributes:
        ledger: name of the ledger they go to; it may not exist yet.
        review: the review to begin with.
        tasks: the ledger's stored tasks by code.
        candidates: for drafts whose task is not clear, by id: what they may be.
        missing: tasks of the former version that this one does not hold; they stay.
        units: what the printed names stand for, and which of them to ask about.
        former: the version of the document that was taken in before; None where there is none.
        readings: what was read in a draft's place from the former version, by id.
        names: finds the stored units.
    """

    decomposed: Decomposed
    ledger: str
    review: Review
    tasks: Mapping[str, TaskRow] = field(default_factory=dict)
    candidates: Mapping[int, tuple[DraftCandidate, ...]] = field(default_factory=dict)
    missing: tuple[TaskRow, ...] = ()
    units: UnitsFound = field(default_factory=UnitsFound)
    former: DocumentRow | None = None
    readings: Mapping[int, Reading] = field(default_factory=dict)
    names: UnitNames = field(default_factory=UnitNames)

    @property
    def questions(self) -> tuple[UnitQuestion, ...]:
        """The names close to known units."""
        return self.units.questions


def propose_drafts(
    office: Office | None,
    decomposed: Decomposed,
    *,
    ledger: str | None = None,
    progress: Progress | None = None,
) -> DraftPlan:
    """Compare drafts with what is stored.

    Args:
        office: the opened database; None where there is none yet, then every draft is new.
        decomposed: the document (`decompose_source`), with its source.
        ledger: the ledger's name; without it the one that holds the former version, else the
            document's title.
        progress: told how far it is; may cancel it.

    Raises:
        Cancelled: the user asked to stop.
    """
    drafts = decomposed.document.drafts
    plan = DraftPlan(decomposed, ledger or ledger_name(decomposed), begin_review(drafts))
    if office is None:
        return _with_units(plan, find_units(drafts, plan.names))
    if progress is not None:
        progress.step("正在与台账比对")
    with office.read() as view:
        row = _ledger(view, decomposed, ledger)
        names, units, gone = view.unit_names(), view.units(), view.gone_units()
        tasks = view.tasks(row.id) if row else ()
        documents = view.documents(row.id) if row else ()
    plan = replace(plan, names=names, ledger=row.name if row else plan.ledger)
    plan = _with_units(plan, find_units(drafts, names, units, gone))
    known = _known(tasks, documents, decomposed)
    return _compared(plan, known, match_drafts(drafts, known, progress))


def _with_units(plan: DraftPlan, units: UnitsFound) -> DraftPlan:
    """Let each draft ask about its names."""
    drafts = []
    for each in plan.review.drafts:
        doubts = tuple(dict.fromkeys((*each.draft.doubts, *units.doubts_of(each.draft))))
        draft = replace(each.draft, doubts=doubts)
        drafts.append(replace(each, draft=draft, chosen=not doubts))
    return replace(plan, units=units, review=replace(plan.review, drafts=tuple(drafts)))


def _compared(plan: DraftPlan, known: Known, found: tuple[Found, ...]) -> DraftPlan:
    tasks = {task.code: task for task in known.tasks}
    missing = missing_codes(known, found)
    ids = [each.id for each in plan.review.drafts]
    plan = replace(
        plan,
        tasks=tasks,
        former=known.former,
        missing=tuple(task for task in known.tasks if task.code in missing),
        readings={i: f.reading for i, f in zip(ids, found, strict=True) if f.reading},
        candidates={
            i: tuple(DraftCandidate(tasks[c.code], c.score, c.reasons) for c in f.candidates)
            for i, f in zip(ids, found, strict=True)
            if f.candidates
        },
    )
    drafts = tuple(
        _begun(plan, replace(each, task=f.task, dropped=f.refused))
        for each, f in zip(plan.review.drafts, found, strict=True)
    )
    return replace(plan, review=replace(plan.review, drafts=drafts))


def _begun(plan: DraftPlan, each: ReviewDraft) -> ReviewDraft:
    """Return a draft as the review begins with it: disputed cells stay as they are stored."""
    if each.task is None:
        return replace(each, chosen=False)
    if each.task == NEW_TASK:
        return each
    found = changes(plan, each)
    if not found:
        return replace(each, chosen=True, settled=frozenset(each.draft.doubts))
    return replace(each, kept=frozenset(c.field for c in found if c.disputed))


def ledger_name(decomposed: Decomposed) -> str:
    """Return a new ledger's name: the document's title, else the file's name."""
    title = " ".join(decomposed.document.head.title.split())
    return title or Path(decomposed.source.name).stem or "分解的文件"


def digest_of(source: Source) -> str:
    """Return the hash under which the database keeps the document's file."""
    return hashlib.sha256(original_of(source)).hexdigest()


def original_of(source: Source) -> bytes:
    """Return what is kept as the original: the file's bytes, for pasted text its letters."""
    return source.content or source.flow.text.encode()


def suggested_ledger(office: Office, decomposed: Decomposed) -> str | None:
    """Return the name of the ledger that holds a former version of the document, if one does."""
    with office.read() as view:
        row = _ledger(view, decomposed, None)
    return row.name if row else None


def target_ledger(office: Office | None, decomposed: Decomposed, name: str | None) -> str | None:
    """Return the ledger that drafts go to where nobody can be asked; None for a new one.

    Without a name it is the one there is; of several the one that holds a former version.

    Raises:
        UserError: there are several ledgers, none of which knows the document, and no name.
    """
    if name is not None or office is None:
        return name
    ledgers = list_ledgers(office)
    if len(ledgers) > 1:
        return suggested_ledger(office, decomposed) or choose_ledger(office, None).name
    return ledgers[0].name if ledgers else None


def all_decided(plan: DraftPlan) -> Review:
    """Return the review with every draft chosen whose task is clear, doubts and all.

    One for a unit that is no more stays out: nobody has said who takes over.
    """
    review, units = plan.review, plan.units
    chosen = (
        replace(each, chosen=each.task is not None and not units.names_nobody(each.draft, review))
        for each in review.drafts
    )
    return replace(review, drafts=tuple(chosen))


def _ledger(view: View, decomposed: Decomposed, name: str | None) -> LedgerRow | None:
    ledgers = view.ledgers()
    if name is not None:
        return next((row for row in ledgers if row.name == name), None)
    for row in reversed(ledgers):
        if _former(view.documents(row.id), decomposed) is not None:
            return row
    named = ledger_name(decomposed)
    return next((row for row in ledgers if row.name == named), None)


def _known(
    tasks: tuple[TaskRow, ...], documents: tuple[DocumentRow, ...], decomposed: Decomposed
) -> Known:
    former = _former(documents, decomposed)
    other = {
        task_id
        for document in documents
        if document.kind != DocumentKind.PROGRESS_TABLE and not is_version(document, decomposed)
        for task_id in document.tasks
    }
    return Known(tasks, former, frozenset(task.code for task in tasks if task.id in other))


def _former(documents: tuple[DocumentRow, ...], decomposed: Decomposed) -> DocumentRow | None:
    """Return the latest version of this document that was decomposed before."""
    versions = [d for d in documents if d.readings and is_version(d, decomposed)]
    return versions[-1] if versions else None


def is_version(document: DocumentRow, decomposed: Decomposed) -> bool:
    """Tell whether a stored document is this one, or another version of it."""
    if document.blob_hash == digest_of(decomposed.source):
        return True
    head = decomposed.document.head
    if document.number and head.number:
        return fold(document.number) == fold(head.number)
    if not (document.title and head.title):
        return False
    figures = _FIGURES.findall(document.title) == _FIGURES.findall(head.title)
    return figures and likeness(document.title, head.title) >= SAME_TITLE


def standing(plan: DraftPlan, each: ReviewDraft) -> Standing:
    """Return how a draft, as it is now, stands to what is stored."""
    if each.task is None:
        return Standing.DOUBTFUL
    if each.task == NEW_TASK:
        return Standing.NEW
    return Standing.CHANGED if changes(plan, each) else Standing.SAME


def changes(plan: DraftPlan, each: ReviewDraft) -> tuple[DraftChange, ...]:
    """Return what a draft, as it is now, would change in its stored task.

    What the document says as it did before is no change, whatever the clerk made of it since.
    """
    task = plan.tasks.get(each.task or NEW_TASK)
    if task is None:
        return ()
    return tuple(_changes(plan, each, task))


def _changes(plan: DraftPlan, each: ReviewDraft, task: TaskRow) -> Iterator[DraftChange]:
    reading = plan.readings.get(each.id)
    before = reading.fields if reading is not None else {}
    now, stored = cells_of(each.draft), stored_cells(task)
    read = _read_cells(plan, each)
    for name, new in now.items():
        old, was = stored[name], before.get(name, "")
        untouched = squeezed(new) == squeezed(read.get(name, new))
        if reading is not None and untouched and squeezed(new) == squeezed(was):
            continue
        if not (new or was) or _is_same(plan, each, task, name):
            continue
        disputed = reading is not None and untouched and not _agrees(plan, name, old, was)
        yield DraftChange(name, old, new, disputed)


def _read_cells(plan: DraftPlan, each: ReviewDraft) -> dict[str, str]:
    """Return the draft's cells as they were read, before the clerk's hand."""
    drafts = plan.decomposed.document.drafts
    if len(each.origins) != 1 or each.origins[0] >= len(drafts):
        return {}
    return cells_of(drafts[each.origins[0]])


def _is_same(plan: DraftPlan, each: ReviewDraft, task: TaskRow, name: str) -> bool:
    row = row_of(each.draft)
    if name in _ROLES:
        meant = plan.units.meanings(each.draft, plan.review)
        ours = [_identity(plan, meant.get(n, n)) for n in row.roles.of(Role(name))]
        held = [Role(name)]
        if each.id not in plan.readings and row.roles == Roles(responsible=row.roles.responsible):
            held.append(Role.LEAD)  # a table's one column of units stands under 牵头责任单位
        return any(ours == [_identity(plan, n) for n in task.roles.of(role)] for role in held)
    if name == "deadline":
        first, now = task.first_deadline, row.deadline
        if first is not None and now is not None and first.text == now.text:
            return True  # it was extended since
    return squeezed(cells_of(each.draft)[name]) == squeezed(stored_cells(task)[name])


def _agrees(plan: DraftPlan, name: str, stored: str, was: str) -> bool:
    """Tell whether the stored cell is still what the former version said."""
    if name in _ROLES:
        one, other = stored.split("、"), was.split("、")
        return [_identity(plan, n) for n in one] == [_identity(plan, n) for n in other]
    return squeezed(stored) == squeezed(was)


def _identity(plan: DraftPlan, name: str) -> int | str:
    unit = plan.names.find(name)
    return name_key(name) if unit is None else unit


_ROLES = frozenset(role.value for role in Role)
