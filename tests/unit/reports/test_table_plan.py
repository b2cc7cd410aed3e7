"""Which rows stand on which page: nothing alone, nothing torn, nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.grouped_tables import (
    LEGEND,
    SENTENCE,
    SIGNATURE,
    grouped_content,
    layout_of,
    random_layout,
)
from tests.helpers.random_contents import random_content
from tracker.domain.content import Content, ContentRow
from tracker.domain.terms import CONTINUED
from tracker.reports.looks import TALLEST_ROW, load_layout
from tracker.reports.plan_lines import Across, PlacedRow
from tracker.reports.table_plan import BORDERS, plan_table

PLAIN = (("number", 18.0), ("task", 62.0), ("units", 42.0), ("progress", 139.0))
MERGED = (("number", 18.0), ("group", 30.0), ("task", 52.0), ("units", 30.0), ("progress", 130.0))
UNDER = ("signature", "legend")


def row(number: int, group: str = "", sentences: int = 3) -> ContentRow:
    return ContentRow(str(number), "推进清淤。", ("县水利局",), SENTENCE * sentences, group=group)


def table(*rows: ContentRow, signed: bool = False) -> Content:
    content = Content("表", rows=rows)
    return replace(content, signature=SIGNATURE, legend=LEGEND) if signed else content


def parts(page):
    return [line.part if isinstance(line, Across) else "row" for line in page]


def used(plan, number):
    top = sum(line.height for line in plan.top) if number == 0 else 0.0
    return top + plan.heading_height + sum(line.height for line in plan.pages[number])


def test_a_plain_table_is_not_placed_and_keeps_its_widths():
    layout = load_layout()
    plan = plan_table(table(row(1)), layout)
    assert not plan.placed
    assert plan.layout is layout


@pytest.mark.parametrize("count", range(0, 120, 4))
def test_no_row_would_fit_the_page_before_in_another_program(count):
    rows = [replace(row(n), progress="字" * (60 + 23 * (n + count) % 300)) for n in range(60)]
    plan = plan_table(table(*rows), load_layout())
    whole = plan.layout.page.body_height
    for number, following in enumerate(plan.pages[1:]):
        assert used(plan, number) <= plan.body_height
        assert used(plan, number) + following[0].height > whole * 1.02 + 1


@pytest.mark.parametrize("count", range(0, 120, 4))
def test_no_row_would_fit_the_page_before_in_word(count):
    rows = [replace(row(n), progress="字" * (60 + 23 * (n + count) % 300)) for n in range(60)]
    plan = plan_table(table(*rows, signed=True), load_layout())
    for number, following in enumerate(plan.pages[1:]):
        assert used(plan, number) + following[0].height > plan.body_height + BORDERS + 1


@pytest.mark.parametrize("count", range(1, 40))
def test_the_signature_never_stands_alone(count):
    plan = plan_table(table(*(row(n) for n in range(count)), signed=True), load_layout())
    assert parts(plan.pages[-1])[-4:] == ["row", "signature", "legend", "legend"]
    assert all(part == "row" for page in plan.pages[:-1] for part in parts(page))


@pytest.mark.parametrize("count", range(1, 40))
def test_the_line_of_a_group_goes_with_its_first_row_and_is_repeated(count):
    rows = [row(n, "一、城市" if n < count else "二、乡村") for n in range(40)]
    plan = plan_table(table(*rows), layout_of(*PLAIN, group="section"))
    seen = ""
    for page in plan.pages:
        assert isinstance(page[0], Across), "a page begins with the name of its group"
        assert isinstance(page[-1], PlacedRow)
        for line in page:
            if isinstance(line, Across):
                assert (line.text == f"{seen}{CONTINUED}") is (line is page[0] and bool(seen)) or (
                    line.text == "二、乡村"
                )
                seen = line.text.removesuffix(CONTINUED)
    lines = [line.text for page in plan.pages for line in page if isinstance(line, Across)]
    assert [text for text in lines if CONTINUED not in text] == ["一、城市", "二、乡村"]


def test_rows_without_a_group_have_no_line():
    plan = plan_table(table(row(1), row(2)), layout_of(*PLAIN, group="section"))
    assert parts(plan.pages[0]) == ["row", "row"]


def test_the_cell_of_a_group_stands_over_its_rows_and_again_on_the_next_page():
    rows = [row(n, "一、城市", 6) for n in range(9)]
    plan = plan_table(table(*rows), layout_of(*MERGED, group="section", merged=True))
    assert len(plan.pages) > 1
    first, *others = plan.pages
    assert [line.span for line in first] == [len(first), *[0] * (len(first) - 1)]
    assert first[0].texts[1] == "一、城市"
    for page in others:
        assert page[0].texts[1] == f"一、城市\n{CONTINUED}"
        assert {line.texts[1] for line in page[1:]} <= {""}


def test_rows_get_higher_where_the_name_of_their_group_needs_it():
    name = "关于进一步优化营商环境提升政务服务水平若干重点改革任务"
    layout = layout_of(*MERGED, group="section", merged=True)
    alone = plan_table(table(row(1, "一", 1)), layout).pages[0][0].height
    for count in (1, 2, 3):
        rows = [row(n, name, 1) for n in range(count)]
        heights = [line.height for line in plan_table(table(*rows), layout).pages[0]]
        assert sum(heights) >= 5 * 17.4
        assert max(heights) - min(heights) <= 0.75
        assert min(heights) >= alone
        assert all(height % 0.75 == 0 for height in heights)


def test_a_name_of_a_group_as_long_as_pages_is_printed_to_its_end():
    name = "城市建设重点任务" * 60
    rows = [row(n, name) for n in range(4)]
    plan = plan_table(table(*rows), layout_of(*MERGED, group="section", merged=True))
    cells = [line.texts[1] for page in plan.pages for line in page]
    assert "".join(cells).replace(CONTINUED, "").strip() == name
    assert CONTINUED in cells


def test_a_line_of_a_group_as_long_as_pages_is_printed_to_its_end():
    name = "城市建设重点任务" * 300
    plan = plan_table(table(row(1, name), row(2, name)), layout_of(*PLAIN, group="section"))
    texts = [line.text for page in plan.pages for line in page if isinstance(line, Across)]
    assert "".join(t for t in texts if CONTINUED not in t) == name
    assert max(used(plan, n) for n in range(len(plan.pages))) <= plan.body_height


def test_a_row_that_fits_a_page_is_whole_though_no_row_of_excel_is_so_high():
    tall = row(1, "", 18)
    layout = layout_of(*PLAIN, landscape=False, size=12.0)
    plan = plan_table(table(row(0), tall, row(2)), layout)
    whole = [line for page in plan.pages for line in page if line.texts[0] == "1"]
    assert len(whole) == 1
    assert whole[0].texts[3] == tall.progress
    assert whole[0].height > TALLEST_ROW
    assert plan.placed


def test_a_long_title_never_stands_alone_and_never_pushes_its_row_over_the_page():
    content = replace(table(row(1, "", 22), row(2)), title="关于全县重点工作" * 20)
    plan = plan_table(content, load_layout())
    assert parts(plan.pages[0])[:1] == ["row"]
    assert used(plan, 0) <= plan.body_height


def test_two_texts_under_the_title_stand_where_both_have_room():
    columns = (*PLAIN, ("deadline", 24.0), ("remark", 20.0))
    content = replace(table(row(1)), meta=("填报单位：督查室", "截止日期：2026年9月30日"))
    top = plan_table(content, layout_of(*columns)).top
    (line,) = [each for each in top if each.part == "meta"]
    assert line.texts == content.meta
    assert 0 < line.split < len(columns) - 1
    assert line.height < 24


def test_what_is_new_of_a_row_is_marked_in_the_piece_that_prints_it():
    text = SENTENCE * 60
    long = replace(row(1), progress=text, new={"progress": ((10, 20), (900, 1500))})
    plan = plan_table(table(long), load_layout())
    pieces = [line for page in plan.pages for line in page]
    assert len(pieces) > 2
    marked = [piece.texts[3][a:b] for piece in pieces if piece.marks for a, b in piece.marks[3]]
    assert marked[0] == text[10:20]
    assert "".join(marked[1:]) == text[900:1500]
    assert all(not any(piece.marks[:3]) for piece in pieces if piece.marks)


def test_marks_of_stacked_names_follow_them_over_pages():
    units = tuple(f"第{n}片区工作组" for n in range(60))
    whole = "\n".join(units)
    start = whole.index("第50片区工作组")
    long = replace(row(1), units=units, new={"units": ((start, start + 8),)})
    pieces = [line for page in plan_table(table(long), load_layout()).pages for line in page]
    marked = [piece.texts[2][a:b] for piece in pieces for a, b in piece.marks[2]]
    assert marked == ["第50片区工作组"]


@pytest.mark.parametrize("seed", range(60))
def test_no_page_is_overfull_and_every_text_is_printed_once(seed):
    layout = random_layout(seed)
    content = grouped_content(seed, layout)
    plan = plan_table(content, layout)
    for number in range(len(plan.pages)):
        assert used(plan, number) <= plan.body_height + 0.01
    fields = [column.field for column in layout.columns]
    rows = [line for page in plan.pages for line in page if isinstance(line, PlacedRow)]
    for field in ("task", "progress"):
        printed = "".join(line.texts[fields.index(field)] for line in rows)
        assert printed == "".join(each.text(field) for each in content.rows)
    under = [part for part in parts(plan.pages[-1]) if part in UNDER]
    assert len(under) == bool(content.signature) + len(content.legend)
    if content.rows and (content.signature or content.legend):
        assert any(isinstance(line, PlacedRow) for line in plan.pages[-1])


@pytest.mark.parametrize("seed", range(60))
def test_no_row_is_cut_that_fits_a_page(seed):
    layout = random_layout(seed)
    content = grouped_content(seed, layout)
    plan = plan_table(content, layout)
    alone = {
        each.number: plan_table(Content("", rows=(each,)), replace(layout, group=""))
        for each in content.rows
    }
    numbers = [line.texts[0] for page in plan.pages for line in page if isinstance(line, PlacedRow)]
    for number, whole in alone.items():
        if f"{number}\n{CONTINUED}" in numbers:
            height = sum(line.height for page in whole.pages for line in page)
            # beside a row may have to stand: heading, line of its group, signature, the title
            assert height > plan.body_height * 0.5


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("字，。12\n①", max_size=80), st.integers(0, 40), st.sampled_from("甲乙 ")
        ),
        max_size=6,
    ),
    st.sampled_from([9.0, 12.0, 16.0]),
    st.booleans(),
    st.sampled_from([8, 9]),
    st.booleans(),
)
def test_any_table_is_planned_to_its_last_letter(texts, size, lying, paper, merged):
    rows = tuple(
        ContentRow(str(n), text, ("局",), text * times, group=group.strip())
        for n, (text, times, group) in enumerate(texts)
    )
    layout = layout_of(
        *MERGED, paper=paper, landscape=lying, size=size, group="unit", merged=merged
    )
    plan = plan_table(Content("表", rows=rows, signature=SIGNATURE), layout)
    lines = [line for page in plan.pages for line in page if isinstance(line, PlacedRow)]
    assert "".join(line.texts[4] for line in lines) == "".join(each.progress for each in rows)
    assert all(used(plan, n) <= plan.body_height + 0.01 for n in range(len(plan.pages)))


@pytest.mark.parametrize("share", [1.0, 3.0])
def test_a_column_twelve_millimetres_wide_with_nine_hundred_characters_ends(share):
    layout = layout_of(("number", 12.0), ("task", 12.0), ("progress", 12.0 * share))
    narrow = replace(layout, columns=tuple(replace(column, pixels=45) for column in layout.columns))
    long = ContentRow("1", "推进" * 60, (), (SENTENCE * 40)[:900])
    plan = plan_table(Content("表", rows=(long,)), narrow)
    pieces = [line for page in plan.pages for line in page]
    assert "".join(line.texts[2] for line in pieces) == long.progress
    assert "".join(line.texts[1] for line in pieces) == long.task


def test_a_table_without_rows_prints_its_heading_and_signature():
    plan = plan_table(table(signed=True), load_layout())
    assert [parts(page) for page in plan.pages] == [["signature", "legend", "legend"]]


def test_a_legend_as_long_as_pages_goes_on_under_the_heading():
    content = replace(table(row(1)), legend=("注：说明。" * 900,))
    plan = plan_table(content, load_layout())
    texts = [line.text for page in plan.pages for line in page if isinstance(line, Across)]
    assert "".join(texts) == content.legend[0]
    assert max(used(plan, n) for n in range(len(plan.pages))) <= plan.body_height


def test_signatures_too_long_for_their_share_stand_in_one_text():
    content = replace(table(row(1)), signature=("填表人单位、职务及联系电话：" * 4, "审核人："))
    line = plan_table(content, load_layout()).pages[-1][-1]
    assert len(line.texts) == 1


@pytest.mark.parametrize("seed", range(12))
def test_the_plan_of_a_table_is_always_the_same(seed):
    content = random_content(seed)
    assert plan_table(content, load_layout()) == plan_table(content, load_layout())
