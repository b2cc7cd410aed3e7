"""The workbook as an independent program prints it: nothing cut, header on every page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.helpers.pages import need_office, read_pages, to_pdf
from tests.helpers.printed_tables import Printed, as_narrow_as_in_excel, faults, sheet_rows
from tracker.domain.content import Content, ContentRow
from tracker.reports.looks import load_layout
from tracker.reports.situation_xlsx import write_situation_xlsx

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.office

LAYOUT = load_layout()
A_SENTENCE = "完成北环路“白改黑”工程量的62.5%，新铺管线3.8公里（含支线），其余路段按计划推进。"


def print_all(contents: dict[str, Content], folder: Path, narrow: bool) -> list[Printed]:
    """Write, convert in one go and read again."""
    need_office()
    layout = as_narrow_as_in_excel(LAYOUT, folder) if narrow else LAYOUT
    files = [folder / f"{name}.xlsx" for name in contents]
    for file, content in zip(files, contents.values(), strict=True):
        assert write_situation_xlsx(content, layout, file) == ()
    pdfs = to_pdf(files, folder / "pdf")
    return [
        Printed(file.stem, sheet_rows(file), read_pages(pdf), LAYOUT.headings)
        for file, pdf in zip(files, pdfs, strict=True)
    ]


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


def test_a_row_that_is_too_low_is_found_out(tmp_path: Path) -> None:
    file = tmp_path / "low.xlsx"
    write_situation_xlsx(sample(), LAYOUT, file)
    sheet = sheet_rows(file)
    book = openpyxl.load_workbook(file)
    low = next(row for row in range(5, 12) if book.active.row_dimensions[row].height > 100)
    book.active.row_dimensions[low].height = 60
    book.save(file)
    (pdf,) = to_pdf([file], tmp_path / "pdf")
    told = faults(Printed("low", sheet, read_pages(pdf), LAYOUT.headings))
    assert any("over the border" in each or "is drawn as" in each for each in told)
