"""A template's looks as a `Layout`, so that PDF, document and preview look like the workbook."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.domain.content import EXTRA
from tracker.reports.looks import (
    POINTS_PER_MM,
    CellLook,
    ColumnLook,
    Layout,
    NormalLook,
    PageLook,
    TextLook,
)
from tracker.reports.template_package import Parts, parsed, tag
from tracker.reports.template_rows import PADDING, SIDE_PADDING, WIDTH_SHARE
from tracker.reports.template_sheet import Book, SheetView, shared_strings, string_list
from tracker.reports.template_styles import Styles
from tracker.reports.template_value import RoundWords
from tracker.reports.template_words import placeholders, replaced
from tracker.tables.notices import is_date_line, is_mark, is_meta, notice

if TYPE_CHECKING:
    from tracker.domain.content import Content
    from tracker.reports.template_styles import CellStyle
    from tracker.reports.template_value import Template

_ALIGNS = {
    "center": "center",
    "centerContinuous": "center",
    "distributed": "center",
    "right": "right",
}
_FOOT_PART = re.compile(r"&([LCR])")
_FOOT_FONT = re.compile(r'&"([^",]*)(?:,[^"]*)?"')
_FOOT_SIZE = re.compile(r"&(\d{1,3})(?!\d)")
_FOOT_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d{1,3}|&[BIUESXYAFZDTGLCR]')
_GAP = re.compile(r"[ \u3000]{2,}")
_SIGNED = ("落款签字", "落款日期")
_TOTALS = "合计行"
"""Their figures are reckoned by the workbook itself."""
_GROUPED = "／"


def layout_of_template(template: Template) -> Layout:
    """Return the layout that prints as the template does: paper, margins, widths, fonts, sizes."""
    return _Looks(template).layout()


def content_of_template(
    template: Template, content: Content, words: RoundWords | None = None
) -> Content:
    """Return the content with what stands around the table in the template, as its cells say it."""
    values = placeholders(content, words or RoundWords())

    def said(text: str) -> str:
        return replaced(text, values)

    above = {
        row: tuple(map(said, texts))
        for row, texts in template.above.items()
        if row < template.top and row not in template.titles
    }
    title = "\n".join(said(text) for row in template.titles for text in template.above.get(row, ()))
    head = min(template.titles, default=template.top)
    annex = [text for row, texts in above.items() if row < head for text in texts]
    marks = [text for text in annex if is_mark(text)]
    meta = [text for row, texts in above.items() if row > head for text in texts]
    below = [texts for texts in template.below.values() if notice(texts[0]) != _TOTALS]
    lines = [(text, said(text)) for texts in below for text in texts]
    kinds = [_is_signature(old) for old, _ in lines]
    first = kinds.index(False) if False in kinds else len(kinds)
    ahead = lines[:first]  # a signature behind the notes stays behind them
    behind = [new for _, new in lines[first:]]
    rows = content.rows
    if template.section is not None:
        rows = tuple(replace(row, group=row.section) for row in rows)
    return replace(
        content,
        title=title or content.title,
        annex="　".join(marks or annex),
        meta=tuple(meta),
        headings=tuple(_own(c.heading) for c in template.columns if c.pixels),
        rows=rows,
        signature=tuple(part for _, text in ahead for part in _GAP.split(text) if part),
        legend=tuple(text for text in behind if not text.startswith("=")),
    )


def _is_signature(text: str) -> bool:
    return notice(text) in _SIGNED or is_meta(text) or is_date_line(text)


def _own(heading: str) -> str:
    """Return a column's own heading without the one above it that it shares."""
    return heading.rpartition(_GROUPED)[2]


class _Looks:
    """Reads looks off cells."""

    def __init__(self, template: Template) -> None:
        self.template = template
        parts = Parts.of(template.content, template.name)
        book = Book.of(parts)
        self.styles = Styles(parts, book.part)
        strings = string_list(shared_strings(parts, book)[1])
        self.view = SheetView(parsed(parts.read(template.part)), self.styles, strings)

    def layout(self) -> Layout:
        """Return the layout."""
        template, scale = self.template, self.template.page.scale
        font, size = self.styles.normal
        shown = [column for column in template.columns if column.pixels]
        widest = max(shown, key=lambda column: column.pixels)
        largest = max((self._style(c.style) for c in shown), key=lambda look: look.size)
        body = replace_size(self._style(widest.style), largest.size)
        titles = template.titles or (template.top,)
        before = [row for row in template.above if row < min(titles)]
        after = [row for row in template.above if max(titles) < row < template.top]
        below = list(template.below)
        layout = Layout(
            name=template.name,
            label=f"模板：{template.name}",
            sheet=template.sheet,
            page=self._page(),
            normal=NormalLook(font, size, self.view.digit),
            cell=CellLook(SIDE_PADDING * scale, template.least_height * scale, WIDTH_SHARE),
            annex=self._line(before, "left"),
            title=self._line(list(titles), "center"),
            meta=self._line(after, "left"),
            heading=self._text(self._heading(), "center"),
            body=self._text(body, "left"),
            columns=tuple(
                ColumnLook(
                    column.field or f"{EXTRA}blank.{column.index}",
                    _own(column.heading),
                    round(column.pixels * scale),
                    _ALIGNS.get(self._style(column.style).align, "left"),
                )
                for column in shown
            ),
            group="section" if template.section is not None else "",
            below=self._line(below, "left"),
            group_line=self._text(self._section(), "left"),
        )
        return layout.narrowed(1.0)

    def _style(self, style: int) -> CellStyle:
        return self.styles.look(abs(style))

    def _heading(self) -> CellStyle:
        styles = self.view.styles_of(self.template.bottom) or self.view.styles_of(self.template.top)
        task = next((c.index for c in self.template.columns if c.field == "task"), 1)
        return self._style(styles.get(task, next(iter(styles.values()), 0)))

    def _section(self) -> CellStyle:
        section = self.template.section
        return self._style(section.styles.get(section.column, 0)) if section else self._heading()

    def _line(self, rows: list[int], align: str) -> TextLook:
        """Return the look of the first text in some rows."""
        cells = [
            cell for row in rows for _, cell in self.view.cells(row) if self.view.text(cell).strip()
        ]
        style = int(cells[0].get("s", "0")) if cells else 0
        return self._text(self._style(style), align)

    def _text(self, look: CellStyle, align: str) -> TextLook:
        scale = self.template.page.scale
        size = round(look.size * scale, 2)
        return TextLook(look.font, (size,), _ALIGNS.get(look.align, align), PADDING * scale)

    def _page(self) -> PageLook:
        page = self.template.page
        foot, font, size = self._foot()
        millimetres = {
            f"{side}_mm": getattr(page, side) / POINTS_PER_MM
            for side in ("width", "height", "top", "bottom", "left", "right", "header", "footer")
        }
        return PageLook(
            paper=page.paper,
            landscape=page.landscape,
            footer=foot,
            footer_font=font,
            footer_size=size,
            **millimetres,
        )

    def _foot(self) -> tuple[str, str, int]:
        """Return the words at the foot of the page, their font and size."""
        found = self.view.root.find(f"{tag('headerFooter')}/{tag('oddFooter')}")
        text = "" if found is None else found.text or ""
        pieces = _FOOT_PART.split(text)
        sides = dict(zip(pieces[1::2], pieces[2::2], strict=True)) or {"C": text}
        chosen = next((sides[side] for side in "CRL" if sides.get(side, "").strip()), "")
        font, size = _FOOT_FONT.search(chosen), _FOOT_SIZE.search(chosen)
        plain = _FOOT_CODE.sub("", chosen.replace("&&", "\0")).replace("\0", "&").strip()
        name = font.group(1) if font and font.group(1) != "-" else "宋体"
        return plain, name, int(size.group(1)) if size else 10


def replace_size(look: CellStyle, size: float) -> CellStyle:
    """Return a look in another size."""
    return replace(look, size=size)
