"""The office's own workbook as a template: what was found in it and where our rows go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of the template's table.

    Attributes:
        index: its place in the sheet, from 1.
        heading: as printed; the heading above it that it shares stands before it.
        field: the field of `ContentRow` that goes into it; empty: it is kept empty.
        style: the number of its cells' style in the workbook.
        pixels: its width in Excel, 0 for a hidden one.
    """

    index: int
    heading: str
    field: str
    style: int
    pixels: int


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A heading row inside of the table (“一、项目建设”): its styles by column and its merge."""

    styles: Mapping[int, int]
    column: int
    last_column: int
    height: float


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """The page as the sheet sets it up; lengths in points, `scale` as it is printed."""

    paper: int
    landscape: bool
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    header: float
    footer: float
    scale: float
    one_page_high: bool = False

    @property
    def body_height(self) -> float:
        """Return the height between the margins."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook whose table is to be filled.

    Attributes:
        name: the file's name.
        content: its bytes.
        sheet: the name of the sheet with the table.
        part: the part of the package that holds it.
        top, bottom: the heading rows, as the file counts.
        first, last: the rows of the old table; `last` is one less than `first` where it has none.
        columns: the table's columns from the left.
        styles: the style of every cell of a row that has one, by column.
        unlit: columns that the old table lit by colours, which say nothing of ours.
        first_styles, last_styles: the same for the first and the last row.
        section: what a heading row inside of the table looks like; None where it has none.
        least_height: of a row, in points.
        above, below: the texts above and below the table, by row.
        titles: the rows that hold the title.
        rounds: the columns of single months or rounds, see `template_columns.for_round`.
        warnings: what the clerk should know, in her words.
    """

    name: str
    content: bytes
    sheet: str
    part: str
    top: int
    bottom: int
    first: int
    last: int
    columns: tuple[TemplateColumn, ...]
    styles: Mapping[int, int]
    first_styles: Mapping[int, int]
    last_styles: Mapping[int, int]
    page: TemplatePage
    least_height: float
    repeated_height: float
    section: SectionRow | None = None
    above: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    below: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    titles: tuple[int, ...] = ()
    rounds: frozenset[int] = frozenset()
    unlit: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that it prints."""
        found = {column.field for column in self.columns if column.field}
        return frozenset(found | ({"section"} if self.section else set()))


@dataclass(frozen=True, slots=True)
class RoundWords:
    """What the office's placeholders stand for.

    Attributes:
        ledger: 专项.
        number: of the round.
        cut_off: 截至.
        office: 填报单位.
        day: the day of printing.
    """

    ledger: str = ""
    number: int | None = None
    cut_off: date | None = None
    office: str = ""
    day: date | None = None
