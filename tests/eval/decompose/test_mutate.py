"""Damaged documents neither crash nor hang `decompose`."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.eval.decompose.mutate import MUTATIONS, faults_of, mutated


@pytest.mark.parametrize("index", range(30))
def test_a_damaged_document_is_taken_apart_or_refused(index: int) -> None:
    assert list(faults_of(mutated(7, index), timed=False)) == []


def test_the_same_number_gives_the_same_input() -> None:
    assert [mutated(3, i) for i in range(20)] == [mutated(3, i) for i in range(20)]
    assert len({mutated(3, i) for i in range(20)}) > 15


def test_every_mutation_changes_a_text() -> None:
    text = "一、抓紧办理。（责任单位：县甲局、县乙局）\n二、尽快办结。（由县丙局负责）\n" * 5
    for mutation in MUTATIONS:
        assert any(mutation(text, random.Random(i)) != text for i in range(5)), mutation


# in a process of its own: one that hangs is ended there with its traceback
@pytest.mark.long
def test_five_thousand_damaged_documents() -> None:
    command = [sys.executable, "-m", "tests.eval.decompose.mutate", "--count", "5000"]
    root = Path(__file__).parents[3]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
