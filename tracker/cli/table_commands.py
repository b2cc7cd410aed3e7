"""Commands on tables: `table`, `import`, `export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.as_json import proposal_json, table_json
from tracker.cli.context import WAITING, add_database, add_json, add_password, day, positive
from tracker.domain.terms import FIELD_WORDS
from tracker.ops.import_table import (
    apply_import,
    propose_import,
    read_piped,
    read_progress_table,
    read_source,
)
from tracker.ops.ledgers import choose_ledger
from tracker.ops.office import create_office, open_office
from tracker.ops.reports import export_situation
from tracker.ops.rounds import choose_round
from tracker.ops.sheet_charts import export_with_charts

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.table import Table
    from tracker.ops.import_table import Import, Source

STANDARD_INPUT = "-"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    table = commands.add_parser("table", help="读出任何版式的进展表，不写入台账")
    _add_file(table)
    table.add_argument("--db", metavar="DB", help="台账文件；按其中记住的各栏读取，不写入")
    add_json(table)
    table.set_defaults(run=_table)
    importing = commands.add_parser("import", help="表格与台账核对；加 --apply 写入")
    _add_file(importing)
    importing.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    importing.add_argument("--apply", action="store_true", help="写入台账（一步，可撤销）")
    add_database(importing)
    importing.set_defaults(run=_import)
    export = commands.add_parser("export", help="输出落实情况表（.xlsx、.docx、.pdf）")
    export.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    export.add_argument("--out", required=True, metavar="文件", help="要写的文件")
    export.add_argument(
        "--layout",
        default="",
        metavar="版式",
        help="版式名称、.toml 版式文件，或模板（.xlsx 文件、模板:名称）",
    )
    export.add_argument("--charts", action="store_true", help="另加一页“图表”（只限 .xlsx）")
    add_database(export)
    export.set_defaults(run=_export)


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="表格文件；- 表示从标准输入粘贴")
    parser.add_argument("--date", type=day, metavar="日期", help="表格或文件自己的日期")
    parser.add_argument("--sheet", metavar="工作表", help="只读这一张工作表")
    add_password(parser)


def _source(context: Context) -> Source:
    name: str = context.arguments.file
    if name == STANDARD_INPUT:
        return read_piped(sys.stdin.buffer.read() if sys.stdin else b"")
    arguments = context.arguments
    return read_source(Path(name), sheet=arguments.sheet, password=arguments.password)


def _table(context: Context) -> int:
    arguments = context.arguments
    source = _source(context)
    if arguments.db is None:
        table = read_progress_table(source, arguments.date, arguments.sheet)
    else:
        with context.office() as office:
            table = read_progress_table(source, arguments.date, arguments.sheet, office=office)
    context.put(table_json(table), _table_lines(table))
    return WAITING if any(row.doubts for row in table.rows) else 0


def _table_lines(table: Table) -> list[str]:
    lines = [f"标题：{table.title or '（无）'}"]
    lines.append("栏目：" + "　".join(table.columns.values()))
    for row in table.rows:
        units = "、".join(row.roles.names())
        lines.append(f"{row.number or '·'}　{row.task}　［{units}］")
        lines += [f"　　存疑：{doubt}" for doubt in row.doubts]
    lines.append(f"共 {len(table.rows)} 项")
    lines += [f"略过{s.place}（{s.why}）：{s.text}" for s in table.skipped]
    lines += [f"注意：{warning}" for warning in table.warnings]
    return lines


def _import(context: Context) -> int:
    arguments = context.arguments
    source = _source(context)
    path = Path(arguments.db)
    missing = not path.exists() or (path.is_file() and path.stat().st_size == 0)
    office = None if missing else open_office(path, context.now)
    try:
        plan = propose_import(
            office,
            source,
            ledger=arguments.ledger,
            round_number=arguments.round,
            date=arguments.date,
            sheet=arguments.sheet,
        )
        if arguments.apply:
            office = office or create_office(path, context.now)
            done = apply_import(office, plan, who=context.who, now=context.now).sentence
        else:
            done = "未写入；加 --apply 写入台账"
    finally:
        if office is not None:
            office.close()
    context.put(proposal_json(plan.proposal), _import_lines(plan, done))
    waiting = plan.proposal.conflict or plan.proposal.findings
    return WAITING if waiting or any(row.doubts for row in plan.table.rows) else 0


def _import_lines(plan: Import, done: str) -> list[str]:
    proposal = plan.proposal
    changed = len({change.task for change in proposal.update})
    counts = f"新建 {len(proposal.create)} 项，更新 {changed} 项，相同 {proposal.same} 项"
    lines = [f"专项“{plan.ledger}”第{plan.round}期：{counts}，待定 {len(proposal.conflict)} 处"]
    lines += [f"新建　{c.row.number}　{c.row.task}" for c in proposal.create]
    for change in proposal.update:
        name = FIELD_WORDS.get(change.field, change.field)
        lines.append(f"更新　{change.task}　{name}：{change.old or '（空）'} → {change.new}")
    for conflict in proposal.conflict:
        name = FIELD_WORDS.get(conflict.field, conflict.field)
        sides = "；".join(
            f"{source}：{value}"
            for source, value in zip(conflict.sources, conflict.values, strict=True)
        )
        lines.append(f"待定　{conflict.task}　{name}：{sides}")
    lines += [f"提示　{finding.detail}" for finding in proposal.findings]
    for row in plan.table.rows:
        lines += [f"存疑　{row.number}　{doubt}" for doubt in row.doubts]
    lines += [f"略过　{s.place}（{s.why}）：{s.text}" for s in plan.table.skipped]
    lines += [f"注意　{warning}" for warning in plan.table.warnings]
    return [*lines, done]


def _export(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        round_ = choose_round(office, ledger, arguments.round)
        target = Path(arguments.out)
        export = export_with_charts if arguments.charts else export_situation
        written = export(office, ledger, round_, target, now=context.now, layout=arguments.layout)
    lines = [f"已输出 {written.path}（{written.rows} 项）"]
    lines += [f"注意：{warning}" for warning in written.warnings]
    value = {"path": str(written.path), "rows": written.rows, "warnings": list(written.warnings)}
    context.put(value, lines)
    return 0
