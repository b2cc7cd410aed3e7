"""Where the program's own data lies, and what its two executables are called."""

from __future__ import annotations

import sys
from pathlib import Path

WINDOW_PROGRAM = "责任分解落实台账"
CONSOLE_TWIN = "tracker-cli"
"""The frozen command line: the same program with a console. Plain ASCII, as it is typed."""


def resource(name: str) -> Path:
    """Return the path of a file in `resources/`, from a checkout or from the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root / "resources" / name


def command_name() -> str:
    """Return what a user types before a command: the console twin, or the script."""
    return CONSOLE_TWIN if is_frozen() else "main.py"


def is_frozen() -> bool:
    """Tell whether this is the program that PyInstaller made."""
    return bool(getattr(sys, "frozen", False))


def is_console_twin() -> bool:
    """Tell whether this is the frozen command line, which opens no window of its own accord."""
    return is_frozen() and Path(sys.executable).stem == CONSOLE_TWIN


def is_window_program() -> bool:
    """Tell whether this is the frozen window program, which has no console on Windows."""
    return is_frozen() and not is_console_twin()
