"""Sixty forms go out and come back as forms do: every file and every sentence is accounted for."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.helpers import returned_forms
from tests.helpers.command import command
from tests.helpers.county import UNITS, write_table
from tests.helpers.returned_forms import BY_HAND, BY_OFFICE, FormSheet, fill
from tracker.domain.returned import Standing
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds

if TYPE_CHECKING:
    from tracker.domain.entry import EntryRow, NoteRow
    from tracker.domain.returned import ReturnedFileRow
    from tracker.domain.task import TaskRow

SENT = datetime(2026, 3, 2, 9, 30)
LATER = datetime(2026, 3, 18, 15, 0)
SILENT = 5
"""So many units send nothing at all."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office whose second round was sent out: its file, and the forms by unit."""
    folder = tmp_path_factory.mktemp("县")
    table, path = folder / "第一期.xlsx", folder / "县 台账.db"
    write_table(table)
    assert command("import", table, "--db", path, "--round", 1, "--apply", now=SENT).status == 0
    opened = command("round", "new", "--db", path, "--due", "2026-03-13", now=SENT)
    assert opened.status == 0
    out = folder / "发出"
    assert command("forms", "--db", path, "--round", 2, "--out", out, now=SENT).status == 0
    return path, {unit: next(out.glob(f"02期-{unit}-*.xlsx")) for unit in UNITS}


@pytest.fixture(scope="module")
def sent(office):
    return office[1]


@pytest.fixture
def db(office, tmp_path):
    copy = tmp_path / "县 台账.db"
    shutil.copyfile(office[0], copy)
    return copy


@pytest.fixture(scope="module")
def mail(sent, tmp_path_factory):
    """What came back, and the folder it lies in."""
    folder = tmp_path_factory.mktemp("收到")
    return list(_answers(sent, folder)), folder


def _answers(sent, folder):
    damages = (*BY_HAND, *(BY_OFFICE if shutil.which("soffice") else ()))
    for place, unit in enumerate(UNITS[SILENT:]):
        path = folder / sent[unit].name
        shutil.copyfile(sent[unit], path)
        returned = fill(path, unit, "本期")
        if place < len(damages):
            own = folder / f"来件{place:02}"
            own.mkdir()
            returned.path = path.rename(own / path.name)
            returned.damage = damages[place].__name__
            damages[place](returned, own)
        yield returned


def collected(db, folder, *more):
    return command("collect", folder, "--db", db, "--round", 2, "--json", *more, now=LATER)


@dataclass(frozen=True)
class Stored:
    """Everything that was kept of a round."""

    tasks: dict[int, TaskRow]
    notes: tuple[NoteRow, ...]
    files: tuple[ReturnedFileRow, ...]
    entries: dict[int, EntryRow]


def stored(db):
    """Everything that was kept of the second round: words of notes and what had no place."""
    office = open_office(db, LATER)
    try:
        ledger = list_ledgers(office)[0]
        round_ = list_rounds(office, ledger)[1]
        with office.read() as view:
            tasks = {task.id: task for task in view.tasks(ledger.id)}
            return Stored(
                tasks,
                view.round_notes(round_.id),
                view.returned_files(round_.id),
                view.entries(round_.id),
            )
    finally:
        office.close()


def squeezed(text):
    return "".join(text.split())


def test_every_unit_gets_its_form(sent):
    assert len(sent) == 60
    for unit, path in sent.items():
        form = FormSheet(path)
        assert form.rows, unit
        assert all(form.at(row, "上期进展") for row in form.rows)


def test_every_file_and_every_sentence_is_accounted_for(db, mail):
    answers, folder = mail
    assert collected(db, folder, "--apply").status == 3
    kept = stored(db)
    by_file = {file.blob_hash: file for file in kept.files}
    for returned in answers:
        digest = hashlib.sha256(returned.path.read_bytes()).hexdigest()
        assert digest in by_file, returned
    words_kept = squeezed(
        "\n".join(
            [n.text + n.problems + n.next_steps for n in kept.notes]
            + [words.text for file in kept.files for words in file.unplaced]
            + [f"{r.old}{r.new}" for file in kept.files for r in file.remarks]
        )
    )
    lost = [
        (returned.damage, words)
        for returned in answers
        for words in (*returned.said.values(), *returned.apart)
        if squeezed(words) not in words_kept
    ]
    assert not lost


def test_words_stand_with_the_unit_and_the_task_they_were_written_for(db, mail):
    answers, folder = mail
    collected(db, folder, "--apply")
    kept = stored(db)
    placed = {(n.unit, kept.tasks[n.task_id].text): n.text for n in kept.notes}
    wrong = [
        (returned.damage, task, words, placed.get((returned.unit, task)))
        for returned in answers
        for task, words in returned.said.items()
        if squeezed(placed.get((returned.unit, task), "")) != squeezed(words)
    ]
    assert not wrong
    said = {words for returned in answers for words in returned.said.values()}
    assert {squeezed(n.text) for n in kept.notes} == {squeezed(words) for words in said}


def test_entries_say_what_the_units_said(db, mail):
    _, folder = mail
    collected(db, folder, "--apply")
    kept = stored(db)
    by_task = {}
    for note in kept.notes:
        by_task.setdefault(note.task_id, {})[note.unit] = note.text
    for task_id, said in by_task.items():
        for words in said.values():
            assert words in kept.entries[task_id].text
        if len(said) == 1:
            assert kept.entries[task_id].text == next(iter(said.values()))


def test_each_damage_is_told_in_plain_words(db, mail):
    answers, folder = mail
    found = collected(db, folder).json["findings"]
    by_file = {}
    for finding in found:
        assert finding["detail"]
        by_file.setdefault(Path(finding["file"]).name, set()).add(finding["kind"])
    for returned in answers:
        told = by_file.get(returned.path.name, set())
        assert returned.expected <= told, (returned.damage, told)
    innocent = [r for r in answers if not r.damage]
    assert not [r.unit for r in innocent if by_file.get(r.path.name)]


def test_only_the_silent_are_missing(db, mail):
    answers, folder = mail
    missing = collected(db, folder).json["missing"]
    empty = {r.unit for r in answers if r.damage == "empty"}
    assert {one["unit"] for one in missing} - empty == set(UNITS[:SILENT])
    for one in missing:
        assert one["due"] == "2026-03-13"
        assert one["working_days_late"] == 3
        assert one["unit"] in one["reminder"]


def test_collecting_again_changes_nothing(db, mail):
    _, folder = mail
    collected(db, folder, "--apply")
    before = stored(db)
    again = collected(db, folder, "--apply").json
    assert again["update"] == []
    assert stored(db) == before


def test_any_order_gives_the_same(db, mail, tmp_path):
    answers, _ = mail
    other = tmp_path / "另一份.db"
    shutil.copyfile(db, other)
    paths = [returned.path for returned in answers]
    random.Random(7).shuffle(paths)
    for path, database in ((paths, db), (sorted(paths, reverse=True), other)):
        words = ("collect", *path, "--db", database, "--round", 2, "--apply", "--json")
        assert command(*words, now=LATER).status == 3
    one, two = stored(db), stored(other)
    assert {(n.unit, n.task_id, n.text) for n in one.notes} == {
        (n.unit, n.task_id, n.text) for n in two.notes
    }
    assert {t: e.text for t, e in one.entries.items()} == {
        t: e.text for t, e in two.entries.items()
    }


@pytest.mark.parametrize("own_time", [True, False], ids=["file's own time", "folder's time"])
def test_of_a_form_returned_twice_the_later_holds_and_the_earlier_is_kept(
    db, sent, tmp_path, own_time
):
    folder = tmp_path / "两次"
    folder.mkdir()
    unit = UNITS[0]
    early, late = folder / "二稿.xlsx", folder / "一稿.xlsx"
    for path, mark, day in ((early, "初稿", 5), (late, "改后", 9)):
        shutil.copyfile(sent[unit], path)
        fill(path, unit, mark)
        _set_saved(path, datetime(2026, 3, day if own_time else 5, 8, 0))
        folder_time = datetime(2026, 3, 6 if own_time else day, 8, 0).timestamp()
        os.utime(path, (folder_time, folder_time))
    found = collected(db, folder, "--apply").json
    assert "returned_twice" in {finding["kind"] for finding in found["findings"]}
    kept = stored(db)
    standing = {file.name: file.standing for file in kept.files}
    assert standing == {early.name: Standing.EARLIER, late.name: Standing.CURRENT}
    texts = [e.text for e in kept.entries.values() if unit in e.text]
    assert texts
    assert all("改后" in text and "初稿" not in text for text in texts)
    placed = [n.text for n in kept.notes]
    apart = [words.text for file in kept.files for words in file.unplaced]
    assert "初稿报" in "".join(placed + apart)


def _set_saved(path, moment):
    """Write when a workbook was last saved, by its own word."""
    parts = {}
    with ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    core = parts["docProps/core.xml"].decode()
    told = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{moment.isoformat()}Z", core)
    assert told != core
    with ZipFile(path, "w") as archive:
        for name, content in (parts | {"docProps/core.xml": told.encode()}).items():
            archive.writestr(name, content)


def test_a_form_of_last_round_is_told_and_its_words_are_kept_apart(db, sent, tmp_path):
    opened = command("round", "new", "--db", db, "--due", "2026-04-10", now=LATER)
    assert opened.status == 0
    folder = tmp_path / "旧表"
    folder.mkdir()
    unit = UNITS[3]
    path = folder / "反馈表.xlsx"
    shutil.copyfile(sent[unit], path)
    fill(path, unit, "旧表")
    ran = command("collect", folder, "--db", db, "--round", 3, "--json", now=LATER)
    assert "wrong_round" in {finding["kind"] for finding in ran.json["findings"]}
    assert ran.json["update"] == []


def test_a_scan_beside_the_readable_form_is_its_sealed_copy(db, sent, tmp_path):
    folder = tmp_path / "盖章"
    folder.mkdir()
    unit = UNITS[8]
    shutil.copyfile(sent[unit], folder / f"{unit}.xlsx")
    fill(folder / f"{unit}.xlsx", unit, "盖章")
    scan = folder / f"{unit}（盖章）.pdf"
    scan.write_bytes(returned_forms.SCAN)
    ran = collected(db, folder, "--apply")
    files = {file.name: file for file in stored(db).files}
    assert files[scan.name].standing is Standing.COPY
    assert files[scan.name].unit == unit
    assert not [f for f in ran.json["findings"] if f["file"].endswith(".pdf")]


def test_what_the_clerk_wrote_is_not_written_over(db, sent, tmp_path):
    folder = tmp_path / "来件"
    folder.mkdir()
    unit = UNITS[10]
    shutil.copyfile(sent[unit], folder / "表.xlsx")
    returned = fill(folder / "表.xlsx", unit, "单位")
    tasks = {t.text: t for t in stored(db).tasks.values()}
    task = tasks[next(iter(returned.said))]
    edited = command(
        "task", "edit", task.code, "--db", db, "--progress", "县里核定的说法。", now=LATER
    )
    assert edited.status == 0, edited.err
    ran = collected(db, folder, "--apply")
    conflict = [c for c in ran.json["conflict"] if c["task"] == task.code]
    assert conflict
    assert stored(db).entries[task.id].text == "县里核定的说法。"
    assert any(n.task_id == task.id for n in stored(db).notes)


def test_undo_takes_a_whole_collection_back(db, mail):
    _, folder = mail
    before = stored(db)
    collected(db, folder, "--apply")
    assert stored(db) != before
    assert command("history", "undo", "--db", db, now=LATER).status == 0
    assert stored(db) == before


def test_reading_alone_stores_nothing(db, mail):
    _, folder = mail
    before = db.read_bytes()
    collected(db, folder)
    assert db.read_bytes() == before
