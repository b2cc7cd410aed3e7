"""Opening and making files: what is wrong is said in words, and nothing is spoilt."""

from __future__ import annotations

import shutil
import sqlite3
import stat

import pytest
from sqlalchemy import text

from tracker.base.errors import StoreProblem, UserError
from tracker.ops.upkeep import backup_office, check_office, restore_office
from tracker.store.files import create_store, open_store
from tracker.store.migrations import MIGRATIONS, Step
from tracker.store.models import Ledger


def add_ledger(store, name, now):
    with store.change("新建专项", "张三", now) as work:
        work.add(Ledger(name=name))


def names(path, now):
    store = open_store(path, now)
    with store.read() as view:
        found = [ledger.name for ledger in view.ledgers()]
    store.close()
    return found


def test_a_missing_file_is_named(tmp_path, now):
    with pytest.raises(StoreProblem, match="没有这个台账文件"):
        open_store(tmp_path / "无.db", now)


def test_an_empty_file_is_refused_when_opened_and_filled_when_made(tmp_path, now):
    path = tmp_path / "空.db"
    path.touch()
    with pytest.raises(StoreProblem, match="空的"):
        open_store(path, now)
    create_store(path, now).close()
    assert names(path, now) == []


@pytest.mark.parametrize("content", [b"PK\x03\x04 something", b"x" * 5000, "文字".encode()])
def test_a_file_that_is_no_database_is_refused(tmp_path, now, content):
    path = tmp_path / "表格.db"
    path.write_bytes(content)
    with pytest.raises(StoreProblem, match="不是本程序的台账文件"):
        open_store(path, now)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path, now):
    path = tmp_path / "别的.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table task (id integer)")
    connection.close()
    with pytest.raises(StoreProblem, match="别的程序的数据库"):
        open_store(path, now)


def test_a_truncated_file_is_called_damaged(office, office_path, now):
    add_ledger(office, "甲", now)
    office.close()
    content = office_path.read_bytes()
    office_path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreProblem, match="已损坏"):
        open_store(office_path, now)


def test_a_page_overwritten_by_a_disk_fault_is_called_damaged(office, office_path, now):
    add_ledger(office, "甲", now)
    office.close()
    content = bytearray(office_path.read_bytes())
    content[4096:8192] = b"\xee" * 4096
    office_path.write_bytes(content)
    with pytest.raises(StoreProblem, match="已损坏"):
        open_store(office_path, now)


def test_a_read_only_file_can_be_read_but_not_changed(office, office_path, now):
    add_ledger(office, "甲", now)
    office.close()
    office_path.chmod(stat.S_IREAD)
    assert names(office_path, now) == ["甲"]
    store = open_store(office_path, now)
    with pytest.raises(StoreProblem, match="只读"):
        add_ledger(store, "乙", now)
    store.close()
    office_path.chmod(stat.S_IREAD | stat.S_IWRITE)
    assert names(office_path, now) == ["甲"]


def test_a_file_another_program_is_writing_is_called_busy(office, office_path, now, monkeypatch):
    monkeypatch.setattr("tracker.store.engine.LOCK_WAIT_SECONDS", 0.05)
    other = sqlite3.connect(office_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreProblem, match="正被占用"):
        add_ledger(office, "甲", now)
    other.execute("ROLLBACK")
    other.close()
    add_ledger(office, "甲", now)


def test_a_file_from_a_newer_version_is_refused_untouched(office, office_path, now):
    with sqlite3.connect(office_path) as connection:
        connection.execute("insert into migration values ('9999_from_the_future', '2030-01-01')")
    connection.close()
    office.close()
    before = office_path.read_bytes()
    with pytest.raises(StoreProblem, match="更新版本的程序"):
        open_store(office_path, now)
    assert office_path.read_bytes() == before


def _add_colour(connection):
    connection.execute(text("alter table ledger add column colour varchar default '' not null"))


def _fail_half_way(connection):
    connection.execute(text("create table half (id integer)"))
    connection.execute(text("update ledger set name = '半'"))
    connection.execute(text("insert into nowhere values (1)"))


def test_an_older_file_is_backed_up_and_brought_up_to_date(office, office_path, now):
    add_ledger(office, "甲", now)
    office.close()
    newer = (*MIGRATIONS, Step("9001_colour", _add_colour))
    open_store(office_path, now, newer).close()
    with sqlite3.connect(office_path) as connection:
        assert connection.execute("select name, colour from ledger").fetchall() == [("甲", "")]
    connection.close()
    (backup,) = (office_path.parent / "备份").iterdir()
    assert "升级前-9001_colour" in backup.name
    assert names(backup, now) == ["甲"]
    open_store(office_path, now, newer).close()
    assert len(list((office_path.parent / "备份").iterdir())) == 1


def test_a_failed_migration_leaves_the_file_as_it_was(office, office_path, now):
    add_ledger(office, "甲", now)
    office.close()
    with pytest.raises(Exception, match="nowhere"):
        open_store(office_path, now, (*MIGRATIONS, Step("9001_half", _fail_half_way)))
    assert names(office_path, now) == ["甲"]
    with sqlite3.connect(office_path) as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master")}
    connection.close()
    assert "half" not in tables


def test_no_backup_no_migration(office, office_path, now):
    office.close()
    (office_path.parent / "备份").write_text("此处不是文件夹", encoding="utf-8")
    with pytest.raises((UserError, OSError)):
        open_store(office_path, now, (*MIGRATIONS, Step("9001_colour", _add_colour)))
    with sqlite3.connect(office_path) as connection:
        columns = [row[1] for row in connection.execute("pragma table_info(ledger)")]
    connection.close()
    assert "colour" not in columns


def test_a_backup_restores_what_it_held(office, office_path, now):
    add_ledger(office, "甲", now)
    backup = backup_office(office_path, now)
    add_ledger(office, "乙", now)
    office.close()
    kept = restore_office(backup, office_path, who="张三", now=now)
    assert names(office_path, now) == ["甲"]
    assert names(kept, now) == ["甲", "乙"]
    store = open_store(office_path, now)
    with pytest.raises(UserError, match="不能再撤销"):
        store.undo("张三", now)
    store.close()


def test_a_damaged_file_can_be_replaced_by_its_backup_and_is_kept(office, office_path, now):
    add_ledger(office, "甲", now)
    backup = backup_office(office_path, now)
    office.close()
    office_path.write_bytes(b"broken")
    kept = restore_office(backup, office_path, who="张三", now=now)
    assert kept.read_bytes() == b"broken"
    assert names(office_path, now) == ["甲"]


def test_a_restore_over_a_file_of_a_killed_program_is_not_spoilt_by_its_journal(
    office, office_path, now, tmp_path
):
    add_ledger(office, "备份里的", now)
    backup = backup_office(office_path, now)
    add_ledger(office, "后来的", now)
    office.close()
    cut_off = tmp_path / "被杀.db"
    writing = sqlite3.connect(office_path, isolation_level=None)
    writing.execute("PRAGMA cache_size = 1")
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("update ledger set name = name || '改'")
    writing.executemany(
        "insert into blob values (?, 9000, zeroblob(9000))", [(str(n),) for n in range(50)]
    )
    journal = office_path.with_name(f"{office_path.name}-journal")
    shutil.copyfile(office_path, cut_off)
    shutil.copyfile(journal, tmp_path / f"{cut_off.name}-journal")
    writing.execute("ROLLBACK")
    writing.close()

    kept = restore_office(backup, cut_off, who="张三", now=now)
    assert names(cut_off, now) == ["备份里的"]
    assert check_office(cut_off, now) == ()
    assert names(kept, now) == ["备份里的", "后来的"]


def test_a_damaged_backup_is_not_restored(office, office_path, now):
    add_ledger(office, "甲", now)
    backup = backup_office(office_path, now)
    backup.write_bytes(backup.read_bytes()[:5000])
    with pytest.raises(StoreProblem):
        restore_office(backup, office_path, who="张三", now=now)
    assert names(office_path, now) == ["甲"]


def test_check_finds_a_kept_file_that_changed(office, office_path, now):
    with office.change("存", "张三", now) as work:
        work.add(Ledger(name="甲"))
        work.keep(b"original")
    assert check_office(office_path, now) == ()
    with sqlite3.connect(office_path) as connection:
        connection.execute("update blob set content = ?", (b"changed",))
    connection.close()
    assert "原始文件已变样" in check_office(office_path, now)[0]


def test_a_copy_on_a_stick_opens_elsewhere(office, office_path, now, tmp_path):
    add_ledger(office, "甲", now)
    office.close()
    copy = tmp_path / "U盘.db"
    shutil.copyfile(office_path, copy)
    assert names(copy, now) == ["甲"]
