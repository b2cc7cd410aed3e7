"""The records of an old workbook's stream, and the strings in them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from tracker.files.package import Damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
BIFF5, BIFF8 = 0x0500, 0x0600
_WIDE, _RICH, _EXTENDED = 0x01, 0x08, 0x04
_RUN_BYTES = 4


class Record(NamedTuple):
    """One record: its type, its data and that of the records that continue it, and its depth.

    Attributes:
        depth: 1 on the sheet itself, more inside a chart that lies on it.
    """

    type: int
    pieces: list[bytes]
    depth: int

    @property
    def data(self) -> bytes:
        """Return the data of the record itself."""
        return self.pieces[0]


def records(stream: bytes, start: int) -> Iterator[Record]:
    """Yield the records from the BOF at `start` to its EOF, those of nested parts too.

    Raises:
        Damaged: a record reaches beyond the stream, or there is no end.
    """
    at, depth = start, 0
    kept: Record | None = None
    while at + 4 <= len(stream):
        type_, size = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + size]
        if len(data) < size:
            break
        at += 4 + size
        if type_ == CONTINUE and kept is not None:
            kept.pieces.append(data)
            continue
        if kept is not None:
            yield kept
        depth += type_ == BOF
        kept = Record(type_, [data], depth)
        depth -= type_ == EOF
        if depth <= 0:
            yield kept
            return
    raise Damaged("工作表没有写完")


class Strings:
    """Reads strings of BIFF8, which may be cut anywhere between a record and its continuations."""

    def __init__(self, pieces: list[bytes], at: int) -> None:
        """Begin at `at` of the first of `pieces`."""
        self._pieces = pieces
        self._index = 0
        self._at = at

    def next(self, width: str = "<H") -> str:
        """Return the next string; its length is a number of the form `width`."""
        count = int(self.number(width))
        flags = self._bytes(1)[0]
        runs = int(self.number("<H")) if flags & _RICH else 0
        extra = int(self.number("<I")) if flags & _EXTENDED else 0
        text = self._characters(count, wide=bool(flags & _WIDE))
        self._skip(runs * _RUN_BYTES + extra)
        return text

    def is_over(self) -> bool:
        """Tell whether nothing is left."""
        last = self._index == len(self._pieces) - 1
        return last and self._at >= len(self._pieces[-1])

    def number(self, form: str) -> int:
        """Return the next number."""
        value: int = struct.unpack(form, self._bytes(struct.calcsize(form)))[0]
        return value

    def _characters(self, count: int, *, wide: bool) -> str:
        parts = []
        while True:
            piece = self._pieces[self._index]
            size = 2 if wide else 1
            taken = min(count, (len(piece) - self._at) // size)
            raw = piece[self._at : self._at + taken * size]
            parts.append(raw.decode("utf-16-le", "surrogatepass") if wide else raw.decode("latin1"))
            self._at += taken * size
            count -= taken
            if not count:
                break
            # Where characters go on in the next record, it begins with how wide they are there.
            self._turn()
            wide = bool(self._bytes(1)[0] & _WIDE)
        text = "".join(parts)
        return text if text.isascii() else mended(text)

    def _bytes(self, count: int) -> bytes:
        if self._at >= len(self._pieces[self._index]):
            self._turn()
        piece = self._pieces[self._index]
        data = piece[self._at : self._at + count]
        if len(data) < count:
            raise Damaged("有一段文字没有写完")
        self._at += count
        return data

    def _skip(self, count: int) -> None:
        while count:
            left = len(self._pieces[self._index]) - self._at
            if count <= left:
                self._at += count
                return
            count -= left
            self._turn()

    def _turn(self) -> None:
        if self._index + 1 >= len(self._pieces):
            raise Damaged("有一段文字没有写完")
        self._index += 1
        self._at = 0


def mended(text: str) -> str:
    """Join halves of characters that were cut apart; a half that stays alone becomes a mark."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
