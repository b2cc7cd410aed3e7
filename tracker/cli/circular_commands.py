"""The command that writes the circular (通报) of a round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import add_database, positive
from tracker.ops.ledgers import choose_ledger
from tracker.ops.rounds import choose_round

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    circular = commands.add_parser("circular", help="输出通报（.docx、.pdf）")
    circular.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    circular.add_argument(
        "--out", required=True, metavar="文件", help="要写的文件，以 .docx 或 .pdf 结尾"
    )
    add_database(circular)
    circular.set_defaults(run=_circular)


def _circular(context: Context) -> int:
    from tracker.ops.circular import export_circular

    arguments = context.arguments
    target = Path(arguments.out)
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        round_ = choose_round(office, ledger, arguments.round)
        circular, warnings = export_circular(office, ledger, round_, target, now=context.now)
    body = [
        {
            "text": passage.text,
            "level": int(passage.level),
            "figures": [
                {"name": f.name, "value": f.value, "tasks": list(f.codes)} for f in passage.figures
            ],
        }
        for passage in circular.body
    ]
    result = {"path": str(target), "title": circular.title, "body": body}
    context.put(result | {"warnings": list(warnings)}, [f"已输出 {target}", *warnings])
    return 0
