"""Reading a file that may be locked: its password is asked for, and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tracker.base.errors import PasswordNeeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.base.progress import Progress
    from tracker.ui.kit import Kit

T = TypeVar("T")


def _always() -> bool:
    return True


def read_unlocked(
    kit: Kit,
    title: str,
    work: Callable[[Progress, str | None], T],
    done: Callable[[T], None],
    *,
    failed: Callable[[], None] | None = None,
    wanted: Callable[[], bool] = _always,
) -> None:
    """Read in a worker; where the file is locked, ask for its password and read again.

    A wrong password is told and asked for again, until the file opens or the user gives up.

    Args:
        kit: the window's kit.
        title: what is being done, for the progress bar.
        work: gets the progress and the password, None at first. Runs in another thread.
        done: called in the GUI thread with what was read.
        failed: called in the GUI thread after an error was shown, or the user gave up.
        wanted: tells whether anybody still waits for it; otherwise nothing is asked any more.
    """

    def attempt(password: str | None) -> None:
        def read(progress: Progress) -> T | PasswordNeeded:
            try:
                return work(progress, password)
            except PasswordNeeded as locked:  # no end yet: the user is asked at home
                return locked

        kit.runner.read(title, read, home, failed=failed)

    def home(value: T | PasswordNeeded) -> None:
        if not isinstance(value, PasswordNeeded):
            done(value)
        elif wanted():
            password = kit.messages.ask_password(f"{value.what}。", _label(value))
            if password is not None:
                attempt(password)
            elif failed is not None:
                failed()

    attempt(None)


def _label(locked: PasswordNeeded) -> str:
    return f"{locked.do}：" if locked.wrong else "请输入打开密码（不会保存）："
