"""The command on the breakdown of duties: `breakdown`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import add_database
from tracker.ops.breakdown import export_breakdown
from tracker.ops.ledgers import choose_ledger

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    breakdown = commands.add_parser("breakdown", help="输出责任分解表（.xlsx、.docx、.pdf）")
    breakdown.add_argument(
        "--out", required=True, metavar="文件", help="要写的文件，以 .xlsx、.docx 或 .pdf 结尾"
    )
    add_database(breakdown)
    breakdown.set_defaults(run=_breakdown)


def _breakdown(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        written = export_breakdown(office, ledger, Path(arguments.out), now=context.now)
    lines = [f"已输出 {written.path}（{written.rows} 项）"]
    lines += [f"注意：{warning}" for warning in written.warnings]
    value = {"path": str(written.path), "rows": written.rows, "warnings": list(written.warnings)}
    context.put(value, lines)
    return 0
