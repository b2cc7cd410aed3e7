"""What a benchmark is, and how it is measured: never as a bare time, always beside another way.

Every figure comes from a process of its own, so that neither what was imported nor what lies in
memory speaks for or against a way. The ways take turns, so that a busy moment hits them alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[[Path], float]

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 900  # seconds for one figure
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Where a machine sets this, our modules alone would be compiled anew for each figure: the peers
came with bytecode, as an installed or frozen program of ours does."""


class BenchmarkError(Exception):
    """A way of doing the work broke down; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Way:
    """Another way of doing the work than ours.

    Attributes:
        label: its name in the table.
        run: takes the prepared input and returns the figure.
        needs: the modules it imports; where one is missing the table says so.
        at_most: the aim: how many times its figure ours may be; None for no aim.
        at_sizes: the sizes that the aim is for; empty for all.
    """

    label: str
    run: Run
    needs: tuple[str, ...] = ()
    at_most: float | None = None
    at_sizes: tuple[int, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Return whether this machine lacks what the way needs."""
        return any(find_spec(name) is None for name in self.needs)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One work at several sizes, done by us and by others.

    Attributes:
        name: what `--only` calls it.
        work: what is done, in a few words.
        unit: of all its figures: `s`, `ms` or `MB`.
        prepare: makes the input of a size in a folder, unless it is there, and returns its path.
        limit: the least that any program would have to do.
        most: the most that our figure itself may be; None for no such aim.
        sizes: how many rows or tasks.
        runs: how often each way takes its turn; None for what the user asks for.
    """

    name: str
    work: str
    unit: str
    prepare: Callable[[Path, int], Path]
    ours: Run
    peers: tuple[Way, ...]
    limit: Way
    most: float | None = None
    sizes: tuple[int, ...] = (1_000, 3_000, 10_000)
    runs: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: our figure at a size beside one peer and the limit.

    Attributes:
        theirs: the peer's figure; None where the peer is missing.
        limit: the limit's figure; None where it is missing.
        growth: our figure against that of the least size.
        size_growth: the size against the least size.
    """

    benchmark: Benchmark
    size: int
    peer: Way
    ours: float
    theirs: float | None
    limit: float | None
    growth: float
    size_growth: float

    @property
    def ratio(self) -> float | None:
        """Return our figure against the peer's."""
        return None if self.theirs is None else _ratio(self.ours, self.theirs)

    @property
    def limit_ratio(self) -> float | None:
        """Return our figure against the limit's."""
        return None if self.limit is None else _ratio(self.ours, self.limit)

    @property
    def at_most(self) -> float | None:
        """Return how many times the peer's figure ours may be at this size; None for no aim."""
        sizes = self.peer.at_sizes
        return self.peer.at_most if not sizes or self.size in sizes else None

    @property
    def is_met(self) -> bool | None:
        """Return whether the aims are met; None where there is none or the peer is missing."""
        most, at_most = self.benchmark.most, self.at_most
        checks = []
        if most is not None:
            checks.append(self.ours <= most)
        if at_most is not None and self.ratio is not None:
            checks.append(self.ratio <= at_most)
        return all(checks) if checks else None


def measure(
    benchmark: Benchmark,
    folder: Path,
    sizes: tuple[int, ...],
    runs: int,
    call: Callable[..., object],
) -> Iterator[Row]:
    """Yield one row for each size and peer.

    Args:
        folder: inputs are made there, each once.
        call: calls a function with its arguments: `in_process_of_its_own`, or in this one.

    Raises:
        BenchmarkError: a way broke down.
    """
    least: float | None = None
    for size in sizes:
        path = Path(str(call(benchmark.prepare, folder, size)))
        figures = _medians(benchmark, path, benchmark.runs or runs, call)
        ours = figures[benchmark.ours]
        least = ours if least is None else least
        for peer in benchmark.peers:
            yield Row(
                benchmark=benchmark,
                size=size,
                peer=peer,
                ours=ours,
                theirs=figures.get(peer.run),
                limit=figures.get(benchmark.limit.run),
                growth=_ratio(ours, least),
                size_growth=size / sizes[0],
            )


def _medians(
    benchmark: Benchmark, path: Path, runs: int, call: Callable[..., object]
) -> dict[Run, float]:
    others = (*benchmark.peers, benchmark.limit)
    ways = [benchmark.ours, *(way.run for way in others if not way.is_missing)]
    turns = [{run: float(str(call(run, path))) for run in ways} for _ in range(runs)]
    return {run: statistics.median(turn[run] for turn in turns) for run in ways}


def in_process_of_its_own(function: Callable[..., object], *arguments: Path | int) -> str:
    """Call a function of a module in a new process and return what it returns, as text.

    Raises:
        BenchmarkError: it broke down or took too long.
    """
    name = (function.__module__, function.__qualname__)
    environment = {
        **{key: words for key, words in os.environ.items() if key != _NO_BYTECODE},
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.child", *name, *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
            timeout=_PATIENCE,
        )
    except subprocess.CalledProcessError as error:
        raise BenchmarkError(f"{'.'.join(name)}: {error.stderr}") from error
    except subprocess.TimeoutExpired as error:
        raise BenchmarkError(f"{'.'.join(name)}: {error}") from error
    return ran.stdout.splitlines()[-1]


def _ratio(ours: float, other: float) -> float:
    return ours / other if other else float("inf")
