"""Fills a template and reads the result as another program does."""

from __future__ import annotations

import io
from zipfile import ZipFile

import openpyxl

from tests.helpers.templates import WORDS, content
from tracker.reports.template_fill import filled
from tracker.reports.template_read import template_of


def fill(builder, rows=12, **options):
    """Return the template, the filled workbook as openpyxl reads it, its bytes, the warnings."""
    template = template_of(builder.data, "上期表.xlsx", **options)
    data, warnings = filled(template, content(rows), WORDS)
    return template, openpyxl.load_workbook(io.BytesIO(data)), data, warnings


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def look(cell) -> list[str]:
    return [repr(each) for each in (cell.font, cell.border, cell.fill, cell.alignment)]


def column(sheet, index, first, last):
    return [sheet.cell(row, index).value for row in range(first, last + 1)]
