"""PDFs: prose and ruled tables come back to the letter; scans and locked ones are refused."""

from __future__ import annotations

import contextlib
import io
import random

import pytest

from tests.helpers.pages import to_pdf
from tracker.base.errors import FileProblem, PasswordNeeded
from tracker.files.pdf_text import joined, plain
from tracker.files.reader import read_file
from tracker.tables.pipeline import read_table

reportlab = pytest.importorskip("reportlab", reason="reportlab writes the PDFs of these tests")

PROSE = (
    "关于做好老旧小区改造工作的方案",
    (
        "一、加快建设进度。确保6月底前完成第一批12个小区的外墙保温、管网更新和道路硬化，并推进适老化"
        "设施建设。（牵头单位：县住建局；配合单位：县财政局、县民政局）"
    ),
    "二、做好群众工作。每个小区成立不少于5人的议事小组，重大事项张榜公布，听取居民意见。（责任单位：各街道）",
)
ROWS = [
    ["序号", "具体目标任务", "牵头责任单位", "完成时限", "落实情况"],
    [
        "1",
        "修缮县城东门老桥，恢复双向通车。",
        "县住建局\n县交通运输局",
        "6月底前",
        "已完成桥面铺装。" * 9,
    ],
    ["2", "①建成书屋3处；②开展巡讲20场。", "县委宣传部", "年底前", "①已建成2处。\n②已开展12场。"],
]


def style(size=12.0):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return ParagraphStyle(
        "x", fontName="STSong-Light", fontSize=size, leading=size * 1.6, wordWrap="CJK"
    )


def write(path, story, *, password="", numbered=False):
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    def number(canvas, document):
        if numbered:
            canvas.drawCentredString(400, 20, f"- {document.page} -")

    document = SimpleDocTemplate(str(path), pagesize=landscape(A4), encrypt=password or None)
    document.build(story, onFirstPage=number, onLaterPages=number)
    return path


def prose(path, repeat=1, **more):
    from reportlab.platypus import Paragraph

    return write(path, [Paragraph(text, style()) for text in PROSE * repeat], **more)


def table(rows, *, repeat_rows=1):
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    cells = [[Paragraph(text.replace("\n", "<br/>"), style(10)) for text in row] for row in rows]
    return Table(
        cells,
        colWidths=[40, 170, 110, 80, 260],
        repeatRows=repeat_rows,
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    )


def test_wrapped_lines_become_paragraphs_again(tmp_path):
    source = read_file(prose(tmp_path / "方案.pdf"))
    assert source.kind == "pdf"
    assert source.flow.text == "".join(f"{text}\n" for text in PROSE)


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_are_left_out(tmp_path):
    source = read_file(prose(tmp_path / "方案.pdf", repeat=9, numbered=True))
    assert source.flow.text == "".join(f"{text}\n" for text in PROSE * 9)


def test_a_ruled_table_gives_its_cells_and_the_lines_around_it(tmp_path):
    from reportlab.platypus import Paragraph

    story = [
        Paragraph("重点任务落实情况表", style(18)),
        table(ROWS),
        Paragraph("填表人：张三", style()),
    ]
    source = read_file(write(tmp_path / "表.pdf", story))
    (grid,) = source.grids
    assert [[cell.text for cell in row] for row in grid.rows] == ROWS
    (place,) = source.flow.tables
    assert source.flow.text[place.start : place.end].startswith("序号\t具体目标任务")
    found = read_table(source)
    assert found.title == "重点任务落实情况表"
    assert [row.roles.lead for row in found.rows] == [("县住建局", "县交通运输局"), ("县委宣传部",)]


@pytest.mark.parametrize("repeat_rows", [0, 1])
def test_a_table_over_several_pages_is_one_whether_its_header_repeats_or_not(tmp_path, repeat_rows):
    rows = [
        [str(n), f"修建第{n}处书屋。", "县文旅局", "年底前", "正在选址。" * 12]
        for n in range(1, 31)
    ]
    path = write(tmp_path / "长表.pdf", [table([ROWS[0], *rows], repeat_rows=repeat_rows)])
    found = read_table(read_file(path))
    assert [row.number for row in found.rows] == [row[0] for row in rows]
    assert [row.progress for row in found.rows] == [row[4] for row in rows]


def test_a_merged_cell_is_one_cell(tmp_path):
    from reportlab.lib import colors
    from reportlab.platypus import Table

    cells = [["A", "B", "C"], ["D", "", "E"], ["", "", "F"]]
    spans = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (0, 1), (1, 2))]
    source = read_file(write(tmp_path / "合并.pdf", [Table(cells, style=spans)]))
    (grid,) = source.grids
    (merge,) = grid.merges
    assert (merge.top, merge.left, merge.bottom, merge.right) == (1, 0, 2, 1)
    assert [[cell.text for cell in row] for row in grid.rows] == cells


def test_a_locked_one_opens_with_its_password_only(tmp_path):
    from reportlab.platypus import Paragraph

    story = [Paragraph("Plan 2026", style().clone("y", fontName="Helvetica"))]
    path = write(tmp_path / "密.pdf", story, password="abc123")
    with pytest.raises(PasswordNeeded) as caught:
        read_file(path)
    assert not caught.value.wrong
    with pytest.raises(PasswordNeeded) as caught:
        read_file(path, password="x")
    assert caught.value.wrong
    assert read_file(path, password="abc123").flow.text == "Plan 2026\n"


def test_glyphs_without_a_character_are_never_taken_for_text(tmp_path):
    # the names of the Chinese code tables are locked with the rest, so no reader can tell them
    path = prose(tmp_path / "密.pdf", password="abc123")
    with pytest.raises(FileProblem, match="识别软件"):
        read_file(path, password="abc123")


def test_a_scan_is_refused_with_what_to_do(tmp_path):
    from PIL import Image as Picture
    from reportlab.platypus import Image

    picture = tmp_path / "扫描.png"
    Picture.new("RGB", (300, 300), "white").save(picture)
    path = write(tmp_path / "扫描.pdf", [Image(str(picture))])
    with pytest.raises(FileProblem, match=r"扫描件.*识别软件"):
        read_file(path)


def test_what_is_no_page_is_called_damaged(tmp_path):
    path = tmp_path / "坏.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj <<>> endobj")
    with pytest.raises(FileProblem, match=r"坏\.pdf"):
        read_file(path)


def test_a_damaged_one_is_read_or_refused(tmp_path):
    data = prose(tmp_path / "好.pdf").read_bytes()
    chance = random.Random(3)
    for number in range(60):
        changed = bytearray(data[: chance.randrange(200, len(data) + 1)])
        for _ in range(chance.randrange(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(b"%PDF-1.4\n" + bytes(changed))
        with contextlib.suppress(FileProblem):
            read_file(path)


def test_radicals_become_the_characters_they_look_like():
    assert plain("⽅案⻓期⾦额（⼀）") == "方案长期金额（一）"


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        (["完成桥面", "铺装。"], "完成桥面铺装。"),
        (["Windows", "Server"], "Windows Server"),
        (["共计12", "5个"], "共计125个"),
    ],
)
def test_pieces_of_a_line_are_joined_with_a_blank_only_between_latin_words(pieces, whole):
    assert joined(pieces) == whole


@pytest.mark.office
def test_a_document_printed_by_another_program_comes_back(tmp_path):
    import docx

    document = docx.Document()
    for text in PROSE:
        document.add_paragraph(text)
    document.save(tmp_path / "方案.docx")
    (pdf,) = to_pdf([tmp_path / "方案.docx"], tmp_path / "pdf")
    lines = [text for text in read_file(pdf).flow.text.split("\n") if text]
    assert lines == list(PROSE)


def test_a_mutated_stream_of_objects_ends(tmp_path):
    writer = io.BytesIO(b"%PDF-1.7\n" + b"[" * 100_000 + b"<<" * 100_000)
    path = tmp_path / "深.pdf"
    path.write_bytes(writer.getvalue())
    with pytest.raises(FileProblem):
        read_file(path)
