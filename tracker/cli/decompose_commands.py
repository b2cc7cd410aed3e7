"""The command on documents: `decompose`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.as_json import document_json
from tracker.cli.context import WAITING, add_json, add_password, day
from tracker.domain.draft import DOCUMENT_KIND_WORDS
from tracker.domain.terms import ROLE_WORDS
from tracker.ops.decompose import decompose_source
from tracker.ops.import_table import read_piped, read_source

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.draft import DecomposedDocument, Draft

STANDARD_INPUT = "-"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    decompose = commands.add_parser("decompose", help="把文件分解成任务草稿，不写入台账")
    decompose.add_argument("file", metavar="文件", help="文件；- 表示从标准输入粘贴")
    decompose.add_argument("--date", type=day, metavar="日期", help="文件自己的日期")
    add_password(decompose)
    add_json(decompose)
    decompose.set_defaults(run=_decompose)


def _decompose(context: Context) -> int:
    arguments = context.arguments
    name: str = arguments.file
    if name == STANDARD_INPUT:
        source = read_piped(sys.stdin.buffer.read() if sys.stdin else b"")
    else:
        source = read_source(Path(name), password=arguments.password)
    document = decompose_source(source, date=arguments.date).document
    context.put(document_json(document), _lines(document))
    return WAITING if document.has_doubts() else 0


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
