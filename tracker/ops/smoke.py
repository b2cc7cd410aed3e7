"""The self-test of an installed program: the main path once, in a temporary folder."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.ops.import_table import apply_import, propose_import, read_source, read_text
from tracker.ops.ledgers import choose_ledger
from tracker.ops.office import create_office
from tracker.ops.reports import export_situation
from tracker.ops.rounds import choose_round
from tracker.ops.upkeep import check_office

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.ops.office import Office

SAMPLE = """自检工作落实情况表
序号\t工作任务\t牵头单位\t落实情况
1\t修缮县城东门老桥，6月底前完工。\t县住建局、县交通运输局\t=已完成桥面铺装，正在安装护栏。
2\t①建成书屋3处；②开展巡讲20场。\t第①项由县文旅局牵头，第②项由县委宣传部牵头\t①已建成2处。②已开展12场。
"""


def run_smoke(now: datetime) -> tuple[str, ...]:
    """Import a small table, export it, import the export; return what was done.

    Raises:
        AssertionError: the program does not do what it should.
    """
    # The database's files must be closed before the folder goes, also on Windows.
    with tempfile.TemporaryDirectory(prefix="tracker-smoke-") as folder:
        path = Path(folder) / "自检 台账.db"
        office = create_office(path, now)
        try:
            done = _walk(office, Path(folder) / "自检 落实情况表.xlsx", now)
        finally:
            office.close()
        problems = check_office(path, now)
        if problems:
            raise AssertionError(f"smoke: {problems}")
    return (*done, "台账文件检查：完好")


def _walk(office: Office, out: Path, now: datetime) -> tuple[str, ...]:
    plan = propose_import(office, read_text(SAMPLE))
    apply_import(office, plan, who="自检", now=now)
    if len(plan.proposal.create) != 2:
        raise AssertionError(f"smoke: {len(plan.proposal.create)} rows created instead of 2")
    ledger = choose_ledger(office, None)
    export_situation(office, ledger, choose_round(office, ledger, None), out, now=now)
    again = propose_import(office, read_source(out)).proposal
    if again.same != 2 or again.create or again.update or again.conflict:
        raise AssertionError(f"smoke: the export does not come back as it went out: {again}")
    return ("导入：2 项", f"输出：{out.stat().st_size} 字节", "再导入：2 项相同")
