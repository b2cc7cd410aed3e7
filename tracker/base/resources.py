"""Reading the lists in `resources/`: TOML, so that an office can edit them with a text editor."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from tracker.base.errors import FileProblem
from tracker.base.paths import resource


@cache
def load(name: str) -> dict[str, Any]:  # Any: TOML's own value types; callers narrow them
    """Return the parsed list `name` (for example `columns.toml`).

    Raises:
        FileProblem: the file is missing or is no valid TOML.
    """
    path = resource(name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileProblem(f"程序自带的资料“{name}”读不出", str(error), "请重新安装程序") from error
    except tomllib.TOMLDecodeError as error:
        raise FileProblem(
            f"资料“{name}”的写法有误", str(error), "请改正该文件或重新安装程序"
        ) from error
