"""A Word document as a file: its times, its title, and the stamp that an import knows it by."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docx.document import Document

NO_TIME = datetime(2000, 1, 1)
"""Written into a file where its time is not told, so that the same content gives the same bytes."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_CUSTOM = "docProps/custom.xml"
_TYPES = "[Content_Types].xml"
_RELATIONS = "_rels/.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_OVERRIDE = (
    f'<Override PartName="/{_CUSTOM}" ContentType="application/'
    'vnd.openxmlformats-officedocument.custom-properties+xml"/>'
)
_RELATION = (
    f'<Relationship Id="rIdStamp" Type="{_OFFICE}/relationships/custom-properties"'
    f' Target="{_CUSTOM}"/>'
)
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id that Office gives to all custom properties."""


def packed(
    document: Document,
    title: str,
    created: datetime | None,
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """Return the document's file.

    Args:
        document: the finished document; its properties are set here.
        title: its title as Word's file information shows it.
        created: its only time; without it `NO_TIME`.
        properties: custom properties to write.
    """
    when = created or NO_TIME
    core = document.core_properties
    core.title = printable(title)[0]
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = when
    raw, result = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with ZipFile(raw) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    if properties:
        _add_properties(parts, properties)
    with ZipFile(result, "w", ZIP_DEFLATED) as archive:
        for name in _ordered(parts):
            info = ZipInfo(name, max(when.timetuple()[:6], _EARLIEST))
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, parts[name])
    return result.getvalue()


def _add_properties(parts: dict[str, bytes], properties: Mapping[str, str]) -> None:
    lines = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{_attribute(name)}">'
        f"<vt:lpwstr>{escape(printable(value)[0])}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    parts[_CUSTOM] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{lines}</Properties>"
    ).encode()
    parts[_TYPES] = _inserted(parts[_TYPES], _OVERRIDE, "</Types>")
    parts[_RELATIONS] = _inserted(parts[_RELATIONS], _RELATION, "</Relationships>")


def _attribute(name: str) -> str:
    return escape(name, {'"': "&quot;"})


def _inserted(part: bytes, piece: str, end: str) -> bytes:
    """Return an XML part with `piece` before its closing tag."""
    before, closing, after = part.decode().rpartition(end)
    if not closing:
        raise ValueError(f"no {end} in a part that python-docx wrote")
    return f"{before}{piece}{closing}{after}".encode()


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != _TYPES, name))
