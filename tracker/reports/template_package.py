"""The parts of a workbook's package: read, changed one by one, the rest kept byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from tracker.base.errors import UserError
from tracker.files.package import Damaged, Package

if TYPE_CHECKING:
    from tracker.files.package import Relation

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"
_PLAIN_BOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OTHER_BOOKS = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.spreadsheetml\.template"
    rb"|ms-excel\.(?:sheet|template)\.macroEnabled)\.main\+xml"
)
_STRICT = "http://purl.oclc.org/ooxml/"


@dataclass(slots=True)
class Parts:
    """A package that is being changed.

    Attributes:
        package: as it was.
        changed: parts with new content; None takes a part out.
    """

    data: bytes
    name: str
    package: Package
    changed: dict[str, bytes | None] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, name: str) -> Parts:
        """Open a package.

        Raises:
            UserError: it cannot be read.
        """
        try:
            parts = cls(data, name, Package(data, name))
            with ZipFile(io.BytesIO(data)) as archive:
                for each in archive.namelist():
                    parts._names.setdefault(each.replace("\\", "/").lstrip("/").lower(), each)
        except (Damaged, BadZipFile) as error:
            raise UserError(
                f"“{name}”已经损坏，不能作模板", str(error), "请在 Excel 里打开并另存后再试"
            ) from error
        return parts

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        key = part.lower()
        return self.changed[key] is not None if key in self.changed else key in self._names

    def read(self, part: str) -> bytes:
        """Return a part as it is now."""
        changed = self.changed.get(part.lower())
        return changed if changed is not None else b"".join(self.package.chunks(part))

    def write(self, part: str, content: bytes | None) -> None:
        """Give a part new content; None takes it out."""
        self.changed[part.lower()] = content
        self._names.setdefault(part.lower(), part)

    def relations(self, part: str) -> list[Relation]:
        """Return the links of a part, as they were."""
        return self.package.relations(part)

    def targets(self, part: str, kind: str) -> list[str]:
        """Return the parts of a kind that `part` is linked to."""
        found = [link.target for link in self.relations(part) if link.type == kind]
        return [target for target in found if self.has(target)]

    def packed(self) -> bytes:
        """Return the package with the changed parts. Like content, like bytes."""
        result = io.BytesIO()
        with ZipFile(io.BytesIO(self.data)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
            left = dict(self.changed)
            for info in old.infolist():
                key = info.filename.replace("\\", "/").lstrip("/").lower()
                content = left.pop(key, b"")
                if content is None or info.is_dir():
                    continue
                new.writestr(_info(info.filename, info.date_time), content or old.read(info))
            for key, content in left.items():
                if content is not None:
                    new.writestr(_info(self._names[key], (1980, 1, 1, 0, 0, 0)), content)
        return result.getvalue()


def _info(name: str, when: tuple[int, int, int, int, int, int]) -> ZipInfo:
    info = ZipInfo(name, when)
    info.compress_type = ZIP_DEFLATED
    return info


def parsed(content: bytes) -> Any:  # Any: an element of lxml
    """Return the root of a part."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def written(root: Any) -> bytes:  # Any: an element of lxml
    """Return a part's bytes."""
    from lxml import etree

    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def tag(name: str) -> str:
    """Return the name of an element of a workbook with its namespace."""
    return f"{{{MAIN}}}{name}"


def main_part(parts: Parts) -> str:
    """Return the part that lists the sheets.

    Raises:
        UserError: it is no plain workbook (macros, the strict form, signed).
    """
    _refuse_others(parts)
    found = parts.targets("", "officeDocument")
    part = found[0] if found else "xl/workbook.xml"
    head = parts.read(part)[:4000].decode("utf-8", errors="replace")
    if _STRICT in head:
        raise UserError(
            f"“{parts.name}”是“严格 Open XML”格式，不能作模板",
            "",
            "请在 Excel 里另存为“Excel 工作簿（.xlsx）”再选",
        )
    return part


def _refuse_others(parts: Parts) -> None:
    names = parts.package.names
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UserError(
            f"“{parts.name}”带有宏，不能作模板",
            "填好的表里宏不能照常运行",
            "请在 Excel 里另存为不带宏的 .xlsx，再选那个文件",
        )
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise UserError(
            f"“{parts.name}”有数字签名，不能作模板",
            "填入新的内容后签名就不再有效",
            "请另存一份去掉签名的文件再选",
        )


def as_plain_workbook(parts: Parts) -> None:
    """Call the workbook what an .xlsx is; one saved as a template of Excel would not open."""
    content = parts.read(_TYPES)
    plain = _OTHER_BOOKS.sub(_PLAIN_BOOK, content)
    if plain != content:
        parts.write(_TYPES, plain)


def remove_part(parts: Parts, owner: str, kind: str) -> None:
    """Take out the parts of a kind that `owner` links to, with the link and the content type."""
    gone = parts.targets(owner, kind)
    if not gone:
        return
    own = _rels_of(owner)
    root = parsed(parts.read(own))
    for link in list(root):
        if link.get("Type", "").rpartition("/")[2] == kind:
            root.remove(link)
    parts.write(own, written(root))
    types = parsed(parts.read(_TYPES))
    for entry in list(types):
        if entry.get("PartName", "").lstrip("/").lower() in {each.lower() for each in gone}:
            types.remove(entry)
    parts.write(_TYPES, written(types))
    for each in gone:
        parts.write(each, None)


def add_part(
    parts: Parts, owner: str, part: str, content: bytes, *, kind: str, content_type: str
) -> None:
    """Add a part with its content type and a link from `owner` to it."""
    from lxml import etree

    own = _rels_of(owner)
    root = parsed(parts.read(own))
    known = {link.get("Id") for link in root}
    number = next(n for n in range(1, len(known) + 2) if f"rId{n}" not in known)
    link = etree.SubElement(root, root[0].tag if len(root) else "Relationship")
    link.set("Id", f"rId{number}")
    link.set("Type", kind)
    link.set("Target", posixpath.relpath(part, posixpath.dirname(owner) or "."))
    parts.write(own, written(root))
    types = parsed(parts.read(_TYPES))
    entry = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
    entry.set("PartName", f"/{part}")
    entry.set("ContentType", content_type)
    parts.write(_TYPES, written(types))
    parts.write(part, content)


def _rels_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")
