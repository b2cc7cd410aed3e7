"""Letters on the command line: PDF, wording from a file, table and charts inside, the notice."""

from __future__ import annotations

import pdfplumber
import pytest

from tests.helpers.command import command
from tests.helpers.samples import situation_text


@pytest.fixture
def db(tmp_path):
    source = tmp_path / "上期.txt"
    source.write_text(situation_text(), encoding="utf-8")
    path = tmp_path / "台账.db"
    command("import", source, "--db", path, "--apply")
    return path


def words_of(path):
    with pdfplumber.open(path) as pdf:
        return "".join("".join(c["text"] for c in page.chars) for page in pdf.pages)


def test_a_circular_is_written_as_pdf_with_words_from_a_file(db, tmp_path):
    words = tmp_path / "用语.toml"
    assert command("words", "--db", db, "--save", words).status == 0
    text = words.read_text(encoding="utf-8").replace("各有关单位", "各乡镇")
    words.write_text(text, encoding="utf-8")
    out = tmp_path / "通报.pdf"
    done = command("circular", "--db", db, "--out", out, "--words", words)
    assert (done.status, done.err) == (0, "")
    assert "各乡镇：" in words_of(out)
    command("circular", "--db", db, "--out", out)
    assert "各有关单位：" in words_of(out)


def test_a_wording_is_loaded_and_taken_back(db, tmp_path):
    words = tmp_path / "用语.toml"
    words.write_text("addressee = '各乡镇'\n", encoding="utf-8")
    assert "已保存" in command("words", "--db", db, "--load", words).out
    assert "恢复默认" in command("words", "--db", db, "--reset").out


def test_a_broken_wording_is_refused_in_one_line(db, tmp_path):
    words = tmp_path / "用语.toml"
    words.write_text("basis = ['截至{日子}']\n", encoding="utf-8")
    done = command("circular", "--db", db, "--out", tmp_path / "通报.docx", "--words", words)
    assert done.status == 1
    assert "没有{日子}这个占位" in done.err
    assert not (tmp_path / "通报.docx").exists()


def test_table_and_charts_follow_on_wish(db, tmp_path):
    out = tmp_path / "通报.pdf"
    assert command("circular", "--db", db, "--out", out, "--annex", "--charts").status == 0
    text = words_of(out)
    assert "具体目标任务" in text
    assert "附图1" in text


def test_the_notice_is_written_with_and_without_its_table(db, tmp_path):
    out = tmp_path / "通知.pdf"
    told = command("notice", "--db", db, "--out", out, "--json").json
    assert told["title"].startswith("关于印发《")
    assert "工作任务" in words_of(out)
    command("notice", "--db", db, "--out", out, "--no-table")
    assert "工作任务" not in words_of(out)
