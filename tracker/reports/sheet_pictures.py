"""Pictures on a sheet of their own in a workbook that is written already.

openpyxl takes pictures only through a library that the program does not bring along. So the parts
of the package are written here: a sheet, its drawing, the pictures.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

_EMU_PER_POINT = 12_700
_WIDE, _HIGH = 700.0, 470.0
"""The room for a picture on a lying A4 page, in points."""
_ROW = 15.0
_CAPTION = 30.0
_COLUMN = 131.0
"""Width of the one column in digits: as wide as the page."""
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "[Content_Types].xml"
_BOOK, _BOOK_RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """A picture (PNG) with its caption; width and height in any one unit."""

    png: bytes
    caption: str
    width: float
    height: float

    @property
    def points(self) -> tuple[float, float]:
        """Return width and height as printed: as large as a page takes, no larger than it is."""
        factor = min(_WIDE / self.width, _HIGH / self.height)
        return self.width * factor, self.height * factor

    @property
    def rows(self) -> int:
        """Return how many rows it covers."""
        return int(self.points[1] / _ROW) + 1


def with_pictures(book: bytes, name: str, pictures: Sequence[SheetPicture]) -> bytes:
    """Return a workbook with one more sheet, which prints a picture on each page.

    Args:
        book: the package of the workbook; its sheets stay as they are.
        name: of the new sheet.

    Raises:
        ValueError: the package is not written as workbooks are.
    """
    with ZipFile(io.BytesIO(book)) as archive:
        infos = archive.infolist()
        parts = {info.filename: archive.read(info) for info in infos}
    number = 1 + sum(1 for part in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", part))
    drawing = 1 + sum(1 for part in parts if re.fullmatch(r"xl/drawings/drawing\d+\.xml", part))
    first = 1 + sum(1 for part in parts if part.startswith("xl/media/"))
    media = [f"tracker{first + place}.png" for place in range(len(pictures))]
    parts[_TYPES] = _typed(parts[_TYPES], number, drawing)
    parts[_BOOK], parts[_BOOK_RELS] = _listed(parts[_BOOK], parts[_BOOK_RELS], name, number)
    sheet = f"xl/worksheets/sheet{number}.xml"
    parts[sheet] = _sheet(pictures).encode()
    parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _rels(
        [("drawing", f"../drawings/drawing{drawing}.xml")]
    )
    parts[f"xl/drawings/drawing{drawing}.xml"] = _drawing(pictures).encode()
    parts[f"xl/drawings/_rels/drawing{drawing}.xml.rels"] = _rels(
        [("image", f"../media/{each}") for each in media]
    )
    parts |= {f"xl/media/{n}": p.png for n, p in zip(media, pictures, strict=True)}
    return _packed(parts, infos[0].date_time)


def _packed(parts: dict[str, bytes], when: tuple[int, int, int, int, int, int]) -> bytes:
    result = io.BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = ZipInfo(name, when)
            info.compress_type = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED
            archive.writestr(info, content)
    return result.getvalue()


def _typed(types: bytes, number: int, drawing: int) -> bytes:
    added = (
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SHEET_TYPE}"/>'
        f'<Override PartName="/xl/drawings/drawing{drawing}.xml" ContentType="{_DRAWING_TYPE}"/>'
    )
    if b'Extension="png"' not in types:
        types = _before(types, rb"<Override", '<Default Extension="png" ContentType="image/png"/>')
    return _before(types, rb"</Types>", added)


def _listed(book: bytes, rels: bytes, name: str, number: int) -> tuple[bytes, bytes]:
    ids = [int(each) for each in re.findall(rb'sheetId="(\d+)"', book)]
    relation = f"rIdPictures{number}"
    entry = (
        f'<sheet xmlns:r="{_REL}" name="{escape(name)}" sheetId="{max(ids, default=0) + 1}"'
        f' state="visible" r:id="{relation}"/>'
    )
    target = (
        f'<Relationship Id="{relation}" Type="{_REL}/worksheet"'
        f' Target="/xl/worksheets/sheet{number}.xml"/>'
    )
    return _before(book, rb"</sheets>", entry), _before(rels, rb"</Relationships>", target)


def _before(part: bytes, mark: bytes, added: str) -> bytes:
    place = re.search(mark, part)
    if place is None:
        raise ValueError(f"no {mark.decode()} in the package")
    return part[: place.start()] + added.encode() + part[place.start() :]


def _rels(targets: Sequence[tuple[str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="rId{place}" Type="{_REL}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    text = f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'
    return text.encode()


def _sheet(pictures: Sequence[SheetPicture]) -> str:
    rows, breaks, at = [], [], 1
    for picture in pictures:
        text = f"<is><t>{escape(picture.caption, quote=False)}</t></is>"
        cell = f'<c r="A{at}" t="inlineStr">{text}</c>'
        rows.append(f'<row r="{at}" ht="{_CAPTION}" customHeight="1">{cell}</row>')
        at += 1 + picture.rows
        breaks.append(f'<brk id="{at - 1}" max="16383" man="1"/>')
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_REL}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{_ROW}" customHeight="1"/>'
        f'<cols><col min="1" max="1" width="{_COLUMN}" customWidth="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData>"
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.6" right="0.6" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"{_breaks(breaks[:-1])}"
        '<drawing r:id="rId1"/></worksheet>'
    )


def _breaks(breaks: Sequence[str]) -> str:
    number = len(breaks)
    counted = f'count="{number}" manualBreakCount="{number}"'
    return f"<rowBreaks {counted}>{''.join(breaks)}</rowBreaks>" if breaks else ""


def _drawing(pictures: Sequence[SheetPicture]) -> str:
    anchors, row = [], 1
    for number, picture in enumerate(pictures, 1):
        width, height = (round(side * _EMU_PER_POINT) for side in picture.points)
        size = f'cx="{width}" cy="{height}"'
        anchors.append(
            f"<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff>"
            f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext {size}/>"
            f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number + 1}" name="{escape(picture.caption)}"/>'
            '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>'
            f'<xdr:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
            "<xdr:clientData/></xdr:oneCellAnchor>"
        )
        row += 1 + picture.rows
    return (
        f'{_HEAD}<xdr:wsDr xmlns:xdr="{_DRAW}/spreadsheetDrawing" xmlns:a="{_DRAW}/main"'
        f' xmlns:r="{_REL}">{"".join(anchors)}</xdr:wsDr>'
    )
