"""Which marks number something, and what stands below what."""

from __future__ import annotations

import pytest

from tracker.decompose.lines import lines_of
from tracker.decompose.outline import Node, read_outline
from tracker.decompose.view import view_of
from tracker.duties.vocabulary import plain


def outline(text: str) -> list[str]:
    """The numbers with their depth, as `1` or `一 > 1`."""
    view = view_of(lines_of(text))
    root = read_outline(view.text, plain(view.text))
    return [
        " > ".join([*(_printed(one) for one in node.above()), _printed(node)])
        for node in root.walk()
        if node.mark
    ]


def _printed(node: Node) -> str:
    assert node.mark is not None
    return node.mark.printed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n1.桥。\n2.路。\n二、乙\n3.树。", ["一", "一 > 1", "一 > 2", "二", "二 > 3"]),
        ("一、甲事\n（一）修桥。\n1.备料。\n（二）铺路。\n1.备料。", [
            "一", "一 > （一）", "一 > （一） > 1", "一 > （二）", "一 > （二） > 1",
        ]),
        ("第一章 总则\n第一条 为水。\n第二条 管水。", [
            "第一章", "第一章 > 第一条", "第一章 > 第二条",
        ]),
        ("任务一：修桥\n修好它。\n任务二：铺路\n铺好它。", ["任务一", "任务二"]),
        ("1.1 修桥。\n1.2 铺路。", ["1.1", "1.2"]),
        ("1 水利\n1.1 修桥。\n2 交通\n2.1 铺路。", ["1", "1 > 1.1", "2", "2 > 2.1"]),
        ("9.3月底前修桥。\n10.2026年铺路。", []),
        ("8.种树。\n9.3月底前修桥。\n10.2026年铺路。", ["8", "9", "10"]),
        ("（九）修桥。\n（十）铺路。", ["（九）", "（十）"]),
        ("1．修桥。\n１２．铺路。", ["1", "１２"]),
    ],
)  # fmt: skip
def test_marks_at_the_start_of_lines_make_the_outline(text: str, expected: list[str]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("治水方案一、截污1.建管网。2.修泵站。二、清淤3.挖淤泥。", [
            "一", "一 > 1", "一 > 2", "二", "二 > 3",
        ]),
        ("一、截污责任单位：县水利局、县住建局二、清淤。", ["一", "二"]),
        ("一、截污。（责任单位：县水利局2.清淤。", ["一"]),
        ("二、截污（五）建管网。（县住建局负责）具体措施：1．查管线。2．修管线。（六）修泵站。", [
            "二", "二 > （五）", "二 > （五） > 1", "二 > （五） > 2", "二 > （六）",
        ]),
    ],
)  # fmt: skip
def test_marks_inside_a_line_follow_their_sequence(text: str, expected: list[str]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "按照第二条、第（三）项的要求办理。",
        "推进一、二、三产业融合。",
        "投入1.2亿元，增长3.5%。",
        "截至2025.6，已完成。",
        "降低成本（一）项所列费用。",
        "详见（一）至（三）项。",
    ],
)
def test_numbers_of_a_sentence_number_nothing(text: str) -> None:
    assert outline(text) == []
