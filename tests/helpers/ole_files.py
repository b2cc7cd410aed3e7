"""Old Office files put together byte by byte, so that every construct of them can be had."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALLEST = 4096


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file with these streams at the top."""
    padded = {name: data + bytes(max(_SMALLEST - len(data), 0)) for name, data in streams.items()}
    sectors: list[bytes] = []
    chain: list[int] = []
    starts = {}
    for name, data in padded.items():
        starts[name] = len(sectors)
        pieces = [data[at : at + _SECTOR] for at in range(0, len(data), _SECTOR)]
        sectors += [piece.ljust(_SECTOR, b"\0") for piece in pieces]
        chain += [*range(len(chain) + 1, len(chain) + len(pieces)), _END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for index, (name, data) in enumerate(padded.items(), 1):
        after = index + 1 if index < len(padded) else _FREE
        entries.append(_entry(name, 2, starts[name], len(data), right=after))
    directory = b"".join(entries)
    directory += bytes(-len(directory) % _SECTOR)
    first = len(sectors)
    count = len(directory) // _SECTOR
    sectors += [directory[at : at + _SECTOR] for at in range(0, len(directory), _SECTOR)]
    chain += [*range(first + 1, first + count), _END]
    tables = 1
    while tables * 128 < len(chain) + tables:
        tables += 1
    places = list(range(len(chain), len(chain) + tables))
    chain += [_FAT] * tables
    chain += [_FREE] * (tables * 128 - len(chain))
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, first, 0, _SMALLEST, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return head + b"".join(sectors) + struct.pack(f"<{len(chain)}I", *chain)


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE
) -> bytes:
    raw = f"{name}\0".encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8s8sIII", raw, len(raw), kind, 1, _FREE, right, child,
        b"", 0, b"", b"", start, size, 0,
    )  # fmt: skip


def record(type_: int, data: bytes = b"") -> bytes:
    """Return a record of a workbook."""
    return struct.pack("<HH", type_, len(data)) + data


def old_workbook(
    cells: bytes,
    *,
    version: int = 0x0500,
    page: int | None = 936,
    name: bytes = b"\xb1\xed",
    more: bytes = b"",
    stream: str = "Book",
) -> bytes:
    """Return a workbook of one sheet.

    Args:
        cells: the records of the sheet.
        version: 0x0500 for Excel 5.0/95, 0x0600 for Excel 97 to 2003.
        page: the code page of its strings; None to leave it unsaid.
        name: the sheet's name as the file writes it, without its length.
        more: further records of the first part.
        stream: the stream's name.
    """
    begin = record(0x0809, struct.pack("<HHHH", version, 5, 0, 0))
    said = b"" if page is None else record(0x0042, struct.pack("<H", page))
    style = record(0x00E0, bytes(20))
    length = len(name) - 1 if version >= 0x0600 else len(name)
    front = begin + said + more + style
    start = len(front) + 4 + 7 + len(name) + 4
    place = record(0x0085, struct.pack("<IBBB", start, 0, 0, length) + name)
    sheet = record(0x0809, struct.pack("<HHHH", version, 0x10, 0, 0)) + cells + record(0x000A)
    return ole({stream: front + place + record(0x000A) + sheet})


@dataclass
class Text:
    """A paragraph or part of one: its words, properties of the paragraph and of the run."""

    words: str
    paragraph: bytes = b""
    run: bytes = b""


@dataclass
class Word:
    """A Word document in the making.

    Attributes:
        texts: its text in the order in which it is read.
        shuffled: write the pieces backwards, as a fast save leaves them.
        changes: properties laid over a piece, by the index of its text.
        blocks: further blocks of the table stream by their index.
    """

    texts: list[Text] = field(default_factory=list)
    shuffled: bool = False
    changes: dict[int, bytes] = field(default_factory=dict)
    blocks: dict[int, bytes] = field(default_factory=dict)
    parts: tuple[int, ...] = ()
    data: bytes = b""
    flags: int = 0x200
    narrow: bool = False

    def bytes(self) -> bytes:
        """Return the file."""
        places = self._places()
        main = bytearray(places[-1][1])
        for text, (start, end) in zip(self.texts, self._by_text(places), strict=True):
            main[start:end] = self._coded(text.words)
        main += bytes(-len(main) % _SECTOR)
        groups = sorted(
            zip(self._by_text(places), self.texts, strict=True), key=lambda pair: pair[0]
        )
        runs = [(place, text.run, text.paragraph) for place, text in groups if place[0] < place[1]]
        blocks = dict(self.blocks)
        blocks[33] = self._clx(places)
        for index, wide in ((12, False), (13, True)):
            pages = [self._page([run], wide) for run in runs]
            first = len(main) // _SECTOR
            main += b"".join(pages)
            bounds = [run[0][0] for run in runs] + [runs[-1][0][1]]
            numbers = range(first, first + len(pages))
            blocks[index] = struct.pack(f"<{len(bounds) + len(pages)}I", *bounds, *numbers)
        table = bytearray(b"\0" * 16)
        for index, block in blocks.items():
            struct.pack_into("<II", main, 0x9A + 8 * index, len(table), len(block))
            table += block
        struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
        struct.pack_into("<H", main, 0x0A, self.flags)
        total = sum(len(text.words.encode("utf-16-le")) // 2 for text in self.texts)
        parts = self.parts or (total,)
        struct.pack_into(f"<{len(parts)}i", main, 0x4C, *parts)
        streams = {"WordDocument": bytes(main), "1Table": bytes(table)}
        return ole(streams | ({"Data": self.data} if self.data else {}))

    def _coded(self, words: str) -> bytes:
        return words.encode("cp1252") if self.narrow else words.encode("utf-16-le")

    def _places(self) -> list[tuple[int, int]]:
        """Return where each text lies in the file, in the order in which they lie."""
        order = list(reversed(self.texts)) if self.shuffled else self.texts
        places, at = [], 1024
        for text in order:
            size = len(self._coded(text.words))
            places.append((at, at + size))
            at += size
        return places

    def _by_text(self, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return list(reversed(places)) if self.shuffled else places

    def _clx(self, places: list[tuple[int, int]]) -> bytes:
        prefix, modes = b"", {}
        for number, (index, group) in enumerate(self.changes.items()):
            prefix += b"\x01" + struct.pack("<H", len(group)) + group
            modes[index] = number * 2 + 1
        cps, entries = [0], b""
        for index, (text, (start, _)) in enumerate(
            zip(self.texts, self._by_text(places), strict=True)
        ):
            units = len(text.words.encode("utf-16-le")) // 2
            cps.append(cps[-1] + units)
            fc = start * 2 | 0x40000000 if self.narrow else start
            entries += struct.pack("<HIH", 0, fc, modes.get(index, 0))
        plc = struct.pack(f"<{len(cps)}I", *cps) + entries
        return prefix + b"\x02" + struct.pack("<I", len(plc)) + plc

    @staticmethod
    def _page(runs: list[tuple[tuple[int, int], bytes, bytes]], wide: bool) -> bytes:
        (start, end), run, paragraph = runs[0]
        page = bytearray(_SECTOR)
        struct.pack_into("<II", page, 0, start, end)
        page[-1] = 1
        group = struct.pack("<H", 0) + paragraph if wide else run
        if not wide and not group:
            return bytes(page)
        at = 64
        page[8] = at // 2
        if wide:
            group += bytes(len(group) & 1)
            page[at], page[at + 1] = 0, len(group) // 2
            page[at + 2 : at + 2 + len(group)] = group
        else:
            page[at] = len(group)
            page[at + 1 : at + 1 + len(group)] = group
        return bytes(page)


def sprm(code: int, value: int, size: int) -> bytes:
    """Return a property with a value of so many bytes."""
    return struct.pack("<H", code) + value.to_bytes(size, "little")


IN_TABLE = sprm(0x2416, 1, 1)


def row_end(edges: list[int], flags: list[int]) -> bytes:
    """Return the properties of the end of a row: the edges of its cells and how they are merged."""
    cells = b"".join(struct.pack("<H18x", flag) for flag in flags)
    shape = struct.pack(f"<B{len(edges)}h", len(flags), *edges) + cells
    return IN_TABLE + sprm(0x2417, 1, 1) + struct.pack("<HH", 0xD608, len(shape) + 1) + shape
