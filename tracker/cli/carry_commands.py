"""The command `ledger carry`: a new year's ledger takes over what is unfinished (结转)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.cli.context import WAITING, add_database
from tracker.domain.carry import CarryChoice
from tracker.ops.carry_over import carry_over, plan_carry
from tracker.ops.ledgers import choose_ledger

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.carry import CarryLine


def add_carry(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the action to those of `ledger`."""
    carry = kinds.add_parser("carry", help="结转：把未完成的任务转入新年度的专项")
    carry.add_argument("--to", metavar="名称", help="新专项的名称；已有同名专项时补入还没有结转的")
    carry.add_argument("--year", type=int, metavar="年", help="新专项的年度")
    carry.add_argument(
        "--only", nargs="+", metavar="编号", help="只结转这些任务；默认全部未销号的，不含调整/取消"
    )
    carry.add_argument("--keep-numbers", action="store_true", help="沿用原来的序号；默认从1重编")
    carry.add_argument("--check", action="store_true", help="只看会结转哪些、要核对什么，不结转")
    add_database(carry)
    carry.set_defaults(run=_carry)


def _carry(context: Context) -> int:
    a, now = context.arguments, context.now
    with context.office() as office:
        ledger = choose_ledger(office, a.ledger)
        plan = plan_carry(office, ledger, now.date())
        codes = tuple(a.only) if a.only else None
        wanted = plan.proposed if codes is None else codes
        shown = [line for line in plan.lines if line.task.code in wanted]
        lines = [_line(line) for line in shown if line.doubts]
        value: dict[str, Any] = {"from": ledger.name, "tasks": [_json(line) for line in shown]}
        if a.check:
            context.put(value, [*lines, f"共{len(plan.lines)}项，会结转{len(shown)}项"])
            return WAITING if lines else 0
        done = carry_over(
            office,
            ledger,
            a.to or "",
            a.year,
            choice=CarryChoice(codes, a.keep_numbers),
            who=context.who,
            now=now,
        )
    made = dict(done.value.codes)
    value |= {"to": done.value.ledger, "to_date": list(done.value.to_date)}
    for task in value["tasks"]:
        task["code"] = made[task["from"]]
    context.put(value, [*lines, done.sentence])
    return WAITING if lines else 0


def _line(line: CarryLine) -> str:
    number = f"第{line.task.number}项" if line.task.number else ""
    return f"{line.task.code} {number}　{'；'.join(line.doubts)}"


def _json(line: CarryLine) -> dict[str, Any]:  # Any: whatever JSON can hold
    return {"from": line.task.code, "number": line.task.number, "doubts": list(line.doubts)}
