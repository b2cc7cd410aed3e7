"""The content decides what a file is; what cannot be read is refused in plain words."""

from __future__ import annotations

import contextlib
import io
import os
import random
import time
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from tracker.base.errors import FileProblem
from tracker.files import limits, package, reader
from tracker.files.reader import read_file, read_pasted

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def workbook():
    book = Workbook()
    book.active.append(["序号", "具体任务", "牵头单位"])
    for number in range(30):
        book.active.append([number, f"任务“{number}”\n第二行", "某某局", number / 7])
    book.active.merge_cells("A1:B2")
    book.custom_doc_props.append(StringProperty(name="轮次", value="3"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def stream(name):
    return OLE + f"{name}\0".encode("utf-16-le") + bytes(64)


def test_the_content_decides_not_the_ending(tmp_path):
    for name, data, kind in [
        ("表.txt", workbook(), "xlsx"),
        ("表.xls", workbook(), "xlsx"),
        ("表.xlsx", "序号\t任务\n1\t修路".encode("gb18030"), "text"),
        ("表.xls", "甲,乙,丙\n1,2,3\n".encode(), "csv"),
        ("表.csv", '﻿甲,乙\r\n1,"二\r\n三"\r\n'.encode(), "csv"),
    ]:
        path = tmp_path / name
        path.write_bytes(data)
        source = read_file(path)
        assert (source.kind, source.name, source.content) == (kind, name, data)


def test_a_text_is_given_whole_with_its_paragraphs(tmp_path):
    path = tmp_path / "会议 纪要.txt"
    path.write_bytes("标题\r\n\r\n一、修路。\r\n".encode())
    source = read_file(path)
    assert source.flow.text == "标题\n\n一、修路。\n"
    assert [p.text for p in source.flow.paragraphs] == ["标题", "一、修路。"]
    assert source.grids[0].numbers == (1, 2, 3)


def test_a_csv_flows_as_rows_joined_by_tabs(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text('序号,任务\n1,"修路,架桥"\n', encoding="utf-8")
    source = read_file(path)
    assert source.flow.text == "序号\t任务\n1\t修路,架桥"
    assert source.grids[0].sheet == ""


def test_pasted_cells_are_cut_and_an_empty_paste_is_refused():
    source = read_pasted('序号\t任务\r\n1\t"修路\r\n架桥"\r\n')
    assert [[c.text for c in row] for row in source.grids[0].rows] == [
        ["序号", "任务"],
        ["1", "修路\n架桥"],
    ]
    assert (source.name, source.kind) == ("", "text")
    with pytest.raises(FileProblem, match="粘贴"):
        read_pasted(" \n")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (stream("Workbook"), "已损坏.*Excel"),
        (stream("Book"), "已损坏"),
        (stream("WordDocument"), "已损坏.*Word"),
        (stream("EncryptedPackage"), "已损坏"),
        (OLE, "旧版 Office"),
        (zipped("[Content_Types].xml", "word/document.xml"), "已损坏.*Word"),
        (zipped("ppt/presentation.xml"), "pptx"),
        (zipped("xl/workbook.bin"), "xlsb"),
        (zipped("mimetype", "content.xml"), "OpenDocument"),
        (zipped("OFD.xml"), "OFD"),
        (zipped("说明.txt"), "压缩包.*解压"),
        (zipped("xl/other.xml"), "已损坏"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"\xff\xd8\xff\xe0....", "图片"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (b"SQLite format 3\0....", "数据库"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"MIME-Version: 1.0\n", "网页"),
        (b"", "是空的"),
        (b"\xef\xbb\xbf \r\n", "是空的"),
        (workbook()[:-40], "已损坏"),
        (workbook()[:2000], "已损坏"),
        (bytes(range(256)), "认不出来"),
    ],
)
def test_what_cannot_be_read_is_named_with_advice(tmp_path, data, words):
    path = tmp_path / "来件.xlsx"
    path.write_bytes(data)
    with pytest.raises(FileProblem, match=words) as caught:
        read_file(path)
    assert "来件.xlsx" in caught.value.what
    assert caught.value.do


def test_what_is_no_file_is_refused(tmp_path):
    (tmp_path / "~$表.xlsx").write_bytes(b"x" * 165)
    os.mkfifo(tmp_path / "管道")
    for name, words in [
        ("没有.xlsx", "找不到"),
        ("", "文件夹"),
        ("~$表.xlsx", "临时文件.*“表.xlsx”"),
        ("管道", "不是普通文件"),
        ("a\0b", "打不开"),
        ("长" * 200, "打不开"),
    ]:
        with pytest.raises(FileProblem, match=words):
            read_file(tmp_path / name)


def test_a_sheet_name_does_not_go_with_a_text(tmp_path):
    path = tmp_path / "稿.txt"
    path.write_text("甲", encoding="utf-8")
    with pytest.raises(FileProblem, match="不是 Excel 工作簿"):
        read_file(path, sheet="总表")


def test_a_file_beyond_the_limits_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook())
    with monkeypatch.context() as patch:
        patch.setattr(reader, "MAX_FILE_BYTES", 1000)
        with pytest.raises(FileProblem, match="太大"):
            read_file(path)
    with monkeypatch.context() as patch:
        patch.setattr(package, "MAX_UNPACKED_BYTES", 1000)
        with pytest.raises(FileProblem, match="大得不正常"):
            read_file(path)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(limits.RATIO_FREE_BYTES + 1))
    path.write_bytes(bomb.getvalue())
    with pytest.raises(FileProblem, match="大得不正常"):
        read_file(path)


def _mutated(data, dice):
    data = bytearray(data)
    for _ in range(dice.choice((1, 3, 20))):
        place = dice.randrange(len(data))
        action = dice.random()
        if action < 0.6:
            data[place] = dice.randrange(256)
        elif action < 0.8:
            del data[place : place + dice.randrange(1, 60)]
        else:
            data[place:place] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 30)))
        if not data:
            break
    return bytes(data)


def _repacked(data, dice):
    """Damage one part of a workbook inside an intact package."""
    source = zipfile.ZipFile(io.BytesIO(data))
    chosen = dice.choice(source.namelist())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in source.namelist():
            part = source.read(name)
            archive.writestr(name, _mutated(part, dice) if name == chosen else part)
    return file.getvalue()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".txt"])
def test_damaged_bytes_are_refused_or_read_but_never_crash(tmp_path, suffix):
    dice = random.Random(20260930)
    whole = {
        ".xlsx": workbook(),
        ".csv": '序号,任务,单位\n1,"修路,\n架桥",局\n'.encode() * 20,
        ".txt": "一、修路\t交通局\r\n二、绿化\t“林业局”\r\n".encode("gb18030") * 20,
    }[suffix]
    path = tmp_path / f"表{suffix}"
    begun = time.perf_counter()
    for _ in range(300):
        shape = _repacked if suffix == ".xlsx" and dice.random() < 0.6 else _mutated
        path.write_bytes(shape(whole, dice))
        with contextlib.suppress(FileProblem):
            read_file(path)
    assert time.perf_counter() - begun < 60
