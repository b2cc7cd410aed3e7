"""What an old workbook says before its sheets: their names, the strings, the number formats."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.files.format_code import builtin_format
from tracker.files.limits import MAX_CELLS, MAX_CHARACTERS
from tracker.files.ole import codec_of
from tracker.files.package import Damaged, too_much
from tracker.files.xls_records import BIFF5, BIFF8, Strings, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.files.xls_records import Record

FILEPASS = 0x002F
_BOF, _CODEPAGE, _DATEMODE, _SHEET = 0x0809, 0x0042, 0x0022, 0x0085
_FORMAT, _XF, _STRINGS = 0x041E, 0x00E0, 0x00FC
_WORKSHEET, _MODULE = 0, 6
_STEP = 5000


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A sheet: where its records begin, and whether it holds a table or a chart."""

    name: str
    start: int
    hidden: bool
    is_table: bool


@dataclass(slots=True)
class Globals:
    """What the first part of the stream says.

    Attributes:
        codec: of the strings before BIFF8; None where the file does not say.
        formats: the format code of each cell style.
    """

    version: int = BIFF8
    codec: str | None = None
    from_1904: bool = False
    sheets: list[SheetPlace] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)

    def text(self, record: Record, at: int, width: str = "<H") -> str:
        """Return the string that stands at `at` of a record."""
        if self.version >= BIFF8:
            return Strings(record.pieces, at).next(width)
        (count,) = struct.unpack_from(width, record.data, at)
        at += struct.calcsize(width)
        return self.narrow(b"".join(record.pieces)[at : at + count])

    def narrow(self, data: bytes) -> str:
        """Decode a string of one before BIFF8."""
        if self.codec is not None:
            return data.decode(self.codec, errors="replace")
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            return data.decode("cp1252", errors="replace")


def read_globals(stream: bytes, step: Callable[[int], None]) -> Globals:
    """Read the first part of a workbook's stream.

    Raises:
        Damaged: it is none, or of a version that is not read.
    """
    found = Globals()
    reader = _Reader(found, step)
    for record in records(stream, 0):
        if record.type in reader.handlers and record.depth <= 1:
            reader.handlers[record.type](record)
    reader.finish()
    return found


class _Reader:
    def __init__(self, found: Globals, step: Callable[[int], None]) -> None:
        self._found = found
        self._step = step
        self._codes: dict[int, str] = {}
        self._numbers: list[int] = []
        self.handlers: dict[int, Callable[[Record], None]] = {
            _BOF: self._begin,
            _CODEPAGE: self._code_page,
            _DATEMODE: self._date_mode,
            _SHEET: self._sheet,
            _FORMAT: self._format,
            _XF: self._style,
            _STRINGS: self._strings,
        }

    def finish(self) -> None:
        """Bring styles and format codes together."""
        self._found.formats = [self._codes.get(n) or builtin_format(n) for n in self._numbers]
        if not self._found.sheets:
            raise Damaged("文件里没有工作表")

    def _begin(self, record: Record) -> None:
        (version,) = struct.unpack_from("<H", record.data)
        if version not in (BIFF5, BIFF8):
            raise Damaged("不是 Excel 5.0 以后的格式")
        self._found.version = version

    def _code_page(self, record: Record) -> None:
        (page,) = struct.unpack_from("<H", record.data)
        self._found.codec = codec_of(page)

    def _date_mode(self, record: Record) -> None:
        self._found.from_1904 = struct.unpack_from("<H", record.data)[0] == 1

    def _sheet(self, record: Record) -> None:
        start, state, kind = struct.unpack_from("<IBB", record.data)
        if kind != _MODULE:
            name = self._found.text(record, 6, "<B")
            place = SheetPlace(name, start, bool(state & 3), kind == _WORKSHEET)
            self._found.sheets.append(place)

    def _format(self, record: Record) -> None:
        (number,) = struct.unpack_from("<H", record.data)
        width = "<H" if self._found.version >= BIFF8 else "<B"
        try:
            self._codes[number] = self._found.text(record, 2, width)
        except Damaged:  # Excel opens such a file too and shows the number plainly
            self._codes.pop(number, None)

    def _style(self, record: Record) -> None:
        self._numbers.append(struct.unpack_from("<H", record.data, 2)[0])

    def _strings(self, record: Record) -> None:
        (count,) = struct.unpack_from("<I", record.data, 4)
        if count > MAX_CELLS:
            raise Damaged("文字的数目有误")
        strings, room = Strings(record.pieces, 8), MAX_CHARACTERS
        for index in range(count):
            # Some programs count more than they write; a cell that wants one of those fails.
            if strings.is_over():
                break
            text = strings.next()
            room -= len(text)
            if room < 0:
                raise too_much(f"最多读 {MAX_CHARACTERS} 个字")
            self._found.strings.append(text)
            if index % _STEP == 0:
                self._step(index)
