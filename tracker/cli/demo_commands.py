"""The command `demo`: the sample office with everything that can be written from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import add_json
from tracker.ops.demo import run_demo

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context

DEFAULT_FOLDER = "示例"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command of this module."""
    demo = commands.add_parser("demo", help="制作示例台账，并输出全部报表和图")
    demo.add_argument(
        "--out", metavar="目录", default=DEFAULT_FOLDER, help="写到哪个文件夹；默认为“示例”"
    )
    add_json(demo)
    demo.set_defaults(run=_demo)


def _demo(context: Context) -> int:
    paths = [str(path) for path in run_demo(Path(context.arguments.out), context.now)]
    context.put(paths, paths)
    return 0
