"""The commands `task evidence` and `task revisit`."""

from __future__ import annotations

import pytest

from tests.helpers.command import command


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "县 台账.db"
    command("ledger", "new", "春季工作", "--db", path)
    command("task", "new", "--db", path, "--text", "修缮城东老桥。", "--lead", "县住建局")
    return path


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "现场 照片.jpg"
    path.write_bytes(b"\xff\xd8 picture")
    return path


def evidence(db, *words):
    return command("task", "evidence", "1-001", *words, "--db", db)


def test_files_are_added_listed_taken_out_and_removed(db, photo, tmp_path):
    assert evidence(db).out == "没有佐证材料\n"
    (kept,) = evidence(db, photo, "--remark", "桥头", "--json").json
    assert (kept["file"], kept["size"], kept["remark"]) == ("现场 照片.jpg", 10, "桥头")
    target = tmp_path / "取出.jpg"
    assert evidence(db, "--save", kept["id"], "--out", target).status == 0
    assert target.read_bytes() == photo.read_bytes()
    assert "已移除佐证材料" in evidence(db, "--remove", kept["id"]).out
    assert evidence(db, "--json").json == []


@pytest.mark.parametrize(
    "words", [("--save", 1), ("--remove", 7), ("--save", 1, "--out", "x", "--remove", 1)]
)
def test_calls_that_do_not_fit_are_wrong_usage(db, words):
    assert evidence(db, *words).status == 2


def test_a_missing_file_is_one_line(db, tmp_path):
    ran = evidence(db, tmp_path / "没有.pdf")
    assert (ran.status, ran.err.startswith("错误：读不了“没有.pdf”")) == (1, True)


def test_a_task_is_closed_on_its_files_and_revisited(db, photo):
    evidence(db, photo)
    look = ("task", "revisit", "1-001", "--db", db, "--found", "护栏松动", "--relapsed")
    assert command(*look).status == 1
    closed = command("task", "close", "1-001", "--db", db, "--statement", "已通车", "--json")
    assert closed.json["closings"][0]["evidence"] == "现场 照片.jpg"
    ran = command(*look, "--by", "李四", "--json")
    assert ran.json["revisits"] == [
        {"on": "2026-03-02", "by": "李四", "found": "护栏松动", "holds": False}
    ]
