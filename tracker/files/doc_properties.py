"""What an old Word file says of its paragraphs and characters, found by their place in it."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.files import doc_sprms as codes
from tracker.files.doc_file import plc_entries
from tracker.files.doc_sprms import number, sprms
from tracker.files.doc_styles import Styles, switched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.doc_file import WordFile

_STYLES, _CHARACTERS, _PARAGRAPHS = 1, 12, 13
_PAGE = 512
_NO_LIST = frozenset({0, 0x7FF})


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What is said of a paragraph.

    Attributes:
        depth: in how many tables it stands.
        ends_row: it is no text but the end of a row; `row` says how the row is made.
        ends_cell: it ends a cell of an inner table.
        list_id: the list it belongs to; None for none.
    """

    style: int = 0
    depth: int = 0
    ends_row: bool = False
    ends_cell: bool = False
    list_id: int | None = None
    level: int = 0
    row: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What is said of a run of characters.

    Attributes:
        picture: where its picture or form data begins in the stream of data; None for neither.
        symbol: number of the font and the sign taken from it.
        hidden: 0, 1, or in the ways of a switch against the style; None where nothing is said.
    """

    deleted: bool = False
    inserted: bool = False
    hidden: int | None = None
    style: int | None = None
    is_form: bool = False
    picture: int | None = None
    symbol: tuple[int, int] | None = None


_PLAIN = Look()
_ROW_CODES = frozenset({codes.ROW_SHAPE, codes.MERGED_DOWN, codes.MERGED_ACROSS, codes.SPLIT})


class Properties:
    """Finds the properties of paragraphs and characters."""

    def __init__(self, file: WordFile) -> None:
        """Read where they stand; they themselves are read when asked for."""
        self.styles = Styles(file.block(_STYLES))
        self._file = file
        self._paragraphs = _Runs(file, _PARAGRAPHS, wide=True)
        self._characters = _Runs(file, _CHARACTERS, wide=False)
        self._looks: dict[tuple[bytes, bytes], Look] = {}
        self._paragraph_looks: dict[tuple[bytes, bytes], ParagraphLook] = {}

    def paragraph(self, last: int) -> ParagraphLook:
        """Return what is said of the paragraph whose end is the character `last`."""
        piece = self._file.piece_at(last)
        key = self._paragraphs.at(piece.place(last)), piece.changes
        found = self._paragraph_looks.get(key)
        if found is None:
            found = self._paragraph_looks[key] = self._paragraph_look(*key)
        return found

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, Look]]:
        """Yield the runs of alike characters between two places in the text."""
        while start < end:
            piece = self._file.piece_at(start)
            stop = min(end, piece.end)
            if stop <= start:
                return
            for first, last, group in self._characters.between(
                piece.place(start), piece.place(stop)
            ):
                begin = start + (first - piece.place(start)) // piece.width
                after = start + -(-(last - piece.place(start)) // piece.width)
                if begin < after:
                    yield begin, min(after, stop), self._look(group, piece.changes)
            start = stop

    def look(self, cp: int) -> Look:
        """Return what is said of one character."""
        piece = self._file.piece_at(cp)
        return self._look(self._characters.at(piece.place(cp)), piece.changes)

    def hides(self, look: Look, style: int) -> bool:
        """Tell whether characters of this look are hidden in a paragraph of this style."""
        of_style = self.styles.hides(style)
        if look.style is not None:
            of_style = of_style or self.styles.hides(look.style)
        return of_style if look.hidden is None else switched(look.hidden, of_style)

    def _look(self, group: bytes, changes: bytes) -> Look:
        if not group and not changes:
            return _PLAIN
        key = group, changes
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = _look_of(dict(sprms(group)) | dict(sprms(changes)))
        return found

    def _paragraph_look(self, described: bytes, changes: bytes) -> ParagraphLook:
        style = number(described[:2])
        said: dict[int, bytes] = {}
        row: list[tuple[int, bytes]] = []
        for code, value in self._all(described[2:] + changes):
            said[code] = value
            if code in _ROW_CODES:
                row.append((code, value))
        flags = {code: bool(number(value)) for code, value in said.items()}
        depth = number(said[codes.DEPTH]) if codes.DEPTH in said else 0
        if flags.get(codes.IN_TABLE) and not depth:
            depth = 1
        ends_row = flags.get(codes.ROW_END if depth <= 1 else codes.INNER_ROW_END, False)
        list_id, level = self.styles.list_of(style)
        if codes.LIST in said:
            list_id = number(said[codes.LIST])
        if codes.LIST_LEVEL in said:
            level = number(said[codes.LIST_LEVEL])
        return ParagraphLook(
            style,
            depth,
            ends_row,
            flags.get(codes.INNER_CELL_END, False),
            None if list_id in _NO_LIST else list_id,
            level or 0,
            tuple(row),
        )

    def _all(self, group: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the properties, those too that are kept in the stream of data for their length."""
        for code, value in sprms(group):
            if code in codes.HUGE or code == codes.TABLE_PROPERTIES:
                at = number(value)
                if at + 2 <= len(self._file.data):
                    (size,) = struct.unpack_from("<H", self._file.data, at)
                    yield from sprms(self._file.data[at + 2 : at + 2 + size])
            else:
                yield code, value


def _look_of(said: dict[int, bytes]) -> Look:
    def flag(code: int) -> bool:
        return code in said and bool(number(said[code]))

    symbol = said.get(codes.SYMBOL)
    return Look(
        deleted=flag(codes.DELETED),
        inserted=flag(codes.INSERTED),
        hidden=number(said[codes.HIDDEN]) if codes.HIDDEN in said else None,
        style=number(said[codes.CHARACTER_STYLE]) if codes.CHARACTER_STYLE in said else None,
        is_form=flag(codes.FORM_DATA),
        picture=number(said[codes.PICTURE]) if codes.PICTURE in said else None,
        symbol=struct.unpack("<HH", symbol) if symbol is not None else None,
    )


class _Runs:
    """The runs of a bin table: from byte to byte of the file, with the bytes that describe it."""

    def __init__(self, file: WordFile, index: int, *, wide: bool) -> None:
        self._starts: list[int] = []
        self._runs: list[tuple[int, int, bytes]] = []
        pages = {number(entry[:4]) & 0x3FFFFF for _, _, entry in plc_entries(file.block(index), 4)}
        runs: list[tuple[int, int, bytes]] = []
        for page in pages:
            runs += _page_runs(file.main[page * _PAGE : (page + 1) * _PAGE], wide)
        runs.sort(key=lambda run: run[:2])
        for start, end, group in runs:
            if not self._starts or start >= self._runs[-1][1]:
                self._starts.append(start)
                self._runs.append((start, end, group))

    def at(self, place: int) -> bytes:
        """Return what is said at a byte of the file."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and place < self._runs[index][1]:
            return self._runs[index][2]
        return b""

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield what is said between two bytes, without gaps."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        at = start
        while at < end and index < len(self._runs):
            first, last, group = self._runs[index]
            index += 1
            if last <= at:
                continue
            if first >= end:
                break
            if first > at:
                yield at, first, b""
            yield max(first, at), min(last, end), group
            at = min(last, end)
        if at < end:
            yield at, end, b""


def _page_runs(page: bytes, wide: bool) -> Iterator[tuple[int, int, bytes]]:
    """Yield the runs of one page; of paragraphs where `wide`, else of characters."""
    if len(page) < _PAGE:
        return
    count, step = page[-1], 13 if wide else 1
    if 4 * (count + 1) + step * count > _PAGE - 1:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for index, (start, end) in enumerate(pairwise(places)):
        at = 2 * page[4 * (count + 1) + step * index]
        if start < end:
            yield start, end, _described(page, at, wide) if at else b""


def _described(page: bytes, at: int, wide: bool) -> bytes:
    size = page[at]
    if not wide:
        return page[at + 1 : at + 1 + size]
    if size:
        return page[at + 1 : at + 2 * size]
    return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < len(page) else b""
