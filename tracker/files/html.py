"""A web page → its running text and tables; OA systems export such pages named .xls or .doc."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem
from tracker.files.decode import decode
from tracker.files.flow import Flow, TablePlace
from tracker.files.html_table import grid_of, is_data_table, tag_of
from tracker.files.html_text import SKIPPED, TextBuilder, is_hidden
from tracker.files.reading import Reading, Request

if TYPE_CHECKING:
    from tracker.files.grid import Grid

_HEAD = re.compile(
    r"\s*(<!--[\s\S]{0,2000}?-->\s*)?(<\?xml[^>]*\?>\s*)?"
    r"<(!doctype\s+html|html|head|body|meta|table|style|div)\b",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
_PICTURE = "img"


def is_html(text: str) -> bool:
    """Tell whether a decoded text is a web page, whatever its file is called."""
    return _HEAD.match(text) is not None


def has_table(markup: str) -> bool:
    """Tell whether there is a table in it."""
    return _TABLE.search(markup) is not None


def read_html(text: str, request: Request) -> Reading:
    """Read a page.

    Raises:
        FileProblem: there is no text in it, or the page only names other files.
    """
    if _FRAMES.search(text):
        raise FileProblem(
            f"“{request.name}”只是网页的外框，内容在旁边的文件夹里",
            "",
            "请在 Excel 或 WPS 里打开它，另存为 .xlsx 再导入",
        )
    return read_pages([text], request)


def read_pages(pages: list[str], request: Request) -> Reading:
    """Read several pages of one file (a workbook saved as a web archive) as one.

    Raises:
        FileProblem: there is no text in them.
    """
    walk = _Walk(request)
    for page in pages:
        walk.page(page)
    if not walk.text.whole().strip():
        raise FileProblem(f"“{request.name}”里没有文字", "", "请核对是否选对了文件")
    names = [""] if len(walk.tables) == 1 else [f"表{n}" for n in range(1, len(walk.tables) + 1)]
    grids = [grid_of(table, name) for table, name in zip(walk.tables, names, strict=True)]
    pictures = [f"网页里有 {walk.pictures} 幅图片，其中的文字没有读取"] if walk.pictures else []
    flow = Flow.of(walk.text.whole(), tuple(walk.places))
    return Reading(flow, tuple(grids) or (_lines(flow),), tuple(pictures))


def read_archive(data: bytes, request: Request) -> Reading:
    """Read a web archive (.mht): the pages in it, one after the other.

    Raises:
        FileProblem: there is no page in it.
    """
    from email import message_from_bytes
    from email.policy import compat32

    pages = []
    for part in message_from_bytes(data, policy=compat32).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            page = decode(content, request.name)
            if not _FRAMES.search(page):
                pages.append(page)
    if not pages:
        raise FileProblem(f"“{request.name}”里没有网页", "", "请在浏览器里打开它，复制后粘贴进来")
    return read_pages(pages, request)


def _lines(flow: Flow) -> Grid:
    from tracker.files.cells import text_grid

    return text_grid(flow.text)


class _Walk:
    """Goes through a page in the order of its text."""

    def __init__(self, request: Request) -> None:
        self.text = TextBuilder()
        self.tables: list[Any] = []  # Any: lxml's elements are untyped
        self.places: list[TablePlace] = []
        self.pictures = 0
        self._request = request

    def page(self, markup: str) -> None:
        from lxml import etree, html

        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
        try:
            root = html.document_fromstring(_XML_DECLARATION.sub("", markup), parser=parser)
        except (etree.ParserError, ValueError):
            return  # nothing but white space, comments or control characters: no text
        self.text.block()
        self._into(root)
        self.text.block()

    def _into(self, element: Any) -> None:
        tag = tag_of(element)
        if tag in SKIPPED or is_hidden(element):
            return
        if tag == "table" and is_data_table(element):
            self._table(element)
            return
        if tag == _PICTURE:
            self.pictures += 1
        self.text.open(tag)
        self.text.add(element.text)
        for child in element:
            self._into(child)
            self.text.add(child.tail)
        self.text.close(tag)

    def _table(self, element: Any) -> None:
        self._request.step(f"正在读取“{self._request.name}”", len(self.tables))
        self.text.block()
        start = self.text.length
        grid = grid_of(element, "")
        lines = ["\t".join(cell.text for cell in row) for row in grid.rows]
        self.text.verbatim("\n".join(line for line in lines if line.strip()))
        self.places.append(TablePlace(len(self.tables), start, self.text.length))
        self.tables.append(element)
        self.text.block()
