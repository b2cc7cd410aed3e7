"""The program is killed in the middle of its work; the file opens and holds all or nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.command import command
from tests.helpers.samples import situation_text

ROOT = Path(__file__).resolve().parents[2]
KILLS = 100

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of Unix"),
]


def rows(count):
    return [
        (
            str(n),
            f"办好第{n}件实事，{n % 12 + 1}月底前完成。",
            f"县第{n % 9}局",
            f"第{n}项已完成{n}%。" * 20,
        )
        for n in range(1, count + 1)
    ]


def start(*words):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def took(*words):
    began = time.monotonic()
    assert start(*words).wait() == 0
    return time.monotonic() - began


def kill_after(seconds, *words):
    running = start(*words)
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    return running.wait() == -signal.SIGKILL


def test_an_import_killed_at_any_moment_is_there_whole_or_not_at_all(tmp_path):
    chance = random.Random(20260302)
    table = tmp_path / "表.txt"
    table.write_text(situation_text(rows(400)), encoding="utf-8")
    whole = took("import", table, "--db", tmp_path / "计时.db", "--apply")
    killed, seen = 0, set()
    for attempt in range(KILLS):
        db = tmp_path / f"{attempt}.db"
        if attempt % 2:
            command("ledger", "new", "先有的专项", "--db", db)
        killed += kill_after(
            chance.uniform(0.3, 1.05) * whole, "import", table, "--db", db, "--apply"
        )
        count = 0
        if db.exists():
            assert command("check", db).status == 0
            ledgers = command("ledger", "list", "--db", db, "--json").json
            count = sum(ledger["tasks"] for ledger in ledgers)
        seen.add(count)
        again = command("import", table, "--db", db, "--apply", "--json")
        assert (again.status, again.json["same"] + len(again.json["create"])) == (0, 400)
        assert not again.json["update"]
        for path in tmp_path.glob(f"{attempt}.db*"):
            path.unlink()
    assert seen <= {0, 400}
    assert killed > KILLS // 2


def test_an_export_killed_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path):
    chance = random.Random(20260303)
    table, db, out = tmp_path / "表.txt", tmp_path / "台账.db", tmp_path / "表.xlsx"
    table.write_text(situation_text(rows(300)), encoding="utf-8")
    command("import", table, "--db", db, "--apply")
    whole = took("export", "--db", db, "--out", out)
    killed = 0
    for _ in range(KILLS):
        out.write_bytes(b"old")
        killed += kill_after(chance.uniform(0.3, 1.05) * whole, "export", "--db", db, "--out", out)
        if out.read_bytes() != b"old":
            assert len(command("table", out, "--json").json["rows"]) == 300
    assert killed > KILLS // 2
    assert command("check", db).status == 0
