"""The old Office container (OLE): its streams, and the custom properties kept in it."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

from tracker.files.package import Damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from olefile import OleFileIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What olefile raises on damaged bytes beside OSError, and the readers on wrong figures in them.
OLE_DAMAGE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    struct.error,
    OverflowError,
    RecursionError,
    Damaged,
)

# What a file is told by where its directory is damaged.
_KNOWN = ("EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book")
_PROPERTIES = "\x05DocumentSummaryInformation"
_USER_DEFINED = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_MOST_PROPERTIES = 1000
_CODE_PAGE, _NAMES = 1, 0
_UTF_16 = 1200
_INTEGERS = {2: "<h", 3: "<i", 18: "<H", 19: "<I", 20: "<q", 21: "<Q", 5: "<d", 4: "<f"}
_TEXT, _WIDE_TEXT, _BOOLEAN = 30, 31, 11


def streams(data: bytes) -> frozenset[str]:
    """Return the names of what stands at the top of an OLE file, in small letters.

    Where its directory is damaged, those names that stand anywhere in it.
    """
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(data)) as ole:
            return frozenset(str(entry[0]).lower() for entry in ole.listdir())
    except OLE_DAMAGE:
        names = (name for name in _KNOWN if f"{name}\0".encode("utf-16-le") in data)
        return frozenset(name.lower() for name in names)


class Container:
    """The streams of an OLE file."""

    def __init__(self, data: bytes) -> None:
        """Open `data`.

        Raises:
            Damaged, OSError …: see `OLE_DAMAGE`.
        """
        from olefile import OleFileIO

        self._size = len(data)
        self._ole: OleFileIO[str] = OleFileIO(BytesIO(data))

    def has(self, stream: str) -> bool:
        """Tell whether there is such a stream at the top."""
        return bool(self._ole.exists(stream))

    def stream(self, name: str) -> bytes:
        """Return a stream of the file.

        Raises:
            Damaged: it is not there, or says it is larger than the file.
        """
        if not self.has(name):
            raise Damaged(f"缺少部件 {name}")
        if int(self._ole.get_size(name)) > self._size:
            raise Damaged(f"部件 {name} 的大小有误")
        with self._ole.openstream(name) as stream:
            data: bytes = stream.read()
        return data

    def custom_properties(self) -> dict[str, str]:
        """Return the custom properties (our own stamp among them); what is damaged is left out."""
        if not self.has(_PROPERTIES):
            return {}
        try:
            return dict(_user_defined(self.stream(_PROPERTIES)))
        except OLE_DAMAGE:  # they are no part of what is shown: the rest is read all the same
            return {}


def _user_defined(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield names and values of the section with properties of the user's own."""
    (sections,) = struct.unpack_from("<I", data, 24)
    for index in range(min(sections, 4)):
        at = 28 + 20 * index
        if data[at : at + 16] == _USER_DEFINED:
            (start,) = struct.unpack_from("<I", data, at + 16)
            yield from _section(data[start:])


def _section(data: bytes) -> Iterator[tuple[str, str]]:
    (count,) = struct.unpack_from("<I", data, 4)
    places: dict[int, int] = {}
    for index in range(min(count, _MOST_PROPERTIES)):
        id_, place = struct.unpack_from("<II", data, 8 + 8 * index)
        places[id_] = place
    page = 1252
    if _CODE_PAGE in places:
        (page,) = struct.unpack_from("<H", data, places[_CODE_PAGE] + 4)
    for id_, name in _names(data, places.get(_NAMES), page):
        if id_ in places:
            yield name, _value(data, places[id_], page)


def _names(data: bytes, place: int | None, page: int) -> Iterator[tuple[int, str]]:
    if place is None:
        return
    (count,) = struct.unpack_from("<I", data, place)
    at = place + 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        id_, length = struct.unpack_from("<II", data, at)
        size = length * 2 if page == _UTF_16 else length
        yield id_, _decoded(data[at + 8 : at + 8 + size], page)
        at += 8 + size
        if page == _UTF_16:
            at += -size % 4


def _value(data: bytes, place: int, page: int) -> str:
    (kind,) = struct.unpack_from("<H", data, place)
    at = place + 4
    if kind in (_TEXT, _WIDE_TEXT):
        (length,) = struct.unpack_from("<I", data, at)
        wide = kind == _WIDE_TEXT
        size = length * 2 if wide else length
        return _decoded(data[at + 4 : at + 4 + size], _UTF_16 if wide else page)
    if kind == _BOOLEAN:
        return "true" if struct.unpack_from("<h", data, at)[0] else "false"
    if kind in _INTEGERS:
        return str(struct.unpack_from(_INTEGERS[kind], data, at)[0])
    return ""


def _decoded(data: bytes, page: int) -> str:
    return data.decode(codec_of(page), errors="replace").partition("\0")[0]


def codec_of(page: int) -> str:
    """Return Python's name of a Windows code page; the western one where it has none."""
    import codecs

    known = {_UTF_16: "utf-16-le", 936: "gb18030", 10000: "mac-roman", 10008: "gb2312"}
    if page in known:
        return known[page]
    if page == 65001:
        return "utf-8"
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "cp1252"
