"""PDF, document and preview look like the template."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.helpers import templates as made
from tests.helpers.templates import WORDS, content
from tracker.reports.table_pages import table_pages
from tracker.reports.template_fill import filled
from tracker.reports.template_layout import content_of_template, layout_of_template
from tracker.reports.template_read import template_of


def of(case):
    return template_of(case.data, "表.xlsx")


def texts(case, rows=6):
    """Return the texts on each page."""
    template = of(case)
    shown = content_of_template(template, content(rows), WORDS)
    pages = table_pages(shown, layout_of_template(template))
    return [["".join(box.lines) for box in page.boxes] for page in pages]


@pytest.mark.parametrize("case", made.PLAIN_ONES, ids=lambda case: case.__name__)
def test_every_template_prints_pages_with_its_headings_and_all_rows(case):
    pages = texts(case())
    for page in pages:
        assert "重点任务" in page
    whole = [text for page in pages for text in page]
    for row in content(6).rows:
        assert row.task in whole
        assert row.progress in whole


def test_paper_margins_fonts_and_foot_are_the_templates():
    case = made.plain()
    case.sheet.page_margins.left = case.sheet.page_margins.right = 1
    case.sheet.oddFooter.center.text = "共 &N 页之 &P"
    case.sheet.oddFooter.center.size = 14
    case.sheet.oddFooter.center.font = "楷体_GB2312,常规"
    layout = layout_of_template(of(case))
    page = layout.page
    assert (page.paper, page.landscape) == (9, True)
    assert (round(page.width_mm), round(page.left_mm, 1)) == (297, 25.4)
    assert (page.footer, page.footer_font, page.footer_size) == ("共 &N 页之 &P", "楷体_GB2312", 14)
    assert layout.title.font == "方正小标宋简体"
    assert layout.meta.font == "楷体_GB2312"
    assert layout.heading.font == "黑体"
    assert sum(column.pixels for column in layout.columns) <= page.body_pixels


def test_a_table_made_to_fit_its_page_prints_as_small():
    layout = layout_of_template(of(made.wide_a3()))
    full = layout_of_template(of(made.plain()))
    assert layout.body.sizes[0] <= full.body.sizes[0] <= 12


def test_a_hidden_column_is_not_printed():
    shown = content_of_template(of(made.hidden_column()), content(), WORDS)
    assert shown.headings == ("序号", "重点任务", "牵头单位", "完成时限", "落实情况", "备注")


def test_what_stands_around_the_table_is_the_templates():
    shown = content_of_template(of(made.placeholders()), content(), WORDS)
    assert shown.title == "春季重点工作落实情况表（第3期）"
    assert shown.annex == "附件2"
    assert shown.meta == ("填报单位：清源县督查室　截至2026年9月30日",)
    assert shown.legend == (
        "注：落实情况请写明进度；存在困难的请说明原因。",
        "填表人：          审核人：          联系电话：",
    )


def test_a_signature_next_to_the_table_is_spread_over_its_width():
    case = made.Builder().title().header().body()
    case.sheet.cell(case.last + 1, 1, "填表人：          审核人：").value = "填表人：      审核人："
    shown = content_of_template(of(case.landscape()), content(), WORDS)
    assert (shown.signature, shown.legend) == (("填表人：", "审核人："), ())


def test_totals_below_are_left_to_the_workbook():
    shown = content_of_template(of(made.formulas_below()), content(), WORDS)
    assert not any("合计" in each for each in shown.legend)


def test_section_lines_are_printed_before_their_tasks():
    whole = [text for page in texts(made.section_lines(), rows=6) for text in page]
    tasks = [whole.index(row.task) for row in content(6).rows]
    assert whole.index("一、水利工程") < tasks[0]
    assert tasks[3] < whole.index("二、道路工程") < tasks[4]


@pytest.mark.parametrize("font", ["Calibri", "宋体", "等线"])
def test_rows_are_as_high_as_those_of_the_workbook(font):
    case = made.Builder()
    case.book._named_styles["Normal"].font = Font(name=font, size=11)
    template, table = of(case.title().header().body().landscape()), content(12)
    data, _ = filled(template, table, WORDS)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    first, scale = template.first, template.page.scale
    heights = [sheet.row_dimensions[row].height * scale for row in range(first, first + 12)]
    drawn = []
    shown = content_of_template(template, table, WORDS)
    for page in table_pages(shown, layout_of_template(template)):
        left = min(rule.x1 for rule in page.rules)
        edges = [rule for rule in page.rules if rule.x1 == rule.x2 == left]
        drawn += [rule.y2 - rule.y1 for rule in edges][1:]  # without the heading
    assert drawn == pytest.approx(heights, abs=1)
