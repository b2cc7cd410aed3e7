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
