"""Pictures from the command line: `picture gantt|units|states|trend`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import add_database, positive
from tracker.domain.browse import Filter
from tracker.domain.grouping import GROUP_KEY_WORDS, GroupKey
from tracker.domain.wall_chart import (
    PAPERS,
    TILES,
    USUAL_COLUMNS,
    WALL_COLUMN_WORDS,
    WallColumn,
    WallWishes,
)
from tracker.ops.ledgers import choose_ledger
from tracker.ops.pictures import KINDS, PictureWishes, write_picture
from tracker.ops.rounds import choose_round, list_rounds

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.ledger import LedgerRow

_GROUPS = {key.value or "none": key for key in GroupKey}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command of this module."""
    picture = commands.add_parser("picture", help="时限图和统计图（.png、.svg、.pdf）")
    words = "，".join(f"{kind} {word}" for kind, word in KINDS.items())
    picture.add_argument("kind", choices=tuple(KINDS), metavar="图", help=words)
    picture.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    picture.add_argument("--out", required=True, metavar="文件", help="以 .png、.svg 或 .pdf 结尾")
    picture.add_argument(
        "--paper", choices=PAPERS, default="A3", metavar="纸张", help="挂图（PDF）的纸张，默认 A3"
    )
    _add_wall(picture)
    add_database(picture)
    picture.set_defaults(run=_picture)


def _add_wall(picture: argparse.ArgumentParser) -> None:
    """Add what only counts for the wall chart."""
    wall = picture.add_argument_group("时限图（挂图）")
    words = "，".join(f"{name} {GROUP_KEY_WORDS[key]}" for name, key in _GROUPS.items())
    wall.add_argument("--group", choices=tuple(_GROUPS), default="unit", metavar="分组", help=words)
    wall.add_argument("--upright", action="store_true", help="纸张竖放；默认横放")
    wall.add_argument("--fit", action="store_true", help="调整字号，尽量排满一张")
    wall.add_argument(
        "--tiles", choices=TILES, default="", metavar="纸张", help="用小纸拼接：A4、A3"
    )
    words = "，".join(f"{column.value} {word}" for column, word in WALL_COLUMN_WORDS.items())
    wall.add_argument(
        "--columns",
        nargs="+",
        choices=tuple(column.value for column in WallColumn),
        default=[column.value for column in USUAL_COLUMNS],
        metavar="栏",
        help=f"条形左边的栏目：{words}",
    )


def _wishes(context: Context, ledger: LedgerRow) -> PictureWishes:
    arguments = context.arguments
    wall = WallWishes(
        columns=tuple(column for column in WallColumn if column.value in arguments.columns),
        upright=arguments.upright,
        fit=arguments.fit,
        tiles=arguments.tiles,
    )
    wanted = Filter(ledger.id, group=_GROUPS[arguments.group])
    return PictureWishes(wanted, paper=arguments.paper, wall=wall)


def _picture(context: Context) -> int:
    arguments = context.arguments
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
            wishes=_wishes(context, ledger),
        )
    context.put({"path": str(path)}, [f"已输出 {path}"])
    return 0
