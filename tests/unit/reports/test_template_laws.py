"""What holds of every template, whatever it looks like."""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import fromstring

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple, rows_from_range

from tests.helpers import templates as made
from tests.helpers.filled_templates import fill, look, parts
from tests.helpers.templates import OLD, content

MAY_CHANGE = re.compile(
    r"xl/worksheets/sheet\d\.xml|xl/workbook\.xml|xl/styles\.xml|xl/sharedStrings\.xml"
    r"|docProps/custom\.xml|_rels/\.rels|\[Content_Types\]\.xml|xl/tables/table1\.xml"
    r"|xl/drawings/.*|xl/comments/.*"
)


@pytest.fixture(params=made.PLAIN_ONES, ids=lambda builder: builder.__name__)
def case(request):
    return request.param()


def test_our_rows_stand_where_the_old_ones_stood_and_nothing_of_them_is_left(case):
    template, book, data, _ = fill(case)
    sheet = book[template.sheet]
    at = {each.field: each.index for each in template.columns}
    for row in content().rows:
        found = [
            number
            for number in range(template.first, sheet.max_row + 1)
            if str(sheet.cell(number, at["number"]).value) == row.number
        ]
        assert len(found) == 1
        (number,) = found
        assert sheet.cell(number, at["task"]).value == row.task
        assert sheet.cell(number, at["progress"]).value == row.progress
        assert sheet.cell(number, at["units"]).value == "\n".join(row.units)
    for name, part in parts(data).items():
        assert OLD not in part.decode("utf-8", errors="ignore"), name


def test_every_other_part_is_kept_byte_for_byte(case):
    before = parts(case.data)
    _, _, data, _ = fill(case)
    after = parts(data)
    for name, content_ in before.items():
        if not MAY_CHANGE.fullmatch(name):
            assert after[name] == content_, name
    assert set(after) - set(before) <= {"docProps/custom.xml"}


def test_head_widths_and_set_up_are_those_of_the_template(case):
    old = openpyxl.load_workbook(io.BytesIO(case.data))
    template, book, _, _ = fill(case)
    before, sheet = old[template.sheet], book[template.sheet]
    if case.sheet["A2"].value and "{" not in case.sheet["A2"].value:
        for row in range(1, template.first):
            assert [c.value for c in before[row]] == [c.value for c in sheet[row]]
    for row in range(1, template.first):
        assert before.row_dimensions[row].height == sheet.row_dimensions[row].height
        for one, other in zip(before[row], sheet[row], strict=True):
            assert look(one) == look(other)
    for letter, width in before.column_dimensions.items():
        assert sheet.column_dimensions[letter].width == width.width
        assert sheet.column_dimensions[letter].hidden == width.hidden
    assert vars(before.page_setup) == vars(sheet.page_setup)
    assert vars(before.page_margins) == vars(sheet.page_margins)
    assert before.oddFooter.center.text == sheet.oddFooter.center.text
    assert before.freeze_panes == sheet.freeze_panes
    assert book.sheetnames == old.sheetnames


def test_the_heading_stands_on_every_page(case):
    template, book, _, _ = fill(case)
    titles = book[template.sheet].print_title_rows
    top, bottom = (int(each.strip("$")) for each in titles.split(":"))
    assert top <= template.top
    assert bottom == template.bottom


ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells "
    "phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins "
    "pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors "
    "smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems "
    "tableParts extLst"
)
BOOK_ORDER = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches extLst"
)


def test_sheet_and_workbook_are_put_together_as_excel_demands(case):
    """Excel calls a file damaged whose elements stand in another order or count otherwise."""
    template, _, data, _ = fill(case)
    held = parts(data)
    sheet, book = (fromstring(held[name]) for name in (template.part, "xl/workbook.xml"))
    styles = fromstring(held["xl/styles.xml"])
    for root, order in ((sheet, ORDER), (book, BOOK_ORDER)):
        places = [order.split().index(bare(each)) for each in root]
        assert places == sorted(places)
    formats = next(each for each in styles if bare(each) == "cellXfs")
    fonts = next(each for each in styles if bare(each) == "fonts")
    assert int(formats.get("count")) == len(formats)
    assert int(fonts.get("count", len(fonts))) == len(fonts)
    assert all(int(each.get("fontId")) < len(fonts) for each in formats)
    rows = [row for row in sheet.iter() if bare(row) == "row"]
    numbers = [int(row.get("r")) for row in rows]
    assert numbers == sorted(set(numbers))
    for row in rows:
        cells = [cell for cell in row if bare(cell) == "c"]
        columns = [coordinate_to_tuple(cell.get("r")) for cell in cells]
        assert columns == sorted(set(columns))
        assert {place[0] for place in columns} <= {int(row.get("r"))}
        assert all(int(cell.get("s", "0")) < len(formats) for cell in cells)
    for each in sheet.iter():
        if bare(each) in ("mergeCells", "dataValidations"):
            assert int(each.get("count")) == len(each)
    areas = [each.get("ref") for each in sheet.iter() if bare(each) == "mergeCell"]
    covered = [cell for area in areas for row in rows_from_range(area) for cell in row]
    assert len(covered) == len(set(covered))


def bare(element) -> str:
    return element.tag.rpartition("}")[2]
