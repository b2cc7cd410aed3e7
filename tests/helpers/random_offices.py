"""Random offices at the end of a round: states, closings, late, missing and returned forms."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tests.helpers.command import command
from tests.helpers.returned_forms import fill

if TYPE_CHECKING:
    from pathlib import Path

_UNITS = (
    "县水利局",
    "县住建局",
    "县财政局",
    "城关街道办事处",
    "柳河镇人民政府",
    "县数据局",
    "县妇联",
)
_SECTIONS = ("一、稳增长", "二、惠民生", "三、保安全")
_WORKS = (
    "老旧小区改造",
    "河道清淤",
    "校舍维修",
    "污水管网铺设",
    "集市整治",
    "路灯更换",
    "山塘加固",
)
_STATES = (
    "已完成",
    "推进中",
    "推进中",
    "推进中",
    "滞后",
    "受阻",
    "未启动",
    "已取消",
    "达到序时进度",
)
_DEADLINES = (
    "2026年2月15日前",
    "2026年2月底前",
    "2026年3月14日前",
    "2026年3月18日前",
    "2026年12月31日前",
    "长期坚持",
    "",
)
_FIRST_DAY = datetime(2026, 1, 10, 9)
_OPENED = datetime(2026, 3, 5, 9)
_BEFORE_DUE = datetime(2026, 3, 11, 16)
_AFTER_DUE = datetime(2026, 3, 14, 10)


@dataclass(frozen=True, slots=True)
class RandomOffice:
    """An office file, its second round, and when its reports are written."""

    db: Path
    units: tuple[str, ...]
    now: datetime = datetime(2026, 3, 20, 9)


def random_office(seed: int, folder: Path) -> RandomOffice:
    """Make an office of its own for each `seed`, by commands alone; every other one closes."""
    rng = random.Random(f"office {seed}")
    db, table = folder / f"台账{seed}.db", folder / f"重点工作{seed}.csv"
    units = tuple(rng.sample(_UNITS, rng.randint(2, len(_UNITS))))
    count = rng.randint(5, 24)
    table.write_text(_table(rng, units, count), encoding="utf-8-sig")
    _do(_FIRST_DAY, "import", table, "--db", db, "--round", 1, "--date", "2026-01-10", "--apply")
    dates = ("--cut-off", "2026-03-15", "--due", "2026-03-12")
    _do(_OPENED, "round", "new", "--db", db, *dates)
    _send_and_collect(rng, db, folder / f"表{seed}")
    office = RandomOffice(db, units)
    for number in rng.sample(range(1, count + 1), count // 2):
        _change(rng, office, f"1-{number:03}")
    if seed % 2:
        _do(office.now, "round", "close", "--db", db, "--round", 2, also=3)
        for number in range(1, count + 1):
            _change(rng, office, f"1-{number:03}")
    return office


def _table(rng: random.Random, units: tuple[str, ...], count: int) -> str:
    lines = ["序号,类别,工作任务,牵头单位,配合单位,完成时限,办理状态,落实情况"]
    for number in range(1, count + 1):
        work = f"推进第{number}批{rng.choice(_WORKS)}，全年完成{number + 12}处。"
        lead = "、".join(rng.sample(units, rng.choice([1, 1, 1, 2])))
        cells = (lead, rng.choice(units), rng.choice(_DEADLINES), rng.choice(_STATES))
        done = f"已完成{rng.randint(1, 9)}处。"
        lines.append(",".join((str(number), rng.choice(_SECTIONS), work, *cells, done)))
    return "\n".join(lines)


def _send_and_collect(rng: random.Random, db: Path, folder: Path) -> None:
    """Let some forms come back in time, some late, some not at all."""
    _do(_OPENED, "forms", "--db", db, "--out", folder)
    forms = [path for path in sorted(folder.glob("*.xlsx")) if "发出清单" not in path.name]
    rng.shuffle(forms)
    early, late = len(forms) // 3, len(forms) // 3 * 2
    for when, some in ((_BEFORE_DUE, forms[:early]), (_AFTER_DUE, forms[early:late])):
        for path in some:
            fill(path, path.stem, "本期")
        if some:
            _do(when, "collect", *some, "--db", db, "--round", 2, "--apply", also=3)


def _change(rng: random.Random, office: RandomOffice, code: str) -> None:
    words = ("task", "close", code, "--db", office.db, "--no-evidence", "现场看过")
    if rng.random() < 0.3:
        _do(office.now, *words, "--statement", "办结。", also=1)
    else:
        state = ("--state", rng.choice(_STATES), "--progress", f"又办了{rng.randint(2, 9)}处。")
        _do(office.now, "task", "edit", code, "--db", office.db, *state, also=1)


def _do(now: datetime, *words: object, also: int = 0) -> None:
    """Run a command; the end of a random story may refuse a step (`also`)."""
    ran = command(*words, now=now)
    assert ran.status in {0, also}, ran.err
