"""What storing a document would do, as lines and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.terms import FIELD_WORDS
from tracker.ops.drafts import STANDING_WORDS, Standing, changes, standing

if TYPE_CHECKING:
    from tracker.domain.review import ReviewDraft
    from tracker.ops.drafts import DraftPlan

Json = dict[str, Any]  # Any: values of JSON


def is_waiting(plan: DraftPlan) -> bool:
    """Tell whether something waits for the clerk: a doubt, a question, a disputed cell."""
    return any(
        each.doubts or each.task is None or any(c.disputed for c in changes(plan, each))
        for each in plan.review.drafts
        if not each.dropped
    )


def plan_json(plan: DraftPlan) -> Json:
    """Return what storing the drafts would do."""
    by_standing = dict.fromkeys(Standing, 0)
    for each in _standing(plan):
        by_standing[standing(plan, each)] += 1
    return {
        "create": by_standing[Standing.NEW],
        "update": [
            {
                "task": each.task,
                "field": change.field,
                "old": change.old,
                "new": change.new,
                "disputed": change.disputed,
            }
            for each in _standing(plan)
            for change in changes(plan, each)
        ],
        "same": by_standing[Standing.SAME],
        "doubtful": [
            {
                "number": each.draft.number,
                "candidates": [c.task.code for c in plan.candidates.get(each.id, ())],
            }
            for each in _standing(plan)
            if each.task is None
        ],
        "units_asked": [
            {"name": asked.printed, "units": list(asked.units)} for asked in plan.questions
        ],
        "missing": [task.code for task in plan.missing],
    }


def plan_lines(plan: DraftPlan) -> list[str]:
    """Return the same for a reader."""
    found = [standing(plan, each) for each in _standing(plan)]
    counts = "，".join(f"{word} {found.count(kind)} 项" for kind, word in STANDING_WORDS.items())
    lines = [f"专项“{plan.ledger}”：{counts}"]
    for each in _standing(plan):
        if each.task is None:
            asked = "；".join(
                f"{c.task.code}（{'，'.join(c.reasons)}）" for c in plan.candidates[each.id]
            )
            lines.append(f"待定　{each.draft.number}　{each.draft.title}　是否即 {asked}")
        for change in changes(plan, each):
            name = FIELD_WORDS[change.field]
            remark = "（台账中另有改动，未采用）" if change.disputed else ""
            values = f"{change.old or '（空）'} → {change.new or '（空）'}"
            lines.append(f"更新　{each.task}　{name}：{values}{remark}")
    for question in plan.questions:
        units = "、".join(question.units)
        if question.gone:
            lines.append(f"待定　{question.gone}，由谁承接请在窗口里选定，相关任务没有写入")
            continue
        lines.append(f"待定　单位“{question.printed}”是否即“{units}”，暂按两个单位")
    lines += [f"本次文件里没有　{task.code}　{task.title}（台账中保留）" for task in plan.missing]
    return lines


def _standing(plan: DraftPlan) -> list[ReviewDraft]:
    return [each for each in plan.review.drafts if not each.dropped]
