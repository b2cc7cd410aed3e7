"""What is found in a workbook that is to be a template, and what is refused."""

from __future__ import annotations

import importlib
import io
import pkgutil
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from tests.eval.tables import builder, layouts
from tests.helpers import templates as made
from tests.helpers.raw_workbook import MAIN, RawBook
from tests.helpers.templates import WORDS, content
from tracker.base.errors import UserError
from tracker.domain.form import FormStamp
from tracker.files.reader import read_bytes
from tracker.files.reading import Request
from tracker.reports.template_columns import for_round
from tracker.reports.template_fill import filled
from tracker.reports.template_read import read_template, template_of
from tracker.tables.pipeline import read_table


def of(case, **options):
    return template_of(case.data, "表.xlsx", **options)


def fields(template):
    return [column.field for column in template.columns]


@pytest.mark.parametrize(
    ("case", "rows"),
    [
        (made.plain, (4, 4, 5, 9)),
        (made.two_row_header, (4, 5, 6, 10)),
        (made.empty_rows, (4, 4, 5, 12)),
        (made.numbered_rows, (4, 4, 5, 12)),
        (made.no_rows, (4, 4, 5, 4)),
        (made.heading_last, (4, 4, 5, 4)),
        (made.section_lines, (4, 4, 5, 12)),
    ],
)
def test_heading_and_old_rows_are_found(case, rows):
    template = of(case())
    assert (template.top, template.bottom, template.first, template.last) == rows


def test_columns_are_told_by_their_headings():
    assert fields(of(made.wide_a3())) == [
        "number", "section", "task", "units", "cooperating", "deadline", "light", "before",
        "progress", "problems", "next_steps", "remark",
    ]  # fmt: skip


def test_the_office_may_say_what_goes_into_a_column():
    template = of(made.plain(), fields={"G": "state", "d": None, "C": "lead"})
    assert fields(template) == ["number", "task", "lead", "", "deadline", "progress", "state"]
    data, _ = filled(template, content(), WORDS)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert (sheet["C5"].value, sheet["D5"].value, sheet["G5"].value) == ("县水务局", None, "推进中")


def test_a_field_given_to_another_column_leaves_its_own():
    template = of(made.plain(), fields={"G": "progress"})
    assert fields(template)[5:] == ["", "progress"]


@pytest.mark.parametrize("given", [{"Z": "task"}, {"A": "no_such"}, {"A": "new"}])
def test_a_column_or_field_that_is_not_there_is_refused(given):
    with pytest.raises(UserError):
        of(made.plain(), fields=given)


def test_unknown_headings_stay_empty_and_are_told():
    case = made.Builder(
        ("序号", "重点任务", "牵头单位", "经费（万元）", "落实情况"), (6, 30, 20, 9, 40)
    )
    template = of(case.title().header().body())
    assert fields(template)[3] == ""
    assert any("经费" in each for each in template.warnings)


def test_what_has_no_column_is_told():
    case = made.Builder(("序号", "重点任务", "完成时限"), (6, 60, 20)).title().header().body()
    (told,) = of(case).warnings
    assert "责任单位" in told
    assert "落实情况" in told


def months(*heads):
    case = made.Builder(("序号", "重点任务", "责任单位", *heads), (6, 30, 20, *(20 for _ in heads)))
    return of(case.title().header().body())


@pytest.mark.parametrize(
    ("heads", "chosen"),
    [
        (("7月进展", "8月进展", "9月进展"), 6),
        (("第一季度进展情况", "第二季度进展情况", "第三季度进展情况"), 6),
        (("第二期落实情况", "第三期落实情况"), 5),
        (("上半年完成情况", "下半年完成情况"), 5),
    ],
)
def test_of_several_months_the_one_of_the_round_is_filled(heads, chosen):
    template, told = for_round(months(*heads), WORDS)
    (column,) = (each for each in template.columns if each.field == "progress")
    assert column.index == chosen
    assert column.heading in told[0]


def test_months_of_another_time_stay_empty_with_a_word_about_it():
    template, told = for_round(months("1月进展", "2月进展"), WORDS)
    assert "progress" not in fields(template)
    assert "没有填入" in told[0]
    other = replace(WORDS, cut_off=date(2026, 2, 28), number=9)
    assert fields(for_round(template, other)[0])[4] == "progress"


def test_other_sheets_with_tables_are_told():
    case = made.plain()
    case.book.copy_worksheet(case.sheet).title = "乡镇"
    template = of(case)
    assert template.sheet == "落实情况"
    assert any("乡镇" in each for each in template.warnings)
    assert of(case, sheet="乡镇").sheet == "乡镇"


def test_words_between_and_beside_the_old_rows_are_told():
    case = made.plain()
    case.sheet["B7"], case.sheet["A7"] = "", "小计"
    for letter in "CDEFG":
        case.sheet[f"{letter}7"] = None
    case.sheet["J6"] = "口头通知"
    told = "".join(of(case).warnings)
    assert "小计" in told
    assert "J" in told


@pytest.mark.parametrize("case", [made.plain, made.hidden_column, made.wide_a3])
def test_the_page_is_that_of_the_sheet(case):
    page = of(case()).page
    assert page.landscape
    assert page.width > page.height
    assert page.paper == (8 if case is made.wide_a3 else 9)
    assert 0.4 < page.scale <= 1


def with_part(name: str) -> bytes:
    book = RawBook()
    book.body()
    book.more[name] = b"x"
    return book.data


def no_table() -> bytes:
    case = made.Builder()
    case.sheet["A1"] = "通讯录"
    return case.data


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "表.xls", ""),
        (b"%PDF-1.7 ...", "表.pdf", "PDF"),
        ("工作任务,落实情况\n".encode(), "表.csv", "不是 Excel"),
        (b"", "空.xlsx", ""),
        (with_part("xl/vbaProject.bin"), "表.xlsx", "宏"),
        (with_part("_xmlsignatures/sig1.xml"), "表.xlsx", "签名"),
        (no_table(), "表.xlsx", "表头"),
    ],
)
def test_what_cannot_be_a_template_is_refused_in_plain_words(data, name, words):
    with pytest.raises(UserError) as refused:
        template_of(data, name)
    assert words in str(refused.value)


def test_a_workbook_with_macros_by_its_name_is_refused():
    with pytest.raises(UserError, match="宏"):
        template_of(made.plain().data, "表.xlsm")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UserError, match="读不出"):
        read_template(tmp_path / "无.xlsx")


def test_a_list_object_that_ends_among_the_rows_is_refused():
    book = RawBook()
    book.body()
    book.more["xl/tables/table1.xml"] = (
        f'<table xmlns="{MAIN}" id="1" displayName="半张" ref="A4:D5"/>'.encode()
    )
    book.sheet_links.append(("table", "../tables/table1.xml"))
    with pytest.raises(UserError, match="半张"):
        filled(of(book), content(), WORDS)


EVERY = [
    layout
    for module in pkgutil.iter_modules(layouts.__path__)
    for layout in getattr(
        importlib.import_module(f"{layouts.__name__}.{module.name}"), "LAYOUTS", ()
    )
]
REFUSED = {"side-by-side-touching", "side-by-side", "sections-over-side-by-side",
           "one-below-the-other"}  # fmt: skip


@pytest.mark.parametrize("layout", EVERY, ids=lambda layout: layout.name)
def test_every_kind_of_table_we_read_can_be_a_template(layout):
    data = builder.xlsx(layout)
    if layout.name in REFUSED:
        with pytest.raises(UserError):
            template_of(data, "表.xlsx")
        return
    template = template_of(data, "表.xlsx")
    result, _ = filled(template, content(9), WORDS)
    sheet = openpyxl.load_workbook(io.BytesIO(result))[template.sheet]
    (task,) = (each.index for each in template.columns if each.field == "task")
    printed = [sheet.cell(row, task).value for row in range(template.first, sheet.max_row + 1)]
    assert [text for text in printed if text in {row.task for row in content(9).rows}] == [
        row.task for row in content(9).rows
    ]
    old = read_table(read_bytes(data, Request("表.xlsx", ".xlsx", template.sheet)))
    texts = {str(cell.value) for row in sheet.iter_rows(min_row=template.first) for cell in row}
    assert not texts & {row.task for row in old.rows}
    for row, kept in template.above.items():
        there = {str(cell.value).strip() for cell in sheet[row]}
        assert set(kept) <= there or row >= template.top


def test_a_form_sent_to_a_unit_is_no_template():
    case = made.plain()
    made_at = datetime(2026, 10, 1, 9, 0)
    stamp = FormStamp("春季重点工作", 3, "县水务局", made_at, ("1-001",), "0" * 64)
    for name, value in stamp.properties().items():
        case.book.custom_doc_props.append(StringProperty(name=name, value=value))
    with pytest.raises(UserError, match="反馈表"):
        of(case)
