"""Rows that fit no page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.content import ContentRow
from tracker.reports.continuation import Paginator, in_order, may_cut, seam, within
from tracker.reports.looks import TALLEST_ROW, load_layout
from tracker.reports.measure import Ruler

PAGINATOR = Paginator(load_layout(), Ruler(), 24.0)
SENTENCE = "完成干渠清淤4.6公里，占全年任务的57.5%；其余标段按计划推进。"


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("已完工。正在验收，下周", 9, "已完工。"),
        ("他说“已完工。”正在验收", 9, "他说“已完工。”"),
        ("已经完工。\n正在验收", 8, "已经完工。\n"),
        ("清淤、绿化以及亮化工程全部完工", 8, "清淤、"),
        ("清淤绿化亮化工程12345完工", 11, "清淤绿化亮化工程"),
        ("清淤绿化亮化工程1.2345完工", 10, "清淤绿化亮化工程"),
        ("清淤绿化亮化①工程", 7, "清淤绿化亮化"),
        ("清淤已完成。\n1、推进绿化", 9, "清淤已完成。\n"),
        ("清淤绿化（亮化）工程", 5, "清淤绿化"),
        ("清淤绿e\u0301化", 4, "清淤绿"),
        ("x" * 50, 20, "x" * 20),
    ],
)
def test_a_piece_ends_where_a_reader_pauses(text: str, end: int, expected: str) -> None:
    assert text[: seam(text, end)] == expected


def test_a_mark_stays_with_its_text() -> None:
    assert not may_cut("①推进", 1)
    assert not may_cut("（一）推进", 3)
    assert may_cut("完成；②推进", 3)


def test_a_row_that_fits_a_page_is_one_row() -> None:
    row = ContentRow("3", "推进清淤。", ("水利局",), SENTENCE * 20)
    (printed,) = PAGINATOR.rows(row)
    assert printed.texts == ("3", "推进清淤。", "水利局", SENTENCE * 20)


def test_a_row_that_fits_no_page_goes_on_with_its_number_marked() -> None:
    printed = PAGINATOR.rows(ContentRow("3", "推进清淤。", ("水利局", "城管局"), SENTENCE * 60))
    assert len(printed) > 2
    assert [row.texts[0] for row in printed[:2]] == ["3", "3\n（续）"]
    assert [row.texts[1] for row in printed[:2]] == ["推进清淤。", ""]
    assert printed[1].texts[2] == "水利局\n城管局\n（续）"
    assert all(row.texts[3].endswith("。") for row in printed)
    assert "".join(row.texts[3] for row in printed) == SENTENCE * 60


def test_units_that_fit_no_page_go_on_between_names() -> None:
    units = tuple(f"第{index}片区工作组" for index in range(1, 61))
    printed = PAGINATOR.rows(ContentRow("8", "巡查。", units, "已开展。"))
    assert "\n".join(row.texts[2] for row in printed).split("\n") == list(units)
    assert [row.texts[3] for row in printed] == ["已开展。", *[""] * (len(printed) - 1)]


def test_a_row_without_anything_has_the_least_height() -> None:
    (printed,) = PAGINATOR.rows(ContentRow())
    assert printed.height == load_layout().cell.least_height


TEXTS = st.text(alphabet="汉字推进。，；（）“”12.5%aW \n①②　㐂𠮷e\u0301", max_size=60)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.integers(1, 60), st.integers(1, 60))
def test_the_pieces_together_are_the_text(
    start: str, task: str, unit: str, tasks: int, times: int
) -> None:
    row = ContentRow("1", task * tasks, (unit, "水利局"), start + (start + "字") * times)
    printed = PAGINATOR.rows(row)
    assert "".join(part.texts[3] for part in printed) == row.progress
    assert "".join(part.texts[1] for part in printed) == row.task
    assert all(part.height <= min(PAGINATOR.tallest, TALLEST_ROW) for part in printed)


def test_a_cell_never_holds_more_than_excel_can() -> None:
    text = "字" + "\u0301" * 70_000
    printed = PAGINATOR.rows(ContentRow("1", "", (), text))
    assert max(len(row.texts[3]) for row in printed) < 32_767
    assert "".join(row.texts[3] for row in printed) == text


@pytest.mark.parametrize(
    ("marks", "length", "expected"),
    [
        (((2, 5), (7, 9)), 20, ((2, 5), (7, 9))),
        (((7, 9), (2, 5)), 20, ((2, 5), (7, 9))),
        (((2, 8), (5, 12)), 20, ((2, 8), (8, 12))),
        (((-3, 2), (4, 4), (9, 30)), 12, ((0, 2), (9, 12))),
        (((2, 5),), 0, ()),
    ],
)
def test_marks_stand_in_order_and_inside_their_text(
    marks: tuple[tuple[int, int], ...], length: int, expected: tuple[tuple[int, int], ...]
) -> None:
    assert in_order(marks, length) == expected


def test_a_piece_of_a_text_keeps_its_share_of_the_marks() -> None:
    assert within(((2, 8), (10, 12)), 5, 11) == ((0, 3), (5, 6))
