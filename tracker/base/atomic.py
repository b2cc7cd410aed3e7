"""Writing a file beside its target and swapping it in, so that no half file ever stands there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, reason

if TYPE_CHECKING:
    from collections.abc import Callable

# A temporary file this much older than a new one was left behind by a killed program.
_STALE_SECONDS = 3600
_HEAD_LENGTH = 40  # so that the temporary name of a long Chinese name still fits 255 bytes
_FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())
_OPEN_ELSEWHERE = "文件可能正在 Excel 或 WPS 中打开"


def replace_file(target: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a temporary file beside `target`, then swap it in.

    Whatever goes wrong, the old file stays as it was and the temporary one is removed. A symbolic
    link stays a link; the file behind it is replaced.

    Raises:
        FileProblem: the target cannot be written; the message says why and what to do.
    """
    ensure_writable(target)
    real = Path(os.path.realpath(target))
    temporary = _create_beside(real)
    try:
        write(temporary)
        _take_over_mode(real, temporary)
        _sync(temporary)
        os.replace(temporary, real)
        _sync_folder(real.parent)
    except OSError as error:
        if _concerns(error, temporary, real):
            raise _problem(real, error) from error
        raise
    finally:
        _remove(temporary)


def ensure_writable(target: Path) -> None:
    """Check that `target` can be written, before long work is begun. Nothing is changed.

    Raises:
        FileProblem: a folder of that name, no such folder, read-only, open elsewhere …
    """
    try:
        real = Path(os.path.realpath(target))
        _check_folder(real)
        _check_present(real)
        _check_locks(real)
    except (OSError, ValueError) as error:
        raise _problem(target, error) from error


def _refuse(target: Path, why: str, do: str) -> FileProblem:
    return FileProblem(f"无法保存“{target.name or target}”", why, do)


def _check_folder(target: Path) -> None:
    folder = target.parent
    if not folder.exists():
        raise _refuse(target, f"文件夹“{folder}”不存在", "请先建好这个文件夹，或换一个位置保存")
    if not folder.is_dir():
        raise _refuse(target, f"“{folder}”不是文件夹", "请换一个位置保存")
    if not os.access(folder, os.W_OK):
        raise _refuse(target, f"没有权限写入文件夹“{folder}”", "请换一个位置保存")


def _check_present(target: Path) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise _refuse(target, "已有同名的文件夹", "请换一个文件名")
    if not stat.S_ISREG(mode):
        raise _refuse(target, "它不是普通文件", "请换一个文件名")
    # The mode bit is asked as well, because the administrator may write in spite of it.
    if not mode & stat.S_IWUSR:
        raise _refuse(target, "文件是只读的", "请在文件属性里去掉“只读”，或换一个文件名")
    # Windows denies this while Excel or WPS holds the file.
    with target.open("r+b"):
        pass


def _check_locks(target: Path) -> None:
    name = target.name
    # Excel and WPS write “~$name”, Word drops the first two characters, LibreOffice “.~lock.name#”.
    names = dict.fromkeys((f"~${name}", f"~${name[2:]}", f".~lock.{name}#"))
    for lock in names:
        if lock not in ("~$", name) and os.path.lexists(target.with_name(lock)):
            raise _refuse(
                target,
                _OPEN_ELSEWHERE,
                f"请关闭它，或换一个文件名；如果确已关闭，请删除同一文件夹里的“{lock}”",
            )


def _create_beside(target: Path) -> Path:
    head = f".~{target.name[:_HEAD_LENGTH]}."
    temporary = target.with_name(f"{head}{secrets.token_hex(4)}.tmp")
    try:
        # Not tempfile: its files are private to the user, a shared folder needs the usual mode.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        _remove_stale(temporary, head)
    except OSError as error:
        _remove(temporary)
        raise _problem(target, error) from error
    return temporary


def _remove_stale(temporary: Path, head: str) -> None:
    pattern = re.compile(re.escape(head) + r"[0-9a-f]{8}\.tmp")
    now = temporary.stat().st_mtime  # the file system's own time: no clock of ours is asked
    for path in temporary.parent.iterdir():
        if path == temporary or not pattern.fullmatch(path.name):
            continue
        # Another program may remove the same left-over at this moment.
        with contextlib.suppress(FileNotFoundError):
            if now - path.lstat().st_mtime > _STALE_SECONDS:
                _remove(path)


def _take_over_mode(target: Path, temporary: Path) -> None:
    if target.exists():
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows opens no folder
        return
    # The file is in place by now; some network folders cannot be synchronised.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    # On Windows a writer that failed may still hold it; the next writing removes it as stale.
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _concerns(error: OSError, *paths: Path) -> bool:
    """Tell whether `error` is about one of `paths`, not about a file the writer only reads."""
    named = [str(name) for name in (error.filename, error.filename2) if name is not None]
    return not named or any(name in {str(path) for path in paths} for name in named)


def _problem(target: Path, error: OSError | ValueError) -> FileProblem:
    code = error.errno if isinstance(error, OSError) else None
    if code in _FULL:
        return _refuse(target, "磁盘已满或超出限额", "请清理磁盘，或换一个位置保存")
    if isinstance(error, PermissionError):
        why = f"{_OPEN_ELSEWHERE}，或者没有写入权限"
        return _refuse(target, why, "请关闭它，或换一个文件名")
    if code == errno.EROFS:
        return _refuse(target, "这个磁盘是只读的", "请换一个位置保存")
    if code == errno.ENAMETOOLONG:
        return _refuse(target, "文件名太长", "请换一个短一些的文件名")
    why = reason(error) if isinstance(error, OSError) else f"系统提示：{error}"
    return _refuse(target, why, "请换一个文件名或位置再试")
