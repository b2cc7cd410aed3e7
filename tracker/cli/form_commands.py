"""The command that sends feedback forms: `forms`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import WAITING, WrongUsage, add_database, positive
from tracker.ops.forms import name_members, plan_forms, send_forms
from tracker.ops.ledgers import choose_ledger
from tracker.ops.rounds import choose_round

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.ops.forms import FormPlan, Sent

_SEPARATORS = re.compile(r"[、，,；;]")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    forms = commands.add_parser("forms", help="发反馈表：每个单位一份，另有发出清单")
    forms.add_argument("--out", required=True, metavar="文件夹", help="写到哪个文件夹")
    forms.add_argument("--round", type=positive, metavar="N", help="期数；默认为进行中的一期")
    forms.add_argument("--cooperating", action="store_true", help="配合单位也填")
    forms.add_argument("--word", action="store_true", help="每份另附 Word 版")
    forms.add_argument(
        "--named",
        action="append",
        default=[],
        metavar="合称=单位、单位",
        help="这次某个合称由哪些单位填；“合称=”表示不发；可写几次",
    )
    forms.add_argument("--contact", metavar="姓名电话", help="本办联系人，写进说明；会记住")
    add_database(forms)
    forms.set_defaults(run=_forms)


def _forms(context: Context) -> int:
    arguments = context.arguments
    members = dict(_named(words) for words in arguments.named)
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        round_ = choose_round(office, ledger, arguments.round)
        plan = plan_forms(office, ledger, round_, cooperating=arguments.cooperating)
        if members:
            named = name_members(office, plan, members)
            plan = plan_forms(
                office, ledger, round_, cooperating=arguments.cooperating, named=named
            )
        outcome = send_forms(
            office,
            ledger,
            round_,
            Path(arguments.out),
            plan=plan,
            word=arguments.word,
            contact=arguments.contact,
            who=context.who,
            now=context.now,
        )
    sent = outcome.value
    context.put(_json(plan, sent), [f"{outcome.sentence}：{arguments.out}", *_lines(plan, sent)])
    return WAITING if sent.unresolved or sent.without_unit else 0


def _named(words: str) -> tuple[str, list[str]]:
    printed, sign, units = words.partition("=")
    if not sign or not printed.strip():
        raise WrongUsage(f"--named 不能是“{words}”，请写成 合称=单位、单位")
    return printed.strip(), [unit.strip() for unit in _SEPARATORS.split(units) if unit.strip()]


def _json(plan: FormPlan, sent: Sent) -> dict[str, object]:
    per_unit = len(sent.paths) // len(plan.forms)
    return {
        "forms": [
            {
                "unit": form.unit,
                "number": form.number,
                "files": [str(p) for p in sent.paths[place * per_unit : (place + 1) * per_unit]],
                "tasks": [row.code for row in form.rows],
                "due": form.due.isoformat() if form.due else None,
                "note": note.text,
            }
            for place, (form, note) in enumerate(zip(plan.forms, sent.notes, strict=True))
        ],
        "index": str(sent.index_path),
        "unresolved": [
            {"unit": each.printed, "tasks": [task.code for task in each.tasks]}
            for each in sent.unresolved
        ],
        "without_unit": [task.code for task in sent.without_unit],
        "exempt": list(plan.exempt),
        "renewed": list(sent.renewed),
        "warnings": list(sent.warnings),
    }


def _lines(plan: FormPlan, sent: Sent) -> list[str]:
    lines = [f"清单　{sent.index_path.name}"]
    for each in sent.unresolved:
        tasks = "、".join(task.number or task.code for task in each.tasks)
        lines.append(
            f"待定　“{each.printed}”是哪些单位（任务 {tasks}），没有发；"
            f"可用 unit members 登记，或加 --named {each.printed}=…"
        )
    lines += [
        f"待定　任务 {task.number or task.code} 没有责任单位，没有发：{task.title or task.text}"
        for task in sent.without_unit
    ]
    lines += [f"免报　{unit}" for unit in plan.exempt]
    return lines + [f"注意：{warning}" for warning in sent.warnings]
