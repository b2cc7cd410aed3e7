"""Commands on the returns of a round: `round board|mark|exempt|due|call|remind|notice|files …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from tracker.cli.context import WAITING, WrongUsage, add_database, day, positive
from tracker.cli.return_json import board_json, board_lines, file_json, file_lines
from tracker.domain.returned import WAY_WORDS, ByHand, Call, FileKind, Way
from tracker.ops.board import board
from tracker.ops.collect import apply_collection, read_returns
from tracker.ops.ledgers import choose_ledger
from tracker.ops.notes import NoteWords
from tracker.ops.reminders import notice_list, reminder
from tracker.ops.returns import (
    add_call,
    check_file,
    claim_file,
    mark_exempt,
    mark_reported,
    move_due,
    settle_unplaced,
    take_unplaced,
    unmark_exempt,
    unmark_reported,
)
from tracker.ops.rounds import choose_round, set_dates

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import datetime

    from tracker.cli.context import Context
    from tracker.domain.board import Board
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.returned import ReturnedFileRow
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome

    Kinds = argparse._SubParsersAction[argparse.ArgumentParser]
    Run = Callable[[Context], int]

_UNREAD = frozenset({FileKind.SCAN, FileKind.UNREADABLE})


def add_to_round(kinds: Kinds) -> None:
    """Add the actions of this module to the command `round`."""
    _add(kinds, "board", "反馈回收：各单位报没报、缺什么", _board)
    _add(kinds, "notice", "通报用的名单：未报、迟报、免报", _notice)
    remind = _add(kinds, "remind", "催报用语；不写单位则给全部未报单位", _remind)
    remind.add_argument("units", nargs="*", metavar="单位", help="给这些单位")
    remind.add_argument(
        "--stage",
        type=int,
        choices=(0, 1, 2, 3),
        metavar="级",
        help="用语：0 提醒，1 至 3 第几次催报；默认自选",
    )
    mark = _for_unit(kinds, "mark", "登记已报（纸质、电话、微信）", _mark)
    mark.add_argument("--way", choices=[w.value for w in Way], metavar="方式", help=_ways())
    mark.add_argument("--by", default="", metavar="姓名", help="谁报来的")
    mark.add_argument("--on", type=day, metavar="日期", help="哪天报来的；默认今天")
    mark.add_argument("--word", default="", metavar="文字", help="一句说明")
    mark.add_argument(
        "--text", action="append", default=[], metavar="编号=进展", help="报来的内容；可写几次"
    )
    exempt = _for_unit(kinds, "exempt", "本期免报", _exempt)
    exempt.add_argument("--reason", default="", metavar="文字", help="理由")
    for parser, text in ((mark, "取消登记"), (exempt, "取消免报")):
        parser.add_argument("--cancel", action="store_true", help=text)
    due = _add(kinds, "due", "改反馈期限：写单位则只改这一家", _due)
    due.add_argument("unit", nargs="?", metavar="单位", help="只改这一家")
    due.add_argument("--to", type=day, metavar="日期", help="新的期限；单位不写则随本期")
    due.add_argument("--reason", default="", metavar="文字", help="单独调整的理由")
    call = _for_unit(kinds, "call", "记录一次催办", _call)
    call.add_argument("--whom", default="", metavar="姓名", help="找了谁")
    call.add_argument("--said", default="", metavar="文字", help="怎么说")
    _add_files(kinds)


class _By(TypedDict):
    """Who does it, and when."""

    who: str
    now: datetime


def _by(context: Context) -> _By:
    return {"who": context.who, "now": context.now}


def _add_files(kinds: Kinds) -> None:
    _add(kinds, "files", "本期来件和没有归到任务的文字", _files)
    claim = _for_file(kinds, "claim", "认领来件：说明是哪个单位的", _claim)
    claim.add_argument("unit", metavar="单位", help="单位名称")
    check = _for_file(kinds, "check", "来件的发现已核", _check)
    check.add_argument("--word", default="已核", metavar="文字", help="怎样处理")
    take = _for_file(kinds, "take", "把没有归到任务的文字归到一项任务", _take)
    settle = _for_file(kinds, "settle", "没有归到任务的文字怎样处理", _settle)
    for parser in (take, settle):
        parser.add_argument("place", type=positive, metavar="第几段", help="见 round files")
    take.add_argument("code", metavar="编号", help="任务编号")
    settle.add_argument("--word", required=True, metavar="文字", help="怎样处理，如“与任务无关”")


def _add(kinds: Kinds, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    parser = kinds.add_parser(name, help=text)
    parser.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    add_database(parser)
    parser.set_defaults(run=run)
    return parser


def _for_unit(kinds: Kinds, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    parser = _add(kinds, name, text, run)
    parser.add_argument("unit", metavar="单位", help="单位名称")
    return parser


def _for_file(kinds: Kinds, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    parser = _add(kinds, name, text, run)
    parser.add_argument("file", type=positive, metavar="来件", help="来件的号，见 round files")
    return parser


def _ways() -> str:
    return "怎样报的：" + "，".join(f"{way.value} {word}" for way, word in WAY_WORDS.items())


def chosen(context: Context, office: Office) -> tuple[LedgerRow, RoundRow]:
    """Return the ledger and the round that the call names.

    Raises:
        UserError: there is no such ledger or round, or several ledgers to choose from.
    """
    ledger = choose_ledger(office, context.arguments.ledger)
    return ledger, choose_round(office, ledger, context.arguments.round)


def _shown(context: Context, office: Office) -> Board:
    ledger, round_ = chosen(context, office)
    return board(office, ledger, round_, context.now.date(), at=context.now)


def _board(context: Context) -> int:
    with context.office() as office:
        shown = _shown(context, office)
    context.put(board_json(shown), board_lines(shown))
    return WAITING if shown.missing or shown.unclaimed or shown.waiting else 0


def _notice(context: Context) -> int:
    with context.office() as office:
        shown = _shown(context, office)
    text = notice_list(shown)
    context.put({"text": text, "missing": [row.unit for row in shown.missing]}, [text])
    return WAITING if shown.unclaimed else 0


def _remind(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        shown = _shown(context, office)
    rows = list(shown.missing)
    if arguments.units:
        named = [shown.row_of(name) for name in arguments.units]
        if unknown := [n for n, row in zip(arguments.units, named, strict=True) if row is None]:
            raise WrongUsage(f"本期没有这样的单位：{'、'.join(unknown)}")
        rows = [row for row in named if row is not None]
    texts = [reminder(shown, row, arguments.stage) for row in rows]
    value = [{"unit": r.unit, "reminder": t} for r, t in zip(rows, texts, strict=True)]
    first = [shown.claim_first] if shown.claim_first else []
    context.put(value, [*first, *(texts or ["没有未报的单位"])])
    return WAITING if shown.unclaimed else 0


def _mark(context: Context) -> int:
    a = context.arguments
    if not a.cancel and not a.way:
        raise WrongUsage("请用 --way 写明怎样报的")
    texts = dict(_text(words) for words in a.text)
    with context.office() as office:
        ledger, round_ = chosen(context, office)
        if a.cancel:
            done = unmark_reported(office, ledger, round_, a.unit, **_by(context))
            return _say(context, done)
        by_hand = ByHand(Way(a.way), a.on or context.now.date(), a.by, a.word)
        reports = {code: NoteWords(text=text) for code, text in texts.items()}
        marked = mark_reported(office, ledger, round_, a.unit, by_hand, reports, **_by(context))
    _say(context, marked)
    return WAITING if marked.value else 0


def _text(words: str) -> tuple[str, str]:
    code, found, text = words.partition("=")
    if not found or not code.strip():
        raise WrongUsage(f"--text 应写成 编号=进展，不是“{words}”")
    return code.strip(), text


def _exempt(context: Context) -> int:
    a = context.arguments
    by = _by(context)
    with context.office() as office:
        ledger, round_ = chosen(context, office)
        if a.cancel:
            return _say(context, unmark_exempt(office, ledger, round_, a.unit, **by))
        return _say(context, mark_exempt(office, ledger, round_, a.unit, a.reason, **by))


def _due(context: Context) -> int:
    a = context.arguments
    by = _by(context)
    if not a.unit and not a.to:
        raise WrongUsage("请用 --to 写明新的期限")
    with context.office() as office:
        ledger, round_ = chosen(context, office)
        if a.unit:
            return _say(context, move_due(office, ledger, round_, a.unit, a.to, a.reason, **by))
        return _say(context, set_dates(office, ledger, round_, feedback_due=a.to, **by))


def _call(context: Context) -> int:
    a = context.arguments
    call = Call(context.now, a.whom, a.said, context.who)
    with context.office() as office:
        ledger, round_ = chosen(context, office)
        done = add_call(office, ledger, round_, a.unit, call, **_by(context))
    return _say(context, done)


def _files(context: Context) -> int:
    with context.office() as office:
        shown = _shown(context, office)
    lines = [line for file in shown.files for line in file_lines(file)]
    context.put([file_json(file) for file in shown.files], lines or ["本期还没有来件"])
    return WAITING if shown.unclaimed or shown.waiting else 0


def _claim(context: Context) -> int:
    a = context.arguments
    by = _by(context)
    with context.office() as office:
        ledger, round_ = chosen(context, office)
        file = _file(_shown(context, office), a.file)
        if file.kind in _UNREAD or file.unit_id is not None:
            return _say(context, claim_file(office, file.id, a.unit, **by))
        # Whose it is decides which tasks its words are about, so it is read once more.
        claimed = {file.blob_hash: a.unit}
        collection = read_returns(office, ledger, round_, (), claimed=claimed)
        done = apply_collection(office, collection, **by)
    _say(context, done)
    return WAITING if collection.is_waiting else 0


def _check(context: Context) -> int:
    return _on_file(context, check_file, context.arguments.word)


def _take(context: Context) -> int:
    a = context.arguments
    return _on_file(context, take_unplaced, a.place - 1, a.code)


def _settle(context: Context) -> int:
    a = context.arguments
    return _on_file(context, settle_unplaced, a.place - 1, a.word)


def _on_file(
    context: Context,
    op: Callable[..., Outcome[Any]],  # Any: nobody looks at what it returns
    *words: object,
) -> int:
    with context.office() as office:
        file = _file(_shown(context, office), context.arguments.file)
        done = op(office, file.id, *words, **_by(context))
    return _say(context, done)


def _file(shown: Board, file_id: int) -> ReturnedFileRow:
    found = next((file for file in shown.files if file.id == file_id), None)
    if found is None:
        raise WrongUsage(f"本期没有 {file_id} 号来件")
    return found


def _say(context: Context, done: Outcome[Any]) -> int:  # Any: as above
    context.put({"done": done.sentence}, [done.sentence])
    return 0
