"""The styles of a document, as far as they say what is shown: list numbers and hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.files.package import local, xml_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.files.package import Package

_OFF = ("0", "false", "off")
_DEEPEST = 40
_TABLE_STYLE = re.compile(rb'<(?P<name>(?:\w+:)?style)\s[^<>/]*\btype="table"[^<>/]*>')
_NOT_PLAIN = (b"<!--", b"<![CDATA[")


def is_on(value: str | None) -> bool:
    """Tell whether a switch of the format is on; one without a value is."""
    return value is None or value not in _OFF


def whole(value: str | None) -> int | None:
    """Return a whole number of the file; None where it is missing or none."""
    try:
        return int(float(value)) if value else None
    except (ValueError, OverflowError):
        return None


@dataclass(slots=True)
class Style:
    """What a style itself says; None where it leaves that to the style it is based on."""

    based_on: str = ""
    list_id: int | None = None
    level: int | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class Styles:
    """The styles by their id, and the one that a paragraph has without naming one."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, package: Package, part: str) -> Styles:
        """Read the part of the styles; a document may be without."""
        styles = cls()
        if not part or not package.has(part):
            return styles
        reader = _Reader(styles)
        parser = xml_parser(reader.start, reader.end)
        parser.Parse(_without_table_styles(b"".join(package.chunks(part))), True)
        return styles

    def chain(self, name: str) -> Iterator[tuple[str, Style]]:
        """Yield a style and those it is based on, the nearest first."""
        for _ in range(_DEEPEST):
            style = self.by_id.get(name)
            if style is None:
                return
            yield name, style
            name = style.based_on

    def hides(self, name: str) -> bool:
        """Tell whether text in this style is hidden."""
        told = (style.hidden for _, style in self.chain(name) if style.hidden is not None)
        return next(told, False)


def _without_table_styles(data: bytes) -> bytes:
    """Cut the styles of tables out: nine tenths of the part, and none says what is shown."""
    if any(sign in data for sign in _NOT_PLAIN):
        return data
    pieces: list[bytes] = []
    at = 0
    for found in _TABLE_STYLE.finditer(data):
        end = data.find(b"</%b>" % found["name"], found.end())
        if end < 0:
            break
        if found.start() >= at:
            pieces.append(data[at : found.start()])
            at = end + len(found["name"]) + 3
    return b"".join((*pieces, data[at:]))


class _Reader:
    """Takes in the elements of the part."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._now = Style()
        self._given: dict[str, str] = {}
        self._path: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in what an element says where it begins."""
        self._path.append(local(name))
        given = {local(key): value for key, value in attributes.items()}
        value = given.get("val")
        match self._path[1:]:
            case ["style"]:
                self._given, self._now = given, Style()
            case ["style", "basedOn"]:
                self._now.based_on = value or ""
            case ["style", "pPr", "numPr", "numId"]:
                self._now.list_id = whole(value)
            case ["style", "pPr", "numPr", "ilvl"]:
                self._now.level = whole(value)
            case ["style", "rPr", "vanish"]:
                self._now.hidden = is_on(value)

    def end(self, _name: str) -> None:
        """Keep a style that ends here."""
        if self._path[1:] == ["style"]:
            name = self._given.get("styleId", "")
            self._styles.by_id[name] = self._now
            default = self._given.get("default") in ("1", "true")
            if default and self._given.get("type", "paragraph") == "paragraph":
                self._styles.default = name
        self._path.pop()
