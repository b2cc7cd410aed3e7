"""An old Word file (.doc, .wps; Word 97 to 2003) as streams: its head, its pieces, its text."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.files.limits import MAX_CHARACTERS
from tracker.files.locked import unknown_lock
from tracker.files.locked_rc4 import opener, read_lock
from tracker.files.package import Damaged, too_much

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.files.ole import Container
    from tracker.files.reading import Request

_WORD_97, _WORD_6 = 0xA5EC, 0xA5DC
_FIRST_VERSION = 190
_ENCRYPTED, _OTHER_TABLE, _OBFUSCATED = 0x100, 0x200, 0x8000
_BLOCK, _OPEN_HEAD = 512, 0x44
_LENGTHS, _PLACES = 0x4C, 0x9A
_CLX = 33
_NARROW = 0x40000000
# Word never holds more signs than bytes; a file that repeats its pieces is a trap.
_MOST_REPEATED = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text: its place in the text, in the file, and what is said of it.

    Attributes:
        start: its first character.
        end: behind its last character.
        fc: the byte where it begins in the file.
        width: bytes of a character.
        changes: properties that a fast save laid over the whole piece.
    """

    start: int
    end: int
    fc: int
    width: int
    changes: bytes

    def place(self, cp: int) -> int:
        """Return the byte at which the character `cp` stands."""
        return self.fc + (cp - self.start) * self.width


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text (body, footnotes …): its first character and behind its last."""

    start: int
    end: int


class WordFile:
    """The streams of a document, unlocked.

    Attributes:
        main, table, data: the streams.
        text: all its parts in a row, a UTF-16 unit for each character.
        pieces: the pieces of the text in order.
        body, footnotes, headers, comments, endnotes, boxes: the parts.
    """

    def __init__(self, container: Container, request: Request) -> None:
        """Read the head and the text.

        Raises:
            FileProblem: it is of an older format, or too large.
            PasswordNeeded: it is locked.
            Damaged, struct.error …: see `ole.OLE_DAMAGE`.
        """
        self.main = container.stream("WordDocument")
        ident, version = struct.unpack_from("<HH", self.main)
        if ident == _WORD_6 or (ident == _WORD_97 and version < _FIRST_VERSION):
            raise FileProblem(
                f"“{request.name}”是 Word 6.0/95 的文档，太旧了，读不了",
                "",
                "请在 Word 或 WPS 里打开，另存为 .docx 再导入",
            )
        if ident != _WORD_97:
            raise Damaged("不是 Word 文档")
        (flags,) = struct.unpack_from("<H", self.main, 0x0A)
        self.table = container.stream("1Table" if flags & _OTHER_TABLE else "0Table")
        self.data = container.stream("Data") if container.has("Data") else b""
        if flags & _ENCRYPTED:
            self._unlock(flags, request)
        self.body, self.footnotes, self.headers, _, self.comments, self.endnotes, self.boxes = (
            self._parts()
        )
        self.pieces = self._read_pieces()
        self.text = "".join(map(self._piece_text, self.pieces))
        self._starts = [piece.start for piece in self.pieces]

    def block(self, index: int) -> bytes:
        """Return the block of the table stream that the head's entry `index` names."""
        start, size = self._place(index)
        return self.table[start : start + size] if size else b""

    def block_start(self, index: int) -> int:
        """Return where that block begins; -1 where there is none."""
        start, size = self._place(index)
        return start if size else -1

    def piece_at(self, cp: int) -> Piece:
        """Return the piece in which the character `cp` stands."""
        return self.pieces[max(bisect_right(self._starts, cp) - 1, 0)]

    def _place(self, index: int) -> tuple[int, int]:
        if _PLACES + 8 * index + 8 > len(self.main):
            return 0, 0
        start, size = struct.unpack_from("<II", self.main, _PLACES + 8 * index)
        return start, size

    def _unlock(self, flags: int, request: Request) -> None:
        if flags & _OBFUSCATED:
            raise unknown_lock(request.name)
        (size,) = struct.unpack_from("<I", self.main, 0x0E)
        unlocked = opener(read_lock(self.table[:size], request.name), request)
        self.main = self.main[:_OPEN_HEAD] + unlocked(self.main, _BLOCK)[_OPEN_HEAD:]
        self.table = unlocked(self.table, _BLOCK)
        self.data = unlocked(self.data, _BLOCK)

    def _parts(self) -> list[Part]:
        parts, at = [], 0
        for size in struct.unpack_from("<7i", self.main, _LENGTHS):
            if size < 0:
                raise Damaged("文字的长度有误")
            parts.append(Part(at, at + size))
            at += size
        return parts

    def _read_pieces(self) -> list[Piece]:
        block, at = self.block(_CLX), 0
        changes: list[bytes] = []
        while at < len(block) and block[at] == 1:
            (size,) = struct.unpack_from("<H", block, at + 1)
            changes.append(block[at + 3 : at + 3 + size])
            at += 3 + size
        if at >= len(block) or block[at] != 2:
            raise Damaged("文字的分段表有误")
        (size,) = struct.unpack_from("<I", block, at + 1)
        return self._pieces_of(block[at + 5 : at + 5 + size], changes)

    def _pieces_of(self, plc: bytes, changes: Sequence[bytes]) -> list[Piece]:
        pieces, room = [], min(MAX_CHARACTERS, _MOST_REPEATED * len(self.main))
        for start, end, entry in plc_entries(plc, 8):
            if end < start:
                raise Damaged("文字的分段表有误")
            room -= end - start
            if room < 0:
                raise too_much(f"最多读 {MAX_CHARACTERS} 个字")
            fc, mode = struct.unpack_from("<IH", entry, 2)
            narrow = bool(fc & _NARROW)
            place = (fc & ~_NARROW) // 2 if narrow else fc
            pieces.append(Piece(start, end, place, 1 if narrow else 2, _grouped(mode, changes)))
        if not pieces or pieces[0].start:
            raise Damaged("文字的分段表有误")
        return pieces

    def _piece_text(self, piece: Piece) -> str:
        size = (piece.end - piece.start) * piece.width
        raw = self.main[piece.fc : piece.fc + size]
        if len(raw) < size:
            raise Damaged("有一段文字不在文件里")
        if piece.width == 1:
            return raw.decode("cp1252", "replace") if not _OPEN.intersection(raw) else _narrow(raw)
        text = raw.decode("utf-16-le", "surrogatepass")
        if len(text) * 2 == size:
            return text
        # Characters outside the first plane count as two, as everywhere in the file.
        return "".join(map(chr, struct.unpack(f"<{size // 2}H", raw)))


# Bytes for which the western code page has no character.
_OPEN = frozenset(b"\x81\x8d\x8f\x90\x9d")
# One-byte changes of a piece → the property they set.
_SINGLE = {0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x5C: 0x083C}


def _narrow(raw: bytes) -> str:
    return "".join(chr(b) if b in _OPEN else bytes((b,)).decode("cp1252") for b in raw)


def _grouped(mode: int, changes: Sequence[bytes]) -> bytes:
    """Return the properties that a piece's mode stands for."""
    if mode & 1:
        index = mode >> 1
        return changes[index] if index < len(changes) else b""
    sprm = _SINGLE.get(mode >> 1 & 0x7F)
    return struct.pack("<HB", sprm, mode >> 8) if sprm is not None else b""


def plc_entries(plc: bytes, size: int) -> list[tuple[int, int, bytes]]:
    """Return the entries of a list of places: first character, behind the last, the data.

    Args:
        plc: the block; one place more than there are entries, then the entries.
        size: bytes of an entry.
    """
    count = max((len(plc) - 4) // (4 + size), 0)
    if not count:
        return []
    places = struct.unpack_from(f"<{count + 1}I", plc)
    at = 4 * (count + 1)
    return [
        (start, end, plc[at + size * index : at + size * (index + 1)])
        for index, (start, end) in enumerate(pairwise(places))
    ]
