"""Slips are issued, answered, closed; their numbers are given once; nothing is said unproved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import docx
import pytest

from tests.helpers.offices import add_tasks
from tracker.base import resources
from tracker.base.errors import FileProblem, UserError
from tracker.domain.slip import SlipChoice, SlipKind, SlipState, SlipWords
from tracker.domain.slip_words import kind_called, kind_words
from tracker.domain.terms import Completion
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import redo_step, undo_step
from tracker.ops.instructions import InstructionWords, new_instruction
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.slips import (
    close_slip,
    export_slip,
    file_name,
    find_slip,
    list_slips,
    new_slip,
    plain_code,
    propose_slip,
    reply_slip,
    slip_page,
)
from tracker.ops.tasks import TaskWords, edit_task, new_task
from tracker.store.check import check_file
from tracker.store.models import Document

WHO = "张三"
LATER = datetime(2026, 3, 9, 9, 0)
DAY = LATER.date()
URGE = SlipKind.SUPERVISION


@pytest.fixture
def issue(office, ledger):
    def make(kind=URGE, unit="县住建局", tasks=("1-001",), words=None, now=LATER, **more):
        choice = SlipChoice(kind, unit, tuple(tasks), **more)
        return new_slip(office, ledger, choice, words, who=WHO, now=now)

    return make


@pytest.fixture
def propose(office, ledger):
    def make(tasks=("1-001",), unit="县住建局", kind=URGE, on=DAY, **more):
        choice = SlipChoice(kind, unit, tuple(tasks), **more)
        return propose_slip(office, ledger, choice, who=WHO, today=on)

    return make


def lines(office, today=DAY):
    return list_slips(office, today)


def name_office(office, ledger, name):
    with office.change("填报单位", WHO, LATER) as work:
        work.ledger(ledger.id).office = name


def test_each_kind_counts_its_own_numbers_by_year(issue):
    codes = [
        issue().value,
        issue(kind=SlipKind.HINT).value,
        issue().value,
        issue(issued_on=date(2025, 12, 1)).value,
        issue(kind=SlipKind.FEEDBACK).value,
        issue(kind=SlipKind.PROBLEM).value,
    ]
    assert codes == [
        "督〔2026〕1号",
        "督提〔2026〕1号",
        "督〔2026〕2号",
        "督〔2025〕1号",
        "督反〔2026〕1号",
        "督问〔2026〕1号",
    ]


def test_a_number_taken_back_is_never_given_again(office, issue):
    first = issue().value
    undo_step(office, who=WHO, now=LATER)
    assert lines(office) == []
    assert issue().value == "督〔2026〕2号"
    undo_step(office, who=WHO, now=LATER)
    redo_step(office, who=WHO, now=LATER)
    assert [line.slip.code for line in lines(office)] == ["督〔2026〕2号"]
    assert first == "督〔2026〕1号"
    assert check_file(office.path) == ()


def test_a_count_that_lags_behind_is_found_by_the_check(office, issue):
    code = issue(number=3).value
    assert check_file(office.path) == ()
    with closing(sqlite3.connect(office.path)) as connection, connection:
        connection.execute("update counter set value = 2 where name like 'slip/%'")
    assert check_file(office.path) == (f"{code}的编号计数有误",)


def test_kinds_with_one_prefix_share_their_count(monkeypatch, issue):
    data = resources.load("slips.toml")
    one = data | {"problem": data["problem"] | {"prefix": "督"}}
    monkeypatch.setattr("tracker.domain.slip_words.load", lambda _name: one)
    assert [issue().value, issue(kind=SlipKind.PROBLEM).value] == ["督〔2026〕1号", "督〔2026〕2号"]


def test_the_count_goes_on_from_a_number_of_the_clerks_own(issue):
    assert issue(number=13).value == "督〔2026〕13号"
    assert issue().value == "督〔2026〕14号"
    with pytest.raises(UserError, match="14号已经用过"):
        issue(number=14)
    with pytest.raises(UserError, match="5号已经用过或已跳过"):
        issue(number=5)
    assert issue().value == "督〔2026〕15号"


@pytest.mark.parametrize(
    ("on", "days", "due", "caution"),
    [
        (date(2026, 4, 28), 3, date(2026, 5, 6), ""),  # 1 to 5 May off
        (date(2026, 5, 7), 2, date(2026, 5, 9), ""),  # a Saturday that is worked
        (date(2026, 12, 30), 2, date(2027, 1, 1), "2027年的放假安排未收录"),
        (date(2026, 3, 2), 0, None, ""),
        (date(2030, 1, 1), None, date(2030, 1, 8), "2030年的放假安排未收录"),
    ],
)
def test_the_day_of_reply_is_counted_in_working_days(propose, on, days, due, caution):
    held = propose(issued_on=on, days=days)
    assert held.reply_due == due
    assert caution in held.caution
    assert bool(caution) == bool(held.caution)


@pytest.mark.parametrize("days", [-1, 251])
def test_days_that_cannot_be_are_refused(propose, days):
    with pytest.raises(UserError, match="工作日"):
        propose(days=days)


def test_only_a_certain_date_that_has_passed_is_called_overdue(propose):
    assert "截至2026年3月9日，已逾期5天。" in propose().words.matter
    assert "逾期" not in propose(on=date(2026, 3, 4)).words.matter
    doubtful = propose(tasks=["1-004"], unit="县应急局")
    assert "逾期" not in doubtful.words.matter
    assert any("待核" in doubt for doubt in doubtful.doubts)
    for code in ("1-002", "1-003", "1-005"):
        assert "逾期" not in propose(tasks=[code]).words.matter


@pytest.mark.parametrize("by_entry", [True, False])
def test_a_finished_task_is_never_called_overdue(office, propose, by_entry):
    if by_entry:
        words = EntryWords(progress="已完工。", state="已完成")
        write_entry(office, "1-001", words, who=WHO, now=LATER)
    else:
        edit_task(office, "1-001", TaskWords(completion=Completion.DONE), who=WHO, now=LATER)
    held = propose()
    assert "逾期" not in held.words.matter
    assert any("不在办" in doubt for doubt in held.doubts)


def test_several_tasks_are_numbered_and_one_is_not(propose):
    one, two = propose().words.matter, propose(tasks=["1-001", "1-003", "1-001"]).words.matter
    assert one.startswith("第1项：修缮城东老桥，更换护栏120米（时限：2026年3月4日）。")
    assert [line[:7] for line in two.split("\n")] == ["1. 第1项：", "2. 第3项："]


def test_a_unit_that_has_nothing_to_do_with_a_task_is_pointed_out(propose):
    assert propose(unit="东关镇").doubts == ()
    assert propose(unit="县水利局").doubts == ("县水利局不是任务 1-001 的承办单位",)
    held = propose(unit="县水力局")
    assert (held.unit, held.unit_id) == ("县水力局", None)
    assert held.doubts == ("单位名单里没有“县水力局”，将按所写印出",)


@pytest.mark.parametrize(
    ("unit", "words"), [("各镇", "合称"), ("  ", "没有写接收单位"), ("有关单位", "合称")]
)
def test_a_slip_goes_to_one_unit(propose, unit, words):
    with pytest.raises(UserError, match=words):
        propose(unit=unit)


def test_an_open_slip_on_the_same_matter_is_pointed_out(issue, propose, office):
    code = issue().value
    assert any(code in doubt for doubt in propose().doubts)
    assert propose(kind=SlipKind.HINT).doubts == ()
    close_slip(office, code, LATER.date(), "作废", who=WHO, now=LATER)
    assert propose().doubts == ()


def test_the_unit_stands_as_it_was_called_then(office, issue):
    code = issue(unit="住建局").value
    assert find_slip(office, code).unit == "县住建局"
    with office.change("改名", WHO, LATER) as work:
        next(unit for unit in work.units() if unit.name == "县住建局").name = "县住房城乡建设局"
    assert find_slip(office, code).unit == "县住建局"
    assert issue(unit="县住房城乡建设局").value
    assert lines(office)[0].slip.unit == "县住房城乡建设局"


def test_free_text_needs_no_task_but_words(issue):
    with pytest.raises(UserError, match="没有写事项"):
        issue(tasks=())
    words = SlipWords(title="提示单", matter=" 请做好防汛值守。\n二、按时报告。 ")
    done = issue(kind=SlipKind.HINT, tasks=(), words=words)
    assert done.value == "督提〔2026〕1号"


def test_words_of_the_clerk_stand_to_the_letter(office, issue, propose):
    own = replace(
        propose().words, matter="自拟　事项；保留〔原样〕", issuer="李主任", phone="8-8888"
    )
    kept = find_slip(office, issue(words=own).value).words
    assert (kept.matter, kept.issuer, kept.phone) == (own.matter, own.issuer, own.phone)
    assert kept.reply == "2026年3月16日前书面回复（5个工作日）"
    again = propose().words
    assert (again.issuer, again.clerk, again.phone) == ("李主任", "张三", "8-8888")


def test_the_basis_names_the_instruction_it_comes_from(office, propose):
    source = InstructionWords("王县长", date(2026, 3, 1), "请速办。")
    words = TaskWords(text="查明泵站停机原因。", lead="县水利局")
    code = new_instruction(office, None, words, source, who=WHO, now=LATER).value
    assert propose(tasks=[code], unit="县水利局").words.basis == "王县长2026年3月1日批示"
    assert propose(tasks=[code, "1-001"], unit="县水利局").words.basis == ""
    assert propose().words.basis == ""


def test_the_basis_names_the_one_document_that_all_tasks_came_from(office, ledger, propose):
    with office.change("来源", WHO, LATER) as work:
        for title, number, kind, codes in (
            ("春季工作方案", "青政办〔2026〕2号", "plan", ("1-001", "1-003")),
            ("上期进展表", "", "progress_table", ("1-005",)),
        ):
            row = Document(
                ledger_id=ledger.id, title=title, number=number, kind=kind, added_at=LATER
            )
            work.add(row)
            for code in codes:
                work.task(code).document_id = row.id
    basis = "《春季工作方案》（青政办〔2026〕2号）"
    assert propose().words.basis == basis
    assert propose(tasks=["1-001", "1-003"]).words.basis == basis
    assert propose(tasks=["1-001", "1-002"]).words.basis == ""
    assert propose(tasks=["1-005"]).words.basis == ""


def test_the_issuing_office_heads_and_signs(office, ledger, propose):
    assert propose().words.title == "督办单"
    name_office(office, ledger, "某县督查室")
    held = propose().words
    assert (held.title, held.signature) == ("某县督查室\n督办单", "某县督查室")
    assert propose(signature=" 县委督查室 ").words.title == "县委督查室\n督办单"


def test_replies_are_all_kept_and_the_earliest_counts(office, issue):
    code = issue().value
    late = LATER + timedelta(days=10)
    reply_slip(office, "督[2026]1号", date(2026, 3, 19), " 已整改。 ", who=WHO, now=late)
    (line,) = lines(office, date(2026, 3, 30))
    assert (line.slip.state, line.late.words) == (SlipState.REPLIED, "迟复3个工作日")
    reply_slip(office, code, date(2026, 3, 13), "口头先报。", who=WHO, now=late)
    (line,) = lines(office, date(2026, 3, 30))
    assert [reply.words for reply in line.slip.replies] == ["已整改。", "口头先报。"]
    assert line.late is None
    undo_step(office, who=WHO, now=late)
    assert len(find_slip(office, code).replies) == 1


def test_days_and_words_that_cannot_be_are_refused(office, issue):
    code, day = issue().value, LATER.date()
    cases = (
        (reply_slip, day, " ", "没有填写"),
        (reply_slip, day + timedelta(days=1), "已办", "还没有到"),
        (reply_slip, day - timedelta(days=1), "已办", "早于开单"),
        (close_slip, day, "", "还没有回复"),
        (close_slip, day - timedelta(days=1), "x", "早于开单"),
    )
    for op, on, words, match in cases:
        with pytest.raises(UserError, match=match):
            op(office, code, on, words, who=WHO, now=LATER)
    with pytest.raises(UserError, match="没有编号为"):
        reply_slip(office, "督〔2026〕9号", day, "已办", who=WHO, now=LATER)
    assert find_slip(office, code).state is SlipState.SENT


def test_a_closed_slip_takes_nothing_more_until_undone(office, issue):
    code, day = issue().value, LATER.date()
    reply_slip(office, code, day, "已办。", who=WHO, now=LATER)
    close_slip(office, code, day, who=WHO, now=LATER)
    for op in (reply_slip, close_slip):
        with pytest.raises(UserError, match="已经办结"):
            op(office, code, day, "又", who=WHO, now=LATER)
    undo_step(office, who=WHO, now=LATER)
    assert find_slip(office, code).state is SlipState.REPLIED


def test_a_hint_that_asks_for_no_reply_is_closed_without_words(office, issue):
    code = issue(kind=SlipKind.HINT).value
    assert lines(office, date(2026, 12, 1))[0].late is None
    close_slip(office, code, LATER.date(), who=WHO, now=LATER)
    assert find_slip(office, code).state is SlipState.CLOSED


def test_slips_of_other_ledgers_are_left_out_where_one_is_asked_for(office, ledger, issue):
    issue()
    new_ledger(office, "秋季", who=WHO, now=LATER)
    other = choose_ledger(office, "秋季")
    (code,) = add_tasks(office, other, LATER, (TaskWords(text="补种。", lead="县林业局"),))
    choice = SlipChoice(URGE, "县林业局", (code,))
    assert new_slip(office, None, choice, who=WHO, now=LATER).value == "督〔2026〕2号"
    assert [line.ledger for line in list_slips(office, LATER.date())] == ["秋季", "春季重点工作"]
    assert [x.slip.unit for x in list_slips(office, LATER.date(), other)] == ["县林业局"]


def test_what_was_issued_prints_the_same_after_the_ledger_changed(office, ledger, issue):
    code = issue().value
    before = slip_page(find_slip(office, code))
    edit_task(office, "1-001", TaskWords(text="另一件事。"), who=WHO, now=LATER)
    name_office(office, ledger, "改名办")
    new_task(office, ledger, TaskWords(text="新事。"), who=WHO, now=LATER)
    assert slip_page(find_slip(office, code)) == before


def test_a_slip_is_written_where_it_is_wanted(office, issue, tmp_path):
    code = issue().value
    target = tmp_path / file_name(find_slip(office, code))
    assert target.name == "2026-03-09 县住建局 督办单 督〔2026〕1号.docx"
    export_slip(office, code, target)
    first = target.read_bytes()
    export_slip(office, code, target)
    assert target.read_bytes() == first
    words = "\n".join(cell.text for table in docx.Document(target).tables for cell in table._cells)
    assert "修缮城东老桥，更换护栏120米" in words


@pytest.mark.parametrize("name", ["单.pdf", "单", "没有/单.docx"])
def test_what_cannot_be_written_is_said(office, issue, tmp_path, name):
    code = issue().value
    with pytest.raises(UserError):
        export_slip(office, code, tmp_path / name)
    assert list(tmp_path.glob("*.docx")) == []


def test_a_prefix_with_brackets_of_its_own_is_found_again(monkeypatch, office, issue):
    data = resources.load("slips.toml")
    own = data | {"supervision": data["supervision"] | {"prefix": "督（办）"}}
    monkeypatch.setattr("tracker.domain.slip_words.load", lambda _name: own)
    code = issue().value
    assert code == "督（办）〔2026〕1号"
    reply_slip(office, code, DAY, "已办。", who=WHO, now=LATER)
    close_slip(office, code, DAY, who=WHO, now=LATER)
    assert check_file(office.path) == ()


def test_broken_wording_is_a_problem_of_the_file(monkeypatch, propose):
    data = resources.load("slips.toml")
    broken = data | {"common": data["common"] | {"item": ["{没有这个}"]}}
    monkeypatch.setattr("tracker.domain.slip_words.load", lambda _name: broken)
    with pytest.raises(FileProblem, match=r"slips\.toml"):
        propose()


def test_kinds_are_known_by_the_offices_words():
    assert [kind_called(kind_words(kind).word) for kind in SlipKind] == list(SlipKind)
    assert kind_called("supervision") is URGE
    with pytest.raises(UserError, match="红牌"):
        kind_called("红牌")


@pytest.mark.parametrize(
    "typed", ["督[2026]3号", "督（2026）3号", " 督〔2026〕 3 号", "督(2026)3号"]
)
def test_brackets_of_any_form_name_a_slip(typed):
    assert plain_code(typed) == "督〔2026〕3号"
