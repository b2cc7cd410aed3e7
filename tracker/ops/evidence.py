"""Evidence (佐证材料): files kept with a task, in the database file itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.atomic import replace_file
from tracker.base.errors import FileProblem, UserError, reason
from tracker.ops.outcome import Outcome
from tracker.ops.tasks import no_such_task
from tracker.store.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.domain.edition import AttachmentRow
    from tracker.ops.office import Office
    from tracker.store.models import Task
    from tracker.store.work import Work

LARGEST_MB = 50
LARGEST = LARGEST_MB * 1024 * 1024
"""Files larger than this would make the database slow to copy and to back up."""

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def attach(
    office: Office,
    code: str,
    paths: Sequence[Path],
    *,
    who: str,
    now: datetime,
    remark: str = "",
) -> Outcome[tuple[int, ...]]:
    """Keep files with a task in one step; return the ids of those that were new.

    A file that is kept there already, with the same name and content, is passed over.

    Raises:
        UserError: no such task.
        FileProblem: a file is missing, empty, too large or cannot be read; then none is kept.
    """
    files = [(path.name, _read(path)) for path in paths]
    return _attach(office, code, files, remark, who, now)


def attach_bytes(
    office: Office,
    code: str,
    name: str,
    content: bytes,
    *,
    who: str,
    now: datetime,
    remark: str = "",
) -> Outcome[tuple[int, ...]]:
    """Keep a file that lies in no folder, such as a pasted picture.

    Raises:
        UserError: no such task.
        FileProblem: it has no name, is empty or too large.
    """
    if not name.strip():
        raise FileProblem("佐证材料没有文件名")
    _check_size(name, len(content))
    return _attach(office, code, [(name.strip(), content)], remark, who, now)


def list_attachments(office: Office, code: str) -> tuple[AttachmentRow, ...]:
    """Return the files kept with a task, the earliest first.

    Raises:
        UserError: no such task.
    """
    with office.read() as view:
        task = view.task(code)
        if task is None:
            raise no_such_task(code)
        return view.attachments(task.id)


def attachment_bytes(office: Office, attachment: AttachmentRow) -> bytes:
    """Return what a file kept with a task holds.

    Raises:
        FileProblem: its bytes are gone.
    """
    with office.read() as view:
        content = view.blob(attachment.blob_hash)
    if content is None:
        raise FileProblem(
            f"“{attachment.name}”的内容不在台账里", "台账文件可能损坏", "请检查台账或恢复备份"
        )
    return content


def save_attachment(office: Office, attachment: AttachmentRow, target: Path) -> Path:
    """Write a kept file to disk, to the letter; return where it lies.

    Args:
        target: a file, or a folder that it goes into under its own name; what lies there under
            that name is replaced only where the file itself is named.

    Raises:
        FileProblem: its bytes are gone, or the target cannot be written.
    """
    content = attachment_bytes(office, attachment)
    if target.is_dir():
        target = _free_name(target, attachment.name)

    def write(path: Path) -> None:
        path.write_bytes(content)

    replace_file(target, write)
    return target


def detach(office: Office, attachment_id: int, *, who: str, now: datetime) -> Outcome[str]:
    """Take a file away from its task; undo brings it back; return its name.

    Raises:
        UserError: it is gone already.
    """
    with office.change("移除佐证材料", who, now) as work:
        row = work.attachment(attachment_id)
        name = row.name
        work.remove(row)
    return Outcome(name, work.changes, f"已移除佐证材料“{name}”")


def size_words(size: int) -> str:
    """Return a file's size as it is shown: 320 KB, 4.5 MB."""
    if size < 1024 * 1024:
        return f"{max(round(size / 1024), 1)} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def _attach(
    office: Office,
    code: str,
    files: Sequence[tuple[str, bytes]],
    remark: str,
    who: str,
    now: datetime,
) -> Outcome[tuple[int, ...]]:
    if not files:
        raise UserError("没有选择佐证材料", "", "请选择文件，或把文件拖到任务上")
    added: list[int] = []
    with office.change("添加佐证材料", who, now) as work:
        task = work.task(code)
        for name, content in files:
            row = _kept(work, task, name, content, remark, who, now)
            if row is not None:
                added.append(row.id)
    if not added:
        return Outcome((), work.changes, "没有变化：这些材料已经在这项任务里")
    names = "、".join(f"“{name}”" for name, _ in files) if len(files) < 4 else f"{len(added)} 份"
    return Outcome(tuple(added), work.changes, f"{code} 已添加佐证材料 {names}")


def _kept(
    work: Work, task: Task, name: str, content: bytes, remark: str, who: str, now: datetime
) -> Attachment | None:
    digest = work.keep(content)
    if any(a.name == name and a.blob_hash == digest for a in work.attachments(task)):
        return None
    round_ = work.open_round(work.ledger(task.ledger_id))
    row = Attachment(
        task_id=task.id,
        round_id=round_.id if round_ is not None else None,
        name=name,
        blob_hash=digest,
        size=len(content),
        remark=remark.strip(),
        added_at=now,
        added_by=who,
    )
    work.add(row)
    return row


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise FileProblem(f"“{path.name}”是文件夹", "", "请选择文件，或先压缩成一个文件")
    try:
        _check_size(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise FileProblem(f"读不了“{path.name}”", reason(error), "请检查文件后再试") from error


def _check_size(name: str, size: int) -> None:
    if size == 0:
        raise FileProblem(f"“{name}”是空文件", "", "请检查文件后再试")
    if size > LARGEST:
        raise FileProblem(
            f"“{name}”有 {size_words(size)}，太大了",
            f"一份佐证材料最大 {LARGEST_MB} MB，存进台账后拷贝和备份才不致太慢",
            "请压缩、截取后再添加，或在说明里写明存放位置",
        )


def _free_name(folder: Path, name: str) -> Path:
    """Return a path in the folder that is not taken; the name as far as a file may bear it."""
    safe = _FORBIDDEN.sub("_", name).rstrip(". ") or "佐证材料"
    target, number = folder / safe, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(safe).stem}({number}){Path(safe).suffix}"
    return target
