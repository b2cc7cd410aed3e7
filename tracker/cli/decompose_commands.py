"""The command on documents: `decompose`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.as_json import document_json
from tracker.cli.context import WAITING, WrongUsage, add_database, add_password, day
from tracker.cli.draft_lines import is_waiting, plan_json, plan_lines
from tracker.domain.draft import DOCUMENT_KIND_WORDS
from tracker.domain.terms import ROLE_WORDS
from tracker.ops.apply_drafts import apply_drafts, decompose_as_new_office
from tracker.ops.decompose import decompose_source
from tracker.ops.drafts import all_decided, propose_drafts, target_ledger
from tracker.ops.import_table import read_piped, read_source
from tracker.ops.office import open_office

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.draft import DecomposedDocument, Draft
    from tracker.ops.decompose import Decomposed
    from tracker.ops.drafts import DraftPlan
    from tracker.ops.import_table import Source

STANDARD_INPUT = "-"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    decompose = commands.add_parser("decompose", help="把文件分解成任务草稿；加 --apply 写入台账")
    decompose.add_argument("file", metavar="文件", help="文件；- 表示从标准输入粘贴")
    decompose.add_argument("--date", type=day, metavar="日期", help="文件自己的日期")
    decompose.add_argument("--apply", action="store_true", help="写入台账（一步，可撤销）")
    add_password(decompose)
    add_database(decompose, required=False)
    decompose.set_defaults(run=_decompose)


def _decompose(context: Context) -> int:
    arguments = context.arguments
    if not arguments.db and (arguments.apply or arguments.ledger):
        raise WrongUsage("--apply 和 --ledger 要与 --db 一起用")
    decomposed = decompose_source(_source(context), date=arguments.date)
    document = decomposed.document
    if not arguments.db:
        context.put(document_json(document), _lines(document))
        return WAITING if document.has_doubts() else 0
    plan, done = _compare(context, decomposed)
    value = {**document_json(document), "ledger": plan.ledger, **plan_json(plan)}
    context.put(value, [*_lines(document), *plan_lines(plan), done])
    return WAITING if document.has_doubts() or is_waiting(plan) else 0


def _source(context: Context) -> Source:
    name: str = context.arguments.file
    if name == STANDARD_INPUT:
        return read_piped(sys.stdin.buffer.read() if sys.stdin else b"")
    return read_source(Path(name), password=context.arguments.password)


def _compare(context: Context, decomposed: Decomposed) -> tuple[DraftPlan, str]:
    """Compare the drafts with the database and, where asked for, store them."""
    arguments = context.arguments
    path = Path(arguments.db)
    missing = not path.exists() or (path.is_file() and path.stat().st_size == 0)
    office = None if missing else open_office(path, context.now)
    try:
        ledger = target_ledger(office, decomposed, arguments.ledger)
        plan = propose_drafts(office, decomposed, ledger=ledger)
        review = all_decided(plan)
        if not arguments.apply:
            return plan, "未写入；加 --apply 写入台账"
        if not review.chosen():
            return plan, "没有可以写入的任务"
        if office is None:
            office, outcome = decompose_as_new_office(
                path, plan, review, who=context.who, now=context.now
            )
        else:
            outcome = apply_drafts(office, plan, review, who=context.who, now=context.now)
        return plan, outcome.sentence
    finally:
        if office is not None:
            office.close()


def _lines(document: DecomposedDocument) -> list[str]:
    head = document.head
    lines = [f"标题：{head.title or '（无）'}　［{DOCUMENT_KIND_WORDS[document.kind]}］"]
    if head.number or head.date:
        lines.append(f"文号：{head.number or '（无）'}　日期：{head.date or '（未写明）'}")
    for draft in document.drafts:
        lines += _draft_lines(draft)
    lines.append(f"共 {len(document.drafts)} 项")
    for roster in document.rosters:
        names = "、".join(member.name for member in roster.members)
        lines.append(f"名单　{roster.body or '（未写明机构）'}：{names}")
    return [*lines, *(f"注意：{warning}" for warning in document.warnings)]


def _draft_lines(draft: Draft) -> list[str]:
    roles = draft.all_roles()
    units = "；".join(
        f"{word}：{'、'.join(roles.of(role))}"
        for role, word in ROLE_WORDS.items()
        if roles.of(role)
    )
    people = f"；责任人：{'、'.join(draft.persons)}" if draft.persons else ""
    due = f"；时限：{draft.deadline.text}" if draft.deadline else ""
    lines = [f"{draft.number or '·'}　{draft.title}　［{units}{people}{due}］"]
    return lines + [f"　　存疑：{doubt}" for doubt in draft.doubts]
