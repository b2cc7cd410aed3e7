"""The lists of an old Word file → the numbering that documents of all formats share."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tracker.files.docx_numbering import Level, Numbering

if TYPE_CHECKING:
    from tracker.files.doc_file import WordFile

_SHAPES, _LISTS = 73, 74
_SHAPE_BYTES, _LIST_BYTES, _LEVEL_BYTES = 28, 16, 28
_LEVELS = 9
_MOST = 10_000
_SUFFIXES = ("tab", "space", "nothing")
_LEGAL, _NO_RESTART = 0x04, 0x08
_STARTS, _SHAPED = 0x10, 0x20
# The number formats in the order in which the file counts them.
_FORMATS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText",
    "ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha",
    "decimalFullWidth", "decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand",
    "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth",
    "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop",
    "decimalEnclosedParen", "decimalEnclosedCircleChinese", "ideographEnclosedCircle",
    "ideographTraditional", "ideographZodiac", "ideographZodiacTraditional",
    "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand",
    "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand",
    "decimal", "koreanDigital", "koreanCounting", "koreanLegal", "koreanDigital2",
)  # fmt: skip
_IN_DASHES, _NONE = 57, 255


def numbering_of(file: WordFile) -> Numbering:
    """Return the numbering of a document; lists that are damaged are left out."""
    shapes: dict[str, dict[int, Level]] = {}
    lists: dict[int, tuple[str, dict[int, int], dict[int, Level]]] = {}
    start = file.block_start(_SHAPES)
    if start >= 0:
        shapes = _shapes(file.table, start)
    block_start = file.block_start(_LISTS)
    if block_start >= 0:
        lists = _lists(file.table, block_start)
    return Numbering.of(shapes, lists)


def _shapes(table: bytes, start: int) -> dict[str, dict[int, Level]]:
    (count,) = struct.unpack_from("<H", table, start)
    shapes: dict[str, dict[int, Level]] = {}
    at = start + 2 + _SHAPE_BYTES * count
    for index in range(min(count, _MOST)):
        head = start + 2 + _SHAPE_BYTES * index
        (key,) = struct.unpack_from("<I", table, head)
        levels = 1 if table[head + 26] & 1 else _LEVELS
        shapes[str(key)] = held = {}
        for level in range(levels):
            held[level], at = _level(table, at)
    return shapes


def _lists(table: bytes, start: int) -> dict[int, tuple[str, dict[int, int], dict[int, Level]]]:
    (count,) = struct.unpack_from("<I", table, start)
    lists: dict[int, tuple[str, dict[int, int], dict[int, Level]]] = {}
    at = start + 4 + _LIST_BYTES * count
    for index in range(min(count, _MOST)):
        head = start + 4 + _LIST_BYTES * index
        (key,) = struct.unpack_from("<I", table, head)
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        at += 4
        for _ in range(table[head + 12]):
            first, flags = struct.unpack_from("<iI", table, at)
            at += 8
            level = min(flags & 0xF, _LEVELS - 1)
            if flags & _SHAPED:
                levels[level], at = _level(table, at)
                first = levels[level].start
            if flags & _STARTS:
                starts[level] = first
        lists[index + 1] = str(key), starts, levels
    return lists


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """Read a level; return it and where the next begins."""
    start, style, flags = struct.unpack_from("<iBB", table, at)
    places = table[at + 6 : at + 15]
    follows, characters, paragraphs, limit = (
        table[at + 15],
        table[at + 24],
        table[at + 25],
        table[at + 26],
    )
    at += _LEVEL_BYTES + characters + paragraphs
    (length,) = struct.unpack_from("<H", table, at)
    raw = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    level = Level(
        start=max(start, 0),
        format=_format(style),
        text=_pattern(raw, places),
        suffix=_SUFFIXES[follows] if follows < len(_SUFFIXES) else "tab",
        restart=limit if flags & _NO_RESTART else None,
        legal=bool(flags & _LEGAL),
    )
    return level, at + 2 + 2 * length


def _format(number: int) -> str:
    if number == _IN_DASHES:
        return "numberInDash"
    if number == _NONE:
        return "none"
    return _FORMATS[number] if number < len(_FORMATS) else "decimal"


def _pattern(raw: str, places: bytes) -> str:
    """Return a level's text with `%1` where the number of level 1 stands."""
    numbers = {place - 1 for place in places if place}
    return "".join(
        f"%{ord(sign) + 1}" if index in numbers and ord(sign) < _LEVELS else sign
        for index, sign in enumerate(raw[:200])
    )
