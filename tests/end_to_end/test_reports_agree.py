"""Every number of a round, read back from each report in each format, is that of `stats --json`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command import command
from tests.helpers.parse_back import read_circular, read_table, squeezed
from tests.helpers.random_offices import RandomOffice, random_office

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = (".xlsx", ".docx", ".pdf")
_LETTERS = (".docx", ".pdf")


def disagreements(office: RandomOffice, folder: Path) -> list[str]:
    """Write every report of the office's round and say where one tells another number."""
    stats = _asked(office, "stats").json
    tasks = _asked(office, "task", "list", rounded=False).json
    numbers = {task["code"]: task["number"] for task in tasks}
    overdue = [numbers[code] for code in stats["overdue"]]
    found = [f"stats: {each}" for each in _inside(stats)]
    for ending in _LETTERS:
        out = _written(office, folder / f"通报{ending}", "circular")
        found += [f"通报{ending}: {each}" for each in _in_circular(out, stats, overdue)]
    for ending in _TABLES:
        out = _written(office, folder / f"明细{ending}", "export", "--layout", "detailed")
        found += [f"明细{ending}: {each}" for each in _in_table(out, stats, overdue, office)]
        for kind in ("unfinished", "overdue", "missing"):
            out = _written(office, folder / f"{kind}{ending}", "list", "--kind", kind)
            check = {"unfinished": _in_unfinished, "overdue": _in_overdue, "missing": _in_missing}
            found += [f"{kind}{ending}: {each}" for each in check[kind](out, stats, overdue)]
    return found


def _asked(office: RandomOffice, *words: str, rounded: bool = True):
    number = ("--round", 2) if rounded else ()
    return command(*words, "--db", office.db, *number, "--json", now=office.now)


def _written(office: RandomOffice, out: Path, *words: str) -> Path:
    ran = command(*words, "--db", office.db, "--round", 2, "--out", out, now=office.now)
    assert ran.status == 0, ran.err
    return out


def _unlike(**pairs: tuple[object, object]) -> list[str]:
    return [f"{name} {told} for {stats}" for name, (told, stats) in pairs.items() if told != stats]


def _inside(stats) -> list[str]:
    """Say where the counts do not add up by themselves."""
    rate, completions = stats["rate"], stats["by_completion"]
    return _unlike(
        total=(sum(completions.values()), stats["total"]),
        of=(rate["of"], stats["total"] - completions.get("excluded", 0)),
        done=(rate["done"], completions.get("done", 0) + completions.get("closed", 0)),
        missing=(
            len(stats["returns"]["missing"]) + stats["returns"]["returned"],
            stats["returns"]["due"],
        ),
    )


def _in_circular(path: Path, stats, overdue: list[str]) -> list[str]:
    told, rate = read_circular(path), stats["rate"]
    several = len(stats["by_completion"]) > 1
    wanted_rate = (rate["done"], rate["of"], rate["percent"]) if rate["of"] else None
    found = _unlike(
        total=(told.total, stats["total"]),
        completions=(told.completions, stats["by_completion"]),
        shares=(sum(told.shares), 1000 if several else 0),
        share_of=(told.share_of, stats["total"] if several else None),
        paces=(told.paces, stats["by_pace"]),
        rate=(told.rate, wanted_rate),
        overdue=(told.overdue, (len(overdue), overdue)),
        slow=(told.slow[0], len(told.slow[1])),
        returns=(told.returns, stats["returns"] if stats["returns"]["due"] else None),
    )
    counts = [stats["by_completion"][key] for key in told.completions]
    for share, count in zip(told.shares, counts, strict=several):
        if abs(share - 1000 * count / stats["total"]) >= 1:
            found.append(f"share {share} for {count}")
    for groups in told.groups:
        if {each.total for each in groups.values()} and "、" not in "".join(groups):
            units = {each["unit"]: (each["total"], each["done"]) for each in stats["by_unit"]}
            said = {name: (group.total, group.done) for name, group in groups.items()}
            if set(said) <= set(units):
                found += _unlike(by_unit=(said, units))
            else:
                found += _unlike(
                    sections=(sum(total for total, _ in said.values()), stats["total"]),
                    done=(sum(done for _, done in said.values()), stats["rate"]["done"]),
                )
    return found


def _in_table(path: Path, stats, overdue: list[str], office: RandomOffice) -> list[str]:
    told, counted = read_table(path), stats["by_completion"]
    finished = {key: counted[key] for key in ("closed", "done", "excluded") if key in counted}
    still = stats["total"] - sum(finished.values())
    return _unlike(
        total=(len(told.rows), stats["total"]),
        lights=(told.completions(), finished | ({"open": still} if still else {})),
        states=(told.states(), _together(counted)),
        overdue=(told.late(), overdue),
        by_unit=(
            told.by_unit(office.units),
            {each["unit"]: each["total"] for each in stats["by_unit"]},
        ),
    )


def _together(counted: dict[str, int]) -> dict[str, int]:
    kinds = {"closed": "finished", "done": "finished", "excluded": "excluded"}
    found: dict[str, int] = {}
    for key, number in counted.items():
        kind = kinds.get(key, "open")
        found[kind] = found.get(kind, 0) + number
    return found


def _in_unfinished(path: Path, stats, overdue: list[str]) -> list[str]:
    told, counted = read_table(path), stats["by_completion"]
    still = counted.get("in_progress", 0) + counted.get("not_started", 0)
    said = re.search(r"任务共(\d+)项", told.above)
    left = re.search(r"未完成(\d+)项", told.above)
    return _unlike(
        rows=(len(told.numbers()), still),
        total=(int(said[1]) if said else None, stats["total"]),
        left=(int(left[1]) if left else None, still),
    )


def _in_overdue(path: Path, stats, overdue: list[str]) -> list[str]:
    told = read_table(path)
    said = re.search(r"逾期(\d+)项", told.above)
    return _unlike(
        rows=(sorted(told.numbers()), sorted(overdue)),
        said=(int(said[1]) if said else None, len(overdue)),
    )


def _in_missing(path: Path, stats, overdue: list[str]) -> list[str]:
    told, returns = read_table(path), stats["returns"]
    said = re.search(r"应报(\d+)家，已报(\d+)家", told.above)
    units = [unit for row, unit in enumerate(told.column("单位")) if told.rows[row]["序号"]]
    wanted = (returns["due"], returns["returned"]) if returns["due"] else None
    return _unlike(
        units=(units, [squeezed(unit) for unit in returns["missing"]]),
        said=((int(said[1]), int(said[2])) if said else None, wanted),
    )


@pytest.mark.parametrize("seed", [0, 1], ids=["open", "closed"])
def test_every_number_of_every_report_is_that_of_stats(tmp_path: Path, seed: int) -> None:
    office = random_office(seed, tmp_path)
    assert disagreements(office, tmp_path) == []
    wrong = _asked(office, "stats").json
    wrong["total"] += 1
    wrong["by_unit"][0]["total"] += 1
    for ending in _LETTERS:
        assert _in_circular(tmp_path / f"通报{ending}", wrong, ["0"])
    for ending in _TABLES:
        told = _in_table(tmp_path / f"明细{ending}", wrong, ["0"], office)
        assert [each.split()[0] for each in told] == ["total", "lights", "overdue", "by_unit"]


@pytest.mark.long
@pytest.mark.parametrize("start", range(2, 62, 10))
def test_every_number_of_sixty_random_rounds_is_that_of_stats(tmp_path: Path, start: int) -> None:
    found = []
    for seed in range(start, start + 10):
        folder = tmp_path / str(seed)
        folder.mkdir()
        office = random_office(seed, folder)
        found += [f"{seed}: {each}" for each in disagreements(office, folder)]
    assert found == []
