"""A form whose last round did not fit one row comes back as it was sent."""

from __future__ import annotations

import pytest

from tests.helpers.offices import add_tasks
from tests.helpers.returned_forms import FormSheet, fill
from tracker.ops.collect import read_returns
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.rounds import list_rounds, new_round

UNIT = "县文旅局"
LONG = "".join(
    f"第{n}处书屋已选址，完成图纸会审、材料采购和场地平整，{n}月上旬进场装修，现有藏书{n}00册。"
    for n in range(1, 60)
)


@pytest.fixture
def form(office, now, tmp_path):
    """A unit's form for the second round; what stood in the first goes over two rows."""
    new_ledger(office, "专项", who="张三", now=now)
    (ledger,) = list_ledgers(office)
    codes = add_tasks(office, ledger, now)
    new_round(office, ledger, who="张三", now=now)
    write_entry(office, codes[1], EntryWords(progress=LONG), who="张三", now=now)
    new_round(office, ledger, who="张三", now=now)
    round_ = list_rounds(office, ledger)[-1]
    plan = plan_forms(office, ledger, round_)
    send_forms(office, ledger, round_, tmp_path, plan=plan, who="张三", now=now)
    (path,) = tmp_path.glob(f"*{UNIT}*.xlsx")
    return path


def read(office, path):
    (ledger,) = list_ledgers(office)
    return read_returns(office, ledger, list_rounds(office, ledger)[-1], [path])


def goes_on(sheet):
    return [
        row
        for row in range(sheet.top + 1, sheet.sheet.max_row + 1)
        if sheet.at(row, "任务编号").endswith("（续）")
    ]


def test_a_row_that_goes_on_was_neither_altered_nor_left_over(office, form):
    assert goes_on(FormSheet(form)), "the form is to hold a row that goes on"
    fill(form, UNIT, "本期")
    found = read(office, form)
    assert found.findings == ()
    (file,) = found.files
    assert [words for words in file.unplaced if not words.settled] == []
    assert [note.unit for note in found.notes] == [UNIT]


def test_what_a_unit_changes_in_a_row_that_goes_on_is_told_with_both_texts(office, form):
    fill(form, UNIT, "本期")
    sheet = FormSheet(form)
    row = goes_on(sheet)[0]
    sheet.put(row, "上期进展", sheet.at(row, "上期进展").replace("册", "本"))
    sheet.save()
    found = read(office, form)
    assert "task_text_altered" in {finding.kind for finding in found.findings}
    (file,) = found.files
    (remark,) = [each for each in file.remarks if each.old]
    assert len(remark.new) == len(remark.old) == len(LONG)
    assert (remark.old, remark.new.replace("本", "册")) == (LONG, LONG)
