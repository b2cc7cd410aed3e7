"""Targets that fail: every writer says so in Chinese, harms nothing and leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from datetime import datetime
from pathlib import Path

import pytest

from tests.helpers.writers import (
    EVERY_FILE,
    FILES,
    IN_A_FOLDER,
    INTO_A_FOLDER,
    Desk,
    furnish,
    write_file,
)
from tracker.base.errors import UserError
from tracker.ops.office import create_office, open_office

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 9, 30)
OLD = b"old"
# “Permission denied”, “[Errno 13]”: what the system says in English is no help to a clerk
ENGLISH = re.compile(r"Errno|denied|No such|[A-Za-z]{4,} [a-z]{3,}")
NO_LIMITS = pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytestmark = pytest.mark.usefixtures("qapp")  # one application for all that is drawn


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    path = tmp_path_factory.mktemp("台账") / "台账.db"
    office = create_office(path, NOW)
    furnish(office, NOW)
    yield Desk(office, NOW)
    office.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "报表"
    made.mkdir()
    return made


def refused(act, *words):
    """Return the message; it is Chinese and names one of the words."""
    with pytest.raises(UserError) as caught:
        act()
    message = str(caught.value)
    assert not ENGLISH.search(re.sub(r"“[^”]*”", "", message)), message
    assert any(word in message for word in words), message
    assert caught.value.do, message
    return message


def names(folder):
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize(("name", "ending"), EVERY_FILE)
def test_a_file_is_written_at_all(desk, folder, name, ending):
    write_file(desk, name, folder / f"表{ending}")
    assert names(folder) == [f"表{ending}"]


@pytest.mark.parametrize(("name", "ending"), EVERY_FILE)
def test_bad_places_for_a_file(desk, folder, name, ending):
    target = folder / f"表{ending}"
    refused(lambda: write_file(desk, name, folder / "没有" / target.name), "不存在")
    (folder / "挡路").write_bytes(OLD)
    refused(lambda: write_file(desk, name, folder / "挡路" / target.name), "不是文件夹", "系统提示")
    target.mkdir()
    refused(lambda: write_file(desk, name, target), "已有同名的文件夹")
    target.rmdir()
    refused(lambda: write_file(desk, name, folder / f"{'长' * 300}{ending}"), "文件名太长")
    assert names(folder) == ["挡路"]
    assert (folder / "挡路").read_bytes() == OLD


@pytest.mark.parametrize(("name", "ending"), EVERY_FILE)
def test_a_file_that_is_open_elsewhere_or_read_only(desk, folder, name, ending):
    target = folder / f"落实情况{ending}"
    target.write_bytes(OLD)
    for lock in (f"~${target.name}", f"~${target.name[2:]}", f".~lock.{target.name}#"):
        (folder / lock).write_bytes(b"")
        refused(lambda: write_file(desk, name, target), "正在 Excel 或 WPS 中打开")
        assert names(folder) == sorted([target.name, lock])
        (folder / lock).unlink()
    target.chmod(0o444)
    refused(lambda: write_file(desk, name, target), "只读")
    target.chmod(0o644)
    assert target.read_bytes() == OLD
    assert names(folder) == [target.name]


@pytest.mark.skipif(sys.platform == "win32", reason="no devices there")
@pytest.mark.parametrize(("name", "ending"), EVERY_FILE)
def test_a_device_is_no_file(desk, folder, name, ending):
    target = folder / f"表{ending}"
    target.symlink_to("/dev/full")
    refused(lambda: write_file(desk, name, target), "不是普通文件")
    assert names(folder) == [target.name]


@pytest.mark.skipif(AS_ROOT or sys.platform == "win32", reason="the administrator may all")
@pytest.mark.parametrize(("name", "ending"), EVERY_FILE)
def test_a_folder_that_may_not_be_written_to(desk, folder, name, ending):
    folder.chmod(0o555)
    try:
        refused(lambda: write_file(desk, name, folder / f"表{ending}"), "没有权限")
    finally:
        folder.chmod(0o755)
    assert names(folder) == []


@pytest.mark.parametrize("name", IN_A_FOLDER)
def test_bad_places_for_a_new_folder(desk, folder, name):
    write = IN_A_FOLDER[name]
    refused(lambda: write(desk, folder / "没有"), "不存在")
    (folder / "挡路").write_bytes(OLD)
    refused(lambda: write(desk, folder / "挡路"), "不是文件夹")
    refused(lambda: write(desk, folder / ("长" * 300)), "系统提示", "太长", "不存在")
    assert names(folder) == ["挡路"]
    if not AS_ROOT:
        folder.chmod(0o555)
        try:
            refused(lambda: write(desk, folder), "没有写入权限")
        finally:
            folder.chmod(0o755)


@pytest.mark.parametrize("name", INTO_A_FOLDER)
def test_bad_folders_to_fill(desk, folder, name):
    write = INTO_A_FOLDER[name]
    (folder / "挡路").write_bytes(OLD)
    refused(lambda: write(desk, folder / "挡路"), "挡路")
    refused(lambda: write(desk, folder / "挡路" / "里面"), "里面", "挡路")
    assert names(folder) == ["挡路"]
    assert (folder / "挡路").read_bytes() == OLD


_LIMITED = """
    import json, os, resource, signal, sys
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from datetime import datetime
    from pathlib import Path
    from PySide6.QtGui import QGuiApplication
    from tests.helpers.writers import EVERY_FILE, IN_A_FOLDER, INTO_A_FOLDER, Desk, write_file
    from tracker.base.errors import UserError
    from tracker.ops.office import open_office
    from tracker.printing.fonts import load_fonts

    application = QGuiApplication(["tracker"])
    load_fonts()
    now, folder = datetime(2026, 3, 2, 9, 30), Path(sys.argv[2])
    desk = Desk(open_office(Path(sys.argv[1]), now), now)
    told = {}

    def attempt(name, write, at):
        try:
            write(desk, at)
        except UserError as error:
            told[name] = str(error)
        except BaseException as error:
            told[name] = repr(error)
        else:
            told[name] = ""

    jobs = [(f"{n}{e}", lambda d, at, n=n: write_file(d, n, at), folder / f"{n}{e}")
            for n, e in EVERY_FILE]
    jobs += [(n, write, folder) for n, write in IN_A_FOLDER.items()]
    jobs += [(n, write, folder / n) for n, write in INTO_A_FOLDER.items()]
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), limits[1]))
    for name, write, at in jobs:
        attempt(name, write, at)
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    print(json.dumps(told, ensure_ascii=False))
"""


@NO_LIMITS
def test_a_disk_that_is_full_harms_nothing(desk, folder, tmp_path):
    """No file may grow beyond some bytes: the system's own answer, not one put in its mouth."""
    copy = tmp_path / "台账.db"
    copy.write_bytes(desk.office.path.read_bytes())
    kept = {f"{name}{ending}": OLD for name, ending in EVERY_FILE}
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_LIMITED), str(copy), str(folder), "300"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert set(told) == {*kept, *IN_A_FOLDER, *INTO_A_FOLDER}
    wrong = {
        name: said
        for name, said in told.items()
        if not re.search("磁盘|空间|写入", said) or ENGLISH.search(re.sub(r"“[^”]*”", "", said))
    }
    assert wrong == {}
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == kept
    assert [path.name for path in folder.iterdir() if path.is_dir()] == []
    office = open_office(copy, NOW)  # forms store who was sent what; nothing of it is kept
    office.close()


def test_every_ending_of_every_writer_is_tried():
    assert len(EVERY_FILE) == sum(len(endings) for _, endings in FILES.values()) > 25
