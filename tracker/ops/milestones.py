"""Milestones (节点): a task broken down by month (分解到月), and what is done of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.milestone import Milestone
from tracker.insight.timeline import is_over
from tracker.ops.outcome import Outcome
from tracker.ops.tasks import find_task
from tracker.store import models
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from tracker.domain.milestone import MilestoneState
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office
    from tracker.store.models import Task

MilestoneWords = Milestone
"""What the clerk typed for a milestone is the value itself."""

LONGEST_WHAT = 200
LONGEST_FIGURE = 50

Steps = tuple[Milestone, ...]


def list_milestones(office: Office, code: str) -> Steps:
    """Return a task's milestones by the day they are due.

    Raises:
        UserError: no such task.
    """
    task = find_task(office, code)
    with office.read() as view:
        return view.milestones((task.id,)).get(task.id, ())


def state_of(step: Milestone, task: TaskRow, today: date) -> MilestoneState:
    """Return where a task's milestone stands; of a finished task nothing is late any more."""
    return step.state(today, over=is_over(task))


def set_milestones(
    office: Office, code: str, steps: Sequence[MilestoneWords], *, who: str, now: datetime
) -> Outcome[Steps]:
    """Put these milestones in the place of the task's own; return them by the day they are due.

    None takes all away. Where they say what stands there already, no step is left.

    Raises:
        UserError: no such task, a milestone without words, too long, twice, or done in the future.
    """
    wanted = checked(steps, now.date())
    with office.change("分解到月", who, now) as work:
        write_milestones(work.task(code), wanted)
    if not work.changes:
        return Outcome(wanted, work.changes, "没有变化")
    sentence = f"{code} 已分解为 {len(wanted)} 个节点" if wanted else f"{code} 的节点已清空"
    return Outcome(wanted, work.changes, sentence)


def mark_milestone(
    office: Office, code: str, place: int, done_on: date | None, *, who: str, now: datetime
) -> Outcome[Milestone]:
    """Note when a milestone was done, or with None that it is not; return it.

    Args:
        place: which of the task's milestones by the day they are due, counted from 1.

    Raises:
        UserError: no such task or milestone, or a day in the future.
    """
    label = "改回未完成" if done_on is None else "标记节点完成"
    with office.change(label, who, now) as work:
        rows = work.task(code).milestones
        if not 1 <= place <= len(rows):
            raise UserError(
                f"任务 {code} 没有第 {place} 个节点",
                f"它有 {len(rows)} 个节点" if rows else "它还没有分解到月",
                "请先分解到月，或换一个序号",
            )
        row = rows[place - 1]
        marked = Milestone(row.due, row.what, row.figure, done_on)
        _check_done(marked, now.date())
        row.done_on = done_on
    if not work.changes:
        return Outcome(marked, work.changes, "没有变化")
    state = f"已完成（{done_on.month}月{done_on.day}日）" if done_on else "改回未完成"
    return Outcome(marked, work.changes, f"节点“{marked.what}”{state}")


def checked(steps: Sequence[Milestone], today: date) -> Steps:
    """Return the milestones without blanks around their words, by the day they are due.

    Raises:
        UserError: one has no words, is too long, stands there twice, or is done in the future.
    """
    tidy = [Milestone(s.due, s.what.strip(), s.figure.strip(), s.done_on) for s in steps]
    seen: set[tuple[date, str]] = set()
    for step in tidy:
        _check_words(step)
        _check_done(step, today)
        if (step.due, step.what) in seen:
            raise UserError(f"节点“{step.what}”（{_day(step.due)}）写了两次", "", "请删去一个")
        seen.add((step.due, step.what))
    return tuple(sorted(tidy, key=lambda step: step.due))


def _check_words(step: Milestone) -> None:
    if not step.what:
        raise UserError(
            f"{_day(step.due)}的节点没有写要完成什么", "", "请写上到那时要完成的事，或去掉这一行"
        )
    if len(step.what) > LONGEST_WHAT or len(step.figure) > LONGEST_FIGURE:
        raise UserError(
            f"节点“{step.what[:20]}…”太长",
            f"内容最多 {LONGEST_WHAT} 字，目标最多 {LONGEST_FIGURE} 字",
            "请写得简短些",
        )
    if len(f"{step.what}{step.figure}".splitlines()) > 1:
        raise UserError(f"节点“{step.what.splitlines()[0]}”有换行", "", "请一行写一个节点")


def _check_done(step: Milestone, today: date) -> None:
    if step.done_on is not None and step.done_on > today:
        raise UserError(
            f"节点“{step.what}”的完成日期{_day(step.done_on)}还没有到", "", "请写实际完成的日期"
        )


def _day(day: date) -> str:
    return long_date(day)


def write_milestones(task: Task, steps: Steps) -> None:
    """Write a task's milestones within a unit of work; the row of one that only changed stays."""
    rows = _rows_for(task.milestones, steps)
    for row in list(task.milestones):
        if row not in rows.values():
            task.milestones.remove(row)
    for place, step in enumerate(steps):
        row = rows.get(place) or models.Milestone()
        if place not in rows:
            task.milestones.append(row)
        row.position = place + 1
        row.due, row.what, row.figure, row.done_on = step.due, step.what, step.figure, step.done_on


def _rows_for(stored: Sequence[models.Milestone], steps: Steps) -> dict[int, models.Milestone]:
    """Return which stored row each milestone continues: the same, else the same words or day."""
    likes: tuple[Callable[[models.Milestone | Milestone], object], ...] = (
        lambda step: (step.due, step.what),
        lambda step: step.what,
        lambda step: step.due,
    )
    free = list(stored)
    rows: dict[int, models.Milestone] = {}
    for like in likes:
        for place, step in enumerate(steps):
            if place in rows:
                continue
            row = next((row for row in free if like(row) == like(step)), None)
            if row is not None:
                rows[place] = row
                free.remove(row)
    return rows


def join_milestones(target: Task, merged: Sequence[Task]) -> int:
    """Give a task the milestones it lacks of those merged into it; return how many.

    As with units, the merged tasks keep their own, so that each can be brought back whole.
    """
    own = [Milestone(r.due, r.what, r.figure, r.done_on) for r in target.milestones]
    held = {(step.due, step.what) for step in own}
    joined: dict[tuple[date, str], Milestone] = {}
    for row in (row for task in merged for row in task.milestones):
        if (row.due, row.what) not in held:
            step = Milestone(row.due, row.what, row.figure, row.done_on)
            joined.setdefault((row.due, row.what), step)
    if joined:
        every = sorted([*own, *joined.values()], key=lambda step: step.due)
        write_milestones(target, tuple(every))
    return len(joined)
