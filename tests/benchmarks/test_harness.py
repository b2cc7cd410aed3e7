"""The harness itself, with tiny inputs: it must not rot between two measurings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import (
    __main__,
    export,
    filtering,
    gantt_frames,
    import_proposal,
    matching,
    memory,
    read_table,
    start,
)
from tests.benchmarks.harness import (
    Benchmark,
    BenchmarkError,
    Way,
    in_process_of_its_own,
    measure,
)
from tests.benchmarks.sheets import HEADINGS, TITLE, make_sheet, progress_rows
from tests.benchmarks.table import machine, table

if TYPE_CHECKING:
    from pathlib import Path

HERE = (
    gantt_frames.FRAMES,
    read_table.READ_FILE,
    read_table.READ_TABLE,
    import_proposal.PROPOSE,
    matching.RENUMBERED,
    matching.SAME_NUMBERS,
    export.WRITE,
    export.EXPORT,
)


def here(function, *arguments):
    return function(*arguments)


def fixed(figures):
    """A benchmark whose ways are known by the figures they give."""
    names = {}

    def way(label):
        def run(path):
            return figures[label] * int(path.name)

        names[label] = run
        return run

    return Benchmark(
        name="fixed",
        work="nothing",
        unit="s",
        prepare=lambda folder, size: folder / str(size),
        ours=way("ours"),
        peers=(Way("peer", way("peer"), at_most=2.0),),
        limit=Way("limit", way("limit")),
    )


def rows_of(benchmark, folder, sizes=(1, 10)):
    return list(measure(benchmark, folder, sizes, 1, here))


@pytest.mark.parametrize("benchmark", HERE, ids=lambda benchmark: benchmark.name)
def test_every_way_does_its_work(benchmark: Benchmark, tmp_path: Path, qapp: object) -> None:
    rows = rows_of(benchmark, tmp_path, (30,))
    assert [row.peer for row in rows] == list(benchmark.peers)
    assert all(row.ours > 0 for row in rows)
    assert all(row.theirs for row in rows if not row.peer.is_missing)


@pytest.mark.parametrize("run", [start.ours, filtering.ours])
def test_the_window_runs_in_a_process_of_its_own(run, tmp_path: Path) -> None:
    path = in_process_of_its_own(start.prepare, tmp_path, 20)
    assert float(in_process_of_its_own(run, path)) > 0


@pytest.mark.skipif(not memory.IS_TOLD, reason="this system does not tell the peak of a process")
def test_memory_is_told_in_megabytes(tmp_path: Path) -> None:
    assert 1 < float(in_process_of_its_own(memory.reading, make_sheet(tmp_path, 20))) < 500


def test_a_way_that_breaks_down_is_told(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="No such file"):
        in_process_of_its_own(read_table.raw, tmp_path / "missing 3.xlsx")


def test_ratios_growth_and_aims_are_reckoned(tmp_path: Path) -> None:
    small, large = rows_of(fixed({"ours": 3.0, "peer": 2.0, "limit": 0.5}), tmp_path)
    assert (small.ratio, small.limit_ratio, small.growth) == (1.5, 6.0, 1.0)
    assert (large.ratio, large.growth, large.size_growth) == (1.5, 10.0, 10.0)
    assert small.is_met


@pytest.mark.parametrize(
    ("ours", "most", "is_met"), [(3.0, None, True), (5.0, None, False), (3.0, 1.0, False)]
)
def test_an_aim_is_met_or_not(ours, most, is_met, tmp_path: Path) -> None:
    benchmark = replace(fixed({"ours": ours, "peer": 2.0, "limit": 1.0}), most=most)
    (row,) = rows_of(benchmark, tmp_path, (1,))
    assert row.is_met is is_met
    assert ("yes" if is_met else "NO") in table([row])


def test_a_missing_peer_is_told_in_its_row(tmp_path: Path) -> None:
    benchmark = fixed({"ours": 3.0, "peer": 2.0, "limit": 1.0})
    missing = replace(benchmark.peers[0], needs=("a_package_nobody_has",))
    (row,) = rows_of(replace(benchmark, peers=(missing,)), tmp_path, (1,))
    assert (row.theirs, row.ratio, row.is_met) == (None, None, None)
    assert "peer missing" in table([row])


def test_the_table_lines_up(tmp_path: Path) -> None:
    lines = table(rows_of(fixed({"ours": 3.0, "peer": 2.0, "limit": 0.5}), tmp_path)).splitlines()
    assert len(lines) == 4
    assert len({len(line) for line in lines}) == 1
    assert "1.50×" in lines[2]
    assert "10.00× at 10×" in lines[3]


def test_the_machine_is_named_with_day_and_commit() -> None:
    words = machine(date(2026, 3, 2))
    assert words.startswith("2026-03-02, ")
    assert "cores" in words
    assert "commit " in words


def test_the_command_prints_and_writes_one_table(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(__main__, "ALL", (replace(read_table.READ_FILE, sizes=(20, 40, 60)),))
    monkeypatch.setattr(__main__, "in_process_of_its_own", here)
    out = tmp_path / "数字.md"
    __main__.main(["--only", "read_file", "--sizes", "small", "--runs", "1", "--out", str(out)])
    printed = capsys.readouterr().out
    assert out.read_text(encoding="utf-8") == printed
    assert printed.count("read a sheet: cells") == 2


def test_names_of_benchmarks_are_unlike() -> None:
    names = [benchmark.name for benchmark in __main__.ALL]
    assert len(set(names)) == len(names)
    assert all(len(benchmark.sizes) == 3 for benchmark in __main__.ALL)


def test_the_invented_sheet_is_read_as_it_was_written(tmp_path: Path) -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(make_sheet(tmp_path, 20)).active
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert rows[0][0] == TITLE
    assert rows[1] == list(HEADINGS)
    assert rows[2:] == [list(row) for row in progress_rows(20)]
