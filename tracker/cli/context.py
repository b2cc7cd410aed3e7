"""What every command needs: its arguments, the moment, the opened file, the output."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem
from tracker.ops.office import open_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tracker.ops.office import Office

WAITING = 3
"""Exit status: done, but something waits for the clerk."""


class WrongUsage(Exception):
    """The call's words do not fit together."""


@dataclass(frozen=True, slots=True)
class Context:
    """One call of a command.

    Attributes:
        arguments: the parsed words.
        now: the moment of the call.
        try_window: opens the window, looks at it and closes it; None where there is no window.
    """

    arguments: argparse.Namespace
    now: datetime
    try_window: Callable[[], tuple[str, ...]] | None = None

    @property
    def who(self) -> str:
        """Return who works: --who, else the name the person is logged in under."""
        named: str | None = getattr(self.arguments, "who", None)
        if named:
            return named
        try:
            return getpass.getuser()
        except (OSError, ImportError, KeyError):
            return "命令行"  # a bare container or service has no user name

    @contextmanager
    def office(self) -> Iterator[Office]:
        """Open the database file of --db for the time of the command."""
        office = open_office(Path(self.arguments.db), self.now)
        try:
            yield office
        finally:
            office.close()

    def put(self, value: Any, lines: list[str]) -> None:  # Any: whatever JSON can hold
        """Print `value` as JSON where --json was given, else the lines.

        Raises:
            FileProblem: the output cannot be written, as to a full disk.
        """
        if getattr(self.arguments, "json", False):
            _write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
        else:
            _write("".join(f"{line}\n" for line in lines))


def _write(words: str) -> None:
    """Write to standard output, unless nobody listens (any more)."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(words)
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would fail again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            why = error.strerror or str(error)
            raise FileProblem("结果没有完整输出", f"系统提示：{why}", "操作本身已经做完") from error


def complain(words: str) -> None:
    """Write to standard error, unless there is none."""
    if sys.stderr is not None:
        sys.stderr.write(words)


def day(text: str) -> date:
    """Read a date given on the command line (YYYY-MM-DD)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-09-30 的样子") from None


def positive(text: str) -> int:
    """Read a round number."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是期数，请写从1开始的整数")
    return int(text)


def add_database(
    parser: argparse.ArgumentParser, *, ledger: bool = True, required: bool = True
) -> None:
    """Give a command --db, --who and, where it works on one ledger, --ledger."""
    parser.add_argument("--db", required=required, metavar="DB", help="台账文件")
    parser.add_argument("--who", metavar="姓名", help="经办人，记入留痕；默认为登录名")
    if ledger:
        words = "专项名称；只有一个专项时可不写"
        parser.add_argument("--ledger", type=str.strip, metavar="名称", help=words)
    add_json(parser)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a command --json."""
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def add_password(parser: argparse.ArgumentParser) -> None:
    """Give a command --password; what is given there opens the file and is kept nowhere."""
    parser.add_argument("--password", metavar="密码", help="文件的打开密码；只用来打开，不保存")
