"""Damaged documents neither crash nor hang `decompose`."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.eval.decompose.mutate import MUTATIONS, faults_of, mutated
from tracker.files.reader import read_pasted
from tracker.ops.decompose import decompose_source

PATIENCE = 8.0  # seconds; a machine busy with other work takes some of them


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


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "（",
            "（责任人：",
            "(【〔",
            "（责任单位：县甲局",
            "县甲局和",
            "附件：1.甲\n",
            "1. 修路。\n",
        ),
        *("由县甲局牵头，", "责任单位：县甲局\n", "一周内，", "2026年6月底前；", "a\tb\n", "①②③"),
    ],
)
def test_a_hundred_thousand_letters_take_seconds(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    decompose_source(read_pasted(text))
    assert time.process_time() - started < PATIENCE


# in a process of its own: one that hangs is ended there with its traceback
@pytest.mark.long
def test_five_thousand_damaged_documents() -> None:
    command = [sys.executable, "-m", "tests.eval.decompose.mutate", "--count", "5000"]
    root = Path(__file__).parents[3]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
