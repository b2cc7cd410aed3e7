"""Old Word documents are read to the letter: text in order, tables, numbers, notes."""

from __future__ import annotations

import contextlib
import random
import struct
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.documents import cell, document, row, table
from tests.helpers.documents import paragraph as para
from tests.helpers.old_documents import rich_document
from tests.helpers.ole_files import IN_TABLE, Text, Word, ole, row_end, sprm
from tests.helpers.pages import need_office
from tracker.base.errors import Cancelled, FileProblem
from tracker.base.progress import Progress
from tracker.files import doc_table
from tracker.files.grid import Merge
from tracker.files.reader import read_bytes, read_file
from tracker.files.reading import Request
from tracker.tables.pipeline import read_table

OLD = Path(__file__).parents[2] / "old_files"
HIDDEN, DELETED, INSERTED = sprm(0x083C, 1, 1), sprm(0x0800, 1, 1), sprm(0x0801, 1, 1)


def read(data, name="文件.doc", **request):
    return read_bytes(data, Request(name, ".doc", **request))


def word(*texts, **more):
    """Return what is read from a document of these texts; plain words are paragraphs."""
    held = [Text(text) if isinstance(text, str) else text for text in texts]
    return read(Word(held, **more).bytes())


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def in_cell(words, more=b"", run=b""):
    return Text(words, IN_TABLE + more, run)


def test_what_another_program_saved_is_read_like_the_new_format():
    old, new = read_file(OLD / "document.doc"), read(rich_document())
    assert (old.kind, new.kind) == ("doc", "docx")
    assert old.flow.text == new.flow.text
    assert old.flow.tables == new.flow.tables
    assert old.grids == new.grids
    assert old.warnings == new.warnings
    lines = old.flow.text.split("\n")
    assert lines[0] == "青泉县重点任务分工方案（𠮷字）"
    assert lines[1:5] == ["一、总体安排", "（一）明确任务", "①分片包干", "②按月调度"]
    assert "第5条 各单位每月报送进展。" in lines
    assert "改造管网5.5公里，补上的话按期完成。" in lines
    assert "☑完成 ☐未完成" in lines
    assert lines[-2:] == ["［脚注1］脚注的话", "［尾注1］尾注的话"]


def test_text_of_one_and_of_two_bytes_comes_to_the_letter():
    assert word("第一段𠮷字。\r", "\r", "　第二段 \r").flow.text == "第一段𠮷字。\n\n　第二段 "
    assert word("caf\xe9 “x” € 5\r", narrow=True).flow.text == "café “x” € 5"


@given(st.lists(st.text("甲乙丙 1a，。𠮷", min_size=1, max_size=9), min_size=1, max_size=9))
@settings(max_examples=40)
def test_pieces_left_in_disorder_by_a_fast_save_are_read_in_order(parts):
    assert word(*parts[:-1], f"{parts[-1]}末\r", shuffled=True).flow.text == "".join(parts) + "末"


def test_what_is_hidden_or_deleted_is_left_out_and_told():
    source = word("甲", Text("藏", run=HIDDEN), Text("删", run=DELETED), Text("乙\r", run=INSERTED))
    assert source.flow.text == "甲乙"
    assert [warning[:7] for warning in source.warnings] == ["文档带有修订，", "文档里有隐藏的"]


def test_a_fast_save_lays_changes_over_a_piece():
    assert word("甲", "删", "乙\r", changes={1: DELETED}).flow.text == "甲乙"


def test_a_paragraph_whose_end_is_deleted_goes_on_with_the_next():
    assert word("甲", Text("\r", run=DELETED), "乙\r", "丙\r").flow.text == "甲乙\n丙"


def test_of_a_field_only_the_result_is_read():
    assert word('见\x13 HYPERLINK "x" \x14原文\x15。\r').flow.text == "见原文。"
    assert word("\x13 A \x13 B \x14内\x15 \x14外\x15\r").flow.text == "外"
    assert word("\x13 eq \\o\\ac(○,3) \x15项\r").flow.text == "③项"
    assert word("\x13 没有写完\r", "后一段\r").flow.text == "\n后一段"


def test_signs_that_stand_for_something_else():
    assert word("甲\x0b乙\x1e丙\x1f丁\x05\x00戊\r").flow.text == "甲\n乙-丙丁戊"
    assert word("页一\x0c页二\r", "\x0c新页\r").flow.text == "页一\n页二\n新页"


ROW = [0, 1000, 2000]


def test_cells_and_rows_become_a_grid():
    source = word(
        "前\r",
        in_cell("甲\x07"),
        in_cell("一段\r二段\x07"),
        Text("\x07", row_end(ROW, [0, 0])),
        in_cell("\x07丁\x07"),
        Text("\x07", row_end(ROW, [0, 0])),
        "后\r",
    )
    assert texts(source.grids[0]) == [["甲", "一段\n二段"], ["", "丁"]]
    assert source.flow.text == "前\n甲\t一段\n二段\n\t丁\n后"
    (place,) = source.flow.tables
    assert source.flow.text[place.start : place.end] == "甲\t一段\n二段\n\t丁"


def test_merged_cells_are_told_by_flags_and_by_edges():
    source = word(
        in_cell("横\x07"),
        in_cell("\x07"),
        Text("\x07", row_end(ROW, [0x01, 0x02])),
        in_cell("竖\x07戊\x07"),
        Text("\x07", row_end(ROW, [0x60, 0])),
        in_cell("\x07己\x07"),
        Text("\x07", row_end(ROW, [0x20, 0])),
        in_cell("宽\x07"),
        Text("\x07", row_end([0, 2010], [0])),
    )
    (grid,) = source.grids
    assert texts(grid) == [["横", ""], ["竖", "戊"], ["", "己"], ["宽", ""]]
    assert grid.merges == (Merge(0, 0, 0, 1), Merge(1, 0, 2, 0), Merge(3, 0, 3, 1))


def test_a_table_in_a_cell_is_its_text():
    inner = sprm(0x6649, 2, 4)
    ends = inner + sprm(0x244B, 1, 1)
    source = word(
        in_cell("外\r"),
        in_cell("内甲\r", ends),
        in_cell("内乙\r", ends),
        in_cell("\r", inner + sprm(0x244C, 1, 1)),
        in_cell("后\x07右\x07"),
        Text("\x07", row_end(ROW, [0, 0])),
    )
    assert texts(source.grids[0]) == [["外\n内甲\t内乙\n后", "右"]]


def test_no_word_is_lost_where_a_row_has_no_end():
    source = word(in_cell("甲\x07乙"), "\r", "后\r")
    assert source.flow.text.replace("\t", "").replace("\n", "") == "甲乙后"


def test_a_row_deleted_as_tracked_is_left_out():
    source = word(
        in_cell("留\x07"),
        Text("\x07", row_end([0, 900], [0])),
        in_cell("删\x07", run=DELETED),
        Text("\x07", row_end([0, 900], [0]), DELETED),
    )
    assert texts(source.grids[0]) == [["留"]]


def test_properties_too_long_for_their_page_lie_in_the_stream_of_data():
    shape = row_end(ROW, [0x01, 0x02])
    data = bytes(8) + struct.pack("<H", len(shape)) + shape
    source = word(
        in_cell("横\x07\x07"),
        Text("\x07", sprm(0x6646, 8, 4)),
        in_cell("甲\x07乙\x07"),
        Text("\x07", row_end(ROW, [0, 0])),
        data=data.ljust(4096, b"\0"),
    )
    assert source.grids[0].merges == (Merge(0, 0, 0, 1),)


def test_an_embedded_object_and_a_picture_are_told():
    picture = sprm(0x6A03, 0, 4)
    source = word(
        "\x13 EMBED Equation.3 \x14",
        Text("\x01", run=picture),
        "\x15图",
        Text("\x01", run=picture),
        "\r",
    )
    assert source.warnings == (
        "文档有 1 张图片，图片里的文字没有读取",
        "文档里嵌有 1 个别的文件或对象，没有读取",
    )


def test_a_document_without_words_is_refused():
    with pytest.raises(FileProblem, match=r"是空的.*没有文字"):
        word("\r")
    with pytest.raises(FileProblem, match=r"没有文字.*扫描件"):
        word(Text("\x01", run=sprm(0x6A03, 0, 4)), "\r")


def test_older_formats_are_named():
    for ident, version in ((0xA5DC, 0x65), (0xA5EC, 0x68)):
        data = bytearray(Word([Text("甲\r")]).bytes())
        at = data.index(struct.pack("<HH", 0xA5EC, 0xC1))
        struct.pack_into("<HH", data, at, ident, version)
        with pytest.raises(FileProblem, match=r"Word 6\.0/95.*另存为 \.docx"):
            read(bytes(data))


@pytest.mark.parametrize(
    "data",
    [
        ole({"WordDocument": bytes(4096)}),
        ole({"WordDocument": struct.pack("<HH", 0xA5EC, 0xC1) + bytes(4096)}),
        Word([Text("甲\r")], parts=(-5,)).bytes(),
        Word([Text("甲\r")], blocks={6: b"\1" * 9}, flags=0).bytes(),
    ],
)
def test_what_is_damaged_is_told(data):
    with pytest.raises(FileProblem, match="已损坏"):
        read(data)


def test_text_repeated_without_end_and_too_many_cells_are_refused(monkeypatch):
    whole = Word([in_cell("甲\x07乙\x07"), Text("\x07", row_end(ROW, [0, 0]))])
    with monkeypatch.context() as patch:
        patch.setattr(doc_table, "MAX_CELLS", 1)
        with pytest.raises(FileProblem, match="表格太大"):
            read(whole.bytes())
    deep = Word([in_cell("甲\r", sprm(0x6649, 5000, 4))])
    with pytest.raises(FileProblem, match="套得太深"):
        read(deep.bytes())


def test_reading_tells_how_far_it_is_and_can_be_cancelled():
    data = Word([Text(f"第{n}段\r") for n in range(1100)]).bytes()
    progress = Progress()
    assert len(read(data, progress=progress).flow.paragraphs) == 1100
    assert (progress.text, progress.done) == ("正在读取“文件.doc”", 1000)
    with pytest.raises(Cancelled):
        read(data, progress=Progress(cancel_wanted=True))


def test_damaged_bytes_are_refused_or_read_but_never_crash():
    dice = random.Random(20261123)
    whole = (OLD / "document.doc").read_bytes()
    begun = time.perf_counter()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 30))):
            place = dice.randrange(len(data))
            if dice.random() < 0.9:
                data[place] = dice.choice((0, 1, 255, dice.randrange(256)))
            else:
                del data[place : place + dice.randrange(1, 600)]
        with contextlib.suppress(FileProblem):
            read(bytes(data))
    assert time.perf_counter() - begun < 60


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
LAYOUTS = {
    "两行表头": table(
        row(
            cell("序号", DOWN),
            cell("工作任务", DOWN),
            cell("责任单位", '<w:gridSpan w:val="2"/>'),
            cell("完成时限", DOWN),
            cell("落实情况", DOWN),
        ),
        row(cell("", ON), cell("", ON), "牵头单位", "配合单位", cell("", ON), cell("", ON)),
        row("1", "改造管网5.5公里", "县水利局", "县财政局、南庄镇", "2026年9月底前", "已动工。"),
        row("2", "①修路三公里；②架桥一座。", "县交通局", "", "年底前", "①在建；②在建。"),
        widths=(600, 2400, 1500, 1500, 1200, 1800),
    ),
    "分节": table(
        row("序号", "任务", "责任单位", "进展"),
        row(cell("一、基础设施", '<w:gridSpan w:val="4"/>')),
        row("1", "新建泵站两座", "县水利局", cell(para("选址。") + para("第二段说明。"))),
        row(cell("二、民生保障", '<w:gridSpan w:val="4"/>')),
        row("2", "培训教师", "县教育局", "好" * 3000),
        widths=(600, 2400, 1500, 2400),
    ),
    "任务跨行": table(
        row("序号", "任务", "责任单位", "进展"),
        row(cell("1", DOWN), cell("整治河道", DOWN), "县水利局", "东段完成。"),
        row(cell("", ON), cell("", ON), "北河镇", "西段开工。"),
        row("2", "更换路灯", "县城管局", ""),
        widths=(600, 2400, 1500, 2400),
    ),
}


@pytest.mark.office
def test_tables_saved_by_another_program_give_the_same_rows(tmp_path):
    import subprocess

    from tests.helpers.old_documents import as_word_wants

    program = need_office()
    for name, body in LAYOUTS.items():
        plain = document(para("青泉县任务落实情况表") + body + para(""))
        (tmp_path / f"{name}.docx").write_bytes(as_word_wants(plain))
    (tmp_path / "全.docx").write_bytes(rich_document())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", tmp_path,
         *tmp_path.glob("*.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for name in LAYOUTS:
        new, old = (read_file(tmp_path / f"{name}{end}") for end in (".docx", ".doc"))
        assert old.grids == new.grids
        assert read_table(old).rows
        assert read_table(old) == read_table(new)
    new, old = (read_file(tmp_path / f"全{end}") for end in (".docx", ".doc"))
    assert (old.flow.text, old.grids, old.warnings) == (new.flow.text, new.grids, new.warnings)
