"""A document and a workbook with every construct that old formats hold, in invented words.

`python -m tests.helpers.old_documents FOLDER` writes both, to be saved in old formats by
LibreOffice; see `tests/old_files/README.md`.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

from tests.helpers.documents import cell, document, level, listed, lists, paragraph, row, table

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_LISTS = lists(
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimalEnclosedCircle", "%3"),
    level(0, "decimal", "第%1条", start=5, more='<w:suff w:val="space"/>'),
    level(0, "bullet", "·"),
)
_FORM = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="框"/><w:enabled/>'
    '<w:calcOnExit w:val="0"/>{kind}</w:ffData></w:fldChar></w:r>'
    '<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_TICK = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/>{}</w:checkBox>'
_BOX = (
    '<w:r><w:pict><v:shape id="b1" style="position:absolute;width:120pt;height:60pt" '
    'type="#_x0000_t202"><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>'
    "</w:pict></w:r>"
)


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def field(instruction: str, result: str) -> str:
    """Return a field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def changed(tag: str, inner: str) -> str:
    """Return a tracked insertion (`ins`) or deletion (`del`)."""
    return f'<w:{tag} w:id="9" w:author="甲" w:date="2026-01-05T08:00:00Z">{inner}</w:{tag}>'


def _body() -> str:
    removed = '<w:r><w:delText xml:space="preserve">删去的话</w:delText></w:r>'
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    across = '<w:gridSpan w:val="2"/>'
    units = "县财政局、\u3000南庄镇"
    twice = cell(paragraph("第一段") + paragraph("第二段"))
    inner = table(row("内甲", "内乙"), row("内丙", ""), widths=(900, 900))
    return "".join(
        [
            paragraph("青泉县重点任务分工方案（𠮷字）"),
            listed("总体安排", 1, 0),
            listed("明确任务", 1, 1),
            listed("分片包干", 1, 2),
            listed("按月调度", 1, 2),
            listed("压实责任", 1, 1),
            listed("工作要求", 1, 0),
            listed("各单位每月报送进展。", 2),
            listed("逾期不报的予以提醒。", 2),
            listed("星点只是画出来的", 3),
            para(
                run("改造管网5.5公里"),
                '<w:r><w:footnoteReference w:id="2"/></w:r>',
                run("，"),
                changed("ins", run("补上的话")),
                changed("del", removed),
                run("按期完成"),
                '<w:r><w:endnoteReference w:id="2"/></w:r>',
                run("。"),
            ),
            para(
                run("可见"), run("看不见", "<w:vanish/>"), run("的话 A"),
                "<w:r><w:noBreakHyphen/><w:t>1</w:t><w:br/><w:t>换行</w:t><w:tab/>"
                "<w:t>制表</w:t></w:r>",
            ),
            para(run("详见"), field('HYPERLINK "https://example.org/"', "通知原文"), run("。")),
            para(
                _FORM.format(kind=_TICK.format("<w:checked/>"), name="FORMCHECKBOX"), run("完成 "),
                _FORM.format(kind=_TICK.format(""), name="FORMCHECKBOX"), run("未完成"),
            ),
            para(run("旁有文本框"), _BOX.format(paragraph("框内第一段") + paragraph("框内第二段"))),
            table(
                row(cell("序号", down), cell("责任单位", across), cell("进展", down)),
                row(cell("", on), "牵头", "配合", cell("", on)),
                row(cell("1", down), "县水利局", units, "①已动工。②在选址。"),
                row(cell("", on), "县教育局", "", twice),
                row(cell("合计", '<w:gridSpan w:val="3"/>'), cell(inner + paragraph("表后"))),
                widths=(800, 2000, 2000, 3600),
            ),
            paragraph("两表之间"),
            table(*(row(*(f"{r}-{c}" for c in range(30))) for r in range(2)), widths=(300,) * 30),
            paragraph("末段。"),
        ]
    )  # fmt: skip


def rich_document() -> bytes:
    """Return the document (.docx)."""
    note = (
        '<w:{0} w:type="separator" w:id="0"><w:p/></w:{0}><w:{0} w:id="2"><w:p><w:r><w:{0}Ref/>'
        '</w:r><w:r><w:t xml:space="preserve"> {1}的话</w:t></w:r></w:p></w:{0}>'
    )
    plain = document(
        _body(),
        numbering=_LISTS,
        footnotes=note.format("footnote", "脚注"),
        endnotes=note.format("endnote", "尾注"),
    )
    return as_word_wants(plain)


def as_word_wants(plain: bytes) -> bytes:
    """Return the package with the types that other programs ask for."""
    source, file = zipfile.ZipFile(io.BytesIO(plain)), io.BytesIO()
    names = ("numbering", "footnotes", "endnotes")
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}{name}+xml"/>'
        for name in names
    )
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override '
        f'PartName="/word/document.xml" ContentType="{_TYPES}document.main+xml"/>{kinds}</Types>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                data = types.encode()
            if name.endswith(".rels"):
                space = f'<Relationships xmlns="{_PACKAGE}relationships">'
                data = data.replace(b"<Relationships>", space.encode())
            package.writestr(name, data)
    return file.getvalue()


def rich_workbook() -> bytes:
    """Return the workbook (.xlsx)."""
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.comments import Comment
    from openpyxl.packaging.custom import StringProperty

    book = Workbook()
    sheet = book.active
    sheet.title = "落实情况"
    sheet.append(["青泉县重点任务落实情况表"])
    sheet.append(["序号", "任务", "责任单位", None, "时限", "完成率", "进展"])
    sheet.append([None, None, "牵头", "配合"])
    rich = CellRichText("①管网", TextBlock(InlineFont(b=True), "已动工"), "；②泵站在选址。")
    sheet.append([1, "改造管网\n5.5公里𠮷", "县水利局", None, date(2026, 9, 30), 0.898, rich])
    sheet.append([2, None, "县教育局", "南庄镇", "年底前", "=F4/2", "进" * 9000 + "展"])
    sheet.append([3, "暂停的一项", "县住建局", None, date(2026, 6, 1), "=1/0", '="甲"&"乙"'])
    sheet.append([4.5, True, "=1=2", 1234567.891, -0.5, "=NA()", " 首尾空格 "])
    for area in ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "G2:G3", "B4:B5"):
        sheet.merge_cells(area)
    for place, code in {
        "E4": 'yyyy"年"m"月"d"日"', "E6": "yyyy/m/d", "F4": "0.0%", "F5": "0.00%", "D7": "#,##0.00",
    }.items():  # fmt: skip
        sheet[place].number_format = code
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["B2"].comment = Comment("批注的话", "甲")
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "隐藏表里的话"
    book.custom_doc_props.append(StringProperty(name="轮次", value="第3期"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "document.docx").write_bytes(rich_document())
    (folder / "table.xlsx").write_bytes(rich_workbook())
