"""A PDF with text → paragraphs and ruled tables; a scanned one is refused with advice."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem, PasswordNeeded
from tracker.files.flow import Flow, TablePlace
from tracker.files.limits import MAX_CHARACTERS
from tracker.files.package import too_much
from tracker.files.pdf_table import Found, grid_of, tables_of
from tracker.files.pdf_text import UNKNOWN, Line, is_unknown, lines_of, paragraphs
from tracker.files.reading import Reading, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.grid import Grid

_RECOGNISE = "请先用识别软件（OCR）转成 Word 或文字，核对后再导入"
_SAVE_AGAIN = "请用阅读软件打开它，另存一份再导入；打不开的话请找发文件的人重新发一份"
_PAGE_NUMBER = re.compile(
    r"[—–\-－·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[—–\-－·\s]*"
)
_MOST_PAGES = 2000
_MOST_UNKNOWN = 20
_REPEATED = 3
_MARGIN = 0.09


@dataclass(slots=True)
class _Page:
    """One page: its lines outside tables, its tables, each with its top."""

    height: float
    lines: list[Line]
    tables: list[Found] = field(default_factory=list)
    pictures: int = 0
    known: int = 0
    unknown: int = 0


def read_pdf(data: bytes, request: Request) -> Reading:
    """Read the text and the ruled tables of a PDF.

    Raises:
        FileProblem: it is damaged, scanned without text, or too large.
        PasswordNeeded: it is locked.
        Cancelled: the user asked to stop.
    """
    pages = list(_pages(data, request))
    if not any(page.lines or page.tables for page in pages):
        if any(page.pictures for page in pages):
            raise FileProblem(f"“{request.name}”是扫描件，里面只有图片，没有文字", "", _RECOGNISE)
        raise FileProblem(f"“{request.name}”里没有文字", "", "请核对是否选对了文件")
    return _reading(pages, [*_unknown(pages, request), *_drop_margins(pages)])


def _unknown(pages: list[_Page], request: Request) -> list[str]:
    """Say how many glyphs no reader can tell; refuse the file where they are many."""
    unknown, known = (sum(getattr(page, name) for page in pages) for name in ("unknown", "known"))
    if unknown * _MOST_UNKNOWN > known:
        raise FileProblem(
            f"“{request.name}”里的文字读不出来", "它的字体没有附字符对照表", _RECOGNISE
        )
    if not unknown:
        return []
    return [f"有 {unknown} 个字读不出来，写作“{UNKNOWN}”，请对照原件补上"]


def _pages(data: bytes, request: Request) -> Iterator[_Page]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    # pdfminer grumbles about every odd object; what matters is raised
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    characters = 0
    try:
        with pdfplumber.open(io.BytesIO(data), password=request.password or "") as document:
            total = len(document.pages)
            if total > _MOST_PAGES:
                raise too_much(f"最多读 {_MOST_PAGES} 页")
            for number, page in enumerate(document.pages, 1):
                request.step(f"正在读取“{request.name}”第{number}页", number, total)
                characters += len(page.chars)
                if characters > MAX_CHARACTERS:
                    raise too_much(f"最多读 {MAX_CHARACTERS} 个字")
                yield _read_page(page)
                page.close()
    except (PdfminerException, PDFPasswordIncorrect) as error:
        raise _problem(error, request) from error
    except _DAMAGE as error:
        raise FileProblem(f"“{request.name}”已损坏或没有下载完整", "", _SAVE_AGAIN) from error


# What pdfminer lets through on damaged bytes: its parser trusts the figures in the file.
_DAMAGE = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, EOFError,
    OSError, RecursionError, NotImplementedError,
)  # fmt: skip


def _problem(error: Exception, request: Request) -> FileProblem:
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    if isinstance(error, PDFPasswordIncorrect) or isinstance(
        next(iter(error.args), None), PDFPasswordIncorrect
    ):
        wrong = bool(request.password)
        what = f"“{request.name}”的密码不对" if wrong else f"“{request.name}”加了打开密码"
        return PasswordNeeded(what, "", "请输入打开它的密码", wrong=wrong)
    return FileProblem(f"“{request.name}”已损坏或没有下载完整", "", _SAVE_AGAIN)


def _read_page(page: Any) -> _Page:
    characters = [c for c in page.dedupe_chars().chars if c.get("upright", True) and c["text"]]
    unknown = sum(is_unknown(char["text"]) for char in characters)
    tables, rest = tables_of(page, characters)
    known = len(characters) - unknown
    return _Page(float(page.height), lines_of(rest), tables, len(page.images), known, unknown)


def _drop_margins(pages: list[_Page]) -> list[str]:
    """Take page numbers and lines repeated on every page out of the margins; say which."""
    repeated = Counter(line.text for page in pages for line in page.lines if _in_margin(line, page))
    said: list[str] = []
    for page in pages:
        kept = []
        for line in page.lines:
            often = len(pages) >= _REPEATED and repeated[line.text] * 2 > len(pages)
            if not _in_margin(line, page):
                kept.append(line)
            elif often and repeated[line.text] >= _REPEATED:
                said.append(f"每页重复的“{line.text}”是页眉页脚，没有读作正文")
            elif not _PAGE_NUMBER.fullmatch(line.text) or len(pages) == 1:
                kept.append(line)
        page.lines = kept
    return list(dict.fromkeys(said))


def _in_margin(line: Line, page: _Page) -> bool:
    first = page.lines and line is page.lines[0] and line.bottom < page.height * 2 * _MARGIN
    return (
        bool(first)
        or line.top > page.height * (1 - _MARGIN)
        or line.bottom < (page.height * _MARGIN)
    )


def _reading(pages: list[_Page], warnings: list[str]) -> Reading:
    parts: list[str] = []
    places: list[TablePlace] = []
    grids: list[Grid] = []
    count = sum(len(page.tables) for page in pages)
    length = 0

    def add(text: str) -> None:
        nonlocal length
        parts.append(text + "\n")
        length += len(text) + 1

    for block in _blocks(pages):
        if isinstance(block, Found):
            grid = grid_of(block, "" if count == 1 else f"表{len(grids) + 1}")
            rows = ("\t".join(cell.text for cell in row) for row in grid.rows)
            start = length
            add("\n".join(row for row in rows if row.strip()))
            places.append(TablePlace(len(grids), start, length - 1))
            grids.append(grid)
        else:
            for text in paragraphs(block, *_edges(block)):
                add(text)
    flow = Flow.of("".join(parts), tuple(places))
    if not grids:
        from tracker.files.cells import text_grid

        grids.append(text_grid(flow.text))
    return Reading(flow, tuple(grids), tuple(warnings))


def _blocks(pages: list[_Page]) -> Iterator[list[Line] | Found]:
    """Yield runs of lines and tables in reading order; runs go on over pages."""
    run: list[Line] = []
    for page in pages:
        tables = sorted(page.tables, key=lambda table: table.top)
        for line in page.lines:
            while tables and tables[0].top < line.top:
                if run:
                    yield run
                    run = []
                yield tables.pop(0)
            run.append(line)
        if tables and run:
            yield run
            run = []
        yield from tables
    if run:
        yield run


def _edges(lines: list[Line]) -> tuple[float, float]:
    """Return the usual left and the outermost right edge of a run of lines."""
    lefts = Counter(round(line.left) for line in lines)
    usual = min((left for left, times in lefts.items() if times * 4 >= len(lines)), default=None)
    left = min(lefts) if usual is None else usual
    return float(left), max(line.right for line in lines)
