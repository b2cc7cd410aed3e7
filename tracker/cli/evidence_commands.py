"""Commands on a task's evidence and on looks at closed tasks: `task evidence`, `task revisit`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.context import WrongUsage, add_database, day, positive
from tracker.domain.task import Revisit
from tracker.ops.evidence import attach, detach, list_attachments, save_attachment, size_words
from tracker.ops.revisits import add_revisit
from tracker.ops.tasks import find_task

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.edition import AttachmentRow
    from tracker.ops.office import Office


def add_evidence(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the actions of this module to the command `task`."""
    evidence = kinds.add_parser("evidence", help="佐证材料：添加、列出、取出、移除")
    evidence.add_argument("code", metavar="编号", help="任务编号，见 task list")
    evidence.add_argument("files", nargs="*", metavar="文件", help="要添加的文件；不写则列出")
    evidence.add_argument("--remark", default="", metavar="文字", help="说明")
    evidence.add_argument("--save", type=positive, metavar="号", help="取出这一份")
    evidence.add_argument("--out", metavar="位置", help="取出到哪个文件或文件夹")
    evidence.add_argument("--remove", type=positive, metavar="号", help="移除这一份（可撤销）")
    add_database(evidence)
    evidence.set_defaults(run=_evidence)
    revisit = kinds.add_parser("revisit", help="记录对已销号任务的回访")
    revisit.add_argument("code", metavar="编号", help="任务编号，见 task list")
    revisit.add_argument("--found", required=True, metavar="文字", help="看到的情况")
    revisit.add_argument("--by", default="", metavar="姓名", help="回访人；默认经办人")
    revisit.add_argument("--on", type=day, metavar="日期", help="回访日期；默认今天")
    revisit.add_argument("--relapsed", action="store_true", help="情况有反复")
    add_database(revisit)
    revisit.set_defaults(run=_revisit)


def _evidence(context: Context) -> int:
    a = context.arguments
    if sum(map(bool, (a.files, a.save, a.remove))) > 1:
        raise WrongUsage("添加、取出、移除一次只做一样")
    if bool(a.save) != bool(a.out):
        raise WrongUsage("--save 与 --out 要一起写")
    said = []
    with context.office() as office:
        if a.files:
            paths = [Path(name) for name in a.files]
            by = {"who": context.who, "remark": a.remark}
            said.append(attach(office, a.code, paths, now=context.now, **by).sentence)
        elif a.save:
            kept = _one(office, a.code, a.save)
            said.append(f"已取出 {save_attachment(office, kept, Path(a.out))}")
        elif a.remove:
            kept = _one(office, a.code, a.remove)
            said.append(detach(office, kept.id, who=context.who, now=context.now).sentence)
        rows = list_attachments(office, a.code)
    lines = [_line(row) for row in rows] or ["没有佐证材料"]
    context.put([_json(row) for row in rows], [*said, *lines])
    return 0


def _one(office: Office, code: str, attachment_id: int) -> AttachmentRow:
    rows = list_attachments(office, code)
    found = next((row for row in rows if row.id == attachment_id), None)
    if found is None:
        raise WrongUsage(f"任务 {code} 没有 {attachment_id} 号佐证材料")
    return found


def _line(row: AttachmentRow) -> str:
    remark = f"　{row.remark}" if row.remark else ""
    return f"{row.id} 号　{row.name}　{size_words(row.size)}　{row.added_at:%Y-%m-%d}{remark}"


def _json(row: AttachmentRow) -> dict[str, Any]:  # Any: whatever JSON can hold
    return {
        "id": row.id,
        "file": row.name,
        "size": row.size,
        "hash": row.blob_hash,
        "remark": row.remark,
        "added_at": row.added_at.isoformat(),
        "added_by": row.added_by,
    }


def _revisit(context: Context) -> int:
    a = context.arguments
    on = a.on or context.now.date()
    look = Revisit(on, a.by or context.who, a.found, holds=not a.relapsed)
    with context.office() as office:
        done = add_revisit(office, a.code, look, who=context.who, now=context.now)
        task = find_task(office, a.code)
    kept = [
        {"on": r.on.isoformat(), "by": r.by, "found": r.found, "holds": r.holds}
        for r in task.revisits
    ]
    context.put({"task": task.code, "revisits": kept}, [done.sentence])
    return 0
