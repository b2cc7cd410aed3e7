"""A document is read as Word shows it: every word once, what is deleted or hidden left out."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.documents import STRICT, cell, document, lines, paragraph, read, row, table
from tracker.base.errors import Cancelled, FileProblem
from tracker.base.progress import Progress
from tracker.files.docx import read_document
from tracker.files.reader import read_file
from tracker.files.reading import Request

BOX = "<w:txbxContent>{}</w:txbxContent>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def in_paragraph(inner):
    return lines(f"<w:p>{inner}</w:p>")


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲\t乙"]),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", ["甲", "乙", "丙"]),
        ('<w:r><w:br w:type="page"/><w:t>甲</w:t></w:r>', ["甲"]),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/></w:r>", ["A-B"]),
        (("<w:r><w:t> 甲 </w:t></w:r><w:r><w:t xml:space='preserve"
         "'> 乙 </w:t></w:r>"), ["甲 乙 "]),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", ["链接"]),
        ("<w:smartTag><w:r><w:t>标记</w:t></w:r></w:smartTag>", ["标记"]),
        (("<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent><w:r><w:t>控件</w:t>"
         "</w:r></w:sdtContent></w:sdt>"), ["控件"]),
        (("<w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r>"
         "</w:del>"), ["新增"]),
        (("<w:moveFrom><w:r><w:t>原处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r>"
         "</w:moveTo>"), ["新处"]),
        (("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Wingdings' w:char='F081'/>"
         "<w:sym w:font='Wingdings 2' w:char='F0A3'/><w:sym w:font='怪' w:char='E123'/></w:r>"),
         ["✓①☐\ue123"]),
        (("<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r>"
         "</w:rubyBase></w:ruby></w:r>"), ["拼"]),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", ["x=1"]),
        ("<w:pPr><w:tabs><w:tab w:pos='10'/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r>", ["甲"]),
        (("<w:pPr><w:pPrChange><w:pPr><w:numPr/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr>"
         "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>"),
         ["甲"]),
    ],
)  # fmt: skip
def test_what_a_paragraph_holds_is_read_as_shown(inner, shown):
    assert in_paragraph(inner) == shown


def test_hidden_text_stays_out_with_a_warning():
    styles = (
        '<w:style w:type="character" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    runs = [
        run("见", '<w:vanish w:val="0"/>'),
        run("藏", "<w:vanish/>"),
        run("藏", '<w:rStyle w:val="b"/>'),
        run("光", '<w:rStyle w:val="b"/><w:vanish w:val="0"/>'),
    ]
    all_hidden = paragraph("全藏", '<w:pStyle w:val="p"/>')
    body = f"<w:p>{''.join(runs)}</w:p>{all_hidden}{paragraph('末')}"
    got = read(body, styles=styles)
    assert got.flow.text == "见光\n末"
    assert any("隐藏" in warning for warning in got.warnings)


def test_a_deleted_or_hidden_paragraph_end_joins_the_next_paragraph():
    for mark in ("<w:del/>", "<w:moveFrom/>", "<w:vanish/>"):
        joined = paragraph("前", f"<w:rPr>{mark}</w:rPr>") + paragraph("后") + paragraph("另")
        assert lines(joined) == ["前后", "另"]
        last = cell(paragraph("甲") + paragraph("乙", f"<w:rPr>{mark}</w:rPr>"))
        assert lines(table(row(last)) + paragraph("丙")) == ["甲", "乙", "丙"]
    assert lines(paragraph("前", "<w:rPr><w:ins/></w:rPr>") + paragraph("后")) == ["前", "后"]


def test_tracked_changes_are_told_and_a_deleted_row_is_gone():
    body = table(row("甲", "乙"), row("丙", "丁", properties="<w:del/>"), row("戊", "己"))
    got = read(body)
    assert got.flow.text == "甲\t乙\n戊\t己"
    assert any("修订" in warning for warning in got.warnings)
    assert read(paragraph("甲")).warnings == ()


def sign(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text):
    return f"<w:r><w:instrText xml:space='preserve'>{text}</w:instrText></w:r>"


def complex_field(text, result=None):
    shown = "" if result is None else sign("separate") + result
    return sign("begin") + instruction(text) + shown + sign("end")


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (complex_field(" DATE ", run("2026年3月")), "2026年3月"),
        (complex_field(" IF ", complex_field(" REF ", run("内"))), "内"),
        (sign("begin") + instruction(" IF ") + complex_field(" REF ", run("条件"))
         + sign("separate") + run("结果") + sign("end") + run("后"), "结果后"),
        ('<w:fldSimple w:instr=" DATE "><w:r><w:t>三月</w:t></w:r></w:fldSimple>', "三月"),
        (complex_field(r" eq \o\ac(○,3) "), "③"),
        (sign("begin") + instruction(r"eq \o\ac(") + instruction("○") + instruction(",12)")
         + sign("end"), "⑫"),
        (complex_field(r"EQ \o\ac(\s\up 2(○),一)"), "一"),
        (complex_field(r'EQ \* jc2 \* "Font:宋体" \* hps21 \o\ad(\s\up 9(pin),拼)'), "拼"),
        (complex_field(r"EQ \f(1,3)"), "1/3"),
        ('<w:fldSimple w:instr="EQ \\o\\ac(〇,5)"/>', "⑤"),
        (complex_field(" PAGE "), ""),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
         '<w:listEntry w:val="推进中"/><w:listEntry w:val="已完成"/></w:ddList></w:ffData>'
         "</w:fldChar></w:r>" + instruction(" FORMDROPDOWN ") + sign("end"), "已完成"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
         "<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>" + instruction(" FORMCHECKBOX ")
         + sign("separate") + sign("end"), "☑"),
        (sign("end") + sign("separate") + run("甲"), "甲"),
    ],
)  # fmt: skip
def test_of_a_field_only_the_result_is_read(inner, shown):
    assert lines(f"<w:p>{run('首')}{inner}{run('尾')}</w:p>") == [f"首{shown}尾"]


def test_a_field_that_never_ends_swallows_no_later_paragraph():
    body = f"<w:p>{run('甲')}{sign('begin')}{instruction(' TOC ')}</w:p>" + paragraph("乙")
    assert lines(body) == ["甲", "乙"]


def test_a_field_reaches_over_paragraphs():
    body = (
        f"<w:p>{sign('begin')}{instruction(' TOC ')}{sign('separate')}{run('一、甲')}</w:p>"
        f"<w:p>{run('二、乙')}{sign('end')}</w:p>"
    )
    assert lines(body) == ["一、甲", "二、乙"]


def test_a_text_box_is_read_once_after_its_paragraph():
    boxed = BOX.format(paragraph("框内") + paragraph("第二行"))
    choice = f"<w:drawing><wps:txbx>{boxed}</wps:txbx></w:drawing>"
    fallback = f"<w:pict><v:textbox>{BOX.format(paragraph('框内'))}</v:textbox></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{choice}</mc:Choice>"
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    assert in_paragraph(f"<w:r>{both}</w:r>{run('正文')}") == ["正文", "框内", "第二行"]
    assert in_paragraph(f"<w:r>{fallback}</w:r>") == ["", "框内"]
    only = f"<mc:AlternateContent><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    assert in_paragraph(f"<w:r>{only}</w:r>") == ["", "框内"]
    drawn = "<w:r><w:pict><v:shape><v:textpath string='某区督查'/></v:shape></w:pict></w:r>"
    assert in_paragraph(drawn) == ["", "某区督查"]
    in_box = BOX.format(table(row("甲", "乙")))
    got = read(f"<w:p>{run('前')}<w:r><w:pict><v:textbox>{in_box}</v:textbox></w:pict></w:r></w:p>")
    assert (got.flow.text, len(got.grids)) == ("前\n甲\t乙", 1)


def test_notes_stand_at_the_end_marked_in_the_order_of_the_text():
    footnotes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="7">{paragraph(" 先引的。")}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph("后引的。")}</w:footnote>'
        f'<w:footnote w:id="9">{paragraph("没有引的。")}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="1">{paragraph("尾。")}</w:endnote>'
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id='7'/></w:r><w:r><w:t>乙</w:t>"
        "<w:endnoteReference w:id='1'/><w:footnoteReference w:id='3'/></w:r></w:p>"
    )
    got = read(body, footnotes=footnotes, endnotes=endnotes)
    assert got.flow.text == "甲乙\n［脚注1］先引的。\n［脚注2］后引的。\n［尾注1］尾。"
    assert any("3 条脚注或尾注" in warning for warning in got.warnings)


def test_prompts_of_unfilled_controls_stay_out_but_keep_their_cell():
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = table(f"<w:tr>{cell('甲')}{control.format(cell('单击此处输入'))}{cell('丙')}</w:tr>")
    got = read(body)
    assert got.flow.text == "甲\t\t丙"
    assert any("没有填写" in warning for warning in got.warnings)


def test_what_is_not_read_is_told():
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:commentReference w:id='1'/></w:r><w:r><w:drawing><pic:pic/>"
        "</w:drawing></w:r><w:r><w:object><v:imagedata/></w:object></w:r></w:p><w:altChunk/>"
    )
    foot = paragraph("— 1 —") + paragraph("第 1 页 共 3 页")
    head = table(row("某区政府办", "督办件"))
    got = read(body, header1=head, footer1=foot)
    told = "\n".join(got.warnings)
    for words in (
        "1 处批注",
        "1 张图片",
        "2 个别的文件",
        "页眉的文字没有读取：“某区政府办 督办件”",
    ):
        assert words in told
    assert "页脚" not in told


def test_the_strict_form_and_odd_part_names_are_read():
    for data in (
        document(paragraph("甲"), space=STRICT),
        document(paragraph("甲"), main="word/document2.xml"),
        document(paragraph("甲")).replace(b"word/document.xml", b"WORD/Document.XML"),
    ):
        assert read_document(data, Request("文件.docx")).flow.text == "甲"


def test_properties_are_read(tmp_path):
    docx = pytest.importorskip("docx")
    path = tmp_path / "表.docx"
    docx.Document().save(path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(
            "docProps/custom.xml",
            '<Properties xmlns:vt="v"><property name="轮次"><vt:lpwstr>3</vt:lpwstr></property>'
            "</Properties>",
        )
    _relate(path, "docProps/custom.xml", "custom-properties")
    with pytest.raises(FileProblem, match="没有文字"):
        read_file(path)
    whole = docx.Document(path)
    whole.add_paragraph("甲")
    whole.save(path)
    assert read_file(path).properties == {"轮次": "3"}


def _relate(path, target, type_):
    parts = {}
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    link = f'<Relationship Id="rX" Type="http://x/{type_}" Target="{target}"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", link.encode())
    override = f'<Override PartName="/{target}" ContentType="application/xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", override.encode()
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_a_document_without_words_is_refused_with_advice():
    with pytest.raises(FileProblem, match="没有文字"):
        read(paragraph())
    with pytest.raises(FileProblem, match=r"扫描件.*识别软件"):
        read("<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>")


@pytest.mark.parametrize(
    "body",
    [
        table(*["<w:tc/>"]),
        "<w:tr/>",
        "<w:txbxContent><w:tbl></w:tbl></w:txbxContent><w:tc></w:tc>",
        "<w:tbl>" * 200 + "</w:tbl>" * 200,
        "<w:p>",
    ],
)
def test_a_document_out_of_order_is_damaged(body):
    with pytest.raises(FileProblem, match=r"已损坏.*Word"):
        read(body + paragraph("甲"))


def test_entities_are_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>')
    with pytest.raises(FileProblem, match="文档类型"):
        read_document(data.getvalue(), Request("文件.docx"))


def test_reading_can_be_stopped():
    progress = Progress(cancel_wanted=True)
    data = document(paragraph("甲") * 600)
    with pytest.raises(Cancelled):
        read_document(data, Request("文件.docx", progress=progress))


BLOCKS = st.lists(
    st.one_of(
        st.text("甲乙丙 \t", max_size=8),
        st.lists(
            st.lists(st.text("子丑寅", max_size=4), min_size=1, max_size=4), min_size=1, max_size=4
        ),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(BLOCKS)
def test_paragraphs_and_tables_are_slices_of_the_text(blocks):
    body = "".join(
        paragraph(block) if isinstance(block, str) else table(*(row(*texts) for texts in block))
        for block in blocks
    )
    flow = read(body + paragraph("末")).flow
    for piece in flow.paragraphs:
        assert flow.text[piece.start : piece.end] == piece.text
    tables = [block for block in blocks if not isinstance(block, str)]
    assert len(flow.tables) == len(tables)
    for place, rows in zip(flow.tables, tables, strict=True):
        held = flow.text[place.start : place.end]
        assert held == "\n".join("\t".join(_trimmed(texts)) for texts in rows)
    words = "".join(flow.text.split())
    expected = "".join(b if isinstance(b, str) else "".join(map("".join, b)) for b in blocks)
    assert words == "".join(expected.split()) + "末"


def _trimmed(texts):
    while texts and not texts[-1]:
        texts = texts[:-1]
    return texts
