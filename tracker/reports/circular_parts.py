"""What a circular (通报) prints, block after block, fixed once for Word, PDF and the preview."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.base.resources import load
from tracker.domain.circular import Level
from tracker.reports.letter_lines import LetterRuler
from tracker.reports.looks import POINTS_PER_MM
from tracker.reports.title_lines import title_lines
from tracker.reports.word_parts import TWIPS
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.circular import Circular, Passage, Picture

FIRST_LINE = 2
"""Characters that a paragraph is indented."""
RED = "FF0000"
_FILLED = 0.96
"""The share of a line that the red name may fill."""
_RED_LINE = 1.3
"""The height of the red name's line, in its size."""
_FONTS = {
    Level.FIRST: "first",
    Level.SECOND: "second",
    Level.THIRD: "third",
    Level.FOURTH: "fourth",
}


@dataclass(frozen=True, slots=True)
class CircularLook:
    """Sizes and fonts of `resources/layouts/circular.toml`; lengths in mm and points.

    Attributes:
        latin: widths of letters and digits in their own font, in its size.
    """

    page: dict[str, float]
    fonts: dict[str, str]
    sizes: dict[str, float]
    latin: dict[str, str]

    @property
    def line(self) -> int:
        """Return the height of a line in twips."""
        return round(self.page["line"] * TWIPS)

    @property
    def width(self) -> float:
        """Return the width of the text in points."""
        page = self.page
        return (page["width_mm"] - page["left_mm"] - page["right_mm"]) * POINTS_PER_MM

    @property
    def height(self) -> float:
        """Return the height of the text in points."""
        page = self.page
        return (page["height_mm"] - page["top_mm"] - page["bottom_mm"]) * POINTS_PER_MM

    @property
    def closer(self) -> float:
        """Return what is added behind each character of the text, in points."""
        return self.page["character"] - self.sizes["body"]

    def turned(self) -> CircularLook:
        """Return the look of a page that lies, bound at the same edge."""
        page = self.page
        sides = {"top": "left", "bottom": "right", "left": "bottom", "right": "top"}
        turned = {f"{to}_mm": page[f"{side}_mm"] for to, side in sides.items()}
        size = {"width_mm": page["height_mm"], "height_mm": page["width_mm"]}
        size["footer_mm"] = page["footer_mm"] - page["bottom_mm"] + turned["bottom_mm"]
        return replace(self, page={**page, **turned, **size})

    def for_picture(self, picture: Picture) -> CircularLook:
        """Return the look of the page that a picture is put on: a wide one lies."""
        return self.turned() if picture.width > picture.height else self

    def ruler(self) -> LetterRuler:
        """Return what measures the text."""
        return LetterRuler(self.latin, self.sizes["body"], self.page["character"])


def load_circular_look() -> CircularLook:
    """Return the look of a circular.

    Raises:
        FileProblem: the file is missing or lacks an entry.
    """
    data = load("layouts/circular.toml")
    try:
        parts = (dict(data[name]) for name in ("page", "fonts", "sizes", "latin"))
        return CircularLook(*parts)
    except (KeyError, TypeError, ValueError) as error:
        raise FileProblem(
            "版式“circular”的写法有误", f"缺少或写错了：{error}", "请改正该版式文件或重新安装程序"
        ) from error


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; widths in characters of the grid, heights in points.

    Attributes:
        font: one of the look's fonts.
        size: of the font.
        line: the height of each of its lines.
        indent: where its first line begins.
        hanging: where its further lines begin.
        right: how far from the right edge it ends.
        align: how its lines are set: both, center, right.
        with_next: it does not end a page.
        red: it is printed red.
        ruled: a red line stands under it.
        on_grid: its characters stand as close as 28 a line ask for.
    """

    text: str
    font: str
    size: float
    line: float
    indent: float = 0.0
    hanging: float = 0.0
    right: float = 0.0
    align: str = "both"
    with_next: bool = False
    red: bool = False
    ruled: bool = False
    on_grid: bool = True


class CircularBlocks:
    """Gives the blocks of one circular, all but what stands at its very foot (版记)."""

    def __init__(self, circular: Circular, look: CircularLook) -> None:
        self.ruler = look.ruler()
        self._circular = circular
        self._look = look

    def blocks(self) -> Iterator[Block]:
        """Yield every block in its order."""
        circular = self._circular
        yield from self._head()
        yield from self.title(circular.title)
        yield self._line("")
        if circular.addressee:
            yield self._line(f"{circular.addressee}：")
        for place, passage in enumerate(circular.body, 1):
            # A signature may not stand on a page without any of the text (7.3.5.5).
            yield self._passage(passage, is_last=place == len(circular.body))
        yield from self._annexes()
        yield from self._signature()
        if circular.note:
            yield self._line(f"（{circular.note}）", indent=FIRST_LINE)

    def above_picture(self, number: int) -> tuple[Block, ...]:
        """Return what stands above a picture: its mark (附图) with its title."""
        pictures = self._circular.pictures
        mark = f"附图{number}" if len(pictures) > 1 else "附图"
        return (self._line(f"{mark}　{pictures[number - 1].caption}", font="first"),)

    def title(self, text: str) -> Iterator[Block]:
        """Yield a title's lines."""
        look = self._look
        size, line = look.sizes["title"], look.sizes["title_line"]
        # The title's letters stand in their own size, but Latin ones are as narrow as in the text.
        for part in title_lines(text, look.width / size, self.ruler):
            yield Block(part, "title", size, line, align="center", on_grid=False)

    def _head(self) -> Iterator[Block]:
        circular, look = self._circular, self._look
        if circular.red_head:
            size = self._head_size()
            yield Block("", "body", look.sizes["body"], look.sizes["red_gap"])
            yield Block(
                circular.red_head,
                "red_head",
                size,
                size * _RED_LINE,
                align="center",
                red=True,
                on_grid=False,
            )
            yield self._line("")
            yield self._line("")
        if circular.number:
            yield self._line(circular.number, align="center")
        if circular.red_head:
            yield Block("", "body", look.sizes["body"], 6.0, ruled=True)
        if circular.red_head or circular.number:
            yield self._line("")
            yield self._line("")

    def _head_size(self) -> float:
        """Return the size in which the red name fills no more than one line."""
        most = _FILLED * self._look.width / max(1.0, self.ruler.width(self._circular.red_head))
        return min(self._look.sizes["red_head"], math.floor(2 * most) / 2)

    def _passage(self, passage: Passage, *, is_last: bool) -> Block:
        with_next = passage.level is not Level.BODY or (is_last and self._is_signed)
        font = _FONTS.get(passage.level, "body")
        return self._line(passage.text, indent=FIRST_LINE, font=font, with_next=with_next)

    @property
    def _is_signed(self) -> bool:
        return bool(self._circular.signature or self._circular.date)

    def _annexes(self) -> Iterator[Block]:
        titles, stays = self._circular.annexes, self._is_signed
        if titles:
            yield self._line("", with_next=True)
        for number, title in enumerate(titles, 1):
            mark = f"{number}. " if len(titles) > 1 else ""
            begin = "附件：" if number == 1 else ""
            hanging = self.ruler.width("附件：" + mark)
            first = FIRST_LINE + (0 if begin else self.ruler.width("附件："))
            yield self._line(
                f"{begin}{mark}{title}",
                indent=first,
                hanging=FIRST_LINE + hanging,
                with_next=stays or number < len(titles),
            )

    def _signature(self) -> Iterator[Block]:
        """Place signature and date as the standard does where no seal is printed (7.3.5.2)."""
        circular = self._circular
        day = long_date(circular.date) if circular.date else ""
        name_width, day_width = self.ruler.width(circular.signature), self.ruler.width(day)
        if self._is_signed:
            yield self._line("", with_next=True)
            yield self._line("", with_next=True)
        name_right = float(FIRST_LINE)
        day_right = name_width - day_width
        room = self._look.width / self._look.page["character"]
        if not FIRST_LINE <= day_right <= room - day_width:
            day_right = float(FIRST_LINE)
            name_right = max(name_right, day_width + 2 * FIRST_LINE - name_width)
        if circular.signature:
            yield self._line(circular.signature, align="right", right=name_right, with_next=True)
        if day:
            yield self._line(day, align="right", right=day_right)

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
    ) -> Block:
        """Return a paragraph on the grid."""
        size, line = self._look.sizes["body"], self._look.page["line"]
        return Block(text, font, size, line, indent, hanging, right, align, with_next)


def imprint_lines(circular: Circular) -> tuple[tuple[str, str], ...]:
    """Return what stands at the foot of the last page (版记): left and right end of each line."""
    lines = []
    if circular.copies:
        lines.append((f"抄送：{circular.copies}。", ""))
    if circular.printed_by:
        day = f"{long_date(circular.date)}印发" if circular.date else ""
        lines.append((circular.printed_by, day))
    return tuple(lines)
