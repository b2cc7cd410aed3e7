"""Printed pages as a PDF: page for page, every word where it belongs and searchable."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.helpers.random_contents import random_content
from tracker.domain.content import Content, ContentRow
from tracker.domain.page import PrintedPage, TextBox
from tracker.printing.fonts import drawing_application
from tracker.printing.pages import write_pages
from tracker.reports.looks import load_layout
from tracker.reports.table_pages import table_pages

LAYOUT = load_layout()


def written(pages, path):
    import pdfplumber

    with drawing_application():
        write_pages(pages, "表", path)
    with pdfplumber.open(BytesIO(path.read_bytes())) as pdf:
        return [(page.width, page.height, page.chars) for page in pdf.pages]


def letters(chars):
    return "".join(char["text"] for char in chars if not char["text"].isspace())


@pytest.fixture
def target(tmp_path):
    return tmp_path / "表.pdf"


@pytest.mark.parametrize(
    "words",
    [
        "黄区长、龙头企业，第一次全体会议，工业用地见民生实事，门面与车辆，西青页风飞食。",
        "第Ⅲ标段（K12+300～K15+800），GB/T50378-2019，5G基站36座——已完工……",
        "7944户棚改、韦副县长、虎头镇、卤水厂、巳时；甲／乙；《〈条例〉细则》；3–5月",
    ],
)
def test_words_are_found_as_they_are_written(target, words):
    content = Content("一方水土", rows=(ContentRow(number="1", task=words),))
    ((_, _, chars),) = written(table_pages(content, LAYOUT), target)
    assert words in letters(chars)


def test_pages_lie_or_stand_as_they_are_told(target):
    box = TextBox(10, 10, 100, 20, ("横竖",), "黑体", 12, 16)
    pages = (PrintedPage(595, 842, (box,)), PrintedPage(842, 595, (box,)))
    sizes = [(round(w), round(h)) for w, h, _ in written(pages, target)]
    assert sizes == [(595, 842), (842, 595)]


@pytest.mark.parametrize("seed", range(3))
def test_every_letter_of_a_random_table_is_on_paper_inside_its_page(target, seed):
    content = random_content(seed)
    pages = table_pages(content, LAYOUT)
    drawn = written(pages, target)
    assert len(drawn) == len(pages)
    for page, (width, height, chars) in zip(pages, drawn, strict=True):
        planned = "".join("".join(box.lines) for box in page.boxes)
        assert len(letters(chars)) >= 0.97 * len("".join(planned.split()))
        assert all(c["x0"] >= 0 and c["x1"] <= width + 0.5 for c in chars)
        assert all(c["top"] >= 0 and c["bottom"] <= height + 0.5 for c in chars)


def test_a_letter_wider_than_its_box_is_drawn_closer_not_cut(target):
    box = TextBox(10, 10, 60, 20, ("宽" * 12,), "黑体", 12, 16)
    ((_, _, chars),) = written((PrintedPage(200, 100, (box,)),), target)
    assert letters(chars) == "宽" * 12
    assert max(c["x1"] for c in chars) <= 70.5


def strokes(path):
    """The lines of a PDF of one page: where each begins and ends, and how high it stands."""
    import pdfplumber

    with pdfplumber.open(BytesIO(path.read_bytes())) as pdf:
        (page,) = pdf.pages
        return [(line["x0"], line["x1"], line["top"]) for line in page.lines], page.chars


@pytest.mark.parametrize("lines", [("已完成清淤",), ("已完成", "清淤"), ("已完成\n", "清淤")])
def test_an_underline_stands_below_its_words_on_every_line(target, lines):
    text = "".join(lines)
    start, end = text.index("完成"), text.index("淤")
    box = TextBox(10, 10, 60, 40, lines, "黑体", 12, 16, marks=((start, end),))
    written((PrintedPage(200, 100, (box,)),), target)
    drawn, chars = strokes(target)
    marked = [char for char in chars if char["text"] in "完成清"]
    assert marked
    for char in marked:
        middle = (char["x0"] + char["x1"]) / 2
        assert any(
            x0 <= middle <= x1 and char["bottom"] - 4 < top < char["bottom"] + 4
            for x0, x1, top in drawn
        ), char["text"]
    for char in chars:
        if char["text"] in "已淤":
            middle = (char["x0"] + char["x1"]) / 2
            near = [line for line in drawn if abs(line[2] - char["bottom"]) < 4]
            assert not any(x0 <= middle <= x1 for x0, x1, _ in near), char["text"]
