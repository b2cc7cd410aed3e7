"""Commands on the list of units: kept, ordered, shown, spellings joined, lists exchanged."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import WAITING, WrongUsage, add_database
from tracker.domain.unit_list import UnitWords
from tracker.ops.collectives import find_unit
from tracker.ops.unit_duplicates import keep_apart, merge_duplicates, near_duplicates
from tracker.ops.unit_list import (
    add_unit,
    edit_unit,
    order_by_standard,
    order_units,
    remove_unit,
)
from tracker.ops.unit_page import unit_page
from tracker.ops.unit_table import apply_unit_import, export_units, plan_unit_import

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from tracker.cli.context import Context
    from tracker.domain.unit_list import UnitImport, UnitPage


def add_to_units(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add to `unit` what keeps the list."""
    one = {
        "add": ("新增单位", _add),
        "edit": ("修改名称、简称、别称（更名请用 rename）", _edit),
        "remove": ("删除没有用过的单位", _remove),
        "show": ("单位的任务、反馈、往来、改革经过", _show),
    }
    parsers = {}
    for name, (words, run) in one.items():
        parsers[name] = _parser(actions, name, words, run)
        parsers[name].add_argument("unit", metavar="单位")
    for name in ("add", "edit"):
        parsers[name].add_argument("--short", metavar="简称", help="简称")
        parsers[name].add_argument("--names", nargs="*", metavar="别称", help="曾用名和别称")
    parsers["edit"].add_argument("--name", metavar="名称", help="改正名单里的名称")
    order = _parser(actions, "order", "调整单位顺序", _order)
    order.add_argument("units", nargs="*", metavar="单位", help="依次排在最前")
    order.add_argument("--standard", action="store_true", help="按通常的机构顺序排列")
    _parser(actions, "near", "列出疑似重复登记的单位", _near)
    same = _parser(actions, "same", "同一单位登记了几次：并为一个", _same)
    same.add_argument("unit", metavar="保留的单位")
    same.add_argument("others", nargs="+", metavar="并入的单位")
    apart = _parser(actions, "apart", "两个单位不是同一个，不再提示", _apart)
    apart.add_argument("unit", metavar="单位")
    apart.add_argument("other", metavar="另一单位")
    exported = _parser(actions, "export", "导出单位名单（.xlsx、.docx、.pdf）", _export)
    exported.add_argument("out", metavar="文件")
    imported = _parser(actions, "import", "导入单位名单", _import)
    imported.add_argument("file", metavar="文件")
    imported.add_argument("--apply", action="store_true", help="写入")
    imported.add_argument(
        "--same", action="append", default=[], metavar="行=单位", help="这一行就是这个单位"
    )
    imported.add_argument("--new", nargs="+", type=int, default=[], metavar="行", help="是新单位")


def _parser(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    words: str,
    run: object,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=words)
    parser.set_defaults(run=run)
    add_database(parser, ledger=False)
    return parser


def _unit_words(arguments: argparse.Namespace, name: str | None) -> UnitWords:
    names = None if arguments.names is None else tuple(arguments.names)
    return UnitWords(name=name, short_name=arguments.short, names=names)


def _add(context: Context) -> int:
    words = _unit_words(context.arguments, context.arguments.unit)
    with context.office() as office:
        done = add_unit(office, words, who=context.who, now=context.now)
    context.put({"unit": words.name}, [done.sentence])
    return 0


def _edit(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        unit = find_unit(office, arguments.unit)
        words = _unit_words(arguments, arguments.name)
        done = edit_unit(office, unit.id, words, who=context.who, now=context.now)
    context.put({"unit": arguments.name or unit.name}, [done.sentence])
    return 0


def _remove(context: Context) -> int:
    with context.office() as office:
        unit = find_unit(office, context.arguments.unit)
        done = remove_unit(office, unit.id, who=context.who, now=context.now)
    context.put({"unit": done.value}, [done.sentence])
    return 0


def _order(context: Context) -> int:
    arguments = context.arguments
    if arguments.standard == bool(arguments.units):
        raise WrongUsage("请写单位，或写 --standard")
    with context.office() as office:
        if arguments.standard:
            done = order_by_standard(office, who=context.who, now=context.now)
        else:
            ids = [find_unit(office, name).id for name in arguments.units]
            done = order_units(office, ids, who=context.who, now=context.now)
    context.put({"units": len(done.value)}, [done.sentence])
    return 0


def _show(context: Context) -> int:
    with context.office() as office:
        unit = find_unit(office, context.arguments.unit)
        page = unit_page(office, unit.id, context.now.date())
    value = {
        "unit": unit.name,
        "state": page.line.state,
        "tasks": len(page.tasks),
        "open": page.line.open,
        "lead": page.line.lead,
        "leaders": list(page.leaders),
        "returns": [
            {"ledger": r.ledger, "round": r.round, "state": r.state, "late": r.late}
            for r in page.returns
        ],
        "reforms": [reform.words for reform in page.reforms],
    }
    context.put(value, list(_page_lines(page)))
    return 0


def _page_lines(page: UnitPage) -> Iterator[str]:
    unit = page.line.unit
    yield "　".join(part for part in (unit.name, unit.short_name, page.line.state) if part)
    yield f"在办任务 {page.line.open} 项，其中牵头 {page.line.lead} 项"
    if page.leaders:
        yield f"分管领导：{'、'.join(page.leaders)}"
    yield from (f"{r.ledger}第{r.round}期　{r.state}　{r.late}".strip() for r in page.returns)
    for note in page.contacts:
        yield f"{note.at:%Y-%m-%d}　{note.what}　{note.whom}　{note.said}".strip()
    yield from (reform.words for reform in page.reforms)


def _near(context: Context) -> int:
    with context.office() as office:
        pairs = near_duplicates(office)
    value = [
        {"one": p.one.name, "other": p.other.name, "reason": p.reason, "same": p.is_same}
        for p in pairs
    ]
    lines = [f"{p.one.name} / {p.other.name}：{p.reason}" for p in pairs]
    context.put(value, lines or ["没有疑似重复的单位"])
    return WAITING if pairs else 0


def _same(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        keep = find_unit(office, arguments.unit)
        others = [find_unit(office, name).id for name in arguments.others]
        done = merge_duplicates(office, keep.id, others, who=context.who, now=context.now)
    context.put({"unit": done.value}, [done.sentence])
    return 0


def _apart(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        one, other = find_unit(office, arguments.unit), find_unit(office, arguments.other)
        done = keep_apart(office, one.id, other.id, who=context.who, now=context.now)
    context.put({"units": list(done.value)}, [done.sentence])
    return 0


def _export(context: Context) -> int:
    with context.office() as office:
        done = export_units(office, Path(context.arguments.out), now=context.now)
    said = [f"已写入 {done.path}，{done.rows} 个单位", *done.warnings]
    context.put({"file": str(done.path), "units": done.rows}, said)
    return 0


def _import(context: Context) -> int:
    arguments = context.arguments
    same: dict[int, str] = {}
    for said in arguments.same:
        row, sign, name = said.partition("=")
        if not sign or not row.isdecimal():
            raise WrongUsage(f"“{said}”要写成“行=单位”")
        same[int(row)] = name
    with context.office() as office:
        plan = plan_unit_import(office, Path(arguments.file))
        lines = list(_import_lines(plan))
        if arguments.apply:
            done = apply_unit_import(
                office, plan, same=same, new=arguments.new, who=context.who, now=context.now
            )
            lines.append(done.sentence)
    context.put(asdict(plan), lines)
    left = [row for row, _, _ in plan.asked if row.row not in {*same, *arguments.new}]
    return WAITING if left or plan.faults else 0


def _import_lines(plan: UnitImport) -> Iterator[str]:
    yield f"新增 {len(plan.create)} 个单位，改 {len(plan.update)} 格，一致 {plan.same} 个"
    yield from (f"新增　{row.name}" for row in plan.create)
    for cell in plan.update:
        yield f"更新　{cell.unit}　{cell.field}：{cell.old or '空'} → {cell.new}"
    for row, ours, reason in plan.asked:
        yield f"待定　第{row.row}行“{row.name}”是否就是“{ours}”：{reason}"
    yield from (f"注意　{fault}" for fault in plan.faults)
