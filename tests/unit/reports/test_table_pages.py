"""A table cut into pages: the heading on each, no row over two, no letter lost."""

from __future__ import annotations

import pytest

from tests.helpers.random_contents import random_content
from tracker.domain.content import Content, ContentRow
from tracker.domain.page import Align
from tracker.domain.terms import CONTINUED
from tracker.reports.looks import load_layout
from tracker.reports.table_pages import table_pages

LAYOUT = load_layout()


def body(page):
    """The boxes between heading and foot."""
    return [box for box in page.boxes if box.font == LAYOUT.body.font and box.lines]


def test_the_title_stands_on_the_first_page_alone():
    rows = tuple(ContentRow(number=str(n), task="修渠。" * 40) for n in range(1, 12))
    content = Content("水利表", "附件", ("甲", "截止日期：乙"), rows=rows)
    first, *others = table_pages(content, LAYOUT)
    texts = ["".join(box.lines) for box in first.boxes]
    assert texts[:4] == ["附件", "水利表", "截止日期：乙", "甲"]
    assert others
    for page in others:
        listed = ["".join(box.lines) for box in page.boxes]
        assert listed[: len(LAYOUT.headings)] == list(LAYOUT.headings)
        assert "水利表" not in listed


def test_every_page_says_which_it_is():
    rows = tuple(ContentRow(number=str(n), task="修渠。" * 60) for n in range(1, 12))
    pages = table_pages(Content("表", rows=rows), LAYOUT)
    feet = ["".join(page.boxes[-1].lines) for page in pages]
    assert feet == [f"第 {n} 页 共 {len(pages)} 页" for n in range(1, len(pages) + 1)]
    assert {page.boxes[-1].align for page in pages} == {Align.CENTER}


@pytest.mark.parametrize("seed", range(6))
def test_no_letter_is_lost_and_nothing_stands_below_the_page(seed):
    content = random_content(seed)
    pages = table_pages(content, LAYOUT)
    printed = "".join("".join(box.lines) for page in pages for box in page.boxes)
    squeezed = "".join(printed.replace(CONTINUED, "").split())
    for row in content.rows:
        for text in (row.task, row.progress, *row.units):
            if len(text) < 400:
                assert "".join(text.split()) in squeezed
    end = (LAYOUT.page.height_mm - LAYOUT.page.bottom_mm) * 72 / 25.4
    for page in pages:
        assert all(rule.y2 <= end + 0.01 for rule in page.rules)
        for box in page.boxes[:-1]:
            assert box.pitch * len(box.lines) <= box.height + 0.01
            assert box.y + box.height <= end + 0.01
