"""A sheet of pictures in a written workbook: the rest untouched, a picture on each page."""

from __future__ import annotations

import io
import struct
import zlib
from zipfile import ZipFile

import openpyxl
import pytest

from tests.helpers.pages import need_office, to_pdf
from tracker.domain.content import Content, ContentRow
from tracker.reports.looks import load_layout
from tracker.reports.sheet_pictures import SheetPicture, with_pictures
from tracker.reports.situation_xlsx import write_situation_xlsx


def png(width, height, shade):
    """Return a picture of one grey."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURES = [
    SheetPicture(png(800, 300, 90), "甲图 <与> “乙”", 800, 300),
    SheetPicture(png(200, 900, 150), "乙图", 200, 900),
    SheetPicture(png(50, 40, 200), "丙图", 50, 40),
]


@pytest.fixture
def plain(tmp_path):
    target = tmp_path / "表.xlsx"
    rows = tuple(
        ContentRow(str(n), f"第{n}件事。", ("县水利局",), "正在办。") for n in range(1, 40)
    )
    write_situation_xlsx(Content("落实情况表", rows=rows), load_layout(), target)
    return target.read_bytes()


@pytest.mark.parametrize("count", [1, 3])
def test_the_rest_of_the_workbook_stays_to_the_byte(plain, count):
    whole = with_pictures(plain, "图表", PICTURES[:count])
    changed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    with ZipFile(io.BytesIO(plain)) as before, ZipFile(io.BytesIO(whole)) as after:
        assert after.testzip() is None
        assert len(set(after.namelist())) == len(after.namelist())
        for name in set(before.namelist()) - changed:
            assert after.read(name) == before.read(name)
        media = [n for n in after.namelist() if n.startswith("xl/media/")]
        assert [after.read(n) for n in media] == [p.png for p in PICTURES[:count]]
        times = {info.date_time for info in after.infolist()}
    assert len(times) == 1
    assert with_pictures(plain, "图表", PICTURES[:count]) == whole


def test_another_program_reads_sheet_captions_and_the_first_sheet_as_before(plain):
    book = openpyxl.load_workbook(io.BytesIO(with_pictures(plain, "图表", PICTURES)))
    assert book.sheetnames == ["落实情况表", "图表"]
    assert book.active.title == "落实情况表"
    said = [row[0] for row in book["图表"].iter_rows(values_only=True) if row[0]]
    assert said == [picture.caption for picture in PICTURES]
    assert book["落实情况表"].print_title_rows


def test_no_picture_is_larger_than_a_page_or_out_of_shape():
    for picture in PICTURES:
        width, height = picture.points
        assert width <= 700.001
        assert height <= 470.001
        assert width / height == pytest.approx(picture.width / picture.height)
        assert picture.rows * 15 >= height


@pytest.mark.office
def test_every_picture_is_printed_on_a_page_of_its_own(plain, tmp_path):
    import pypdfium2

    need_office()
    for name, content in (("一", plain), ("二", with_pictures(plain, "图表", PICTURES))):
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    before, after = to_pdf([tmp_path / "一.xlsx", tmp_path / "二.xlsx"], tmp_path)
    table = len(pypdfium2.PdfDocument(before))
    printed = pypdfium2.PdfDocument(after)
    assert len(printed) == table + len(PICTURES)
    for place, picture in enumerate(PICTURES, table):
        drawn = [o for o in printed[place].get_objects() if o.type == 3]
        assert len(drawn) == 1
        left, bottom, right, top = drawn[0].get_bounds()
        width, height = printed[place].get_size()
        assert 0 < left < right < width
        assert 0 < bottom < top < height
        shape = (right - left) / (top - bottom)
        assert shape == pytest.approx(picture.width / picture.height, rel=0.02)


def test_what_is_no_workbook_is_refused():
    kept = io.BytesIO()
    with ZipFile(kept, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            archive.writestr(name, "<x/>")
    with pytest.raises(ValueError, match="in the package"):
        with_pictures(kept.getvalue(), "图表", PICTURES)
