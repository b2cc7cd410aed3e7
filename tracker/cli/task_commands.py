"""Commands on tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.as_json import entry_json, task_json
from tracker.cli.context import WrongUsage, add_database, day, positive
from tracker.cli.evidence_commands import add_evidence
from tracker.cli.milestone_commands import add_milestones
from tracker.domain.terms import COMPLETION_WORDS
from tracker.ops.entries import EntryWords, list_entries
from tracker.ops.ledgers import choose_ledger
from tracker.ops.tasks import (
    ClosingWords,
    TaskWords,
    close_task,
    edit_task,
    extend_deadline,
    find_task,
    list_tasks,
    new_task,
    reopen_task,
)

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context

TASK_OPTIONS = (
    ("text", "任务内容"),
    ("number", "序号"),
    ("section", "分类"),
    ("lead", "牵头单位，用顿号分开"),
    ("cooperating", "配合单位"),
    ("responsible", "责任单位"),
    ("guiding", "指导单位"),
    ("persons", "责任人"),
    ("deadline", "时限：日期，或“9月底前”“每月25日前”“长期坚持”"),
)
ENTRY_OPTIONS = (
    ("progress", "落实情况"),
    ("state", "状态"),
    ("problems", "存在问题"),
    ("next-steps", "下步打算"),
    ("note", "备注"),
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    task = commands.add_parser(
        "task", help="任务：新增、修改、延期、销号、恢复、列出、分解到月、佐证、回访"
    )
    kinds = task.add_subparsers(dest="action", metavar="操作", required=True)
    new = kinds.add_parser("new", help="新增任务")
    edit = kinds.add_parser("edit", help="修改任务或它的落实情况")
    extend = kinds.add_parser("extend", help="延长时限，保留原时限")
    close = kinds.add_parser("close", help="销号")
    reopen = kinds.add_parser("reopen", help="恢复办理，保留原销号记录")
    listed = kinds.add_parser("list", help="列出任务和落实情况")
    for command in (edit, extend, close, reopen):
        command.add_argument("code", metavar="编号", help="任务编号，见 task list")
    for command in (new, edit):
        for name, text in TASK_OPTIONS:
            command.add_argument(f"--{name}", metavar="文字", help=text)
    for name, text in ENTRY_OPTIONS:
        edit.add_argument(f"--{name}", metavar="文字", help=text)
    edit.add_argument("--percent", type=float, metavar="数", help="完成率（百分数）")
    for command in (edit, listed):
        command.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    extend.add_argument("--to", required=True, metavar="时限", help="新的时限")
    for command in (extend, reopen):
        command.add_argument("--reason", required=True, metavar="文字", help="理由")
    _add_closing(close)
    add_milestones(kinds)
    add_evidence(kinds)
    for command, run in (
        (new, _new),
        (edit, _edit),
        (extend, _extend),
        (close, _close),
        (reopen, _reopen),
        (listed, _list),
    ):
        add_database(command)
        command.set_defaults(run=run)


def _add_closing(close: argparse.ArgumentParser) -> None:
    close.add_argument("--statement", default="", metavar="文字", help="完成情况说明")
    close.add_argument("--on", type=day, metavar="日期", help="销号日期；默认今天")
    close.add_argument("--by", default="", metavar="姓名", help="确认人；默认经办人")
    close.add_argument(
        "--evidence", default="", metavar="文字", help="佐证材料；不写则用已添加的文件名"
    )
    close.add_argument("--no-evidence", default="", metavar="理由", help="无需佐证的理由")


def _task_words(context: Context) -> TaskWords:
    return TaskWords(**{name: getattr(context.arguments, name) for name, _ in TASK_OPTIONS})


def _new(context: Context) -> int:
    with context.office() as office:
        ledger = choose_ledger(office, context.arguments.ledger)
        words = _task_words(context)
        outcome = new_task(office, ledger, words, who=context.who, now=context.now)
        made = find_task(office, outcome.value)
    context.put(task_json(made), [outcome.sentence])
    return 0


def _edit(context: Context) -> int:
    arguments = context.arguments
    task = _task_words(context)
    entry = EntryWords(
        progress=arguments.progress,
        state=arguments.state,
        percent=arguments.percent,
        problems=arguments.problems,
        next_steps=arguments.next_steps,
        note=arguments.note,
    )
    if not task and not entry:
        raise WrongUsage("没有写明要修改什么")
    with context.office() as office:
        edit_task(
            office,
            arguments.code,
            task,
            who=context.who,
            now=context.now,
            entry=entry,
            round_number=arguments.round,
        )
        edited = find_task(office, arguments.code)
    context.put(task_json(edited), [f"已修改 {arguments.code}"])
    return 0


def _extend(context: Context) -> int:
    a = context.arguments
    with context.office() as office:
        outcome = extend_deadline(office, a.code, a.to, a.reason, who=context.who, now=context.now)
        extended = find_task(office, a.code)
    context.put(task_json(extended), [outcome.sentence])
    return 0


def _close(context: Context) -> int:
    a = context.arguments
    words = ClosingWords(
        statement=a.statement,
        on=a.on or context.now.date(),
        by=a.by or context.who,
        evidence=a.evidence,
        no_evidence_because=a.no_evidence,
    )
    with context.office() as office:
        outcome = close_task(office, a.code, words, who=context.who, now=context.now)
        closed = find_task(office, a.code)
    context.put(task_json(closed), [outcome.sentence])
    return 0


def _reopen(context: Context) -> int:
    a = context.arguments
    with context.office() as office:
        outcome = reopen_task(office, a.code, a.reason, who=context.who, now=context.now)
        opened = find_task(office, a.code)
    context.put(task_json(opened), [outcome.sentence])
    return 0


def _list(context: Context) -> int:
    with context.office() as office:
        ledger = choose_ledger(office, context.arguments.ledger)
        tasks = list_tasks(office, ledger)
        entries = list_entries(office, ledger, context.arguments.round)
    lines = []
    for task in tasks:
        entry = entries.get(task.id)
        due = task.deadline.text if task.deadline else "无时限"
        units = "、".join(task.roles.lead or task.roles.names())
        lines.append(
            f"{task.code}　{task.number}　{task.text}　［{units}］　{due}　"
            f"{COMPLETION_WORDS[task.completion]}　{entry.text if entry else ''}"
        )
    value = [
        {**task_json(task), "entry": entry_json(entries[task.id]) if task.id in entries else None}
        for task in tasks
    ]
    context.put(value, [*lines, f"共 {len(tasks)} 项"])
    return 0
