"""The invented office whose reports are kept, and every report that it writes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.helpers.command import command

if TYPE_CHECKING:
    from pathlib import Path

_LEDGER = "2026年全县重点工作"
_TABLE = """\
序号,类别,工作任务,牵头单位,配合单位,责任人,完成时限,办理状态,落实情况
1,一、稳增长,①新建标准厂房3万平方米；②引进企业12家。,县工信局、县商务局,县财政局,陈志远,2026年2月底前,滞后,厂房主体完工1.2万平方米。
2,一、稳增长,出台“一企一策”清单。,县发改局,县工信局,陈志远,2026年3月10日前,推进中,清单已征求意见。
3,二、惠民生,改造老旧小区8个，惠及居民1360户。,县住建局,各镇人民政府,林秀英,2026年12月31日前,推进中,已开工5个。
4,二、惠民生,建成社区食堂6家。,县民政局,,林秀英,2026年2月15日前,已完成,6家全部营业。
5,三、保安全,每月开展燃气安全检查。,县应急局,县住建局,周明,长期坚持,推进中,检查餐馆214家，整改隐患37处。
6,三、保安全,迁建气象观测站。,县气象局,,周明,2026年底前,已取消,
"""
_GROUPED = """\
base = "standard"
name = "grouped"
label = "按类别分组"
[frame]
signature = ["填表人：", "审核人：", "联系电话："]
legend = true
marks = true
[group]
by = "section"
"""
_FIRST = datetime(2026, 1, 12, 9)
_SECOND = datetime(2026, 3, 2, 9)
_COLLECTED = datetime(2026, 3, 11, 15)
NOW = datetime(2026, 3, 18, 10)
_SITUATION = ("standard", "portrait", "detailed", "compared")
_LISTS = ("unfinished", "overdue", "slow", "missing", "due")
_SLIPS = ("提示单", "问题单", "督办单", "反馈单")


def write_reports(folder: Path) -> dict[str, Path]:
    """Make the office in `folder` and write its reports; return them by name."""
    db = _office(folder)
    reports: dict[str, tuple[object, ...]] = {}
    for layout in _SITUATION:
        reports[f"situation-{layout}.xlsx"] = ("export", "--layout", layout)
    grouped = folder / "grouped.toml"
    grouped.write_text(_GROUPED, encoding="utf-8")
    for ending in (".xlsx", ".docx", ".pdf"):
        reports[f"situation-grouped{ending}"] = ("export", "--layout", grouped)
    for ending in (".docx", ".pdf"):
        reports[f"situation-standard{ending}"] = ("export",)
        reports[f"circular{ending}"] = ("circular", "--round", 2)
        reports[f"circular-annexed{ending}"] = ("circular", "--annex", "--charts")
        reports[f"notice{ending}"] = ("notice",)
    for ending in (".xlsx", ".docx", ".pdf"):
        reports[f"breakdown{ending}"] = ("breakdown",)
    for kind in _LISTS:
        reports[f"list-{kind}.xlsx"] = ("list", "--kind", kind)
    reports["situation-charts.xlsx"] = ("export", "--charts")
    reports["list-missing.docx"] = ("list", "--kind", "missing")
    reports["extract.xlsx"] = ("extract", "--unit", "县住建局")
    reports["year.xlsx"] = ("year", "table")
    reports["year.pdf"] = ("year", "table")
    reports["units.xlsx"] = ("year", "units")
    written = {name: folder / name for name in reports}
    for name, words in reports.items():
        _do(NOW, *words, "--db", db, "--out", written[name])
    written |= _slips(db, folder)
    form = sorted((folder / "反馈表").glob("*县住建局*.xlsx"))[0]
    written["form.xlsx"] = form
    written["form-index.xlsx"] = next((folder / "反馈表").glob("*发出清单.xlsx"))
    return written


def _office(folder: Path) -> Path:
    db, table = folder / "台账.db", folder / f"{_LEDGER}.csv"
    table.write_text(_TABLE, encoding="utf-8-sig")
    _do(_FIRST, "ledger", "new", "--db", db, _LEDGER, "--unit", "县政府督查室")
    dates = ("--cut-off", "2026-01-31", "--due", "2026-01-28")
    _do(_FIRST, "round", "new", "--db", db, *dates)
    _do(_FIRST, "import", table, "--db", db, "--round", 1, "--date", "2026-01-10", "--apply")
    _do(_FIRST, "round", "close", "--db", db, "--round", 1)
    dates = ("--cut-off", "2026-03-15", "--due", "2026-03-12")
    _do(_SECOND, "round", "new", "--db", db, *dates)
    _do(_SECOND, "forms", "--db", db, "--out", folder / "反馈表")
    progress = "厂房主体完工1.2万平方米。新签约企业4家。"
    _do(_COLLECTED, "task", "edit", "1-001", "--db", db, "--progress", progress)
    words = ("--progress", "已开工7个，完工2个。", "--problems", "2个小区资金未到位。")
    _do(_COLLECTED, "task", "edit", "1-003", "--db", db, *words, "--next-steps", "督促拨款。")
    closing = ("--statement", "6家食堂全部营业。", "--no-evidence", "现场看过")
    _do(_COLLECTED, "task", "close", "1-004", "--db", db, *closing)
    return db


def _slips(db: Path, folder: Path) -> dict[str, Path]:
    written = {f"slip-{number}.docx": folder / f"{kind}.docx" for number, kind in enumerate(_SLIPS)}
    for kind, out in zip(_SLIPS, written.values(), strict=True):
        words = ("--unit", "县工信局", "--task", "1-001", "--days", 5, "--on", "2026-03-18")
        _do(NOW, "slip", "new", "--db", db, "--kind", kind, *words, "--out", out)
    return written


def _do(now: datetime, *words: object) -> None:
    ran = command(*words, "--who", "张三", now=now)
    if ran.status not in {0, 3}:
        raise RuntimeError(f"{words}: {ran.err}")
