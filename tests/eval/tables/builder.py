"""Writes a drawn table in every format that an office sends."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.eval.tables.picture import Typed
from tracker.files.reader import read_bytes, read_pasted
from tracker.files.reading import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.eval.tables.picture import Layout, Merge, Sheet
    from tracker.files.source import Source

Cell = str | Typed


def shown(cell: Cell) -> str:
    """Return what the reader of a cell sees."""
    return cell.shown if isinstance(cell, Typed) else cell


def xlsx(layout: Layout) -> bytes:
    """Return a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    results: dict[tuple[int, str], float | str] = {}
    for at, sheet in enumerate(layout.sheets):
        made = book.active if at == 0 else book.create_sheet()
        assert made is not None
        made.title = sheet.name
        for r, row in enumerate(sheet.rows, 1):
            for c, cell in enumerate(row, 1):
                if not isinstance(cell, Typed):
                    if cell:
                        made.cell(r, c).value = cell
                        made.cell(r, c).data_type = "s"
                    continue
                place = made.cell(r, c)
                place.value = _rich(cell) if cell.runs else cell.value
                place.number_format = cell.code
                if cell.result is not None:
                    results[at + 1, place.coordinate] = cell.result
        for m in sheet.merges:
            made.merge_cells(
                start_row=m.top + 1,
                start_column=m.left + 1,
                end_row=m.bottom + 1,
                end_column=m.right + 1,
            )
        for row_at in sheet.hidden:
            made.row_dimensions[row_at + 1].hidden = True
    out = io.BytesIO()
    book.save(out)
    book.close()
    return _with_results(out.getvalue(), results) if results else out.getvalue()


def _rich(cell: Typed) -> Any:  # Any: openpyxl's rich text
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    bold = InlineFont(b=True)
    pieces = (TextBlock(bold, run) if at % 2 else run for at, run in enumerate(cell.runs))
    return CellRichText(*pieces)


def _with_results(data: bytes, results: Mapping[tuple[int, str], float | str]) -> bytes:
    """Put the results beside the formulas, as Excel saves them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            for (number, place), result in results.items():
                if found and int(found[1]) == number:
                    kind = b' t="str"' if isinstance(result, str) else b""
                    cell = rf'<c r="{place}"([^>]*?)><f>(.*?)</f><v ?/?>(?:</v>)?'.encode()
                    value = html.escape(str(result)).encode()
                    text, count = re.subn(
                        cell,
                        rb'<c r="' + place.encode() + rb'"\1' + kind + rb"><f>\2</f><v>" + value
                        + b"</v>",
                        text,
                    )  # fmt: skip
                    assert count == 1
            new.writestr(name, text)
    return out.getvalue()


def xls(layout: Layout) -> bytes:
    """Return a workbook as Excel 97 to 2003 saved it."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    plain = xlwt.XFStyle()
    for sheet in layout.sheets:
        made = book.add_sheet(sheet.name)
        merged = {(m.top, m.left): m for m in sheet.merges}
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                value, style = _old_value(cell, plain)
                if (r, c) in merged:
                    m = merged[r, c]
                    made.write_merge(m.top, m.bottom, m.left, m.right, value, style)
                elif value != "":
                    made.write(r, c, value, style)
            if r in sheet.hidden:
                made.row(r).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _old_value(cell: Cell, plain: Any) -> tuple[Any, Any]:  # Any: xlwt has no types
    import xlwt

    if not isinstance(cell, Typed) or cell.runs:
        return shown(cell), plain
    style = xlwt.XFStyle()
    style.num_format_str = cell.code
    value = cell.value if cell.result is None else cell.result
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return value, style


def comma(layout: Layout) -> bytes:
    """Return values parted by commas, as Excel saves them for a Chinese Windows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([shown(cell) for cell in row] for row in layout.sheets[0].rows)
    return out.getvalue().encode("gb18030")


def tabs(layout: Layout) -> bytes:
    """Return values parted by tabs, as Excel saves “Unicode text”."""
    return clip(layout.sheets[0]).encode("utf-16")


def clip(sheet: Sheet) -> str:
    """Return the cells as Excel puts them on the clipboard as text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    width = sheet.width
    writer.writerows(
        [*(shown(cell) for cell in row), *[""] * (width - len(row))] for row in sheet.rows
    )
    return out.getvalue()


def page(layout: Layout) -> bytes:
    """Return a web page, as exported under the ending .xls."""
    tables = "".join(map(_page_table, layout.sheets))
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>'
        f"<body>{tables}</body></html>"
    ).encode()


def _page_table(sheet: Sheet) -> str:
    merged = {(m.top, m.left): m for m in sheet.merges}
    covered = set(_covered(sheet.merges))
    rows = []
    for r, row in enumerate(sheet.rows):
        cells = []
        for c in range(sheet.width):
            if (r, c) in covered:
                continue
            m = merged.get((r, c))
            area = (
                f' rowspan="{m.bottom - m.top + 1}" colspan="{m.right - m.left + 1}"' if m else ""
            )
            text = shown(row[c]) if c < len(row) else ""
            cells.append(f"<td{area}>{_page_text(text)}</td>")
        style = ' style="display:none"' if r in sheet.hidden else ""
        rows.append(f"<tr{style}>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(rows)}</table>"


def _page_text(text: str) -> str:
    """Return a text as Excel writes it into a page: blanks that would run together are held."""
    held = re.sub(
        " {2,}",
        lambda m: f"<span style='mso-spacerun:yes'>{'&nbsp;' * (len(m[0]) - 1)} </span>",
        html.escape(text),
    )
    return held.replace("\n", "<br>")


def _covered(merges: tuple[Merge, ...]) -> Iterator[tuple[int, int]]:
    for m in merges:
        for r in range(m.top, m.bottom + 1):
            for c in range(m.left, m.right + 1):
                if (r, c) != (m.top, m.left):
                    yield r, c


def web_archive(layout: Layout) -> bytes:
    """Return a page saved as one file (.mht)."""
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    message = MIMEMultipart("related")
    message.attach(MIMEText(page(layout).decode(), "html", "utf-8"))
    return message.as_bytes()


def spreadsheet_xml(layout: Layout) -> bytes:
    """Return a workbook as XML of 2003."""
    sheets = "".join(map(_xml_sheet, layout.sheets))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"{sheets}</Workbook>"
    ).encode()


def _xml_sheet(sheet: Sheet) -> str:
    merged = {(m.top, m.left): m for m in sheet.merges}
    covered = set(_covered(sheet.merges))
    rows = []
    for r, row in enumerate(sheet.rows):
        cells = []
        for c, cell in enumerate(row):
            if (r, c) in covered or (not shown(cell) and (r, c) not in merged):
                continue
            m = merged.get((r, c))
            area = (
                f' ss:MergeDown="{m.bottom - m.top}" ss:MergeAcross="{m.right - m.left}"'
                if m
                else ""
            )
            text = html.escape(shown(cell)).replace("\n", "&#10;")
            data = f'<Data ss:Type="String">{text}</Data>'
            cells.append(f'<Cell ss:Index="{c + 1}"{area}>{data}</Cell>')
        hidden = ' ss:Hidden="1"' if r in sheet.hidden else ""
        rows.append(f'<Row ss:Index="{r + 1}"{hidden}>{"".join(cells)}</Row>')
    name = html.escape(sheet.name)
    return f'<Worksheet ss:Name="{name}"><Table>{"".join(rows)}</Table></Worksheet>'


def docx(layout: Layout) -> bytes:
    """Return a document: what stands outside the table as paragraphs."""
    from docx import Document

    document = Document()
    for sheet in layout.sheets:
        block: list[int] = []
        for r in range(len(sheet.rows)):
            if r in sheet.outside:
                _add_table(document, sheet, block)
                block = []
                document.add_paragraph("    ".join(filter(None, map(shown, sheet.rows[r]))))
            else:
                block.append(r)
        _add_table(document, sheet, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_table(document: Any, sheet: Sheet, rows: list[int]) -> None:  # Any: python-docx
    if not any(shown(cell) for r in rows for cell in sheet.rows[r]):
        return
    first, last = rows[0], rows[-1]
    table = document.add_table(len(rows), sheet.width)
    grid = [list(row.cells) for row in table.rows]
    for r in rows:
        for c, cell in enumerate(sheet.rows[r]):
            if shown(cell):
                _fill(grid[r - first][c], shown(cell))
    for m in sheet.merges:
        if first <= m.top and m.bottom <= last:
            grid[m.top - first][m.left].merge(grid[m.bottom - first][m.right])


def _fill(cell: Any, text: str) -> None:  # Any: python-docx
    first, *rest = text.split("\n")
    cell.paragraphs[0].add_run(first)
    for line in rest:
        cell.add_paragraph(line)


def pdf(layout: Layout) -> bytes:
    """Return a printed page with ruled tables."""
    from reportlab.lib.pagesizes import A3, landscape
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    story = []
    for sheet in layout.sheets:
        for outside, found in groupby(range(len(sheet.rows)), key=sheet.outside.__contains__):
            rows = list(found)
            if outside:
                lines = {r: "　　".join(filter(None, map(shown, sheet.rows[r]))) for r in rows}
                story += [
                    Paragraph(html.escape(line), _printed(16 if r == 0 else 10))
                    for r, line in lines.items()
                ]
            else:
                story += _ruled(sheet, rows)
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A3)).build(story)
    return out.getvalue()


def _printed(size: int = 10) -> Any:  # Any: reportlab has no types
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return ParagraphStyle(
        "x", fontName="STSong-Light", fontSize=size, leading=16, spaceAfter=12, wordWrap="CJK"
    )


def _ruled(sheet: Sheet, rows: list[int]) -> list[Any]:  # Any: reportlab has no types
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    if not any(shown(cell) for r in rows for cell in sheet.rows[r]):
        return []
    first = rows[0]
    cells: list[list[Any]] = [[""] * sheet.width for _ in rows]
    for r in rows:
        for c, cell in enumerate(sheet.rows[r]):
            text = html.escape(shown(cell)).replace("\n", "<br/>")
            cells[r - first][c] = Paragraph(text, _printed()) if text else ""
    spans = [
        ("SPAN", (m.left, m.top - first), (m.right, m.bottom - first))
        for m in sheet.merges
        if m.top in rows
    ]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans]
    return [Table(cells, colWidths=[1000 // sheet.width] * sheet.width, style=style)]


def _file(write: Callable[[Layout], bytes], name: str) -> Callable[[Layout], Source]:
    return lambda layout: read_bytes(write(layout), Request(name, name[name.index(".") :]))


FORMATS: Mapping[str, Callable[[Layout], Source]] = {
    "xlsx": _file(xlsx, "进展.xlsx"),
    "xls": _file(xls, "进展.xls"),
    "docx": _file(docx, "进展.docx"),
    "html": _file(page, "进展.xls"),
    "mht": _file(web_archive, "进展.mht"),
    "xml": _file(spreadsheet_xml, "进展.xml"),
    "pdf": _file(pdf, "进展.pdf"),
    "csv": _file(comma, "进展.csv"),
    "tsv": _file(tabs, "进展.txt"),
    "pasted": lambda layout: read_pasted(clip(layout.sheets[0])),
    "pasted html": lambda layout: read_pasted(clip(layout.sheets[0]), page(layout).decode()),
}
"""Each format: writes a layout and reads it back as the program does."""

NO_SHEETS = ("csv", "tsv", "pasted", "pasted html")
"""Formats that hold one table only."""
NO_MERGES = ("csv", "tsv", "pasted")
"""Formats that know no merged areas."""
NAMES_SHEETS = ("xlsx", "xls", "xml")
"""Formats whose sheets have names."""


def serial(day: date) -> float:
    """Return the number behind a date in Excel."""
    return float((day - date(1899, 12, 30)) // timedelta(days=1))
