"""The command line among other programs: pipes in any encoding, closed ends, two at once."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.helpers.command import command
from tests.helpers.samples import situation_text

MAIN = Path(__file__).parents[2] / "main.py"


def start(*words, data=b"", out=subprocess.PIPE):
    return subprocess.run(
        [sys.executable, MAIN, *map(str, words)],
        input=data,
        stdout=out,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_taken_from_a_pipe_in_any_encoding(encoding):
    ran = start("table", "-", data=situation_text().encode(encoding))
    assert ran.returncode == 0
    assert "共 4 项" in ran.stdout.decode()


def test_what_is_no_text_is_refused_in_one_line():
    ran = start("table", "-", data=b"\xff\xfe\xfd\x00\x01\x02\x80")
    assert ran.returncode == 1
    assert ran.stderr.decode().startswith("错误：“标准输入”")
    assert ran.stderr.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_that_cannot_be_written_is_told_in_one_line():
    with open("/dev/full", "wb") as full:
        ran = start("table", "-", data=situation_text().encode(), out=full)
    assert ran.returncode == 1
    assert ran.stderr.decode().startswith("错误：结果没有完整输出")
    assert ran.stderr.count(b"\n") == 1


def test_a_reader_that_stops_reading_is_no_error():
    source, sink = os.pipe()
    os.close(source)
    with open(sink, "wb") as closed:
        ran = start("table", "-", "--json", data=situation_text().encode(), out=closed)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_two_imports_at_once_never_write_a_task_twice(tmp_path):
    table, db = tmp_path / "表.txt", tmp_path / "台账.db"
    table.write_text(situation_text(), encoding="utf-8")
    command("ledger", "new", "专项", "--db", db)
    words = ("import", table, "--db", db, "--ledger", "专项", "--apply")
    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda _: start(*words), range(4)))
    assert any(each.returncode == 0 for each in ran)
    for each in ran:
        assert each.returncode == 0 or each.stderr.count(b"\n") == 1
    assert len(command("task", "list", "--db", db, "--json").json) == 4
