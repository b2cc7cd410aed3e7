"""Word documents put together from raw XML, so that every construct of the format can be had."""

from __future__ import annotations

import io
import zipfile

from tracker.files.docx import read_document
from tracker.files.reading import Request

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:r="{_OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = {"header1": "header", "footer1": "footer"}


def part(tag: str, inner: str, space: str = TRANSITIONAL) -> str:
    """Return the XML of a part whose root is `w:tag`."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<w:{tag} xmlns:w="{space}" {_SPACES}>{inner}</w:{tag}>'


def document(
    body: str, *, space: str = TRANSITIONAL, main: str = "word/document.xml", **parts: str
) -> bytes:
    """Return a document with this XML in its body.

    Args:
        body: what stands inside `w:body`.
        space: the namespace of WordprocessingML.
        main: the name of the main part.
        parts: inner XML of `styles`, `numbering`, `footnotes`, `endnotes`, `header1`, `footer1`.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            "<Relationships><Relationship Id='r1' Target='/"
            f"{main}' Type='{_OFFICE}/officeDocument'/></Relationships>",
        )
        package.writestr(main, part("document", f"<w:body>{body}</w:body>", space))
        links = []
        for name, inner in parts.items():
            root = {"header1": "hdr", "footer1": "ftr"}.get(name, name)
            package.writestr(f"word/{name}.xml", part(root, inner, space))
            type_ = f"{_OFFICE}/{_TYPES.get(name, name)}"
            links.append(f"<Relationship Id='{name}' Target='{name}.xml' Type='{type_}'/>")
        file_name = main.rpartition("/")[2]
        package.writestr(
            f"word/_rels/{file_name}.rels", f"<Relationships>{''.join(links)}</Relationships>"
        )
    return file.getvalue()


def paragraph(text: str = "", properties: str = "") -> str:
    """Return a paragraph with one run; `properties` go into `w:pPr`."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inner}{run}</w:p>"


def listed(text: str, list_id: int = 1, level: int = 0) -> str:
    """Return a paragraph of a list."""
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


def level(at: int, style: str, text: str, start: int = 1, more: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*shapes: str, instances: str = "") -> str:
    """Return a numbering part: shape `i` (from 1) is list `i`; `instances` adds lists."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{shape}</w:abstractNum>'
        for i, shape in enumerate(shapes, 1)
    )
    plain = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>'
        for i in range(1, len(shapes) + 1)
    )
    return abstract + plain + instances


def cell(inner: str, properties: str = "") -> str:
    """Return a cell; plain text becomes a paragraph."""
    content = inner if inner.startswith("<") else paragraph(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row; plain texts become cells."""
    inner = "".join(c if c.startswith("<w:tc") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """Return a table with grid columns of these widths."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def read(body: str, **parts: str):
    """Read a document with this body."""
    return read_document(document(body, **parts), Request("文件.docx"))


def lines(body: str, **parts: str) -> list[str]:
    """Return the lines of a document with this body."""
    return read(body, **parts).flow.text.split("\n")


def texts(grid) -> list[list[str]]:
    """Return the texts of a grid, without empty cells at the ends of rows."""
    return ["\0".join(cell.text for cell in row).rstrip("\0").split("\0") for row in grid.rows]
