"""The list of an archive's files with their SHA-256 (目录), and what differs from it later."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, UserError, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.base.progress import Progress

LIST = "目录.txt"
_HEAD = "# 责任分解落实台账 归档目录"
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64}) {2}(?P<path>[^\r\n]+)")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
"""What Windows and macOS put into folders of their own accord."""
_OPEN = "~$"
"""How the names begin of files that Office lays beside one that is open."""
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of an archive: where it lies in the folder, with /, its size and its SHA-256."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """What differs between an archive and its list; paths as they stand there.

    Attributes:
        count: how many files the list names.
    """

    count: int
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.added)

    def lines(self) -> tuple[str, ...]:
        """Return in words what differs; a single line where nothing does."""
        kinds = (("缺少", self.missing), ("已改动", self.changed), ("多出", self.added))
        lines = tuple(f"{word}：{path}" for word, paths in kinds for path in paths)
        return lines or (f"{self.count}个文件都与目录一致",)


def listed(folder: Path, progress: Progress | None = None) -> tuple[ListedFile, ...]:
    """Return every file below a folder, in the order of their paths, without the list itself."""
    paths = sorted(_files(folder))
    found = []
    for place, name in enumerate(paths):
        if progress is not None:
            progress.step("正在计算校验值", place, len(paths))
        path = folder / name
        found.append(ListedFile(name, path.stat().st_size, _digest(path)))
    return tuple(found)


def write_list(folder: Path, files: Iterable[ListedFile], notes: Sequence[str]) -> None:
    """Write the list into the folder; notes stand above it, a line for each."""
    lines = [_HEAD, *(f"# {' '.join(note.split())}" for note in notes)]
    lines += [f"{file.digest}  {file.path}" for file in files]
    text = "".join(f"{line}\r\n" for line in lines)
    (folder / LIST).write_text(text, encoding="utf-8-sig", newline="")


def is_archive(folder: Path) -> bool:
    """Return whether a folder is an archive of this program's."""
    try:
        with (folder / LIST).open(encoding="utf-8-sig") as file:
            return file.readline().rstrip() == _HEAD
    except (OSError, UnicodeDecodeError):
        return False


def check_archive(folder: Path, progress: Progress | None = None) -> ArchiveCheck:
    """Return what is missing, changed or added in an archive since it was made.

    Raises:
        UserError: it is no archive of ours, or its list is damaged.
        FileProblem: a file cannot be read.
    """
    if not folder.is_dir():
        raise UserError(f"没有这个归档文件夹：{folder}", "", "请检查路径")
    wanted = _read_list(folder)
    present = set(_files(folder))
    missing = tuple(path for path in wanted if path not in present)
    changed = []
    for place, (path, digest) in enumerate(wanted.items()):
        if progress is not None:
            progress.step("正在核对归档", place, len(wanted))
        if path in present and _digest_of(folder / path) != digest:
            changed.append(path)
    added = tuple(sorted(present - set(wanted)))
    return ArchiveCheck(len(wanted), missing, tuple(changed), added)


def _read_list(folder: Path) -> dict[str, str]:
    path = folder / LIST
    if not is_archive(folder):
        why = f"里面没有本程序写的“{LIST}”" if not path.exists() else f"“{LIST}”不是本程序写的"
        raise UserError(f"这不是归档文件夹：{folder.name or folder}", why, "请选择归档的文件夹")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(f"“{LIST}”读不出", str(error), "请用另外保存的归档") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None or not _stays_inside(match["path"]):
            raise UserError(
                f"“{LIST}”第{number}行写得不对", "目录被改动过", "请用另外保存的归档核对"
            )
        found[match["path"]] = match["digest"]
    return found


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _files(folder: Path) -> Iterable[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        is_list = name == LIST
        if path.is_file() and not is_list and not _is_of_the_system(path.name):
            yield name


def _is_of_the_system(name: str) -> bool:
    return name.casefold() in _SYSTEM or name.startswith(_OPEN)


def _digest_of(path: Path) -> str:
    try:
        return _digest(path)
    except OSError as error:
        raise FileProblem(
            f"“{path.name}”读不出", reason(error), "请检查磁盘是否仍然连接"
        ) from error


def _digest(path: Path) -> str:
    kept = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            kept.update(block)
    return kept.hexdigest()
