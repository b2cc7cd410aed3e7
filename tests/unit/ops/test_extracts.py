"""Extracts by unit: every part a unit has, counts as everywhere else, all files or none."""

from __future__ import annotations

import re
from datetime import datetime

import openpyxl
import pytest

from tracker.base.errors import Cancelled, FileProblem, UserError
from tracker.base.progress import Progress
from tracker.insight.owners import NO_UNIT
from tracker.ops.collectives import set_members
from tracker.ops.editions import close_round
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.extracts import export_extract, export_extracts, read_extract
from tracker.ops.rounds import list_rounds
from tracker.ops.stats import read_stats
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import TaskWords, new_task

WHO = "张三"
APRIL = datetime(2026, 4, 2, 9)


@pytest.fixture
def duties(office, ledger, now):
    """More tasks, so that one unit has every part there is."""
    for words in (
        TaskWords(text="乙事。", number="6", lead="县财政局", cooperating="县住建局、东关镇"),
        TaskWords(text="丙事。", number="7", lead="县财政局", responsible="县住建局"),
        TaskWords(text="丁事。", number="8", lead="各镇人民政府", deadline="2026-03-05"),
        TaskWords(text="戊事。", number="9"),
    ):
        new_task(office, ledger, words, who=WHO, now=now)
    set_members(office, "各镇人民政府", ["东关镇", "西关镇"], who=WHO, now=now)
    write_entry(office, "1-002", EntryWords(state="已完成"), who=WHO, now=now)


def of(office, ledger, round_, unit, now=APRIL):
    return read_extract(office, ledger, round_, unit, now=now)


def roles(extract):
    return {row.number: row.text("extra.role") for row in extract.content.rows}


def test_a_unit_gets_every_task_it_has_a_part_in_its_own_first(office, ledger, rounds, duties):
    found = of(office, ledger, rounds[2], "县住建局")
    assert roles(found) == {"1": "牵头单位", "7": "责任单位", "6": "配合单位"}
    assert list(roles(found)) == ["1", "7", "6"]
    assert found.content.meta[0] == (
        "牵头（责任）1项，已完成0项，逾期1项；另有责任单位1项、配合单位1项"
    )


def test_a_member_of_a_collective_is_told_of_it(office, ledger, rounds, duties):
    found = of(office, ledger, rounds[2], "西关镇")
    assert roles(found) == {"8": "牵头单位\n（各镇人民政府）"}
    assert found.content.meta[0] == "牵头（责任）0项，已完成0项，逾期0项；另有在合称之内1项"
    both = of(office, ledger, rounds[2], "东关镇")
    assert roles(both) == {
        "1": "配合单位",
        "6": "配合单位",
        "8": "牵头单位\n（各镇人民政府）",
    }


def test_any_name_of_a_unit_will_do(office, ledger, rounds, duties):
    assert of(office, ledger, rounds[2], "住建局").unit == "县住建局"


def test_the_heads_say_what_the_counts_by_unit_say(office, ledger, rounds, duties, tmp_path):
    counted = read_stats(office, ledger, rounds[2], APRIL.date())["by_unit"]
    written = export_extracts(office, ledger, rounds[2], tmp_path, now=APRIL)
    by_unit = {}
    for path, extract in zip(written.paths, written.extracts, strict=True):
        text = " ".join(
            str(cell.value)
            for row in openpyxl.load_workbook(path).active.iter_rows(max_row=4)
            for cell in row
            if cell.value
        )
        numbers = re.search(r"牵头（责任）(\d+)项，已完成(\d+)项，逾期(\d+)项", text)
        by_unit[extract.unit] = tuple(int(n) for n in numbers.groups())
    expected = {u["unit"]: (u["total"], u["done"], u["overdue"]) for u in counted}
    expected.pop(NO_UNIT)
    assert {u: n for u, n in by_unit.items() if any(n)} == expected
    assert written.without_unit == ("1-009",)
    assert "东关镇" in by_unit  # it only cooperates


def test_the_extracts_lie_in_a_new_folder_each_time(office, ledger, rounds, duties, tmp_path):
    first = export_extracts(office, ledger, rounds[2], tmp_path, now=APRIL)
    kept = {path: path.read_bytes() for path in first.paths}
    second = export_extracts(office, ledger, rounds[2], tmp_path, now=APRIL)
    assert first.folder.name == "2026-04-02 第02期 春季重点工作 任务摘录"
    assert second.folder.name == f"{first.folder.name}（2）"
    assert {path: path.read_bytes() for path in first.paths} == kept
    assert sorted(tmp_path.glob("2026*")) == [first.folder, second.folder]
    assert [p.name[:3] for p in second.paths] == [f"{n:02} " for n in range(1, len(kept) + 1)]


def test_a_cancelled_writing_leaves_nothing(office, ledger, rounds, duties, tmp_path):
    out = tmp_path / "出"
    out.mkdir()

    class Stop(Progress):
        def step(self, text, done=0, total=0):
            self.cancel_wanted = done == 3
            super().step(text, done, total)

    with pytest.raises(Cancelled):
        export_extracts(office, ledger, rounds[2], out, now=APRIL, progress=Stop())
    assert list(out.iterdir()) == []


def test_a_folder_that_is_gone_is_told_of(office, ledger, rounds, tmp_path):
    with pytest.raises(FileProblem, match="不存在"):
        export_extracts(office, ledger, rounds[2], tmp_path / "没有", now=APRIL)
    (tmp_path / "文件").write_text("x")
    with pytest.raises(FileProblem, match="不是文件夹"):
        export_extracts(office, ledger, rounds[2], tmp_path / "文件", now=APRIL)


def test_a_unit_without_a_task_is_told_apart_from_one_nobody_knows(
    office, ledger, rounds, duties, now
):
    new_task(office, ledger, TaskWords(text="己事。", lead="县档案馆"), who=WHO, now=now)
    withdraw_task(office, "1-010", "不办了", who=WHO, now=now)
    with pytest.raises(UserError, match="没有可摘录的任务"):
        of(office, ledger, rounds[2], "县档案馆")
    with pytest.raises(UserError, match="没有登记过"):
        of(office, ledger, rounds[2], "县天文台")


def test_a_closed_rounds_extract_stays_as_it_was_approved(office, ledger, rounds, duties):
    before = of(office, ledger, rounds[2], "东关镇")
    close_round(office, ledger, rounds[2], who=WHO, now=APRIL)
    (round_,) = (row for row in list_rounds(office, ledger) if row.number == 2)
    later = datetime(2026, 9, 1, 9)
    set_members(office, "各镇人民政府", ["西关镇"], who=WHO, now=later)
    withdraw_task(office, "1-006", "不再办理", who=WHO, now=later)
    after = of(office, ledger, round_, "东关镇", later)
    assert (after.content.rows, after.content.meta) == (before.content.rows, before.content.meta)


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".pdf"])
def test_one_extract_goes_into_one_file(office, ledger, rounds, duties, tmp_path, ending):
    target = tmp_path / f"摘录{ending}"
    found, written = export_extract(office, ledger, rounds[2], "县住建局", target, now=APRIL)
    assert (written.rows, written.path) == (3, target)
    assert found.own == ("1-001",)
    with pytest.raises(UserError, match="不能写成"):
        export_extract(office, ledger, rounds[2], "县住建局", target.with_suffix(".txt"), now=APRIL)
