"""Commands for the end of a year: `year table`, `year units`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.context import add_database
from tracker.domain.terms import Role
from tracker.domain.year import Ending
from tracker.ops.ledgers import choose_ledger
from tracker.ops.table_files import ENDINGS
from tracker.ops.unit_years import export_unit_records, export_units, unit_records
from tracker.ops.year import export_year

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.year import UnitYear

_FILE_ENDING = re.compile(r"\.[A-Za-z]{1,5}")
"""A name that ends so is a file's: a folder is not made where a wrong ending was meant."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    year = commands.add_parser("year", help="年终：年度总表、单位年度记录")
    kinds = year.add_subparsers(dest="action", metavar="操作", required=True)
    table = kinds.add_parser("table", help="年度总表：每项任务的分工、时限、各期落实情况、销号")
    table.add_argument(
        "--out", required=True, metavar="文件", help="要写的文件（.xlsx、.docx、.pdf）"
    )
    units = kinds.add_parser(
        "units", help="单位年度记录：写成文件是各单位汇总，写到文件夹另附每家一份"
    )
    units.add_argument("--out", required=True, metavar="文件或文件夹", help="要写的文件或文件夹")
    units.add_argument(
        "--format", default="xlsx", choices=[e[1:] for e in ENDINGS], help="写到文件夹时的格式"
    )
    for command, run in ((table, _table), (units, _units)):
        add_database(command)
        command.set_defaults(run=run)


def _table(context: Context) -> int:
    with context.office() as office:
        ledger = choose_ledger(office, context.arguments.ledger)
        done = export_year(office, ledger, Path(context.arguments.out), now=context.now)
    result = {"path": str(done.path), "rows": done.rows, "warnings": list(done.warnings)}
    context.put(result, [f"已输出 {done.path}（{done.rows} 项）", *done.warnings])
    return 0


def _units(context: Context) -> int:
    a, now = context.arguments, context.now
    target = Path(a.out)
    with context.office() as office:
        ledger = choose_ledger(office, a.ledger)
        if _FILE_ENDING.fullmatch(target.suffix) and not target.is_dir():
            paths: tuple[Path, ...] = (export_units(office, ledger, target, now=now).path,)
        else:
            paths = export_unit_records(office, ledger, target, now=now, ending=f".{a.format}")
        units = unit_records(office, ledger, now=now)
    result = {"paths": [str(path) for path in paths], "units": [_json(unit) for unit in units]}
    context.put(result, [*(f"已输出 {path}" for path in paths), f"共{len(units)}个单位"])
    return 0


def _json(unit: UnitYear) -> dict[str, Any]:  # Any: whatever JSON can hold
    return {
        "unit": unit.unit,
        "roles": {role.value: list(unit.of(role)) for role in Role},
        "tasks": unit.answered_for,
        "endings": {ending.value: list(unit.ended(ending)) for ending in Ending},
        "returns": {
            "due": unit.returns_due,
            "returned": unit.returned,
            "late": unit.returned_late,
            "missing": unit.missing,
        },
        "slips": {
            "given": len(unit.slips),
            "to_reply": len(unit.to_reply),
            "replied": len(unit.replied),
            "late": len(unit.replied_late),
            "overdue": len(unit.not_replied),
        },
    }
