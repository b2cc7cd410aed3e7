"""Grouped and signed tables as LibreOffice prints them: on each page the words we reckon."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.helpers.command import command
from tests.helpers.grouped_tables import (
    LEGEND,
    LINES,
    MERGED,
    SIGNATURE,
    grouped_content,
    layout_of,
    random_layout,
    rows,
)
from tests.helpers.pages import need_office, to_pdf
from tests.helpers.random_contents import UNDRAWN
from tracker.domain.content import Content
from tracker.reports.situation_xlsx import write_situation_xlsx
from tracker.reports.table_docx import write_table_docx
from tracker.reports.table_pages import table_pages

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.reports.looks import Layout

pytestmark = pytest.mark.office

_WRITERS = {"xlsx": write_situation_xlsx, "docx": write_table_docx}
_HAN = re.compile("[\u4e00-\u9fff]")


def characters(text: str) -> Counter[str]:
    return Counter(c for c in _HAN.findall(text) if c not in UNDRAWN)


def reckoned(content: Content, layout: Layout) -> list[Counter[str]]:
    """Return the Chinese characters of each page as we print it."""
    pages = table_pages(content, layout)
    return [characters("".join("".join(box.lines) for box in page.boxes)) for page in pages]


def drawn(pdf: Path) -> list[Counter[str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [characters(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def differing(tables: dict[str, tuple[Content, Layout]], folder: Path) -> list[str]:
    """Say which page of which file holds other characters than ours."""
    need_office()
    files = [folder / f"{name}-{kind}.{kind}" for name in tables for kind in _WRITERS]
    for file in files:
        name, kind = file.stem.split("-")
        _WRITERS[kind](*tables[name], file)
    wanted = {name: reckoned(*table) for name, table in tables.items()}
    found = []
    for file, pdf in zip(files, to_pdf(files, folder / "pdf"), strict=True):
        ours, theirs = wanted[file.stem.split("-")[0]], drawn(pdf)
        if len(ours) != len(theirs):
            found.append(f"{file.name}: {len(theirs)} pages for {len(ours)}")
        found += [
            f"{file.name} page {number}: {dict(a - b)} missing, {dict(b - a)} too many"
            for number, (a, b) in enumerate(zip(ours, theirs, strict=False), 1)
            if a != b
        ]
    return found


def of_many_kinds() -> dict[str, tuple[Content, Layout]]:
    """Return tables of every paper and direction, with lines of groups and with merged cells."""
    groups = [
        *["一、城市建设"] * 9,
        *["二、关于优化营商环境的若干重点改革任务"] * 1,
        *["三、乡村"] * 14,
    ]
    content = Content(
        "重点工作落实情况表",
        "附件1",
        ("填报单位：督查室", "截止日期：2026年9月30日"),
        rows=rows(*groups),
        signature=SIGNATURE,
        legend=LEGEND,
    )
    tables = {}
    for paper in (8, 9):
        for lying in (False, True):
            for merged, columns in ((False, LINES), (True, MERGED)):
                layout = layout_of(
                    *columns, paper=paper, landscape=lying, group="section", merged=merged
                )
                name = f"{paper}{int(lying)}{int(merged)}"
                tables[name] = (replace(content, headings=layout.headings), layout)
    tall = rows("", "", sentences=18)
    upright = layout_of(*LINES, landscape=False)
    tables["tall"] = (replace(content, rows=(*tall, *rows("")), headings=upright.headings), upright)
    return tables


def test_every_page_holds_the_words_we_reckon(tmp_path: Path) -> None:
    assert differing(of_many_kinds(), tmp_path) == []


@pytest.mark.long
def test_every_page_of_sixty_random_tables_holds_the_words_we_reckon(tmp_path: Path) -> None:
    layouts = {f"t{seed}": random_layout(seed) for seed in range(60)}
    tables = {
        name: (grouped_content(seed, layout), layout)
        for seed, (name, layout) in enumerate(layouts.items())
    }
    assert differing(tables, tmp_path) == []


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("merged", [False, True], ids=["lines", "cells"])
def test_a_grouped_table_is_read_again_with_its_sections(tmp_path, kind, merged) -> None:
    columns = MERGED if merged else LINES
    words = {"number": "序号", "group": "类别", "task": "具体目标任务", "progress": "落实情况"}
    layout = layout_of(*columns, group="section", merged=merged)
    headings = tuple(words.get(field, "任务编号") for field, _ in columns)
    printed = rows(*["一、城市建设"] * 9, *["二、乡村振兴"] * 12)
    content = Content("落实情况表", rows=printed, headings=headings)
    file = tmp_path / f"表.{kind}"
    _WRITERS[kind](replace(content, signature=SIGNATURE, legend=LEGEND), layout, file)
    read = command("table", file, "--json").json
    assert [(row["number"], row["section"], row["progress"]) for row in read["rows"]] == [
        (row.number, row.group, row.progress) for row in printed
    ]
    assert read["warnings"] == []
