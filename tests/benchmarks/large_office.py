"""An office of any size, made quickly: one ledger, one round, invented tasks and entries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.ops.ledgers import new_ledger
from tracker.store.files import create_store
from tracker.store.models import Assignment, Entry, Round, Task, Unit

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 2, 9, 30)
UNITS = 60
WORDS = (
    "修缮老桥",
    "新建书屋",
    "清理河道",
    "培育企业",
    "改造小区",
    "巡查隐患",
    "植树造林",
    "办好集市",
)


def make_large_office(path: Path, tasks: int) -> Path:
    """Write an office file with so many tasks; return its path."""
    office = create_store(path, NOW)
    new_ledger(office, "压力测试", who="张三", now=NOW)
    with office.change("填充", "张三", NOW) as work:
        ledger = work.find_ledger("压力测试")
        round_ = Round(ledger_id=ledger.id, number=1)
        work.add(round_)
        units = [Unit(name=f"县第{n}局", position=n) for n in range(1, UNITS + 1)]
        work.add_all(units)
        rows = [_task(ledger.id, n, units, round_.id) for n in range(1, tasks + 1)]
        work.add_all(rows)
    office.close()
    return path


def _task(ledger_id: int, n: int, units: list[Unit], round_id: int) -> Task:
    day = date(2026, 1, 1) + timedelta(days=n * 7 % 500)
    text = f"{WORDS[n % len(WORDS)]}第{n}处，{day.month}月底前完成，惠及群众{n * 13 % 900}户。"
    task = Task(
        ledger_id=ledger_id,
        code=f"{ledger_id}-{n:03d}",
        number=str(n),
        section=f"第{n // 100 + 1}部分",
        title=text,
        text=text,
        deadline_text=day.isoformat(),
        deadline_date=day,
        position=n,
    )
    for position, unit in enumerate((units[n % UNITS], units[n * 7 % UNITS])):
        role = "lead" if position == 0 else "cooperating"
        task.assignments.append(
            Assignment(unit_id=unit.id, role=role, position=position, printed=unit.name)
        )
    task.entries.append(Entry(round_id=round_id, text=f"第{n}项已完成{n % 100}%，正在推进。" * 3))
    return task
