"""Finding notes in a paragraph, and telling them from other brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.duties.passages import find_notes, is_assignment, opens_with_label
from tracker.duties.unit_lists import is_unit_list
from tracker.duties.vocabulary import plain


def notes(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find_notes(text, plain(text), 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修桥。（责任单位：县交通运输局）", ["（责任单位：县交通运输局）"]),
        ("修桥。(县交通运输局牵头,县财政局配合）", ["(县交通运输局牵头,县财政局配合）"]),
        ("修桥。【县交通运输局负责】", ["【县交通运输局负责】"]),
        ("修桥。（县交通运输局、县财政局）", ["（县交通运输局、县财政局）"]),
        (
            "修桥。（责任单位：区发改局（重点办）、区财政局",
            ["（责任单位：区发改局（重点办）、区财政局"],
        ),
        ("修桥。责任单位：县交通运输局。", ["责任单位：县交通运输局。"]),
        (
            "修桥。\n责任单位：县交通运输局\n完成时限：6月底",
            ["责任单位：县交通运输局\n完成时限：6月底"],
        ),
        ("修桥。\n【责任单位】县交通运输局", ["【责任单位】县交通运输局"]),
        ("修桥。\n责任单位\n县交通运输局", []),
        ("修桥。\n责任单位：\n县交通运输局、县财政局", ["责任单位：\n县交通运输局、县财政局"]),
        ("修桥。\n责任单位；县交通运输局", ["责任单位；县交通运输局"]),
        ("修桥。\n县交通运输局牵头，县财政局配合。", ["县交通运输局牵头，县财政局配合。"]),
        (
            "修桥。（县交通运输局负责）铺路。（县住建局负责）",
            ["（县交通运输局负责）", "（县住建局负责）"],
        ),
        ("①修桥（县交通运输局）；②铺路（县住建局）。", ["（县交通运输局）", "（县住建局）"]),
        ("修桥。（责任单位：县交通运输局。二是铺路。", ["（责任单位：县交通运输局。"]),
        ("修橋。（責任單位：縣交通運輸局）", ["（責任單位：縣交通運輸局）"]),
    ],
)
def test_notes_are_found_wherever_they_stand(text: str, expected: list[str]) -> None:
    assert notes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "报乡镇人民政府（街道办事处）审批。",
        "落实行业监管（由企业负责）的要求。",
        "按照《办法》（县发〔2025〕3号）办理。",
        "推行“三不”（不停车、不检查、不收费）。",
        "坚持县长负责制（一把手工程）。",
        "各牵头单位要压实责任。各责任单位要抓好落实。",
        "明确工作责任：一级抓一级。",
        "县政府（含开发区）。",
    ],
)
def test_other_words_are_no_notes(text: str) -> None:
    assert notes(text) == []


def test_a_list_of_units_may_stand_alone_only_behind_a_stop() -> None:
    assert is_unit_list("县水利局、各乡镇")
    assert not is_unit_list("试行、略")
    assert is_assignment("县水利局、各乡镇", apart=True)
    assert not is_assignment("县水利局、各乡镇")


def test_a_line_that_opens_with_a_label_is_known() -> None:
    assert opens_with_label("牵头单位：县水利局")
    assert opens_with_label("（责 任 单 位: 县水利局）")
    assert not opens_with_label("责任重大，使命光荣")


@given(st.text(alphabet="（）()【】责任单位：牵头县水利局、。；\n负责", max_size=60))
def test_notes_lie_in_order_inside_the_text(text: str) -> None:
    found = find_notes(text, plain(text), 0, len(text))
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
