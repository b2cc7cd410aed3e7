"""Commands on archives: `archive make`, `archive check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import WAITING, add_database, add_json
from tracker.ops.archive import check_archive, make_archive
from tracker.ops.ledgers import choose_ledger

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    archive = commands.add_parser("archive", help="归档：一年的全部材料和校验值目录")
    kinds = archive.add_subparsers(dest="action", metavar="操作", required=True)
    make = kinds.add_parser("make", help="把一个专项的全部材料写成归档文件夹")
    make.add_argument(
        "--out", required=True, metavar="文件夹", help="归档文件夹；已有的归档会被替换"
    )
    add_database(make)
    make.set_defaults(run=_make)
    check = kinds.add_parser("check", help="按目录核对归档：缺少、改动、多出的文件")
    check.add_argument("folder", metavar="文件夹", help="归档文件夹")
    add_json(check)
    check.set_defaults(run=_check)


def _make(context: Context) -> int:
    target = Path(context.arguments.out)
    with context.office() as office:
        ledger = choose_ledger(office, context.arguments.ledger)
        done = make_archive(office, ledger, target, now=context.now)
    result = {"path": str(done.path), "files": done.files, "warnings": list(done.warnings)}
    context.put(result, [f"已归档到 {done.path}，共{done.files}个文件", *done.warnings])
    return 0


def _check(context: Context) -> int:
    found = check_archive(Path(context.arguments.folder))
    result = {
        "files": found.count,
        "missing": list(found.missing),
        "changed": list(found.changed),
        "added": list(found.added),
    }
    context.put(result, list(found.lines()))
    return WAITING if found else 0
