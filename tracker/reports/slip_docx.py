"""A slip (督办单 …) as a Word document: a form on A4, its receipt below a dashed line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.base.errors import FileProblem
from tracker.base.resources import load
from tracker.reports.measure import Ruler
from tracker.reports.title_lines import title_lines
from tracker.reports.word_file import packed
from tracker.reports.word_parts import TWIPS, CleanTexts, element, field_run, inner, run_look
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from docx.document import Document

    from tracker.domain.slip import SlipPage

_MM = 1440 / 25.4
"""Twips in a millimetre."""
_SIDE = 5.4
"""Points between a cell's border and its text, left and right."""
_PAD = 3.0
"""Points between a cell's border and its text, above and below."""
_UNTORN = 10
"""A row of fewer lines is not torn over two pages."""
_GAP = 4.0
"""Points between the number and the form; twice as much above the dashed line."""
_DASH = "—"
_SEAL = 4
"""Characters that the date stands from the right edge where a seal is put (7.3.5.1)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Sizes tried together, in points: the text, its lines, the lines of the receipt."""

    body: float
    line: float
    receipt_line: float


@dataclass(frozen=True, slots=True)
class SlipLook:
    """Sizes and fonts of `resources/layouts/slip.toml`; lengths in mm and points.

    Attributes:
        fits: from the preferred sizes to the smallest.
    """

    page: dict[str, float]
    fonts: dict[str, str]
    sizes: dict[str, float]
    fits: tuple[Fit, ...]

    @property
    def width(self) -> float:
        """Return the width of the text in points."""
        page = self.page
        return (page["width_mm"] - page["left_mm"] - page["right_mm"]) * _MM / TWIPS

    @property
    def height(self) -> float:
        """Return the height of the text in points."""
        page = self.page
        return (page["height_mm"] - page["top_mm"] - page["bottom_mm"]) * _MM / TWIPS

    @property
    def label(self) -> float:
        """Return the width of a label's cell in points."""
        return self.page["label_mm"] * _MM / TWIPS


def load_slip_look() -> SlipLook:
    """Return the look of slips.

    Raises:
        FileProblem: the file is missing or lacks an entry.
    """
    data = load("layouts/slip.toml")
    try:
        sizes = dict(data["sizes"])
        fits = tuple(Fit(**fit) for fit in sizes.pop("fits"))
        if not fits:
            raise ValueError("fits")
        return SlipLook(dict(data["page"]), dict(data["fonts"]), sizes, fits)
    except (KeyError, TypeError, ValueError) as error:
        raise FileProblem(
            "版式“slip”的写法有误", f"缺少或写错了：{error}", "请改正该版式文件或重新安装程序"
        ) from error


def write_slip_docx(page: SlipPage, target: Path, look: SlipLook | None = None) -> tuple[str, ...]:
    """Write a slip to `target` and return warnings in the user's words.

    The largest sizes that leave everything on one page are taken; where none does, the preferred
    ones, over several numbered pages. The same slip gives the same bytes.
    """
    import docx

    look = look or load_slip_look()
    ruler = Ruler()
    fitting = [fit for fit in look.fits if _Writer(page, look, fit, ruler).height() <= look.height]
    writer = _Writer(page, look, fitting[0] if fitting else look.fits[0], ruler)
    document = docx.Document()
    _set_page(document, look, numbered=not fitting)
    for place, xml in enumerate(writer.blocks()):
        document.element.body.insert(place, element(xml))
    title = f"{page.code} {page.title}".replace("\n", "")
    target.write_bytes(packed(document, title, page.created))
    return writer.texts.warnings()


def _set_page(document: Document, look: SlipLook, *, numbered: bool) -> None:
    def mm(name: str) -> int:
        return round(look.page[f"{name}_mm"] * _MM)

    body = document.element.body
    body.remove(body.sectPr)
    body.append(
        element(
            f'<w:sectPr><w:pgSz w:w="{mm("width")}" w:h="{mm("height")}"/>'
            f'<w:pgMar w:top="{mm("top")}" w:right="{mm("right")}" w:bottom="{mm("bottom")}"'
            f' w:left="{mm("left")}" w:header="851" w:footer="{mm("footer")}" w:gutter="0"/>'
            "</w:sectPr>"
        )
    )
    from docx.shared import Pt

    normal = document.styles["Normal"].paragraph_format
    normal.space_after = Pt(0)
    if numbered:
        footer = document.sections[0].footer
        footer.is_linked_to_previous = False
        run = run_look("宋体", 14, latin="宋体")
        holder = footer.paragraphs[0]._p
        dashes = [f"<w:r>{run}{inner(text)}</w:r>" for text in (f"{_DASH} ", f" {_DASH}")]
        line = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{dashes[0]}'
        line += f"{field_run('PAGE', run)}{dashes[1]}</w:p>"
        holder.getparent().replace(holder, element(line))


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell: its words, how many of the four columns it takes, whether it is a label."""

    text: str
    span: int = 1
    is_label: bool = False


class _Writer:
    """Gives the blocks of one slip in one set of sizes, and how high they are."""

    def __init__(self, page: SlipPage, look: SlipLook, fit: Fit, ruler: Ruler) -> None:
        self.texts = CleanTexts()
        self._page = page
        self._look = look
        self._fit = fit
        self._ruler = ruler

    # What stands in the tables

    def _form(self) -> list[list[_Cell]]:
        rows = [[_Cell(label, 1, is_label=True), _Cell(text, 3)] for label, text in self._page.rows]
        pairs = self._page.contact
        if pairs:
            rows.append(_paired([(label, text) for label, text in pairs]))
        return rows

    def _receipt(self) -> list[tuple[list[_Cell], int]]:
        label, unit = self._page.receipt_unit
        first = ([_Cell(label, 1, is_label=True), _Cell(unit, 3)], 1)
        blank = [(_paired([(cell, "") for cell in cells]), n) for cells, n in self._page.receipt]
        return [first, *blank]

    # How high it is

    def height(self) -> float:
        """Return the height of the whole slip in points, as the worst reader needs it."""
        fit, sizes = self._fit, self._look.sizes
        head = len(self._title_lines()) * sizes["title_line"] + 2 * fit.line
        form = sum(self._row_height(row, fit.line) for row in self._form())
        signature = 3 * fit.line
        cut = 2 * fit.line + 2 * sizes["cut"] + 3 * _GAP
        receipt = sum(
            max(self._row_height(row, fit.receipt_line), lines * fit.receipt_line + 2 * _PAD + 1)
            for row, lines in self._receipt()
        )
        return head + form + signature + cut + receipt + fit.line

    def _row_height(self, row: Sequence[_Cell], line: float) -> float:
        lines = max(self._count_lines(cell, self._widths(row)[n]) for n, cell in enumerate(row))
        return lines * line + 2 * _PAD + 1

    def _count_lines(self, cell: _Cell, width: float) -> int:
        room = (width - 2 * _SIDE) / self._fit.body
        return sum(self._ruler.count_lines(part, room) for part in cell.text.split("\n"))

    def _widths(self, row: Sequence[_Cell]) -> list[float]:
        columns, found, place = self._columns(), [], 0
        for cell in row:
            found.append(sum(columns[place : place + cell.span]))
            place += cell.span
        return found

    def _columns(self) -> list[float]:
        label = self._look.label
        rest = self._look.width - 2 * label
        return [label, rest * 0.5, label, rest - rest * 0.5]

    # Its blocks

    def blocks(self) -> Iterator[str]:
        """Yield paragraphs and tables in their order."""
        yield from self._title()
        yield self._numbered_line()
        yield self._table([(row, 0) for row in self._form()], self._fit.line)
        yield from self._signature()
        yield from self._cut()
        yield self._table(self._receipt(), self._fit.receipt_line, whole=True)
        yield self._line("", line=1)  # Word wants a paragraph after a table

    def _title_lines(self) -> tuple[str, ...]:
        room = self._look.width / self._look.sizes["title"]
        return title_lines(self._page.title, room, self._ruler)

    def _title(self) -> Iterator[str]:
        sizes, fonts = self._look.sizes, self._look.fonts
        run = run_look(fonts["title"], sizes["title"], fonts["latin"])
        for text in self._title_lines():
            yield self._line(text, align="center", line=sizes["title_line"], run=run)
        yield self._line("")

    def _numbered_line(self) -> str:
        page = self._page
        issuer = f"\t{page.issuer}" if page.issuer else ""
        far = round(self._look.width * TWIPS)
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{far}"/></w:tabs>'
        return self._line(f"{page.code}{issuer}", more=f"<w:keepNext/>{tabs}", after=_GAP)

    def _signature(self) -> Iterator[str]:
        """Place the name centred over the date, as the standard does under a seal."""
        page, size = self._page, self._fit.body
        day = long_date(page.date)
        name_width, day_width = self._ruler.width(page.signature), self._ruler.width(day)
        right = max(float(_SEAL), (name_width - day_width) / 2)
        yield self._line("", more="<w:keepNext/>")
        if page.signature:
            name_right = max(0.0, right + (day_width - name_width) / 2)
            yield self._line(
                page.signature, align="right", right=name_right * size, more="<w:keepNext/>"
            )
        yield self._line(day, align="right", right=right * size)

    def _cut(self) -> Iterator[str]:
        sizes, fonts = self._look.sizes, self._look.fonts
        edge = '<w:bottom w:val="dashed" w:sz="8" w:space="1" w:color="000000"/>'
        run = run_look(fonts["cut"], sizes["cut"], fonts["latin"])
        yield self._line(
            self._page.cut,
            align="center",
            line=2 * sizes["cut"],
            run=run,
            before=2 * _GAP,
            more=f"<w:keepNext/><w:pBdr>{edge}</w:pBdr>",
        )
        heading = run_look(fonts["label"], self._fit.body, fonts["latin"])
        text = self._page.receipt_title
        line = 2 * self._fit.line
        yield self._line(text, align="center", line=line, run=heading, more="<w:keepNext/>")

    def _table(
        self, rows: Sequence[tuple[list[_Cell], int]], line: float, *, whole: bool = False
    ) -> str:
        """Return a table; with `whole` it stands on one page with what is before it."""
        grid = "".join(f'<w:gridCol w:w="{round(w * TWIPS)}"/>' for w in self._columns())
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        edges = "".join(f'<w:{s} w:val="single" w:sz="6" w:space="0"/>' for s in sides)
        side, pad = round(_SIDE * TWIPS), round(_PAD * TWIPS)
        margins = "".join(
            f'<w:{name} w:w="{width}" w:type="dxa"/>'
            for name, width in (("top", pad), ("left", side), ("bottom", pad), ("right", side))
        )
        body = "".join(
            self._row(cells, lines, line, keep=whole and place < len(rows) - 1)
            for place, (cells, lines) in enumerate(rows)
        )
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{round(self._look.width * TWIPS)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
        )

    def _row(self, cells: Sequence[_Cell], lines: int, line: float, *, keep: bool) -> str:
        least = round((lines * line + 2 * _PAD) * TWIPS)
        rule = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if lines else ""
        is_short = self._row_height(cells, line) <= _UNTORN * line
        whole = "<w:cantSplit/>" if is_short else ""
        widths = self._widths(cells)
        body = "".join(
            self._cell(cell, width, line, keep=keep, place="center" if is_short else "top")
            for cell, width in zip(cells, widths, strict=True)
        )
        return f"<w:tr><w:trPr>{whole}{rule}</w:trPr>{body}</w:tr>"

    def _cell(self, cell: _Cell, width: float, line: float, *, keep: bool, place: str) -> str:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        fonts = self._look.fonts
        font = fonts["label"] if cell.is_label else fonts["body"]
        run = run_look(font, self._fit.body, fonts["latin"])
        more = "<w:keepNext/>" if keep else ""
        align = "center" if cell.is_label else "left"
        words = "".join(
            self._line(part, align=align, line=line, run=run, more=more)
            for part in cell.text.split("\n")
        )
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>{span}'
            f'<w:vAlign w:val="{place}"/></w:tcPr>{words}</w:tc>'
        )

    def _line(
        self,
        text: str,
        *,
        align: str = "left",
        line: float = 0,
        right: float = 0,
        run: str = "",
        more: str = "",
        before: float = 0,
        after: float = 0,
    ) -> str:
        """Return a paragraph of exact lines.

        Args:
            line: their height in points; the text's own where it is 0.
            right: how far from the right edge it ends, in points.
            run: its look; the text's own where it is empty.
            more: properties that stand before the spacing.
            before, after: points left free above and below.
        """
        fonts = self._look.fonts
        look = run or run_look(fonts["body"], self._fit.body, fonts["latin"])
        end = f'<w:ind w:right="{round(right * TWIPS)}"/>' if right else ""
        height = round((line or self._fit.line) * TWIPS)
        words = f"<w:r>{look}{inner(escape(self.texts.clean(text)))}</w:r>" if text else ""
        return (
            f'<w:p><w:pPr>{more}<w:snapToGrid w:val="0"/>'
            f'<w:spacing w:before="{round(before * TWIPS)}" w:after="{round(after * TWIPS)}"'
            f' w:line="{height}" w:lineRule="exact"/>{end}<w:jc w:val="{align}"/>'
            f"{'' if text else look}</w:pPr>{words}</w:p>"
        )


def _paired(pairs: Sequence[tuple[str, str]]) -> list[_Cell]:
    """Return labels with their words in the four columns; a single pair takes them all."""
    cells = []
    for label, text in pairs:
        cells += [_Cell(label, 1, is_label=True), _Cell(text, 1 if len(pairs) > 1 else 3)]
    return cells
