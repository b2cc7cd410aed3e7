"""The entry of the command line: arguments, output in UTF-8, errors as one Chinese line."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from tracker import __version__
from tracker.base.errors import UserError
from tracker.cli import ledger_commands, table_commands, task_commands, upkeep_commands
from tracker.cli.context import Context, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

DONE, FAILED, WRONG_USAGE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese where it speaks to the user."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and leave with the status for wrong usage."""
        self.print_usage(sys.stderr)
        sys.stderr.write(f"用法有误：{message}\n用 --help 查看说明\n")
        raise SystemExit(WRONG_USAGE)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    parser = _Parser(prog="main.py", description="责任分解落实台账（命令行）")
    parser.add_argument("--version", action="version", version=f"责任分解落实台账 {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)
    for module in (table_commands, ledger_commands, task_commands, upkeep_commands):
        module.add_to(commands)
    return parser


def run(arguments: Sequence[str], clock: Callable[[], datetime]) -> int:
    """Run one command and return the exit status (0 done, 1 error, 2 usage, 3 doubts wait).

    Args:
        arguments: the words after the program's name.
        clock: gives the moment of the call.
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
        status: int = chosen.run(Context(chosen, clock()))
    except WrongUsage as error:
        parser.error(str(error))
    except UserError as error:
        sys.stderr.write(f"错误：{' '.join(str(error).split())}\n")
        return FAILED
    return status
