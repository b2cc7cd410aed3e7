"""Starts the program: with a command the command line, else the window."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

_INTERRUPTED = 130
"""Exit status of a program that Ctrl+C ended, as shells have it."""


def main() -> int:
    """Run the window, or the command line where the first word is a command or an option."""
    words = sys.argv[1:]
    if _wants_window(words):
        from tracker.ui.app import run_window

        return run_window(sys.argv, datetime.now)
    from tracker.base.paths import is_window_program

    if is_window_program() and (sys.stdout is None or sys.stderr is None):
        from tracker.ui.no_console import run_shown

        return run_shown(lambda: _run_command(words))
    return _run_command(words)


def _wants_window(words: list[str]) -> bool:
    """Tell whether the words open the window: none, or a file that was dropped on the program."""
    if not words:
        from tracker.base.paths import is_console_twin

        return not is_console_twin()
    first = Path(words[0])
    return first.suffix.lower() == ".db" or (bool(first.suffix) and first.is_file())


def _run_command(words: list[str]) -> int:
    try:
        from tracker.cli.main import run

        return run(words, datetime.now, _try_window)
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("已中断：没有做完的这一步没有留下\n")
        return _INTERRUPTED


def _try_window() -> tuple[str, ...]:
    """Open the window, look at it, close it: here, as the command line knows no windows."""
    from tracker.ui.smoke import try_window

    return try_window(datetime.now)


if __name__ == "__main__":
    sys.exit(main())
