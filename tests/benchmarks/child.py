"""Runs one way on one input and prints its figure; the harness starts it as a process.

Imports nothing of ours itself, so that what a way imports counts for that way alone.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(module: str, name: str, path: str) -> None:
    """Print the figure of the function `name` of `module` on the input at `path`."""
    print(getattr(import_module(module), name)(Path(path)))


if __name__ == "__main__":
    main(*sys.argv[1:])
