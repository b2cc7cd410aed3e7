"""`task milestones`: a task broken down by month (分解到月), shown, set, marked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tracker.cli.as_json import milestones_json
from tracker.cli.context import WrongUsage, add_database, day, positive
from tracker.ops.milestone_lines import milestones_in
from tracker.ops.milestones import list_milestones, mark_milestone, set_milestones, state_of
from tracker.ops.tasks import find_task
from tracker.ops.typed import text_of

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.milestone import Milestone
    from tracker.ops.office import Office

STANDARD_INPUT = "@-"


def add_milestones(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those on tasks."""
    command = kinds.add_parser("milestones", help="分解到月：列出、改写节点，标记完成")
    command.add_argument("code", metavar="编号", help="任务编号，见 task list")
    command.add_argument(
        "--set",
        metavar="文字",
        help="换成这些节点，一行一个，如“3月底前 完成招标”；@- 从标准输入读；空文字为清空",
    )
    command.add_argument("--done", type=positive, metavar="N", help="第 N 个节点已完成")
    command.add_argument("--on", type=day, metavar="日期", help="完成日期；默认今天")
    add_database(command)
    command.set_defaults(run=_milestones)


def _milestones(context: Context) -> int:
    a = context.arguments
    if a.set is not None and a.done is not None:
        raise WrongUsage("--set 和 --done 请分两次用")
    if a.on is not None and a.done is None:
        raise WrongUsage("--on 要和 --done 一起用")
    with context.office() as office:
        said = _set(context, office) if a.set is not None else _mark(context, office)
        task = find_task(office, a.code)
        steps = list_milestones(office, a.code)
    today = context.now.date()
    lines = [
        f"{place}　{_line(step)}　{state_of(step, task, today).shape} "
        f"{state_of(step, task, today).word}{_done(step)}"
        for place, step in enumerate(steps, 1)
    ]
    done = sum(step.done_on is not None for step in steps)
    lines.append(f"共 {len(steps)} 个节点，已完成 {done} 个" if steps else "还没有分解到月")
    context.put(milestones_json(task, steps, today), [*said, *lines])
    return 0


def _set(context: Context, office: Office) -> list[str]:
    a = context.arguments
    text: str = a.set
    if text == STANDARD_INPUT:
        text = text_of(sys.stdin.buffer.read() if sys.stdin else b"", "标准输入")
    steps = milestones_in(text, context.now.date(), list_milestones(office, a.code))
    return [set_milestones(office, a.code, steps, who=context.who, now=context.now).sentence]


def _mark(context: Context, office: Office) -> list[str]:
    a = context.arguments
    if a.done is None:
        return []
    on = a.on or context.now.date()
    done = mark_milestone(office, a.code, a.done, on, who=context.who, now=context.now)
    return [done.sentence]


def _line(step: Milestone) -> str:
    return f"{step.due.year}年{step.due.month}月{step.due.day}日　{step.words}"


def _done(step: Milestone) -> str:
    day_ = step.done_on
    return f"（{day_.year}年{day_.month}月{day_.day}日）" if day_ else ""
