"""The table of all figures, in Markdown, with the machine it was measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from tests.benchmarks.harness import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tests.benchmarks.harness import Row

HEADINGS = (
    "work",
    "size",
    "ours",
    "peer",
    "theirs",
    "ratio",
    "aim",
    "met",
    "limit",
    "× limit",
    "growth",
)
FIGURES = frozenset({"size", "ours", "theirs", "ratio", "× limit"})
PACKAGES = (
    "openpyxl",
    "pandas",
    "python-calamine",
    "XlsxWriter",
    "SQLAlchemy",
    "PySide6-Essentials",
)
_RIGHT = tuple(heading in FIGURES for heading in HEADINGS)
MISSING = "peer missing"
_NONE = "–"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table whose columns line up on the screen as well."""
    lines = [HEADINGS, *(cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = ["| " + " | ".join(map(_padded, line, widths, _RIGHT)) + " |" for line in lines]
    rules = [
        "-" * (w + 1) + (":" if right else "-") for w, right in zip(widths, _RIGHT, strict=True)
    ]
    return "\n".join([drawn[0], f"|{'|'.join(rules)}|", *drawn[1:]]) + "\n"


def cells(row: Row) -> tuple[str, ...]:
    """Return one row's words."""
    unit = row.benchmark.unit
    return (
        row.benchmark.work,
        f"{row.size:,}",
        _figure(row.ours, unit),
        row.peer.label,
        MISSING if row.theirs is None else _figure(row.theirs, unit),
        _times(row.ratio),
        _aim(row),
        {None: _NONE, True: "yes", False: "NO"}[row.is_met],
        f"{row.benchmark.limit.label} {_figure(row.limit, unit)}",
        _times(row.limit_ratio),
        f"{_times(row.growth)} at {row.size_growth:g}×",
    )


def machine(day: date) -> str:
    """Return what a reader must know about the run: day, machine, versions, commit."""
    parts = [
        day.isoformat(),
        f"{os.cpu_count()} cores {platform.machine()}",
        f"Python {platform.python_version()}",
        platform.system(),
        *(f"{name} {found}" for name in PACKAGES if (found := _version(name))),
        f"commit {_commit()}",
    ]
    return ", ".join(parts)


def _aim(row: Row) -> str:
    aims = []
    if row.at_most is not None:
        aims.append(f"≤ {row.at_most:g}×")
    if row.benchmark.most is not None:
        aims.append(f"≤ {row.benchmark.most:g} {row.benchmark.unit}")
    return ", ".join(aims) or _NONE


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return _NONE
    return f"{value:.{0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3}f} {unit}"


def _times(ratio: float | None) -> str:
    return _NONE if ratio is None else f"{ratio:.2f}×" if ratio < 100 else f"{ratio:.0f}×"


def _padded(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _commit() -> str:
    """Return the short name of the commit, with a plus where files differ from it."""
    try:
        head = _git("rev-parse", "--short", "HEAD")
        return f"{head}+" if _git("status", "--porcelain", "--untracked-files=no") else head
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    ran = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return ran.stdout.strip()
