"""Starts the program: a command, or without arguments the list of commands."""

from __future__ import annotations

import sys
from datetime import datetime

from tracker.cli.main import run


def main() -> int:
    """Run the command line with the system's clock."""
    return run(sys.argv[1:], datetime.now)


if __name__ == "__main__":
    sys.exit(main())
