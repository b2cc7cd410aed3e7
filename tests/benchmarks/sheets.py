"""A progress table of any length, invented, in a workbook as Excel and WPS write it.

Written by hand and not with openpyxl, which puts every text into its own cell: offices' programs
keep the texts apart (shared strings), and readers take another way through such a file.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE = "全县重点工作任务推进情况表"
HEADINGS = (
    "序号",
    "类别",
    "工作任务",
    "牵头单位",
    "配合单位",
    "完成时限",
    "进展情况",
    "存在问题",
    "下一步打算",
    "备注",
)
HEADER_ROW = 1
"""Index of the row of the headings; the title stands above."""

_UNITS = (
    *(f"县{name}局" for name in ("住建", "水利", "教育", "民政", "财政", "文旅", "商务", "工信")),
    *(f"县{name}局" for name in ("司法", "林业", "审计", "统计", "医保", "应急", "交通")),
    *("东关街道办事处", "南坪镇人民政府", "柳河乡人民政府", "县城投公司", "县产业园区管委会"),
)
_KINDS = ("项目建设", "民生实事", "生态环境", "乡村振兴", "营商环境", "安全生产")
_WORKS = (
    "完成城东片区雨污管网改造{n}公里，消除易涝点{k}处",
    "新建改建农村公路{n}公里，实施危桥改造{k}座",
    "培育规模以上工业企业{k}家，完成技改投资{n}亿元",
    "建成公办幼儿园{k}所，新增学位{n}个",
    "实施老旧小区改造{k}个，惠及居民{n}户",
    "建设高标准农田{n}亩，新增节水灌溉面积{k}亩",
    "开展重点行业领域隐患排查，整改销号问题{n}项",
)
_DONE = (
    "已完成施工图审查和招标，正在进行场地平整，累计完成工程量的{k}%",
    "已拨付资金{n}万元，其中到户补助{k}万元",
    "组织专班下沉一线{k}次，现场协调解决征地、用电等问题{n}个",
    "主体工程已完工，附属设施完成{k}%，计划下月组织初验",
    "已与{k}家企业签订协议，到位资金{n}万元，其余正在洽谈",
    "召开调度会{k}次，印发工作提示{n}份，群众反映的事项全部办结",
)
_TROUBLES = (
    "",
    "",
    "部分地块征收进度滞后，影响{k}户",
    "项目资金缺口约{n}万元",
    "受连续阴雨影响，工期滞后{k}天",
)
_NEXT = (
    "加快扫尾工程，力争{m}月底前完成验收",
    "继续跟踪督办，对进度滞后的{k}个点位逐一约谈",
    "积极向上争取资金，{m}月中旬前完成二次招标",
)
_DEADLINES = ("2026年{m}月底前", "2026年{m}月{d}日", "2026年底前", "长期坚持", "每月{d}日前")
_NOTES = ("", "", "", "省级督办", "已列入清单")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">
<sheets><sheet name="推进情况" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>
</Relationships>""",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def make_sheet(folder: Path, rows: int) -> Path:
    """Return a workbook with so many tasks, made once in `folder`."""
    path = folder / f"推进情况 {rows}.xlsx"
    if path.exists():
        return path
    texts: dict[str, int] = {}
    sheet = "".join(_row(line, cells, texts) for line, cells in enumerate(_lines(rows), 1))
    merge = (
        f'<mergeCells count="1"><mergeCell ref="A1:{_letter(len(HEADINGS) - 1)}1"/></mergeCells>'
    )
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    parts = {
        **_PARTS,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData>'
        f"{merge}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">{strings}</sst>',
    }
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, _DECLARATION + content)
    return path


def progress_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield so many rows of invented tasks, the same for the same count."""
    chance = random.Random(count)
    for number in range(1, count + 1):
        lead, *others = chance.sample(_UNITS, chance.randint(1, 4))
        deadline = chance.choice(_DEADLINES)
        yield (
            str(number),
            _KINDS[number * len(_KINDS) // (count + 1)],
            _sentence(chance, _WORKS, chance.randint(1, 3)),
            lead,
            "、".join(others),
            _filled(chance, deadline),
            _sentence(chance, _DONE, chance.randint(2, 6)),
            _filled(chance, chance.choice(_TROUBLES)),
            _sentence(chance, _NEXT, chance.randint(1, 2)),
            chance.choice(_NOTES),
        )


def _sentence(chance: random.Random, phrases: tuple[str, ...], count: int) -> str:
    chosen = [
        _filled(chance, phrase) for phrase in chance.sample(phrases, min(count, len(phrases)))
    ]
    return "；".join(chosen) + "。"


def _filled(chance: random.Random, phrase: str) -> str:
    return phrase.format(
        n=chance.randint(10, 9_999),
        k=chance.randint(2, 99),
        m=chance.randint(1, 12),
        d=chance.randint(1, 28),
    )


def _lines(rows: int) -> Iterator[tuple[str, ...]]:
    yield (TITLE,)
    yield HEADINGS
    yield from progress_rows(rows)


def _row(line: int, cells: tuple[str, ...], texts: dict[str, int]) -> str:
    written = "".join(
        _cell(f"{_letter(column)}{line}", text, texts) for column, text in enumerate(cells)
    )
    return f'<row r="{line}">{written}</row>'


def _cell(place: str, text: str, texts: dict[str, int]) -> str:
    if not text:
        return f'<c r="{place}"/>'
    if text.isdecimal():
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'


def _letter(column: int) -> str:
    return "ABCDEFGHIJ"[column]
