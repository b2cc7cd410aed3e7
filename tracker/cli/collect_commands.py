"""The command `collect`: returned files and folders into a round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.context import WAITING, add_database, add_password, positive
from tracker.domain.returned import FINDING_WORDS, STANDING_WORDS, FindingKind
from tracker.domain.terms import FIELD_WORDS
from tracker.ops.collect import apply_collection, read_returns
from tracker.ops.ledgers import choose_ledger
from tracker.ops.rounds import choose_round

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from tracker.cli.context import Context
    from tracker.domain.collection import Collection

Json = dict[str, Any]  # Any: whatever JSON can hold


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("collect", help="收反馈表：文件或文件夹；加 --apply 写入")
    parser.add_argument("paths", metavar="文件或文件夹", nargs="+", help="收到的文件、文件夹")
    parser.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    parser.add_argument("--apply", action="store_true", help="写入台账（一步，可撤销）")
    add_password(parser)
    add_database(parser)
    parser.set_defaults(run=_collect)


def _collect(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        round_ = choose_round(office, ledger, arguments.round)
        collection = read_returns(
            office,
            ledger,
            round_,
            [Path(path) for path in arguments.paths],
            passwords={"": arguments.password} if arguments.password else None,
            today=context.now.date(),
        )
        done = "未写入；加 --apply 写入台账"
        if arguments.apply:
            done = apply_collection(office, collection, who=context.who, now=context.now).sentence
    head = f"专项“{ledger.name}”第{round_.number}期"
    context.put(collection_json(collection), [*_lines(collection, head), done])
    return WAITING if collection.is_waiting or collection.unclaimed else 0


def collection_json(collection: Collection) -> Json:
    """Return a collection as `collect --json` prints it."""
    return {
        "create": [],
        "update": [
            {"task": c.task, "field": c.field, "old": c.old, "new": c.new}
            for c in collection.update
        ],
        "same": collection.same,
        "conflict": [
            {
                "task": c.task,
                "field": c.field,
                "values": list(c.values),
                "sources": list(c.sources),
            }
            for c in collection.conflict
        ],
        "findings": [
            {"file": f.file, "unit": f.unit, "kind": f.kind, "detail": f.detail}
            for f in collection.findings
        ],
        "missing": [
            {
                "unit": m.unit,
                "due": m.due.isoformat(),
                "working_days_late": m.working_days_late,
                "reminder": m.reminder,
            }
            for m in collection.missing
        ],
        "files": [
            {
                "file": f.path,
                "unit": f.unit,
                "unit_reason": f.unit_reason,
                "kind": f.kind.value,
                "standing": f.standing.value,
                "unplaced": [
                    {"place": u.place, "text": u.text, "settled": u.settled} for u in f.unplaced
                ],
            }
            for f in collection.files
        ],
        "notes": [
            {
                "task": n.code,
                "unit": n.unit,
                "progress": n.text,
                "state": n.state,
                "percent": n.percent,
                "problems": n.problems,
                "next_steps": n.next_steps,
                "by": n.by,
            }
            for n in collection.notes
        ],
        "unclaimed": collection.unclaimed,
    }


def _lines(collection: Collection, head: str) -> Iterator[str]:
    counts = f"来件 {len(collection.files)} 份，原报 {len(collection.notes)} 项"
    tasks = len({change.task for change in collection.update})
    yield f"{head}：{counts}，更新核定稿 {tasks} 项，待定 {len(collection.conflict)} 处"
    if collection.unclaimed:
        yield f"有{collection.unclaimed}份来件不知是哪个单位，催报前请先认领"
    for file in collection.files:
        whose = f"{file.unit}（{file.unit_reason}）" if file.unit else "单位不明"
        yield f"来件　{file.path}　{whose}　{STANDING_WORDS[file.standing]}"
    for finding in collection.findings:
        words = FINDING_WORDS[FindingKind(finding.kind)]
        yield f"{words}　{finding.unit or '单位不明'}　{finding.file}：{finding.detail}"
    for file in collection.files:
        for left in file.unplaced:
            if not left.settled:
                yield f"待归位　{file.unit}　{file.name} {left.place}：{left.text}"
    for change in collection.update:
        name = FIELD_WORDS.get(change.field, change.field)
        yield f"更新　{change.task}　{name}：{change.old or '（空）'} → {change.new}"
    for conflict in collection.conflict:
        name = FIELD_WORDS.get(conflict.field, conflict.field)
        sides = "；".join(
            f"{source}：{value}"
            for source, value in zip(conflict.sources, conflict.values, strict=True)
        )
        yield f"待定　{conflict.task}　{name}：{sides}"
    for one in collection.missing:
        late = f"应于{one.due.isoformat()}前报，逾期{one.working_days_late}个工作日"
        yield f"未报　{one.unit}（{late}）"
