"""Old workbooks are read as their reader sees them, like new ones."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import time
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.helpers.ole_files import old_workbook, record
from tests.helpers.pages import need_office
from tracker.base.errors import Cancelled, FileProblem
from tracker.base.progress import Progress
from tracker.files import xls_sheet
from tracker.files.grid import Merge
from tracker.files.reader import read_bytes, read_file
from tracker.files.reading import Request
from tracker.files.xls_records import Strings
from tracker.tables.pipeline import read_table

OLD = Path(__file__).parents[2] / "old_files"


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(data, name="表.xls", **request):
    return read_bytes(data, Request(name, ".xls", **request))


def filled(fill):
    """Return what is read from a workbook of one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    fill(book.add_sheet("表"))
    return read(saved(book))


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def test_what_another_program_saved_is_read_like_the_new_format():
    old, new = (read_file(OLD / name) for name in ("table.xls", "table.xlsx"))
    assert old.kind == "xls"
    assert old.grids == new.grids
    assert old.warnings == new.warnings
    assert old.properties["轮次"] == "第3期"
    assert old.flow.text == new.flow.text
    words = texts(old.grids[0])
    assert words[3][1] == "改造管网\n5.5公里𠮷"
    assert words[4][6] == "进" * 9000 + "展"
    assert words[5][4:] == ["2026/6/1", "#DIV/0!", "甲乙"]
    assert words[6][2:] == ["FALSE", "1,234,567.89", "-0.5", "#N/A", " 首尾空格 "]


def test_a_hidden_sheet_is_read_when_it_is_named():
    assert texts(read_file(OLD / "table.xls", sheet="底稿").grids[0]) == [["隐藏表里的话"]]
    with pytest.raises(FileProblem, match=r"没有名为“总表”的工作表.*“落实情况”、“底稿”"):
        read_file(OLD / "table.xls", sheet="总表")


def test_numbers_dates_and_signs_look_as_on_the_sheet():
    def fill(sheet):
        formats = [
            (0.898, "0.0%", "89.8%"),
            (1234.5, "#,##0.00", "1,234.50"),
            (12, "General", "12"),
            (-7.25, "General", "-7.25"),
            (0.1, "General", "0.1"),
            (10**9 + 1, "0", "1000000001"),
            (datetime(2026, 9, 30), 'yyyy"年"m"月"d"日"', "2026年9月30日"),
            (datetime(2026, 9, 30), "M/D/YY", "2026/9/30"),
            (True, "General", "TRUE"),
        ]
        for row, (value, code, _) in enumerate(formats):
            sheet.write(row, 0, value, xlwt.easyxf(num_format_str=code))
        sheet.write(len(formats), 1, "末")
        expected.extend(shown for *_, shown in formats)

    expected: list[str] = []
    grid = filled(fill).grids[0]
    assert [row[0].text for row in grid.rows[:-1]] == expected
    assert grid.rows[6][0].value == date(2026, 9, 30)
    assert texts(grid)[-1] == ["", "末"]


def test_merged_hidden_and_rich_cells():
    def fill(sheet):
        sheet.write_merge(0, 0, 0, 2, "某县任务表")
        sheet.write_merge(1, 3, 1, 1, "合并三行")
        sheet.write_rich_text(1, 0, ["甲", ("乙", xlwt.easyfont("bold true")), "丙"])
        sheet.write(2, 0, "隐藏的行")
        sheet.row(2).hidden = True
        sheet.col(0).hidden = True
        sheet.write(9, 2, "末")

    source = filled(fill)
    (grid,) = source.grids
    assert grid.merges == (Merge(0, 0, 0, 2), Merge(1, 1, 3, 1))
    assert grid.rows[1][0].text == "甲乙丙"
    assert (grid.hidden, grid.numbers) == (frozenset({2}), tuple(range(1, 11)))
    assert source.warnings == ("工作表“表”有隐藏的列（A），已一并读取",)


def test_long_texts_that_run_over_many_records_come_whole():
    words = [f"第{n}项" + "长短不一的话"[: n % 6] * (n % 400) + "x" * (n % 7) for n in range(3000)]

    def fill(sheet):
        for row, text in enumerate(words):
            sheet.write(row, 0, text)

    assert [row[0].text for row in filled(fill).grids[0].rows] == words


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=8),
    st.data(),
)
def test_strings_may_be_cut_anywhere_between_records(strings, data):
    pieces, now = [], bytearray()
    for text in strings:
        wide = data.draw(st.booleans()) or any(ord(sign) > 255 for sign in text)
        units = text.encode("utf-16-le") if wide else text.encode("latin1")
        size = 2 if wide else 1
        now += struct.pack("<HB", len(units) // size, wide)
        for at in range(0, len(units), size):
            if data.draw(st.integers(0, 9)) == 0 and now:
                pieces.append(bytes(now))
                now = bytearray([wide])
            now += units[at : at + size]
    pieces.append(bytes(now))
    reader = Strings(pieces, 0)
    assert [reader.next() for _ in strings] == strings
    assert reader.is_over()


def number(row, column, value):
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def label(row, column, raw):
    return record(0x0204, struct.pack("<HHHH", row, column, 0, len(raw)) + raw)


@pytest.mark.parametrize("page", [936, None])
def test_a_workbook_of_excel_95_speaks_its_code_page(page):
    cells = label(0, 0, "修路架桥".encode("gbk")) + number(0, 1, 2.5)
    (grid,) = read(old_workbook(cells, page=page)).grids
    assert (grid.sheet, texts(grid)) == ("表", [["修路架桥", "2.5"]])


def formula(row, column, value):
    return record(0x0006, struct.pack("<HHH", row, column, 0) + value + bytes(8))


def string(text):
    return record(0x0207, struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def test_formulas_give_the_results_the_file_holds():
    special = "<BBBBBBH"
    cells = b"".join(
        [
            formula(0, 0, struct.pack("<d", 7)),
            formula(0, 1, struct.pack(special, 0, 0, 0, 0, 0, 0, 0xFFFF)) + string("甲乙"),
            formula(0, 2, struct.pack(special, 1, 0, 1, 0, 0, 0, 0xFFFF)),
            formula(0, 3, struct.pack(special, 2, 0, 7, 0, 0, 0, 0xFFFF)),
            formula(0, 4, struct.pack(special, 3, 0, 0, 0, 0, 0, 0xFFFF)),
            record(0x0205, struct.pack("<HHHBB", 0, 5, 0, 0x17, 1)),
        ]
    )
    (grid,) = read(old_workbook(cells, version=0x0600, name=b"\0S", stream="Workbook")).grids
    assert texts(grid) == [["7", "甲乙", "TRUE", "#DIV/0!", "", "#REF!"]]


def test_packed_numbers_are_unpacked_as_excel_does():
    packed = [(1 << 2 | 2, "1"), ((-5 & 0x3FFFFFFF) << 2 | 2, "-5"), (12345 << 2 | 3, "123.45")]
    packed += [(struct.unpack("<II", struct.pack("<d", 0.5))[1], "0.5")]
    row = struct.pack("<HH", 0, 0) + b"".join(struct.pack("<HI", 0, rk) for rk, _ in packed)
    cells = record(0x00BD, row + struct.pack("<H", 3)) + record(
        0x027E, struct.pack("<HHHI", 1, 0, 0, packed[2][0])
    )
    assert texts(read(old_workbook(cells)).grids[0]) == [[t for _, t in packed], ["123.45"]]


def test_comments_and_text_boxes_are_told():
    text = record(0x01B6, struct.pack("<10xH6x", 2)) + record(
        0x003C, b"\1" + "框字".encode("utf-16-le")
    )
    note = record(0x005D, struct.pack("<HHH", 0x15, 18, 0x19) + bytes(16))
    box = record(0x005D, struct.pack("<HHH", 0x15, 18, 0x06) + bytes(16))
    head = number(0, 0, 1)
    build = {"version": 0x0600, "name": b"\0S", "stream": "Workbook"}
    only_note = read(old_workbook(head + note + text + record(0x001C, bytes(8)), **build))
    assert only_note.warnings == ("工作表“S”有批注，批注的文字没有读取",)
    boxed = read(old_workbook(head + box + text, **build))
    assert boxed.warnings == ("工作表“S”有文本框，其中的文字没有读取",)


def test_the_content_decides_whatever_the_file_is_called(tmp_path):
    for name in ("表.et", "表.xlsx", "表.doc", "表.txt", "表"):
        path = tmp_path / name
        path.write_bytes((OLD / "table.xls").read_bytes())
        assert read_file(path).kind == "xls"


def test_records_without_a_container_are_a_workbook_too():
    whole = old_workbook(label(0, 0, "修路".encode("gbk")))
    assert texts(read(whole[512:4608]).grids[0]) == [["修路"]]
    with pytest.raises(FileProblem, match=r"Excel 4\.0 以前的表格"):
        read(bytes.fromhex("0900040002001000") + bytes(40))


def test_a_sheet_without_an_end_is_damaged_and_too_many_cells_are_refused(monkeypatch):
    whole = old_workbook(number(0, 0, 1) + number(1, 0, 2))
    with monkeypatch.context() as patch:
        patch.setattr(xls_sheet, "MAX_CELLS", 1)
        with pytest.raises(FileProblem, match="表格太大"):
            read(whole)
    cut = whole.replace(record(0x000A) + bytes(64), bytes(4) + bytes(64))
    assert cut != whole
    with pytest.raises(FileProblem, match=r"“表\.xls”已损坏"):
        read(cut)


def test_reading_tells_how_far_it_is_and_can_be_cancelled():
    def fill(sheet):
        for row in range(1200):
            sheet.write(row, 0, row)

    book = xlwt.Workbook()
    fill(book.add_sheet("总表"))
    data = saved(book)
    progress = Progress()
    read(data, progress=progress)
    assert progress.text == "正在读取“总表”"
    with pytest.raises(Cancelled):
        read(data, progress=Progress(cancel_wanted=True))


def test_damaged_bytes_are_refused_or_read_but_never_crash():
    dice = random.Random(20261122)
    whole = (OLD / "table.xls").read_bytes()
    begun = time.perf_counter()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 30))):
            place = dice.randrange(len(data))
            if dice.random() < 0.8:
                data[place] = dice.choice((0, 1, 255, dice.randrange(256)))
            else:
                del data[place : place + dice.randrange(1, 600)]
        with contextlib.suppress(FileProblem):
            read(bytes(data))
    assert time.perf_counter() - begun < 60


LAYOUTS = {
    "两行表头": (
        [
            ["青泉县任务落实情况表"],
            ["序号", "工作任务", "责任单位", "", "完成时限", "落实情况"],
            ["", "", "牵头单位", "配合单位", "", ""],
            ["1", "改造管网5.5公里", "县水利局", "县财政局、南庄镇", "2026年9月底前", "已动工。"],
            ["2", "①修路三公里；②架桥一座。", "县交通局", "", "年底前", "①在建；②在建。"],
        ],
        [(0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4), (1, 5, 2, 5)],
    ),
    "分节": (
        [
            ["序号", "任务", "责任单位", "进展"],
            ["一、基础设施", "", "", ""],
            ["1", "新建泵站两座", "县水利局", "选址。\n第二行说明。"],
            ["二、民生保障", "", "", ""],
            ["2", "培训教师", "县教育局", "好" * 3000],
        ],
        [(1, 0, 1, 3), (3, 0, 3, 3)],
    ),
    "任务跨行": (
        [
            ["序号", "任务", "责任单位", "进展"],
            ["1", "整治河道", "县水利局", "东段完成。"],
            ["", "", "北河镇", "西段开工。"],
            ["2", "更换路灯", "县城管局", ""],
        ],
        [(1, 0, 2, 0), (1, 1, 2, 1)],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_table_gives_the_same_rows_as_in_the_new_format(layout, tmp_path):
    rows, merges = LAYOUTS[layout]
    new, old = Workbook(), xlwt.Workbook(encoding="utf-8")
    sheet = old.add_sheet("Sheet")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                new.active.cell(r + 1, c + 1, text)
                sheet.write(r, c, text)
    for top, left, bottom, right in merges:
        new.active.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        sheet.merge(top, bottom, left, right)
    tables = []
    for name, data in (("表.xlsx", saved(new)), ("表.xls", saved(old))):
        (tmp_path / name).write_bytes(data)
        tables.append(read_table(read_file(tmp_path / name)))
    assert tables[0].rows
    assert tables[0] == tables[1]


@pytest.mark.office
def test_a_workbook_saved_anew_by_another_program_is_the_same(tmp_path):
    import subprocess

    from tests.helpers.old_documents import rich_workbook

    program = need_office()
    (tmp_path / "新.xlsx").write_bytes(rich_workbook())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind, folder in (("xls:MS Excel 97", "旧"), ("xlsx", "新")):
        subprocess.run(
            [program, profile, "--headless", "--convert-to", kind, "--outdir", tmp_path / folder,
             tmp_path / "新.xlsx"],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    old, new = read_file(tmp_path / "旧" / "新.xls"), read_file(tmp_path / "新" / "新.xlsx")
    assert (old.grids, old.warnings) == (new.grids, new.warnings)
