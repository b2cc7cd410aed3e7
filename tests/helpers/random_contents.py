"""Random situation tables: invented sentences with everything that makes a line hard to break."""

from __future__ import annotations

import random

from tracker.domain.content import Content, ContentRow

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
