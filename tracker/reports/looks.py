"""How a report looks: layouts read from `resources/layouts/`, and the sizes that follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tracker.base.errors import FileProblem
from tracker.base.resources import load

POINTS_PER_MM = 72 / 25.4
PIXELS_PER_MM = 96 / 25.4
POINTS_PER_PIXEL = 0.75
_MOST_TOLD = 4
TALLEST_ROW = 409.5
"""No row of a sheet can be taller (points)."""


@dataclass(frozen=True, slots=True)
class TextLook:
    """Font, sizes (the first that keeps the text on one line is used), alignment, row padding."""

    font: str
    sizes: tuple[float, ...]
    align: str
    padding: float


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column: the field it prints, its heading, its width in pixels of Excel."""

    field: str
    heading: str
    pixels: int
    align: str

    @property
    def points(self) -> float:
        """Return the width in points."""
        return self.pixels * POINTS_PER_PIXEL


@dataclass(frozen=True, slots=True)
class PageLook:
    """Paper, margins (mm) and footer.

    Attributes:
        footer: with `&P` for the page's number, `&N` for how many there are.
        sides: whether the footer stands at the right of odd pages, at the left of even ones.
    """

    paper: int
    landscape: bool
    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    header_mm: float
    footer_mm: float
    footer: str
    footer_font: str
    footer_size: int
    sides: bool = False

    @property
    def body_height(self) -> float:
        """Return the height between the margins in points."""
        return (self.height_mm - self.top_mm - self.bottom_mm) * POINTS_PER_MM

    @property
    def body_pixels(self) -> int:
        """Return the width between the margins in pixels of Excel."""
        return int((self.width_mm - self.left_mm - self.right_mm) * PIXELS_PER_MM)


@dataclass(frozen=True, slots=True)
class NormalLook:
    """The workbook's normal font; Excel counts column widths in its digits."""

    font: str
    size: float
    digit_px: int


@dataclass(frozen=True, slots=True)
class CellLook:
    """Room inside a cell: padding at each side, least row height, share of the width reckoned."""

    side_padding: float
    least_height: float
    width_share: float


@dataclass(frozen=True, slots=True)
class FrameLook:
    """What stands round the table, in words with places to fill in; None: what the report says.

    Attributes:
        title, annex: above the table.
        meta: under the title, the last of several at the right end.
        signature: on one line below the table.
        legend: whether the lights and marks are explained below the table.
        marks: whether what is new against the round before is underlined.
    """

    title: str | None = None
    annex: str | None = None
    meta: tuple[str, ...] | None = None
    signature: tuple[str, ...] = ()
    legend: bool = False
    marks: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole layout, as its file in `resources/layouts/` says.

    Attributes:
        group: by what the rows are grouped (`section`, `unit`); empty for not at all.
        merged: the group stands in a column of its own (field `group`) in one cell over its
            rows; else on a line of its own over all columns.
        below: signature line and legend under the table.
        group_line: a group's line over all columns.
    """

    name: str
    label: str
    sheet: str
    page: PageLook
    normal: NormalLook
    cell: CellLook
    annex: TextLook
    title: TextLook
    meta: TextLook
    heading: TextLook
    body: TextLook
    columns: tuple[ColumnLook, ...]
    frame: FrameLook = FrameLook()
    group: str = ""
    merged: bool = False
    below: TextLook = TextLook("仿宋_GB2312", (12.0,), "left", 6.0)
    group_line: TextLook = TextLook("黑体", (12.0,), "left", 6.6)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings of the columns."""
        return tuple(column.heading for column in self.columns)

    def room(self, points: float, size: float) -> float:
        """Return how many em of text of `size` stand on one line of a cell `points` wide."""
        return (points - 2 * self.cell.side_padding) * self.cell.width_share / size

    def narrowed(self, share: float) -> Layout:
        """Return the layout with its columns on that share of the paper's width at most."""
        room, total = self.page.body_pixels * share, sum(column.pixels for column in self.columns)
        if total <= room:
            return self
        factor = room / total
        columns = (replace(each, pixels=int(each.pixels * factor)) for each in self.columns)
        return replace(self, columns=tuple(columns))

    def excel_width(self, column: ColumnLook) -> float:
        """Return the width that makes Excel draw `column` exactly `column.pixels` wide."""
        return column.pixels / self.normal.digit_px


def load_layout(name: str = "standard") -> Layout:
    """Return the layout `name`.

    Raises:
        FileProblem: the file is missing, or something in it is wrong.
    """
    return read_layout(layout_data(name), name)


def layout_data(name: str = "standard") -> dict[str, Any]:  # Any: values of TOML
    """Return the layout `name` as it is written, to be kept with what was printed by it.

    Raises:
        FileProblem: the file is missing or cannot be read.
    """
    return completed(load(f"layouts/{name}.toml"))


def completed(data: dict[str, Any]) -> dict[str, Any]:  # Any: values of TOML
    """Return a layout with what it takes from the one that it names as its `base`."""
    return _over(layout_data(data["base"]), data) if "base" in data else data


def _over(base: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:  # Any: values of TOML
    """Return a layout that takes what it does not say itself from another one."""
    joined = dict(base)
    for key, value in data.items():
        both = isinstance(value, dict) and isinstance(joined.get(key), dict)
        joined[key] = _over(joined[key], value) if both else value
    return joined


def read_layout(data: dict[str, Any], name: str) -> Layout:  # Any: values of TOML
    """Return the layout that `data` describes.

    Raises:
        FileProblem: something in it is missing, wrong or cannot be printed; it says what.
    """
    from tracker.reports.layout_check import data_faults, layout_faults

    faults = data_faults(data)
    if not faults:
        layout = _layout(data)
        faults = layout_faults(layout)
    if faults:
        told = "；".join(faults[:_MOST_TOLD])
        more = f"；另有{len(faults) - _MOST_TOLD}处" if len(faults) > _MOST_TOLD else ""
        raise FileProblem(
            f"版式“{name}”的写法有误", f"{told}{more}", "请改正该版式文件或重新安装程序"
        )
    return layout


def _layout(data: dict[str, Any]) -> Layout:  # Any: values of TOML
    parts = ("annex", "title", "meta", "heading", "body")
    looks = {part: _text_look(data[part]) for part in parts}
    looks |= {part: _text_look(data[part]) for part in ("below", "group_line") if part in data}
    group = data.get("group", {})
    return Layout(
        name=data["name"],
        label=data["label"],
        sheet=data["sheet"],
        page=PageLook(**data["page"]),
        normal=NormalLook(**data["normal"]),
        cell=CellLook(**data["cell"]),
        columns=tuple(_column(entry) for entry in data["columns"]),
        frame=_frame(data.get("frame", {})),
        group=group.get("by", ""),
        merged=group.get("merged", False),
        **looks,
    )


def _frame(entry: dict[str, Any]) -> FrameLook:  # Any: values of TOML
    meta = entry.get("meta")
    return FrameLook(
        title=entry.get("title"),
        annex=entry.get("annex"),
        meta=None if meta is None else tuple(meta),
        signature=tuple(entry.get("signature", ())),
        legend=entry.get("legend", False),
        marks=entry.get("marks", False),
    )


def _text_look(entry: dict[str, Any]) -> TextLook:  # Any: values of TOML
    return TextLook(entry["font"], tuple(entry["sizes"]), entry["align"], float(entry["padding"]))


def _column(entry: dict[str, Any]) -> ColumnLook:  # Any: values of TOML
    pixels = int(entry["width_mm"] * PIXELS_PER_MM)
    return ColumnLook(entry["field"], entry["heading"], pixels, entry["align"])
