"""The commands that write letters: the circular (通报), the notice (责任分解通知), the wording."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import add_database, positive
from tracker.domain.terms import RoundState
from tracker.ops.ledgers import choose_ledger
from tracker.ops.rounds import choose_round

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.circular import Circular


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    circular = commands.add_parser("circular", help="输出通报（.docx、.pdf）")
    circular.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    circular.add_argument(
        "--out", required=True, metavar="文件", help="要写的文件，以 .docx 或 .pdf 结尾"
    )
    circular.add_argument(
        "--words", metavar="文件.toml", help="用这份用语，不用台账里存的；words 命令可存出来改"
    )
    circular.add_argument("--annex", action="store_true", help="把落实情况表作为附件放在后面")
    circular.add_argument("--charts", action="store_true", help="后面附图：状态、单位、时限")
    add_database(circular)
    circular.set_defaults(run=_circular)
    notice = commands.add_parser("notice", help="输出责任分解通知（.docx、.pdf）")
    notice.add_argument(
        "--out", required=True, metavar="文件", help="要写的文件，以 .docx 或 .pdf 结尾"
    )
    notice.add_argument("--no-table", action="store_true", help="后面不放责任分解表")
    add_database(notice)
    notice.set_defaults(run=_notice)
    words = commands.add_parser("words", help="通报用语：存为文件、从文件载入、恢复默认")
    chosen = words.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--save", metavar="文件.toml", help="把现在的用语存为文件")
    chosen.add_argument("--load", metavar="文件.toml", help="改用文件里的用语，存进台账")
    chosen.add_argument("--reset", action="store_true", help="恢复默认用语")
    add_database(words, ledger=False)
    words.set_defaults(run=_words)


def _circular(context: Context) -> int:
    from tracker.ops.circular import export_circular
    from tracker.ops.circular_annexes import CHARTS
    from tracker.ops.circular_words import load_words
    from tracker.ops.letters import doubts_of

    arguments = context.arguments
    target = Path(arguments.out)
    words = load_words(Path(arguments.words)) if arguments.words else None
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        round_ = choose_round(office, ledger, arguments.round)
        circular, warnings = export_circular(
            office,
            ledger,
            round_,
            target,
            now=context.now,
            words=words,
            with_table=arguments.annex,
            charts=CHARTS if arguments.charts else (),
        )
        warnings = (*warnings, *doubts_of(office, ledger, round_, circular, context.now))
        if words and round_.state == RoundState.CLOSED:
            warnings = (
                *warnings,
                f"第{round_.number}期已定稿，照定稿输出，没有用“{arguments.words}”",
            )
    return _tell(context, target, circular, warnings)


def _notice(context: Context) -> int:
    from tracker.ops.notice import export_notice

    arguments = context.arguments
    target = Path(arguments.out)
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        notice, warnings = export_notice(
            office, ledger, target, now=context.now, with_table=not arguments.no_table
        )
    return _tell(context, target, notice, warnings)


def _words(context: Context) -> int:
    from tracker.ops.circular_words import (
        load_words,
        read_words,
        reset_words,
        save_words,
        share_words,
    )

    arguments = context.arguments
    with context.office() as office:
        if arguments.save:
            share_words(read_words(office), Path(arguments.save))
            sentence = f"用语已存为 {arguments.save}"
        elif arguments.load:
            words = load_words(Path(arguments.load))
            sentence = save_words(office, words, who=context.who, now=context.now).sentence
        else:
            sentence = reset_words(office, who=context.who, now=context.now).sentence
    context.put({"done": sentence}, [sentence])
    return 0


def _tell(context: Context, target: Path, letter: Circular, warnings: tuple[str, ...]) -> int:
    body = [
        {
            "text": passage.text,
            "level": int(passage.level),
            "figures": [
                {"name": f.name, "value": f.value, "tasks": list(f.codes)} for f in passage.figures
            ],
        }
        for passage in letter.body
    ]
    result = {"path": str(target), "title": letter.title, "body": body}
    lines = [f"已输出 {target}", *(f"注意：{warning}" for warning in warnings)]
    context.put(result | {"warnings": list(warnings)}, lines)
    return 0
