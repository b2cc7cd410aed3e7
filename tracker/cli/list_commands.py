"""Commands for what lies on the table at a meeting: `list`, `extract`, `pack`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.context import WrongUsage, add_database, positive
from tracker.domain.content import STACKED
from tracker.ops.extracts import export_extract, export_extracts
from tracker.ops.ledgers import choose_ledger
from tracker.ops.lists import (
    DAYS_AHEAD,
    LIST_WORDS,
    MOST_DAYS,
    ListKind,
    list_columns,
    read_list,
    write_list,
)
from tracker.ops.pack import EVERY_PART, PART_WORDS, PackPart, PackWishes, write_pack
from tracker.ops.rounds import choose_round
from tracker.ops.table_files import ENDINGS, check_ending

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.extracts import Extract
    from tracker.ops.lists import RoundList
    from tracker.ops.office import Office

FORMATS = tuple(ending.removeprefix(".") for ending in ENDINGS)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    listing = commands.add_parser("list", help="清单：未完成、逾期、滞后受阻、未反馈、到期")
    kinds = "，".join(f"{kind} {word}" for kind, word in LIST_WORDS.items())
    listing.add_argument(
        "--kind", required=True, choices=[k.value for k in ListKind], metavar="清单", help=kinds
    )
    words = f"只用于 due：往后看几天，默认 {DAYS_AHEAD}"
    listing.add_argument("--days", type=positive, metavar="天数", help=words)
    listing.add_argument("--out", metavar="文件", help="写成 .xlsx、.docx 或 .pdf；不写则只列出")
    _add_round(listing)
    listing.set_defaults(run=_list)
    extract = commands.add_parser("extract", help="单位摘录：一个单位的，或所有单位的")
    whose = extract.add_mutually_exclusive_group(required=True)
    whose.add_argument("--unit", metavar="单位", help="单位名称；--out 写要写的文件")
    whose.add_argument("--all", action="store_true", help="所有单位；--out 写放进哪个文件夹")
    extract.add_argument("--out", required=True, metavar="位置", help="文件，或文件夹（--all）")
    extract.add_argument(
        "--format", choices=FORMATS, metavar="格式", help=f"只用于 --all：{'、'.join(FORMATS)}"
    )
    _add_round(extract)
    extract.set_defaults(run=_extract)
    pack = commands.add_parser("pack", help="会议材料包：一期的全部材料，放进一个新文件夹")
    pack.add_argument("--out", required=True, metavar="文件夹", help="在哪个文件夹里新建材料包")
    parts = "，".join(f"{part} {word}" for part, word in PART_WORDS.items())
    pack.add_argument(
        "--only",
        nargs="+",
        choices=[part.value for part in PackPart],
        metavar="材料",
        help=f"只要这几种：{parts}",
    )
    pack.add_argument("--layout", default="", metavar="版式", help="落实情况表的版式名称或文件")
    pack.add_argument("--days", type=positive, metavar="天数", help="到期清单往后看几天")
    _add_round(pack)
    pack.set_defaults(run=_pack)


def _add_round(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    add_database(parser)


def _chosen(context: Context, office: Office) -> tuple[LedgerRow, RoundRow]:
    ledger = choose_ledger(office, context.arguments.ledger)
    return ledger, choose_round(office, ledger, context.arguments.round)


def _list(context: Context) -> int:
    arguments = context.arguments
    kind = ListKind(arguments.kind)
    if arguments.days is not None and kind is not ListKind.DUE:
        raise WrongUsage("--days 只用于 --kind due")
    days = _days(arguments.days)
    target = Path(arguments.out) if arguments.out else None
    if target is not None:
        check_ending(target, LIST_WORDS[kind])
    with context.office() as office:
        ledger, round_ = _chosen(context, office)
        found = read_list(office, ledger, round_, kind, now=context.now, days=days)
        warnings = write_list(found, target).warnings if target is not None else ()
    result = {
        "kind": kind.value,
        "title": found.content.title,
        "meta": list(found.content.meta),
        "count": found.count,
        "tasks": list(found.codes),
        "units": list(found.units),
        "path": str(target) if target is not None else None,
        "warnings": list(warnings),
    }
    lines = [f"已输出 {target}", *warnings] if target is not None else _lines(found)
    context.put(result, lines)
    return 0


def _extract(context: Context) -> int:
    arguments = context.arguments
    if arguments.unit is not None and arguments.format is not None:
        raise WrongUsage("--format 只用于 --all；一个单位的格式看文件名的结尾")
    with context.office() as office:
        ledger, round_ = _chosen(context, office)
        target, now = Path(arguments.out), context.now
        if arguments.unit is not None:
            found, written = export_extract(office, ledger, round_, arguments.unit, target, now=now)
            result = _extract_json(found, written.path)
            context.put(
                result | {"warnings": list(written.warnings)},
                [f"已输出 {target}", *written.warnings],
            )
            return 0
        ending = f".{arguments.format or FORMATS[0]}"
        every = export_extracts(office, ledger, round_, target, now=now, ending=ending)
    pairs = zip(every.extracts, every.paths, strict=True)
    result = {
        "folder": str(every.folder),
        "extracts": [_extract_json(found, path) for found, path in pairs],
        "without_unit": list(every.without_unit),
        "warnings": list(every.warnings),
    }
    lines = [f"已输出 {every.folder}（{len(every.paths)} 家）", *every.warnings]
    if every.without_unit:
        lines.append(f"没有单位的任务未列入：{'、'.join(every.without_unit)}")
    context.put(result, lines)
    return 0


def _pack(context: Context) -> int:
    arguments = context.arguments
    parts = frozenset(map(PackPart, arguments.only)) if arguments.only else EVERY_PART
    if arguments.layout and PackPart.SITUATION not in parts:
        raise WrongUsage("--layout 只用于落实情况表（situation）")
    if arguments.days is not None and PackPart.LISTS not in parts:
        raise WrongUsage("--days 只用于清单（lists）")
    wishes = PackWishes(parts, arguments.layout, _days(arguments.days))
    with context.office() as office:
        ledger, round_ = _chosen(context, office)
        parent = Path(arguments.out)
        done = write_pack(office, ledger, round_, parent, now=context.now, wishes=wishes)
    result = {
        "folder": str(done.folder),
        "index": str(done.index),
        "files": [
            {"part": f.part.value, "what": f.what, "count": f.count, "path": str(f.path)}
            for f in done.files
        ],
        "left_out": list(done.left_out),
        "empty": [part.value for part in done.empty],
        "warnings": list(done.warnings),
    }
    lines = [f"已输出 {done.folder}（{len(done.files)} 个文件）", *done.warnings]
    lines += [f"未列：{said}" for said in done.left_out]
    lines += [f"本期没有：{PART_WORDS[part]}" for part in done.empty]
    context.put(result, lines)
    return 0


def _days(given: int | None) -> int:
    days = DAYS_AHEAD if given is None else given
    if days > MOST_DAYS:
        raise WrongUsage(f"--days 最多 {MOST_DAYS}")
    return days


def _extract_json(found: Extract, path: Path) -> dict[str, Any]:  # Any: a JSON document
    return {
        "unit": found.unit,
        "total": len(found.own),
        "done": len(found.done),
        "overdue": len(found.overdue),
        "tasks": [*found.own, *found.others],
        "path": str(path),
    }


def _lines(found: RoundList) -> list[str]:
    columns = list_columns(found.kind)
    lines = [found.content.title, "　".join(found.content.meta)]
    lines.append("　".join(heading for _, heading in columns))
    for row in found.content.rows:
        cells = ("、".join(row.lines(f)) if f in STACKED else row.text(f) for f, _ in columns)
        lines.append("　".join(" ".join(cell.split()) for cell in cells))
    return lines
