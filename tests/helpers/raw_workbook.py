"""A workbook written part by part, for what openpyxl neither writes nor keeps."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = f"""<styleSheet xmlns="{MAIN}">
<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>
<font><b/><sz val="12"/><color indexed="8"/><name val="黑体"/><scheme val="minor"/></font></fonts>
<fills count="1"><fill><patternFill patternType="none"/></fill></fills>
<borders count="2"><border/><border><left style="thin"><color indexed="64"/></left>
<right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0"><alignment horizontal="center"/></xf>
<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0"><protection locked="0"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""
HEADING = ("序号", "重点任务", "责任单位", "落实情况")


class RawBook:
    """Puts a workbook with one table together; what a test adds goes into its lists."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.strings: list[str] = []
        self.rows: dict[int, str] = {}
        self.tail = ""
        self.styles = STYLES
        self.views = ""
        self.names = ""
        self.sheets = ""
        self.root_links: list[tuple[str, str]] = []
        self.workbook_tail = ""
        self.sheet_links: list[tuple[str, str]] = []
        self.book_links: list[tuple[str, str]] = []
        self.more: dict[str, bytes] = {}
        self.types = ""
        self.text_row(1, {"A": "2026年重点工作落实情况表"})
        self.text_row(2, dict(zip("ABCD", HEADING, strict=True)), style=1)

    def string(self, text: str) -> int:
        """Return the number of a new shared string; markup is taken as it is."""
        self.strings.append(text if text.startswith("<") else f"<t>{text}</t>")
        return len(self.strings) - 1

    def text_row(self, row: int, texts: dict[str, str], style: int = 0, more: str = "") -> None:
        cells = "".join(
            f'<c r="{letter}{row}" s="{style}" t="s"><v>{self.string(text)}</v></c>'
            for letter, text in texts.items()
        )
        self.rows[row] = f'<row r="{row}">{cells}{more}</row>'

    def body(self, first: int = 3, rows: int = 3) -> None:
        for row in range(first, first + rows):
            texts = {"B": f"旧任务{row}", "C": "县水务局", "D": f"旧进展{row}"}
            number = f'<c r="A{row}" s="2"><v>{row - first + 1}</v></c>'
            self.text_row(row, texts, style=2)
            self.rows[row] = self.rows[row].replace("<c ", f"{number}<c ", 1)

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            for name, content in self._parts().items():
                archive.writestr(name, content)
        return out.getvalue()

    def _parts(self) -> dict[str, bytes | str]:
        rows = "".join(self.rows[number] for number in sorted(self.rows))
        sheet = (
            f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{self.views}'
            '<cols><col min="1" max="1" width="6"/><col min="2" max="4" width="40"/></cols>'
            f"<sheetData>{rows}</sheetData>{self.tail}</worksheet>"
        )
        book = (
            f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
            f'<sheet name="表" sheetId="1" r:id="rId1"/>{self.sheets}</sheets>{self.names}'
            f"{self.workbook_tail}</workbook>"
        )
        strings = "".join(f"<si>{each}</si>" for each in self.strings)
        links = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                 ("sharedStrings", "sharedStrings.xml"), *self.book_links]  # fmt: skip
        return {
            "[Content_Types].xml": _content_types(self.types),
            "_rels/.rels": _links([("officeDocument", "xl/workbook.xml"), *self.root_links]),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": _links(links),
            "xl/worksheets/sheet1.xml": self._prefixed(sheet),
            "xl/worksheets/_rels/sheet1.xml.rels": _links(self.sheet_links),
            "xl/styles.xml": self.styles,
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            **self.more,
        }

    def _prefixed(self, xml: str) -> str:
        if not self.prefix:
            return xml
        import re

        named = re.sub(r"<(/?)(?=[A-Za-z])(?![A-Za-z0-9]+:)", rf"<\1{self.prefix}:", xml)
        return named.replace(f'xmlns="{MAIN}"', f'xmlns:{self.prefix}="{MAIN}"')


def _links(links: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{REL}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{listed}</Relationships>'


def _content_types(more: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'<Types xmlns="{space}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="vml" '
        'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
        f"{more}</Types>"
    )
