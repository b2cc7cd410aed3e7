"""Paragraphs and tables of a document, whatever its format → running text, grids, warnings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.files.docx_blocks import RawTable, Seen
from tracker.files.docx_table import grid_of_table, is_frame, table_text
from tracker.files.flow import Flow, TablePlace
from tracker.files.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.files.grid import Grid

_PAGE_WORDS = re.compile(r"第?\s*\d*\s*页\s*[,，/／]?\s*(?:共\s*\d*\s*页)?|[\s\d\-—－–·.]+")
_MOST_SHOWN = 60


def reading_of(
    name: str,
    blocks: Iterable[str | RawTable],
    notes: Iterable[str],
    seen: Seen,
    around: Mapping[str, Iterable[str]],
    properties: Mapping[str, str],
) -> Reading:
    """Return what a document gives.

    Args:
        name: the file's name, for messages.
        blocks: its paragraphs and tables.
        notes: its footnotes and endnotes, which stand behind its text.
        seen: what was left out or changed.
        around: the words of its headers and footers by what they are called.
        properties: its custom properties.

    Raises:
        FileProblem: there is no text in it.
    """
    lines = _Lines()
    blocks = list(_unframed(blocks))
    count = sum(isinstance(block, RawTable) for block in blocks)
    for block in blocks:
        if isinstance(block, str):
            lines.add(block)
        else:
            sheet = f"表{len(lines.grids) + 1}" if count > 1 else ""
            lines.add_table(grid_of_table(block, sheet, seen))
    for line in notes:
        lines.add(line)
    flow = Flow.of("\n".join(lines.texts), tuple(lines.places))
    if not flow.paragraphs:
        raise _without_text(name, seen)
    warnings = (*_warnings(seen), *_around(around))
    return Reading(flow, tuple(lines.grids), warnings, properties)


def words_around(blocks: Iterable[str | RawTable]) -> str:
    """Return the words of a header or footer in a line; nothing where they only count pages."""
    held = (block if isinstance(block, str) else table_text(block) for block in blocks)
    text = " ".join("\n".join(held).split())
    return text if _PAGE_WORDS.sub("", text) else ""


def _without_text(name: str, seen: Seen) -> FileProblem:
    if seen.pictures:
        why = "文档里只有图片，可能是扫描件"
        return FileProblem(f"“{name}”里没有文字", why, "请先用识别软件转成文字，再粘贴进来")
    return FileProblem(f"“{name}”是空的", "文档里没有文字", "请核对是否选对了文件")


def _warnings(seen: Seen) -> Iterator[str]:
    if seen.changes:
        yield "文档带有修订，已按接受全部修订后的内容读取（插入的已读，删除的未读），请核对"
    if seen.hidden:
        yield "文档里有隐藏的文字，没有读取"
    if seen.notes:
        count = len(dict.fromkeys(seen.notes))
        yield f"文档有 {count} 条脚注或尾注，放在全文之后，正文中不留注码"
    if seen.comments:
        yield f"文档有 {seen.comments} 处批注，批注的文字没有读取"
    if seen.pictures:
        yield f"文档有 {seen.pictures} 张图片，图片里的文字没有读取"
    if seen.charts:
        yield f"文档有 {seen.charts} 个图表或图示，其中的文字没有读取"
    if seen.embedded:
        yield f"文档里嵌有 {seen.embedded} 个别的文件或对象，没有读取"
    if seen.prompts:
        yield f"文档有 {seen.prompts} 处没有填写的填空，提示文字没有读取"
    if seen.unseen:
        words = "；".join(_shortened(text) for text in seen.unseen[:5])
        yield f"合并的单元格里有 Word 不显示的文字，没有读取：{words}"


def _around(around: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Say what headers and footers hold beside page numbers."""
    for kind, held in around.items():
        texts = dict.fromkeys(filter(None, held))
        if texts:
            yield f"{kind}的文字没有读取：{'；'.join(_shortened(text) for text in texts)}"


class _Lines:
    """The running text as it grows, with its tables."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.places: list[TablePlace] = []
        self.grids: list[Grid] = []
        self._length = 0

    def add(self, text: str) -> None:
        """Add a paragraph, or a table's lines."""
        self.texts.append(text)
        self._length += len(text) + 1

    def add_table(self, grid: Grid) -> None:
        """Add a table; its rows are lines, cells joined by tabs."""
        rows = ("\t".join(cell.text for cell in row) for row in grid.rows)
        text = "\n".join(row.rstrip("\t") for row in rows)
        self.places.append(TablePlace(len(self.grids), self._length, self._length + len(text)))
        self.grids.append(grid)
        self.add(text)


def _unframed(blocks: Iterable[str | RawTable]) -> Iterator[str | RawTable]:
    """Yield the blocks; in place of a table that only frames another, what it holds."""
    waiting = [iter(blocks)]
    while waiting:
        block = next(waiting[-1], None)
        if block is None:
            waiting.pop()
        elif isinstance(block, RawTable) and is_frame(block):
            waiting.append(
                iter([b for row in block.rows for cell in row.cells for b in cell.blocks])
            )
        else:
            yield block


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:_MOST_SHOWN]}…”" if len(words) > _MOST_SHOWN else f"“{words}”"
