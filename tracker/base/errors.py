"""Errors the user can mend, told apart from bugs by their type.

Only the edges (command line, window) catch `UserError`; nothing below shows or prints it.
"""

import errno
from collections.abc import Mapping


class UserError(Exception):
    """Something the user can put right.

    Attributes:
        what: what happened, a short sentence without its full stop.
        why: the cause, as far as it is known; may be empty.
        do: what the user can do now; may be empty.
    """

    def __init__(self, what: str, why: str = "", do: str = "") -> None:
        super().__init__(what, why, do)
        self.what = what
        self.why = why
        self.do = do

    def __str__(self) -> str:
        return "。".join(part.rstrip("。") for part in (self.what, self.why, self.do) if part)


class FileProblem(UserError):
    """A file cannot be read or written."""


class PasswordNeeded(FileProblem):
    """A file is locked and opens only with its password.

    Attributes:
        wrong: a password was given, and it is not the file's.
    """

    def __init__(self, what: str, why: str = "", do: str = "", *, wrong: bool = False) -> None:
        super().__init__(what, why, do)
        self.wrong = wrong


class NoTable(UserError):
    """No progress table was found, or its header does not say which column holds the tasks.

    The clerk may show the header and the columns.
    """


class StoreProblem(UserError):
    """The database file cannot be used: none, damaged, locked, read-only, too new."""


class Cancelled(Exception):
    """The user asked to stop; raised by `Progress.step` and never swallowed."""


_REASONS: Mapping[int, str] = {
    errno.ENOENT: "这个位置不存在",
    errno.EEXIST: "那里已有同名的文件或文件夹",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EISDIR: "那里是文件夹，不是文件",
    errno.EACCES: "没有权限，或者文件正被别的程序使用",
    errno.EPERM: "没有权限，或者文件正被别的程序使用",
    errno.EBUSY: "正被别的程序使用",
    errno.ENOSPC: "磁盘已满或超出限额",
    errno.EFBIG: "磁盘已满或超出限额",
    errno.EROFS: "这个磁盘是只读的",
    errno.EIO: "磁盘读写出错，可能没有接好",
    errno.ENAMETOOLONG: "名称太长",
    errno.EINVAL: "名称里有不能用的字符",
    errno.ENOTEMPTY: "文件夹不是空的",
}
"""What the system says in English, whatever language it speaks otherwise."""


def reason(error: OSError) -> str:
    """Return in the user's words why the system refused."""
    known = _REASONS.get(error.errno or 0)
    return known or f"系统提示：{error.strerror or error}"
