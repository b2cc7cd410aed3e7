"""Random situation tables: invented sentences with everything that makes a line hard to break."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.domain.content import Content, ContentRow
from tracker.reports.looks import completed, load_layout, read_layout

if TYPE_CHECKING:
    from tracker.reports.looks import Layout

UNDRAWN = frozenset("𠮷𡃁🚧")
"""Characters that no font on a bare machine draws; kept in texts, left out of comparisons."""

_PHRASES = (
    "推进滨湖片区雨污分流改造，新建管网12.6公里",
    "完成“一窗通办”系统升级（二期），接入事项438项",
    "协调解决企业用工、用能、用地问题57个",
    "《安全生产专项整治方案》已印发",
    "累计投资3.75亿元，占年度计划的68.4%，同比增长9.2%",
    "施划停车泊位1,280个，面积约15600㎡",
    "启用AI视频巡查平台，部署5G基站36座",
    "对接Wi-Fi全覆盖项目，http://example.invalid/a/b?c=d&e=f已开通",
    "水温保持在25℃左右，误差不超过3‰",
    "其中：㐂乐村、𠮷安社区、𡃁仔巷已完工",
    "按照“谁主管、谁负责”的原则，逐项‘对账’销号",
    "第Ⅲ标段（K12+300～K15+800）正在进行路基填筑",
    "下一步，将加快推进——确保年底前全部完成……",
    "WHO标准、GB/T 50378-2019标准均已达到",
    "受连续降雨影响，工期滞后约10天🚧",
    "拟于6月30日前、9月底前分两批验收",
    "PPP模式融资Construction-Operation-Transfer协议谈判中",
    "共排查隐患2,316处，整改2,298处，整改率99.22%",
    "每平方米造价≤3500元，节能率≥65%",
    "（1）土建；（2）安装；（3）调试",
)
_STOPS = "。。。；；！，"
_UNITS = (
    "住建局",
    "发改局",
    "市场监管局",
    "人力资源和社会保障局",
    "滨湖街道办事处",
    "高新技术产业园区管委会",
    "数据局",
    "城投集团",
    "各镇（街道）",
    "各有关单位按职责分工负责",
    "国网供电公司（市政管线专班）",
    "交通运输局",
)
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩"


def random_content(seed: int) -> Content:
    """Return a table of its own for each `seed`."""
    rng = random.Random(seed)
    rows = tuple(_row(rng, index) for index in range(1, rng.randint(6, 14)))
    title = "关于" + "全县重点工作" * rng.randint(1, 6) + "落实情况表"
    return Content(
        title=title,
        annex=rng.choice(["", "附件", "附件2"]),
        meta=rng.choice([(), ("截止日期：2024年9月30日",), ("填报单位：督查室", "第3期")]),
        rows=rows,
    )


def _row(rng: random.Random, index: int) -> ContentRow:
    number = rng.choice(
        [str(index), f"{index}.{rng.randint(1, 12)}", f"（{index}）", f"第{index}条"]
    )
    length = rng.choice([0, 20, 80, 150, 200, 300, 500, 900])
    if rng.random() < 0.03:
        length = rng.randint(3000, 5000)
    units = tuple(rng.choice(_UNITS) for _ in range(rng.randint(1, 8)))
    return ContentRow(number, _text(rng, rng.choice([15, 60, 180])), units, _text(rng, length))


def _text(rng: random.Random, length: int) -> str:
    """Return about `length` characters: sentences, parts, lines, stray words and spaces."""
    pieces: list[str] = []
    size, marks = 0, iter(_MARKS)
    while size < length:
        piece = rng.choice(_PHRASES) + rng.choice(_STOPS)
        chance = rng.random()
        if chance < 0.12:
            piece = next(marks, "") + piece
        elif chance < 0.2:
            piece += "\n"
        elif chance < 0.24:
            piece = "x" * rng.randint(1, 60) + " " + piece
        elif chance < 0.28:
            piece = str(rng.randint(0, 10**20)) + piece
        elif chance < 0.32:
            piece = "　　" + piece
        pieces.append(piece)
        size += len(piece)
    return "".join(pieces)[: length + 20]


_STATES = ("已完成", "推进中", "滞后", "未启动", "已销号", "部分完成，转入常态化推进", "")
_LIGHTS = ("● 已完成", "○ 未到期", "▲ 逾期15天", "◆ 即将到期（3天）", "")
_PERSONS = ("王建国", "欧阳明远（常务副县长）", "李芳", "买买提·艾力")
_DEADLINES = ("2024年12月31日前", "2024年底前", "长期坚持", "每月25日前", "")
_SECTIONS = ("一、稳增长", "（二）城市更新和基础设施补短板行动", "民生实事", "3. 安全生产")
_STACKS = {"units": _UNITS, "lead": _UNITS, "cooperating": _UNITS, "persons": _PERSONS}
_WORDS = {
    "state": _STATES,
    "light": _LIGHTS,
    "deadline": _DEADLINES,
    "percent": ("", "5%", "62.5%", "100%"),
    "section": _SECTIONS,
}
_LONGER = ("problems", "next_steps", "remark", "before")
_HEADINGS = {
    "number": "序号",
    "section": "类别",
    "task": "具体目标任务",
    "units": "牵头责任单位",
    "lead": "牵头单位",
    "cooperating": "配合单位",
    "persons": "责任领导",
    "deadline": "完成时限",
    "state": "办理状态",
    "light": "亮灯",
    "percent": "完成率（%）",
    "problems": "存在的主要问题和困难",
    "next_steps": "下步打算",
    "remark": "备注",
    "before": "上期落实情况",
    "progress": "落实情况",
}
_SHIPPED = ("standard", "portrait", "detailed", "compared")
_NARROWEST = 11.0


def random_table(seed: int) -> tuple[Content, Layout]:
    """Return a table with every cell filled, and what it is printed by.

    Every third layout is one of the program's own, the others are made: paper, direction, margins,
    columns, widths (one as narrow as four digits), sizes, grouping.
    """
    rng = random.Random(f"table {seed}")
    content = random_content(seed)
    layout = load_layout(rng.choice(_SHIPPED)) if seed % 3 == 0 else _some_layout(rng)
    rows = tuple(_filled(rng, row) for row in content.rows[: rng.randint(2, 7)])
    if layout.group:
        rows = _grouped(rng, rows)
    signature = rng.choice([(), ("填表人：", "审核人：", "联系电话：")])
    legend = rng.choice([(), (), ("说明：● 逾期　◐ 临期　○ 未到期；下划线为本期新增内容。",)])
    return (
        replace(content, rows=rows, headings=layout.headings, signature=signature, legend=legend),
        layout,
    )


def random_sentence(rng: random.Random) -> str:
    """Return an invented sentence or part of one."""
    return rng.choice(_PHRASES) + rng.choice(_STOPS)


def drawn_by_any(content: Content) -> Content:
    """Return the table without what LibreOffice's Writer draws wrongly.

    Where no font has a letter, it sets the whole paragraph over itself; where two wide blanks end
    a line, it leaves out the next letters.
    """
    return replace(content, rows=tuple(map(_drawn_by_any, content.rows)))


def _drawn_by_any(row: ContentRow) -> ContentRow:
    def cleaned(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(map(cleaned, value))
        if not isinstance(value, str):
            return value
        return "".join(c for c in value if c not in UNDRAWN and c != "　")

    return replace(row, **{each.name: cleaned(getattr(row, each.name)) for each in fields(row)})


def _grouped(rng: random.Random, rows: tuple[ContentRow, ...]) -> tuple[ContentRow, ...]:
    """Put rows into groups of one to five that stand together."""
    grouped, left, name = [], 0, ""
    for number, row in enumerate(rows):
        if not left:
            left, name = rng.randint(1, 5), f"{rng.choice((*_SECTIONS, *_UNITS))}（{number}）"
        left -= 1
        grouped.append(replace(row, group=name))
    return tuple(grouped)


def _filled(rng: random.Random, row: ContentRow) -> ContentRow:
    cells: dict[str, object] = {
        field: tuple(rng.choice(words) for _ in range(rng.choice([0, 1, 1, 2, 5])))
        for field, words in _STACKS.items()
        if field != "units"
    }
    cells |= {field: rng.choice(words) for field, words in _WORDS.items()}
    cells |= {field: _text(rng, rng.choice([0, 0, 30, 120])) for field in _LONGER}
    return replace(row, **cells)


def _some_layout(rng: random.Random) -> Layout:
    """Return a made layout; one that no page could hold is refused, and another one made."""
    while True:
        with suppress(FileProblem):
            return _random_layout(rng)


def _random_layout(rng: random.Random) -> Layout:
    large, lying = rng.random() < 0.4, rng.random() < 0.6
    short, long = (297.0, 420.0) if large else (210.0, 297.0)
    width, height = (long, short) if lying else (short, long)
    margins = {f"{side}_mm": rng.uniform(12.0, 26.0) for side in ("left", "right")}
    margins |= {"top_mm": rng.uniform(10.0, 37.0), "bottom_mm": rng.uniform(14.0, 35.0)}
    merged = rng.random() < 0.5
    group = rng.choice(["", "", "section", "unit"])
    room = width - margins["left_mm"] - margins["right_mm"] - 1.0
    printed = _random_fields(rng, room)
    if group and merged:
        printed.insert(rng.choice([0, 1]), "group")
    size = rng.choice([10.5, 11.0, 12.0, 12.0, 14.0, 16.0])
    data = {
        "base": "standard",
        "name": "made",
        "label": "随机版式",
        "page": {
            "paper": 8 if large else 9,
            "landscape": lying,
            "width_mm": width,
            "height_mm": height,
            **margins,
        },
        "heading": {"sizes": [rng.choice([size, size + 1, 14.0])]},
        "body": {"sizes": [size], "padding": rng.choice([2.0, 5.0, 9.0])},
        "columns": _random_columns(rng, printed, room),
    }
    if group:
        data["group"] = {"by": group, "merged": merged}
    return read_layout(completed(data), "made")


def _random_fields(rng: random.Random, room: float) -> list[str]:
    names = ["number", "task", rng.choice(["units", "lead"]), "progress"]
    others = [field for field in _HEADINGS if field not in {*names, "units", "lead"}]
    most = max(0, int((room - 4 * 20) / 28))
    names += rng.sample(others, min(len(others), rng.randint(0, most)))
    rng.shuffle(names)
    return names


def _random_columns(
    rng: random.Random, names: list[str], room: float
) -> list[dict[str, str | float]]:
    """Share the room out by chance: one column is narrow, the progress wide."""
    shares = [rng.uniform(0.6, 1.6) * (3 if field == "progress" else 1) for field in names]
    narrow = rng.randrange(len(names))
    if names[narrow] in {"progress", "task"} and rng.random() < 0.8:
        narrow = names.index("number")
    spare = room - _NARROWEST * len(names)
    shares[narrow] = 0.0
    return [
        {
            "field": field,
            "heading": _HEADINGS.get(field, "所属板块"),
            "width_mm": _NARROWEST + spare * share / sum(shares),
            "align": rng.choice(["left", "center"]),
        }
        for field, share in zip(names, shares, strict=True)
    ]
