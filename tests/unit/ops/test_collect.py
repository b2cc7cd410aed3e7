"""Returned files of a round, from the file to notes and entries."""

from __future__ import annotations

import itertools
import os

import docx
import openpyxl
import pytest

from tests.helpers.collecting import (
    AFTER,
    CULTURE,
    HOUSING,
    RESCUE,
    SENT,
    WATER,
    filled,
    make_county,
    reopened,
)
from tracker.base.errors import Cancelled, FileProblem, UserError
from tracker.base.progress import Progress
from tracker.domain.collection import ReturnDecisions
from tracker.domain.returned import FileKind, FindingKind, Standing
from tracker.domain.terms import Completion, RoundState
from tracker.ops.collect import apply_collection
from tracker.ops.history import undo_step
from tracker.store.files import create_store


@pytest.fixture(scope="module")
def sent_once(tmp_path_factory):
    """An office whose forms are sent; made once, since sending takes longest."""
    folder = tmp_path_factory.mktemp("发出")
    office = create_store(folder / "台账.db", SENT)
    make_county(office, folder)
    office.close()
    return folder


@pytest.fixture
def county(sent_once, tmp_path):
    found = reopened(sent_once, tmp_path)
    yield found
    found.office.close()


def kinds(found):
    return [finding.kind for finding in found.findings]


def stored(county):
    with county.office.read() as view:
        return (
            view.entries(county.round.id),
            view.round_notes(county.round.id),
            view.returned_files(county.round.id),
            view.tasks(county.ledger.id),
        )


def test_a_filled_form_becomes_notes_and_entries(county):
    found = county.collect(county.returned(WATER, "水利.xlsx", filled("汛前")))
    assert found.findings == ()
    assert [n.unit for n in county.notes()] == [WATER] * 4
    entry = county.entry(county.codes[3])
    assert entry.text == "汛前第4项已办成6处。"
    assert not entry.carried
    (file,) = county.files()
    assert (file.unit, file.kind, file.standing) == (WATER, FileKind.FORM, Standing.CURRENT)


def test_reading_stores_nothing(county):
    before = stored(county)
    county.read(county.returned(WATER, "水利.xlsx", filled()))
    assert stored(county) == before


def test_collecting_the_same_files_again_changes_nothing(county):
    path = county.returned(WATER, "水利.xlsx", filled())
    county.collect(path)
    before = stored(county)
    again = county.collect(path, county.returned(WATER, "另存.xlsx", filled()))
    assert again.files == ()
    assert again.update == again.conflict == ()
    assert again.same == 2
    assert stored(county) == before


def test_undo_brings_every_stored_text_back(county, now):
    before = stored(county)
    county.collect(
        county.returned(WATER, "水利.xlsx", filled()),
        county.returned(RESCUE, "应急.xlsx", filled()),
    )
    assert stored(county) != before
    undo_step(county.office, who="张三", now=now)
    assert stored(county) == before


def test_undo_brings_the_standing_of_an_earlier_file_back(county, now):
    county.collect(county.returned(WATER, "一.xlsx", filled("先"), day=3))
    before = stored(county)
    county.collect(county.returned(WATER, "二.xlsx", filled("后"), day=5))
    assert [f.standing for f in county.files()] == [Standing.EARLIER, Standing.CURRENT]
    undo_step(county.office, who="张三", now=now)
    assert stored(county) == before


@pytest.mark.parametrize("at", [1, 3, 4, 6, 7])
def test_cancel_in_the_middle_leaves_nothing(county, at):
    class Tired(Progress):
        taken = 0

        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            Tired.taken += 1
            self.cancel_wanted = Tired.taken == at
            super().step(text, done, total)

    paths = [
        county.returned(WATER, "水利.xlsx", filled()),
        county.returned(CULTURE, "文旅.xlsx", filled()),
    ]
    before, progress = stored(county), Tired()
    with pytest.raises(Cancelled):
        found = county.read(*paths, progress=progress)
        apply_collection(county.office, found, who="张三", now=SENT, progress=progress)
    assert stored(county) == before


def test_any_order_gives_the_same(county):
    paths = [
        county.returned(WATER, "一.xlsx", filled("一稿"), day=3),
        county.returned(WATER, "二.xlsx", filled("二稿"), day=4),
        county.returned(WATER, "三.xlsx", filled("三稿", (0,)), day=5),
        county.returned(RESCUE, "应急.xlsx", filled("应急")),
    ]
    found = {county.read(*order) for order in itertools.permutations(paths)}
    assert len(found) == 1


def test_files_collected_one_by_one_in_any_order_give_the_same(county, now):
    paths = [
        county.returned(WATER, "一.xlsx", filled("一稿"), day=3),
        county.returned(WATER, "二.xlsx", filled("二稿"), day=4),
        county.returned(RESCUE, "应急.xlsx", filled("应急")),
    ]
    results = []
    for order in itertools.permutations(paths):
        for path in order:
            county.collect(path)
        texts = {e.task_id: e.text for e in stored(county)[0].values()}
        files = {(f.name, f.standing, f.remarks) for f in county.files()}
        notes = {(n.unit, n.task_id, n.text) for n in county.notes()}
        results.append((texts, files, notes))
        for _ in order:
            undo_step(county.office, who="张三", now=now)
    assert all(result == results[0] for result in results)


def test_the_later_of_two_files_holds_and_the_earlier_says_so(county):
    early = county.returned(WATER, "早.xlsx", filled("早"), day=4)
    late = county.returned(WATER, "晚.xlsx", filled("晚", (0, 1)), day=8)
    found = county.collect(late, early)
    assert kinds(found) == ["returned_twice"]
    (finding,) = found.findings
    assert finding.file == str(early)
    assert "“晚.xlsx”" in finding.detail
    assert "第3项、第4项" in finding.detail
    assert county.entry(county.codes[2]).text.startswith("晚")
    assert county.entry(county.codes[5]).text.startswith("早")
    standing = {f.name: f.standing for f in county.files()}
    assert standing == {"早.xlsx": Standing.CURRENT, "晚.xlsx": Standing.CURRENT}


@pytest.mark.parametrize("names", [("甲.xlsx", "乙.xlsx"), ("乙.xlsx", "甲.xlsx")])
def test_of_files_saved_at_one_moment_the_later_in_the_folder_holds_for_good(county, names):
    first, last = names
    paths = [county.returned(WATER, first, filled("先"), day=4)]
    paths.append(county.returned(WATER, last, filled("后"), day=4))
    for path, hour in zip(paths, (9, 11), strict=True):
        moment = SENT.replace(day=9, hour=hour).timestamp()
        os.utime(path, (moment, moment))
    county.collect(*reversed(paths))
    assert county.entry(county.codes[3]).text.startswith("后")
    county.collect(county.returned(WATER, "丙.xlsx", filled("补", (0,)), day=5))
    assert county.entry(county.codes[3]).text.startswith("后")
    standing = {f.name: f.standing for f in county.files()}
    assert standing[first] is Standing.EARLIER
    assert standing[last] is Standing.CURRENT


def test_the_same_words_saved_again_are_no_second_return(county):
    one = county.returned(WATER, "一.xlsx", filled("同"), day=4)
    two = county.returned(WATER, "二.xlsx", filled("同"), day=5)
    found = county.collect(one, two)
    assert found.findings == ()
    assert found.same == 1


def test_two_units_on_one_task_stand_in_the_order_of_the_task(county):
    county.collect(county.returned(WATER, "水利.xlsx", filled("水")))
    assert county.entry(county.codes[4]).text.startswith("水第5项")
    county.collect(county.returned(RESCUE, "应急.xlsx", filled("急")))
    lines = county.entry(county.codes[4]).text.split("\n")
    assert [line[:6] for line in lines] == ["县应急局：急", "县水利局：水"]


def test_leads_that_disagree_on_the_state_are_asked_about(county):
    def says(state):
        def fill(sheet):
            sheet.fill()
            for row in sheet.rows:
                sheet.put(row, "办理状态", state)

        return fill

    found = county.collect(
        county.returned(WATER, "水利.xlsx", says("推进中")),
        county.returned(RESCUE, "应急.xlsx", says("已完成")),
    )
    (conflict,) = found.conflict
    assert (conflict.task, conflict.field) == (county.codes[4], "state")
    assert dict(zip(conflict.sources, conflict.values, strict=True)) == {
        RESCUE: "已完成",
        WATER: "推进中",
    }
    assert county.entry(county.codes[4]).state_text == ""


def test_what_the_clerk_wrote_waits_beside_what_the_unit_says(county):
    code = county.codes[3]
    county.edit(code, progress="县里核定的说法。")
    found = county.read(county.returned(WATER, "水利.xlsx", filled("水")))
    (conflict,) = found.conflict
    assert conflict.values == ("县里核定的说法。", "水第4项已办成6处。")
    apply_collection(county.office, found, who="张三", now=SENT)
    assert county.entry(code).text == "县里核定的说法。"
    assert any(n.text == "水第4项已办成6处。" for n in county.notes())


def test_the_clerk_may_take_the_units_words(county):
    code = county.codes[3]
    county.edit(code, progress="县里核定的说法。")
    found = county.read(county.returned(WATER, "水利.xlsx", filled("水")))
    decisions = ReturnDecisions(
        refused=frozenset({(county.codes[2], "progress")}), settled={(code, "progress"): 1}
    )
    apply_collection(county.office, found, decisions, who="张三", now=SENT)
    assert county.entry(code).text == "水第4项已办成6处。"
    assert county.entry(county.codes[2]).text == "上期第3项已立项。"


def test_a_resend_without_news_does_not_dispute_the_clerks_edit(county):
    county.collect(county.returned(WATER, "一.xlsx", filled("水"), day=4))
    county.edit(county.codes[3], progress="县里核定的说法。")
    found = county.read(county.returned(WATER, "二.xlsx", filled("水"), day=5))
    assert found.conflict == ()


def test_a_unit_that_says_done_does_not_close_its_task(county):
    def done(sheet):
        sheet.fill()
        for row, state in zip(sheet.rows, ("已完成", "已销号", "取消"), strict=False):
            sheet.put(row, "办理状态", state)

    county.collect(county.returned(WATER, "水利.xlsx", done))
    assert county.entry(county.codes[2]).state_text == "已完成"
    with county.office.read() as view:
        tasks = view.tasks(county.ledger.id)
    assert {task.completion for task in tasks} == {Completion.IN_PROGRESS}


def test_a_state_nobody_knows_is_asked_about(county):
    def odd(sheet):
        sheet.fill()
        sheet.put(sheet.rows[0], "办理状态", "快了快了")

    found = county.read(county.returned(WATER, "水利.xlsx", odd))
    (conflict,) = found.conflict
    assert (conflict.field, conflict.values[1]) == ("state", "快了快了")


def test_an_empty_form_is_shown_and_its_unit_is_still_missing(county):
    found = county.collect(county.returned(WATER, "水利.xlsx"), today=AFTER)
    assert kinds(found) == ["empty"]
    assert WATER in {one.unit for one in found.missing}
    late = county.read(county.returned(WATER, "填好.xlsx", filled(), day=12), today=AFTER)
    assert kinds(late) == []
    assert WATER not in {one.unit for one in late.missing}


def test_slashes_alone_report_nothing(county):
    def slashes(sheet):
        for row in sheet.rows:
            sheet.put(row, "本期进展", "/")
            sheet.put(row, "存在问题", "无")

    assert kinds(county.read(county.returned(WATER, "水利.xlsx", slashes))) == ["empty"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\xff\xd8\xff" + b"0" * 90, "照片.jpg"), (b"\x89PNG\r\n" + b"0" * 90, "扫描.png")],
)
def test_a_picture_beside_the_readable_form_is_its_sealed_copy(county, content, name):
    scan = county.folder / f"{WATER}{name}"
    form = county.returned(WATER, "水利.xlsx", filled())
    scan.write_bytes(content)
    alone = county.read(scan, today=AFTER)
    assert kinds(alone) == ["unreadable"]
    assert WATER not in {one.unit for one in alone.missing}
    county.collect(scan)
    found = county.collect(form)
    assert found.findings == ()
    assert {f.name: f.standing for f in county.files()}[scan.name] is Standing.COPY
    assert all(f.remarks == () for f in county.files())


def test_a_form_of_another_round_is_told_and_nothing_of_it_is_taken(county, now):
    from tracker.ops.rounds import choose_round, new_round

    path = county.returned(WATER, "水利.xlsx", filled("旧"))
    new_round(county.office, county.ledger, who="张三", now=now)
    third = choose_round(county.office, county.ledger, 3)
    from tracker.ops.collect import read_returns

    found = read_returns(county.office, county.ledger, third, [path])
    assert kinds(found) == ["wrong_round"]
    assert "第2期" in found.findings[0].detail
    assert found.notes == found.update == ()
    assert sum("旧第" in words.text for words in found.files[0].unplaced) == 4
    taken = read_returns(
        county.office, county.ledger, third, [path], this_round={found.files[0].hash}
    )
    assert len(taken.notes) == 4
    assert "wrong_round" not in kinds(taken)


def test_a_file_of_nobody_is_claimed_and_read_from_the_store(county):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("序号", "工作任务", "进展情况"),
        (4, "新建提灌站3座，铺设管道12公里。", "站房封顶。"),
    ):
        sheet.append(row)
    county.folder.mkdir()
    path = county.folder / "新建表格.xlsx"
    book.save(path)
    found = county.collect(path, today=AFTER)
    assert kinds(found) == ["unknown_unit"]
    assert found.unclaimed == 1
    assert found.notes == ()
    claimed = county.collect(claimed={found.files[0].hash: WATER})
    assert [(n.unit, n.text) for n in claimed.notes] == [(WATER, "站房封顶。")]
    (file,) = county.files()
    assert (file.unit, file.remarks) == (WATER, ())
    with pytest.raises(UserError, match="没有名为"):
        county.read(path, claimed={"0": "县无此局"})


def test_words_the_clerk_settled_stay_settled_when_another_file_comes(county):
    def more(sheet):
        sheet.fill()
        sheet.sheet.cell(sheet.sheet.max_row + 2, 2).value = "另请协调用地指标。"

    county.collect(county.returned(WATER, "一.xlsx", more, day=4))
    with county.office.change("处理", "张三", SENT) as work:
        (row,) = work.returned_files(work.round_by_id(county.round.id))
        row.remarks = [{**remark, "settled": "已阅"} for remark in row.remarks]
        row.unplaced = [{**words, "settled": "已转办"} for words in row.unplaced]
    county.collect(county.returned(WATER, "二.xlsx", filled("后"), day=6))
    early = next(f for f in county.files() if f.name == "一.xlsx")
    assert {words.settled for words in early.unplaced} == {"已转办"}
    told = {remark.kind: remark.settled for remark in early.remarks}
    assert told == {FindingKind.UNPLACED_TEXT: "已阅", FindingKind.RETURNED_TWICE: ""}


def test_a_closed_round_takes_nothing(county):
    path = county.returned(WATER, "水利.xlsx", filled())
    found = county.read(path)
    with county.office.change("定稿", "张三", SENT) as work:
        row = work.round_by_id(county.round.id)
        row.state = RoundState.CLOSED.value
    with pytest.raises(UserError, match="已定稿"):
        apply_collection(county.office, found, who="张三", now=SENT)


def test_an_entry_changed_since_the_files_were_read_stops_the_writing(county):
    found = county.read(county.returned(WATER, "水利.xlsx", filled()))
    county.edit(county.codes[3], progress="刚改的。")
    before = stored(county)
    with pytest.raises(UserError, match="又被改动"):
        apply_collection(county.office, found, who="张三", now=SENT)
    assert stored(county) == before


def test_a_folder_is_searched_and_what_is_no_return_is_passed_over(county):
    county.returned(WATER, "下级/水利.xlsx", filled())
    for name in ("~$水利.xlsx", "Thumbs.db", ".DS_Store"):
        (county.folder / name).write_bytes(b"0")
    (county.folder / "02期-发出清单.xlsx").write_bytes(b"PK")
    found = county.read(county.folder)
    assert [file.name for file in found.files] == ["水利.xlsx"]
    with pytest.raises(FileProblem, match="找不到"):
        county.read(county.folder / "没有")


def test_a_zip_is_refused_with_a_sentence(county):
    from zipfile import ZipFile

    county.folder.mkdir()
    path = county.folder / f"{WATER}.zip"
    with ZipFile(path, "w") as package:
        package.writestr("a.txt", "x")
    found = county.read(path)
    assert kinds(found) == ["unreadable"]
    assert "解压" in found.findings[0].detail


def test_a_letter_is_read_where_it_names_the_task_surely(county):
    letter = docx.Document()
    for line in (
        "关于重点工作的复函",
        "县督查室：",
        "第4项：新建提灌站3座，铺设管道12公里。两座站房已封顶。",
        "管道已铺设5公里。",
        "二、整治小清河岸线7公里，清运淤泥2万方：已完成4公里。",
        "下一步继续加大力度。",
        WATER,
    ):
        letter.add_paragraph(line)
    county.folder.mkdir()
    path = county.folder / "复函.docx"
    letter.save(str(path))
    found = county.read(path)
    assert {n.code: n.text for n in found.notes} == {
        county.codes[3]: "两座站房已封顶。\n管道已铺设5公里。",
        county.codes[2]: "已完成4公里。",
    }
    assert found.files[0].kind is FileKind.TEXT
    assert found.files[0].unit_reason == "表头或落款"
    apart = "".join(words.text for words in found.files[0].unplaced)
    assert "下一步继续加大力度。" in apart
    assert "关于重点工作的复函" in apart


def test_a_cooperating_unit_keeps_its_words_a_stranger_does_not(county):
    def with_row(number, task):
        def fill(sheet):
            sheet.fill()
            row = sheet.rows[-1] + 1
            sheet.sheet.insert_rows(row)
            sheet.put(row, "序号", number)
            sheet.put(row, "工作任务", task)
            sheet.put(row, "本期进展", "本单位也有进展。")

        return fill

    helping = county.read(
        county.returned(HOUSING, "住建.xlsx", with_row("3", "整治小清河岸线7公里，清运淤泥2万方。"))
    )
    assert helping.findings == ()
    assert county.codes[2] in {n.code for n in helping.notes}
    strange = county.read(
        county.returned(WATER, "水利.xlsx", with_row("2", "建成街头书亭4处，配书5000册。"))
    )
    assert "foreign_rows" in kinds(strange)
    assert county.codes[1] not in {n.code for n in strange.notes}
    assert any("本单位也有进展。" in words.text for words in strange.files[0].unplaced)
