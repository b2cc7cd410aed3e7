"""Tasks for tests of the ops, all invented."""

from __future__ import annotations

from tracker.ops.tasks import TaskWords, new_task

TASKS = (
    TaskWords(
        text="修缮城东老桥，更换护栏120米。",
        number="1",
        section="一、城建",
        lead="县住建局、县交通运输局",
        cooperating="东关镇",
        deadline="2026-03-04",
    ),
    TaskWords(
        text="①建成书屋3处；②开展巡讲20场。",
        number="2",
        section="一、城建",
        lead="县文旅局",
        persons="周明",
        deadline="长期坚持",
    ),
    TaskWords(
        text="清理河道垃圾100%达标。", number="3", section="二、环保", responsible="县水利局"
    ),
    TaskWords(
        text="编制防汛手册_初稿。",
        number="3.1",
        section="二、环保",
        lead="县应急局",
        deadline="2月20日",
    ),
    TaskWords(text="推广5G应用。", number="10", lead="县工信局", deadline="2026-12-31"),
)


def add_tasks(office, ledger, now, tasks=TASKS):
    """Add the tasks in their order; return their codes."""
    return [new_task(office, ledger, words, who="张三", now=now).value for words in tasks]
