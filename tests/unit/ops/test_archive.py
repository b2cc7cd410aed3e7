"""归档: everything of a year in one folder, whole or not at all, and checked by its list."""

from __future__ import annotations

import hashlib
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.year_story import WHO, live_a_year
from tracker.base.errors import Cancelled, UserError
from tracker.base.progress import Progress
from tracker.ops import archive
from tracker.ops.archive import DATABASE, check_archive, make_archive
from tracker.ops.archive_list import LIST
from tracker.ops.evidence import attach_bytes
from tracker.ops.ledgers import choose_ledger
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds
from tracker.ops.tasks import list_tasks
from tracker.store.files import create_store

END = datetime(2026, 12, 28, 9)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An office with a year behind it and its archive, made once: (database, archive, report)."""
    place = tmp_path_factory.mktemp("归档")
    office = create_store(place / "台账.db", END)
    try:
        ledger = live_a_year(office, 2)
        for content in ("验收合格。", "另一份验收单。"):
            attach_bytes(office, "1-005", "验收：单.txt", content.encode(), who=WHO, now=END)
        done = make_archive(office, ledger, place / "归档 2026", now=END)
    finally:
        office.close()
    return place / "台账.db", done


@pytest.fixture
def office(made, tmp_path):
    """A copy of that office."""
    path = tmp_path / "台账.db"
    shutil.copyfile(made[0], path)
    store = open_office(path, END)
    yield store
    store.close()


@pytest.fixture
def year(office):
    return choose_ledger(office, None)


@pytest.fixture
def folder(made, tmp_path):
    """A copy of the archive."""
    return Path(shutil.copytree(made[1].path, tmp_path / "归档 2026"))


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_archive_holds_every_paper_of_the_year(made, folder):
    done = made[1]
    names = set(files_in(folder))
    assert done.files == len(names) - 1
    for name in (
        "年度总表",
        "责任分解表",
        "单位年度记录/汇总",
        "第01期/落实情况表",
        "第01期/责任分解表",
    ):
        assert {f"{name}.xlsx", f"{name}.pdf"} <= names
    assert {"第01期/通报.docx", "目录.xlsx", LIST, DATABASE} <= names
    assert any(name.startswith("单子/") for name in names)
    assert not any(name.startswith("第02期") for name in names)
    assert done.warnings[-1] == "第2期没有定稿，没有单独的报表；它的内容在年度总表里"
    held = {name for name in names if name.startswith("佐证材料/第10项 1-005/")}
    assert {name.rpartition("/")[2] for name in held} == {"验收：单.txt", "验收：单（2）.txt"}


def test_the_list_names_every_file_with_its_hash(folder):
    lines = (folder / LIST).read_text(encoding="utf-8-sig").splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines if not line.startswith("#"))
    held = {n: hashlib.sha256(c).hexdigest() for n, c in files_in(folder).items() if n != LIST}
    assert told == held
    sheet = openpyxl.load_workbook(folder / "目录.xlsx").active
    cells = {row[2].value: row[4].value for row in sheet.iter_rows() if len(row) > 4}
    assert {n: d for n, d in held.items() if n != "目录.xlsx"}.items() <= cells.items()


def test_the_same_office_at_the_same_moment_gives_the_same_files(office, year, folder, tmp_path):
    make_archive(office, year, tmp_path / "再次", now=END)
    one, other = files_in(folder), files_in(tmp_path / "再次")
    assert one.keys() == other.keys()
    differing = {name for name in one if one[name] != other[name]}
    assert differing <= {DATABASE, LIST, "目录.xlsx"}


def test_a_copied_database_opens_with_the_whole_ledger(office, year, folder):
    kept = open_office(folder / DATABASE, END)
    try:
        assert len(list_tasks(kept, year)) == len(list_tasks(office, year))
        assert list_rounds(kept, year) == list_rounds(office, year)
    finally:
        kept.close()


def test_a_check_names_what_is_missing_changed_and_added(folder):
    assert check_archive(folder).lines()[0].endswith("个文件都与目录一致")
    (folder / "年度总表.pdf").unlink()
    (folder / "责任分解表.xlsx").write_bytes(b"x")
    (folder / "第01期" / "新增.txt").write_text("多出", encoding="utf-8")
    (folder / "desktop.ini").write_text("", encoding="utf-8")
    assert check_archive(folder).lines() == (
        "缺少：年度总表.pdf",
        "已改动：责任分解表.xlsx",
        "多出：第01期/新增.txt",
    )


@pytest.mark.parametrize(
    "line", ["abc  年度总表.xlsx", f"{'0' * 64}  ../外面.txt", f"{'0' * 64}  /etc/passwd"]
)
def test_a_list_that_was_meddled_with_is_refused(folder, line):
    with (folder / LIST).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(UserError, match="写得不对"):
        check_archive(folder)


def test_another_folder_is_no_archive(tmp_path):
    with pytest.raises(UserError, match="不是归档文件夹"):
        check_archive(tmp_path)
    with pytest.raises(UserError, match="没有这个归档文件夹"):
        check_archive(tmp_path / "没有")


def test_an_older_archive_is_replaced_whole_and_nothing_else_is(office, year, folder, tmp_path):
    (folder / "旧.txt").write_text("旧", encoding="utf-8")
    make_archive(office, year, folder, now=END)
    assert not (folder / "旧.txt").exists()
    other = tmp_path / "别的"
    other.mkdir()
    (other / "重要.txt").write_text("重要", encoding="utf-8")
    with pytest.raises(UserError, match="已有别的文件"):
        make_archive(office, year, other, now=END)
    assert [path.name for path in other.iterdir()] == ["重要.txt"]


def test_what_fails_leaves_the_older_archive_and_nothing_half_written(
    office, year, folder, monkeypatch
):
    before = files_in(folder)

    def full(*_args, **_named):
        raise OSError(28, "磁盘已满")

    monkeypatch.setattr(archive, "write_list", full)
    with pytest.raises(UserError, match="归档没有写成"):
        make_archive(office, year, folder, now=END)
    assert files_in(folder) == before
    assert [path.name for path in folder.parent.iterdir() if "归档" in path.name] == [folder.name]


def test_a_cancelled_archive_leaves_nothing(office, year, tmp_path):
    folder = tmp_path / "新归档"
    with pytest.raises(Cancelled):
        make_archive(office, year, folder, now=END, progress=Progress(cancel_wanted=True))
    assert not folder.exists()
    assert not [path for path in folder.parent.iterdir() if path.name.startswith(".~")]
