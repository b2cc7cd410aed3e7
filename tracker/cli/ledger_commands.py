"""Commands on ledgers and rounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.as_json import ledger_json, round_json
from tracker.cli.carry_commands import add_carry
from tracker.cli.context import WAITING, add_database, day, positive
from tracker.cli.return_commands import add_to_round, chosen
from tracker.cli.return_json import check_json, edition_json, stats_lines
from tracker.domain.terms import LEDGER_STATE_WORDS, ROUND_STATE_WORDS
from tracker.ops.editions import close_round, reopen_round, what_is_missing
from tracker.ops.ledgers import archive_ledger, choose_ledger, list_ledgers, new_ledger
from tracker.ops.office import create_office, open_office
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.stats import read_stats

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    ledger = commands.add_parser("ledger", help="专项：新建、列出、归档、结转")
    kinds = ledger.add_subparsers(dest="action", metavar="操作", required=True)
    new = kinds.add_parser("new", help="新建专项；没有台账文件时一并建立")
    new.add_argument("name", nargs="?", metavar="名称", help="专项名称，也可写作 --ledger 名称")
    new.add_argument("--year", type=int, metavar="年", help="年度")
    new.add_argument("--kind", default="", metavar="种类", help="如 政府工作报告、讲话、会议")
    new.add_argument("--rhythm", default="", metavar="周期", help="如 每月、每季度")
    new.add_argument("--unit", default="", metavar="单位", help="填报单位，印在表题之下")
    new.add_argument("--title", default="", metavar="表题", help="落实情况表的标题")
    add_database(new)
    new.set_defaults(run=_new_ledger)
    for name, run, text in (
        ("list", _list_ledgers, "列出专项"),
        ("archive", _archive_ledger, "归档专项"),
    ):
        command = kinds.add_parser(name, help=text)
        add_database(command)
        command.set_defaults(run=run)
    add_carry(kinds)
    rounds = commands.add_parser("round", help="轮次：新开、列出、催收、定稿、重新打开")
    kinds = rounds.add_subparsers(dest="action", metavar="操作", required=True)
    opened = kinds.add_parser("new", help="新开一期，沿用上期的落实情况")
    opened.add_argument("--round", type=positive, metavar="N", help="期数；默认为下一期")
    opened.add_argument("--cut-off", type=day, metavar="日期", help="截止日期，印在表题之下")
    opened.add_argument("--due", type=day, metavar="日期", help="反馈期限")
    add_database(opened)
    opened.set_defaults(run=_new_round)
    listed = kinds.add_parser("list", help="列出轮次")
    add_database(listed)
    listed.set_defaults(run=_list_rounds)
    add_to_round(kinds)
    closing = kinds.add_parser("close", help="定稿：整体留存，此后本期的报表都照此打印")
    closing.add_argument("--check", action="store_true", help="只看还缺什么，不定稿")
    reopening = kinds.add_parser("reopen", help="重新打开已定稿的一期，原定稿仍留存")
    reopening.add_argument("--reason", required=True, metavar="文字", help="理由")
    for command, run in ((closing, _close_round), (reopening, _reopen_round)):
        command.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
        add_database(command)
        command.set_defaults(run=run)
    stats = commands.add_parser("stats", help="本期的各种数：总数、完成率、各单位、回收")
    stats.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    add_database(stats)
    stats.set_defaults(run=_stats)


def _new_ledger(context: Context) -> int:
    arguments = context.arguments
    path = Path(arguments.db)
    missing = not path.exists() or (path.is_file() and path.stat().st_size == 0)
    office = create_office(path, context.now) if missing else open_office(path, context.now)
    try:
        outcome = new_ledger(
            office,
            arguments.name or arguments.ledger or "",
            who=context.who,
            now=context.now,
            year=arguments.year,
            kind=arguments.kind,
            rhythm=arguments.rhythm,
            filled_by=arguments.unit,
            table_title=arguments.title,
        )
        made = choose_ledger(office, outcome.value)
    finally:
        office.close()
    context.put(ledger_json(made), [outcome.sentence])
    return 0


def _list_ledgers(context: Context) -> int:
    with context.office() as office:
        ledgers = list_ledgers(office)
    lines = [f"{x.name}　{x.tasks} 项　{LEDGER_STATE_WORDS[x.state]}" for x in ledgers]
    context.put([ledger_json(ledger) for ledger in ledgers], lines)
    return 0


def _archive_ledger(context: Context) -> int:
    with context.office() as office:
        ledger = choose_ledger(office, context.arguments.ledger)
        outcome = archive_ledger(office, ledger, who=context.who, now=context.now)
        archived = choose_ledger(office, ledger.name)
    context.put(ledger_json(archived), [outcome.sentence])
    return 0


def _new_round(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        outcome = new_round(
            office,
            ledger,
            who=context.who,
            now=context.now,
            number=arguments.round,
            cut_off=arguments.cut_off,
            feedback_due=arguments.due,
        )
        opened = next(r for r in list_rounds(office, ledger) if r.number == outcome.value)
    context.put(round_json(opened), [outcome.sentence])
    return 0


def _list_rounds(context: Context) -> int:
    with context.office() as office:
        rounds = list_rounds(office, choose_ledger(office, context.arguments.ledger))
    lines = [f"第{r.number}期　{ROUND_STATE_WORDS[r.state]}" for r in rounds]
    context.put([round_json(r) for r in rounds], lines)
    return 0


def _close_round(context: Context) -> int:
    with context.office() as office:
        ledger, round_ = chosen(context, office)
        check = what_is_missing(office, ledger, round_, context.now.date())
        lines = [f"缺　{line}" for line in check.lines()]
        value = {"round": round_.number, "waiting": check_json(check)}
        if context.arguments.check:
            context.put(value, lines or ["没有缺的，可以定稿"])
            return WAITING if check else 0
        done = close_round(office, ledger, round_, who=context.who, now=context.now)
    context.put(value | {"edition": edition_json(done.value)}, [*lines, done.sentence])
    return WAITING if check else 0


def _reopen_round(context: Context) -> int:
    with context.office() as office:
        ledger, round_ = chosen(context, office)
        reason = context.arguments.reason
        done = reopen_round(office, ledger, round_, reason, who=context.who, now=context.now)
    context.put({"round": round_.number, "next_version": done.value}, [done.sentence])
    return 0


def _stats(context: Context) -> int:
    with context.office() as office:
        ledger, round_ = chosen(context, office)
        counted = read_stats(office, ledger, round_, context.now.date())
    context.put(counted, stats_lines(counted))
    return 0
