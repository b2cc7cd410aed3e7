"""Commands on the four slips: `slip new`, `list`, `reply`, `close`, `export`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.cli.context import WAITING, WrongUsage, add_database, day, positive
from tracker.domain.slip import SlipChoice, SlipLine
from tracker.domain.slip_words import kind_called
from tracker.ops.last_year import code_in
from tracker.ops.ledgers import choose_ledger
from tracker.ops.slips import (
    check_target,
    close_slip,
    export_slip,
    list_slips,
    new_slip,
    propose_slip,
    reply_slip,
)
from tracker.ops.tasks import find_task

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.slip import SlipProposal, SlipWords
    from tracker.ops.office import Office

_WORDS = (
    ("title", "标题"),
    ("basis", "依据"),
    ("matter", "事项或问题；默认按任务写"),
    ("ask", "要求"),
    ("issuer", "签发人"),
    ("clerk", "经办人"),
    ("phone", "经办人电话"),
    ("signature", "发文机关署名"),
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    slip = commands.add_parser("slip", help="提示单、问题单、督办单、反馈单")
    kinds = slip.add_subparsers(dest="action", metavar="动作", required=True)
    _add_new(kinds)
    listed = kinds.add_parser("list", help="列出已开的单子")
    add_database(listed)
    listed.set_defaults(run=_list)
    for name, run, help_ in (
        ("reply", _reply, "登记单位的回复"),
        ("close", _close, "办结"),
    ):
        parser = kinds.add_parser(name, help=help_)
        parser.add_argument("code", metavar="编号", help="单子的编号，如 督〔2026〕3号")
        parser.add_argument("--on", type=day, metavar="日期", help="日期；默认今天")
        parser.add_argument(
            "--words", default="", required=name == "reply", metavar="文字", help="回复或办结情况"
        )
        add_database(parser)
        parser.set_defaults(run=run)
    written = kinds.add_parser("export", help="再次输出一张单子（.docx）")
    written.add_argument("code", metavar="编号", help="单子的编号，如 督〔2026〕3号")
    written.add_argument("--out", required=True, metavar="文件", help="要写的文件（.docx）")
    add_database(written)
    written.set_defaults(run=_export)


def _add_new(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    new = kinds.add_parser("new", help="开一张单子，编号并输出（.docx）")
    new.add_argument("--kind", required=True, metavar="种类", help="提示单、问题单、督办单、反馈单")
    new.add_argument("--unit", required=True, metavar="单位", help="开给哪个单位")
    new.add_argument("--task", nargs="+", default=[], metavar="编号", help="任务编号，可写多个")
    new.add_argument("--days", type=_days, metavar="N", help="几个工作日内回复；0为不要求回复")
    new.add_argument("--on", type=day, metavar="日期", help="开单日期；默认今天")
    new.add_argument("--number", type=positive, metavar="N", help="从这个号接着编；默认下一号")
    for name, help_ in _WORDS:
        new.add_argument(f"--{name}", metavar="文字", help=help_)
    new.add_argument("--out", metavar="文件", help="要写的文件（.docx）")
    add_database(new)
    new.set_defaults(run=_new)


def _days(text: str) -> int:
    if not (text.isdecimal() and text.isascii()):
        raise argparse.ArgumentTypeError(f"“{text}”不是天数，请写从0开始的整数")
    return int(text)


def _new(context: Context) -> int:
    a, who, now = context.arguments, context.who, context.now
    choice = SlipChoice(
        kind_called(a.kind),
        a.unit,
        tuple(a.task),
        a.on,
        days=a.days,
        number=a.number,
        signature=a.signature,
    )
    target = Path(a.out) if a.out else None
    if target is not None:
        check_target(target)
    with context.office() as office:
        ledger = choose_ledger(office, a.ledger) if a.ledger or not a.task else None
        codes = tuple(code_in(office, ledger, code) for code in choice.tasks)
        choice = replace(choice, tasks=codes)
        _check_ledger(office, ledger, choice.tasks)
        held = propose_slip(office, ledger, choice, who=who, today=now.date())
        words = _given(a, held.words)
        done = new_slip(office, ledger, choice, words, who=who, now=now)
        said = [done.sentence, *held.doubts]
        if target is not None:
            said += export_slip(office, done.value, target)
            said.append(f"已输出 {target}")
        result = _one(office, context, done.value)
    path = str(target) if target is not None else None
    context.put(result | {"path": path, "warnings": _warnings(held)}, said)
    return WAITING if held.doubts else 0


def _check_ledger(office: Office, ledger: LedgerRow | None, codes: tuple[str, ...]) -> None:
    for code in codes:
        if ledger is not None and find_task(office, code).ledger_id != ledger.id:
            raise UserError(f"任务 {code} 不在专项“{ledger.name}”里", "", "请检查编号和专项名称")


def _given(arguments: argparse.Namespace, proposed: SlipWords) -> SlipWords:
    given = {name: getattr(arguments, name) for name, _ in _WORDS}
    return replace(proposed, **{name: text for name, text in given.items() if text is not None})


def _warnings(held: SlipProposal) -> list[str]:
    return [*held.doubts, *([held.caution] if held.caution else [])]


def _list(context: Context) -> int:
    a = context.arguments
    with context.office() as office:
        ledger = choose_ledger(office, a.ledger) if a.ledger else None
        lines = list_slips(office, context.now.date(), ledger)
    context.put([_json(line) for line in lines], [_line(x) for x in lines] or ["没有开过单子"])
    return 0


def _reply(context: Context) -> int:
    a, now = context.arguments, context.now
    with context.office() as office:
        done = reply_slip(office, a.code, a.on or now.date(), a.words, who=context.who, now=now)
        result = _one(office, context, done.value)
    context.put(result, [done.sentence])
    return 0


def _close(context: Context) -> int:
    a, now = context.arguments, context.now
    with context.office() as office:
        done = close_slip(office, a.code, a.on or now.date(), a.words, who=context.who, now=now)
        result = _one(office, context, done.value)
    context.put(result, [done.sentence])
    return 0


def _export(context: Context) -> int:
    target = Path(context.arguments.out)
    with context.office() as office:
        warnings = export_slip(office, context.arguments.code, target)
    context.put({"path": str(target), "warnings": list(warnings)}, [f"已输出 {target}", *warnings])
    return 0


def _one(office: Office, context: Context, code: str) -> dict[str, Any]:
    lines = list_slips(office, context.now.date())
    found = next((line for line in lines if line.slip.code == code), None)
    if found is None:
        raise WrongUsage(f"没有编号为“{code}”的单子")
    return _json(found)


def _line(line: SlipLine) -> str:
    slip = line.slip
    due = f"　{slip.reply_due}前回复" if slip.reply_due else ""
    late = f"　{line.late.words}" if line.late else ""
    tasks = f"　任务 {'、'.join(slip.tasks)}" if slip.tasks else ""
    return f"{slip.code}　{line.kind_word}　{slip.unit}{tasks}{due}　{slip.state_word}{late}"


def _json(line: SlipLine) -> dict[str, Any]:  # Any: whatever JSON can hold
    slip, late = line.slip, line.late
    return {
        "number": slip.code,
        "kind": line.kind_word,
        "ledger": line.ledger,
        "unit": slip.unit,
        "tasks": list(slip.tasks),
        "title": slip.words.title.replace("\n", ""),
        "basis": slip.words.basis,
        "matter": slip.words.matter,
        "ask": slip.words.ask,
        "issuer": slip.words.issuer,
        "clerk": slip.words.clerk,
        "phone": slip.words.phone,
        "issued_on": slip.issued_on.isoformat(),
        "days": slip.days,
        "reply_due": slip.reply_due.isoformat() if slip.reply_due else None,
        "caution": line.caution,
        "state": slip.state.value,
        "replies": [{"on": r.on.isoformat(), "words": r.words, "by": r.by} for r in slip.replies],
        "closed_on": slip.closed_on.isoformat() if slip.closed_on else None,
        "closing": slip.closed_words,
        "working_days_late": late.workdays if late and late.is_certain else 0,
        "late": late.words if late else "",
    }
