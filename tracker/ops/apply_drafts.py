"""Reviewed drafts become tasks, in one step that undo takes back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.deadline import Deadline
from tracker.domain.draft import DOCUMENT_KIND_WORDS, DocumentKind
from tracker.domain.proposal import NEW_TASK
from tracker.domain.terms import Role
from tracker.ops.draft_readings import codes_of, readings_of
from tracker.ops.draft_rows import all_persons, deadline_cell, row_of
from tracker.ops.drafts import changes, digest_of, original_of
from tracker.ops.fields import set_deadline, set_parts
from tracker.ops.office import create_office
from tracker.ops.outcome import Outcome
from tracker.ops.saved_reviews import remove_review
from tracker.ops.tasks import printed_names
from tracker.ops.units import Registrar, assign, reassign, tie_parts
from tracker.store.models import Document, Ledger, Task

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.domain.draft import Draft
    from tracker.domain.review import Review, ReviewDraft
    from tracker.ops.drafts import DraftChange, DraftPlan
    from tracker.ops.office import Office
    from tracker.store.work import Work

PORTION = 200
"""How many new tasks are stored at once."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a review did, by codes of tasks."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    units_new: tuple[str, ...] = ()


def apply_drafts(
    office: Office,
    plan: DraftPlan,
    review: Review,
    *,
    who: str,
    now: datetime,
    saved_as: str = "",
    progress: Progress | None = None,
) -> Outcome[Stored]:
    """Store what the review has chosen, with the document, as one step that undo takes back.

    Args:
        office: the opened database.
        plan: what the drafts were compared with.
        review: what the clerk made of them.
        who: the clerk.
        now: the time of the step.
        saved_as: id of the review put by that this one finishes; it goes, and undo brings it back.
        progress: told how far it is; may cancel it.

    Raises:
        UserError: nothing is chosen, or the ledger was changed since it was compared.
        Cancelled: the user asked to stop; nothing was written.
    """
    if not review.chosen():
        raise UserError("没有选中要写入的任务", "", "请先勾选，存疑的请先确认")
    title = plan.decomposed.document.head.title or plan.decomposed.source.name or "粘贴的文字"
    with office.change(f"分解文件：{title}", who, now) as work:
        stored = _Writer(work, plan, review, now).write(progress)
        if saved_as:
            remove_review(work, saved_as)
    if not work.changes:
        return Outcome(stored, work.changes, "与台账一致，没有要写入的内容")
    left = sum(not d.will_be_stored and not d.dropped for d in review.drafts)
    parts = [f"新建 {len(stored.created)} 项", f"更新 {len(stored.updated)} 项"]
    parts += [f"{left} 项未选没有写入"] if left else []
    parts += [f"新增单位 {len(stored.units_new)} 个"] if stored.units_new else []
    return Outcome(stored, work.changes, "，".join(parts))


def decompose_as_new_office(
    path: Path,
    plan: DraftPlan,
    review: Review,
    *,
    who: str,
    now: datetime,
    progress: Progress | None = None,
) -> tuple[Office, Outcome[Stored]]:
    """Make a new database file and store a review in it; return the opened office.

    Raises:
        StoreProblem: there is such a file.
        FileProblem: it cannot be written there.
        UserError: nothing is chosen; the file is gone again.
        Cancelled: the user asked to stop; the file is gone again.
    """
    office = create_office(path, now)
    try:
        return office, apply_drafts(office, plan, review, who=who, now=now, progress=progress)
    except BaseException:
        office.close()
        path.unlink()
        raise


class _Writer:
    """Writes one review into one ledger."""

    def __init__(self, work: Work, plan: DraftPlan, review: Review, now: datetime) -> None:
        self._work, self._plan, self._review = work, plan, review
        self._ledger = _ledger(work, plan)
        self._standing = [
            task
            for task in work.tasks(self._ledger, duties=True)
            if not task.withdrawn and task.merged_into_id is None
        ]
        self._tasks = {task.code: task for task in self._standing}
        self._document = _document(work, self._ledger, plan, now)
        self._registrar = Registrar(work)

    def write(self, progress: Progress | None) -> Stored:
        """Write everything; say what was done."""
        if self._tasks.keys() != self._plan.tasks.keys():
            raise _changed_since("任务有增减")
        chosen = self._review.chosen()
        self._register(chosen)
        codes: dict[int, str] = {}
        created: list[Task] = []
        updated: dict[str, int] = {}
        for done, each in enumerate(chosen):
            if progress is not None and done % 20 == 0:
                progress.step("正在写入台账", done, len(chosen))
            self._registrar.meanings = self._plan.units.meanings(each.draft, self._review)
            if each.task == NEW_TASK:
                created.append(self._create(each.draft))
                codes[each.id] = created[-1].code
            else:
                codes[each.id] = each.task or ""
                self._update(each, updated)
        self._cite(chosen, updated)
        self._place(codes, {task.code: task for task in created})
        made = tuple(task.code for task in created)
        self._finish(created, progress)
        self._keep_readings(codes)
        return Stored(made, tuple(updated), tuple(self._registrar.added))

    def _register(self, chosen: Sequence[ReviewDraft]) -> None:
        """Make the units that nobody knows; note other names of a unit for good."""
        meant = [self._plan.units.meanings(each.draft, self._review) for each in chosen]
        self._registrar.register(unit for found in meant for unit in found.values())
        for each, found in zip(chosen, meant, strict=True):
            full = dict(each.draft.full_names)
            for name, unit in found.items():
                if unit != full.get(name, name):
                    self._registrar.also_called(full.get(name, name), unit)

    def _create(self, draft: Draft) -> Task:
        number = self._work.count(f"task:{self._ledger.id}")
        row = row_of(draft)
        task = Task(
            ledger_id=self._ledger.id,
            document_id=self._document.id,
            code=f"{self._ledger.id}-{number:03d}",
            number=row.number,
            section=row.section,
            title=draft.title,
            text=draft.text,
            persons=list(row.persons),
            source_start=draft.quote.start,
            source_end=draft.quote.end,
            figures=_figures(draft),
        )
        set_deadline(task, draft.deadline)
        _set_items(task, draft)
        own = [item.roles for item in draft.items]
        assign(self._registrar, task, draft.roles, zip(task.parts, own, strict=True))
        return task

    def _update(self, each: ReviewDraft, updated: dict[str, int]) -> None:
        """Write the cells that differ; two drafts never write one task."""
        task = self._tasks[each.task or ""]
        wanted = [c for c in changes(self._plan, each) if c.field not in each.kept]
        for change in wanted:
            if _stored(task, change.field) != change.old:
                raise _changed_since(f"任务 {task.code} 与核对时不同")
        if not wanted:
            return
        if task.code in updated:
            raise UserError(
                f"有两项草稿都要写入任务 {task.code}", "", "请先合并，或把其中一项改为新任务"
            )
        updated[task.code] = each.id
        for change in wanted:
            self._write_cell(task, change, each.draft)
        if any(change.field == "task" for change in wanted):
            task.figures = _figures(each.draft)

    def _write_cell(self, task: Task, change: DraftChange, draft: Draft) -> None:
        if change.field in {role.value for role in Role}:
            role = Role(change.field)
            reassign(self._registrar, task, role, draft.all_roles().of(role))
            tie_parts(self._registrar, task, draft.items)
        elif change.field == "task":
            task.text, task.title = draft.text, draft.title
            _set_items(task, draft)
        elif change.field == "persons":
            task.persons = list(all_persons(draft))
        elif change.field == "deadline":
            set_deadline(task, draft.deadline)
        else:
            setattr(task, change.field, change.new)

    def _cite(self, chosen: Sequence[ReviewDraft], updated: Collection[str]) -> None:
        """Let stored tasks point at their passage in this version of the document."""
        spans: dict[str, list[int]] = defaultdict(list)
        for each in chosen:
            for code in self._stored_codes(each):
                spans[code] += [each.draft.quote.start, each.draft.quote.end]
        for code, edges in spans.items():
            task = self._tasks[code]
            if task.document_id != self._document.id or code in updated:
                task.document_id = self._document.id
                task.source_start, task.source_end = min(edges), max(edges)
                task.source_sheet, task.source_row = "", None

    def _stored_codes(self, each: ReviewDraft) -> tuple[str, ...]:
        """Return the stored tasks that a draft is: several where it was split the last time."""
        found = codes_of(self._plan, each, each.task or NEW_TASK)
        return tuple(code for code in found if code in self._tasks)

    def _place(self, codes: dict[int, str], created: dict[str, Task]) -> None:
        """Put new tasks behind the task that stands before them in the document."""
        if not created:
            return
        behind: dict[str, list[Task]] = defaultdict(list)
        standing = [codes_ for each in self._review.drafts if (codes_ := self._stored_codes(each))]
        last = self._standing[-1].code if self._standing and not standing else ""
        for each in self._review.drafts:
            code = codes.get(each.id, "")
            if code in created:
                behind[last].append(created[code])
            else:
                last = next(reversed(self._stored_codes(each)), last)
        order = [*behind[""], *(t for s in self._standing for t in (s, *behind[s.code]))]
        for position, task in enumerate(order, 1):
            if task.position != position:
                task.position = position

    def _finish(self, created: list[Task], progress: Progress | None) -> None:
        for start in range(0, len(created), PORTION):
            if progress is not None:
                progress.step("正在写入台账", start, len(created))
            portion = created[start : start + PORTION]
            self._work.add_all(list(portion))
            self._work.let_go(portion)

    def _keep_readings(self, codes: dict[int, str]) -> None:
        """Keep what was read and what became of it, for the next version of the document."""
        readings = readings_of(self._plan, self._review, codes)
        if self._document.readings != readings:
            self._document.readings = readings


def _ledger(work: Work, plan: DraftPlan) -> Ledger:
    ledger = work.find_ledger(plan.ledger)
    if ledger is None:
        document = plan.decomposed.document
        kind = "" if document.kind is DocumentKind.OTHER else DOCUMENT_KIND_WORDS[document.kind]
        day = document.head.date
        ledger = Ledger(name=plan.ledger, kind=kind, year=day.year if day else None)
        work.add(ledger)
    return ledger


def _document(work: Work, ledger: Ledger, plan: DraftPlan, now: datetime) -> Document:
    source, document = plan.decomposed.source, plan.decomposed.document
    found = work.document_of(ledger, digest_of(source))
    if found is not None:
        return found
    made = Document(
        ledger_id=ledger.id,
        title=document.head.title,
        number=document.head.number,
        issuer=document.head.issuer,
        issued_on=document.head.date,
        kind=document.kind.value,
        text=source.flow.text,
        file_name=source.name,
        blob_hash=work.keep(original_of(source)),
        added_at=now,
        readings=[],
    )
    work.add(made)
    return made


def _figures(draft: Draft) -> list[list[str]]:
    return [[figure.name, figure.value, figure.unit] for figure in draft.figures]


def _set_items(task: Task, draft: Draft) -> None:
    set_parts(task, [(item.mark, item.text) for item in draft.items])
    for part, item in zip(task.parts, draft.items, strict=True):
        part.deadline_text = item.deadline.text if item.deadline else ""
        part.deadline_date = item.deadline.date if item.deadline else None


def _stored(task: Task, field: str) -> str:
    """Return a cell of a stored task as `draft_rows.stored_cells` gives it."""
    if field in {role.value for role in Role}:
        return "、".join(printed_names(task, Role(field)))
    if field == "persons":
        return "、".join(task.persons)
    if field == "deadline":
        return deadline_cell(Deadline(task.deadline_text, task.deadline_date))
    value: str = task.text if field == "task" else getattr(task, field)
    return value


def _changed_since(why: str) -> UserError:
    return UserError("台账在核对之后又被改动，没有写入任何内容", why, "请重新分解，再核对一次")
