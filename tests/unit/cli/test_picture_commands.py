"""The command `picture`, in this process and without any display in another one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.helpers.command import command
from tests.helpers.offices import add_tasks
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.store.files import create_store

ROOT = Path(__file__).parents[3]


@pytest.fixture
def database(office_path, now):
    office = create_store(office_path, now)
    new_ledger(office, "城乡提升专项", who="张三", now=now, year=2026)
    add_tasks(office, choose_ledger(office, None), datetime(2026, 1, 5))
    office.close()
    return office_path


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_picture_is_written_without_a_display(database, tmp_path, ending):
    target = tmp_path / f"时限图{ending}"
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ran = subprocess.run(
        [sys.executable, "main.py", "picture", "gantt", "--db", database, "--out", target],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in gone},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"已输出 {target}\n"
    assert target.stat().st_size > 2000


def test_the_choices_reach_the_picture(database, tmp_path):
    target = tmp_path / "图.svg"
    words = ("--group", "section", "--ledger", "城乡提升专项", "--json")
    ran = command("picture", "gantt", "--db", database, "--out", target, *words)
    assert ran.json == {"path": str(target)}
    assert "二、环保" in target.read_text(encoding="utf-8")


def test_the_wall_chart_is_cut_into_tiles_with_the_columns_wanted(database, tmp_path):
    target = tmp_path / "图.pdf"
    words = ("--paper", "A3", "--tiles", "A4", "--fit", "--columns", "task", "deadline")
    assert command("picture", "gantt", "--db", database, "--out", target, *words).status == 0
    document = pypdfium2.PdfDocument(target)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    sizes = [page.get_size() for page in document]
    document.close()
    assert len(texts) == 2
    assert all(size == pytest.approx((595, 842), abs=1) for size in sizes)
    assert "第 1 行第 2 列" in texts[1]
    assert "牵头单位" not in "".join(texts).replace("按牵头单位分组", "")


@pytest.mark.parametrize(
    "group", ["document", "section", "unit", "leader", "state", "light", "none"]
)
def test_every_grouping_of_the_list_is_drawn(database, tmp_path, group):
    target = tmp_path / "图.svg"
    words = ("--group", group, "--upright")
    assert command("picture", "gantt", "--db", database, "--out", target, *words).status == 0
    texts = re.findall(r">([^<>]*)</text>", target.read_text(encoding="utf-8"))
    assert "推广5G应用" in "".join("".join(texts).split())


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("gantt", "--out", "图.gif"), 1, "不能存为“.gif”格式"),
        (("gantt", "--out", "图.png", "--round", "9"), 1, "没有第9期"),
        (("radar", "--out", "图.png"), 2, "没有“radar”"),
        (("gantt",), 2, "--out"),
        (("gantt", "--out", "图.pdf", "--paper", "B5"), 2, "没有“B5”"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_chinese(
    database, tmp_path, monkeypatch, words, status, said
):
    monkeypatch.chdir(tmp_path)
    ran = command("picture", *words, "--db", database)
    assert ran.status == status
    assert said in ran.err
    assert not list(tmp_path.glob("图*"))
