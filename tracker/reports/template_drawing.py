"""Pictures, shapes and comments of a template's sheet, kept where they stood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from tracker.reports.template_package import parsed, tag, written
from tracker.reports.template_refs import Area
from tracker.reports.template_words import has_placeholder, replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.reports.template_package import Parts
    from tracker.reports.template_refs import RowShift

_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMU_PER_POINT = 12_700
_NOTE_SHAPE = re.compile(rb"<(v:shape)\b.*?</\1>", re.DOTALL)
_NOTE_ROW = re.compile(rb"(<x:Row>)\s*(\d+)\s*(</x:Row>)")
_NOTE_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")


@dataclass(frozen=True, slots=True)
class Heights:
    """The heights of the rows before and after, in points.

    Attributes:
        old: of any row of the template.
        new: of the new rows, from the first on.
    """

    shift: RowShift
    old: Callable[[int], float]
    new: tuple[float, ...]

    def depth(self, row: int, offset: float) -> float:
        """Return how far a place lies below the upper edge of the old table."""
        return sum(map(self.old, range(self.shift.first, row))) + offset

    def place(self, depth: float) -> tuple[int, float]:
        """Return the row and the offset of a place that lies so far below the new table's edge."""
        edges = list(accumulate(self.new, initial=0.0))
        at = sum(edge <= depth for edge in edges) - 1
        return self.shift.first + at, depth - edges[at]

    @property
    def old_total(self) -> float:
        """Return the height of the old table."""
        return self.depth(self.shift.last + 1, 0.0)

    @property
    def new_total(self) -> float:
        """Return the height of the new table."""
        return sum(self.new)


def move_drawings(
    parts: Parts, part: str, heights: Heights, values: Mapping[str, str]
) -> list[str]:
    """Move the pictures and shapes of a sheet, say their placeholders; return warnings."""
    warnings = []
    for drawing in parts.targets(part, "drawing"):
        content = parts.read(drawing)
        root = parsed(content)
        over = [_moved(anchor, heights) for anchor in root]
        told = _said(root, dict(values))
        if any(each is not None for each in over) or told:
            parts.write(drawing, written(root))
        if any(over):
            warnings.append("模板旧表上面盖有图片或图形，已留在原来的高度，请核对位置")
    return warnings


def _said(root: Any, values: dict[str, str]) -> bool:  # Any: an element of lxml
    """Say the placeholders of text boxes; tell whether there were any."""
    found = [each for each in root.iter(f"{{{_A}}}t") if has_placeholder(each.text or "")]
    for each in found:
        each.text = replaced(each.text, values)
    return bool(found)


def _moved(anchor: Any, heights: Heights) -> bool | None:  # Any: an element of lxml
    """Move an anchor; return None where it stays, whether it lay over the old rows otherwise."""
    ends = [end for name in ("from", "to") if (end := anchor.find(f"{{{_XDR}}}{name}")) is not None]
    rows = [int(end.findtext(f"{{{_XDR}}}row", "0")) + 1 for end in ends]
    shift = heights.shift
    if not rows or max(rows) < shift.first or (len(rows) == 1 and rows[0] < shift.first):
        return None
    if min(rows) > shift.last:
        for end, row in zip(ends, rows, strict=True):
            _put(end, row + shift.delta, None)
        return False
    depths = [
        heights.depth(row, _offset(end)) if row >= shift.first else None
        for end, row in zip(ends, rows, strict=True)
    ]
    lift = heights.new_total - heights.old_total if max(rows) > shift.last else 0.0
    if rows[0] < shift.first:
        lift = 0.0
    elif depths[0] is not None:
        lift = max(lift, -depths[0])
    for end, depth in zip(ends, depths, strict=True):
        if depth is not None:
            _place(end, depth + lift, heights)
    return True


def _place(end: Any, depth: float, heights: Heights) -> None:  # Any: an element of lxml
    if depth < heights.new_total:
        _put(end, *heights.place(depth))
        return
    # below the new table the rows are those that stood below the old one
    left, row = depth - heights.new_total, heights.shift.last + 1
    while left > 0 and left >= heights.old(row) > 0:
        left -= heights.old(row)
        row += 1
    _put(end, row + heights.shift.delta, left)


def _offset(end: Any) -> float:  # Any: an element of lxml
    return int(end.findtext(f"{{{_XDR}}}rowOff", "0")) / _EMU_PER_POINT


def _put(end: Any, row: int, offset: float | None) -> None:  # Any: an element of lxml
    end.find(f"{{{_XDR}}}row").text = str(row - 1)
    if offset is not None:
        end.find(f"{{{_XDR}}}rowOff").text = str(round(offset * _EMU_PER_POINT))


def move_comments(parts: Parts, part: str, shift: RowShift) -> list[str]:
    """Move the comments below the table, take those of the old rows out; return warnings."""
    gone = 0
    for comments in parts.targets(part, "comments"):
        gone += _move_comments(parts, comments, shift, "commentList", tag("comment"))
    for comments in parts.targets(part, "threadedComment"):
        root = parsed(parts.read(comments))
        before = written(root)
        _move_all(root, list(root), shift)
        if written(root) != before:
            parts.write(comments, written(root))
    for drawing in parts.targets(part, "vmlDrawing"):
        parts.write(drawing, _moved_notes(parts.read(drawing), shift))
    return [f"模板旧表里的 {gone} 条批注没有保留"] if gone else []


def _move_comments(parts: Parts, part: str, shift: RowShift, holder: str, name: str) -> int:
    root = parsed(parts.read(part))
    held = root.find(tag(holder))
    before = written(root)
    gone = 0 if held is None else _move_all(held, list(held.iterchildren(name)), shift)
    if written(root) != before:
        parts.write(part, written(root))
    return gone


def _move_all(holder: Any, comments: list[Any], shift: RowShift) -> int:  # Any: of lxml
    gone = 0
    for comment in comments:
        area = Area.read(comment.get("ref", ""))
        if area is None:
            continue
        if shift.holds(area.top):
            holder.remove(comment)
            gone += 1
        else:
            comment.set(
                "ref",
                str(Area(area.left, *(shift.row(area.top),), area.right, shift.row(area.bottom))),
            )
    return gone


def _moved_notes(content: bytes, shift: RowShift) -> bytes:
    """Return the drawn boxes of comments with those of the old rows taken out."""

    def shape(found: re.Match[bytes]) -> bytes:
        whole = found.group()
        row = _NOTE_ROW.search(whole)
        if row is None:
            return whole
        number = int(row.group(2)) + 1
        if shift.holds(number):
            return b""
        if number < shift.first:
            return whole
        whole = _NOTE_ROW.sub(rb"\g<1>%d\g<3>" % (shift.row(number) - 1), whole)
        return _NOTE_ANCHOR.sub(lambda a: a[1] + _lower(a[2], shift.delta) + a[3], whole)

    return _NOTE_SHAPE.sub(shape, content)


def _lower(anchor: bytes, delta: int) -> bytes:
    """Return the anchor of a box so many rows lower; its third and seventh number are rows."""
    numbers = [each.strip() for each in anchor.split(b",")]
    if len(numbers) != 8:
        return anchor
    for at in (2, 6):
        numbers[at] = b"%d" % max(0, int(numbers[at]) + delta)
    return b", ".join(numbers)
