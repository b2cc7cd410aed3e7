"""The workbook as an independent program prints it: nothing cut, header on every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from tests.helpers.pages import digit_pixels, need_office, read_pages, to_pdf
from tests.helpers.random_contents import UNDRAWN, random_content
from tracker.domain.content import Content, ContentRow
from tracker.reports.looks import load_layout
from tracker.reports.situation_xlsx import write_situation_xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.pages import DrawnPage, DrawnRow
    from tracker.reports.looks import Layout

pytestmark = pytest.mark.office

LAYOUT = load_layout()
A_SENTENCE = "完成北环路“白改黑”工程量的62.5%，新铺管线3.8公里（含支线），其余路段按计划推进。"


@dataclass(frozen=True, slots=True)
class Printed:
    """One table: what was asked for, what the sheet holds, what is drawn."""

    name: str
    sheet: list[tuple[tuple[str, ...], float]]
    pages: list[DrawnPage]

    @property
    def rows(self) -> list[DrawnRow]:
        """Return the drawn rows of all pages, headings left out."""
        return [row for page in self.pages for row in page.rows[1:]]


def print_all(contents: dict[str, Content], folder: Path, narrow: bool) -> list[Printed]:
    """Write, convert in one go and read again."""
    need_office()
    layout = as_narrow_as_in_excel(folder) if narrow else LAYOUT
    files = [folder / f"{name}.xlsx" for name in contents]
    for file, content in zip(files, contents.values(), strict=True):
        assert write_situation_xlsx(content, layout, file) == ()
    pdfs = to_pdf(files, folder / "pdf")
    return [
        Printed(file.stem, sheet_rows(file), read_pages(pdf))
        for file, pdf in zip(files, pdfs, strict=True)
    ]


def as_narrow_as_in_excel(folder: Path) -> Layout:
    """Return the layout by which LibreOffice draws a column here as narrow as Excel does."""
    normal = LAYOUT.normal
    pixels = digit_pixels(normal.font, normal.size, folder)
    return replace(LAYOUT, normal=replace(normal, digit_px=pixels))


def sheet_rows(file: Path) -> list[tuple[tuple[str, ...], float]]:
    """Return texts and height of each row below the heading."""
    import openpyxl

    sheet = openpyxl.load_workbook(file).active
    first = int(sheet.freeze_panes[1:])
    return [
        (
            tuple("" if cell.value is None else str(cell.value) for cell in row),
            sheet.row_dimensions[row[0].row].height,
        )
        for row in sheet.iter_rows(min_row=first)
    ]


def drawable(text: str) -> str:
    """Return `text` without white space and without what no font draws."""
    return "".join(c for c in text if not c.isspace() and c not in UNDRAWN and c != "\ufffd")


def faults(printed: Printed) -> list[str]:
    """Say what differs between the sheet and the pages."""
    found = []
    for number, page in enumerate(printed.pages, 1):
        headings = tuple(cell.text for cell in page.rows[0].cells) if page.rows else ()
        if headings != LAYOUT.headings:
            found.append(f"{printed.name} page {number}: heading {headings}")
        if len(page.rows) < 2 and printed.sheet:
            found.append(f"{printed.name} page {number}: no row")
        if page.below != f"第{number}页共{len(printed.pages)}页":
            found.append(f"{printed.name} page {number}: footer {page.below}")
    if len(printed.rows) != len(printed.sheet):
        found.append(f"{printed.name}: {len(printed.rows)} rows for {len(printed.sheet)}")
        return found
    for index, ((texts, _), row) in enumerate(zip(printed.sheet, printed.rows, strict=True), 1):
        if row.over:
            found.append(f"{printed.name} row {index}: over the border {row.over!r}")
        for text, cell in zip(texts, row.cells, strict=True):
            if drawable(text) != drawable(cell.text):
                found.append(f"{printed.name} row {index}: {text!r} is drawn as {cell.text!r}")
    return found


def sample() -> Content:
    """Return a table of the usual size, with one row that fits no page."""
    rows = [
        ContentRow(
            str(index),
            "①推进城区道路改造。②完善排水设施，年内完成示范段。"[: 10 + 2 * index],
            ("住建局", "自然资源和规划局", "城市管理综合行政执法局")[: 1 + index % 3],
            A_SENTENCE * (index % 8) + "\n②下一步，抓紧扫尾。",
        )
        for index in range(1, 13)
    ]
    rows[4] = replace(rows[4], progress=A_SENTENCE * 40)
    rows[6] = replace(rows[6], number="7.10", progress="=SUM(A1) _x0041_ -3")
    return Content(
        "关于全县第二次调度会议定重点事项落实情况表",
        "附件1",
        ("填报单位：督查室", "截止日期：2024年9月30日"),
        rows=tuple(rows),
    )


@pytest.mark.parametrize("narrow", [False, True], ids=["as-written", "as-narrow-as-in-excel"])
def test_every_character_stands_in_its_cell_on_every_page(tmp_path: Path, narrow: bool) -> None:
    (printed,) = print_all({"sample": sample()}, tmp_path, narrow)
    assert faults(printed) == []
    assert len(printed.pages) > 3
    first = printed.pages[0]
    assert first.above == (
        "附件1关于全县第二次调度会议定重点事项落实情况表填报单位：督查室截止日期：2024年9月30日"
    )
    assert (first.width, first.height) == (pytest.approx(841.9, abs=1), pytest.approx(595.3, abs=1))
    if narrow:
        assert first.right - first.left == pytest.approx(739, abs=25)


@pytest.mark.long
@pytest.mark.parametrize("narrow", [False, True], ids=["as-written", "as-narrow-as-in-excel"])
def test_no_character_is_cut_in_a_hundred_random_tables(tmp_path: Path, narrow: bool) -> None:
    contents = {f"table{seed:03}": random_content(seed) for seed in range(100)}
    printed = print_all(contents, tmp_path, narrow)
    assert [fault for table in printed for fault in faults(table)] == []
