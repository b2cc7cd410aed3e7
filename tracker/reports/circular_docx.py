"""A circular (通报) as a Word document after GB/T 9704-2012: 22 lines of 28 characters a page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.base.errors import FileProblem
from tracker.base.resources import load
from tracker.domain.circular import Level
from tracker.reports.measure import Ruler
from tracker.reports.title_lines import title_lines
from tracker.reports.word_file import packed
from tracker.reports.word_parts import (
    SPACE,
    TWIPS,
    CleanTexts,
    element,
    field_run,
    inner,
    run_look,
    script_fonts,
)
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document

    from tracker.domain.circular import Circular, Passage

_MM = 1440 / 25.4
"""Twips in a millimetre."""
_RED = "FF0000"
_FIRST_LINE = 2
"""Characters that a paragraph is indented."""
_DASH = "—"
_FILLED = 0.96
"""The share of a line that the red name may fill."""


@dataclass(frozen=True, slots=True)
class CircularLook:
    """Sizes and fonts of `resources/layouts/circular.toml`; lengths in mm and points."""

    page: dict[str, float]
    fonts: dict[str, str]
    sizes: dict[str, float]

    @property
    def line(self) -> int:
        """Return the height of a line in twips."""
        return round(self.page["line"] * TWIPS)

    @property
    def width(self) -> float:
        """Return the width of the text in points."""
        page = self.page
        return (page["width_mm"] - page["left_mm"] - page["right_mm"]) * _MM / TWIPS


def load_circular_look() -> CircularLook:
    """Return the look of a circular.

    Raises:
        FileProblem: the file is missing or lacks an entry.
    """
    data = load("layouts/circular.toml")
    try:
        return CircularLook(dict(data["page"]), dict(data["fonts"]), dict(data["sizes"]))
    except (KeyError, TypeError, ValueError) as error:
        raise FileProblem(
            "版式“circular”的写法有误", f"缺少或写错了：{error}", "请改正该版式文件或重新安装程序"
        ) from error


def write_circular_docx(
    circular: Circular, target: Path, look: CircularLook | None = None
) -> tuple[str, ...]:
    """Write a circular to `target` and return warnings in the user's words.

    The same circular gives the same bytes.
    """
    import docx

    document = docx.Document()
    writer = _Writer(circular, look or load_circular_look())
    writer.set_page(document)
    for place, xml in enumerate(writer.paragraphs()):
        document.element.body.insert(place, element(xml))
    target.write_bytes(packed(document, circular.title, circular.created, circular.properties))
    return writer.texts.warnings()


class _Writer:
    """Gives the paragraphs of one circular."""

    def __init__(self, circular: Circular, look: CircularLook) -> None:
        self.texts = CleanTexts()
        self._circular = circular
        self._look = look
        self._body = look.sizes["body"]
        self._ruler = Ruler()

    def set_page(self, document: Document) -> None:
        """Set paper, margins, the grid of lines and the page numbers.

        Characters stand closer by their own spacing: in a grid of characters narrower than the
        font, LibreOffice gives each the room of two.
        """
        body = document.element.body
        body.remove(body.sectPr)
        body.append(
            element(
                f'<w:sectPr><w:pgSz w:w="{self._mm("width")}" w:h="{self._mm("height")}"/>'
                f'<w:pgMar w:top="{self._mm("top")}" w:right="{self._mm("right")}"'
                f' w:bottom="{self._mm("bottom")}" w:left="{self._mm("left")}"'
                f' w:header="851" w:footer="{self._mm("footer")}" w:gutter="0"/>'
                f'<w:docGrid w:type="lines" w:linePitch="{self._look.line}"/></w:sectPr>'
            )
        )
        document.settings.odd_and_even_pages_header_footer = True
        section = document.sections[0]
        for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            holder = footer.paragraphs[0]._p
            holder.getparent().replace(holder, element(self._page_number(align)))
        self._set_normal(document)

    def _set_normal(self, document: Document) -> None:
        from docx.shared import Pt

        normal = document.styles["Normal"]
        normal.font.size = Pt(self._body)
        normal.paragraph_format.space_after = Pt(0)
        names = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script, name in script_fonts(self._look.fonts["body"], self._look.fonts["latin"]):
            names.set(f"{{{SPACE}}}{script}", name)

    def _mm(self, name: str) -> int:
        return round(self._look.page[f"{name}_mm"] * _MM)

    def _page_number(self, align: str) -> str:
        font, size = self._look.fonts["page_number"], self._look.sizes["page_number"]
        run = run_look(font, size, latin=font)
        side = f'<w:ind w:{align}="{round(size * TWIPS)}"/>'
        dashes = [f"<w:r>{run}{inner(text)}</w:r>" for text in (f"{_DASH} ", f" {_DASH}")]
        return (
            f'<w:p><w:pPr><w:snapToGrid w:val="0"/>{side}<w:jc w:val="{align}"/></w:pPr>'
            f"{dashes[0]}{field_run('PAGE', run)}{dashes[1]}</w:p>"
        )

    def paragraphs(self) -> Iterator[str]:
        """Yield every paragraph in its order."""
        circular = self._circular
        yield from self._head()
        yield from self._title()
        if circular.addressee:
            yield self._line("")
            yield self._line(f"{circular.addressee}：")
        else:
            yield self._line("")
        for passage in circular.body:
            yield self._passage(passage)
        yield from self._annexes()
        yield from self._signature()
        if circular.note:
            yield self._line(f"（{circular.note}）", indent=_FIRST_LINE)
        yield from self._imprint()

    def _head(self) -> Iterator[str]:
        circular, look = self._circular, self._look
        if circular.red_head:
            run = run_look(
                look.fonts["red_head"], self._head_size(), look.fonts["red_head"], colour=_RED
            )
            yield (
                '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:jc w:val="center"/></w:pPr>'
                f"<w:r>{run}{self._inner(circular.red_head)}</w:r></w:p>"
            )
            yield self._line("")
        if circular.number:
            yield self._line(circular.number, align="center")
        if circular.red_head:
            yield (
                '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="12" w:space="4"'
                f' w:color="{_RED}"/></w:pBdr><w:spacing w:line="120" w:lineRule="exact"/>'
                "</w:pPr></w:p>"
            )
        if circular.red_head or circular.number:
            yield self._line("")
            yield self._line("")

    def _head_size(self) -> float:
        """Return the size in which the red name fills no more than one line."""
        most = _FILLED * self._look.width / max(1.0, self._ruler.width(self._circular.red_head))
        return min(self._look.sizes["red_head"], math.floor(2 * most) / 2)

    def _title(self) -> Iterator[str]:
        size = self._look.sizes["title"]
        room = self._look.width / size
        font, line = self._look.fonts["title"], round(self._look.sizes["title_line"] * TWIPS)
        run = run_look(font, size, self._look.fonts["latin"])
        for text in title_lines(self._circular.title, room, self._ruler):
            yield (
                '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
                f'<w:spacing w:line="{line}" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
                f"<w:r>{run}{self._inner(text)}</w:r></w:p>"
            )

    def _passage(self, passage: Passage) -> str:
        font = {
            Level.FIRST: "first",
            Level.SECOND: "second",
            Level.THIRD: "third",
            Level.FOURTH: "fourth",
        }.get(passage.level, "body")
        is_heading = passage.level is not Level.BODY
        return self._line(passage.text, indent=_FIRST_LINE, font=font, with_next=is_heading)

    def _annexes(self) -> Iterator[str]:
        titles = self._circular.annexes
        if titles:
            yield self._line("")
        for number, title in enumerate(titles, 1):
            mark = f"{number}. " if len(titles) > 1 else ""
            begin = "附件：" if number == 1 else ""
            hanging = self._ruler.width("附件：" + mark)
            first = _FIRST_LINE + (0 if begin else self._ruler.width("附件："))
            yield self._line(f"{begin}{mark}{title}", indent=first, hanging=_FIRST_LINE + hanging)

    def _signature(self) -> Iterator[str]:
        """Place signature and date as the standard does where no seal is printed (7.3.5.2)."""
        circular = self._circular
        day = long_date(circular.date) if circular.date else ""
        name_width, day_width = self._ruler.width(circular.signature), self._ruler.width(day)
        if circular.signature or day:
            yield self._line("")
            yield self._line("")
        name_right = float(_FIRST_LINE)
        day_right = name_width - day_width
        if day_right < _FIRST_LINE:
            day_right = float(_FIRST_LINE)
            name_right = max(name_right, day_width + 2 * _FIRST_LINE - name_width)
        if circular.signature:
            yield self._line(circular.signature, align="right", right=name_right)
        if day:
            yield self._line(day, align="right", right=day_right)

    def _imprint(self) -> Iterator[str]:
        """Write 抄送 and 印发 between their lines, at the very end."""
        circular, size = self._circular, self._look.sizes["imprint"]
        if not circular.copies and not circular.printed_by:
            return
        run = run_look(self._look.fonts["body"], size, self._look.fonts["latin"])
        far = round((self._look.width - size) * TWIPS)
        lines = []
        if circular.copies:
            lines.append(f"抄送：{circular.copies}。")
        if circular.printed_by:
            day = f"\t{long_date(circular.date)}印发" if circular.date else ""
            lines.append(f"{circular.printed_by}{day}")
        yield self._line("")
        for place, text in enumerate(lines):
            top, bottom = 8 if place == 0 else 6, 8 if place == len(lines) - 1 else 0
            edges = f'<w:top w:val="single" w:sz="{top}" w:space="1" w:color="000000"/>'
            if bottom:
                edges += f'<w:bottom w:val="single" w:sz="{bottom}" w:space="1" w:color="000000"/>'
            yield (
                f"<w:p><w:pPr><w:keepLines/><w:pBdr>{edges}</w:pBdr><w:tabs>"
                f'<w:tab w:val="right" w:pos="{far}"/></w:tabs>'
                f'<w:ind w:left="{round(size * TWIPS)}" w:right="{round(size * TWIPS)}"/></w:pPr>'
                f"<w:r>{run}{self._inner(text)}</w:r></w:p>"
            )

    def _line(
        self,
        text: str,
        *,
        indent: float = 0,
        hanging: float = 0,
        right: float = 0,
        align: str = "both",
        font: str = "body",
        with_next: bool = False,
    ) -> str:
        """Return a paragraph on the grid; widths in characters.

        Args:
            text: its words; line ends stay inside it.
            indent: where its first line begins.
            hanging: where its further lines begin.
            right: how far from the right edge it ends.
            align: how its lines are set.
            font: one of the look's fonts.
            with_next: it does not end a page.
        """
        closer = self._look.page["character"] - self._body
        fonts = self._look.fonts
        run = run_look(fonts[font], self._body, fonts["latin"], spacing=closer)
        words, mark = (f"<w:r>{run}{self._inner(text)}</w:r>", "") if text else ("", run)
        sides = _indents(indent, hanging, right, self._look.page["character"])
        return (
            f'<w:p><w:pPr>{"<w:keepNext/>" if with_next else ""}<w:widowControl w:val="0"/>'
            f'<w:spacing w:line="{self._look.line}" w:lineRule="exact"/>{sides}'
            f'<w:jc w:val="{align}"/>{mark}</w:pPr>{words}</w:p>'
        )

    def _inner(self, text: str) -> str:
        return inner(escape(self.texts.clean(text)))


def _indents(indent: float, hanging: float, right: float, character: float) -> str:
    """Return a paragraph's indents, in hundredths of a character and in twips for old readers."""

    def side(name: str, characters: float) -> str:
        twips = round(characters * character * TWIPS)
        return f' w:{name}Chars="{round(characters * 100)}" w:{name}="{twips}"'

    words = ""
    if right:
        words += side("right", right)
    if hanging:
        words += side("left", hanging)
        if hanging > indent:
            words += side("hanging", hanging - indent)
    elif indent:
        words += side("firstLine", indent)
    return f"<w:ind{words}/>" if words else ""
