"""Lists of a round: who is on them and who is not, what they count, how they print."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import docx
import openpyxl
import pytest

from tests.helpers.county import write_table
from tests.helpers.pages import read_pages
from tests.helpers.round_story import tell
from tracker.base.errors import UserError
from tracker.domain.board import BoardState
from tracker.domain.returned import ByHand, Way
from tracker.ops.board import board
from tracker.ops.editions import close_round
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.import_table import apply_import, propose_import, read_source
from tracker.ops.ledgers import choose_ledger
from tracker.ops.lists import LIST_WORDS, ListKind, export_list, list_columns, read_list
from tracker.ops.returns import mark_reported
from tracker.ops.rounds import list_rounds
from tracker.ops.stats import read_stats
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import TaskWords, new_task

WHO = "张三"
APRIL = datetime(2026, 4, 2, 9)  # the round of the fixture reports up to 31 March


@pytest.fixture
def states(office, ledger, now):
    """Say of the five tasks where they stand."""
    for code, words in (
        ("1-001", EntryWords(progress="护栏已换80米。", state="滞后")),
        ("1-002", EntryWords(progress="书屋全部建成。", state="已完成")),
        ("1-003", EntryWords(progress="用地没有批下来。", state="受阻", problems="缺地。")),
    ):
        write_entry(office, code, words, who=WHO, now=now)


@pytest.fixture
def county(office, tmp_path, now):
    """A ledger of sixty units and 130 tasks."""
    write_table(tmp_path / "表.xlsx")
    source = read_source(tmp_path / "表.xlsx")
    apply_import(office, propose_import(office, source), who=WHO, now=now - timedelta(days=30))
    return choose_ledger(office, None)


def listed(office, ledger, round_, kind, now=APRIL, **options):
    return read_list(office, ledger, round_, kind, now=now, **options)


def test_lists_hold_the_tasks_that_the_counts_count(office, ledger, rounds, states):
    counted = read_stats(office, ledger, rounds[2], APRIL.date())
    found = {kind: listed(office, ledger, rounds[2], kind) for kind in ListKind}
    assert found[ListKind.OVERDUE].codes == tuple(counted["overdue"])
    unfinished = counted["total"] - counted["rate"]["done"] - len(counted["excluded"])
    assert found[ListKind.UNFINISHED].count == unfinished
    assert found[ListKind.SLOW].count == sum(
        counted["by_pace"].get(pace, 0) for pace in ("behind", "blocked")
    )
    assert set(found[ListKind.SLOW].codes) == {"1-001", "1-003"}


def test_the_meta_line_says_the_counts_and_the_day(office, ledger, rounds, states):
    said = {kind: listed(office, ledger, rounds[2], kind).content.meta for kind in ListKind}
    assert said[ListKind.UNFINISHED][0] == ("任务共5项，已完成1项，未完成4项，涉及5个单位")
    assert said[ListKind.OVERDUE][0] == ("逾期1项；另有1项时限待核，核定前不按逾期计，涉及2个单位")
    assert said[ListKind.SLOW][0] == "滞后1项、受阻1项，涉及3个单位"
    assert {meta[1] for meta in said.values()} == {"截至2026年3月31日"}


def test_every_unfinished_task_with_a_date_is_overdue_or_due(office, ledger, rounds, now):
    days = (date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1), APRIL.date())
    for n, day in enumerate((*days, APRIL.date() + timedelta(days=7), date(2026, 4, 10))):
        words = TaskWords(text=f"第{n}件事。", lead="县财政局", deadline=day.isoformat())
        new_task(office, ledger, words, who=WHO, now=now)
    overdue = listed(office, ledger, rounds[2], ListKind.OVERDUE)
    due = listed(office, ledger, rounds[2], ListKind.DUE, days=7)
    assert [row.text("extra.late") for row in overdue.content.rows] == ["逾期27天", "逾期1天"]
    assert [row.text("extra.left") for row in due.content.rows] == [
        *("已过2天", "已过1天", "今天到期", "剩7天"),
    ]
    assert due.content.meta[0] == (
        "7天内（至2026年4月9日）到期2项；截至日以后、4月2日以前已到期2项，未计入逾期，涉及1个单位"
    )
    assert not set(overdue.codes) & set(due.codes)


def test_before_the_rounds_day_nothing_ahead_is_overdue(office, ledger, rounds, now):
    day = datetime(2026, 3, 4, 9)
    assert listed(office, ledger, rounds[2], ListKind.OVERDUE, day).codes == ()
    due = listed(office, ledger, rounds[2], ListKind.DUE, day)
    assert [row.text("extra.left") for row in due.content.rows] == ["今天到期"]


def test_withdrawn_tasks_are_on_no_list(office, ledger, rounds, states, later):
    withdraw_task(office, "1-001", "并到别的专项", who=WHO, now=later)
    assert all("1-001" not in listed(office, ledger, rounds[2], k).codes for k in ListKind)


def test_an_empty_list_prints_one_row_that_says_none(office, ledger, rounds, tmp_path):
    for kind in (ListKind.SLOW, ListKind.MISSING):
        target = tmp_path / f"{kind}.xlsx"
        written = export_list(office, ledger, rounds[2], kind, target, now=APRIL)
        assert written.list.count == 0
        sheet = openpyxl.load_workbook(target).active
        last = [cell.value for cell in sheet[sheet.max_row] if cell.value]
        assert last == ["无"]


@pytest.mark.parametrize("kind", ListKind)
def test_a_list_reads_the_same_in_every_format(office, ledger, rounds, states, tmp_path, kind):
    wanted = listed(office, ledger, rounds[2], kind).content
    columns = [field for field, _ in list_columns(kind)]
    for ending in (".xlsx", ".docx", ".pdf"):
        written = export_list(
            office, ledger, rounds[2], kind, tmp_path / f"{kind}{ending}", now=APRIL
        )
        assert written.warnings == ()
        text = "".join(_texts(written.path).split())
        for row in wanted.rows:
            for field in columns:
                for line in row.lines(field):
                    assert all(word in text for word in line.split()), (ending, line)
        assert "".join(wanted.meta[0].split()) in text
        assert "".join(wanted.title.split()) in text


def _texts(path):
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).active
        return "".join(str(c.value) for row in sheet for c in row if c.value is not None)
    if path.suffix == ".docx":
        document = docx.Document(path)
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        return "".join([*(p.text for p in document.paragraphs), *cells])
    pages = read_pages(path)
    cells = [cell.text for page in pages for row in page.rows for cell in row.cells]
    return "".join([*(page.above for page in pages), *cells])


def test_only_units_that_owe_a_report_are_on_the_list_of_the_missing(office, county, tmp_path, now):
    story = tell(office, county, tmp_path, now)
    found = listed(office, county, story.round, ListKind.MISSING, now)
    shown = board(office, county, story.round, now.date())
    assert found.units == tuple(row.unit for row in shown.missing)
    free = {row.unit for row in shown.rows if row.state is not BoardState.MISSING}
    assert {BoardState.TO_TYPE, BoardState.EXEMPT, BoardState.NOT_DUE} <= {
        row.state for row in shown.rows
    }
    assert not free & set(found.units)
    said = found.content.meta[0]
    numbers = [int(n) for n in re.findall(r"(\d+)家", said)][:3]
    assert numbers == [shown.expected, shown.returned, len(shown.missing)]
    assert "已报（待录入）" in said
    assert shown.claim_first in said
    rows = {row.text("units"): row for row in found.content.rows}
    for each in shown.missing:
        row = rows[each.unit]
        assert row.task.startswith(f"{len(each.tasks)}项：")
        assert row.text("extra.late") == each.late_words
    calls = {row.unit: len(row.calls) for row in shown.missing if row.calls}
    assert {u: rows[u].text("extra.calls") for u in calls} == {
        u: f"{n}次" for u, n in calls.items()
    }


def test_a_unit_that_reported_by_phone_leaves_the_list(office, county, tmp_path, now):
    story = tell(office, county, tmp_path, now)
    before = listed(office, county, story.round, ListKind.MISSING, now)
    unit = before.units[0]
    came = ByHand(Way.PHONE, now.date(), "办公室", "")
    mark_reported(office, county, story.round, unit, came, who=WHO, now=now)
    after = listed(office, county, story.round, ListKind.MISSING, now)
    assert after.units == before.units[1:]


def test_a_closed_rounds_lists_stay_as_they_were_approved(office, ledger, rounds, states, now):
    closing = datetime(2026, 4, 2, 17)
    before = {k: listed(office, ledger, rounds[2], k, closing) for k in ListKind}
    close_round(office, ledger, rounds[2], who=WHO, now=closing)
    (round_,) = (row for row in list_rounds(office, ledger) if row.number == 2)
    later = datetime(2026, 9, 1, 9)
    new_task(office, ledger, TaskWords(text="后来的事。", lead="县档案馆"), who=WHO, now=later)
    withdraw_task(office, "1-001", "不再办理", who=WHO, now=later)
    for kind, was in before.items():
        after = listed(office, ledger, round_, kind, later)
        assert after.codes == was.codes
        assert after.units == was.units
        assert after.content.meta == was.content.meta
        assert after.content.rows == was.content.rows


def test_a_wrong_ending_is_refused_before_anything_is_read(office, ledger, rounds, tmp_path):
    with pytest.raises(UserError, match="不能写成"):
        export_list(office, ledger, rounds[2], ListKind.DUE, tmp_path / "a.txt", now=APRIL)


def test_every_kind_has_its_word_and_its_layout():
    assert set(LIST_WORDS) == set(ListKind)
    for kind in ListKind:
        assert len(list_columns(kind)) >= 6
