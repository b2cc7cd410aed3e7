"""The JSON of the command line (its keys are the contract with scripts and tests)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.terms import Role
from tracker.ops.milestones import state_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.draft import DecomposedDocument, Draft
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.milestone import Milestone
    from tracker.domain.proposal import Proposal
    from tracker.domain.table import Item, Roles, Table, TableRow
    from tracker.domain.task import TaskRow

Json = dict[str, Any]  # Any: whatever JSON can hold


def roles_json(roles: Roles) -> Json:
    """Return unit names by role."""
    return {role.value: list(roles.of(role)) for role in Role}


def deadline_json(deadline: Deadline | None) -> Json | None:
    """Return a deadline; None where none is stated."""
    if deadline is None:
        return None
    return {
        "text": deadline.text,
        "date": deadline.date.isoformat() if deadline.date else None,
        "recurrence": deadline.recurrence.value if deadline.recurrence else None,
        "day": deadline.day,
        "doubtful": deadline.doubtful,
    }


def table_json(table: Table) -> Json:
    """Return a table as `table --json` prints it."""
    return {
        "title": table.title,
        "columns": table.columns,
        "date": table.date.isoformat() if table.date else None,
        "rows": [row_json(row) for row in table.rows],
        "skipped": [
            {"sheet": s.sheet, "row": s.row, "why": s.why, "text": s.text} for s in table.skipped
        ],
        "warnings": list(table.warnings),
    }


def row_json(row: TableRow) -> Json:
    """Return one row of a table."""
    deadline = row.deadline
    return {
        "number": row.number,
        "section": row.section,
        "sheet": row.origin.sheet,
        "task": row.task,
        **roles_json(row.roles),
        "units_text": row.units_text,
        "persons": list(row.persons),
        "deadline_text": deadline.text if deadline else "",
        "deadline_date": deadline.date.isoformat() if deadline and deadline.date else None,
        "recurrence": deadline.recurrence.value if deadline and deadline.recurrence else None,
        "status_text": row.status_text,
        "percent": row.percent,
        "progress": row.progress,
        "problems": row.problems,
        "next_steps": row.next_steps,
        "note": row.note,
        "unit_progress": dict(row.unit_progress),
        "rounds": dict(row.rounds),
        "items": [_item_json(item) for item in row.items],
        "extra": dict(row.extra),
        "origin": {"sheet": row.origin.sheet, "row": row.origin.row},
        "doubts": list(row.doubts),
    }


def _item_json(item: Item) -> Json:
    return {
        "mark": item.mark,
        "text": item.text,
        **roles_json(item.roles),
        "persons": list(item.persons),
        "deadline": deadline_json(item.deadline),
        "progress": item.progress,
    }


def proposal_json(proposal: Proposal) -> Json:
    """Return a proposal as `import --json` prints it."""
    return {
        "create": [
            {"row": row_json(c.row), "units_new": list(c.units_new)} for c in proposal.create
        ],
        "update": [
            {"task": c.task, "field": c.field, "old": c.old, "new": c.new} for c in proposal.update
        ],
        "same": proposal.same,
        "conflict": [
            {
                "task": c.task,
                "field": c.field,
                "values": list(c.values),
                "sources": list(c.sources),
            }
            for c in proposal.conflict
        ],
        "findings": [
            {"file": f.file, "unit": f.unit, "kind": f.kind, "detail": f.detail}
            for f in proposal.findings
        ],
        "missing": [],
        "matches": [
            {"task": m.task, "row": m.row.origin.row, "score": m.score, "reasons": list(m.reasons)}
            for m in proposal.matches
        ],
        "unmentioned": list(proposal.unmentioned),
    }


def task_json(task: TaskRow) -> Json:
    """Return a stored task as `task list --json` prints it."""
    return {
        "code": task.code,
        "number": task.number,
        "section": task.section,
        "title": task.title,
        "text": task.text,
        **roles_json(task.roles),
        "persons": list(task.persons),
        "deadline": deadline_json(task.deadline),
        "first_deadline": deadline_json(task.first_deadline),
        "completion": task.completion.value,
        "items": [{"mark": p.mark, "text": p.text, **roles_json(p.roles)} for p in task.parts],
        "closings": [
            {
                "on": c.on.isoformat(),
                "by": c.by,
                "statement": c.statement,
                "evidence": c.evidence,
                "reopened": c.reopened,
            }
            for c in task.closings
        ],
    }


def milestones_json(task: TaskRow, steps: Sequence[Milestone], today: date) -> Json:
    """Return a task's milestones as `task milestones --json` prints them."""
    return {
        "task": task.code,
        "milestones": [
            {
                "due": step.due.isoformat(),
                "what": step.what,
                "figure": step.figure,
                "done_on": step.done_on.isoformat() if step.done_on else None,
                "state": state_of(step, task, today).value,
            }
            for step in steps
        ],
    }


def entry_json(entry: EntryRow) -> Json:
    """Return what is printed for a task in a round."""
    return {
        "progress": entry.text,
        "state": entry.state_text,
        "completion": entry.completion.value if entry.completion else None,
        "pace": entry.pace.value if entry.pace else None,
        "percent": entry.percent,
        "problems": entry.problems,
        "next_steps": entry.next_steps,
        "note": entry.remark,
        "extra": dict(entry.extra),
        "carried": entry.carried,
    }


def ledger_json(ledger: LedgerRow) -> Json:
    """Return a ledger as `ledger list --json` prints it."""
    return {
        "name": ledger.name,
        "year": ledger.year,
        "kind": ledger.kind,
        "rhythm": ledger.rhythm,
        "state": ledger.state.value,
        "office": ledger.office,
        "table_title": ledger.table_title,
        "tasks": ledger.tasks,
    }


def round_json(row: RoundRow) -> Json:
    """Return a round as `round list --json` prints it."""
    return {
        "number": row.number,
        "cut_off": row.cut_off.isoformat() if row.cut_off else None,
        "feedback_due": row.feedback_due.isoformat() if row.feedback_due else None,
        "state": row.state.value,
        "circular_number": row.circular_number,
    }


def document_json(document: DecomposedDocument) -> Json:
    """Return a document as `decompose --json` prints it."""
    head = document.head
    return {
        "kind": document.kind.value,
        "document": {
            "title": head.title,
            "number": head.number,
            "issuer": head.issuer,
            "date": head.date.isoformat() if head.date else None,
        },
        "tasks": [draft_json(draft) for draft in document.drafts],
        "rosters": [
            {
                "body": roster.body,
                "members": [
                    {"name": m.name, "post": m.post, "role": m.role} for m in roster.members
                ],
            }
            for roster in document.rosters
        ],
        "warnings": list(document.warnings),
    }


def draft_json(draft: Draft) -> Json:
    """Return one draft of a task."""
    return {
        "number": draft.number,
        "path": list(draft.path),
        "title": draft.title,
        "text": draft.text,
        **roles_json(draft.roles),
        "persons": list(draft.persons),
        "full_names": dict(draft.full_names),
        "deadline": deadline_json(draft.deadline),
        "items": [_part_json(item) for item in draft.items],
        "figures": [
            {"name": figure.name, "value": figure.value, "unit": figure.unit}
            for figure in draft.figures
        ],
        "quote": {"start": draft.quote.start, "end": draft.quote.end},
        "doubts": list(draft.doubts),
    }


def _part_json(item: Item) -> Json:
    part = _item_json(item)
    del part["progress"]
    return part
