"""The board of a round and its returned files as JSON and as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.board import BOARD_WORDS
from tracker.domain.returned import FINDING_WORDS, STANDING_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracker.domain.board import Board, BoardRow
    from tracker.domain.edition import ClosingCheck, EditionRow
    from tracker.domain.returned import ReturnedFileRow

Json = dict[str, Any]  # Any: whatever JSON can hold


def board_json(shown: Board) -> Json:
    """Return a board as `round board --json` prints it."""
    return {
        "ledger": shown.ledger,
        "round": shown.round.number,
        "as_of": shown.today.isoformat(),
        "due": _day(shown.round.feedback_due),
        "expected": shown.expected,
        "returned": shown.returned,
        "late": [row.unit for row in shown.late],
        "missing": [row.unit for row in shown.missing],
        "unclaimed": [file_json(file) for file in shown.unclaimed],
        "units": [_row_json(row) for row in shown.rows],
    }


def _row_json(row: BoardRow) -> Json:
    return {
        "unit": row.unit,
        "state": row.state.value,
        "expected": row.expected,
        "tasks": list(row.tasks),
        "filled": list(row.filled),
        "sent": _day(row.sent_at),
        "due": _day(row.due),
        "due_reason": row.due_reason,
        "received": _day(row.received_at),
        "working_days_late": row.working_days_late,
        "late": row.is_late,
        "calendar_known": row.calendar_known,
        "exempt": row.exempt,
        "by_hand": [
            {"way": b.way.value, "on": b.on.isoformat(), "by": b.given_by, "word": b.word}
            for b in row.by_hand
        ],
        "calls": [
            {"at": c.at.isoformat(), "whom": c.whom, "said": c.said, "by": c.by} for c in row.calls
        ],
        "findings": [
            {"kind": f.kind, "words": f.words, "detail": f.detail, "waits": f.waits}
            for f in row.findings
        ],
        "earlier": row.earlier,
        "remark": row.remark,
        "files": list(row.files),
    }


def board_lines(shown: Board) -> list[str]:
    """Return a board as lines."""
    due = shown.round.feedback_due
    until = f"，期限 {due.isoformat()}" if due else "，没有定反馈期限"
    head = (
        f"“{shown.ledger}”第{shown.round.number}期：已回收 {shown.returned}/{shown.expected}{until}"
    )
    lines = [head]
    if shown.claim_first:
        lines.append(shown.claim_first)
        lines += [f"　{file.id} 号　{file.name}" for file in shown.unclaimed]
    return lines + [_row_line(row) for row in shown.rows]


def _row_line(row: BoardRow) -> str:
    parts = [row.unit, BOARD_WORDS[row.state], f"{len(row.filled)}/{len(row.tasks)}"]
    parts += [row.late_words] if row.late_words else []
    parts += [f"催办{len(row.calls)}次"] if row.calls else []
    parts += [finding.words for finding in row.findings]
    parts += [row.remark] if row.remark else []
    return "　".join(parts)


def file_json(file: ReturnedFileRow) -> Json:
    """Return a returned file."""
    return {
        "id": file.id,
        "file": file.name,
        "unit": file.unit,
        "kind": file.kind.value,
        "standing": file.standing.value,
        "received": file.received_at.isoformat(),
        "findings": [
            {"kind": r.kind.value, "detail": r.detail, "task": r.task, "settled": r.settled}
            for r in file.remarks
        ],
        "unplaced": [
            {"place": u.place, "text": u.text, "settled": u.settled} for u in file.unplaced
        ],
    }


def file_lines(file: ReturnedFileRow) -> list[str]:
    """Return a returned file as lines."""
    whose = file.unit or "（不知哪个单位）"
    lines = [f"{file.id} 号　{file.name}　{whose}　{STANDING_WORDS[file.standing]}"]
    for remark in file.remarks:
        settled = f"（{remark.settled}）" if remark.settled else ""
        lines.append(f"　　{FINDING_WORDS[remark.kind]}：{remark.detail}{settled}")
    for place, words in enumerate(file.unplaced, 1):
        settled = f"（{words.settled}）" if words.settled else "（待处理）"
        lines.append(f"　　第{place}段　{words.place}：{words.text}{settled}")
    return lines


def check_json(check: ClosingCheck) -> Json:
    """Return what is missing before a round is closed."""
    return {
        "missing": list(check.missing),
        "not_due": list(check.not_due),
        "to_type": list(check.to_type),
        "to_check": list(check.to_check),
        "unclaimed": check.unclaimed,
        "unplaced": check.unplaced,
        "no_entry": list(check.no_entry),
        "carried": list(check.carried),
        "not_taken": list(check.not_taken),
        "doubtful": [{"task": code, "state": words} for code, words in check.doubtful],
    }


def edition_json(edition: EditionRow) -> Json:
    """Return an edition without its content."""
    return {
        "version": edition.version,
        "at": edition.at.isoformat(),
        "by": edition.by,
        "hash": edition.hash,
        "reopened": edition.reopened_because,
    }


def stats_lines(counted: Mapping[str, Any]) -> list[str]:
    """Return the counts of a round as lines."""
    rate, returns = counted["rate"], counted["returns"]
    share = f"，完成率{rate['percent']}%" if rate["percent"] else ""
    done = f"应完成 {rate['of']} 项，已完成 {rate['done']} 项{share}"
    came = f"应报 {returns['due']} 家，已报 {returns['returned']} 家，迟报 {returns['late']} 家"
    units = [
        f"{u['unit']}　{u['total']} 项　完成 {u['done']}　逾期 {u['overdue']}"
        for u in counted["by_unit"]
    ]
    return [
        f"“{counted['ledger']}”第{counted['round']}期，截至 {counted['as_of']}",
        f"任务 {counted['total']} 项，{done}，逾期 {len(counted['overdue'])} 项",
        *units,
        f"反馈：{came}，未报 {len(returns['missing'])} 家",
        counted["note"],
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
