"""Starts the program: with a command the command line, else the window."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path


def main() -> int:
    """Run the window, or the command line where the first word is a command or an option."""
    words = sys.argv[1:]
    if not words or Path(words[0]).suffix.lower() == ".db":
        from tracker.ui.app import run_window

        return run_window(sys.argv, datetime.now)
    from tracker.cli.main import run

    return run(words, datetime.now)


if __name__ == "__main__":
    sys.exit(main())
