"""The trace of one task (留痕): every value a step changed, in words, restorable one by one.

The journal keeps only changed columns. The rows of the task are replayed from its beginning, so
that each value is known whole before and after every step: a deadline with its date, the list
of units of a role.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.domain.browse import TraceLine
from tracker.domain.instruction import STAGE_WORDS, Stage
from tracker.domain.terms import (
    COMPLETION_WORDS,
    FIELD_WORDS,
    PACE_WORDS,
    ROLE_WORDS,
    Completion,
    Pace,
    Role,
)
from tracker.ops.tasks import no_such_task
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tracker.domain.browse import StoredChange
    from tracker.ops.office import Office
    from tracker.store.queries import View

Values = dict[str, Any]  # Any: column values as JSON keeps them
Rows = dict[tuple[str, int], Values]


@dataclass(frozen=True, slots=True)
class Field:
    """One value as a reader knows it.

    Attributes:
        columns: where it is stored, the one that names it first.
        show: how the columns' values read; without it the first column's text.
        restorable: it may be written again by itself.
    """

    word: str
    columns: tuple[str, ...]
    show: Callable[[Values], str] | None = None
    restorable: bool = True

    def words(self, row: Values | None) -> str:
        """Return the value as a reader sees it; "" where there is no row."""
        if row is None:
            return ""
        if self.show is not None:
            return self.show(row)
        value = row.get(self.columns[0])
        return "" if value is None else str(value)

    def raw(self, row: Values) -> Values:
        """Return the stored values of the field's columns."""
        return {column: row.get(column) for column in self.columns}


def _day(value: Any) -> str:
    if not value:
        return ""
    day = date.fromisoformat(str(value)[:10])
    return long_date(day)


def _deadline(prefix: str) -> Callable[[Values], str]:
    def show(row: Values) -> str:
        words, day = row.get(f"{prefix}_text") or "", _day(row.get(f"{prefix}_date"))
        if row.get(f"{prefix}_doubtful"):
            day = f"{day}，待核" if day else "待核"
        return f"{words}（{day}）" if words and day and words != day else words or day

    return show


def _word_of(column: str, words: Mapping[Any, str], kind: type) -> Callable[[Values], str]:
    return lambda row: words[kind(row[column])] if row.get(column) else ""


def _closings(row: Values) -> str:
    kept = row.get("closings") or []
    return "；".join(
        f"{_day(c['on'])} {c['by']}：{c['statement']}（{c['evidence']}）"
        + (f"，已恢复：{c['reopened']}" if c.get("reopened") else "")
        for c in kept
    )


def _revisits(row: Values) -> str:
    kept = row.get("revisits") or []
    return "；".join(
        f"{_day(v['on'])} {v['by']}：{v['found']}（{'保持' if v['holds'] == 'yes' else '有反复'}）"
        for v in kept
    )


def _stage(row: Values) -> str:
    steps = row.get("stages") or []
    if not row.get("stage"):
        return ""
    word = STAGE_WORDS[Stage(row["stage"])]
    return f"{word}（{_day(steps[-1]['on'])}）" if steps else word


def _percent(row: Values) -> str:
    value = row.get("percent")
    return "" if value is None else f"{value:g}%"


def _milestone(row: Values) -> str:
    words = (_day(row.get("due")), row.get("what"), row.get("figure"))
    return " ".join(str(word) for word in words if word)


def _figures(row: Values) -> str:
    return "；".join("".join(figure) for figure in row.get("figures") or [])


def _extra(row: Values) -> str:
    return "；".join(f"{name}：{value}" for name, value in row.get("extra") or [])


TASK_FIELDS = (
    Field("任务", ("text",)),
    Field("序号", ("number",)),
    Field("分类", ("section",)),
    Field("单位（原文）", ("units_text",)),
    Field("责任人", ("persons",), lambda row: "、".join(row.get("persons") or [])),
    Field(
        "时限",
        (
            "deadline_text",
            "deadline_date",
            "deadline_recurrence",
            "deadline_day",
            "deadline_doubtful",
        ),
        _deadline("deadline"),
    ),
    Field(
        "原时限",
        ("first_deadline_text", "first_deadline_date"),
        _deadline("first_deadline"),
        restorable=False,
    ),
    Field("延期理由", ("deadline_reason",)),
    Field("指标", ("figures",), _figures, restorable=False),
    Field("状态", ("completion",), _word_of("completion", COMPLETION_WORDS, Completion), False),
    Field("销号", ("closings",), _closings, restorable=False),
    Field("回访", ("revisits",), _revisits, restorable=False),
    Field("撤回、并入的理由", ("withdrawn",), restorable=False),
    Field("批示领导", ("instruction_leader",)),
    Field("批示日期", ("instructed_on",), lambda row: _day(row.get("instructed_on"))),
    Field("批示原文", ("instruction_text",)),
    Field("办理环节", ("stage", "stages"), _stage, restorable=False),
)
ENTRY_FIELDS = (
    Field(FIELD_WORDS["progress"], ("text",)),
    Field(FIELD_WORDS["state"], ("state_text", "completion", "pace")),
    Field("进度", ("pace",), _word_of("pace", PACE_WORDS, Pace), restorable=False),
    Field(FIELD_WORDS["percent"], ("percent",), _percent),
    Field(FIELD_WORDS["problems"], ("problems",)),
    Field(FIELD_WORDS["next_steps"], ("next_steps",)),
    Field(FIELD_WORDS["note"], ("remark",)),
    Field("其他各栏", ("extra",), _extra),
)
PART_FIELDS = (Field("分项", ("text",), restorable=False),)
NOTE_FIELDS = (Field("原报", ("text",), restorable=False),)
MILESTONE_FIELDS = (
    Field("节点", ("what", "figure", "due"), _milestone, restorable=False),
    Field("节点完成", ("done_on",), lambda row: _day(row.get("done_on")), restorable=False),
)
ATTACHMENT_FIELDS = (Field("佐证材料", ("name",), restorable=False),)
FIELDS = {
    "task": TASK_FIELDS,
    "entry": ENTRY_FIELDS,
    "part": PART_FIELDS,
    "note": NOTE_FIELDS,
    "milestone": MILESTONE_FIELDS,
    "attachment": ATTACHMENT_FIELDS,
}


def trace(office: Office, code: str) -> tuple[TraceLine, ...]:
    """Return every change of a task's values, the newest first.

    Raises:
        UserError: there is no task of that code.
    """
    with office.read() as view:
        return trace_of(view, code)


def trace_of(view: View, code: str) -> tuple[TraceLine, ...]:
    """Return the trace from an open view: the task's own, then those of earlier years.

    What was done in an earlier year stays as it is: none of those values can be restored.
    """
    task = view.task(code)
    if task is None:
        raise no_such_task(code)
    lines = [*_going_on(view, task.id), *_own_trace(view, task.id, task.ledger_id)]
    for each in task.former:
        lines += (
            replace(line, field=f"{line.field}（{each.ledger}）", restorable=False)
            for line in _own_trace(view, each.task_id, each.ledger_id)
        )
    return tuple(lines)


def _own_trace(view: View, task_id: int, ledger_id: int) -> list[TraceLine]:
    changes = view.task_changes(task_id)
    rounds = {row.id: row.number for row in view.rounds(ledger_id)}
    now = _final(changes)
    lines = [
        line
        for step, before, after in _replay(changes)
        for line in _lines(step, before, after, now, rounds)
    ]
    return lines[::-1]


def _going_on(view: View, task_id: int) -> Iterator[TraceLine]:
    """Yield a line for each task of a later year that goes on from this one."""
    for there in view.goes_on(task_id):
        made = view.task_changes(there.task_id)
        if made:
            step = made[0]
            yield TraceLine(
                step_id=step.step_id,
                at=step.at,
                who=step.who,
                label=step.label,
                field="结转",
                old="",
                new=f"结转到{there.words}",
                table="task",
                row_id=task_id,
                column="carried_from_id",
            )


def values_before(view: View, line: TraceLine, task_id: int) -> Values:
    """Return the stored values that a line of the trace says were there before its step."""
    for step, before, _ in _replay(view.task_changes(task_id)):
        if step.step_id != line.step_id:
            continue
        if line.table == "assignment":
            return {"held": _rows_held(before, Role(line.column))}
        row = before.get((line.table, line.row_id))
        if row is not None:
            found = next(f for f in FIELDS[line.table] if f.columns[0] == line.column)
            return found.raw(row)
    return {}


def _replay(changes: tuple[StoredChange, ...]) -> Iterator[tuple[StoredChange, Rows, Rows]]:
    """Yield each step (one of its changes stands for it) with the rows before and after."""
    rows: Rows = {}
    steps: dict[int, list[StoredChange]] = defaultdict(list)
    for change in changes:
        steps[change.step_id].append(change)
    for of_step in steps.values():
        before = dict(rows)
        for change in of_step:
            _apply(rows, change)
        yield of_step[0], before, dict(rows)


def _final(changes: tuple[StoredChange, ...]) -> Rows:
    rows: Rows = {}
    for change in changes:
        _apply(rows, change)
    return rows


def _apply(rows: Rows, change: StoredChange) -> None:
    key = (change.table, change.row_id)
    if change.after is None:
        rows.pop(key, None)
    else:
        rows[key] = {**rows.get(key, {}), **change.after}


def _held(rows: Rows, role: Role) -> tuple[str, ...]:
    """Return the printed names that hold a role, each once, in their order."""
    return tuple(dict.fromkeys(name for name, _ in _rows_held(rows, role)))


def _rows_held(rows: Rows, role: Role) -> list[tuple[str, int | None]]:
    """Return the printed names that hold a role, each with the part it is for, in their order."""
    held = sorted(
        (row["position"], row_id)
        for (table, row_id), row in rows.items()
        if table == "assignment" and row["role"] == role
    )
    found = [rows[("assignment", row_id)] for _, row_id in held]
    return [(row["printed"], row.get("part_id")) for row in found]


def _lines(
    step: StoredChange, before: Rows, after: Rows, now: Rows, rounds: Mapping[int, int]
) -> Iterator[TraceLine]:
    touched = [key for key in {**before, **after} if before.get(key) is not after.get(key)]
    for table, row_id in touched:
        old, new = before.get((table, row_id)), after.get((table, row_id))
        standing = now.get((table, row_id))
        for value in FIELDS.get(table, ()):
            if value.words(old) == value.words(new):
                continue
            yield TraceLine(
                step_id=step.step_id,
                at=step.at,
                who=step.who,
                label=step.label,
                field=_title(table, value, new or old or {}, rounds),
                old=value.words(old),
                new=value.words(new),
                table=table,
                row_id=row_id,
                column=value.columns[0],
                restorable=value.restorable
                and old is not None
                and standing is not None
                and value.words(old) != value.words(standing),
            )
    if any(table == "assignment" for table, _ in touched):
        yield from _unit_lines(step, before, after, now)


def _unit_lines(step: StoredChange, before: Rows, after: Rows, now: Rows) -> Iterator[TraceLine]:
    is_new = not any(table == "task" for table, _ in before)
    for role in Role:
        old, new = _held(before, role), _held(after, role)
        if old == new:
            continue
        task_id = next(row_id for table, row_id in {**before, **after} if table == "task")
        yield TraceLine(
            step_id=step.step_id,
            at=step.at,
            who=step.who,
            label=step.label,
            field=ROLE_WORDS[role],
            old="、".join(old),
            new="、".join(new),
            table="assignment",
            row_id=task_id,
            column=role.value,
            restorable=not is_new and _held(now, role) != old,
        )


def _title(table: str, value: Field, row: Values, rounds: Mapping[int, int]) -> str:
    if value.columns == ("done_on",):
        return f"节点“{row.get('what', '')}”完成"
    if table == "part":
        return f"{value.word}{row.get('mark', '')}"
    if table in ("entry", "note") and row.get("round_id") in rounds:
        return f"{value.word}（第{rounds[row['round_id']]}期）"
    return value.word
