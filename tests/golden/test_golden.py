"""What the program prints is what was approved, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.golden.approve import APPROVED
from tests.golden.office import write_reports
from tests.helpers.golden import difference, kept, parts

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = sorted(file.stem for file in APPROVED.glob("*.txt"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_reports(tmp_path_factory.mktemp("定稿"))


def test_every_report_has_been_approved(written: dict[str, Path]) -> None:
    assert sorted(written) == REPORTS


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_prints_as_it_was_approved(written: dict[str, Path], report: str) -> None:
    told = difference(kept(APPROVED, report), parts(written[report]))
    assert not told, (
        f"{report} is printed otherwise than it was approved. Where that is meant: "
        f"python -m tests.golden.approve\n{told}"
    )


def test_a_changed_word_is_told_with_its_part(written: dict[str, Path]) -> None:
    found = parts(written["situation-standard.xlsx"])
    changed = {name: part.replace("标准厂房", "厂房") for name, part in found.items()}
    told = difference(found, changed)
    assert "xl/worksheets/sheet1.xml" in told
    assert sum(line.startswith(("+c", "+ ", "-c", "- ")) for line in told.splitlines()) == 2
