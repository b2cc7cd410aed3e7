"""`demo` writes the sample office and everything that can be made from it."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.command import command
from tracker.ops.pictures import KINDS


def test_demo_writes_every_report_and_prints_the_paths(tmp_path):
    out = tmp_path / "示例 文件夹"
    ran = command("demo", "--out", out)
    assert ran.status == 0, ran.err
    paths = [Path(line) for line in ran.out.splitlines()]
    assert sorted(paths) == sorted(out.iterdir())
    assert paths[0].suffix == ".db"
    assert len([p for p in paths if p.suffix == ".xlsx"]) >= 2
    names = "".join(p.stem for p in paths if p.suffix == ".png")
    assert all(word in names for word in KINDS.values())
    assert all(p.stat().st_size for p in paths)


def test_the_written_tables_read_as_the_office_prints_them(tmp_path):
    paths = command("demo", "--out", tmp_path, "--json").json
    for path in paths:
        if path.endswith(".xlsx"):
            read = command("table", path, "--json").json
            assert read["title"].endswith("落实情况表")
            assert len(read["rows"]) >= 10
            ledger = Path(path).name.split("-")[0]
            again = command("import", path, "--db", paths[0], "--ledger", ledger, "--json").json
            assert (again["create"], again["update"]) == ([], [])


def test_a_second_demo_keeps_the_first_office(tmp_path):
    first = command("demo", "--out", tmp_path, "--json").json
    kept = Path(first[0]).read_bytes()
    second = command("demo", "--out", tmp_path, "--json").json
    assert second[0] != first[0]
    assert Path(first[0]).read_bytes() == kept


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "占用").write_bytes(b"x")
    ran = command("demo", "--out", tmp_path / "占用")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
