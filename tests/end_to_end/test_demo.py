"""`demo` writes the sample office and everything that can be made from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.command import command
from tracker.ops import demo
from tracker.ops.pictures import ENDINGS, KINDS

ACROSS = "lights"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("演示") / "示例 文件夹"


@pytest.fixture(scope="module")
def paths(out):
    ran = command("demo", "--out", out)
    assert ran.status == 0, ran.err
    return [Path(line) for line in ran.out.splitlines()]


def test_demo_prints_every_path_it_writes(out, paths):
    assert sorted(paths) == sorted(path for path in out.rglob("*") if path.is_file())
    assert paths[0].suffix == ".db"
    assert all(p.stat().st_size for p in paths)


def test_every_round_of_every_ledger_has_its_table(paths):
    tables = [p.stem for p in paths if p.name.endswith("落实情况表.xlsx")]
    found = [re.fullmatch(r"[\d-]{10} 第0(\d)期 (.+) 落实情况表", stem) for stem in tables]
    ledgers = {match[2] for match in found}
    assert len(ledgers) == 2  # single instructions have no round
    assert sorted((m[2], m[1]) for m in found) == sorted((x, n) for x in ledgers for n in "123")


def test_every_kind_of_picture_is_drawn_for_every_ledger(paths):
    pictures = {p.stem for p in paths if p.suffix == ".png"}
    for kind, word in KINDS.items():
        named = {stem for stem in pictures if stem.endswith(word)}
        expected = {ACROSS: 1, "trend": 2}.get(kind, 3)  # no round, no trend
        assert len(named) == expected, word


def test_the_wall_chart_is_there_in_every_format(paths):
    walls = [p for p in paths if p.stem.endswith(KINDS["gantt"])]
    assert {p.suffix for p in walls} == set(ENDINGS)
    assert len(walls) == 3 * len(ENDINGS)


def test_the_last_round_has_its_table_in_every_format_and_its_circular(paths):
    last = [p for p in paths if "第03期" in p.stem]
    assert sorted(p.suffix for p in last if p.stem.endswith("落实情况表")) == [
        *(".docx", ".docx", ".pdf", ".pdf", ".xlsx", ".xlsx"),
    ]
    assert [p.suffix for p in last if p.stem.endswith("通报")] == [".docx", ".pdf"] * 2


def test_a_slip_of_each_kind_is_issued_and_written(paths):
    listed = command("slip", "list", "--db", paths[0], "--json").json
    assert sorted(slip["kind"] for slip in listed) == sorted(
        ("提示单", "问题单", "督办单", "反馈单")
    )
    names = {p.name for p in paths if p.suffix == ".docx"}
    expected = {f"{s['unit']} {s['kind']} {s['number']}.docx" for s in listed}
    assert expected <= {name.partition(" ")[2] for name in names}
    assert all(slip["tasks"] and slip["matter"] for slip in listed)


def test_the_written_tables_read_as_the_office_prints_them(paths):
    printed = [p for p in paths if p.stem.endswith("落实情况表")]
    for path in (p for p in printed if p.suffix != ".pdf"):
        read = command("table", path, "--json").json
        assert read["title"].endswith("落实情况表")
        assert len(read["rows"]) >= 30
        assert sum(bool(row["items"]) for row in read["rows"]) >= 3
        number, ledger = re.fullmatch(r"[\d-]{10} 第0(\d)期 (.+) .*", path.stem).groups()
        again = command(
            *("import", path, "--db", paths[0]),
            *("--ledger", ledger, "--round", number, "--json"),
        ).json
        assert (again["create"], again["update"], again["conflict"]) == ([], [], []), path.stem


def test_one_ledgers_forms_of_the_open_round_lie_in_a_folder(paths):
    forms = [p for p in paths if p.stem.endswith("-反馈表")]
    (folder,) = {p.parent.name for p in forms}
    assert re.fullmatch(r"[\d-]{10} 第03期 县长讲话部署 反馈表", folder)
    assert len(forms) >= 10
    (index,) = (p for p in paths if p.stem == "03期-发出清单")
    assert index.parent == forms[0].parent


def test_the_breakdown_reads_as_the_duties_that_are_stored(paths):
    tables = [p for p in paths if p.stem.endswith(" 责任分解表")]
    assert sorted(p.suffix for p in tables) == sorted(2 * [".docx", ".pdf", ".xlsx"])
    for path in (p for p in tables if p.suffix != ".pdf"):
        ledger = path.stem.removesuffix(" 责任分解表").partition(" ")[2]
        words = ("import", path, "--db", paths[0], "--ledger", ledger, "--json")
        again = command(*words).json
        assert (again["create"], again["update"], again["conflict"]) == ([], [], []), path.name
        assert again["same"] >= 30


def test_a_second_demo_keeps_the_first_office(out, paths, monkeypatch):
    monkeypatch.setattr(demo, "KINDS", {})  # the pictures take the time
    kept = paths[0].read_bytes()
    second = command("demo", "--out", out, "--json").json
    assert second[0] != str(paths[0])
    assert paths[0].read_bytes() == kept


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "占用").write_bytes(b"x")
    ran = command("demo", "--out", tmp_path / "占用")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
