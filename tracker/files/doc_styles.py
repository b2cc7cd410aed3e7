"""The styles of an old Word file, as far as they say what is shown: lists and hidden text."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from tracker.files.doc_sprms import HIDDEN, LIST, LIST_LEVEL, number, sprms

_STYLES = 1
_PARAGRAPH, _CHARACTER = 1, 2
_NONE = 0xFFF
_DEEPEST = 40
_ON, _AS_STYLE, _AGAINST_STYLE = 1, 0x80, 0x81


@dataclass(slots=True)
class Style:
    """What a style itself says; None where it leaves that to the style it is based on."""

    based_on: int = _NONE
    list_id: int | None = None
    level: int | None = None
    hidden: bool | None = None


def switched(value: int, of_style: bool) -> bool:
    """Return what a switch means: off, on, as the style has it, or against it."""
    if value == _AS_STYLE:
        return of_style
    return not of_style if value == _AGAINST_STYLE else bool(value)


class Styles:
    """The styles by their number."""

    def __init__(self, block: bytes) -> None:
        """Read the block of the styles; a file may be without."""
        self._styles: dict[int, Style] = {}
        self._hidden: dict[int, bool] = {}
        if len(block) >= 6:
            self._read(block)

    def list_of(self, style: int) -> tuple[int | None, int | None]:
        """Return the list and level that a paragraph has from its style."""
        list_id = level = None
        for one in self._chain(style):
            list_id = one.list_id if list_id is None else list_id
            level = one.level if level is None else level
        return list_id, level

    def hides(self, style: int) -> bool:
        """Tell whether text in this style is hidden."""
        if style not in self._hidden:
            told = (one.hidden for one in self._chain(style) if one.hidden is not None)
            self._hidden[style] = next(told, False)
        return self._hidden[style]

    def _chain(self, style: int) -> list[Style]:
        chain: list[Style] = []
        while style in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[style])
            style = chain[-1].based_on
        return chain

    def _read(self, block: bytes) -> None:
        size, count, base = struct.unpack_from("<HHH", block)
        at = 2 + size
        for index in range(count):
            if at + 2 > len(block):
                return
            (length,) = struct.unpack_from("<H", block, at)
            described = block[at + 2 : at + 2 + length]
            at += 2 + length
            if len(described) >= base + 4:
                self._styles[index] = _style(described, base)


def _style(described: bytes, base: int) -> Style:
    (kinds,) = struct.unpack_from("<H", described, 2)
    kind, style = kinds & 0xF, Style(kinds >> 4)
    (length,) = struct.unpack_from("<H", described, base)
    at = base + 2 + 2 * length + 2
    groups: list[bytes] = []
    while at + 2 <= len(described) and len(groups) < 2:
        at += at & 1
        if at + 2 > len(described):
            break
        (size,) = struct.unpack_from("<H", described, at)
        groups.append(described[at + 2 : at + 2 + size])
        at += 2 + size
    if kind == _PARAGRAPH and groups:
        _take(style, groups[0][2:])
        _take(style, b"".join(groups[1:]))
    elif kind == _CHARACTER and groups:
        _take(style, groups[0])
    return style


def _take(style: Style, group: bytes) -> None:
    for code, value in sprms(group):
        if code == LIST:
            style.list_id = number(value)
        elif code == LIST_LEVEL:
            style.level = number(value)
        elif code == HIDDEN:
            style.hidden = number(value) == _ON
