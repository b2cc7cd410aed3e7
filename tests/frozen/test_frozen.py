"""The frozen program: built once into a temporary folder, then run as on a bare computer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.samples import situation_text
from tracker import __version__
from tracker.base.paths import CONSOLE_TWIN, WINDOW_PROGRAM

ROOT = Path(__file__).resolve().parents[2]
EXE = ".exe" if sys.platform == "win32" else ""
MOST_MEGABYTES = 350
NO_FONTS = '<?xml version="1.0"?><fontconfig><cachedir>{}</cachedir></fontconfig>'
QT_CHATTER = re.compile(
    r"Detected locale .*|Qt depends on a UTF-8 locale.*|If this causes problems.*"
    r"|for more information\.|This plugin does not support propagateSizeHints\(\)"
)

pytestmark = pytest.mark.frozen


@dataclass(frozen=True)
class Frozen:
    """The built folder, and a computer with nothing else on it.

    Attributes:
        folder: holds the two programs.
        warnings: the modules that PyInstaller looked for and did not find.
        desk: an empty folder to work in, which is the home folder too.
    """

    folder: Path
    warnings: str
    desk: Path

    def program(self, name: str) -> Path:
        return self.folder / f"{name}{EXE}"

    def run(self, *words: object, name: str = CONSOLE_TWIN, before: tuple[object, ...] = ()):
        """Run one of the programs with an empty environment: no language, no Python, no fonts."""
        kept = {k: v for k, v in os.environ.items() if k.upper() in ("SYSTEMROOT", "TEMP")}
        if before:
            kept["PATH"] = os.environ["PATH"]
        home = {"HOME": str(self.desk), "USERPROFILE": str(self.desk)}
        return subprocess.run(
            [*map(str, before), self.program(name), *map(str, words)],
            env={**kept, **home, "FONTCONFIG_FILE": str(self.desk.parent / "fonts.conf")},
            cwd=self.desk,
            capture_output=True,
            timeout=180,
            check=False,
        )


@pytest.fixture(scope="session")
def frozen(tmp_path_factory) -> Frozen:
    pytest.importorskip("PyInstaller", reason="needs PyInstaller: pip install -e .[build]")
    place = tmp_path_factory.mktemp("打包 结果")
    places = ("--distpath", place, "--workpath", place / "work")
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", ROOT / "build.spec", "--log-level", "ERROR", *places],
        env={**os.environ, "PYINSTALLER_CONFIG_DIR": str(place / "cache")},
        cwd=place,
        check=True,
        timeout=900,
    )
    desk = place / "空 桌面"
    desk.mkdir()
    (place / "fonts.conf").write_text(NO_FONTS.format(place / "fonts"), encoding="utf-8")
    warnings = (place / "work" / "build" / "warn-build.txt").read_text(encoding="utf-8")
    return Frozen(place / WINDOW_PROGRAM, warnings, desk)


def remarks(ran) -> list[str]:
    """Return what stands on standard error beside Qt's notes about the system."""
    lines = ran.stderr.decode("utf-8").splitlines()
    return [line for line in lines if not QT_CHATTER.fullmatch(line)]


@pytest.mark.parametrize("name", [CONSOLE_TWIN, WINDOW_PROGRAM])
def test_both_programs_pass_their_self_test_on_a_bare_computer(frozen, name):
    ran = frozen.run("smoke", "--window", name=name)
    assert (ran.returncode, remarks(ran)) == (0, [])
    if sys.platform != "win32" or name == CONSOLE_TWIN:  # else there is no output
        assert ran.stdout.decode("utf-8").splitlines()[-1] == "自检通过"
    assert list(frozen.desk.iterdir()) == []


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs xvfb-run to have a display")
def test_the_window_opens_on_a_display(frozen):
    ran = frozen.run(
        "smoke",
        "--window",
        name=WINDOW_PROGRAM,
        before=("xvfb-run", "-a", "-s", "-screen 0 1366x768x24"),
    )
    assert (ran.returncode, remarks(ran)) == (0, [])
    assert "窗口：示例台账" in ran.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="there the window program never has a console")
def test_the_window_program_takes_commands_where_output_is_closed(frozen, tmp_path):
    closed = ("sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh")
    made = ("ledger", "new", "新专项", "--db", tmp_path / "新 台账.db")
    calls = {made: 0, ("--version",): 0, ("exprt",): 2, ("check", "无.db"): 1, (): 1}
    for words, status in calls.items():  # without words it wants a display, which is not there
        assert frozen.run(*words, name=WINDOW_PROGRAM, before=closed).returncode == status
    assert frozen.run("check", tmp_path / "新 台账.db").returncode == 0


def test_the_console_twin_lists_its_commands_and_names_itself(frozen):
    listed = frozen.run().stdout.decode("utf-8")
    assert listed.startswith(f"用法：{CONSOLE_TWIN} ")
    assert (
        frozen.run("--version").stdout.decode("utf-8")
        == f"{WINDOW_PROGRAM} {__version__}{os.linesep}"
    )


def test_errors_are_utf8_whatever_the_system_speaks(frozen):
    ran = frozen.run("check", "没有 这个.db")
    assert ran.returncode == 1
    assert ran.stderr.decode("utf-8").startswith("错误：没有这个台账文件：没有 这个.db")


def test_every_resource_lies_in_the_folder(frozen):
    def names(root: Path) -> list[str]:
        return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())

    assert names(frozen.folder / "_internal" / "resources") == names(ROOT / "resources")


def test_no_module_that_the_program_imports_is_missing(frozen):
    missing = [line for line in frozen.warnings.splitlines() if line.startswith("missing module")]
    ours = [line for line in missing if re.search(r"\b(tracker|main)[. ]", line)]
    assert missing
    assert ours == []


def test_the_folder_holds_nothing_of_the_network_and_nothing_superfluous(frozen):
    files = [path for path in frozen.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    names = " ".join(path.name for path in files)
    superfluous = r"Qt6?(Network|Qml|Quick|Sql)|tkinter|_tkinter|wayland|gtk-3|q?eglfs|PyInstaller"
    assert re.findall(superfluous, names) == []
    assert [path.name for path in files if path.suffix == ".qm"] == ["qtbase_zh_CN.qm"]
    assert sum(path.stat().st_size for path in files) < MOST_MEGABYTES * 1_000_000
    assert [path for path in frozen.folder.rglob("*") if not path.exists()] == []  # dead links


def test_a_picture_holds_its_words(frozen, tmp_path):
    pdfium = pytest.importorskip("pypdfium2")
    frozen.run("demo", "--out", tmp_path)
    ledger, out = "政府工作报告任务", tmp_path / "时限 图.pdf"
    database = tmp_path / "示例台账.db"
    ran = frozen.run("picture", "gantt", "--db", database, "--ledger", ledger, "--out", out)
    assert ran.returncode == 0
    document = pdfium.PdfDocument(out)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    assert "牵头单位" in words
    assert "县住建局" in words
    document.close()


def _written(folder: Path, ending: str) -> Path:
    """Write an invented table in a format; what only an office program writes, it converts."""
    import openpyxl

    text = folder / "进展 表.txt"
    text.write_text(situation_text(), encoding="utf-8")
    if ending == "txt":
        return text
    book, source = openpyxl.Workbook(), folder / "进展 表.xlsx"
    for line in situation_text().splitlines():
        book.active.append([f"'{cell}" if cell[:1] == "=" else cell for cell in line.split("\t")])
    book.save(source)
    if ending == "xlsx":
        return source
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice to write this format")
    if ending in ("docx", "doc"):
        source = _as_page(office, source)
    _convert(office, source, ending)
    return folder / f"进展 表.{ending}"


def _as_page(office: str, source: Path) -> Path:
    _convert(office, source, "html")
    return source.with_suffix(".html")


def _convert(office: str, source: Path, ending: str) -> None:
    reader = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" else []
    profile = f"-env:UserInstallation=file://{source.parent / 'lo'}"
    target = ("--convert-to", ending, "--outdir", source.parent)
    subprocess.run(
        [office, profile, "--headless", *reader, *target, source],
        check=True,
        capture_output=True,
        timeout=120,
    )


@pytest.mark.parametrize("ending", ["txt", "xlsx", "xls", "html", "docx", "doc", "pdf"])
@pytest.mark.parametrize("command", ["table", "decompose"])
def test_every_kind_of_file_is_read_as_by_the_unfrozen_program(frozen, tmp_path, command, ending):
    path = _written(tmp_path, ending)
    words = (command, str(path), "--json")
    plain = subprocess.run(
        [sys.executable, ROOT / "main.py", *words], capture_output=True, check=False
    )
    ran = frozen.run(*words)
    assert b"Traceback" not in ran.stderr
    assert (ran.returncode, ran.stdout) == (plain.returncode, plain.stdout)
    if plain.returncode != 2:  # wrong usage names the program
        assert ran.stderr == plain.stderr
