"""Files are swapped in whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tracker.base.atomic import ensure_writable, replace_file
from tracker.base.errors import FileProblem


def _writes(text: str):
    return lambda path: path.write_text(text, encoding="utf-8")


def _fails(error: BaseException):
    def write(path: Path) -> None:
        path.write_text("半个文件", encoding="utf-8")
        raise error

    return write


def test_a_new_file_is_written_with_the_usual_mode(tmp_path):
    target, usual = tmp_path / "落实情况表.xlsx", tmp_path / "usual"
    usual.write_text("")
    replace_file(target, _writes("新"))
    assert target.read_text(encoding="utf-8") == "新"
    assert target.stat().st_mode == usual.stat().st_mode


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path):
    target = tmp_path / "表 一.xlsx"
    target.write_text("旧", encoding="utf-8")
    target.chmod(0o640)
    replace_file(target, _writes("新"))
    assert target.read_text(encoding="utf-8") == "新"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == [target.name]


def test_a_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path):
    real, link = tmp_path / "真.xlsx", tmp_path / "链接.xlsx"
    real.write_text("旧", encoding="utf-8")
    link.symlink_to(real)
    replace_file(link, _writes("新"))
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "新"


@pytest.mark.parametrize(
    ("error", "raised", "words"),
    [
        (OSError(errno.ENOSPC, "No space left"), FileProblem, "磁盘已满"),
        (OSError(errno.EFBIG, "File too large"), FileProblem, "磁盘已满"),
        (PermissionError(errno.EACCES, "denied"), FileProblem, "正在 Excel 或 WPS 中打开"),
        (OSError(errno.EROFS, "Read-only"), FileProblem, "只读"),
        (OSError(errno.EIO, "Input/output error"), FileProblem, "磁盘读写出错"),
        (ValueError("a bug"), ValueError, "a bug"),
        (KeyboardInterrupt(), KeyboardInterrupt, ""),
        (FileProblem("来自写入者"), FileProblem, "来自写入者"),
    ],
)
def test_a_failure_leaves_the_old_file_and_no_other(tmp_path, error, raised, words):
    target = tmp_path / "表.xlsx"
    target.write_text("旧", encoding="utf-8")
    with pytest.raises(raised) as caught:
        replace_file(target, _fails(error))
    assert words in str(caught.value)
    assert target.read_text(encoding="utf-8") == "旧"
    assert os.listdir(tmp_path) == ["表.xlsx"]


def test_a_missing_file_that_the_writer_reads_is_not_laid_to_the_target(tmp_path):
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "表.xlsx", lambda _: (tmp_path / "模板").read_bytes())
    assert os.listdir(tmp_path) == []


def test_left_over_files_go_after_an_hour_and_others_stay(tmp_path):
    target = tmp_path / "表.xlsx"
    old, young = tmp_path / ".~表.xlsx.0123abcd.tmp", tmp_path / ".~表.xlsx.89abcdef.tmp"
    foreign = [tmp_path / ".~表.xlsx.bak.0123abcd.tmp", tmp_path / ".~表.xlsx.tmp"]
    for path in (old, young, *foreign):
        path.write_text("")
    for path in (old, *foreign):
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 7200))
    replace_file(target, _writes("新"))
    assert sorted(tmp_path.iterdir()) == sorted([target, young, *foreign])


def test_a_long_chinese_name_is_written(tmp_path):
    target = tmp_path / ("关" * 80 + ".xlsx")
    replace_file(target, _writes("新"))
    assert target.exists()


def _folder(path: Path) -> None:
    path.mkdir()


def _read_only(path: Path) -> None:
    path.write_text("旧")
    path.chmod(0o444)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _opened_in_excel(path: Path) -> None:
    path.with_name("~$" + path.name).write_text("")


def _opened_in_word(path: Path) -> None:
    path.with_name("~$" + path.name[2:]).write_text("")


def _opened_in_libreoffice(path: Path) -> None:
    path.with_name(f".~lock.{path.name}#").write_text("")


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (_folder, "同名的文件夹"),
        (_read_only, "只读"),
        (_pipe, "不是普通文件"),
        (_opened_in_excel, "正在 Excel 或 WPS 中打开"),
        (_opened_in_word, "正在 Excel 或 WPS 中打开"),
        (_opened_in_libreoffice, "正在 Excel 或 WPS 中打开"),
    ],
)
def test_what_stands_in_the_way_is_said_before_anything_is_written(tmp_path, prepare, words):
    target = tmp_path / "责任分解落实情况表.xlsx"
    prepare(target)
    before = sorted(os.listdir(tmp_path))
    for act in (ensure_writable, lambda path: replace_file(path, _writes("新"))):
        with pytest.raises(FileProblem, match=words):
            act(target)
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("没有/表.xlsx", "不存在"),
        ("文件/表.xlsx", "不是文件夹"),
        ("长" * 100, "文件名太长"),
        ("a\0b", "null"),
    ],
)
def test_an_impossible_place_is_refused(tmp_path, name, words):
    (tmp_path / "文件").write_text("")
    with pytest.raises(FileProblem, match=words):
        ensure_writable(tmp_path / name)


def test_a_device_is_refused():
    with pytest.raises(FileProblem, match="不是普通文件"):
        ensure_writable(Path("/dev/full"))
