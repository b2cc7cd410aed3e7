"""A Word document (.docx, .docm, also one saved by WPS) → running text, grids, properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.files.docx_blocks import RawTable, Seen
from tracker.files.docx_numbering import Numbering
from tracker.files.docx_story import Story
from tracker.files.docx_styles import Styles
from tracker.files.docx_table import blocks_text, grid_of_table, is_frame, table_text
from tracker.files.flow import Flow, TablePlace
from tracker.files.package import DAMAGE, Damaged, Package, custom_properties, damaged
from tracker.files.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.files.grid import Grid
    from tracker.files.package import Relation
    from tracker.files.reading import Request

_NOTES = {"footnote": ("footnotes", "脚注"), "endnote": ("endnotes", "尾注")}
_PAGE_WORDS = re.compile(r"第?\s*\d*\s*页\s*[,，/／]?\s*(?:共\s*\d*\s*页)?|[\s\d\-—－–·.]+")
_MOST_SHOWN = 60


def read_document(data: bytes, request: Request) -> Reading:
    """Read a document: its text as Word shows it with all tracked changes accepted.

    Raises:
        FileProblem: damaged, locked, too large, or without text.
        Cancelled: the user asked to stop.
    """
    try:
        return _Reader(Package(data, request.name), request).reading()
    except Damaged as error:
        raise damaged(request.name, str(error), "Word") from error
    except DAMAGE as error:
        raise damaged(request.name, program="Word") from error


class _Reader:
    """Reads the parts of one document."""

    def __init__(self, package: Package, request: Request) -> None:
        self._package = package
        self._request = request
        self._seen = Seen()
        self._root = next(
            (link.target for link in package.relations("") if link.type == "officeDocument"),
            "word/document.xml",
        )
        self._links = package.relations(self._root)
        self._styles = Styles.read(package, self._part("styles"))
        self._numbering = Numbering(package, self._part("numbering"), self._styles)

    def reading(self) -> Reading:
        """Return what the document gives."""
        story = self._story(self._root)
        lines = _Lines()
        blocks = list(_unframed(story.blocks))
        count = sum(isinstance(block, RawTable) for block in blocks)
        for block in blocks:
            if isinstance(block, str):
                lines.add(block)
            else:
                sheet = f"表{len(lines.grids) + 1}" if count > 1 else ""
                lines.add_table(grid_of_table(block, sheet, self._seen))
        for line in self._notes():
            lines.add(line)
        flow = Flow.of("\n".join(lines.texts), tuple(lines.places))
        if not flow.paragraphs:
            raise self._without_text()
        properties = custom_properties(self._package)
        return Reading(flow, tuple(lines.grids), tuple(self._warnings()), properties)

    def _part(self, type_: str) -> str:
        return next((link.target for link in self._links if link.type == type_), "")

    def _story(self, part: str) -> Story:
        def step(paragraph: int) -> None:
            self._request.step(f"正在读取“{self._request.name}”", paragraph)

        story = Story(self._styles, self._numbering, self._seen, step)
        story.read(self._package.chunks(part))
        return story

    def _notes(self) -> Iterator[str]:
        """Yield the notes that the text refers to, each with its kind and number."""
        referred = list(dict.fromkeys(self._seen.notes))
        for kind, (type_, words) in _NOTES.items():
            wanted = [note for of, note in referred if of == kind]
            part = self._part(type_)
            if not wanted or not self._package.has(part):
                continue
            held = self._story(part).notes
            found = [blocks_text(held[note]).strip() for note in wanted if note in held]
            yield from (f"［{words}{number}］{text}" for number, text in enumerate(found, 1))

    def _without_text(self) -> FileProblem:
        if self._seen.pictures:
            why = "文档里只有图片，可能是扫描件"
            return FileProblem(
                f"“{self._request.name}”里没有文字", why, "请先用识别软件转成文字，再粘贴进来"
            )
        return FileProblem(
            f"“{self._request.name}”是空的", "文档里没有文字", "请核对是否选对了文件"
        )

    def _warnings(self) -> Iterator[str]:
        seen = self._seen
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
        yield from self._around()

    def _around(self) -> Iterator[str]:
        """Say what headers and footers hold beside page numbers."""
        for type_, words in (("header", "页眉"), ("footer", "页脚")):
            links = (link for link in self._links if link.type == type_)
            texts = dict.fromkeys(filter(None, map(self._words_of, links)))
            if texts:
                shown = "；".join(_shortened(text) for text in texts)
                yield f"{words}的文字没有读取：{shown}"

    def _words_of(self, link: Relation) -> str:
        if not self._package.has(link.target):
            return ""
        # Numbers and pictures there are nothing to count or to warn of.
        plain = Numbering(self._package, "", self._styles)
        story = Story(self._styles, plain, Seen())
        story.read(self._package.chunks(link.target))
        held = (b if isinstance(b, str) else table_text(b) for b in story.blocks)
        text = " ".join("\n".join(held).split())
        return text if _PAGE_WORDS.sub("", text) else ""


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
