"""Errors the user can mend, told apart from bugs by their type.

Only the edges (command line, window) catch `UserError`; nothing below shows or prints it.
"""


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
