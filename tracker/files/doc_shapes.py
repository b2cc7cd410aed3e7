"""What is drawn in an old Word file: where its text boxes are anchored, its drawn titles."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.files.doc_file import Part, plc_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.doc_file import WordFile

_ANCHORS, _DRAWINGS, _BOXES = 40, 50, 56
_ANCHOR_BYTES, _BOX_BYTES = 26, 22
_SPARE, _LID = 8, 14
_CONTAINER = 0xF
_DRAWING, _GROUP, _SHAPE = 0xF002, 0xF003, 0xF004
_HEAD, _OPTIONS = 0xF00A, 0xF00B
_PICTURE_FRAME = 75
_WORDS = 0xC0
_COMPLEX = 0x8000
_DEEPEST = 40


@dataclass(slots=True)
class Drawn:
    """What is anchored at one character of the body: text boxes, drawn words, pictures."""

    boxes: list[Part] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pictures: int = 0


@dataclass(slots=True)
class _Shape:
    """A shape: its number, that of the outermost group it is in, its kind and its words."""

    id: int = 0
    top: int = 0
    kind: int = 0
    words: str = ""


def drawn_in(file: WordFile) -> tuple[dict[int, Drawn], list[Part]]:
    """Return what is anchored at which character, and the boxes whose anchor is not known."""
    anchors = {
        struct.unpack_from("<I", entry)[0]: cp
        for cp, _, entry in plc_entries(file.block(_ANCHORS), _ANCHOR_BYTES)
    }
    shapes = {shape.id: shape for shape in _shapes(file.block(_DRAWINGS))}
    found: dict[int, Drawn] = {}
    loose: list[Part] = []
    for shape in shapes.values():
        cp = anchors.get(shape.top)
        if cp is not None:
            drawn = found.setdefault(cp, Drawn())
            drawn.pictures += shape.kind == _PICTURE_FRAME
            drawn.words += [shape.words] if shape.words else []
    for part, id_ in _boxes(file):
        top = shapes[id_].top if id_ in shapes else id_
        if top in anchors:
            found.setdefault(anchors[top], Drawn()).boxes.append(part)
        else:
            loose.append(part)
    return found, loose


def _boxes(file: WordFile) -> Iterator[tuple[Part, int]]:
    """Yield the texts of the boxes, each with the number of its shape."""
    base, end = file.boxes.start, file.boxes.end
    for start, stop, entry in plc_entries(file.block(_BOXES), _BOX_BYTES):
        spare = struct.unpack_from("<H", entry, _SPARE)[0]
        part = Part(base + start, min(base + stop, end))
        if not spare and part.start < part.end:
            yield part, struct.unpack_from("<I", entry, _LID)[0]


def _shapes(block: bytes) -> Iterator[_Shape]:
    """Yield the shapes of the body's drawing, those in groups too."""
    at = 0
    while at + 8 <= len(block):
        # Each drawing has a byte before it that says whether it is the body's or the headers'.
        head = at if at == 0 else at + 1
        if head + 8 > len(block):
            return
        _, type_, size = struct.unpack_from("<HHI", block, head)
        if type_ == _DRAWING and block[at] == 0:
            yield from _inside(block, head + 8, min(head + 8 + size, len(block)), 0, 0)
        at = head + 8 + size


def _inside(block: bytes, at: int, end: int, top: int, depth: int) -> Iterator[_Shape]:
    """Yield the shapes between two places.

    Args:
        block: the drawings.
        at: where to begin.
        end: where to end.
        top: number of the outermost group around; 0 outside of groups.
        depth: how many containers lie around.
    """
    first = True
    while at + 8 <= end and depth < _DEEPEST:
        _, type_, size = struct.unpack_from("<HHI", block, at)
        start, at = at + 8, at + 8 + size
        stop = min(at, end)
        if type_ == _SHAPE:
            shape = _shape(block, start, stop)
            # The first shape of a group stands for the group; that of the page for nothing.
            if first and depth == 2:
                top = shape.id
            shape.top = top or shape.id
            first = False
            yield shape
        elif type_ == _GROUP:
            yield from _inside(block, start, stop, top, depth + 1)


def _shape(block: bytes, at: int, end: int) -> _Shape:
    shape = _Shape()
    while at + 8 <= end:
        version, type_, size = struct.unpack_from("<HHI", block, at)
        start, at = at + 8, at + 8 + size
        if type_ == _HEAD and size >= 8:
            shape.id, shape.kind = struct.unpack_from("<I", block, start)[0], version >> 4
        elif type_ == _OPTIONS:
            shape.words = _words(block[start : min(at, end)], version >> 4)
    return shape


def _words(options: bytes, count: int) -> str:
    """Return the words of a drawn title (WordArt)."""
    at = 6 * count
    for index in range(count):
        if 6 * index + 6 > len(options):
            return ""
        code, value = struct.unpack_from("<HI", options, 6 * index)
        if code & _COMPLEX:
            if code & 0x3FFF == _WORDS:
                text = options[at : at + value].decode("utf-16-le", "replace")
                return text.partition("\0")[0].strip()
            at += value
    return ""
