"""The pack of a meeting: every number of every file as `stats` tells it; all of it, or nothing."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.helpers import pack_numbers as read
from tests.helpers.command import command
from tracker.base.errors import Cancelled, UserError
from tracker.base.progress import Progress
from tracker.domain.returned import ByHand, Way
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.insight.owners import NO_UNIT
from tracker.ops.circular import compose_circular
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office import open_office
from tracker.ops.pack import INDEX, PACK, PackPart, PackWishes, pack_counts, write_pack
from tracker.ops.pictures import KINDS
from tracker.ops.returns import mark_reported
from tracker.ops.rounds import choose_round, list_rounds, set_dates
from tracker.ops.sample import make_sample
from tracker.ops.slips import new_slip
from tracker.ops.task_changes import withdraw_task

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 9, 30, 10)
WHO = "张三"
LISTS = PackWishes(frozenset({PackPart.LISTS}))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The sample office with a slip in the last round, and its pack as the command wrote it."""
    folder = tmp_path_factory.mktemp("会议")
    path = make_sample(folder / "台账.db", who=WHO, now=NOW)
    office = open_office(path, NOW)
    ledger = next(row for row in list_ledgers(office) if list_rounds(office, row))
    task = next(t for t in _tasks(office, ledger) if "县文旅局" in t.roles.lead)
    choice = SlipChoice(SlipKind.SUPERVISION, "县文旅局", (task.code,))
    slip = new_slip(office, ledger, choice, who=WHO, now=NOW).value
    _send_and_hear(office, ledger, folder)
    office.close()
    out = folder / "出"
    out.mkdir()
    ran = command(*("pack", "--db", path, "--ledger", ledger.name, "--out", out, "--json"), now=NOW)
    assert ran.status == 0, ran.err
    stats = command("stats", "--db", path, "--ledger", ledger.name, "--json", now=NOW).json
    return path, ledger.name, ran.json, stats, slip


def _send_and_hear(office, ledger, folder):
    """Send the round's forms; one unit answers by phone, the others stay silent past the day."""
    round_, sent = choose_round(office, ledger, None), NOW - timedelta(days=9)
    plan = plan_forms(office, ledger, round_)
    send_forms(office, ledger, round_, folder / "发出", plan=plan, who=WHO, now=sent)
    due = NOW.date() - timedelta(days=3)
    set_dates(office, ledger, round_, feedback_due=due, who=WHO, now=NOW)
    came = ByHand(Way.PHONE, due, "办公室", "")
    unit = plan.forms[0].unit
    mark_reported(office, ledger, round_, unit, came, who=WHO, now=NOW)


def _tasks(office, ledger):
    with office.read() as view:
        return view.tasks(ledger.id)


@pytest.fixture(scope="module")
def pack(made):
    return made[2]


@pytest.fixture(scope="module")
def stats(made):
    return made[3]


@pytest.fixture
def office(made, tmp_path):
    copy = tmp_path / "台账.db"
    shutil.copyfile(made[0], copy)
    opened = open_office(copy, NOW)
    yield opened
    opened.close()


@pytest.fixture
def ledger(office, made):
    return next(row for row in list_ledgers(office) if row.name == made[1])


@pytest.fixture
def round_(office, ledger):
    return choose_round(office, ledger, None)


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "出"
    folder.mkdir()
    return folder


def files(pack, part):
    return [Path(f["path"]) for f in pack["files"] if f["part"] == part]


def of(pack, what):
    found = [Path(f["path"]) for f in pack["files"] if f["what"] == what]
    assert found, what
    return found


def test_every_file_of_the_index_is_there_and_no_other(pack):
    folder = Path(pack["folder"])
    index = {row[2]: row[3] for row in read.rows(Path(pack["index"])) if row[0]}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {"".join(name.split()) for name in there - {INDEX}} == set(index)
    told = {
        "".join(Path(f["path"]).relative_to(folder).as_posix().split()): f["count"]
        for f in pack["files"]
    }
    assert index == told
    assert read.numbers(r"共(\d+)个文件", read.said(Path(pack["index"]))) == (len(told),)
    assert all(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert re.fullmatch(rf"2026-09-30 第0\d期 .+ {PACK}", folder.name)


@pytest.mark.parametrize("what", ["落实情况表", "责任分解表"])
def test_the_tables_hold_every_task_in_every_format(pack, stats, what):
    found = of(pack, what)
    assert {path.suffix for path in found} == {".xlsx", ".docx", ".pdf"}
    by_ending = {path.suffix: [row[0] for row in read.rows(path)] for path in found}
    for path in found:
        numbered = [number for number in by_ending[path.suffix] if number]
        assert len(numbered) == stats["total"], path.name
    assert by_ending[".xlsx"] == by_ending[".docx"]


def test_the_circular_says_what_is_counted_in_both_formats(made, pack, stats):
    office = open_office(made[0], NOW)
    try:
        ledger = next(row for row in list_ledgers(office) if row.name == made[1])
        round_ = choose_round(office, ledger, None)
        circular = compose_circular(office, ledger, round_, now=NOW)
    finally:
        office.close()
    assert {path.suffix for path in of(pack, "通报")} == {".docx", ".pdf"}
    for path in of(pack, "通报"):
        text = read.said(path)
        assert read.numbers(r"共有任务(\d+)项", text) == (stats["total"],)
        done = read.numbers(r"应完成(\d+)项，已完成（含已销号）(\d+)项，完成率", text)
        assert done == (stats["rate"]["of"], stats["rate"]["done"])
        assert f"完成率{stats['rate']['percent']}%" in text
        asked = read.numbers(r"应反馈(\d+)家，已反馈(\d+)家", text)
        assert asked == (stats["returns"]["due"], stats["returns"]["returned"])
        for passage in circular.body:
            assert "".join(passage.text.split()) in text, path.name


def test_the_lists_count_what_is_counted(pack, stats):
    done, excluded = stats["rate"]["done"], len(stats["excluded"])
    unfinished = stats["total"] - done - excluded
    for path in of(pack, "未完成清单"):
        text = read.said(path)
        assert read.numbers(r"任务共(\d+)项，已完成(\d+)项", text) == (stats["total"], done)
        assert read.numbers(r"未完成(\d+)项", text) == (unfinished,)
        assert len(read.rows(path)) == unfinished
    for path in of(pack, "逾期清单"):
        assert read.numbers(r"逾期(\d+)项", read.said(path)) == (len(stats["overdue"]),)
        assert len(read.rows(path)) == len(stats["overdue"])
    for path in of(pack, "滞后受阻清单"):
        for pace, word in (("behind", "滞后"), ("blocked", "受阻")):
            count = stats["by_pace"].get(pace, 0)
            assert read.numbers(rf"{word}(\d+)项", read.said(path)) == (count,)
    returns = stats["returns"]
    assert returns["missing"]
    for path in of(pack, "未反馈清单"):
        told = read.numbers(r"应报(\d+)家，已报(\d+)家，未反馈(\d+)家", read.said(path))
        assert told == (returns["due"], returns["returned"], len(returns["missing"]))
        assert [row[1] for row in read.rows(path)] == returns["missing"]
    for path in of(pack, "到期清单"):
        said = re.findall(r"到期(\d+)项", read.said(path))
        assert len(read.rows(path)) == sum(int(n) for n in said)


def test_the_extracts_say_each_units_counts(pack, stats):
    told = {}
    for path in files(pack, "extracts"):
        unit = path.stem.split(" ")[1]
        pattern = r"牵头（责任）(\d+)项，已完成(\d+)项，逾期(\d+)项"
        counted = read.numbers(pattern, read.said(path))
        assert told.setdefault(unit, counted) == counted
    expected = {u["unit"]: (u["total"], u["done"], u["overdue"]) for u in stats["by_unit"]}
    expected.pop(NO_UNIT, None)
    assert {unit: n for unit, n in told.items() if any(n)} == expected


def test_the_charts_are_there_and_say_the_totals(pack, stats):
    drawn = files(pack, "charts")
    assert len(drawn) == 2 * len(KINDS)
    for path in (p for p in drawn if p.suffix == ".pdf"):
        if path.stem.endswith(("各单位任务状态", "任务状态分布")):
            assert f"共{stats['total']}项" in "".join(_pdf_text(path).split())


def _pdf_text(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    finally:
        document.close()


def test_the_slips_of_the_round_are_there(made, pack):
    (path,) = files(pack, "slips")
    assert made[4] in "".join(read.said(path).split()) or made[4] in path.name
    assert path.suffix == ".docx"


def test_only_what_was_chosen_goes_in(office, ledger, round_, out):
    done = write_pack(office, ledger, round_, out, now=NOW, wishes=LISTS)
    assert {file.part for file in done.files} == {PackPart.LISTS}
    assert len(done.files) == pack_counts(office, ledger, round_, now=NOW)[PackPart.LISTS]
    again = write_pack(office, ledger, round_, out, now=NOW, wishes=LISTS)
    assert again.folder.name == f"{done.folder.name}（2）"
    assert sorted(out.iterdir()) == sorted([done.folder, again.folder])


def test_the_counts_before_are_the_files_after(office, ledger, round_, pack):
    counted = pack_counts(office, ledger, round_, now=NOW)
    assert counted == {part: len(files(pack, part.value)) for part in PackPart}


def test_what_changes_while_it_is_written_is_in_no_file(office, ledger, round_, out):
    before = [task.code for task in _tasks(office, ledger)]

    class Meddling(Progress):
        def step(self, text, done=0, total=0):
            if done in (2, 5):
                code = before[-done]
                withdraw_task(office, code, "不再办理", who=WHO, now=NOW + timedelta(minutes=1))
            super().step(text, done, total)

    parts = frozenset({PackPart.CIRCULAR, PackPart.SITUATION, PackPart.BREAKDOWN, PackPart.LISTS})
    done = write_pack(
        office, ledger, round_, out, now=NOW, wishes=PackWishes(parts), progress=Meddling()
    )
    assert len(_tasks(office, ledger)) == len(before) - 2
    tables = [f for f in done.files if f.part in (PackPart.SITUATION, PackPart.BREAKDOWN)]
    assert [f.count for f in tables] == [f"{len(before)}项"] * 6
    (unfinished,) = (
        f.path for f in done.files if f.what == "未完成清单" and f.path.suffix == ".xlsx"
    )
    assert read.numbers(r"任务共(\d+)项", read.said(unfinished)) == (len(before),)


def test_a_cancelled_pack_leaves_nothing(office, ledger, round_, out):
    class Stop(Progress):
        def step(self, text, done=0, total=0):
            self.cancel_wanted = done == 4
            super().step(text, done, total)

    with pytest.raises(Cancelled):
        write_pack(office, ledger, round_, out, now=NOW, wishes=LISTS, progress=Stop())
    assert list(out.iterdir()) == []


_PACKING = """
    import resource, signal, sys
    from datetime import datetime
    from pathlib import Path
    from tracker.cli.main import run
    limit = int(sys.argv[1])
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    raise SystemExit(run(sys.argv[2:], lambda: datetime(2026, 9, 30, 10)))
"""


def _packing(office, ledger, out, limit=0):
    words = ("pack", "--db", office.path, "--ledger", ledger.name, "--out", out)
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_PACKING), str(limit), *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_killed_pack_leaves_no_half_pack_and_the_next_one_clears_up(office, ledger, round_, out):
    running = _packing(office, ledger, out)
    deadline = time.monotonic() + 60
    while not list(out.glob(".~*/*.docx")):
        assert time.monotonic() < deadline
        assert running.poll() is None
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    (left,) = out.iterdir()
    assert left.name.startswith(".~")
    old = time.time() - 7200
    os.utime(left, (old, old))
    done = write_pack(office, ledger, round_, out, now=NOW, wishes=LISTS)
    assert list(out.iterdir()) == [done.folder]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
@pytest.mark.parametrize("limit", [3_000, 60_000])
def test_a_full_disk_leaves_nothing_and_is_told_in_one_line(office, ledger, out, limit):
    running = _packing(office, ledger, out, limit)
    _said, told = running.communicate(timeout=120)
    assert running.returncode == 1, told
    assert told.count("\n") == 1
    assert "磁盘" in told, told
    assert list(out.iterdir()) == []


def test_nothing_chosen_is_refused(office, ledger, round_, out):
    with pytest.raises(UserError, match="没有选择"):
        write_pack(office, ledger, round_, out, now=NOW, wishes=PackWishes(frozenset()))


def test_options_that_would_do_nothing_are_refused(made, out):
    for words in (("--layout", "portrait"), ("--days", 3)):
        ran = command("pack", "--db", made[0], "--out", out, "--only", "circular", *words)
        assert ran.status == 2, words
