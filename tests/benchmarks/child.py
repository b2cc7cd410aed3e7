"""Calls one function and prints what it returns; the harness starts it as a process.

Imports nothing of ours itself, so that what a way imports counts for that way alone.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(module: str, name: str, path: str, *sizes: str) -> None:
    """Print what the function `name` of `module` returns for a path and, for an input, its size."""
    print(getattr(import_module(module), name)(Path(path), *map(int, sizes)))


if __name__ == "__main__":
    main(*sys.argv[1:])
