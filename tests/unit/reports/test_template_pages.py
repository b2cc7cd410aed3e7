"""Filled templates on paper, as LibreOffice prints them."""

from __future__ import annotations

import io
import random
import re
import subprocess
from collections import Counter
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.helpers import templates as made
from tests.helpers.pages import digit_pixels, need_office, read_pages, to_pdf
from tests.helpers.random_contents import UNDRAWN, random_content
from tests.helpers.templates import WORDS, content
from tracker.reports.template_fill import filled
from tracker.reports.template_read import template_of
from tracker.reports.template_styles import digit_pixels as excel_digit

pytestmark = pytest.mark.office
CASES = (
    made.two_row_header, made.no_rows, made.wide_a3, made.thirty_rows, made.not_wrapping,
    made.section_lines, made.hidden_column, made.list_object, made.filter_and_panes, made.pictures,
)  # fmt: skip
NORMALS = (("宋体", 11), ("Calibri", 11), ("等线", 11))
RESAVED = (made.plain, made.two_row_header, made.empty_rows, made.section_lines, made.list_object)


def squeezed(text: str) -> str:
    return "".join(each for each in text if not each.isspace() and each not in UNDRAWN)


def assert_printed(pdf, table, heading="重点任务"):
    """Every text stands whole in a cell, over no border; the heading is on every page."""
    pages = read_pages(pdf)
    for page in pages:
        drawn = page.above + "".join(cell.text for row in page.rows for cell in row.cells)
        assert heading in drawn
        assert "".join(row.over for row in page.rows) == ""
    whole = squeezed("".join(c.text for page in pages for row in page.rows for c in row.cells))
    for row in table.rows:
        assert squeezed(row.task) in whole
        assert squeezed(row.progress) in whole


def resaved(files, folder):
    """Let LibreOffice open the workbooks, reckon them and save them again."""
    target = folder / "resaved"
    command = [need_office(), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", "xlsx", "--outdir", str(target), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [target / file.name for file in files]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Templates as openpyxl and as LibreOffice saved them, filled and printed."""
    folder = tmp_path_factory.mktemp("templates")
    sources = [folder / f"{case.__name__}.xlsx" for case in RESAVED]
    for case, path in zip(RESAVED, sources, strict=True):
        path.write_bytes(case().data)
    files = {path.stem + "-again": path for path in resaved(sources, folder)}
    datas = {name: path.read_bytes() for name, path in files.items()}
    datas |= {case.__name__: case().data for case in CASES}
    results = []
    for name, data in datas.items():
        result = folder / f"filled-{name}.xlsx"
        result.write_bytes(filled(template_of(data, "表.xlsx"), content(14), WORDS)[0])
        results.append(result)
    return dict(zip(datas, to_pdf(results, folder / "pdf"), strict=True))


@pytest.mark.parametrize(
    "name", [*(f"{case.__name__}-again" for case in RESAVED), *(case.__name__ for case in CASES)]
)
def test_every_row_is_printed_whole_below_the_heading(printed, name):
    assert_printed(printed[name], content(14))


def drawn_at_random(seed: int) -> made.Builder:
    """Return a template of its own for each seed: fonts, widths, paper, scale, kind of rows."""
    rng = random.Random(seed)
    font = rng.choice(("仿宋_GB2312", "宋体", "等线", "楷体_GB2312", "Times New Roman", "微软雅黑"))
    size = rng.choice((9, 10.5, 12, 14, 16))
    least = max(8, round(size * 0.7))
    widths = (least, *(rng.randint(least + 4, 50) for _ in range(2)), rng.randint(30, 70))
    heads = ("序号", "重点任务", "责任单位", "落实情况")
    case = made.Builder(heads, widths, (font, size))
    name, points = NORMALS[seed % len(NORMALS)]
    case.book._named_styles["Normal"].font = Font(name=name, size=points)
    case.title().header(fill=rng.random() < 0.5)
    if rng.random() < 0.8:
        case.body(rng.randint(1, 12), filled=rng.random() < 0.7, wraps=rng.random() < 0.8)
    if rng.random() < 0.7:
        case.below()
    return case.landscape(rng.choice((8, 9)))


@pytest.fixture(scope="module")
def shares(tmp_path_factory):
    """How much wider than Excel's the columns of each normal font are drawn here."""
    return [
        digit_pixels(name, size, tmp_path_factory.mktemp("digits")) / excel_digit(name, size)
        for name, size in NORMALS
    ]


def as_narrow_as_in_excel(data: bytes, share: float) -> bytes:
    """Return a filled workbook whose columns are drawn here as narrow as Excel draws them."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(
                    rb'(<col [^>]*width=")([\d.]+)',
                    lambda found: found[1] + str(float(found[2]) / share).encode(),
                    part,
                )
            new.writestr(name, part)
    return out.getvalue()


def print_random(seeds, folder, shares):
    """Fill and print one random template for each seed; check them all."""
    files, tables = [], []
    for seed in seeds:
        table = random_content(seed)
        table = replace(table, rows=tuple(r for r in table.rows if len(r.progress) < 2000))
        data, _ = filled(template_of(drawn_at_random(seed).data, "表.xlsx"), table, WORDS)
        files.append(folder / f"{seed}.xlsx")
        files[-1].write_bytes(as_narrow_as_in_excel(data, shares[seed % len(NORMALS)]))
        tables.append(table)
    for pdf, table in zip(to_pdf(files, folder / "pdf"), tables, strict=True):
        pages = read_pages(pdf)
        assert not [row.over for page in pages for row in page.rows if row.over], pdf
        whole = "".join(c.text for page in pages for row in page.rows for c in row.cells)
        for row in table.rows:
            for text in (row.task, row.progress):
                assert not Counter(squeezed(text)) - Counter(whole), pdf


def test_random_templates_cut_no_character(tmp_path, shares):
    print_random(range(9), tmp_path, shares)


@pytest.mark.long
def test_many_random_templates_cut_no_character(tmp_path, shares):
    print_random(range(100, 220), tmp_path, shares)


def test_formulas_below_and_on_other_sheets_are_reckoned_anew(tmp_path):
    sources = [tmp_path / "合计.xlsx", tmp_path / "两张.xlsx"]
    for case, path in zip((made.formulas_below, made.several_sheets), sources, strict=True):
        path.write_bytes(filled(template_of(case().data, "表.xlsx"), content(14), WORDS)[0])
    opened = resaved(sources, tmp_path)
    below = openpyxl.load_workbook(opened[0], data_only=True)["落实情况"]
    assert (below["B19"].value, below["C19"].value) == (14, sum(range(15)) + 14)
    assert openpyxl.load_workbook(opened[1], data_only=True)["说明"]["A2"].value == 14
