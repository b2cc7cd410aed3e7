"""Commands on layouts and templates: `layout list`, `add`, `save`, `remove`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.context import add_database
from tracker.ops.layouts import (
    edit_layout,
    list_layouts,
    remove_layout,
    save_layout,
    share_layout,
)
from tracker.ops.templates import (
    KeptTemplate,
    add_template,
    is_template,
    list_templates,
    remove_template,
    save_template,
)

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.ops.office import Office

EMPTY = "空"
"""What keeps a column of a template empty."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    layout = commands.add_parser("layout", help="落实情况表的版式和模板")
    kinds = layout.add_subparsers(dest="action", metavar="动作", required=True)
    listed = kinds.add_parser("list", help="列出可用的版式和模板")
    add_database(listed, ledger=False, required=False)
    listed.set_defaults(run=_list)
    added = kinds.add_parser("add", help="存入一个模板（.xlsx）或版式文件（.toml）")
    added.add_argument("file", metavar="文件", help="本单位的表（.xlsx），或版式文件（.toml）")
    added.add_argument("--name", default="", metavar="名称", help="叫什么；默认同文件名")
    added.add_argument("--sheet", metavar="工作表", help="模板里表所在的工作表")
    added.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="栏=内容",
        help=f"模板的一栏填什么，如 G=remark；G={EMPTY} 为留空；可写多次",
    )
    add_database(added, ledger=False)
    added.set_defaults(run=_add)
    saved = kinds.add_parser("save", help="把版式或模板另存为文件")
    saved.add_argument("name", metavar="名称", help="版式的名称，或 模板:名称")
    saved.add_argument("--out", required=True, metavar="文件", help="要写的 .toml 或 .xlsx 文件")
    add_database(saved, ledger=False)
    saved.set_defaults(run=_save)
    removed = kinds.add_parser("remove", help="删除存入的版式或模板（可撤销）")
    removed.add_argument("name", metavar="名称", help="版式的名称，或 模板:名称")
    add_database(removed, ledger=False)
    removed.set_defaults(run=_remove)


def _column(text: str) -> tuple[str, str | None]:
    letter, sign, field = text.partition("=")
    if not (letter.isascii() and letter.isalpha() and sign and field):
        raise argparse.ArgumentTypeError(f"“{text}”写得不对，请写成 G=remark 的样子")
    return letter.upper(), None if field == EMPTY else field


def _list(context: Context) -> int:
    if context.arguments.db is None:
        layouts, templates = list_layouts(), tuple[KeptTemplate, ...]()
    else:
        with context.office() as office:
            layouts, templates = list_layouts(office), list_templates(office)
    value: dict[str, Any] = {  # Any: JSON
        "layouts": [{"name": x.name, "label": x.label, "own": x.own} for x in layouts],
        "templates": [{"name": x.layout, "file": x.file} for x in templates],
    }
    lines = [f"{x.name}　{x.label}{'（本单位）' if x.own else ''}" for x in layouts]
    lines += [f"{x.layout}　来自“{x.file}”，{x.kept_at:%Y-%m-%d} 存入" for x in templates]
    context.put(value, lines)
    return 0


def _add(context: Context) -> int:
    a = context.arguments
    with context.office() as office:
        if is_template(a.file):
            done = add_template(
                office,
                Path(a.file),
                a.name,
                who=context.who,
                now=context.now,
                sheet=a.sheet,
                fields=dict(a.column),
            )
            name, sentence = done.value.layout, done.sentence
        else:
            name, sentence = _add_layout(context, office)
    context.put({"name": name}, [sentence, f"用法：export --layout “{name}”"])
    return 0


def _add_layout(context: Context, office: Office) -> tuple[str, str]:
    a = context.arguments
    draft = edit_layout(a.file)
    if a.name:
        draft = replace(draft, label=a.name)
    done = save_layout(office, draft, who=context.who, now=context.now)
    return done.value.name, done.sentence


def _save(context: Context) -> int:
    a = context.arguments
    target = Path(a.out)
    with context.office() as office:
        if is_template(a.name):
            save_template(office, a.name, target)
        else:
            share_layout(edit_layout(a.name, office), target)
    context.put({"path": str(target)}, [f"已写出 {target}"])
    return 0


def _remove(context: Context) -> int:
    a, who, now = context.arguments, context.who, context.now
    with context.office() as office:
        remove = remove_template if is_template(a.name) else remove_layout
        done = remove(office, a.name, who=who, now=now)
    context.put({"name": done.value}, [done.sentence])
    return 0
