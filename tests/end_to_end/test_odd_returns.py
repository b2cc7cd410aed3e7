"""Returns that no form foresaw: wrong columns, foreign formats, several units, words like 同上."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from zipfile import ZipFile

import openpyxl
import pytest

from tests.helpers.command import command
from tests.helpers.county import UNITS, write_table
from tests.helpers.pages import to_pdf
from tests.helpers.returned_forms import SCAN, FormSheet, convert, fill
from tracker.domain.returned import FileKind
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds

SENT = datetime(2026, 3, 2, 9, 30)
LATER = datetime(2026, 3, 18, 15, 0)
UNIT = UNITS[2]
OTHER = UNITS[45]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("县")
    table, path = folder / "第一期.xlsx", folder / "县 台账.db"
    write_table(table)
    command("import", table, "--db", path, "--round", 1, "--apply", now=SENT)
    command("round", "new", "--db", path, "--due", "2026-03-13", now=SENT)
    out = folder / "发出"
    assert command("forms", "--db", path, "--round", 2, "--out", out, now=SENT).status == 0
    return path, {unit: next(out.glob(f"02期-{unit}-*.xlsx")) for unit in UNITS}


@pytest.fixture
def db(office, tmp_path):
    copy = tmp_path / "台账.db"
    shutil.copyfile(office[0], copy)
    return copy


@pytest.fixture
def form(office, tmp_path):
    """A filled form of one unit, in a folder of its own."""
    folder = tmp_path / "来件"
    folder.mkdir()

    def make(unit=UNIT, mark="本期", name="反馈表.xlsx"):
        path = folder / name
        shutil.copyfile(office[1][unit], path)
        return fill(path, unit, mark)

    return make


def collected(db, folder, *more):
    return command(
        "collect", folder, "--db", db, "--round", 2, "--apply", "--json", *more, now=LATER
    )


def kept(db):
    """Notes as (unit, task, text), the files, and all words without a place."""
    office = open_office(db, LATER)
    try:
        ledger = list_ledgers(office)[0]
        round_ = list_rounds(office, ledger)[1]
        with office.read() as view:
            tasks = {task.id: task.text for task in view.tasks(ledger.id)}
            notes = view.round_notes(round_.id)
            files = view.returned_files(round_.id)
    finally:
        office.close()
    said = {(n.unit, tasks[n.task_id]): n for n in notes}
    apart = "".join(words.text for file in files for words in file.unplaced)
    return said, files, "".join(apart.split())


def expect(db, returned):
    """Every word the unit wrote stands with its task, or is kept apart."""
    said, _, apart = kept(db)
    for task, words in returned.said.items():
        note = said.get((returned.unit, task))
        assert (note is not None and words in note.text) or words in apart, (task, words)
    return said


@pytest.mark.parametrize("ending", ["xls", "et", "wps", "doc", "pdf", "txt"])
def test_the_ending_says_nothing(db, form, ending):
    returned = form()
    path = returned.path.rename(returned.path.with_suffix(f".{ending}"))
    collected(db, path.parent)
    said = expect(db, returned)
    assert all((UNIT, task) in said for task in returned.said)


def test_a_form_printed_to_pdf_is_read(db, form, tmp_path):
    returned = form()
    (pdf,) = to_pdf([returned.path], tmp_path / "pdf")
    target = returned.path.with_suffix(".pdf")
    shutil.copyfile(pdf, target)
    returned.path.unlink()
    collected(db, target.parent)
    expect(db, returned)


def test_a_page_saved_by_an_office_system_is_read(db, form):
    returned = form()
    sheet = FormSheet(returned.path)
    rows = "".join(
        f"<tr><td>{sheet.at(r, '序号')}</td><td>{sheet.at(r, '工作任务')}</td>"
        f"<td>{sheet.at(r, '本期进展')}</td></tr>"
        for r in sheet.rows
    )
    page = (
        f"<html><body><p>填报单位：{UNIT}</p><table><tr><td>序号</td><td>工作任务</td>"
        f"<td>落实情况</td></tr>{rows}</table></body></html>"
    )
    returned.path.unlink()
    returned.path.with_suffix(".xls").write_text(page, encoding="gb18030")
    collected(db, returned.path.parent)
    said = expect(db, returned)
    assert len(said) == len(returned.said)


def test_lines_of_a_table_in_an_old_encoding_are_read(db, form):
    returned = form()
    sheet = FormSheet(returned.path)
    target = returned.path.with_name(f"{UNIT}.csv")
    with target.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["序号", "工作任务", "本期进展"])
        for row in sheet.rows:
            writer.writerow([sheet.at(row, h) for h in ("序号", "工作任务", "本期进展")])
    returned.path.unlink()
    collected(db, target.parent)
    said = expect(db, returned)
    assert len(said) == len(returned.said)


def test_words_written_over_the_last_round_are_told_and_kept(db, form):
    returned = form()
    sheet = FormSheet(returned.path)
    row = sheet.rows[0]
    words = f"{UNIT}把本期的话写在了上期的格子里。"
    sheet.put(row, "本期进展", None)
    sheet.put(row, "上期进展", words)
    sheet.save()
    collected(db, returned.path.parent)
    said, _, apart = kept(db)
    texts = "".join("".join(n.text.split()) for n in said.values())
    assert words in texts + apart


def test_two_units_in_one_workbook_are_not_mixed_up(db, form, office):
    one, two = form(UNIT, name="一.xlsx"), form(OTHER, name="二.xlsx")
    book = openpyxl.load_workbook(one.path)
    other = openpyxl.load_workbook(two.path)
    source = next(s for s in other if s.sheet_state == "visible")
    copy = book.create_sheet(OTHER)
    for cells in source.iter_rows():
        for cell in cells:
            copy.cell(cell.row, cell.column).value = cell.value
    book.save(one.path)
    two.path.unlink()
    collected(db, one.path.parent)
    said = expect(db, one)
    said = expect(db, two)
    assert not any(OTHER in n.text and unit == UNIT for (unit, _), n in said.items())


def test_a_locked_file_is_kept_and_told(db, form):
    pytest.importorskip("msoffcrypto")
    from io import BytesIO

    from msoffcrypto.format.ooxml import OOXMLFile

    returned = form(name=f"{UNIT}.xlsx")
    locked = BytesIO()
    with returned.path.open("rb") as plain:
        OOXMLFile(plain).encrypt("密码1", locked)
    returned.path.write_bytes(locked.getvalue())
    ran = collected(db, returned.path.parent)
    (finding,) = [f for f in ran.json["findings"] if f["kind"] == "unreadable"]
    assert "密码" in finding["detail"]
    assert UNIT not in {one["unit"] for one in ran.json["missing"]}
    assert [file.kind for file in kept(db)[1]] == [FileKind.UNREADABLE]


def test_an_archive_is_kept_and_told(db, form, tmp_path):
    returned = form(name=f"{UNIT}.xlsx")
    with ZipFile(returned.path.with_suffix(".zip"), "w") as archive:
        archive.write(returned.path, returned.path.name)
    returned.path.unlink()
    ran = collected(db, returned.path.parent)
    assert [f["kind"] for f in ran.json["findings"]] == ["unreadable"]
    assert UNIT not in {one["unit"] for one in ran.json["missing"]}


def test_a_form_of_another_ledger_gives_nothing_away(db, form, tmp_path):
    table = tmp_path / "别的.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["序号", "工作任务", "牵头单位", "落实情况"])
    book.active.append([1, "开展清廉机关创建活动，年内评选一批示范点。", UNIT, "已制定方案。"])
    book.save(table)
    imported = command(
        *("import", table, "--db", db, "--ledger", "清廉建设", "--round", 1, "--apply"), now=SENT
    )
    assert imported.status == 0, imported.err
    out = tmp_path / "发出"
    sent = command(
        *("forms", "--db", db, "--ledger", "清廉建设", "--round", 1, "--out", out), now=SENT
    )
    assert sent.status in (0, 3), sent.err
    (path,) = out.glob("01期-*反馈表.xlsx")
    folder = tmp_path / "别的来件"
    folder.mkdir()
    shutil.copyfile(path, folder / "表.xlsx")
    returned = fill(folder / "表.xlsx", UNIT, "别的专项")
    name = list_names(db)[0]
    ran = collected(db, folder, "--ledger", name)
    assert ran.json["update"] == []
    said, _, apart = kept(db)
    assert not said
    assert all(words in apart for words in returned.said.values())
    assert "wrong_round" in {f["kind"] for f in ran.json["findings"]}


def list_names(db):
    return [one["name"] for one in command("ledger", "list", "--db", db, "--json").json]


@pytest.mark.parametrize("words", ["无", "同上", "同上期", "正常"])
def test_short_words_are_taken_to_the_letter(db, form, words):
    returned = form()
    sheet = FormSheet(returned.path)
    for row in sheet.rows:
        for heading in ("本期进展", "存在问题"):
            sheet.put(row, heading, words)
    sheet.save()
    collected(db, returned.path.parent)
    said, _, _ = kept(db)
    for task in returned.said:
        assert said[UNIT, task].text == words


@pytest.mark.parametrize(
    ("typed", "expected"), [("85%", 85.0), (0.5, 0.5), (60, 60.0), ("约七成", None), ("", None)]
)
def test_shares_are_read_where_they_are_certain(db, form, typed, expected):
    returned = form()
    sheet = FormSheet(returned.path)
    sheet.put(sheet.rows[0], "完成率（%）", typed)
    sheet.save()
    task = sheet.at(sheet.rows[0], "工作任务")
    collected(db, returned.path.parent)
    said, _, apart = kept(db)
    if expected is None:
        assert said[UNIT, task].percent is None
        assert str(typed) in apart
    else:
        assert said[UNIT, task].percent == expected


def test_both_leads_stand_in_the_entry_in_their_order(db, form):
    both = [t for t in _doubles(db) if UNIT in t[1]]
    if not both:
        pytest.skip("the unit leads nothing together with another")
    text, leads = both[0]
    for unit in leads:
        form(unit, name=f"{unit}.xlsx")
    folder = form(UNIT, name=f"{UNIT}.xlsx").path.parent
    collected(db, folder)
    listed = command("task", "list", "--db", db, "--json").json
    entry = next(one for one in listed if one["text"] == text)["entry"]
    lines = entry["progress"].split("\n")
    assert [line.split("：")[0] for line in lines] == list(leads)


def _doubles(db):
    listed = command("task", "list", "--db", db, "--json").json
    return [(one["text"], one["lead"]) for one in listed if len(one["lead"]) > 1]


def test_rows_typed_by_hand_as_a_list_are_read_or_kept(db, form):
    returned = form()
    target = returned.path.with_name(f"{UNIT}情况.txt")
    sheet = FormSheet(returned.path)
    lines = [f"{UNIT}本月工作情况", ""]
    for place, row in enumerate(sheet.rows, 1):
        lines.append(
            f"{place}、{sheet.at(row, '工作任务')[:14]}。{returned.said[sheet.at(row, '工作任务')]}"
        )
    target.write_text("\n".join(lines), encoding="utf-8")
    returned.path.unlink()
    collected(db, target.parent)
    expect(db, returned)


def test_a_photo_without_a_name_waits_to_be_claimed(db, form):
    folder = form().path.parent
    (folder / "反馈表.xlsx").unlink()
    (folder / "IMG_0326.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 400)
    (folder / "扫描.pdf").write_bytes(SCAN)
    ran = collected(db, folder)
    kinds = [f["kind"] for f in ran.json["findings"]]
    assert "unknown_unit" in kinds or "unreadable" in kinds
    files = kept(db)[1]
    assert sorted(file.name for file in files) == ["IMG_0326.jpg", "扫描.pdf"]
    assert {file.unit for file in files} == {""}


def test_hidden_rows_and_filters_hide_no_word(db, form):
    returned = form()
    sheet = FormSheet(returned.path)
    for row in sheet.rows[1:]:
        sheet.sheet.row_dimensions[row].hidden = True
    sheet.save()
    collected(db, returned.path.parent)
    said = expect(db, returned)
    assert len(said) == len(returned.said)


def test_a_form_saved_by_another_program_with_a_new_name_needs_no_guess(db, form, tmp_path):
    returned = form(name="11.xlsx")
    saved = convert(returned.path, "xls", tmp_path / "xls")
    returned.path.unlink()
    shutil.copyfile(saved, returned.path.with_name("22.xls"))
    ran = collected(db, returned.path.parent)
    assert ran.json["findings"] == []
    said = expect(db, returned)
    assert all((UNIT, task) in said for task in returned.said)
