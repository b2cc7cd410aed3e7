"""The self-test of an installed program: the main path once, in a temporary folder."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.paths import resource
from tracker.base.resources import load
from tracker.ops.import_table import apply_import, propose_import, read_source, read_text
from tracker.ops.ledgers import choose_ledger
from tracker.ops.office import create_office, open_office
from tracker.ops.pictures import ENDINGS, KINDS, write_picture
from tracker.ops.reports import export_situation
from tracker.ops.rounds import choose_round
from tracker.ops.tasks import list_tasks
from tracker.ops.upkeep import backup_office, check_office, restore_office
from tracker.text.pinyin import sounds_like

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.ops.office import Office

WHO = "自检"
SAMPLE = """自检工作落实情况表
序号\t工作任务\t牵头单位\t落实情况
1\t修缮县城东门老桥，6月底前完工。\t县住建局、县交通运输局\t=已完成桥面铺装，正在安装护栏。
2\t①建成书屋3处；②开展巡讲20场。\t第①项由县文旅局牵头，第②项由县委宣传部牵头\t①已建成2处。②已开展12场。
"""
TASKS = 2
TEXTS = ("manual.md", "changelog.md", "style/window.qss")
"""What is read beside the lists."""


def run_smoke(now: datetime) -> tuple[str, ...]:
    """Walk the main path with a small table in a temporary folder; return what was done.

    Raises:
        AssertionError: the program does not do what it should.
    """
    done = [_read_resources(), _try_fonts()]
    _expect(sounds_like("fgj", "发改局"), "pinyin finds no unit")
    # The database's files must be closed before the folder goes, also on Windows.
    with tempfile.TemporaryDirectory(prefix="tracker-smoke-") as name:
        folder = Path(name)
        path = folder / "自检 台账.db"
        office = create_office(path, now)
        try:
            done += _import_and_export(office, folder / "自检 落实情况表.xlsx", now)
            done.append(_draw(office, folder, now))
        finally:
            office.close()
        _expect(not (problems := check_office(path, now)), str(problems))
        done += ["台账文件检查：完好", _back_up(path, folder / "恢复 台账.db", now)]
    return tuple(done)


def _expect(is_true: bool, words: str) -> None:
    if not is_true:
        raise AssertionError(f"smoke: {words}")


def _read_resources() -> str:
    root = resource("")
    lists = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.toml"))]
    for name in lists:
        load(name)
    for name in TEXTS:
        _expect(bool((root / name).read_text(encoding="utf-8")), f"{name} is empty")
    _expect(bool(lists), f"no lists in {root}")
    return f"程序资料：{len(lists)} 份清单、{len(TEXTS)} 份文本"


def _try_fonts() -> str:
    from tracker.printing.fonts import drawing_application, missing_characters

    with drawing_application():
        missing = missing_characters(SAMPLE.replace("\t", "").replace("\n", ""))
    _expect(not missing, f"no font draws {missing}")
    return "中文字体：有"


def _import_and_export(office: Office, out: Path, now: datetime) -> list[str]:
    plan = propose_import(office, read_text(SAMPLE))
    apply_import(office, plan, who=WHO, now=now)
    created = len(plan.proposal.create)
    _expect(created == TASKS, f"{created} rows created instead of {TASKS}")
    ledger = choose_ledger(office, None)
    export_situation(office, ledger, choose_round(office, ledger, None), out, now=now)
    again = propose_import(office, read_source(out)).proposal
    is_same = again.same == TASKS and not (again.create or again.update or again.conflict)
    _expect(is_same, f"the export does not come back as it went out: {again}")
    return [
        f"导入：{created} 项",
        f"输出：{out.stat().st_size} 字节",
        f"再导入：{again.same} 项相同",
    ]


def _draw(office: Office, folder: Path, now: datetime) -> str:
    """Draw the deadline view in every format, which takes every writer of pictures there is."""
    ledger = choose_ledger(office, None)
    round_ = choose_round(office, ledger, None)
    for ending in ENDINGS:
        target = folder / f"自检 {KINDS['gantt']}{ending}"
        write_picture(office, "gantt", ledger, round_, target, now.date())
        _expect(target.stat().st_size > 0, f"{target.name} is empty")
    return f"{KINDS['gantt']}：{'、'.join(ending[1:].upper() for ending in ENDINGS)}"


def _back_up(path: Path, restored: Path, now: datetime) -> str:
    restore_office(backup_office(path, now), restored, who=WHO, now=now)
    office = open_office(restored, now)
    try:
        kept = len(list_tasks(office, choose_ledger(office, None)))
    finally:
        office.close()
    _expect(kept == TASKS, f"{kept} tasks restored instead of {TASKS}")
    return f"备份、恢复：{kept} 项"
