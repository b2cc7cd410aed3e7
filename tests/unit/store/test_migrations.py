"""Files of every shape there was open, are backed up, and become what a new file is."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tracker.base.errors import UserError
from tracker.ops.upkeep import check_office
from tracker.store.files import create_store, open_store
from tracker.store.migrations import MIGRATIONS

OLD_FILES = sorted((Path(__file__).parents[2] / "old_files").glob("*.db"))


def shape(path):
    """Tables with their columns, indices and foreign keys, whatever the order of columns."""
    with closing(sqlite3.connect(path)) as connection:
        names = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        return {
            table: (
                {row[1:] for row in connection.execute(f"pragma table_info({table})")},
                {
                    (*index[2:], columns_of(connection, index[1]), index[3] == "c" and index[1])
                    for index in connection.execute(f"pragma index_list({table})").fetchall()
                },
                {row[2:] for row in connection.execute(f"pragma foreign_key_list({table})")},
            )
            for (table,) in connection.execute(names).fetchall()
        }


def columns_of(connection, index):
    return tuple(row[2] for row in connection.execute(f"pragma index_info({index})"))


def rows(path):
    """Every row of every table as column → value, but for the list of migrations."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        return {
            table: [dict(row) for row in connection.execute(f"select * from {table}")]
            for (table,) in connection.execute(names).fetchall()
            if table != "migration"
        }


@pytest.fixture(params=OLD_FILES, ids=lambda path: path.stem)
def old(request, tmp_path):
    copy = tmp_path / "老 台账.db"
    shutil.copyfile(request.param, copy)
    return copy


def test_there_are_old_files():
    assert OLD_FILES


def test_an_old_file_gets_the_shape_of_a_new_one(old, tmp_path, now):
    create_store(tmp_path / "新.db", now).close()
    open_store(old, now).close()
    assert shape(old) == shape(tmp_path / "新.db")


def test_an_old_file_keeps_every_value(old, now):
    before = rows(old)
    open_store(old, now).close()
    after = rows(old)
    assert after.keys() >= before.keys()
    assert after["journal"].pop()["label"] == "升级台账文件"
    for table, kept in before.items():
        assert len(after[table]) == len(kept)
        for was, is_ in zip(kept, after[table], strict=True):
            assert is_ | was == is_, table


def test_an_old_file_is_backed_up_once_for_every_step(old, now):
    content = old.read_bytes()
    missing = missing_steps(old)
    open_store(old, now).close()
    backups = sorted((old.parent / "备份").iterdir())
    assert [backup.stem.split("升级前-")[1] for backup in backups] == missing
    assert rows(backups[0]) == rows_of(content, old.parent)
    open_store(old, now).close()
    assert len(list((old.parent / "备份").iterdir())) == len(missing)
    assert check_office(old, now) == ()


def missing_steps(path):
    with closing(sqlite3.connect(path)) as connection:
        done = {name for (name,) in connection.execute("select name from migration")}
    return [step.name for step in MIGRATIONS if step.name not in done]


def rows_of(content, folder):
    path = folder / "原样.db"
    path.write_bytes(content)
    return rows(path)


def test_what_was_done_before_the_upgrade_cannot_be_undone(old, now):
    store = open_store(old, now)
    with pytest.raises(UserError, match="升级"):
        store.undo("李四", now)
    with store.change("改", "李四", now) as work:
        work.task("1-001").text = "改过。"
    store.undo("李四", now)
    with store.read() as view:
        assert view.task("1-001").text != "改过。"
    store.close()


def test_every_change_of_an_old_journal_is_given_its_task(tmp_path, now):
    path = tmp_path / "0001.db"
    shutil.copyfile(OLD_FILES[0], path)
    open_store(path, now).close()
    with closing(sqlite3.connect(path)) as connection:
        lost = connection.execute(
            "select count(*) from journal_change where task_id is null"
            " and table_name in ('task', 'part', 'assignment', 'entry', 'note')"
        ).fetchone()
        per_task = dict(
            connection.execute(
                "select task_id, count(*) from journal_change"
                " where table_name = 'assignment' group by task_id"
            )
        )
    assert lost == (0,)
    assert per_task[3] > per_task[1]
