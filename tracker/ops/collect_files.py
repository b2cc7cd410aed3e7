"""The files that came back: found in folders, read, told apart from what is no return."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, UserError
from tracker.domain.returned import FileKind
from tracker.files.reader import read_bytes
from tracker.files.reading import Request
from tracker.files.saved import saved_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.base.progress import Progress
    from tracker.files.source import Source

_NO_RETURNS = ("~$", ".~", ".")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_INDEX = "发出清单.xlsx"
"""Our own index of what was sent ends in this."""
_MOST_BYTES = 200 * 1024 * 1024
_MEDIA = (b"word/media/", b"xl/media/")
_PICTURES = ("扫描件", "图片")
"""What the readers call a file that holds pictures of words."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as it was found.

    Attributes:
        path: as it was given, or within the folder that was given.
        saved_at: when it was last saved, by its own word; None where it does not say.
        changed_at: the same by the file system; None for one that is stored already.
    """

    path: str
    name: str
    folder: str
    hash: str
    content: bytes = field(repr=False)
    saved_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file, read as far as it can be.

    Attributes:
        source: None where its words cannot be read.
        kind: `SCAN` or `UNREADABLE` where there is no source; else not settled yet.
        problem: why not, in plain words.
    """

    found: FoundFile
    source: Source | None
    kind: FileKind | None = None
    problem: str = ""


def find_files(
    paths: Iterable[Path], progress: Progress | None = None
) -> tuple[list[FoundFile], int]:
    """Return the returned files among paths and in folders, and how many are there once more.

    Lock files, system files and our own index are passed over.

    Raises:
        FileProblem: a path is not there.
        Cancelled: the user asked to stop.
    """
    found: dict[str, FoundFile] = {}
    again = 0
    for path, folder in _paths(paths):
        if progress is not None:
            progress.step("正在查看来件", len(found))
        one = _found(path, folder)
        held = found.get(one.hash)
        again += held is not None
        if held is None or _first(one) < _first(held):
            found[one.hash] = one
    return list(found.values()), again


def _first(found: FoundFile) -> tuple[str, str, str]:
    """Return what tells which of two equal files is kept, in whatever order they are given."""
    return str(found.changed_at), found.name, found.path


def _paths(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise FileProblem(f"找不到“{path}”", "", "请核对文件或文件夹的位置")
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for each in inside:
            if each not in seen and (each == path or _is_return(each)):
                seen.add(each)
                yield each, each.parent.name


def _is_return(path: Path) -> bool:
    name = path.name
    return not (
        name.startswith(_NO_RETURNS)
        or name.lower() in _SYSTEM_FILES
        or name.endswith((_INDEX, ".lnk", ".tmp"))
    )


def _found(path: Path, folder: str) -> FoundFile:
    try:
        stat = path.stat()
        if stat.st_size > _MOST_BYTES:
            raise FileProblem(f"“{path.name}”太大", "", "请删去其中的图片等内容再收")
        content = path.read_bytes()
    except OSError as error:
        why = f"系统提示：{error.strerror or error}"
        raise FileProblem(f"打不开“{path.name}”", why, "请关闭占用它的程序再试") from error
    return FoundFile(
        str(path),
        path.name,
        folder,
        hashlib.sha256(content).hexdigest(),
        content,
        saved_at(content),
        datetime.fromtimestamp(stat.st_mtime).replace(microsecond=0),
    )


def read_found(
    found: FoundFile, password: str | None = None, progress: Progress | None = None
) -> ReadFile:
    """Read a file; what cannot be read is told with its reason.

    Raises:
        Cancelled: the user asked to stop.
    """
    request = Request(found.name, Path(found.name).suffix, None, password, progress)
    if not found.content:
        return ReadFile(found, None, FileKind.UNREADABLE, "文件是空的")
    try:
        source = read_bytes(found.content, request)
    except UserError as problem:
        pictured = any(word in problem.what for word in _PICTURES)
        kind = FileKind.SCAN if pictured else FileKind.UNREADABLE
        return ReadFile(found, None, kind, str(problem))
    if not source.flow.text.strip() and any(part in found.content for part in _MEDIA):
        return ReadFile(found, None, FileKind.SCAN, f"“{found.name}”里只有图片，没有文字")
    return ReadFile(found, source)
