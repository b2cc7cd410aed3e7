"""Documents of other programs, damaged ones, and large ones."""

from __future__ import annotations

import contextlib
import copy
import io
import random
import shutil
import subprocess
import time
import zipfile
from xml.etree import ElementTree

import docx
import pytest

from tests.helpers.documents import (
    cell,
    document,
    level,
    listed,
    lists,
    paragraph,
    row,
    table,
    texts,
)
from tracker.base.errors import FileProblem
from tracker.files.grid import Merge
from tracker.files.reader import read_bytes, read_file
from tracker.files.reading import Request


def test_a_document_of_python_docx_is_read(tmp_path):
    path = tmp_path / "表.docx"
    whole = docx.Document()
    whole.add_heading("云溪县任务表", 0)
    whole.add_paragraph("要求一", style="List Number")
    whole.add_paragraph("要求二", style="List Number")
    grid = whole.add_table(rows=3, cols=3)
    for r, line in enumerate(
        [("序号", "任务", "单位"), ("1", "修路", "甲局\n乙局"), ("2", "架桥", "")]
    ):
        for c, text in enumerate(line):
            grid.cell(r, c).text = text
    grid.cell(1, 2).merge(grid.cell(2, 2))
    whole.save(path)
    got = read_file(path)
    assert (got.kind, got.name) == ("docx", "表.docx")
    assert got.content == path.read_bytes()
    assert [p.text for p in got.flow.paragraphs][:3] == ["云溪县任务表", "1.要求一", "2.要求二"]
    assert texts(got.grids[0]) == [
        ["序号", "任务", "单位"],
        ["1", "修路", "甲局\n乙局"],
        ["2", "架桥"],
    ]
    assert got.grids[0].merges == (Merge(1, 2, 2, 2),)


PAGE = """<html><head><meta charset="utf-8"></head><body>
<h1>云溪县任务落实情况表</h1><p>填报单位：县督查室</p>
<ol><li>第一条要求<ol type="a"><li>甲项</li></ol></li><li>第二条要求</li></ol>
<table border="1">
<tr><th rowspan="2">序号</th><th rowspan="2">任务</th><th colspan="2">分工</th></tr>
<tr><th>牵头</th><th>配合</th></tr>
<tr><td colspan="4">一、产业</td></tr>
<tr><td>1</td><td>修路<br>二期</td><td rowspan="2"><p>甲局</p><p>乙局</p></td><td>丙局</td></tr>
<tr><td>2</td><td>架桥 A&amp;B</td><td>丁局</td></tr></table><p>注：略</p></body></html>"""


@pytest.mark.office
def test_a_document_written_by_libreoffice_is_read(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "页.html").write_text(PAGE, encoding="utf-8")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", str(tmp_path), str(tmp_path / "页.html")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    got = read_file(tmp_path / "页.docx")
    lines = got.flow.text.split("\n")
    assert lines[:5] == [
        "云溪县任务落实情况表", "填报单位：县督查室", "1.第一条要求", "a.甲项", "2.第二条要求",
    ]  # fmt: skip
    assert lines[-1] == "注：略"
    assert texts(got.grids[0]) == [
        ["序号", "任务", "分工"],
        ["", "", "牵头", "配合"],
        ["一、产业"],
        ["1", "修路\n二期", "甲局\n乙局", "丙局"],
        ["2", "架桥 A&B", "", "丁局"],
    ]
    assert set(got.grids[0].merges) == {
        Merge(0, 0, 1, 0), Merge(0, 1, 1, 1), Merge(0, 2, 0, 3), Merge(2, 0, 2, 3),
        Merge(3, 2, 4, 2),
    }  # fmt: skip


def test_the_ending_does_not_matter_but_helps_to_name_a_torn_file(tmp_path):
    data = document(paragraph("甲"))
    for name in ("文.docm", "文.wps", "文.xlsx", "文"):
        assert read_bytes(data, Request(name)).kind == "docx"
    with pytest.raises(FileProblem, match=r"已损坏.*Word"):
        read_bytes(data[:-30], Request("文.docx"))


def test_two_thousand_paragraphs_are_read_as_fast_as_promised():
    numbering = lists(level(0, "decimal", "%1."))
    text = "推进重点项目建设，压实责任，按月调度，确保完成。" * 3
    body = "".join(listed(text) if n % 4 else paragraph(text) for n in range(2000))
    data = document(body, numbering=numbering)
    times = []
    for _ in range(5):
        begun = time.process_time()
        got = read_bytes(data, Request("文.docx"))
        times.append(time.process_time() - begun)
    assert len(got.flow.paragraphs) == 2000
    assert min(times) < 0.15


def _rich() -> bytes:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
    )
    inner = table(
        row("甲", cell("乙", '<w:vMerge w:val="restart"/>')), row("丙", cell("", "<w:vMerge/>"))
    )
    boxed = (
        f"<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>eq \\o\\ac(○,1)</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        paragraph("题") + listed("一") + listed("二", 1, 1) + f"<w:p>{boxed}{field}</w:p>"
        + "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
        + table(
            row("序号", cell("任务", '<w:gridSpan w:val="2"/>')), row("1", "修路", "局"),
            row(cell(inner), properties='<w:gridBefore w:val="2"/>'), widths=(500, 3000, 1000),
        )
    )  # fmt: skip
    return document(
        body,
        styles=styles,
        numbering=lists(level(0, "decimal", "%1.") + level(1, "chineseCounting", "（%2）")),
        footnotes=f'<w:footnote w:id="1">{paragraph("注")}</w:footnote>',
    )


def _mutated(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 8))):
        at = dice.randrange(len(changed))
        if dice.random() < 0.5:
            changed[at] = dice.randrange(256)
        elif dice.random() < 0.5:
            del changed[at : at + dice.randrange(1, 40)]
        else:
            changed[at:at] = changed[dice.randrange(len(changed)) :][: dice.randrange(1, 200)]
        if not changed:
            return b""
    return bytes(changed)


def _shuffled(part: bytes, dice: random.Random) -> bytes:
    """Move, repeat, drop or empty whole elements; the part stays well formed."""
    root = ElementTree.fromstring(part)
    for _ in range(dice.choice((1, 3, 9))):
        everything = list(root.iter())
        around, into = dice.choice(everything), dice.choice(everything)
        if len(around):
            child = dice.choice(list(around))
            if dice.random() < 0.6:
                around.remove(child)
            if dice.random() < 0.7:
                into.insert(dice.randrange(len(into) + 1), copy.deepcopy(child))
        for name in list(around.attrib):
            around.attrib[name] = dice.choice(["", "-1", "99999999999", "x", "0", "restart"])
    return ElementTree.tostring(root)


def test_a_damaged_document_is_refused_or_read_but_never_crashes():
    dice = random.Random(20260931)
    whole = _rich()
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    begun = time.process_time()
    read = 0
    for turn in range(500):
        if turn % 5 == 0:
            data = _mutated(whole, dice)
        else:
            chosen = dice.choice(list(parts))
            part = parts[chosen]
            bent = _shuffled(part, dice) if turn % 2 else _mutated(part, dice)
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w") as package:
                for name, content in parts.items():
                    package.writestr(name, bent if name == chosen else content)
            data = file.getvalue()
        with contextlib.suppress(FileProblem):
            read_bytes(data or b"x", Request("文.docx"))
            read += 1
    assert read > 20
    assert time.process_time() - begun < 60


@pytest.mark.parametrize("tag", ["w:p", "w:r", "w:sdt", "w:ins", "w:smartTag", "w:tbl", "m:oMath"])
def test_deep_nesting_ends_in_text_or_a_problem(tag):
    body = f"<{tag}>" * 20_000 + f"</{tag}>" * 20_000
    with contextlib.suppress(FileProblem):
        read_bytes(document(body + paragraph("甲")), Request("文.docx"))
