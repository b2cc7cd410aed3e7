"""An invented county: sixty units and the tasks that a round asks them about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUREAUS = (
    "发改局 教育局 科技局 工信局 公安局 民政局 司法局 财政局 人社局 自然资源局 生态环境局 "
    "住建局 城管局 交通运输局 水利局 农业农村局 林业局 商务局 文旅局 卫健局 "
    "退役军人局 应急局 审计局 国资局 市场监管局 统计局 医保局 行政审批局 数据局 "
    "信访局 机关事务局 招商办 人防办 总工会 团委 妇联 残联 税务局 气象局 供电公司"
)
_TOWNS = "柳河 石桥 青坪 大湾 双塔 枫林 白沙 望江 南渡 新集 高庙 沙岭 东皋 三岔 梅溪 竹园"
_STREETS = "城关 河西 北苑 站前"
UNITS = (
    *(f"县{name}" for name in _BUREAUS.split()),
    *(f"{name}镇人民政府" for name in _TOWNS.split()),
    *(f"{name}街道办事处" for name in _STREETS.split()),
)
"""Sixty units in official order."""

_WORKS = (
    "老旧小区改造 农村公路养护 河道清淤 标准厂房建设 校舍维修 卫生室提升 停车泊位施划 污水管网铺设 "
    "粮食烘干点建设 养老服务站建设 数据归集 消防通道整治 旅游厕所改造 集市整治 山塘加固 路灯更换"
)


@dataclass(frozen=True, slots=True)
class CountyTask:
    """One task: its number, words and who does it."""

    number: str
    text: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    before: str


def tasks() -> Iterator[CountyTask]:
    """Yield 130 tasks; each unit leads at least two, ten tasks have two leads."""
    works = _WORKS.split()
    for place in range(130):
        unit = UNITS[place % len(UNITS)]
        work = works[(place * 7) % len(works)]
        second = (UNITS[(place * 3 + 1) % len(UNITS)],) if place >= 120 else ()
        other = UNITS[(place * 11 + 5) % len(UNITS)]
        yield CountyTask(
            number=str(place + 1),
            text=f"推进第{place + 1}批{work}，全年完成{place + 12}处，建立月调度台账并向社会公布。",
            lead=(unit, *(name for name in second if name != unit)),
            cooperating=(other,) if other not in (unit, *second) else (),
            before=f"上期已完成{place % 9 + 1}处，其余正在办理施工手续。",
        )


def write_table(path: Path) -> None:
    """Write the table of the first round as an office would keep it."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["全县重点工作任务落实情况表"])
    sheet.append(["序号", "工作任务", "牵头单位", "配合单位", "落实情况"])
    for task in tasks():
        lead, others = "、".join(task.lead), "、".join(task.cooperating)
        sheet.append([int(task.number), task.text, lead, others, task.before])
    book.save(path)
