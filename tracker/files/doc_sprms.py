"""Properties in an old Word file: a row of codes, each with its value."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DELETED, INSERTED, FORM_DATA, EMBEDDED = 0x0800, 0x0801, 0x0806, 0x080A
HIDDEN, CHARACTER_STYLE, PICTURE, SYMBOL = 0x083C, 0x4A30, 0x6A03, 0x6A09
IN_TABLE, ROW_END, DEPTH, INNER_CELL_END, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
LIST, LIST_LEVEL = 0x460B, 0x260A
HUGE = frozenset({0x6645, 0x6646})
TABLE_PROPERTIES = 0x646B
ROW_SHAPE, MERGED_DOWN, MERGED_ACROSS, SPLIT = 0xD608, 0xD62B, 0x5624, 0x5625

_TABS = 0xC615
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_BY_LENGTH = 6


def sprms(group: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the codes of a group with the bytes of their values; what is cut off is left out."""
    at = 0
    while at + 2 <= len(group):
        (code,) = struct.unpack_from("<H", group, at)
        at += 2
        size, head = _size(code, group, at)
        at += head
        value = group[at : at + size]
        if len(value) < size or size < 0:
            return
        yield code, value
        at += size


def number(value: bytes) -> int:
    """Return a value as a number."""
    return int.from_bytes(value, "little")


def _size(code: int, group: bytes, at: int) -> tuple[int, int]:
    """Return how many bytes a value takes and how many stand before it to say so."""
    kind = code >> 13
    if kind != _BY_LENGTH:
        return _SIZES[kind], 0
    if code == ROW_SHAPE:
        if at + 2 > len(group):
            return -1, 0
        return struct.unpack_from("<H", group, at)[0] - 1, 2
    if at >= len(group):
        return -1, 0
    if code == _TABS and group[at] == 0xFF:
        return _tabs_size(group, at + 1), 1
    return group[at], 1


def _tabs_size(group: bytes, at: int) -> int:
    """Return the length of a list of tab stops too long to say it in a byte."""
    if at >= len(group):
        return -1
    removed = 1 + 4 * group[at]
    if at + removed >= len(group):
        return -1
    return removed + 1 + 3 * group[at + removed]
