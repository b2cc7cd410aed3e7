"""An Office package: a zip of XML parts, opened with bounds and read as a stream.

The parts are read with expat itself, because openpyxl changes texts (it drops `x005F_`), shows the
Chinese built-in date formats as numbers and builds an object for each of a million empty cells.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tracker.base.errors import FileProblem
from tracker.files.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FREE_BYTES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The strict form of the format has a name of its own for it.
_CUSTOM = ("custom-properties", "customProperties")
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1
_SAVE_AGAIN = "请在 Excel 或 WPS 里打开，另存一份再导入；打不开的话请找发文件的人重新发一份"


class Damaged(Exception):
    """A package or a part of it is not as the format wants it."""


# What zipfile, zlib and expat raise on damaged bytes, and the readers on wrong figures in them.
DAMAGE = (
    BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    NotImplementedError,
    struct.error,
    OverflowError,
    Damaged,
)


def damaged(name: str, reason: str = "", program: str = "Excel") -> FileProblem:
    """Return the problem that says the file `name`, to be opened in `program`, is damaged."""
    return FileProblem(
        f"“{name}”已损坏或没有下载完整", reason, _SAVE_AGAIN.replace("Excel", program)
    )


def too_much(limit: str) -> FileProblem:
    """Return the problem that says a workbook holds more than the program reads."""
    return FileProblem("表格太大", limit, "请把需要的部分复制到新的工作簿里，另存后再导入")


@dataclass(frozen=True, slots=True)
class Relation:
    """A link of one part to another: its id, the last word of its type, the part's name."""

    id: str
    type: str
    target: str


@dataclass(frozen=True, slots=True)
class Element:
    """An XML element of a small part: names without prefixes, the text directly inside."""

    path: tuple[str, ...]
    attributes: dict[str, str]
    text: str

    @property
    def tag(self) -> str:
        """Return the element's own name."""
        return self.path[-1]


class Package:
    """The parts of a package; names are taken without regard to case, as Windows does."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open `data`; `name` is the file's name for messages.

        Raises:
            FileProblem: it is locked by a password or unpacks to too much.
            Damaged, BadZipFile …: see `DAMAGE`.
        """
        self._zip = ZipFile(BytesIO(data))
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        _check_bounds(infos, len(data), name)
        self._parts = {_key(info.filename): info for info in infos}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the parts in small letters."""
        return tuple(self._parts)

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return _key(part) in self._parts

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of a part, piece by piece."""
        info = self._parts.get(_key(part))
        if info is None:
            raise Damaged(f"缺少部件 {part}")
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def relations(self, part: str) -> list[Relation]:
        """Return the links of `part`; of the package itself where `part` is empty."""
        folder, file = posixpath.split(part)
        own = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(own):
            return []
        found = []
        for element in self.elements(own):
            given = element.attributes
            if element.tag != "Relationship" or given.get("TargetMode") == "External":
                continue
            target = posixpath.join("/", folder, given.get("Target", "").replace("\\", "/"))
            type_ = given.get("Type", "").rpartition("/")[2]
            found.append(
                Relation(given.get("Id", ""), type_, posixpath.normpath(target).lstrip("/"))
            )
        return found

    def elements(self, part: str) -> list[Element]:
        """Return every element of a small part in the order in which they end."""
        return elements_of(self.chunks(part))


def elements_of(chunks: Iterable[bytes]) -> list[Element]:
    """Return every element of a small XML file in the order in which they end."""
    found: list[Element] = []
    path: list[str] = []
    open_: list[tuple[dict[str, str], list[str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(local(name))
        open_.append(({local(key): value for key, value in attributes.items()}, []))

    def end(_name: str) -> None:
        attributes, texts = open_.pop()
        found.append(Element(tuple(path), attributes, "".join(texts)))
        path.pop()

    def data(text: str) -> None:
        if open_:
            open_[-1][1].append(text)

    parser = xml_parser(start, end)
    parser.CharacterDataHandler = data
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)
    return found


def local(name: str) -> str:
    """Return an XML name without its prefix."""
    return name.rpartition(":")[2]


def xml_parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    *,
    with_namespaces: bool = False,
) -> expat.XMLParserType:
    """Return an expat parser that refuses document types, the carriers of entity bombs.

    Args:
        start: called where an element begins.
        end: called where it ends.
        with_namespaces: give names as “namespace name” instead of as they stand.
    """
    parser = expat.ParserCreate(namespace_separator=" " if with_namespaces else None)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def custom_properties(package: Package) -> dict[str, str]:
    """Return the custom properties of a package (our own stamp among them)."""
    found: dict[str, str] = {}
    for link in package.relations(""):
        if link.type not in _CUSTOM or not package.has(link.target):
            continue
        value = ""
        for element in package.elements(link.target):
            if element.tag == "property":
                found[element.attributes.get("name", "")] = value
                value = ""
            elif len(element.path) == 3:
                value = element.text
    return found


def _refuse_document_type(*_declared: object) -> None:
    raise Damaged("部件里有不该有的文档类型声明")


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def _check_bounds(infos: list[ZipInfo], packed: int, name: str) -> None:
    unpacked = sum(info.file_size for info in infos)
    limit = MAX_UNPACKED_BYTES // 1024 // 1024
    too_large = unpacked > MAX_UNPACKED_BYTES
    suspicious = unpacked > RATIO_FREE_BYTES and unpacked > MAX_RATIO * packed
    if too_large or suspicious or len(infos) > MAX_PARTS:
        raise FileProblem(
            f"“{name}”展开后大得不正常",
            f"展开后约 {unpacked // 1024 // 1024} MB，程序最多读 {limit} MB",
            "请把需要的内容复制到新的文件里，另存后再导入",
        )
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise FileProblem(f"“{name}”加了密码", "", "请去掉密码后另存再导入")
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        raise Damaged("用了 Office 不用的压缩方式")
