"""An invented office of 60 units, 3 ledgers and 300 tasks, full of what offices write oddly."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.helpers.county import UNITS
from tracker.ops.entries import EntryWords, write_in
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.office import create_office
from tracker.ops.rounds import new_round
from tracker.ops.tasks import TaskWords, list_tasks, new_task

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.ops.office import Office

BEGUN = datetime(2026, 1, 12, 9)
LATER = datetime(2026, 2, 10, 9)
LEDGERS = ("政府工作报告重点任务", "优化营商环境“十条”", "县长办公会议定事项")
DEADLINES = ("2026年2月20日前", "2026-03-05", "2026年10月底前", "", "长期坚持", "每月25日前")
SECTIONS = ("一、稳增长", "", "二、惠民生／办实事", "三、保安全")
RARE = "㙍𠮷镇䶮峪社区"
NOTE = (
    "已完成施工图审查，其中\t甲标段开工，乙标段“正在招标”，\n丙标段因用地问题暂缓；"
    '监理单位提出"边坡"加固意见，'
)
LONG = "一是实行周调度；二是建立问题清单；三是逐项销号；" * 40


def odd_office(path: Path, who: str = "张三", tasks: int = 100) -> Office:
    """Return the office; each ledger has so many tasks and two rounds."""
    office = create_office(path, BEGUN)
    for name in LEDGERS:
        new_ledger(office, name, who=who, now=BEGUN)
    for shift, ledger in enumerate(list_ledgers(office)):
        for place in range(tasks):
            new_task(office, ledger, words_of(place, shift), who=who, now=BEGUN)
        for now in (BEGUN, LATER):
            new_round(office, ledger, who=who, now=now, cut_off=now.date())
            with office.change("填写落实情况", who, now) as work:
                for place, task in enumerate(list_tasks(office, ledger)):
                    if place % 7:
                        words = EntryWords(progress=note_of(place), state=state_of(place))
                        write_in(work, work.task(task.code), words, None)
    return office


def words_of(place: int, shift: int) -> TaskWords:
    """Return a task: some without units, some with nine leads, some with rare characters."""
    first = (place + 20 * shift) % len(UNITS)
    lead = "" if place % 11 == 3 else UNITS[first]
    if place % 23 == 5:
        lead = "、".join(UNITS[(first + n) % len(UNITS)] for n in range(9))
    where = RARE if place % 17 == 8 else "各乡镇"
    return TaskWords(
        text=f"在{where}推进第{place + 1}批老旧管网改造，力争完成{place + 3}公里。",
        number=str(place + 1),
        section=SECTIONS[place % len(SECTIONS)],
        lead=lead,
        cooperating=UNITS[(first + 7) % len(UNITS)] if place % 3 else "",
        deadline=DEADLINES[place % len(DEADLINES)],
        persons="周明" if place % 2 else "",
    )


def note_of(place: int) -> str:
    """Return a progress note; some are of 900 characters, some with tabs, breaks and quotes."""
    return LONG[:900] if place % 19 == 2 else f"{NOTE}第{place}处。"


def state_of(place: int) -> str:
    """Return a state's word."""
    return ("正常推进", "滞后", "已完成", "", "达到序时进度")[place % 5]
