"""Paragraphs torn by pages and lines are whole again, and every sign knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.decompose.lines import lines_of
from tracker.decompose.view import view_of


def blocks(text: str) -> list[str]:
    return view_of(lines_of(text)).text.split("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. 修复北门老桥。加固桥墩，换护栏，同步改造桥头两侧照明和步道，长年做好\n\n日常养护。",
            ["1. 修复北门老桥。加固桥墩，换护栏，同步改造桥头两侧照明和步道，长年做好日常养护。"],
        ),
        ("一、总体安排\n抓紧推进。", ["一、总体安排", "抓紧推进。"]),
        (
            "清理河道淤泥。（责任单位：县水利局、\n\n县城管局）",
            ["清理河道淤泥。（责任单位：县水利局、县城管局）"],
        ),
        ("疏通管网。\n（牵头单位：县住建局）", ["疏通管网。", "（牵头单位：县住建局）"]),
        ("责任单位：县水利局、县城管\n局", ["责任单位：县水利局、县城管局"]),
        ("责任单位：县水利局\n完成时限：6月底前", ["责任单位：县水利局", "完成时限：6月底前"]),
        ("新建泵站三座\n，改造闸门。", ["新建泵站三座，改造闸门。"]),
        ("新建泵站三座。\n— 4 —\n改造闸门。", ["新建泵站三座。", "改造闸门。"]),
        ("县政府关于防汛工作的通知\n各乡镇：", ["县政府关于防汛工作的通知", "各乡镇："]),
    ],
)
def test_lines_are_joined_where_a_page_tore_them(text: str, expected: list[str]) -> None:
    assert blocks(text) == expected


def test_lines_of_one_width_make_paragraphs() -> None:
    text = (
        "（一）实施水库加固。对全县十二座小型水库逐一检\n"
        "查，列出清单，倒排工期，落实专人负责现场监督，\n"
        "十月底前完成大坝防渗和溢洪道改造，确保安全度\n"
        "汛。\n"
        "（二）实施河道清淤。疏浚干流八公里，整治险工险\n"
        "段五处，建立长效管护机制，防止边治理边反弹的情\n"
        "况发生。\n"
    )
    assert [block[:8] for block in blocks(text)] == ["（一）实施水库加", "（二）实施河道清"]


def test_the_head_of_a_page_is_left_out_but_once() -> None:
    text = "清水县治水任务书\n一、清淤\n推进清淤。\n- 1 -\n清水县治水任务书\n二、截污\n推进截污。"
    assert blocks(text) == ["清水县治水任务书", "一、清淤", "推进清淤。", "二、截污", "推进截污。"]


def test_signs_that_nobody_sees_are_left_out() -> None:
    assert blocks("\ufeff责任\u200b单位：县水利局") == ["责任单位：县水利局"]


@given(st.text(alphabet="一二三、（）。，县局责任单位：\n 　\u200b—1.年月", max_size=80))
def test_every_sign_stands_where_the_view_says(text: str) -> None:
    view = view_of(lines_of(text))
    for position, sign in enumerate(view.text):
        if sign != "\n":
            assert text[view.origin(position)] == sign
