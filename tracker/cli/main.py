"""The entry of the command line: arguments, output in UTF-8, errors as one Chinese line."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, NoReturn

from tracker import __version__
from tracker.base.errors import UserError
from tracker.base.paths import WINDOW_PROGRAM, command_name
from tracker.cli import (
    archive_commands,
    breakdown_commands,
    check_commands,
    circular_commands,
    collect_commands,
    decompose_commands,
    demo_commands,
    form_commands,
    layout_commands,
    ledger_commands,
    list_commands,
    person_commands,
    picture_commands,
    reform_commands,
    slip_commands,
    table_commands,
    task_commands,
    unit_commands,
    upkeep_commands,
    year_commands,
)
from tracker.cli.context import Context, WrongUsage, complain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

DONE, FAILED, WRONG_USAGE = 0, 1, 2


_REMARKS = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument (.*?): expected one argument", r"\1 后面缺少内容"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"没有“\2”，可用：\3"),
    (r"argument (.*?): invalid \w+ value: '?(.*?)'?", r"\1 不能是“\2”"),
    (r"argument (.*?): (.*)", r"\1：\2"),
)
"""argparse's own remarks, which exist in English only, and how they are said here."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese where it speaks to the user."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and leave with the status for wrong usage."""
        for pattern, remark in _REMARKS:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                message = found.expand(remark)
                break
        complain(f"用法有误：{message}\n用 {self.prog} --help 查看说明\n")
        raise SystemExit(WRONG_USAGE)

    def format_help(self) -> str:
        """Return the help with argparse's own headings in Chinese."""
        text = super().format_help()
        for english, chinese in _HEADINGS:
            text = text.replace(english, chinese)
        return text


_HEADINGS = (
    ("usage: ", "用法："),
    ("positional arguments:", "参数："),
    ("options:", "选项："),
    ("show this help message and exit", "显示这份说明"),
    ("show program's version number and exit", "显示版本"),
)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    parser = _Parser(prog=command_name(), description=f"{WINDOW_PROGRAM}（命令行）")
    parser.add_argument("--version", action="version", version=f"{WINDOW_PROGRAM} {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)
    for module in (
        decompose_commands,
        breakdown_commands,
        table_commands,
        layout_commands,
        circular_commands,
        check_commands,
        slip_commands,
        ledger_commands,
        task_commands,
        unit_commands,
        person_commands,
        reform_commands,
        form_commands,
        collect_commands,
        list_commands,
        picture_commands,
        year_commands,
        archive_commands,
        upkeep_commands,
        demo_commands,
    ):
        module.add_to(commands)
    return parser


def run(
    arguments: Sequence[str],
    clock: Callable[[], datetime],
    try_window: Callable[[], tuple[str, ...]] | None = None,
) -> int:
    """Run one command and return the exit status (0 done, 1 error, 2 usage, 3 doubts wait).

    Args:
        arguments: the words after the program's name.
        clock: gives the moment of the call.
        try_window: what `smoke --window` runs; the program gives it, since this layer knows no
            windows.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows consoles and pipes default to the system's encoding.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    if chosen.command is None:
        parser.print_help()
        return DONE
    try:
        status: int = chosen.run(Context(chosen, clock(), try_window))
    except WrongUsage as error:
        parser.error(str(error))
    except UserError as error:
        complain(f"错误：{' '.join(str(error).split())}\n")
        return FAILED
    return status
