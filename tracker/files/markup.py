"""Texts that are marked up: web pages, web archives and XML, whatever their files are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.files.flow import Flow
from tracker.files.html import is_html, read_archive, read_html
from tracker.files.limits import MAX_CHARACTERS
from tracker.files.package import too_much
from tracker.files.reading import Reading
from tracker.files.sniff import refusal
from tracker.files.spreadsheet_xml import is_spreadsheet_xml, read_spreadsheet_xml

if TYPE_CHECKING:
    from tracker.files.reading import Request

_ARCHIVE = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,10}MIME-Version:", re.IGNORECASE)
_MARKUP = (
    (
        r"<\?xml[\s\S]{0,2000}Word\.Document",
        "XML 格式的 Word 文档",
        "请在 Word 或 WPS 里另存为 .docx",
    ),
    (r"<\?xml", "XML 文件", "请换成 .xlsx、.docx、.csv 或 .txt 文件"),
)


def read_markup(text: str, data: bytes, request: Request) -> Reading | None:
    """Read a marked-up text; None where it is a plain one.

    Args:
        text: the decoded file.
        data: its bytes.

    Raises:
        FileProblem: it is of a kind that is not read, damaged or too large.
    """
    if len(text) > MAX_CHARACTERS:
        raise too_much(f"最多读 {MAX_CHARACTERS} 个字")
    if is_spreadsheet_xml(text):
        grids = read_spreadsheet_xml(text, request)
        lines = ("\t".join(cell.text for cell in row) for grid in grids for row in grid.rows if row)
        return Reading(Flow.of("\n".join(lines)), grids, kind="xml")
    if is_html(text):
        return _as_html(read_html(text, request))
    head = text[:4000].lstrip()
    if _ARCHIVE.match(head):
        return _as_html(read_archive(data, request))
    for pattern, kind, do in _MARKUP:
        if re.match(pattern, head, re.IGNORECASE):
            raise refusal(request.name, kind, do)
    return None


def _as_html(page: Reading) -> Reading:
    return Reading(page.flow, page.grids, page.warnings, kind="html")
