"""`python -m tests.benchmarks`: every benchmark, on the screen and as a file.

Peers that are not installed are told apart in the table; `pip install -e '.[bench]'` brings them.
"""

from __future__ import annotations

import argparse
import compileall
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import (
    collect,
    decompose,
    export,
    filtering,
    gantt_frames,
    import_proposal,
    matching,
    memory,
    read_table,
    start,
)
from tests.benchmarks.harness import ROOT, in_process_of_its_own, measure
from tests.benchmarks.table import machine, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.harness import Benchmark, Row

ALL: tuple[Benchmark, ...] = (
    start.START,
    filtering.FILTER,
    gantt_frames.FRAMES,
    read_table.READ_FILE,
    read_table.READ_TABLE,
    import_proposal.PROPOSE,
    matching.RENUMBERED,
    matching.SAME_NUMBERS,
    collect.COLLECT,
    decompose.DECOMPOSE,
    export.WRITE,
    export.EXPORT,
    memory.READING,
    memory.WRITING,
)
RUNS = 5


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = [benchmark.name for benchmark in ALL]
    parser.add_argument("--only", action="append", choices=names, help="may be given repeatedly")
    parser.add_argument(
        "--sizes", choices=("small", "all"), default="all", help="small: the least of three only"
    )
    parser.add_argument("--runs", type=int, default=RUNS, help=f"turns of each way ({RUNS})")
    parser.add_argument("--out", type=Path, help="a Markdown file to write as well")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print and write."""
    arguments = _arguments(words)
    rows: list[Row] = []
    compileall.compile_dir(ROOT / "tracker", quiet=2)  # else the first turn would do it
    with tempfile.TemporaryDirectory() as folder:
        for benchmark in ALL:
            if arguments.only and benchmark.name not in arguments.only:
                continue
            if benchmark.unit == "MB" and not memory.IS_TOLD:
                print(f"… {benchmark.name}: this system does not tell it", file=sys.stderr)
                continue
            sizes = benchmark.sizes[:1] if arguments.sizes == "small" else benchmark.sizes
            print(f"… {benchmark.name}", file=sys.stderr, flush=True)
            rows += measure(
                benchmark, Path(folder), sizes, max(1, arguments.runs), in_process_of_its_own
            )
    report = f"{table(rows)}\n{machine(date.today())}; medians of {arguments.runs} turns\n"
    sys.stdout.write(report)
    if arguments.out:
        arguments.out.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
