"""Reviews put by (暂存) and gone on with later.

What a review holds lies in a blob, the setting only says where: the trace stays small, and undo
takes a saving back to the one before.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.files.flow import Flow
from tracker.files.source import Source
from tracker.ops.decompose import Decomposed
from tracker.ops.drafts import original_of, propose_drafts
from tracker.ops.outcome import Outcome
from tracker.ops.put_by import PREFIX
from tracker.ops.review_json import dumped, loaded
from tracker.store.models import Setting

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.base.progress import Progress
    from tracker.domain.review import Review, ReviewDraft
    from tracker.ops.drafts import DraftPlan
    from tracker.ops.office import Office
    from tracker.store.work import Work

_COUNTER = "review"


def save_review(
    office: Office, plan: DraftPlan, review: Review, *, who: str, now: datetime, review_id: str = ""
) -> Outcome[str]:
    """Put a review by (暂存) and return its id; the same id writes over it."""
    source, document = plan.decomposed.source, plan.decomposed.document
    title = document.head.title or source.name or "粘贴的文字"
    with office.change(f"暂存文件分解：{title}", who, now) as work:
        key = review_id or f"{work.count(_COUNTER):03d}"
        standing = [each for each in review.drafts if not each.dropped]
        value = {
            "title": title,
            "ledger": plan.ledger,
            "saved_at": now.isoformat(),
            "drafts": len(standing),
            "waiting": sum(not each.will_be_stored for each in standing),
            "name": source.name,
            "kind": source.kind,
            "pasted": not source.content,
            "file": work.keep(original_of(source)),
            "text": work.keep(zlib.compress(source.flow.text.encode())),
            "review": work.keep(zlib.compress(dumped(document, plan.review, review))),
        }
        _put(work, PREFIX + key, value)
    return Outcome(key, work.changes, f"已暂存“{title}”，可从“文件”菜单接着核对")


def _put(work: Work, key: str, value: dict[str, Any]) -> None:
    found = work.find_setting(key)
    if found is None:
        work.add(Setting(key=key, value=value))
    else:
        found.value = value


def resume_review(
    office: Office, review_id: str, progress: Progress | None = None
) -> tuple[DraftPlan, Review]:
    """Return a review put by, compared anew with what is stored.

    What the clerk said a draft is stays said, unless the ledger has changed in this since.

    Args:
        office: the opened database.
        review_id: as `save_review` gave it.
        progress: told how far it is; may cancel it.

    Raises:
        UserError: it is no longer there.
        Cancelled: the user asked to stop.
    """
    with office.read() as view:
        kept = view.setting(PREFIX + review_id)
        if kept is None:
            raise UserError("这次暂存已经不在台账里", "", "请重新分解文件")
        file, text, review_data = (
            view.blob(kept[name]) or b"" for name in ("file", "text", "review")
        )
    document, proposed, review = loaded(zlib.decompress(review_data))
    source = Source(
        kept["name"],
        kept["kind"],
        Flow.of(zlib.decompress(text).decode()),
        (),
        content=b"" if kept["pasted"] else file,
    )
    read = Decomposed(source, document)
    plan = propose_drafts(office, read, ledger=kept["ledger"], progress=progress)
    found = {each.id: each.task for each in plan.review.drafts}
    drafts = tuple(
        _up_to_date(each, found.get(each.id, each.task), proposed.get(each.id, each.task), plan)
        for each in review.drafts
    )
    return plan, replace(review, drafts=drafts)


def _up_to_date(
    each: ReviewDraft, found: str | None, before: str | None, plan: DraftPlan
) -> ReviewDraft:
    """Take the task that a draft is found to be now, where it was found another before."""
    if found != before:
        return replace(each, task=found, chosen=each.chosen and found is not None)
    if each.task and each.task not in plan.tasks:
        return replace(each, task=None, chosen=False)
    return each


def discard_review(office: Office, review_id: str, *, who: str, now: datetime) -> Outcome[str]:
    """Throw a review put by away; undo brings it back.

    Raises:
        UserError: it is no longer there.
    """
    with office.change("删除暂存的文件分解", who, now) as work:
        remove_review(work, review_id)
    return Outcome(review_id, work.changes, "已删除暂存")


def remove_review(work: Work, review_id: str) -> None:
    """Throw a review put by away within a unit of work.

    Raises:
        UserError: it is no longer there.
    """
    found = work.find_setting(PREFIX + review_id)
    if found is None:
        raise UserError("这次暂存已经不在台账里", "", "请重新分解文件")
    work.remove(found)
