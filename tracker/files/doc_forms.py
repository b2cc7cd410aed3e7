"""Old form boxes in an old Word file: whether they are ticked, what is chosen."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.files.docx_fields import Field

_TEXT, _TICK, _CHOICE = 0, 1, 2
_UNCHANGED = 25
_MOST_ENTRIES = 100


def take_form(field: Field, data: bytes, at: int) -> None:
    """Read the form box whose data begin at `at` into the field that it belongs to.

    Raises:
        struct.error: they are cut off.
    """
    (head,) = struct.unpack_from("<H", data, at + 4)
    at += head
    version, flags = struct.unpack_from("<IH", data, at)
    kind, result = flags & 3, flags >> 2 & 0x1F
    if version != 0xFFFFFFFF or kind not in (_TICK, _CHOICE):
        return
    at = _after_string(data, at + 10)
    (default,) = struct.unpack_from("<H", data, at)
    chosen = default if result == _UNCHANGED else result
    if kind == _TICK:
        field.ticked = chosen == 1
        return
    at += 2
    for _ in range(5):
        at = _after_string(data, at)
    field.choices += _entries(data, at)
    field.chosen = chosen


def _after_string(data: bytes, at: int) -> int:
    length: int = struct.unpack_from("<H", data, at)[0]
    return at + 2 + 2 * length + 2


def _entries(data: bytes, at: int) -> list[str]:
    mark, count, _, next_ = struct.unpack_from("<HHHH", data, at)
    entries: list[str] = []
    if mark != 0xFFFF:
        return entries
    # Some programs write the count in two bytes, some in four; a blank word tells them apart.
    at += 6 if next_ else 8
    for _ in range(min(count, _MOST_ENTRIES)):
        (length,) = struct.unpack_from("<H", data, at)
        entries.append(data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"))
        at += 2 + 2 * length
    return entries
