"""A table cut into pages: the heading on each, no row over two, no letter lost."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from tests.helpers.grouped_tables import LEGEND, LINES, MERGED, SIGNATURE, layout_of, rows
from tests.helpers.random_contents import random_content
from tracker.domain.content import Content, ContentRow
from tracker.domain.page import Align
from tracker.domain.terms import CONTINUED
from tracker.reports.looks import load_layout
from tracker.reports.table_pages import table_pages
from tracker.reports.table_plan import PLACED_SHARE

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


def test_the_cell_of_a_group_has_no_line_across_and_its_text_in_the_middle():
    layout = layout_of(*MERGED, group="section", merged=True)
    content = Content("表", rows=rows("一、城市", "一、城市", "二、乡村"))
    (page,) = table_pages(content, layout)
    left, right = _sides(layout, 1)
    across = sorted(rule for rule in {_across(rule) for rule in page.rules} if rule)
    (box,) = [box for box in page.boxes if box.lines == ("一、城市",)]
    inside = [y for y, x1, x2 in across if box.y < y < box.y + box.height]
    assert len(inside) == 2
    for y, x1, x2 in across:
        if y in inside:
            assert x2 <= left + 0.01 or x1 >= right - 0.01


def _sides(layout, column):
    start = (layout.page.width_mm * 72 / 25.4 - sum(c.points for c in layout.columns)) / 2
    widths = [c.points for c in layout.narrowed(PLACED_SHARE).columns]
    start += (sum(c.points for c in layout.columns) - sum(widths)) / 2
    return start + sum(widths[:column]), start + sum(widths[: column + 1])


def _across(rule):
    return (rule.y1, rule.x1, rule.x2) if rule.y1 == rule.y2 else None


def test_the_line_of_a_group_is_framed_and_repeated():
    layout = layout_of(*LINES, group="section")
    pages = table_pages(Content("表", rows=rows(*["一、城市"] * 20)), layout)
    assert len(pages) > 1
    for number, page in enumerate(pages):
        text = f"一、城市{CONTINUED}" if number else "一、城市"
        (box,) = [box for box in page.boxes if box.lines == (text,)]
        assert box.font == layout.group_line.font
        sides = {rule.x1 for rule in page.rules if rule.y1 == box.y and rule.x1 == rule.x2}
        assert len(sides) == 2


def test_signatures_begin_at_their_share_of_the_width():
    content = Content("表", rows=rows(""), signature=SIGNATURE, legend=LEGEND)
    (page,) = table_pages(content, LAYOUT)
    boxes = [box for box in page.boxes if "".join(box.lines) in SIGNATURE]
    gaps = [round(b.x - a.x, 1) for a, b in itertools.pairwise(boxes)]
    assert len(boxes) == 3
    assert gaps[0] == gaps[1] > 200
    assert len({box.y for box in boxes}) == 1


def test_a_page_number_may_stand_at_the_outer_side():
    sides = replace(LAYOUT, page=replace(LAYOUT.page, sides=True, footer="— &P —"))
    pages = table_pages(Content("表", rows=rows(*[""] * 20)), sides)
    feet = [(page.boxes[-1].lines, page.boxes[-1].align) for page in pages[:2]]
    assert feet == [(("— 1 —",), Align.RIGHT), (("— 2 —",), Align.LEFT)]


def test_what_is_new_is_marked_in_its_box():
    marked = replace(rows("")[0], new={"progress": ((2, 5),)})
    (page,) = table_pages(Content("表", rows=(marked,)), LAYOUT)
    assert [box.marks for box in page.boxes if box.marks] == [((2, 5),)]
