"""A table as a Word document: planned heights, groups, marks, signature."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from tests.helpers.grouped_tables import (
    LEGEND,
    LINES,
    MERGED,
    SENTENCE,
    SIGNATURE,
    grouped_content,
    layout_of,
    random_layout,
    rows,
)
from tracker.domain.content import Content, ContentRow
from tracker.reports.looks import load_layout
from tracker.reports.table_docx import write_table_docx
from tracker.reports.table_plan import plan_table


def table_of(content, layout, folder):
    target = folder / "表.docx"
    assert write_table_docx(content, layout, target) == ()
    document = docx.Document(target)
    (table,) = document.tables
    return table


def heights(table):
    return [int(row._tr.trPr.find(qn("w:trHeight")).get(qn("w:val"))) for row in table.rows]


def kept(table):
    """Tell for each row whether all its paragraphs stay with the next row."""
    return [
        all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
        for row in table.rows
    ]


def merges(table, column):
    found = []
    for row in table.rows:
        cells = row._tr.findall(qn("w:tc"))
        mark = cells[column].tcPr.find(qn("w:vMerge")) if column < len(cells) else None
        found.append("" if mark is None else mark.get(qn("w:val"), "continue"))
    return found


def test_rows_are_as_high_as_planned(tmp_path):
    content = Content("表", rows=rows("", ""))
    plan = plan_table(content, load_layout())
    wanted = [plan.heading_height, *(line.height for line in plan.pages[0])]
    assert heights(table_of(content, load_layout(), tmp_path)) == [h * 20 for h in wanted]


def test_a_plain_table_may_flow(tmp_path):
    assert not any(kept(table_of(Content("表", rows=rows(*[""] * 20)), load_layout(), tmp_path)))


def test_rows_of_a_planned_page_stay_together_and_pages_part(tmp_path):
    layout = layout_of(*LINES, group="section")
    content = Content("表", rows=rows(*["一、城市"] * 20))
    table = table_of(content, layout, tmp_path)
    pages = plan_table(content, layout).pages
    wanted = [place < len(page) - 1 for page in pages for place in range(len(page))]
    assert kept(table)[1:] == wanted
    assert table.rows[1].cells[0].text == "一、城市"
    assert len(table.rows[1]._tr.findall(qn("w:tc"))) == 1


def test_the_cell_of_a_group_is_merged_down_and_begins_again_on_a_page(tmp_path):
    layout = layout_of(*MERGED, group="section", merged=True)
    content = Content("表", rows=rows(*["一、城市"] * 12))
    table = table_of(content, layout, tmp_path)
    first, second = plan_table(content, layout).pages
    assert merges(table, 1)[1:] == [
        "restart",
        *["continue"] * (len(first) - 1),
        "restart",
        *["continue"] * (len(second) - 1),
    ]
    assert table.rows[1 + len(first)].cells[1].text == "一、城市\n（续）"


def test_signature_and_legend_are_rows_without_borders_that_stay_with_the_last(tmp_path):
    content = Content("表", rows=rows(""), signature=SIGNATURE, legend=LEGEND)
    table = table_of(content, load_layout(), tmp_path)
    assert [row.cells[0].text for row in table.rows][2:] == ["\t".join(SIGNATURE), *LEGEND]
    assert kept(table)[1:] == [True, True, True, False]
    edges = table.rows[3]._tr.findall(qn("w:tc"))[0].tcPr.find(qn("w:tcBorders"))
    assert {edge.tag.split("}")[1] for edge in edges} == {"top", "left", "bottom", "right"}
    stops = table.rows[2].cells[0].paragraphs[0].paragraph_format.tab_stops
    assert len(stops) == len(SIGNATURE) - 1


def test_what_is_new_is_underlined(tmp_path):
    marked = replace(rows("")[0], new={"progress": ((2, 5), (9, 12))})
    table = table_of(Content("表", rows=(marked,)), load_layout(), tmp_path)
    runs = table.rows[1].cells[3].paragraphs[0].runs
    text = SENTENCE * 3
    assert [(run.text, bool(run.underline)) for run in runs] == [
        (text[:2], False),
        (text[2:5], True),
        (text[5:9], False),
        (text[9:12], True),
        (text[12:], False),
    ]


@pytest.mark.parametrize("seed", range(8))
def test_every_text_is_there_once_and_the_bytes_are_the_same(tmp_path, seed):
    layout = random_layout(seed)
    content = grouped_content(seed, layout)
    for name in ("a.docx", "b.docx"):
        write_table_docx(content, layout, tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    table = docx.Document(tmp_path / "a.docx").tables[0]
    fields = [column.field for column in layout.columns]
    place = fields.index("progress")
    cells = [row._tr.findall(qn("w:tc")) for row in table.rows[1:]]
    printed = "".join(
        "".join(docx.table._Cell(own[place], table).text.split())
        for own in cells
        if len(own) == len(fields)
    )
    assert printed == "".join("".join(row.progress.split()) for row in content.rows)


@pytest.mark.parametrize(
    ("sides", "aligns"), [(False, ["center"]), (True, ["right", "left"])], ids=["middle", "sides"]
)
def test_page_numbers_stand_where_the_other_formats_have_them(tmp_path, sides, aligns):
    layout = load_layout()
    layout = replace(layout, page=replace(layout.page, sides=sides))
    write_table_docx(Content("表", rows=(ContentRow("1", "修渠。"),)), layout, tmp_path / "表.docx")
    with zipfile.ZipFile(tmp_path / "表.docx") as file:
        feet = [file.read(name).decode() for name in sorted(file.namelist()) if "/footer" in name]
    found = [align for foot in feet for align in re.findall(r'<w:jc w:val="(\w+)"', foot)]
    assert sorted(found) == sorted(aligns)
