"""The real samples beside the project, where they are there: their aims are held.

The checking scripts beside the samples call the program once a document; here the calls stay in
this process.
"""

from __future__ import annotations

import contextlib
import json
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.helpers.command import command

SHARED = Path(__file__).parents[4] / "shared"

pytestmark = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the shared samples are not on this machine"
)


@pytest.fixture
def run(monkeypatch, capsys):
    def called(words, **_):
        ran = command(*words[2:])
        return SimpleNamespace(returncode=ran.status, stdout=ran.out, stderr=ran.err)

    def script(name: str, *arguments: str) -> str:
        monkeypatch.setattr(subprocess, "run", called)
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        with contextlib.suppress(SystemExit):
            runpy.run_path(str(SHARED / name), run_name="__main__")
        return capsys.readouterr().out

    return script


def test_the_samples_are_read_to_the_letter(run):
    said = run("check_seeds.py")
    assert said.count(" 0 differences") == 5, said


def test_the_corpus_is_read_as_well_as_was_aimed_at(run):
    said = run("score_decompose.py")
    figures = json.loads(said[said.index("{") :])["all"]
    assert figures["unit_role_f1"] >= 0.97
    assert figures["deadline_f1"] >= 0.92
    assert (figures["invented"], figures["errors"]) == (0, 0)
    assert figures["unitless_extra"] <= 2
