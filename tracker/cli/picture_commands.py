"""Pictures from the command line: `picture gantt|units|states|trend`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import add_database, positive
from tracker.ops.ledgers import choose_ledger
from tracker.ops.pictures import KINDS, PAPERS, PictureWishes, write_picture
from tracker.ops.rounds import choose_round, list_rounds

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command of this module."""
    picture = commands.add_parser("picture", help="时限图和统计图（.png、.svg、.pdf）")
    words = "，".join(f"{kind} {word}" for kind, word in KINDS.items())
    picture.add_argument("kind", choices=tuple(KINDS), metavar="图", help=words)
    picture.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    picture.add_argument("--out", required=True, metavar="文件", help="以 .png、.svg 或 .pdf 结尾")
    picture.add_argument(
        "--paper", choices=PAPERS, default="A3", metavar="纸张", help="PDF 的纸张，默认 A3"
    )
    picture.add_argument(
        "--group",
        choices=("unit", "section", "none"),
        default="unit",
        metavar="分组",
        help="时限图按什么分组：unit 牵头单位，section 分类，none 不分组",
    )
    add_database(picture)
    picture.set_defaults(run=_picture)


def _picture(context: Context) -> int:
    arguments = context.arguments
    wishes = PictureWishes(group_by=arguments.group, paper=arguments.paper)
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        # Single instructions have no round; their deadlines can be drawn all the same.
        without = arguments.round is None and not list_rounds(office, ledger)
        round_ = None if without else choose_round(office, ledger, arguments.round)
        path = write_picture(
            office,
            arguments.kind,
            ledger,
            round_,
            Path(arguments.out),
            context.now.date(),
            wishes=wishes,
        )
    context.put({"path": str(path)}, [f"已输出 {path}"])
    return 0
