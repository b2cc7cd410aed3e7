"""The least that reading a workbook takes: unzip it, run expat over it, keep the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZipFile

if TYPE_CHECKING:
    from pathlib import Path


def raw_rows(path: Path) -> list[list[str]]:
    """Return the cells' texts of a workbook's first sheet, by row, nothing understood."""
    with ZipFile(path) as archive:
        shared = "xl/sharedStrings.xml"
        texts = _texts(archive.read(shared)) if shared in archive.namelist() else []
        return _rows(archive.read("xl/worksheets/sheet1.xml"), texts)


def _texts(xml: bytes) -> list[str]:
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda _name, _attributes: None  # texts end at elements
    parser.CharacterDataHandler = texts.append
    parser.Parse(xml, True)
    return texts


def _rows(xml: bytes, texts: list[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    shared = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal shared
        if name == "row":
            rows.append([])
        elif name == "c":
            shared = attributes.get("t") == "s"
            rows[-1].append("")

    def text(value: str) -> None:
        rows[-1][-1] = texts[int(value)] if shared else value

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return rows
