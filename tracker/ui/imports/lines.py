"""The lines of a review: one for each cell to change, row to add, doubt to decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from tracker.domain.proposal import CellChange, Creation, held_row
from tracker.domain.terms import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.proposal import Candidate, Conflict, Proposal, Question
    from tracker.domain.table import Origin, TableRow
    from tracker.ops.import_table import Import

NOTHING = "（空）"
NOT_THERE = "—"
_FIELDS = FIELD_WORDS | {"task": "任务原文"}


class Result(Enum):
    """What becomes of a line; the value is the word on its counter."""

    WAITING = "待定"
    UPDATE = "更新"
    CREATE = "新增"
    SAME = "一致"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the review.

    Attributes:
        group: the counter it stands under.
        row: the row of the table.
        task: code of the stored task; empty for a new one.
        field: the cell's name in the user's words.
        old: what is stored; for a doubtful row the text of the likeliest task.
        new: what the table says.
        why: why the row was taken for the task.
        change: the cell that would be written.
        conflict: a disputed cell, a doubtful row, or what is held back.
        creation: the row that would become a task.
        is_part: it belongs to the answer of the doubtful row above it.
    """

    group: Result
    row: TableRow
    task: str
    field: str
    old: str
    new: str
    why: str
    change: CellChange | None = None
    conflict: Conflict | None = None
    creation: Creation | None = None
    is_part: bool = False

    @property
    def question(self) -> Question | None:
        """The doubtful row, where the line asks about one."""
        return self.conflict.question if self.conflict is not None else None

    @property
    def is_held(self) -> bool:
        """Whether the line cannot be written as it stands: its unit is no more."""
        return self.conflict is not None and self.conflict.held is not None

    @property
    def title(self) -> str:
        """The row's number and the words of its task."""
        return f"{self.row.number} {self.row.task}".strip() or f"第{self.row.origin.row}行"


def field_word(name: str) -> str:
    """Return a cell's name as the user knows it; other names are the table's own headings."""
    return _FIELDS.get(name, name)


def lines_of(plan: Import) -> list[Line]:
    """Return the lines of a plan: what waits first, then changes, new rows, rows that agree."""
    proposal = plan.proposal
    why = {match.row.origin: "，".join(match.reasons) for match in proposal.matches}
    lines = [_waiting(conflict, why) for conflict in proposal.conflict]
    lines += [_update(change, why.get(change.row.origin, "")) for change in proposal.update]
    lines += [_creation(creation) for creation in proposal.create]
    return [*lines, *_same(proposal, why)]


def _waiting(conflict: Conflict, why: dict[Origin, str]) -> Line:
    if conflict.held is not None:
        return _held(conflict)
    if conflict.question is None:
        return _disputed(conflict, why)
    question = conflict.question
    reasons = "，".join(question.candidates[0].reasons)
    if len(question.candidates) > 1:
        reasons = f"{len(question.candidates)} 项相近，请选；{reasons}"
    return Line(
        Result.WAITING,
        question.row,
        conflict.task,
        "对应任务",
        question.candidates[0].text,
        question.row.task,
        reasons,
        conflict=conflict,
    )


def _held(conflict: Conflict, *, is_part: bool = False) -> Line:
    held = conflict.held
    if isinstance(held, CellChange):
        line = _update(held, held_because(conflict), is_part=is_part)
        return replace(line, group=Result.WAITING, conflict=conflict)
    if held is None:
        raise ValueError("nothing is held back")
    line = _creation(held)
    why = held_because(conflict)
    return replace(line, group=Result.WAITING, why=why, conflict=conflict, is_part=is_part)


def held_because(conflict: Conflict) -> str:
    """Return why something is held back, in words."""
    held = conflict.held
    if isinstance(held, Creation):
        return held.held
    return conflict.sources[-1].partition("（")[2].removesuffix("）")


def _disputed(conflict: Conflict, why: dict[Origin, str], *, is_part: bool = False) -> Line:
    if conflict.change is None:
        raise ValueError("a conflict is a disputed cell or a doubtful row")
    change = conflict.change
    reason = "导出之后台账改过"
    known = why.get(change.row.origin, "")
    return Line(
        Result.WAITING,
        change.row,
        conflict.task,
        field_word(conflict.field),
        change.old,
        change.new,
        f"{reason}；{known}" if known else reason,
        change=change,
        conflict=conflict,
        is_part=is_part,
    )


def _update(change: CellChange, why: str, *, is_part: bool = False) -> Line:
    return Line(
        Result.WAITING if is_part else Result.UPDATE,
        change.row,
        change.task,
        field_word(change.field),
        change.old,
        change.new,
        why,
        change=change,
        is_part=is_part,
    )


def _creation(creation: Creation) -> Line:
    row = creation.row
    units = "、".join(row.roles.names())
    said = [row.task, f"单位：{units}" if units else ""]
    said += [f"时限：{row.deadline.text}" if row.deadline else "", row.progress]
    why = "台账中没有相近的任务"
    if creation.units_new:
        why += f"；新单位：{'、'.join(creation.units_new)}"
    text = "\n".join(filter(None, said))
    return Line(Result.CREATE, row, "", "整条", "", text, why, creation=creation)


def _same(proposal: Proposal, why: dict[Origin, str]) -> Iterator[Line]:
    """Yield the rows that agree with their task in every cell."""
    spoken_of = {change.row.origin for change in proposal.update}
    for conflict in proposal.conflict:
        if conflict.row is not None:
            spoken_of.add(conflict.row.origin)
    for match in proposal.matches:
        if match.row.origin not in spoken_of:
            reasons = why[match.row.origin]
            text = match.row.task
            yield Line(Result.SAME, match.row, match.task, "整条", text, text, reasons)


def answer_lines(candidate: Candidate) -> list[Line]:
    """Return what a doubtful row changes once it is said to be a task."""
    lines = [_update(change, "已选定任务", is_part=True) for change in candidate.update]
    for conflict in candidate.conflict:
        if conflict.held is not None:
            lines.append(_held(conflict, is_part=True))
        else:
            lines.append(_disputed(conflict, {}, is_part=True))
    return lines


def new_row_lines(creation: Creation) -> list[Line]:
    """Return what is asked of a doubtful row that was said to be new: who takes it."""
    return [_held(held_row(creation), is_part=True)] if creation.held else []
