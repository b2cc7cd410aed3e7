"""Commands of 机构改革: `unit rename|merge|split|abolish`, `reform hand-over|charge|list`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tracker.cli.context import WAITING, WrongUsage, add_database, day
from tracker.domain.reform import NOBODY, REFORM_WORDS, NewUnit, ReformKind, ReformRequest
from tracker.ops.reforms import carry_out_reform, list_reforms, plan_reform

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from tracker.cli.context import Context
    from tracker.domain.reform import ReformPlan, ReformRow, TaskTouch


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `reform`."""
    reform = commands.add_parser("reform", help="机构改革：移交任务、调整分工、改革经过")
    actions = reform.add_subparsers(dest="action", metavar="动作", required=True)
    listed = actions.add_parser("list", help="列出办理过的改革")
    listed.set_defaults(run=_list)
    add_database(listed, ledger=False)
    hand_over = actions.add_parser("hand-over", help="把在办任务从一个单位移交给另一个")
    hand_over.add_argument("unit", metavar="原单位")
    hand_over.add_argument("to", metavar="接收单位")
    _add_common(hand_over, _hand_over, tasks=True)
    charge = actions.add_parser("charge", help="领导分工调整；不写单位和任务时为全部交接")
    charge.add_argument("leader", metavar="原领导")
    charge.add_argument("to", metavar="接任领导")
    charge.add_argument("--units", nargs="+", metavar="单位", default=[], help="只交接这些单位")
    _add_common(charge, _charge, tasks=True)


def add_to_units(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add to `unit` what makes units other ones."""
    rename = actions.add_parser("rename", help="单位更名")
    rename.add_argument("unit", metavar="原名称")
    rename.add_argument("to", metavar="新名称")
    rename.add_argument("--short", metavar="简称", default="", help="新简称")
    _add_common(rename, _rename)
    merge = actions.add_parser("merge", help="几个单位合并为一个")
    merge.add_argument("units", nargs="+", metavar="原单位")
    merge.add_argument("--into", required=True, metavar="单位", help="合并后的单位")
    merge.add_argument("--short", metavar="简称", default="", help="新简称")
    _add_common(merge, _merge)
    split = actions.add_parser("split", help="一个单位拆分为几个")
    split.add_argument("unit", metavar="原单位")
    split.add_argument("--into", nargs="+", required=True, metavar="单位", help="拆分后的单位")
    _add_common(split, _split, choice=True)
    abolish = actions.add_parser("abolish", help="撤销单位")
    abolish.add_argument("unit", metavar="原单位")
    abolish.add_argument("--to", nargs="+", metavar="单位", default=[], help="承接的单位")
    abolish.add_argument("--nobody", action="store_true", help="在办任务里去掉它，不另定单位")
    _add_common(abolish, _abolish, choice=True)


def _add_common(
    parser: argparse.ArgumentParser, run: object, *, tasks: bool = False, choice: bool = False
) -> None:
    parser.add_argument("--on", type=day, metavar="日期", help="生效日期，默认为今天")
    parser.add_argument("--basis", default="", metavar="依据", help="文号或会议")
    parser.add_argument("--plan", action="store_true", help="只列出要改什么，不写入")
    parser.add_argument(
        "--cell",
        action="append",
        default=[],
        metavar="编号=单位栏",
        help="任务的单位栏改写为这些文字",
    )
    if tasks:
        parser.add_argument("--tasks", nargs="+", metavar="编号", help="只改这些任务")
    if choice:
        parser.add_argument(
            "--give",
            action="append",
            default=[],
            metavar="编号=单位",
            help="这项任务由谁承接，几个用逗号分开；“-”为去掉",
        )
        parser.add_argument("--rest", metavar="单位", help="其余任务由谁承接，几个用逗号分开")
    parser.set_defaults(run=run)
    add_database(parser, ledger=False)


def _rename(context: Context) -> int:
    words = context.arguments
    new = (NewUnit(words.to, words.short),)
    return _do(context, ReformKind.RENAME, (words.unit,), new)


def _merge(context: Context) -> int:
    words = context.arguments
    new = (NewUnit(words.into, words.short),)
    return _do(context, ReformKind.MERGE, tuple(words.units), new)


def _split(context: Context) -> int:
    words = context.arguments
    new = tuple(NewUnit(name) for name in words.into)
    return _do(context, ReformKind.SPLIT, (words.unit,), new)


def _abolish(context: Context) -> int:
    words = context.arguments
    if words.nobody and (words.to or words.rest):
        raise WrongUsage("--nobody 与 --to、--rest 只能用一种")
    new = tuple(NewUnit(name) for name in words.to)
    return _do(context, ReformKind.ABOLISH, (words.unit,), new)


def _hand_over(context: Context) -> int:
    words = context.arguments
    return _do(context, ReformKind.HAND_OVER, (words.unit,), (NewUnit(words.to),))


def _charge(context: Context) -> int:
    return _do(context, ReformKind.CHARGE, (context.arguments.leader,), ())


def _do(context: Context, kind: ReformKind, old: tuple[str, ...], new: tuple[NewUnit, ...]) -> int:
    words = context.arguments
    given = _pairs(getattr(words, "give", []))
    tasks = getattr(words, "tasks", None)
    request = ReformRequest(
        kind=kind,
        old=old,
        new=new,
        on=words.on or context.now.date(),
        basis=words.basis,
        leader=words.to if kind is ReformKind.CHARGE else "",
        tasks=tuple(tasks) if tasks else None,
        units=tuple(getattr(words, "units", ())) if kind is ReformKind.CHARGE else (),
        chosen={(code, old[0]): _names(said) for code, said in given},
        otherwise=_otherwise(words, kind, new),
        cells=dict(_pairs(words.cell)),
    )
    with context.office() as office:
        if words.plan:
            plan = plan_reform(office, request, who=context.who, now=context.now)
            said = []
        else:
            done = carry_out_reform(office, request, who=context.who, now=context.now)
            plan, said = done.value, [done.sentence]
    context.put(_json(plan), [*_lines(plan), *said])
    return WAITING if plan.faults else 0


def _otherwise(
    words: argparse.Namespace, kind: ReformKind, new: tuple[NewUnit, ...]
) -> tuple[str, ...]:
    if getattr(words, "nobody", False):
        return (NOBODY,)
    if rest := getattr(words, "rest", None):
        return _names(rest)
    return (new[0].name,) if kind is ReformKind.ABOLISH and len(new) == 1 else ()


def _names(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.replace("，", ",").split(",") if part.strip())


def _pairs(said: Iterable[str]) -> list[tuple[str, str]]:
    pairs = []
    for each in said:
        code, sign, rest = each.partition("=")
        if not sign or not code.strip():
            raise WrongUsage(f"“{each}”要写成“编号=内容”")
        pairs.append((code.strip(), rest))
    return pairs


def _lines(plan: ReformPlan) -> list[str]:
    return [
        *(
            line
            for touch in {t.code: t for t in plan.tasks}.values()
            for line in _task_lines(touch)
        ),
        *(f"{f.ledger}第{f.round}期　{f.unit}　{f.standing}：{f.then}" for f in plan.forms),
        *plan.others,
        *(f"待定　{fault}" for fault in plan.faults),
    ]


def _task_lines(touch: TaskTouch) -> Iterator[str]:
    number = f"第{touch.number}项 " if touch.number else ""
    yield f"{touch.code}　{touch.ledger}　{number}{touch.text[:24]}"
    yield f"　　{touch.before} → {touch.after or '（未指定承接单位）'}"
    yield from (f"　　注意：{doubt}" for doubt in touch.doubts)


def _json(plan: ReformPlan) -> dict[str, Any]:  # Any: JSON
    return {
        "kind": plan.request.kind.value,
        "old": list(plan.request.old),
        "new": [unit.name for unit in plan.request.new] or [plan.request.leader],
        "tasks": [asdict(touch) for touch in plan.tasks],
        "forms": [asdict(form) for form in plan.forms],
        "others": list(plan.others),
        "faults": list(plan.faults),
    }


def _list(context: Context) -> int:
    with context.office() as office:
        found = list_reforms(office)
    value = [
        {
            "kind": row.kind.value,
            "on": row.on.isoformat(),
            "basis": row.basis,
            "old": list(row.old),
            "new": list(row.new),
            "tasks": list(row.tasks),
        }
        for row in found
    ]
    context.put(value, [_reform_line(row) for row in found] or ["还没有办理过机构改革"])
    return 0


def _reform_line(row: ReformRow) -> str:
    basis = f"（{row.basis}）" if row.basis else ""
    names = f"{'、'.join(row.old)} → {'、'.join(row.new)}" if row.new else "、".join(row.old)
    return f"{row.on}　{REFORM_WORDS[row.kind]}　{names}{basis}　{len(row.tasks)}项任务"
